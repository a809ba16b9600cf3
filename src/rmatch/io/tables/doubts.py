"""Cells that cannot be read as they stand, whatever their column: lost values, and numbers with two readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.cells.ambiguous import ambiguous, decimal_marks
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REQUIRED = ("id", "role")
"""The kinds of columns in which an error value is a fault; in others it is unknown."""


def in_doubt(
    cells: Sequence[Any], numeric: str, lost: Mapping[int, str], *, required: bool
) -> dict[int, Malformed]:
    """Return what is wrong with cells, by row.

    Parameters
    ----------
    cells : sequence
        A column.
    numeric : str
        The kind of numbers that are read of it; empty for texts.
    lost : mapping of int to str
        The error value or the formula that stands in a cell instead of its value.
    required : bool
        Whether every cell must be known.

    Returns
    -------
    dict of int to Malformed
        What is wrong.

    Examples
    --------
    >>> doubts = in_doubt(["1,200", "", "7"], "number", {1: "=B7"}, required=False)
    >>> [(row, doubt.problem) for row, doubt in doubts.items()]
    [(0, 'may be 1200 or 1.2'), (1, 'is a formula that was saved without its value')]
    """
    found: dict[int, Malformed] = {}
    if numeric:
        different = {cell for cell in cells if type(cell) is str}
        decimals = decimal_marks(different)
        doubtful = {cell: ambiguous(cell.strip(), decimals, numeric) for cell in different}
        if any(doubtful.values()):
            read = (
                (row, doubtful.get(cell)) for row, cell in enumerate(cells) if type(cell) is str
            )
            found |= {row: doubt for row, doubt in read if doubt}
    gone = {row: lost_value(text, required=required) for row, text in lost.items()}
    return found | {row: wrong for row, wrong in gone.items() if wrong}


def lost_value(text: str, *, required: bool) -> Malformed | None:
    """Return what is wrong with a lost cell where its field must be known, and with any formula.

    Parameters
    ----------
    text : str
        What stood in the cell.
    required : bool
        Whether the cell must be known.

    Returns
    -------
    Malformed or None
        None for an error value that may as well be unknown.
    """
    if text.startswith("="):
        remedy = "open the file in a spreadsheet, let it calculate and save it; or write the value"
        return Malformed(text, "is a formula that was saved without its value", remedy)
    if required:
        remedy = "mend the formula, or write the value"
        return Malformed(text, "is the error value of a spreadsheet", remedy)
    return None
