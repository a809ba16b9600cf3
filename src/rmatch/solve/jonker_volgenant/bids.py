"""Good prices where searches would be long: rows outbid each other for columns, in ever smaller steps.

Only where every column will be taken: the price of one that stays free has to be 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.jonker_volgenant.kernels import NOBODY, Board, match_two, two_least
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

COARSEST, FINEST, FINER = 6, 12, 3
"""Bids are rounded up by the range of the points, halved so many times: coarse steps settle most of it soon. Each is halved so many
times for the next one, down to what good pairs differ by, halved so many times."""
SAMPLED = 2**10
"""About so many pairs tell what good ones differ by."""
BIDS = 10
"""About so many bids of each row a step has room for."""
EARLY = 4
"""After so many looks at each row it is seen whether searches are short, and bids superfluous."""


@compiled
def are_short(done: int, free: int) -> bool:
    """Return whether two thirds of the searches are over: later ones take longer, but not so much as to be worth all these bids."""
    return 3 * done >= 2 * free


@compiled
def are_a_third(done: int, free: int) -> bool:
    """Return whether a third of the searches are over: among few rows the others take less than bids do, even if they take longer."""
    return 3 * done >= free


@compiled
def steps(board: Board, reach: int, far: int) -> NDArray[np.int64]:
    """Return what bids are rounded up by, ever less, where no two pairs differ by more than `reach`.

    The last one goes by what the best tenth of the pairs cost: a few bad pairs, which a power of the points makes far worse than
    all others, say nothing of what is bid for in the end.
    """
    costs = board.cost.ravel()[:: board.cost.size // SAMPLED | 1]
    costs = np.sort(costs[costs < far])
    spread = 2 * int(costs[costs.size // 10]) if costs.size else 0
    last = (min(spread, reach) if spread else reach) >> FINEST
    ever_less = (reach >> COARSEST) >> np.arange(0, 63, FINER)
    enough = ever_less[: np.count_nonzero(ever_less > last) + 1]
    return enough[enough > 0]


def are_half(done: int, free: int) -> bool:
    """Return whether half of the searches are over."""
    return 2 * done >= free


@compiled
def withdraw(board: Board) -> None:
    """Let nobody have a column any more; prices stay."""
    for j in range(board.row_of.size):
        if board.row_of[j] != NOBODY:
            board.weight[j] += 1
            board.row_of[j] = NOBODY
    board.column_of[:] = NOBODY


@compiled
def bid(board: Board, step: int, far: int, looks: int) -> int:
    """Let rows without a column bid, until all have one or the looks are used up, and return how many of these are left.

    A row takes its nearest column, and if another one had that, its price falls until the second nearest is as near, and by
    a step more (Bertsekas 1988). Who has no two columns within reach does not bid.
    """
    for start in range(board.column_of.size):
        row = start
        while board.column_of[row] == NOBODY and looks > 0:
            looks -= 1
            near, next_near, column = two_least(board, row)
            least, second = near >> 1, next_near >> 1
            if second >= far // 2 - step:
                break
            before = board.row_of[column]
            if before != NOBODY:
                board.weight[column] -= 2 * (second - least + step)
            match_two(board, row, column)
            if before != NOBODY:
                row = before
    return looks
