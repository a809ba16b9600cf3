"""The best chances of all pairs, by the algorithm that the request needs, and equal for equals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InfeasibleError, InvalidInputError
from rmatch.solve.arrays import LARGEST_WHOLE
from rmatch.solve.feasibility import Names
from rmatch.solve.lottery.balance import Balance
from rmatch.solve.lottery.capped import CappedProblem, best_units, most_units, smallest_cap
from rmatch.solve.lottery.expected_leximin import leximin_units
from rmatch.solve.lottery.gains import ExpectedGains
from rmatch.solve.lottery.polytope import Polytope
from rmatch.solve.lottery.rounding import next_steps
from rmatch.solve.lottery.symmetry import groups, shared_equally
from rmatch.solve.lp.lexicographic import Floats, steadily
from rmatch.solve.network.concave import concave_transport
from rmatch.solve.network.network import CutError, Whole
from rmatch.solve.problem import Problem
from rmatch.solve.total import solve
from rmatch.utils.stopping import listen
from rmatch.utils.text import numeral

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
        text = f"{numeral(rows)} × {numeral(columns)} pairs are too many for a lottery"
        return Fault("", "points", text, f"at most {numeral(LARGEST_LOTTERY)}")
    text = f"chances in steps of 1/{numeral(grid)} are too fine"
    return Fault("", "cap", text, "give limits with small denominators")


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
        What decides where the points leave several answers open.
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
    if gains is not None:
        marks.append(gains.marks(capped.limits))
    members = groups(capped, *marks)
    if balance is not None:
        members = balance.joined(members)
    fine, factor = shared_equally(units, members)
    grid *= factor
    if grid * max(sum(capped.limits.shape), 1) > LARGEST_WHOLE:
        raise InvalidInputError([too_large(problem, grid)])
    return fine.astype(np.int64), grid


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
    if spread is not None:
        return _spread_units(capped, grid, spread), grid
    return best_units(capped, ties), grid


def balanced_units(
    capped: CappedProblem, grid: int, balance: Balance, ties: NDArray[np.integer] | None = None
) -> Whole:
    r"""Return the units of each pair in the best expected matching with small differences.

    Such differences are no longer a network, so the linear programme is solved in floating point (HiGHS): for the most
    pairs, then for the most points, then for the ties. Its answer is
    then moved to the grid by an exact flow: every chance and every expected number of partners goes to the step
    next below or above it. Limits and places hold exactly; a difference holds up to what less than one step for each of
    its pairs makes, and the solver's tolerance. So a total variation grows by less than two steps for each partner.

    Parameters
    ----------
    capped : CappedProblem
        What to solve, in units.
    grid : int
        The units of certainty.
    balance : Balance
        The differences, in chances.
    ties : numpy.ndarray of int, optional
        What decides among equal totals, shape (mentors, mentees): the largest expected sum of these.

    Returns
    -------
    numpy.ndarray of int64
        Units, shape (mentors, mentees).

    Raises
    ------
    CutError
        If the fewest units are out of reach already without the differences.
    InfeasibleError
        If they are with them, with how much larger the differences would have to be.
    """
    # Whether the places can be filled at all is found out exactly, before anything floats.
    best_units(capped)
    polytope = Polytope.of(capped, grid, balance)
    if polytope.empty:
        return capped.limits

    def run(zero: float) -> Floats:
        found, _ = polytope.start(zero, most=capped.participation == "most")
        for goal in (capped.points, ties):
            if goal is not None:
                best = found.best(polytope.goal(goal[polytope.cells]))
                found = found.narrowed(best, zero)
        return polytope.matrix(best.values)

    return next_steps(balance.tightened(capped), steadily(run) * grid)


def _spread_units(capped: CappedProblem, grid: int, spread: Fraction) -> Whole:
    r"""Return the units for the most of :math:`\sum p (x - b x^2)`: the n-th unit of a pair is worth less than the one before.

    Times the square of the grid, and the denominator of the spread, all of this is whole.
    """
    points = np.where(capped.limits > 0, capped.points, 0)
    if int(points.min(initial=0)) < 0:
        problem = "are negative, and cannot be spread"
        raise InvalidInputError([Fault("", "points", problem, "leave out `spread`")])
    slope = spread.denominator * grid
    longest_path = 2 * (sum(points.shape) + 2)
    if int(points.max(initial=0)) * slope * longest_path > LARGEST_WHOLE:
        problem = f"1/{numeral(grid)} is too fine for these points"
        raise InvalidInputError([Fault("", "grid", problem, "give a smaller grid")])
    most = most_units(capped)
    network = capped.network(most if capped.participation == "most" else 0)
    network = replace(network, points=np.pad(points * slope, (0, 1)))
    bend = np.pad(points * spread.numerator, (0, 1))
    flow, _, _ = concave_transport(network, bend)
    return flow[:-1, :-1]


def _out_of_reach(problem: Problem, names: Names | None) -> InfeasibleError:
    out, into = problem.places
    mentors, mentees = (problem.mentor_minimum, out), (problem.mentee_minimum, into)
    smallest = smallest_cap(problem.allowed, mentors, mentees)
    if smallest is None:
        # No cap would do: the minimums are out of reach by themselves, and the solver says of whom.
        nothing = np.zeros(problem.points.shape, np.int64)
        solve(replace(problem, points=nothing), names=names)
        listen("places")
    message = f"with this cap the minimums are out of reach; the smallest cap for all pairs that allows them is {smallest}"
    return InfeasibleError(message)
