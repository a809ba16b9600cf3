"""A table as its source gives it: headers, columns of raw cells, and where each row stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    notes : list of str
        What the user should know about how the source was read.
    faults : list of Fault
        What is wrong with its shape.
    """

    name: str
    columns: dict[str, Sequence[Any]]
    numbers: Sequence[int]
    unit: str = "row"
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Placed:
    """A source, and how its rows are called in messages.

    Attributes
    ----------
    table : Table
        The source.
    prefix : str
        What tells its rows from those of another source.
    ids : list
        The id of each row, None where it is malformed.
    """

    table: Table
    prefix: str = ""
    ids: list[str | None] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.table)

    def row(self, row: int) -> str:
        """Return where a row stands."""
        return f"{self.prefix}{self.table.unit} {self.table.numbers[row]}"

    def where(self, row: int) -> str:
        """Return where a row stands and whose it is."""
        known = self.ids[row] if row < len(self.ids) else None
        return self.row(row) if known is None else f"{self.row(row)} (id {shown(known)})"


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
            faults.append(_ragged(number, len(cells), width))
        else:
            numbers.append(number)
            rows.append(cells)
    columns = list(zip(*rows, strict=False)) or [()] * width
    named = _named(headers, columns, f"row {top}", faults)
    notes = []
    if skipped:
        notes.append(f"{name}: {counted(skipped, 'empty row')} between the others skipped")
    return Table(name, named, numbers, notes=notes, faults=faults)


def _named(
    headers: Sequence[str], columns: Sequence[Sequence[Any]], where: str, faults: list[Fault]
) -> dict[str, Sequence[Any]]:
    kept: dict[str, Sequence[Any]] = {}
    for number, (header, cells) in enumerate(zip(headers, columns, strict=False), 1):
        if header in kept:
            faults.append(
                Fault(where, header, "two columns have this header", "rename one of them")
            )
        elif header:
            kept[header] = cells
        elif not _blank(cells):
            faults.append(
                Fault(where, f"column {number}", "the column has no header", "give it one")
            )
    return kept


def _blank(cells: Sequence[Any]) -> bool:
    return not any(text_of(cell) for cell in cells)


def _ragged(number: int, count: int, width: int) -> Fault:
    return Fault(
        f"row {number}",
        "",
        f"the row has {count} cells under {width} headers",
        "give every row as many; put a cell that holds the delimiter into double quotes",
    )
