"""Everybody who was read, from one source or from a table a side."""

from __future__ import annotations

from dataclasses import dataclass
from operator import getitem
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.columns import PREFIXES, column_of
from rmatch.io.join.keys import mailbox_in
from rmatch.io.names import spellings_of
from rmatch.people import UNSET
from rmatch.utils.labels import fold
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.io.faults import Faults
    from rmatch.io.join.spec import Duplicates
    from rmatch.io.parse import Parsed
    from rmatch.io.tables.table import Placed

QUARREL = object()
IDENTITY = ("name", "email")
_BLANKS: dict[str, Any] = {
    "years": float("nan"),
    "capacity": UNSET,
    "minimum": UNSET,
    "priority": UNSET,
    "set": (),
    "levels": {},
    "priorities": {},
    "consent": 0,
    "display": 0,
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Parsed columns, and where each row came from.

    Attributes
    ----------
    columns : dict of str to list
        Values by header.
    origins : list of (Placed, int)
        The source and row of each person.
    notes : list of str
        What the user should know.
    """

    columns: dict[str, list[Any]]
    origins: list[tuple[Placed, int]]
    notes: list[str]

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.origins)

    def where(self, person: int, field: str = "") -> str:
        """Return where a person, or what fills a field of theirs, stands in the input."""
        placed, row = self.origins[person]
        return placed.where(row, field)

    def row(self, person: int, field: str = "") -> str:
        """Return the same without the id."""
        placed, row = self.origins[person]
        return placed.row(row, field)

    def rows(self, field: str) -> tuple[str, ...]:
        """Return the same for everybody."""
        homes = [placed for placed, _ in self.origins]
        different = dict(zip(map(id, homes), homes, strict=True))
        places = {key: placed.rows(field) for key, placed in different.items()}
        rows = (row for _, row in self.origins)
        return tuple(map(getitem, map(places.__getitem__, map(id, homes)), rows))


def crowd_of(parsed: Parsed) -> Crowd:
    """Return the people of one source."""
    origins = [(parsed.placed, row) for row in range(len(parsed.placed))]
    return Crowd(parsed.columns, origins, list(parsed.placed.table.notes))


def crowd_of_sides(
    mentors: Parsed, mentees: Parsed, rule: Duplicates | None, faults: Faults
) -> Crowd:
    """Return the people of two tables; somebody in both plays both roles.

    Parameters
    ----------
    mentors, mentees : Parsed
        The two tables.
    rule : Duplicates or None
        Which of two rows of one person counts where they differ; without it, that is a fault.
    faults : Faults
        Where to note fields in which the two rows of one person differ.

    Returns
    -------
    Crowd
        The mentors, then the mentees who are not mentors.
    """
    from rmatch.io.sides import second_counts, unite
    from rmatch.io.strangers import check_strangers, untold

    united = unite(mentors, mentees, rule)
    first, second = crowd_of(mentors), crowd_of(mentees)
    rows = {name: row for row, name in enumerate(first.columns.get("id", ())) if name is not None}
    ids = second.columns.get("id", [None] * len(second))
    shared = {row: rows[name] for row, name in enumerate(ids) if name in rows}
    for fault in check_strangers(mentors, mentees, shared):
        faults.add(fault)
    if alike := untold(mentors, mentees, shared):
        some = "1 id stands" if alike == 1 else f"{alike} ids stand"
        united.append(
            f"{some} in both tables, and neither names nor e-mail addresses say that it is one person each"
        )
    fresh = [row for row in range(len(second)) if row not in shared]
    union = _Union(first, second, second_counts(mentors, mentees, shared, rule), faults)
    columns: dict[str, list[Any]] = {}
    for header in dict.fromkeys([*first.columns, *second.columns]):
        stated, restated = first.columns.get(header), second.columns.get(header)
        left = stated or [_blank(header)] * len(first)
        right = restated or [_blank(header)] * len(second)
        whole = list(left)
        for row, known in shared.items() if restated else ():
            if stated:
                whole[known] = union.field(header, (known, left[known]), (row, right[row]))
            else:
                whole[known] = right[row]
        columns[header] = whole + [right[row] for row in fresh]
    origins = [*first.origins, *(second.origins[row] for row in fresh)]
    if union.settled and rule:
        some = counted(union.settled, "field")
        united.append(f"{some} of people in both tables differ, and {rule.sentence()}")
    return Crowd(columns, origins, first.notes + second.notes + united)


@dataclass(slots=True)
class _Union:
    """What two rows of one person say together, field by field."""

    first: Crowd
    second: Crowd
    second_counts: Callable[[int], bool | None]
    faults: Faults
    settled: int = 0

    def field(self, header: str, one: tuple[int, Any], other: tuple[int, Any]) -> Any:
        """Return the value of a field, from a row and a value in either table."""
        (known, left), (row, right) = one, other
        agreed = _agreed(header, left, right)
        if agreed is not QUARREL:
            return agreed
        counts = None if header in IDENTITY else self.second_counts(row)
        if counts is None:
            where, there = self.first.where(known, header), self.second.row(row, header)
            remedy = "let both rows say the same"
            if header in IDENTITY:
                remedy = f"give different people different ids; if it is one person, {remedy}"
            self.faults.add(Fault(where, header, f"differs from {there}", remedy))
        else:
            self.settled += 1
        return right if counts else left


def _blank(header: str) -> Any:
    column = column_of(header)
    return _BLANKS.get(column.kind) if column else None


def _agreed(header: str, left: Any, right: Any) -> Any:
    """Return what two rows of one person say together, or that they differ."""
    if header == "role":
        return (left or 0) | (right or 0)  # who stands in both tables plays both roles
    if _alike(left, right) or (header in IDENTITY and _one_text(left, right)):
        return left
    # An empty consent is a no, and no gap that the other row could fill.
    if not header.startswith(PREFIXES[1]):
        if _is_blank(left):
            return right
        if _is_blank(right):
            return left
    return QUARREL


def _is_blank(value: Any) -> bool:
    return value is None or value in (UNSET, (), {}) or value != value  # noqa: PLR0124 - NaN


def _one_text(left: Any, right: Any) -> bool:
    """Tell whether two names are one in whatever spelling, or two addresses reach one mailbox."""
    if not (left and right):
        return False
    if "@" in left:
        return mailbox_in(left) == mailbox_in(right)
    return not spellings_of(left).isdisjoint(spellings_of(right))


def _alike(left: Any, right: Any) -> bool:
    if isinstance(left, tuple) and isinstance(right, tuple):
        return {*map(fold, left)} == {*map(fold, right)}
    if isinstance(left, dict) and isinstance(right, dict):
        one, two = ({fold(key): level for key, level in each.items()} for each in (left, right))
        return one == two
    return bool(left == right)
