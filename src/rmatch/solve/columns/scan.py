"""The compiled pass over all pairs: adds up points and compares them with prices in the same breath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.solve.certificates.certificate import ALLOWED
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE = 512
CHUNK = 64
BARRED = -(2**61)
"""What a forbidden pair has where prices are wide."""


class Draw(NamedTuple):
    """The second level: tight pairs count their ties instead of their points, and all others are forbidden.

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


class Cells(NamedTuple):
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


class Tops(NamedTuple):
    """The best few gains of each line, in no order, and among equal ones those with the largest lots.

    Attributes
    ----------
    place, gain, lot : numpy.ndarray
        Where they are, what they are and what was drawn for them, shape (lines, most).
    low : numpy.ndarray of int32
        The place of the one to be replaced next.
    least : numpy.ndarray
        Its gain.
    """

    place: NDArray[np.int32]
    gain: NDArray[Any]
    lot: NDArray[np.int32]
    low: NDArray[np.int32]
    least: NDArray[Any]


@compiled
def _tie(mine: Any, theirs: Any, bits: int) -> int:
    """Return what `rmatch.solve.ties.TieHash` returns."""
    mixed = mine + theirs
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    return int(mixed >> np.uint64(64 - bits)) + 1


@compiled
def _drawn(draw: Draw, row: int, column: int, points: int) -> int:
    """Return the tie of a pair if it is tight."""
    if points == draw.u[row] + draw.v[column]:
        return _tie(draw.mine[row], draw.theirs[column], draw.bits)
    return BARRED


@compiled
def _level(cells: Cells, row: int, first: int, width: int, points: Any) -> None:
    """Move forbidden pairs out of the reach of wide prices, and turn points into what counts."""
    for j in range(width):
        if points[j] < ALLOWED:
            points[j] = BARRED
    if cells.draw.u.size:
        for j in range(width):
            points[j] = _drawn(cells.draw, row, first + j, points[j])


@compiled
def add_up(cells: Cells, row: int, first: int, last: int, cursor: Any, at: int, out: Any) -> None:
    """Write the points of a row with some columns, in ascending tiles."""
    width = last - first
    if cells.matrix.shape[0]:
        line = cells.matrix[row, first:last]
        for j in range(width):
            out[j] = line[j]
        return
    begin, end = cells.starts[row], cells.starts[row + 1]
    k = begin
    if (end - begin) % 2:
        a = cells.table[cells.codes[k], first:last]
        for j in range(width):
            out[j] = a[j]
        k += 1
    else:
        for j in range(width):
            out[j] = 0
    while k + 3 < end:
        a = cells.table[cells.codes[k], first:last]
        b = cells.table[cells.codes[k + 1], first:last]
        c = cells.table[cells.codes[k + 2], first:last]
        d = cells.table[cells.codes[k + 3], first:last]
        for j in range(width):
            out[j] += a[j] + b[j] + c[j] + d[j]
        k += 4
    while k < end:
        a = cells.table[cells.codes[k], first:last]
        for j in range(width):
            out[j] += a[j]
        k += 1
    place = cursor[at]
    while place < cells.cell_starts[row + 1] and cells.cell_columns[place] < last:
        out[cells.cell_columns[place] - first] += cells.cell_points[place]
        place += 1
    cursor[at] = place


@compiled
def _largest(values: Any) -> Any:
    top = values[0]
    for k in range(values.size):
        top = values[k] if values[k] > top else top  # noqa: FURB136 - the call is not vectorised
    return top


@compiled
def _lot(row: int, column: int) -> int:
    """Draw a number for a pair, from 0 to 2**31: where all took the first of many equal pairs, they would take the same."""
    mixed = (row * 0x9E3779B1 + column * 0x85EBCA77) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    return (mixed ^ (mixed >> 13)) >> 1


@compiled
def _keep(tops: Tops, line: int, place: int, gain: int, lot: int) -> None:
    """Put a gain in the place of the least one of its line, if it is larger, or equal with a larger lot."""
    low = tops.low[line]
    if gain == tops.least[line] and lot <= tops.lot[line, low]:
        return
    tops.gain[line, low], tops.lot[line, low], tops.place[line, low] = gain, lot, place
    for k in range(tops.gain.shape[1]):
        less = tops.gain[line, k] - gain
        if less < 0 or (less == 0 and tops.lot[line, k] < lot):
            low, gain, lot = k, tops.gain[line, k], tops.lot[line, k]
    tops.low[line], tops.least[line] = low, gain


@compiled
def merge(tops: Tops, others: Tops) -> None:
    """Keep the best of both in the first."""
    for line in range(others.gain.shape[0]):
        for k in range(others.gain.shape[1]):
            if others.place[line, k] >= 0 and others.gain[line, k] >= tops.least[line]:
                _keep(tops, line, others.place[line, k], others.gain[line, k], others.lot[line, k])


@compiled
def scan(
    cells: Cells, first_row: int, shift: int, u: Any, v: Any, rows: Tops, columns: Tops
) -> None:
    """Keep the best gains, points less prices, of each of the rows from `first_row` on, and of each column among them.

    The rows are called by their place in `cells` plus `shift`. Prices are of 32 bits and at least `-LARGEST`, or of 64.
    """
    size, width = u.size, v.size
    cursor = cells.cell_starts[first_row : first_row + size].copy()
    points, over = np.empty(TILE, v.dtype), np.empty(TILE, v.dtype)
    for first in range(0, width, TILE):
        last = min(first + TILE, width)
        price, low = v[first:last], columns.least[first:last]
        for i in range(size):
            add_up(cells, first_row + i, first, last, cursor, i, points)
            if v.itemsize == 8:
                _level(cells, first_row + i, first, last - first, points)
            least, own = rows.least[i], u[i]
            for j in range(last - first):
                over[j] = points[j] - price[j] - (least if least < low[j] else low[j])  # noqa: FURB136
            for part in range(0, last - first, CHUNK):
                if _largest(over[part : min(part + CHUNK, last - first)]) >= own:
                    for j in range(part, min(part + CHUNK, last - first)):
                        gain = points[j] - price[j] - own
                        if gain >= low[j] or gain >= least:
                            lot = _lot(shift + first_row + i, first + j)
                            if gain >= low[j]:
                                _keep(columns, first + j, shift + first_row + i, gain, lot)
                            if gain >= least:
                                _keep(rows, i, first + j, gain, lot)
                                least = rows.least[i]


@compiled
def tight(cells: Cells, first_row: int, u: Any, v: Any, rows: Any, columns: Any) -> int:
    """Write down the pairs whose points are their two prices, as far as there is room, and return how many there are."""
    size, width, found = u.size, v.size, 0
    cursor = cells.cell_starts[first_row : first_row + size].copy()
    points, less = np.empty(TILE, v.dtype), np.empty(TILE, v.dtype)
    for first in range(0, width, TILE):
        last = min(first + TILE, width)
        price = v[first:last]
        for i in range(size):
            add_up(cells, first_row + i, first, last, cursor, i, points)
            if v.itemsize == 8:
                _level(cells, first_row + i, first, last - first, points)
            for j in range(last - first):
                less[j] = points[j] - price[j]
            if _largest(less[: last - first]) >= u[i]:
                for j in range(last - first):
                    if less[j] >= u[i]:
                        if found < rows.size:
                            rows[found], columns[found] = i, first + j
                        found += 1
    return found


@compiled
def fill(cells: Cells, first_row: int, out: Any) -> None:
    """Write the points of all pairs of the rows from `first_row` on."""
    size, width = out.shape
    cursor = cells.cell_starts[first_row : first_row + size].copy()
    for first in range(0, width, TILE):
        last = min(first + TILE, width)
        for i in range(size):
            add_up(cells, first_row + i, first, last, cursor, i, out[i, first:last])
            if out.itemsize == 8:
                _level(cells, first_row + i, first, last - first, out[i, first:last])


@compiled
def _one(cells: Cells, row: int, column: int) -> int:
    if cells.matrix.shape[0]:
        return int(cells.matrix[row, column])
    points = 0
    for place in range(cells.starts[row], cells.starts[row + 1]):
        points += cells.table[cells.codes[place], column]
    for place in range(cells.cell_starts[row], cells.cell_starts[row + 1]):
        if cells.cell_columns[place] == column:
            points += cells.cell_points[place]
    return points


@compiled
def pick(cells: Cells, rows: Any, columns: Any, out: Any) -> None:
    """Write the points of single pairs."""
    for k in range(rows.size):
        points = _one(cells, rows[k], columns[k])
        out[k] = _drawn(cells.draw, rows[k], columns[k], points) if cells.draw.u.size else points
