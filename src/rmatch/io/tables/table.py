"""A table as its source gives it: headers, columns of raw cells, and where each row stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from rmatch.errors import Fault
from rmatch.utils.validation import shown


@dataclass(frozen=True, slots=True)
class Table:
    """Raw columns.

    Attributes
    ----------
    name : str
        The source in the user's terms: a file name, ``"the dataframe"``.
    columns : dict of str to sequence
        Raw cells by header.
    numbers : sequence of int
        The number of each row in the source.
    unit : str
        What a row is called.
    letters : dict of str to str
        What a spreadsheet calls each column, by header; empty where columns have no place.
    notes : list of str
        What the user should know about how the source was read.
    faults : list of Fault
        What is wrong with its shape.
    lost : mapping of str to mapping of int to str
        By header and row, the error value or the formula that stands in a cell instead of its value; the cell is empty.
    origin : tuple of str
        The file and the sheet, where there are such, by which two tables are known to be the same.
    different : dict of str to (sequence, set of str or None)
        Columns that were looked at, and what :meth:`texts` found in them.
    """

    name: str
    columns: dict[str, Sequence[Any]]
    numbers: Sequence[int]
    unit: str = "row"
    letters: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lost: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    origin: tuple[str, str] = ("", "")
    different: dict[str, tuple[Sequence[Any], set[str] | None]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

    def texts(self, header: str) -> set[str] | None:
        """Return the different texts of a column, None if it holds anything else than texts and gaps."""
        cells = self.columns[header]
        known = self.different.get(header)
        if known is None or known[0] is not cells:
            known = self.different[header] = cells, different_texts(cells)
        return known[1]

    def source(self, header: str) -> str:
        """Return the name of the source that a column stands in, empty where none does."""
        return self.name if header in self.columns else ""

    def present(self, header: str) -> Sequence[int]:
        """Return the rows that stand in the source of a column."""
        return range(len(self.columns[header]))

    def take(self, rows: Sequence[int]) -> Self:
        """Return some of the rows."""
        columns: dict[str, Sequence[Any]] = {
            header: [cells[row] for row in rows] for header, cells in self.columns.items()
        }
        lost = {
            header: {new: gone[old] for new, old in enumerate(rows) if old in gone}
            for header, gone in self.lost.items()
        }
        numbers = [self.numbers[row] for row in rows]
        return replace(self, columns=columns, numbers=numbers, lost=lost)

    def place(self, row: int, header: str = "") -> str:
        """Return where a row stands, or one of its cells: ``"staff.csv, C3"``, ``"person 2"``."""
        return self._named() + self.cell(row, header)

    def cell(self, row: int, header: str = "") -> str:
        """Return the same without the name of the source: ``"C3"``."""
        return f"{self._column(header)}{self.numbers[row]}"

    def places(self, header: str) -> list[str]:
        """Return where each cell of a column stands, as `place` does of one."""
        front = self._named() + self._column(header)
        return [f"{front}{number}" for number in self.numbers]

    def _named(self) -> str:
        return f"{self.name}, " if self.letters else ""

    def _column(self, header: str) -> str:
        return self.letters.get(header) or f"{self.unit} "


@dataclass(frozen=True, slots=True)
class Placed:
    """A source, and how its rows are called in messages.

    Attributes
    ----------
    table : Table
        The source.
    prefix : str
        What tells its rows from those of another source that has no name.
    ids : list
        The id of each row, None where it is malformed.
    headers : dict of str to str
        The source column of each field, the first where there are several.
    """

    table: Table
    prefix: str = ""
    ids: list[str | None] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.table)

    def row(self, row: int, field: str = "") -> str:
        """Return where a row stands, or its cell for a field or a header."""
        return self._side() + self.table.place(row, self.headers.get(field, field))

    def rows(self, field: str) -> list[str]:
        """Return the same for the cells of everybody."""
        side = self._side()
        return [side + place for place in self.table.places(self.headers.get(field, field))]

    def where(self, row: int, field: str = "") -> str:
        """Return where a row, or its cell for a field or a header, stands and whose it is."""
        known, place = self.ids[row] if row < len(self.ids) else None, self.row(row, field)
        return place if known is None else f"{place} (id {shown(known)})"

    def _side(self) -> str:
        return "" if self.table.letters else self.prefix


def different_texts(cells: Sequence[Any]) -> set[str] | None:
    """Return the different texts of a column, None if it holds anything else than texts and gaps.

    Examples
    --------
    >>> sorted(different_texts(["b", None, "a", "b"])), different_texts(["a", 1])
    (['a', 'b'], None)
    """
    try:
        found = {*cells}
    except TypeError:  # a list in a cell of JSON
        return None
    found.discard(None)
    return found if {*map(type, found)} <= {str} else None


def letter(position: int) -> str:
    """Return what a spreadsheet calls a column.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    more, last = divmod(position, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)
