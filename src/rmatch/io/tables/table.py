"""A table as its source gives it: headers, columns of raw cells, and where each row stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Self


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
    """

    name: str
    columns: dict[str, Sequence[Any]]
    numbers: Sequence[int]
    unit: str = "row"
    letters: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

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
        return replace(self, columns=columns, numbers=[self.numbers[row] for row in rows])

    def place(self, row: int, header: str = "") -> str:
        """Return where a row stands, or one of its cells: ``"staff.csv, C3"``, ``"person 2"``."""
        number = self.numbers[row]
        if not self.letters:
            return f"{self.unit} {number}"
        cell = f"{self.letters[header]}{number}" if header in self.letters else f"row {number}"
        return f"{self.name}, {cell}"


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
        place = self.table.place(row, self.headers.get(field, field))
        return place if self.table.letters else f"{self.prefix}{place}"

    def where(self, row: int, field: str = "") -> str:
        """Return where a row, or its cell for a field or a header, stands and whose it is."""
        known, place = self.ids[row] if row < len(self.ids) else None, self.row(row, field)
        return place if known is None else f"{place} (id {shown(known)})"


def tabulate(name: str, lines: Iterable[tuple[int, Sequence[Any]]]) -> Table:
    """Make a table of numbered lines, the first of which holds the headers.

    Empty lines are left out. A line with more or fewer cells than there are headers is a fault and left out too,
    since nobody knows what its cells mean.

    Parameters
    ----------
    name : str
        The source.
    lines : iterable of (int, sequence)
        The number of each line and its cells.

    Returns
    -------
    Table
        The columns, with the faults of the shape.
    """
    numbered = ((number, cells) for number, cells in lines if any(cells) or not _blank(cells))
    top, header = next(numbered, (1, ()))
    headers = [text_of(cell) for cell in header]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        return Table(
            name,
            {},
            (),
            faults=[
                Fault(name, "", "the table is empty", "give a row of headers and one row a person")
            ],
        )
    faults: list[Fault] = []
    numbers: list[int] = []
    rows: list[Sequence[Any]] = []
    width = len(headers)
    last, skipped = top, 0
    for number, cells in numbered:
        skipped, last = skipped + number - last - 1, number
        if len(cells) != width and (len(cells) < width or not _blank(cells[width:])):
            faults.append(_ragged(f"{name}, row {number}", len(cells), width))
        else:
            numbers.append(number)
            rows.append(cells)
    columns = list(zip(*rows, strict=False)) or [()] * width
    named = _named(headers, columns, (name, top), faults)
    letters = {header: letter(position) for position, header in enumerate(headers) if header}
    notes = []
    if skipped:
        notes.append(f"{name}: {counted(skipped, 'empty row')} between the others skipped")
    return Table(name, named, numbers, letters=letters, notes=notes, faults=faults)


def letter(position: int) -> str:
    """Return what a spreadsheet calls a column.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    more, last = divmod(position, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)


def _named(
    headers: Sequence[str],
    columns: Sequence[Sequence[Any]],
    at: tuple[str, int],
    faults: list[Fault],
) -> dict[str, Sequence[Any]]:
    kept: dict[str, Sequence[Any]] = {}
    for place, (header, cells) in enumerate(zip(headers, columns, strict=False)):
        where = f"{at[0]}, {letter(place)}{at[1]}"
        if header in kept:
            faults.append(
                Fault(where, header, "two columns have this header", "rename one of them")
            )
        elif header:
            kept[header] = cells
        elif not _blank(cells):
            faults.append(Fault(where, "", "the column has no header", "give it one"))
    return kept


def _blank(cells: Sequence[Any]) -> bool:
    return not any(text_of(cell) for cell in cells)


def _ragged(where: str, count: int, width: int) -> Fault:
    return Fault(
        where,
        "",
        f"the row has {count} cells under {width} headers",
        "give every row as many; put a cell that holds the delimiter into double quotes",
    )
