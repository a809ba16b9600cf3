"""Independent checking of transformed points: that a largest sum of them is α-fair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.problem import Problem

    Pairs = tuple[Whole, Whole]

SLACK = 1e-12
"""What the rounding of float64 may add to that of the whole numbers, as a share of all units."""

COARSEST = LARGEST - 1
"""The fewest units from the lowest to the highest of transformed points."""

LEFT_OUT = 1e-6
"""What float64 may add to the weight of all pairs that are made, beside one that was left out."""


def transform_failures(
    problem: Problem, last: Problem, pairs: Pairs, alpha: float
) -> Iterator[str]:
    """Check the transformed points of the pairs that may be made, and that none was left out that could matter.

    They must be those of the objective, which the lowest and the highest of them give the scale for, up to half a unit of
    rounding each, and so fine that the units are many.
    """
    usable = _usable(problem)
    used = usable & last.allowed
    tiers, first = np.unique(problem.points[used], return_index=True)
    values = last.points[used][first].astype(np.int64)
    yield from _scale_failures(tiers.astype(np.float64), values, alpha, problem)
    left_out = problem.points[usable & ~last.allowed]
    if left_out.size and tiers.size:
        yield from _left_out_failures(problem.points[pairs], left_out, alpha)


def _scale_failures(
    tiers: NDArray[np.float64], values: Whole, alpha: float, problem: Problem
) -> Iterator[str]:
    """Check transformed points, given for each different number of points, from the fewest up."""
    if not tiers.size:
        return
    if (np.diff(values) < 0).any():
        yield "the transformed points do not rise with the points"
    # With this anchor no power is above 1, so that none overflows.
    anchor = float(tiers[-1] if alpha < 1 else tiers[0]) or 1.0
    if problem.participation == "best" and tiers[0] > 0:
        # The number of pairs is open, so that no points must stay 0: only below α = 1 are they worth anything finite.
        tiers, values = np.append(0.0, tiers), np.append(0, values)
    worth = _worth(tiers / anchor, alpha)
    steps, rise = int(values[-1]) - int(values[0]), float(worth[-1] - worth[0])
    if rise <= 0:
        return
    if steps < COARSEST:
        yield "the transformed points are too coarse to tell matchings apart"
        return
    off = np.abs((worth - worth[0]) / rise * steps - (values - values[0]))
    if not (off <= 0.5 + SLACK * steps).all():
        yield "the transformed points are not those of the objective"


def _worth(scaled: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    """Return the objective's own value of points, up to a constant."""
    with np.errstate(divide="ignore"):
        logs = np.log(scaled)
    worth: NDArray[np.float64] = logs if alpha == 1 else np.expm1((1 - alpha) * logs) / (1 - alpha)
    return worth


def _left_out_failures(made: Numbers, left_out: Numbers, alpha: float) -> Iterator[str]:
    """Check that each pair that was left out alone weighs more than all that are made, which only happens for α > 1."""
    if alpha <= 1:
        yield f"{left_out.size} pairs were left out"
        return
    best = left_out.max()
    with np.errstate(over="ignore"):
        together = float(((made / best) ** (1 - alpha)).sum())
    if together >= 1 + LEFT_OUT:
        yield f"pairs of up to {best} points were left out, and a matching with one could be better"


def ordinal(problem: Problem, alpha: float, pairs: int) -> bool:
    """Return whether each tier outweighs all pairs of the next one."""
    if alpha <= 1:
        return False
    tiers = np.unique(problem.points[_usable(problem)]).astype(float)
    closest = np.diff(np.log(tiers)).min(initial=np.inf)
    return bool((alpha - 1) * closest > np.log(max(pairs, 1)))


def _usable(problem: Problem) -> NDArray[np.bool_]:
    """Return the pairs that some matching has: those that may be made by two people with a place."""
    placed = (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)
    return problem.allowed & placed
