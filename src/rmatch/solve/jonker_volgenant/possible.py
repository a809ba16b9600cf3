"""Whether all rows can be matched, before anything is tried that needs it: the points do not matter for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.jonker_volgenant.kernels import NOBODY
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]
    Places = NDArray[np.int64]

BITS = 8
LOWEST = np.array([0, *((byte & -byte).bit_length() - 1 for byte in range(1, 2**BITS))])
"""The number of the lowest bit of each byte."""
MOST, ROUNDS = 2**25, 20
"""Up to so many pairs, and for so many rounds, which together take a tenth of a second or two: nobody listens meanwhile."""


def perhaps_all(allowed: NDArray[np.bool_]) -> bool:
    """Return whether all rows can be matched with columns that they may have, and true where to find out would not pay.

    Where few pairs are not allowed it is hardly ever in vain to try; of very many pairs, and where this would take long, it is not known.
    """
    if allowed.size > MOST or 2 * np.count_nonzero(allowed) >= allowed.size:
        return True
    # Where columns lie together, so do their bits: what is compiled is so for rows.
    bits = np.ascontiguousarray(np.packbits(allowed, axis=1, bitorder="little"))
    return bool(can_all(bits, allowed.shape[1]))


@compiled
def can_all(allowed: Bits, columns: int) -> bool:
    """Return whether all rows can be matched, with a bit for each pair that is allowed; true too if the rounds do not tell.

    Round after round rows are matched along paths that have no column in common (Hopcroft and Karp 1973). Only the first row of
    a round may go through all columns: where it has no path, no matching has all rows.
    """
    rows = len(allowed)
    row_of, column_of = np.full(columns, NOBODY), np.full(rows, NOBODY)
    by, queue = np.zeros(columns, np.int64), np.zeros(rows, np.int64)
    ahead = np.zeros(allowed.shape[1], np.uint8)
    sources = np.arange(rows)
    for _ in range(ROUNDS):
        if not sources.size:
            break
        ahead[:] = 2**BITS - 1
        left = first = 0
        for at in range(sources.size):
            queue[0] = sources[at]
            while first < ahead.size and not ahead[first]:
                first += 1
            column = _end(allowed, first, row_of, ahead, by, queue)
            if column == NOBODY:
                if at == 0:
                    return False
                sources[left] = sources[at]
                left += 1
            while column != NOBODY:
                row = by[column]
                row_of[column] = row
                column_of[row], column = column, column_of[row]
        sources = sources[:left]
    return True


@compiled
def _end(allowed: Bits, first: int, row_of: Places, ahead: Bits, by: Places, queue: Places) -> int:
    """Return the free column at the end of a path from the row that comes first in the queue, and what led to each column.

    Paths lead through columns that are still ahead, none of them before the `first` byte; those that were reached are no longer.
    """
    found = 1
    for following in range(queue.size):
        if following == found:
            break
        row = queue[following]
        for byte in range(first, ahead.size):
            new = np.int64(allowed[row, byte] & ahead[byte])
            ahead[byte] ^= new
            while new:
                column = BITS * byte + int(LOWEST[new])
                new &= new - 1
                by[column] = row
                if row_of[column] == NOBODY:
                    ahead[byte] ^= new
                    return column
                queue[found] = row_of[column]
                found += 1
    return NOBODY
