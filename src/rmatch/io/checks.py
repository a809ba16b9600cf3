"""Checks across rows: ids, managers, sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rmatch.errors import Fault
from rmatch.io.crowd import Crowd
from rmatch.io.faults import Faults
from rmatch.io.join.duplicates import cure
from rmatch.people import ROLE_NAMES, ROLES
from rmatch.utils.validation import shown

FEW = 20


def check_ids(crowd: Crowd, faults: Faults) -> None:
    """Note every id that stands in two rows.

    Parameters
    ----------
    crowd : Crowd
        Everybody.
    faults : Faults
        Where to note it.
    """
    ids = crowd.columns.get("id", ())
    first: dict[str, int] = {}
    cures: dict[str, str] = {}
    for person, name in enumerate(ids) if len({*ids}) < len(ids) else ():
        if name is not None and first.setdefault(name, person) != person:
            table = crowd.origins[person][0].table
            if table.name not in cures:
                cures[table.name] = cure(table)
            problem = f"{shown(name)} is also the id of {crowd.row(first[name], 'id')}"
            remedy = f"give every person one row and an id of their own, or {cures[table.name]}"
            faults.add(Fault(crowd.row(person, "id"), "id", problem, remedy), person)


def check_circles(crowd: Crowd, faults: Faults) -> None:
    """Note people who manage each other in a circle.

    Parameters
    ----------
    crowd : Crowd
        Everybody.
    faults : Faults
        Where to note it.
    """
    ids = crowd.columns.get("id", [])
    people = dict(zip(reversed(ids), reversed(range(len(ids))), strict=True))  # the first of an id
    people.pop(None, None)
    bosses = list(map(people.get, crowd.columns.get("manager_id", [])))
    for circle in circles(bosses):
        faults.add(_circle(circle, crowd))


def check_sides(crowd: Crowd, faults: Faults) -> None:
    """Note a side that nobody plays.

    Parameters
    ----------
    crowd : Crowd
        Everybody.
    faults : Faults
        Where to note it.
    """
    seen = Counter(ROLE_NAMES[role] for role in crowd.columns.get("role", ()))
    roles = ", ".join(f"{count} {role}" for role, count in seen.items())
    for side in ("mentor", "mentee"):
        if not any(ROLES[role] & ROLES[side] for role in seen):
            faults.add(
                Fault(
                    "",
                    "role",
                    f"there is no {side}",
                    f"at least one person must be {side} or both; read were {roles}",
                )
            )


def people_who(number: int, one: str, many: str) -> str:
    """Return a number of people with the verb that fits it.

    Examples
    --------
    >>> people_who(1, "has", "have"), people_who(2, "has", "have")
    ('1 person has', '2 people have')
    """
    return f"1 person {one}" if number == 1 else f"{number} people {many}"


def where_of(crowd: Crowd, rows: Sequence[int], header: str) -> str:
    """Return where some cells stand, the first of them where they are many."""
    return ", ".join([*(crowd.row(row, header) for row in rows[:FEW]), *["…"] * (len(rows) > FEW)])


def circles(bosses: Sequence[int | None]) -> list[list[int]]:
    """Return the circles in which everybody's boss is the next.

    Parameters
    ----------
    bosses : sequence of int or None
        The position of each one's boss.

    Returns
    -------
    list of list of int
        Each circle once, from its smallest position.

    Examples
    --------
    >>> circles([1, 2, 0, 0, None])
    [[0, 1, 2]]
    """
    walk = [-1] * len(bosses)
    found = []
    for start in range(len(bosses)):
        person: int | None = start
        while person is not None and walk[person] < 0:
            walk[person] = start
            person = bosses[person]
        if person is not None and walk[person] == start:
            found.append(_round(person, bosses))
    return found


def _round(start: int, bosses: Sequence[int | None]) -> list[int]:
    circle, person = [start], bosses[start]
    while person is not None and person != start:
        circle.append(person)
        person = bosses[person]
    least = circle.index(min(circle))
    return circle[least:] + circle[:least]


def _circle(circle: Sequence[int], crowd: Crowd) -> Fault:
    ids = [shown(str(crowd.columns["id"][person])) for person in circle]
    where, remedy = crowd.row(circle[0], "manager_id"), "leave the cell empty at the top"
    if len(circle) == 1:
        return Fault(where, "manager_id", f"{ids[0]} is their own manager", remedy)
    more = ["…"] * (len(ids) > FEW)
    chain = " → ".join([*ids[:FEW], *more, ids[0]])
    problem = f"{len(ids)} people manage each other in a circle: {chain}"
    places = ", ".join([*(crowd.row(person, "manager_id") for person in circle[:FEW]), *more])
    return Fault(where, "manager_id", problem, f"correct or empty one of their cells: {places}")
