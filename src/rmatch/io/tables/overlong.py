"""Cells that are too long for anybody to have meant them: a quote that was never closed, a paste, or ill will."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rmatch.utils.text import counted, numeral
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.io.tables.table import Table

LONGEST = 5_000
"""The time that some patterns take grows with the square of a cell's length."""


def without_overlong(
    table: Table, headers: Iterable[str]
) -> tuple[Table, list[tuple[int, str, Malformed]]]:
    """Return a table in which overlong cells are empty, and what is wrong with them.

    Parameters
    ----------
    table : Table
        The columns.
    headers : iterable of str
        Those that are read.

    Returns
    -------
    Table, list of (int, str, Malformed)
        The columns; row and header of each overlong cell.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> table = Table("a.csv", {"id": ["x" * 6_000, "y"]}, [2, 3])
    >>> short, overlong = without_overlong(table, ["id"])
    >>> short.columns["id"], overlong[0][2].problem
    (['', 'y'], 'has 6000 characters')
    """
    columns = dict(table.columns)
    overlong: list[tuple[int, str, Malformed]] = []
    for header in filter(table.columns.__contains__, headers):
        cells, texts = table.columns[header], table.texts(header)
        if texts is not None and max(map(len, texts), default=0) <= LONGEST:
            continue
        sizes = {row: size for row, cell in enumerate(cells) if (size := _size(cell)) > LONGEST}
        if sizes:
            columns[header] = ["" if row in sizes else cell for row, cell in enumerate(cells)]
            overlong += [(row, header, _wrong(cells[row], size)) for row, size in sizes.items()]
    return (replace(table, columns=columns) if overlong else table), overlong


def _wrong(cell: Any, size: int) -> Malformed:
    value = cell if isinstance(cell, str) else max(cell, key=_size)
    return too_long(str(value), size, LONGEST)


def too_long(text: str, size: int, most: int) -> Malformed:
    """Return what is wrong with a text of more characters than there may be."""
    return Malformed(text, f"has {counted(size, 'character')}", f"give at most {numeral(most)}")


def _size(cell: Any) -> int:
    if isinstance(cell, list | tuple):
        return max(map(_size, cell), default=0)
    return len(cell) if isinstance(cell, str) else 0
