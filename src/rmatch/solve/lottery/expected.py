"""The best chances of all pairs, by the algorithm that the request needs, and equal for equals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InfeasibleError, InvalidInputError
from rmatch.solve.lottery.balanced import balanced_units
from rmatch.solve.lottery.capped import CappedProblem, best_units, most_units, smallest_cap
from rmatch.solve.lottery.expected_leximin import leximin_units
from rmatch.solve.lottery.symmetry import groups, shared_equally
from rmatch.solve.network.concave import concave_transport
from rmatch.solve.network.network import CutError
from rmatch.solve.total import solve
from rmatch.solve.validate import LARGEST_WHOLE

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from rmatch.solve.feasibility import Names
    from rmatch.solve.lottery.balance import Balance
    from rmatch.solve.lottery.gains import ExpectedGains
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem

LARGEST_LOTTERY = 1_000_000
"""The most possible pairs of a lottery: the exact solver keeps matrices of all of them."""
FINE = 5_040
"""The grid where the best chances are no simple fractions: it holds halves, thirds, … up to tenths."""
FINEST = 5_040_000
"""The grid of what a linear programme in floating point finds: it is about as exact as that."""


def steps_of(grid: int | None, spread: Fraction | None, *, floating: bool = False) -> int:
    """Return the number of steps that chances can have at least."""
    if grid is not None:
        return grid
    if floating:
        return FINEST
    return 1 if spread is None else FINE


def scaled(problem: Problem, limits: Whole, grid: int) -> CappedProblem:
    """Return a problem in units of a grid step."""
    out, into = problem.places
    largest = grid * max(int(out.sum()), int(into.sum()), 1)
    if problem.points.size > LARGEST_LOTTERY or largest > LARGEST_WHOLE:
        raise InvalidInputError([too_large(problem, grid)])
    return CappedProblem(
        points=problem.points.astype(np.int64),
        limits=np.where(problem.allowed, limits, 0),
        mentors=(grid * problem.mentor_minimum, grid * out),
        mentees=(grid * problem.mentee_minimum, grid * into),
        participation=problem.participation,
    )


def too_large(problem: Problem, grid: int) -> Fault:
    """Return what is wrong with a lottery of too many pairs, or in too small steps."""
    if problem.points.size > LARGEST_LOTTERY:
        rows, columns = problem.shape
        return Fault(
            "",
            "points",
            f"{rows:,} × {columns:,} pairs are too many for a lottery",
            f"at most {LARGEST_LOTTERY:,}",
        )
    return Fault(
        "",
        "cap",
        f"chances in steps of 1/{grid:,} are too fine",
        "give limits with small denominators",
    )


def best_chances(
    capped: CappedProblem,
    grid: int,
    problem: Problem,
    *,
    spread: Fraction | None = None,
    gains: ExpectedGains | None = None,
    balance: Balance | None = None,
    ties: NDArray[np.integer] | None = None,
    names: Names | None = None,
) -> tuple[NDArray[np.int64], int]:
    """Return the best chances, equal for equals, and the grid that they are on.

    Parameters
    ----------
    capped : CappedProblem
        What to solve, in units.
    grid : int
        The units of certainty.
    problem : Problem
        The same in whole partners, for what an error says.
    spread : Fraction, optional
        How fast a pair's points fall with its chance.
    gains : ExpectedGains, optional
        What everybody gains, for leximin in expectation; not together with `spread`.
    balance : Balance, optional
        Differences that must stay small; not together with `spread`.
    ties : numpy.ndarray of int, optional
        The second level where the points leave several answers open.
    names : tuple of two sequences, optional
        What an error calls the people.

    Returns
    -------
    units : numpy.ndarray of int64
        Chances, shape (mentors, mentees).
    grid : int
        The units of certainty: in them what was given is whole too.
    """
    try:
        units, grid = _units(capped, grid, spread, gains, balance, ties)
    except CutError:
        raise _out_of_reach(problem, names) from None
    marks = [] if balance is None else [balance.marks]
    members = groups(capped, *marks, *([] if gains is None else [gains.marks(capped.limits)]))
    members = members if balance is None else balance.joined(members)
    fine, factor = shared_equally(units, members)
    if grid * factor * max(sum(capped.limits.shape), 1) > LARGEST_WHOLE:
        raise InvalidInputError([too_large(problem, grid * factor)])
    return fine.astype(np.int64), grid * factor


def _units(
    capped: CappedProblem,
    grid: int,
    spread: Fraction | None,
    gains: ExpectedGains | None,
    balance: Balance | None,
    ties: NDArray[np.integer] | None,
) -> tuple[Whole, int]:
    if gains is not None:
        return leximin_units(capped, grid, gains, balance, ties)
    if balance is not None:
        return balanced_units(capped, grid, balance, ties), grid
    return (
        best_units(capped, ties) if spread is None else _spread_units(capped, grid, spread)
    ), grid


def _spread_units(capped: CappedProblem, grid: int, spread: Fraction) -> Whole:
    points = np.where(capped.limits > 0, capped.points, 0)
    if int(points.min(initial=0)) < 0:
        raise InvalidInputError(
            [Fault("", "points", "are negative, and cannot be spread", "leave out `spread`")]
        )
    slope = spread.denominator * grid
    if int(points.max(initial=0)) * slope * 2 * (sum(points.shape) + 2) > LARGEST_WHOLE:
        raise InvalidInputError(
            [Fault("", "grid", f"1/{grid:,} is too fine for these points", "give a smaller grid")]
        )
    most = most_units(capped)
    network = capped.network(most if capped.participation == "most" else 0)
    network = replace(network, points=np.pad(points * slope, (0, 1)))
    return concave_transport(network, np.pad(points * spread.numerator, (0, 1)))[:-1, :-1]


def _out_of_reach(problem: Problem, names: Names | None) -> InfeasibleError:
    out, into = problem.places
    smallest = smallest_cap(
        problem.allowed, (problem.mentor_minimum, out), (problem.mentee_minimum, into)
    )
    if smallest is None:
        solve(replace(problem, points=np.zeros(problem.points.shape, np.int64)), names=names)
    message = f"with this cap the minimums are out of reach; the smallest cap for all pairs that allows them is {smallest}"
    return InfeasibleError(message)
