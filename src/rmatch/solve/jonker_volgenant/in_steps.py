"""The dense route in steps: before each of them it is heard whether the run is to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.jonker_volgenant.at_once import NEVER, waiting
from rmatch.solve.jonker_volgenant.bids import (
    BIDS,
    EARLY,
    are_half,
    are_short,
    bid,
    steps,
    withdraw,
)
from rmatch.solve.jonker_volgenant.kernels import NOBODY, augment, blank, reduce_columns
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.jonker_volgenant.kernels import Board

BUDGET = 2**26
"""How many pairs are looked at in one step."""
FEW_FREE = 8
"""Up to this part of the rows may be added to them so that no column stays free."""


def matched(board: Board, stay: int, far: int, reach: int, patience: int) -> bool | None:
    """Match all rows, and return whether that was possible.

    Parameters
    ----------
    board : Board
        The costs, and nobody matched.
    stay, far, reach : int
        See `at_once`.
    patience : int
        In so many looks half of the searches must be over.

    Returns
    -------
    bool or None
        None where more searches are left.
    """
    rows, columns = board.cost.shape
    listen("dense")
    # A column that stays free has to have no price.
    if stay == NEVER and rows == columns and not reduce_columns(board, far):
        return False
    early = EARLY * board.cost.size
    if stay == NEVER and columns - rows <= rows // FEW_FREE and patience > early:
        done = _searched(board, stay, far, early, are_short)
        if done is not None:
            return done
        if rows < columns:
            return _filled_up(board, reach, far, patience)
        _bids(board, reach, far)
    return _searched(board, stay, far, patience, are_half)


def _filled_up(board: Board, reach: int, far: int, patience: int) -> bool | None:
    """Do the same among more rows, which cost the same everywhere: they take the columns that are left, and so all may have prices.

    The prices of these are the highest in the end: they become 0, and all others are what they are below.
    """
    rows, columns = board.cost.shape
    cost = np.full((columns, columns), 2 * reach, board.cost.dtype)
    cost[:rows] = board.cost
    square = blank(cost, board.length, board.unsigned)
    reduce_columns(square, far)
    _bids(square, reach, far)
    done = _searched(square, NEVER, far, patience, are_half)
    if done:
        left = square.row_of >= rows
        board.column_of[:] = square.column_of[:rows]
        board.row_of[:] = np.where(left, NOBODY, square.row_of)
        board.weight[:] = square.weight + left
        board.weight[:] -= board.weight[left].max()
    return done


def _searched(
    board: Board, stay: int, far: int, patience: int, enough: Callable[[int, int], bool]
) -> bool | None:
    """Return the same, None where after so many looks too few searches are over."""
    listen("dense")
    free = waiting(board, stay, far)
    following, looks = 0, min(BUDGET, board.cost.size)
    spent = 0
    while 0 <= following < len(free):
        listen("dense")
        following = augment(board, free, following, stay, far, looks)
        spent += looks
        if spent >= patience and following >= 0 and not enough(following, len(free)):
            return None
    return following >= 0


def _bids(board: Board, reach: int, far: int) -> None:
    """Leave the prices at which bids end, and nobody with a column."""
    rows, columns = board.cost.shape
    some = max(BUDGET // columns, 1)
    for step in steps(board, reach, far):
        withdraw(board)
        left = BIDS * rows
        while left > 0:
            listen("dense")
            unused = bid(board, step, far, min(some, left))
            left = 0 if unused else left - some
    withdraw(board)
