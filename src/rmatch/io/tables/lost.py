"""Cells whose value a spreadsheet lost: error values and formulas that were saved without their result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rmatch.io.tables.error_values import is_error_value
from rmatch.utils.text import counted, numeral

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.tables.grid import Place
    from rmatch.io.tables.table import Table

SHOWN = 20


def without_lost(
    table: Table, lost: Mapping[Place, str] | None = None, names: Sequence[str] = ()
) -> Table:
    """Return a table whose lost cells are empty, with a note of them and with what stood there.

    Parameters
    ----------
    table : Table
        The columns.
    lost : mapping of Place to str, optional
        What its source told beside the cells.
    names : sequence of str
        The header of each column of the source.

    Returns
    -------
    Table
        With `lost` filled.
    """
    rows = {number: row for row, number in enumerate(table.numbers)}
    by_header: dict[str, dict[int, str]] = {}
    for (number, column), text in (lost or {}).items():
        if number in rows and column < len(names) and names[column] in table.columns:
            by_header.setdefault(names[column], {})[rows[number]] = text
    columns = dict(table.columns)
    for header, cells in table.columns.items():
        found = _error_values(cells)
        if found or header in by_header:
            gone = by_header.setdefault(header, {}) | found
            by_header[header] = gone
            columns[header] = ["" if row in gone else cell for row, cell in enumerate(cells)]
    if not by_header:
        return table
    whole = replace(table, columns=columns, lost=by_header)
    whole.notes.extend(_notes(whole))
    return whole


def _error_values(cells: Sequence[Any]) -> dict[int, str]:
    try:
        different = set(cells)
    except TypeError:  # a list in a cell of JSON
        different = {cell for cell in cells if type(cell) is str}
    wrong = {cell for cell in different if type(cell) is str and is_error_value(cell.strip())}
    if not wrong:
        return {}
    return {
        row: cell.strip() for row, cell in enumerate(cells) if type(cell) is str and cell in wrong
    }


def _notes(table: Table) -> list[str]:
    cells = [
        f"{table.cell(row, header)} ({text})"
        for header, gone in table.lost.items()
        for row, text in gone.items()
        if not text.startswith("=")
    ]
    if not cells:
        return []
    few = ", ".join(cells[:SHOWN]) + f" and {numeral(len(cells) - SHOWN)} more" * (
        len(cells) > SHOWN
    )
    some = counted(len(cells), "cell")
    verb, are = ("holds", "is") if len(cells) == 1 else ("hold", "are")
    return [
        f"{table.name}: {some} {verb} the error value of a spreadsheet and {are} unknown: {few}"
    ]
