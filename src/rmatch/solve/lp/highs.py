"""HiGHS, which cannot be stopped from outside, in slices of time."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from rmatch.errors import StopError
from rmatch.utils.aside import LONG, aside
from rmatch.utils.stopping import seconds_left

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIMAL, OUT_OF_TIME, INFEASIBLE = 0, 1, 2
"""What HiGHS reports through scipy."""

SLICE = 5.0
"""So many seconds HiGHS takes for a mixed-integer programme before it is asked for the first time what it has."""

LONGER = 3
"""How many times as long it takes the next time: it begins anew."""

GRACE = 0.2
"""So many seconds before the time is over it has to be back."""


def in_slices(solve: Callable[[float], Any], first: float) -> Any:
    """Return the answer of HiGHS, or if the run is to stop what it had when it was last asked, which may be nothing.

    It cannot be stopped from outside, only told beforehand how long it may take. What is left behind by a run that stops
    thus ends by itself, after a few times as long as the run has taken.

    Parameters
    ----------
    solve : callable
        Solves within so many seconds, by scipy.
    first : float
        How long the first slice is.

    Returns
    -------
    scipy.optimize.OptimizeResult or None
        The answer, whose status says whether it is one.
    """
    answer, seconds = None, first
    with suppress(StopError):
        while answer is None or answer.status == OUT_OF_TIME:
            # HiGHS is to be back in time with what it has.
            left = seconds_left()
            most = left - min(GRACE, left / 5)
            answer = aside("programme", LONG, partial(solve, min(seconds, most)))
            if seconds >= most:
                break
            seconds *= LONGER
    return answer
