"""Checks across rows: ids, managers, sides."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.people import ROLE_NAMES, ROLES
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.crowd import Crowd
    from rmatch.io.faults import Faults

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
    first: dict[str, int] = {}
    for person, name in enumerate(crowd.columns.get("id", ())):
        if name is not None and first.setdefault(name, person) != person:
            problem = f"{shown(name)} is also the id of {crowd.row(first[name], 'id')}"
            faults.add(
                Fault(
                    crowd.row(person, "id"),
                    "id",
                    problem,
                    "give every person one row and an id of their own",
                ),
                person,
            )


def check_managers(crowd: Crowd, faults: Faults, *, outside: bool) -> None:
    """Note managers who are nobody in the input, and circles of managers.

    Parameters
    ----------
    crowd : Crowd
        Everybody; the managers who are allowed to be outside are taken out of it.
    faults : Faults
        Where to note it.
    outside : bool
        Whether managers may be outside the input.
    """
    ids = crowd.columns.get("id", [])
    managers = crowd.columns.get("manager_id", [])
    people: dict[str, int] = {}
    for person, name in enumerate(ids):
        people.setdefault(name, person)
    strangers = {
        person: name
        for person, name in enumerate(managers)
        if name is not None and name not in people
    }
    if strangers and outside:
        crowd.columns["manager_id"] = [
            None if person in strangers else name for person, name in enumerate(managers)
        ]
        crowd.notes.append(
            f"{people_who(len(strangers), 'has', 'have')} a manager outside the input: read as having none"
        )
    elif strangers:
        faults.add(_strangers(strangers, crowd))
    bosses = [people.get(name) if name is not None else None for name in managers]
    for circle in circles(bosses):
        faults.add(_circle([str(ids[person]) for person in circle]))


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


def _strangers(strangers: Mapping[int, str], crowd: Crowd) -> Fault:
    first: dict[str, int] = {}
    for person, name in strangers.items():
        first.setdefault(name, person)
    shown_first = list(first.items())[:FEW]
    few = [f"{shown(name)} ({crowd.where(person, 'manager_id')})" for name, person in shown_first]
    more = f" and {len(first) - FEW} more" if len(first) > FEW else ""
    return Fault(
        "",
        "manager_id",
        f"{people_who(len(strangers), 'has', 'have')} a manager whose id nobody has: {', '.join(few)}{more}",
        'add the managers with role none, or say unknown_managers = "outside" in a mapping',
    )


def _circle(ids: Sequence[str]) -> Fault:
    if len(ids) == 1:
        return Fault(
            "",
            "manager_id",
            f"{shown(ids[0])} is their own manager",
            "leave the cell empty at the top",
        )
    few = [shown(name) for name in ids[:FEW]]
    if len(ids) > FEW:
        few.append("…")
    chain = " → ".join([*few, shown(ids[0])])
    return Fault(
        "",
        "manager_id",
        f"{len(ids)} people manage each other in a circle: {chain}",
        "correct one of them",
    )
