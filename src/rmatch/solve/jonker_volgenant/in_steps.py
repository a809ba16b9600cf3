"""The dense route in steps: before each of them it is heard whether the run is to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.solve.jonker_volgenant.at_once import NEVER, waiting
from rmatch.solve.jonker_volgenant.bids import BIDS, EARLY, STEPS, are_short, bid, withdraw
from rmatch.solve.jonker_volgenant.kernels import augment, reduce_columns
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.jonker_volgenant.kernels import Board

BUDGET = 2**26
"""How many pairs are looked at in one step."""


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
    filled = stay == NEVER and rows == columns
    if filled and not reduce_columns(board, far):
        return False
    if filled and patience > EARLY * board.cost.size:
        done = _searched(board, stay, far, EARLY * board.cost.size, are_short)
        if done is not None:
            return done
        _bids(board, reach, far)
    return _searched(board, stay, far, patience, lambda done, free: 2 * done >= free)


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
    withdraw(board)
    for shift in STEPS:
        left, some = BIDS * rows if reach >> shift else 0, max(BUDGET // columns, 1)
        while left > 0:
            listen("dense")
            unused = bid(board, reach >> shift, far, min(some, left))
            left = 0 if unused else left - some
        withdraw(board)
