"""The compiled pass over all pairs: adds up points and compares them with prices in the same breath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.solve.columns.stored import TILE, add_up
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.columns.stored import StoredPoints

CHUNK, WORD = 64, 8
"""How many pairs are looked at together for whether there is anything among them, and of these once more."""
ROW_LOT, COLUMN_LOT, LOT = 0x05EBCA77, 0x1E3779B1, 0x2C1B3C6D
"""Odd numbers that mix those of a row and of a column to a lot: each column has another one in the same row."""
LOTS = 2**31 - 1
"""The largest lot."""


class Tops(NamedTuple):
    """The best few gains of each line, in no order, and among equal ones those with the largest lots.

    Attributes
    ----------
    position, gain, lot : numpy.ndarray
        Where in the line they are, what they are and what was drawn for them, shape (lines, most).
    low : numpy.ndarray of int32
        The entry to be replaced next.
    least, least_lot : numpy.ndarray
        Its gain and its lot.
    """

    position: NDArray[np.int32]
    gain: NDArray[Any]
    lot: NDArray[np.int32]
    low: NDArray[np.int32]
    least: NDArray[Any]
    least_lot: NDArray[np.int32]


@compiled
def _largest(values: Any) -> Any:
    top = values[0]
    for k in range(values.size):
        top = values[k] if values[k] > top else top  # noqa: FURB136 - the call is not vectorised
    return top


@compiled
def _lot(row: int, column: int) -> int:
    """Draw a number for a pair, another one for each in its line: where all took the first of many equal pairs, they would take the same."""
    return (row * ROW_LOT ^ column * COLUMN_LOT) * LOT & LOTS


@compiled
def _mark(chunk: Any, own: Any, least: Any, least_lot: Any, start: int, hits: Any) -> None:
    """Mark what exceeds the lower of two bars, or is equal to it with a larger lot: most of many equal ones are not."""
    over, low, low_lot, mixed = chunk
    for j in range(over.size):
        lot = (start ^ mixed[j]) * LOT & LOTS
        in_row = (least <= low[j]) & (lot > least_lot)
        in_column = (low[j] <= least) & (lot > low_lot[j])
        hits[j] = (over[j] > own) | ((over[j] == own) & (in_row | in_column))


@compiled
def _mix(first: int, mixed: Any) -> None:
    """Write the share of each column in the lots of its pairs."""
    for j in range(mixed.size):
        mixed[j] = (first + j) * COLUMN_LOT & LOTS


@compiled
def _compare(points: Any, price: Any, least: Any, low: Any, over: Any) -> None:
    """Write by what points exceed a price and the lower of two bars."""
    # 32 bits hold this: points are from 3 * FORBIDDEN - 2**25 to 2**25, prices from -2**25 to 2**26
    # and least gains within 2**27, so that all together stay above -2**31.
    for j in range(price.size):
        bar = least if least < low[j] else low[j]  # noqa: FURB136 - the call is not vectorised
        over[j] = points[j] - price[j] - bar


@compiled
def _keep(tops: Tops, line: int, position: int, gain: int, lot: int) -> None:
    """Put a gain in the place of the least one of its line, if it is larger, or equal with a larger lot."""
    # Of equal pairs those with the largest lots stay, in whatever order they come.
    if gain == tops.least[line] and lot <= tops.least_lot[line]:
        return
    low = tops.low[line]
    tops.gain[line, low] = gain
    tops.lot[line, low] = lot
    tops.position[line, low] = position
    for k in range(tops.gain.shape[1]):
        other = tops.gain[line, k]
        other_lot = tops.lot[line, k]
        if other < gain or (other == gain and other_lot < lot):
            low = k
            gain = other
            lot = other_lot
    # The one that is replaced next is now the least of the line: the next gain has one comparison
    # to make with all of them.
    tops.low[line] = low
    tops.least[line] = gain
    tops.least_lot[line] = lot


@compiled
def merge(tops: Tops, listed: Any) -> None:
    """Keep the best of what is there and of a list of lines, positions, gains and lots."""
    for k in range(listed.shape[1]):
        line = listed[0, k]
        gain = listed[2, k]
        # Gain, then lot is an order of the pairs that no block changes: the best few are the same
        # in whatever order blocks are merged.
        if gain >= tops.least[line]:
            _keep(tops, line, listed[1, k], gain, listed[3, k])


@compiled
def scan(
    stored: StoredPoints, first_row: int, shift: int, u: Any, v: Any, rows: Tops, columns: Tops
) -> None:
    """Keep the best gains, points less prices, of each of the rows from `first_row` on, and of each column among them.

    The rows are called by their position in `stored` plus `shift`. Prices are of 32 bits and at least `-LARGEST`, or of
    64.
    """
    # Where the single cells of each row go on, from one tile to the next.
    cursor = stored.cell_starts[first_row : first_row + u.size].copy()
    points, over = np.empty(TILE, v.dtype), np.empty(TILE, v.dtype)
    mixed = np.empty(TILE, np.int32)
    hits = np.zeros(CHUNK, np.bool_)
    words = hits.view(np.uint64)
    # Tiles outside, rows inside: the prices of a tile and its part of the tables are read once.
    for first in range(0, v.size, TILE):
        last = min(first + TILE, v.size)
        price = v[first:last]
        low, low_lot = columns.least[first:last], columns.least_lot[first:last]
        _mix(first, mixed)
        for i in range(u.size):
            row = first_row + i
            add_up(stored, row, first, last, cursor, i, points)
            own, least = u[i], rows.least[i]
            start = (shift + row) * ROW_LOT & LOTS
            _compare(points, price, least, low, over)
            for begin in range(0, last - first, CHUNK):
                end = min(begin + CHUNK, last - first)
                some = slice(begin, end)
                # Where not even the largest reaches the lower of two bars, nothing does. Most of
                # the pairs end here, and this much of the work is vectorised.
                if _largest(over[some]) < own:
                    continue
                chunk = over[some], low[some], low_lot[some], mixed[some]
                _mark(chunk, own, least, rows.least_lot[i], start, hits)
                for word in range(words.size):
                    if words[word]:
                        at = begin + word * WORD
                        for j in range(at, min(at + WORD, end)):
                            if hits[j - begin]:
                                gain = points[j] - price[j] - own
                                # Not in a function: calls that pass both lists take longer than this.
                                lot = _lot(shift + row, first + j)
                                if gain >= low[j]:
                                    _keep(columns, first + j, shift + row, gain, lot)
                                if gain >= least:
                                    _keep(rows, i, first + j, gain, lot)
                                    least = rows.least[i]


@compiled
def tight(stored: StoredPoints, first_row: int, u: Any, v: Any, rows: Any, columns: Any) -> int:
    """Write down the pairs whose points are their two prices, as far as there is room, and return how many there are."""
    size = u.size
    found = 0
    cursor = stored.cell_starts[first_row : first_row + size].copy()
    points = np.empty(TILE, v.dtype)
    less = np.empty(TILE, v.dtype)
    for first in range(0, v.size, TILE):
        last = min(first + TILE, v.size)
        width = last - first
        price = v[first:last]
        for i in range(size):
            row = first_row + i
            add_up(stored, row, first, last, cursor, i, points)
            for j in range(width):
                less[j] = points[j] - price[j]
            own = u[i]
            if _largest(less[:width]) < own:
                continue
            for j in range(width):
                if less[j] >= own:
                    # Counting goes on without room, so that the caller knows there were too many.
                    if found < rows.size:
                        rows[found] = i
                        columns[found] = first + j
                    found += 1
    return found
