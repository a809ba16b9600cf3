"""What is wrong with a problem for an objective, beside what never goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.objectives import compatibility_of
from rmatch.solve.fair.lookups import ends
from rmatch.utils.loops import strips
from rmatch.utils.sides import SIDES
from rmatch.utils.text import counted, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rmatch.objectives import AlphaFair, Leximin, Objective, Stable
    from rmatch.solve.network.network import Numbers
    from rmatch.solve.problem import Problem

EXACT = 2**53
"""Up to here every whole number is a float64."""


def no_faults(_: Problem, __: Objective) -> Iterator[Fault]:
    """Return that nothing else is wrong."""
    return iter(())


def alpha_faults(problem: Problem, objective: AlphaFair) -> Iterator[Fault]:
    """Go through the points whose ratios α-fairness cannot compare."""
    alpha = objective.alpha
    if alpha == 0:
        return
    low, high = ends(problem.points)
    if low > 0 and high <= EXACT:
        return
    whole, may_be_made = problem.points.dtype.kind == "i", usable(problem)
    large = negative = zero = 0
    for rows in strips(may_be_made.shape, "α"):
        points = problem.points[rows][may_be_made[rows]]
        large += int((points > EXACT).sum()) if whole else 0
        negative += int((points < 0).sum())
        zero += int((points == 0).sum())
    if large:
        text = (
            f"{_pairs(large)} that may be made {_has(large)} more than 2^53 points, and "
            "α-fairness compares ratios in floats, which hold no whole numbers beyond that"
        )
        yield Fault("", "points", text, "give smaller points")
    if negative:
        text = f"{_pairs(negative)} that may be made {_has(negative)} negative points, and α-fairness compares ratios"
        remedy = "refuse such pairs with min_points=0, or use another objective"
        yield Fault("", "points", text, remedy)
    if zero and alpha >= 1:
        text = f"{_pairs(zero)} that may be made {_has(zero)} 0 points, which would be infinitely bad for α = {alpha:g}"
        yield Fault("", "points", text, "refuse such pairs with min_points=1, or choose α < 1")


def leximin_faults(problem: Problem, objective: Leximin) -> Iterator[Fault]:
    """Go through the sides on which people may have several partners, if sums over these would have to be compared."""
    reason = compatibility_of(objective).several
    if reason is None:
        return
    for side, places in zip(SIDES, problem.places, strict=True):
        several = int((places > 1).sum())
        if several:
            text = f"{several} {plural(several, side)} may have several partners, and {reason}"
            remedy = "give everybody one place, or take leximin over pairs"
            yield Fault("", f"{side}_capacity", text, remedy)


def stable_faults(problem: Problem, objective: Stable) -> Iterator[Fault]:
    """Go through the minimums, and points whose total could not be compared exactly."""
    minimums = problem.mentor_minimum, problem.mentee_minimum
    for side, fewest in zip(SIDES, minimums, strict=True):
        if fewest.any():
            reason = compatibility_of(objective).minimums
            text = f"cannot be asked of a stable matching: {reason}"
            remedy = "leave the minimum out, or take another objective"
            yield Fault("", f"{side}_minimum", text, remedy)
    if objective.best == "total" and problem.points.dtype.kind == "f":
        text = "are fractional, and the best total is compared exactly"
        yield Fault("", "points", text, "give whole points")


def side_faults(
    problem: Problem, sides: tuple[Numbers, Numbers] | None, reason: str
) -> Iterator[Fault]:
    """Go through what is wrong with the points of the two sides, which are needed for a reason."""
    if sides is None:
        yield Fault("", "sides", reason, "give two matrices of points")
        return
    shape = problem.points.shape
    for side, points in zip(SIDES, sides, strict=True):
        if points.shape != shape:
            text = f"the points of the {side}s have shape {points.shape}"
            yield Fault("", "sides", text, f"give {shape}, the shape of the points")


def usable(problem: Problem) -> NDArray[np.bool_]:
    """Return the pairs that may be made by two people who have a place at all."""
    placed = (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)
    found: NDArray[np.bool_] = problem.allowed & placed
    return found


def _pairs(count: int) -> str:
    return f"{counted(count, 'pair')}"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
