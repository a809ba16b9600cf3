"""Cells with characters that nobody sees: a mark of order, a space without width, an accent apart from its letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.columns import PREFIXES
from rmatch.utils.spelling import all_visible, visible
from rmatch.utils.text import counted, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.tables.table import Table

SHOWN = 20
MOST_BITS = 14_000
"""Python writes about so many as 4,300 digits, and refuses to write more."""


def as_seen(table: Table) -> Table:
    r"""Return a table as its reader sees it, with a note of every cell that held more.

    Parameters
    ----------
    table : Table
        The raw columns.

    Returns
    -------
    Table
        Its headers and texts as :func:`~rmatch.utils.spelling.visible` has them.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> table = as_seen(Table("staff.csv", {"id": ["\ufeff1", "2"]}, [2, 3], letters={"id": "A"}))
    >>> table.columns["id"], table.notes
    (['1', '2'], ['staff.csv: 1 cell is read without what nobody sees in it: A2'])
    """
    columns: dict[str, Sequence[Any]] = {}
    places: list[str] = []
    faults = list[Fault]()
    for written, cells in table.columns.items():
        header = visible(written).strip()
        if header in columns:
            problem = "two columns have this header, but for what nobody sees"
            faults.append(Fault(table.name, header, problem, "rename one of them"))
            continue
        if header != written:
            places.append(f"the header {header}")
        texts = table.texts(written)
        changed = {row: all_visible(cells[row]) for row in _odd(cells, texts)}
        # Nobody knows here who consents, and an answer without consent changes nothing, no note either.
        if not header.startswith(PREFIXES[0]):
            places += (table.cell(row, written) for row in changed)
        for row in _endless(cells) if texts is None else ():
            problem = "the cell holds a number of more than 4,300 digits"
            faults.append(Fault(table.place(row, written), header, problem, "give a shorter one"))
            changed[row] = None
        columns[header] = (
            [changed.get(row, cell) for row, cell in enumerate(cells)] if changed else cells
        )
    table.notes.extend(_notes(table.name, places))
    return replace(table, columns=columns, faults=[*table.faults, *faults])


def _notes(name: str, places: Sequence[str]) -> Iterator[str]:
    if places:
        is_read, them = ("is", "it") if len(places) == 1 else ("are", "them")
        some = f"{counted(len(places), 'cell')} {is_read} read without what nobody sees in {them}"
        few = ", ".join(places[:SHOWN])
        more = f" and {numeral(len(places) - SHOWN)} more" * (len(places) > SHOWN)
        yield f"{name}: {some}: {few}{more}"


def _odd(cells: Sequence[Any], texts: set[str] | None) -> list[int]:
    """Return the rows of cells that look different from what they hold."""
    # Nearly always a column holds texts only, and all of them side by side look as they are.
    if texts is not None and visible(together := "|".join(texts)) == together:
        return []
    held = (str, list, tuple, dict)
    return [
        row
        for row, cell in enumerate(cells)
        if isinstance(cell, held) and all_visible(cell) != cell
    ]


def _endless(cells: Sequence[Any]) -> list[int]:
    """Return the rows of cells with a whole number that Python writes no digits of."""
    return [row for row, cell in enumerate(cells) if _is_endless(cell)]


def _is_endless(cell: Any) -> bool:
    if isinstance(cell, dict):
        return any(map(_is_endless, (*cell, *cell.values())))
    if isinstance(cell, list | tuple):
        return any(map(_is_endless, cell))
    return type(cell) is int and cell.bit_length() > MOST_BITS
