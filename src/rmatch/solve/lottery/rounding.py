"""From chances in floating point to a grid: simple fractions where these keep everything exactly, or the next steps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.solve.lottery.capped import best_units
from rmatch.solve.lottery.rational import FINEST
from rmatch.solve.network.network import CutError

if TYPE_CHECKING:
    from rmatch.solve.lottery.capped import CappedProblem, Span
    from rmatch.solve.lp.lexicographic import Floats
    from rmatch.solve.network.network import Whole

NEAR = 1e-3
"""How near, in grid steps, a chance must be to a step to count as being on it."""
SIMPLE = 10_000
"""The largest denominator of a simple fraction."""
SAME = 1e-9
"""How near a chance must be to a simple fraction to be taken for it."""


def next_steps(capped: CappedProblem, units: Floats) -> Whole:
    """Move units to whole ones next to them, so that every person's sum goes to one next to it, with the most points.

    Parameters
    ----------
    capped : CappedProblem
        What limits and places the result keeps, exactly.
    units : numpy.ndarray of float64
        Chances in grid steps, shape (mentors, mentees).

    Returns
    -------
    numpy.ndarray of int64
        Whole units, each less than a step away.

    Raises
    ------
    InfeasibleError
        If the units are too far off what they should keep.
    """
    near = np.rint(units)
    on_a_step = np.abs(units - near) < NEAR
    units = np.clip(np.where(on_a_step, near, units), 0, capped.limits)
    low = np.floor(units).astype(np.int64)
    spans = [
        _span(units.sum(axis), low.sum(axis), given)
        for axis, given in ((1, capped.mentors), (0, capped.mentees))
    ]
    rest = replace(
        capped,
        limits=np.ceil(units).astype(np.int64) - low,
        mentors=spans[0],
        mentees=spans[1],
        participation="most",
    )
    try:
        return low + best_units(rest)
    except CutError:
        message = "the solver's answer is too far from any on the grid; ask for wider differences or a coarser grid"
        raise InfeasibleError(message) from None


def _span(sums: Floats, low: Whole, given: Span) -> Span:
    """Return the fewest and most units that are left to each person: the whole numbers next to what they expect."""
    below = np.floor(sums - NEAR).astype(np.int64)
    above = np.ceil(sums + NEAR).astype(np.int64)
    fewest, most = given
    least_left = np.maximum(below, fewest) - low
    most_left = np.minimum(above, most) - low
    return np.maximum(least_left, 0), np.maximum(most_left, 0)


def simple_fractions(capped: CappedProblem, grid: int, chances: Floats) -> tuple[Whole, int] | None:
    """Return the simple fractions that chances are, if they keep all limits and places exactly.

    Their common denominator is no larger than the most steps that a caller may ask for, or than the grid: a linear
    programme that has to keep these chances of a place in a further step is no more exact than that.

    Parameters
    ----------
    capped : CappedProblem
        Limits and places, in units.
    grid : int
        The units of certainty.
    chances : numpy.ndarray of float64
        Shape (mentors, mentees).

    Returns
    -------
    tuple of numpy.ndarray of int64 and int, or None
        Their own units, and how many of them are certainty: the fewest in which limits and places are whole as well.
    """
    rows, columns = np.nonzero(chances > SAME)
    likely = chances[rows, columns].tolist()
    found = [Fraction(value).limit_denominator(SIMPLE) for value in likely]
    # In steps of `unit` all limits and places are whole, so that their own grid has so many steps fewer.
    amounts = capped.limits, *capped.mentors, *capped.mentees
    unit = gcd(grid, *(int(np.gcd.reduce(each, axis=None)) for each in amounts))
    coarse = grid // unit
    fine = lcm(coarse, *(value.denominator for value in found))
    if fine > max(FINEST, grid):
        return None
    units = np.zeros(chances.shape, np.int64)
    units[rows, columns] = [int(value * fine) for value in found]
    factor = fine // coarse
    near = np.abs(units / fine - chances) <= SAME
    kept = units <= capped.limits // unit * factor
    if not (near.all() and kept.all()):
        return None
    for sums, (low, high) in ((units.sum(1), capped.mentors), (units.sum(0), capped.mentees)):
        fewest, most = low // unit * factor, high // unit * factor
        if (sums < fewest).any() or (sums > most).any():
            return None
    return units, fine
