"""Good prices for a master that has none yet: people of one side outbid each other for those of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns.sides import NONE
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.columns.sides import Side

STEPS = 8, 11, 14, 17
"""Bids are rounded up by the range of the points, halved so many times: coarse ones first, which settle most of it soon."""
BIDS = 10
"""About so many bids of each person a step has room for: where some must stay out, they would go on for long."""


def approach(near: Side, far: Side, pause: Callable[[], None]) -> None:
    """Raise the prices of the far side to about what they are where everybody of the near side has the best partner.

    Each person in turn takes the partner who is worth the most beyond the price, and raises this price until the second
    best is as good, and by a step more; whoever had that partner is next. The last bids end within a few of the
    smallest steps of the best prices (Bertsekas 1988), from which only short searches are left. People with several places
    neither bid nor are bid for.
    """
    points = near.points
    reach = int(np.ptp(points)) if points.size else 0
    # Steps finer than what any two points differ by would only make prices that fit no two people.
    finest = int(np.gcd.reduce(points - points[:1])) if points.size else 1
    owner = np.empty(len(far.price), np.int32)
    waiting = np.empty(len(near.price), np.int32)
    for step in (reach >> shift for shift in STEPS):
        if step < max(finest, 1):
            return
        everybody = np.flatnonzero(near.most == 1)
        size = len(everybody)
        waiting[:size] = everybody
        owner[:] = NONE
        for _ in range(BIDS):
            pause()
            size = _bids(near, far, step, owner, waiting, size)
            if not size:
                break


@compiled
def _bids(
    near: Side,
    far: Side,
    step: int,
    owner: NDArray[np.int32],
    waiting: NDArray[np.int32],
    size: int,
) -> int:
    """Let those who wait make as many bids as there are people, and return how many still wait."""
    for _ in range(waiting.size):
        if not size:
            break
        size -= 1
        node = waiting[size]
        # Nobody pays more than a partner is worth: to stay out is worth nothing.
        best, second, to = 0, 0, NONE
        for position in range(near.start[node], near.start[node + 1]):
            other = near.other[position]
            worth = near.points[position] - far.price[other]
            if worth > best:
                best, second, to = worth, best, other
            elif worth > second:
                second = worth
        if to == NONE or far.most[to] != 1:
            continue
        # Who is the first to come pays what was asked.
        before = owner[to]
        owner[to] = node
        if before != NONE:
            far.price[to] += best - second + step
            waiting[size] = before
            size += 1
    return size
