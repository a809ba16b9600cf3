"""What was understood of the sources that people were read from: column by column, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from rmatch.utils.documents import Document, plain
from rmatch.utils.shown import Shown
from rmatch.utils.text import aligned, counted, cut, numeral
from rmatch.utils.values import Value

WIDEST = 36
"""Longer headers and examples are cut."""
FOLDED = 110
"""Lists are folded into lines of so many characters."""
ALWAYS = ("read", "unknown", "refused")
COUNTS = (*ALWAYS, "faulty", "dropped", "repaired")


@dataclass(frozen=True, slots=True)
class ColumnRead(Document):
    """One column of one source, and what was understood of its cells.

    Every cell is read, unknown, refused, faulty or dropped; those that were repaired count as read, too.

    Attributes
    ----------
    source : str
        The file, or what else it came from.
    column : str
        The header as the source has it; empty where it may be somebody's answer.
    letter : str
        What a spreadsheet calls the column; empty where columns have no place.
    fields : tuple of str
        The columns of rmatch that are read from it; empty where it is not read.
    reason : str
        Why it is not read, or for what else it is used.
    read : int
        Cells with a value.
    unknown : int
        Cells that are empty or say that the value is not known.
    refused : int
        Cells in which the person declines to answer: unknown, too, and counted apart.
    faulty : int
        Cells that cannot be read.
    dropped : int
        Cells with a content that was left out, be it for lack of consent.
    repaired : int
        Cells that were read otherwise than they are written.
    examples : tuple of str
        Up to three cells as they are written; none of private columns and of columns that are not read.
    """

    source: str
    column: str
    letter: str = ""
    fields: tuple[str, ...] = ()
    reason: str = ""
    read: int = 0
    unknown: int = 0
    refused: int = 0
    faulty: int = 0
    dropped: int = 0
    repaired: int = 0
    examples: tuple[str, ...] = ()

    _besides = ("cells",)

    @property
    def cells(self) -> int:
        """How many cells the column has."""
        return self.read + self.unknown + self.refused + self.faulty + self.dropped

    @property
    def is_empty(self) -> bool:
        """Whether no cell says anything."""
        return self.unknown == self.cells

    @property
    def named(self) -> str:
        """The header, with the letter where there is one."""
        return " ".join(filter(None, (self.letter, cut(self.column, WIDEST))))


@dataclass(frozen=True, slots=True)
class JoinRead(Shown):
    """Two tables about the same people, and who is where.

    Attributes
    ----------
    left, right : str
        The tables.
    by : str
        The columns that say who is who.
    both : int
        People in both.
    only_left, only_right : tuple of str
        Those in one only: their ids, or where they stand; never an e-mail address.
    kept : tuple of bool
        Whether those of the left and of the right table stay.
    repaired : tuple of str
        Keys that differ in leading zeros, case or form, and whom they mean.
    """

    left: str
    right: str
    by: str
    both: int
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    kept: tuple[bool, bool]
    repaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Understood(Value, Document):
    """What was understood of all sources; prints as a table.

    Attributes
    ----------
    columns : tuple of ColumnRead
        Every column of every source, in their order.
    joins : tuple of JoinRead
        How several tables became one.
    places : dict of str to tuple of str
        For what is only checked when people meet a programme: where the cell of each person stands, by field.

    Examples
    --------
    >>> import rmatch
    >>> staff = [
    ...     {"No": 7, "Work exp": 3, "Team": "Red"},
    ...     {"No": 2, "Work exp": "k. A.", "Team": None},
    ... ]
    >>> mapping = {
    ...     "columns": {"id": "No", "years": "Work exp"},
    ...     "unknown": ["k. A."],
    ...     "roles": {"mentor": [{"No": {"equals": 7}}], "mentee": [{"No": {"equals": 2}}]},
    ... }
    >>> print(rmatch.read_people(staff, mapping=mapping).understood)
    the list: 2 rows
      column    field     read  unknown  refused  examples
      No        id, role     2        0        0  7 | 2
      Work exp  years        1        0        1  3
      nobody reads, not in the mapping: Team (1)
    """

    columns: tuple[ColumnRead, ...]
    joins: tuple[JoinRead, ...] = ()
    places: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def unread(self) -> tuple[ColumnRead, ...]:
        """The columns that nobody reads."""
        return tuple(column for column in self.columns if not column.fields)

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain data."""
        return {"columns": plain(self.columns), "joins": plain(self.joins)}

    def __str__(self) -> str:
        """Return a table for every source."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for source in dict.fromkeys(column.source for column in self.columns):
            columns = [column for column in self.columns if column.source == source]
            yield f"{source}: {counted(columns[0].cells, 'row')}"
            full = [column for column in columns if column.fields and not column.is_empty]
            if full:
                yield from aligned(_rows(full), "  ", right=range(2, 2 + len(_shown(full))))
            yield from _unread(columns)
            empty = [column.named for column in columns if column.is_empty]
            if empty:
                yield from _folded(f"empty: {', '.join(empty)}")


def _folded(sentence: str) -> list[str]:
    first, further = "  ", "    "
    return wrap(sentence, FOLDED, initial_indent=first, subsequent_indent=further)


def _unread(columns: list[ColumnRead]) -> Iterator[str]:
    """Name the columns that nobody reads, with the number of their cells that say something."""
    unread = [column for column in columns if not column.fields and not column.is_empty]
    for reason in dict.fromkeys(column.reason for column in unread):
        named = [f"{each.named} ({each.dropped})" for each in unread if each.reason == reason]
        yield from _folded(f"nobody reads, {reason}: {', '.join(named)}")


def _shown(columns: list[ColumnRead]) -> list[str]:
    """Return which counts a table shows: those that are always asked for, and what there is of the others."""
    rare = [name for name in COUNTS[len(ALWAYS) :] if any(getattr(one, name) for one in columns)]
    return [*ALWAYS, *rare]


def _rows(columns: list[ColumnRead]) -> list[list[str]]:
    counts = _shown(columns)
    rows = [["column", "field", *counts, "examples"]]
    for column in columns:
        examples = " | ".join(cut(example, WIDEST) for example in column.examples)
        numbers = [numeral(getattr(column, name)) for name in counts]
        rows.append([column.named, ", ".join(column.fields), *numbers, examples])
    return rows
