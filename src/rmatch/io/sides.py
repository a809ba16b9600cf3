"""Who stands in both tables, the mentors' and the mentees': under which id, and which of two rows counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.join.humans import same_humans
from rmatch.io.join.moments import moments
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rmatch.io.join.moments import Moment
    from rmatch.io.join.spec import Duplicates
    from rmatch.io.parse import Parsed

FEW = 20


def unite(mentors: Parsed, mentees: Parsed, rule: Duplicates | None) -> list[str]:
    """Give everybody who stands in both tables under two ids the one of the mentors' table.

    Parameters
    ----------
    mentors, mentees : Parsed
        The tables; the ids of the second are changed, and the managers with them.
    rule : Duplicates or None
        What the mapping says of several rows of one person; without a choice nothing is changed.

    Returns
    -------
    list of str
        What was changed.
    """
    if rule is None or not rule.keep:
        return []
    count = len(mentors.placed)
    ids, emails, names = (
        [*_column(mentors, field), *_column(mentees, field)] for field in ("id", "email", "name")
    )
    links, _ = same_humans(ids, emails, names, rule)
    renamed: dict[str, str] = {}
    for link in links:
        old, new = ids[link.second], ids[link.first]
        if link.first < count <= link.second and old and new:
            mentees.columns["id"][link.second - count] = new
            renamed[old] = new
    if not renamed:
        return []
    managers = mentees.columns.get("manager_id")
    if managers:
        managers[:] = [renamed.get(boss, boss) for boss in managers]
    few = [f"{shown(old)} is {shown(new)}" for old, new in renamed.items() if "@" not in old + new]
    said = f": {', '.join(few[:FEW])}" + ", …" * (len(few) > FEW) if few else ""
    people = counted(len(renamed), "person")
    return [f"{people} in both tables under two ids, read under that of the mentors' table{said}"]


def second_counts(
    mentors: Parsed, mentees: Parsed, shared: Mapping[int, int], rule: Duplicates | None
) -> Callable[[int], bool | None]:
    """Return what tells whether the second row of a person counts where two rows differ.

    Parameters
    ----------
    mentors, mentees : Parsed
        The tables.
    shared : mapping of int to int
        The row of a mentor by the row of the mentee who is the same person.
    rule : Duplicates or None
        What the mapping says.

    Returns
    -------
    callable
        It takes a row of the mentees; None is for what nobody can say.
    """
    keep = rule.keep if rule else ""
    if keep in ("first", "last"):
        return lambda _: keep == "last"
    tables = [each.placed.table for each in (mentors, mentees)]
    columns = [table.columns.get(rule.by) for table in tables] if rule and keep else []
    if not columns or None in columns:
        return lambda _: None
    left, right = (list(cells or ()) for cells in columns)
    ways = moments([*left, *right], rule.order if rule else "")

    def newer(row: int) -> bool | None:
        said = {_newer(way[shared[row]], way[len(left) + row]) for way in ways}
        return said.pop() if len(said) == 1 else None

    return newer


def _newer(one: Moment | None, other: Moment | None) -> bool | None:
    """Tell whether the other is newer; None where nobody can say."""
    if one is None or other is None or not (one.before(other) or other.before(one)):
        return None
    return one.before(other)


def _column(parsed: Parsed, field: str) -> Sequence[Any]:
    return parsed.columns.get(field, [None] * len(parsed.placed))
