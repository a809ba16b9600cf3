"""What of the dense route is compiled around its loops: the whole of it where nobody has to listen meanwhile, and both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.jonker_volgenant.bids import (
    BIDS,
    EARLY,
    are_a_third,
    bid,
    steps,
    withdraw,
)
from rmatch.solve.jonker_volgenant.costs import write, write_turned
from rmatch.solve.jonker_volgenant.kernels import (
    NOBODY,
    Board,
    augment,
    blank,
    reduce_columns,
    reduce_rows,
)
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from rmatch.solve.network.network import Whole

LOOKS = 4
"""How often a row is looked at on average before searches begin."""
NEVER = 2**61
"""What it costs a row to stay alone where none may."""


@compiled
def single(mentors: Whole, mentees: Whole) -> bool:
    """Return whether everybody has one place."""
    for side in (mentors, mentees):
        for places in side:
            if places != 1:
                return False
    return True


@compiled
def at_once(
    memory: Any, matrix: Any, ends: Any, limits: Any, owner: Any, answer: Any, turned: bool
) -> int:
    """Match all rows, and return what `read_off` does; -1 where that is not possible.

    Parameters
    ----------
    memory : tuple of three numpy.ndarray
        Of `blank`.
    matrix : tuple of two numpy.ndarray and bool
        Points and mask of all places, no mask where all are allowed, and whether its rows are the columns of the board.
    ends : tuple of three int
        The highest points, the same with the bonus, and twice the cost of a pair that is not allowed.
    limits : tuple of three int
        What it costs a row to stay alone, twice the least length that is none, and how much the points of allowed pairs differ.
    owner, answer : tuple of numpy.ndarray of int64
        See `read_off`.
    turned : bool
        Whether the mentors have the columns of the board.
    """
    (points, allowed, across), (stay, far, reach), (top, high, barred) = matrix, limits, ends
    board = blank(*memory)
    if across:
        write_turned(points, allowed, top, barred, board.cost, 0, len(points))
    else:
        write(points, allowed, top, barred, board.cost, 0, len(points))
    # A column that stays free has to have no price.
    filled = stay == NEVER and board.cost.shape[0] == board.cost.shape[1]
    if filled and not reduce_columns(board, far):
        return -1
    free = waiting(board, stay, far)
    following = augment(board, free, 0, stay, far, EARLY * board.cost.size if filled else NEVER)
    if 0 <= following < free.size:
        if not are_a_third(following, free.size):
            _bids(board, reach, far)
            free, following = waiting(board, stay, far), 0
        following = augment(board, free, following, stay, far, NEVER)
    if following < 0:
        return -1
    return read_off(board, owner, answer, (stay, high), turned)


@compiled
def waiting(board: Board, stay: int, far: int) -> Any:
    """Match what rows can be matched without a search, and return the others."""
    reduce_rows(board, stay, far, LOOKS * board.cost.shape[0])
    return np.flatnonzero(board.column_of == NOBODY)


@compiled
def _bids(board: Board, reach: int, far: int) -> None:
    """Leave the prices at which bids end, and nobody with a column."""
    for step in steps(board, reach, far):
        withdraw(board)
        bid(board, step, far, BIDS * board.cost.shape[0])
    withdraw(board)


@compiled
def read_off(board: Board, owner: Any, answer: Any, costs: Any, turned: bool) -> int:
    """Write down the pairs and the prices, and return how many pairs there are; -1 where a row would have a negative price.

    Parameters
    ----------
    board : Board
        Where all rows are matched, or stay alone.
    owner : tuple of two numpy.ndarray of int64
        Whose place each row is, and each column.
    answer : tuple of three numpy.ndarray of int64
        Gets mentor and mentee of each pair, sorted, in two rows, and what each row person and each column person pays;
        whoever has no place may have any price that is high enough.
    costs : tuple of two int
        What it costs a row to stay alone, and the highest points with the bonus on top, less which prices are.
    turned : bool
        Whether the rows are mentees.
    """
    (row_owner, column_owner), (pairs, of_rows, of_columns) = owner, answer
    stay, high = costs
    price = (board.weight.astype(np.int64) + (board.row_of != NOBODY)) >> 1
    # Prices of one side may rise by what those of the other side fall by where everybody is matched.
    shift = max(price.max(), 0)
    for j in range(price.size):
        of_columns[column_owner[j]] = shift - price[j]
    for i in range(row_owner.size):
        j, own = board.column_of[i], stay
        if j >= 0:
            own = (np.int64(board.cost[i, j]) >> 1) - price[j]
        if high - own - shift < 0:
            return -1
        of_rows[row_owner[i]] = high - own - shift
    if turned:
        return _sort(board.column_of, row_owner, column_owner, of_columns.size, pairs)
    return _sort(board.row_of, column_owner, row_owner, of_rows.size, pairs)


@compiled
def _sort(partner: Any, mentees: Whole, mentors: Whole, count: int, pairs: Any) -> int:
    """Write down the pairs by counting, when each place of a mentee knows that of its mentor."""
    following = np.zeros(count + 1, np.int64)
    for place in partner:
        if place >= 0:
            following[mentors[place] + 1] += 1
    following = following.cumsum()
    for own in range(partner.size):
        if partner[own] >= 0:
            mentor = mentors[partner[own]]
            pairs[:, following[mentor]] = mentor, mentees[own]
            following[mentor] += 1
    return int(following[-1])
