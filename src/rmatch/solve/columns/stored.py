"""Points as compiled code reads them: stored rows are added up a tile at a time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import ALLOWED
from rmatch.utils.compiled import compiled, inlined

TILE = 512
"""How many columns of a row are added up at once: a tile of each table row stays in the nearest memory."""

BARRED = -(2**61)
"""What a forbidden pair has where prices are wide."""


class Draw(NamedTuple):
    """The draw among equal totals: tight pairs count their ties instead of their points, and all others are forbidden.

    Attributes
    ----------
    u, v : numpy.ndarray of int64
        Prices in points; nothing where points count.
    mine, theirs : numpy.ndarray of uint64
        Digests of the rows and of the columns.
    bits : int
        Ties go up to two to this power.
    """

    u: NDArray[np.int64]
    v: NDArray[np.int64]
    mine: NDArray[np.uint64]
    theirs: NDArray[np.uint64]
    bits: int


class StoredPoints(NamedTuple):
    """Points as they are stored: a matrix, or tables with codes, plus a few single cells.

    Attributes
    ----------
    matrix : numpy.ndarray
        All points, shape (rows, columns), or nothing, shape (0, 0).
    starts, codes, table : numpy.ndarray
        Row `i` is the sum of ``table[codes[starts[i]:starts[i + 1]]]``.
    cell_starts, cell_columns, cell_points : numpy.ndarray
        What some cells of each row get on top, sorted by column.
    draw : Draw
        What counts instead, if anything does.
    """

    matrix: NDArray[Any]
    starts: NDArray[np.int64]
    codes: NDArray[np.int32]
    table: NDArray[Any]
    cell_starts: NDArray[np.int64]
    cell_columns: NDArray[np.int32]
    cell_points: NDArray[Any]
    draw: Draw


@compiled
def _tie(mine: Any, theirs: Any, bits: int) -> int:
    """Return what `rmatch.solve.ties.TieHash` returns."""
    # Numbers without a sign wrap around at 64 bits, here as in numpy: the same tie on every
    # machine.
    mixed = mine + theirs
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    return int(mixed >> np.uint64(64 - bits)) + 1


@compiled
def _drawn(draw: Draw, row: int, column: int, points: int) -> int:
    """Return the tie of a pair if it is tight."""
    price = draw.u[row] + draw.v[column]
    if points != price:
        return BARRED
    mine, theirs = draw.mine[row], draw.theirs[column]
    return _tie(mine, theirs, draw.bits)


@compiled
def _widen(stored: StoredPoints, row: int, first: int, width: int, points: Any) -> None:
    """Move forbidden pairs out of the reach of wide prices, and turn points into what counts."""
    for j in range(width):
        # Wide prices can be as low as a missed minimum makes them, and then even FORBIDDEN would
        # exceed two of them. Nothing is as low as this.
        if points[j] < ALLOWED:
            points[j] = BARRED
    if stored.draw.u.size:
        for j in range(width):
            # What is tight is told from the points, before ties take their place.
            points[j] = _drawn(stored.draw, row, first + j, points[j])


@compiled
def add_up(
    stored: StoredPoints, row: int, first: int, last: int, cursor: Any, at: int, out: Any
) -> None:
    """Write the points of a row with some columns, in ascending tiles, or what counts instead where numbers are wide."""
    if stored.matrix.shape[0]:
        line = stored.matrix[row, first:last]
        for j in range(last - first):
            out[j] = line[j]
    else:
        _add_tables(stored, row, first, last, out)
        # Cells are sorted by column: where one tile ends the next begins, and nothing is searched for.
        position = cursor[at]
        cursor[at] = _add_cells(stored, row, first, last, position, out)
    if out.itemsize == 8:
        _widen(stored, row, first, last - first, out)


@inlined
def _add_tables(stored: StoredPoints, row: int, first: int, last: int, out: Any) -> None:
    """Write the sum of the table rows of a row."""
    width = last - first
    table, codes = stored.table, stored.codes
    k = stored.starts[row]
    end = stored.starts[row + 1]
    if (end - k) % 2:
        a = table[codes[k], first:last]
        for j in range(width):
            out[j] = a[j]
        k += 1
    else:
        for j in range(width):
            out[j] = 0
    # Four at a time, so that the sums are read and written less often. No sum on the way leaves 32
    # bits: a forbidden pair has FORBIDDEN at most three times, and the rest is points.
    while k + 3 < end:
        a = table[codes[k], first:last]
        b = table[codes[k + 1], first:last]
        c = table[codes[k + 2], first:last]
        d = table[codes[k + 3], first:last]
        for j in range(width):
            out[j] += a[j] + b[j] + c[j] + d[j]
        k += 4
    while k < end:
        a = table[codes[k], first:last]
        for j in range(width):
            out[j] += a[j]
        k += 1


@inlined
def _add_cells(
    stored: StoredPoints, row: int, first: int, last: int, position: int, out: Any
) -> int:
    """Add what single cells get on top, from a position on, and return the position to go on from in the next tile."""
    end = stored.cell_starts[row + 1]
    while position < end and stored.cell_columns[position] < last:
        column = stored.cell_columns[position]
        out[column - first] += stored.cell_points[position]
        position += 1
    return position


@compiled
def fill(stored: StoredPoints, first_row: int, out: Any) -> None:
    """Write the points of all pairs of the rows from `first_row` on."""
    size, width = out.shape
    cursor = stored.cell_starts[first_row : first_row + size].copy()
    for first in range(0, width, TILE):
        last = min(first + TILE, width)
        for i in range(size):
            row = first_row + i
            tile = out[i, first:last]
            add_up(stored, row, first, last, cursor, i, tile)


@compiled
def _one(stored: StoredPoints, row: int, column: int) -> int:
    if stored.matrix.shape[0]:
        return int(stored.matrix[row, column])
    points = 0
    first, last = stored.starts[row], stored.starts[row + 1]
    for k in range(first, last):
        code = stored.codes[k]
        points += stored.table[code, column]
    first, last = stored.cell_starts[row], stored.cell_starts[row + 1]
    for k in range(first, last):
        if stored.cell_columns[k] == column:
            points += stored.cell_points[k]
    return points


@compiled
def pick(stored: StoredPoints, rows: Any, columns: Any, out: Any) -> None:
    """Write the points of single pairs."""
    draw = stored.draw
    drawn = draw.u.size > 0
    for k in range(rows.size):
        row, column = rows[k], columns[k]
        points = _one(stored, row, column)
        if drawn:
            points = _drawn(draw, row, column, points)
        out[k] = points
