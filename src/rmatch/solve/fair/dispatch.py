"""The best matching for any objective: from points and an objective to the algorithm that is exact for them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable, objective_fault, over_people
from rmatch.solve.columns import COLUMNS_CELLS, LARGEST
from rmatch.solve.fair.alpha import MARGIN, Levels, rounded
from rmatch.solve.fair.leximin import LevelProof, leximin
from rmatch.solve.fair.max_min import Bottleneck, bottleneck
from rmatch.solve.feasibility import most_pairs, shortage
from rmatch.solve.network.face import decided
from rmatch.solve.network.network import CutError, with_dummies
from rmatch.solve.stable.best_total import best_stable
from rmatch.solve.stable.blocking import accepted_pairs
from rmatch.solve.stable.deferred_acceptance import deferred_acceptance
from rmatch.solve.total import solve
from rmatch.solve.validate import LARGEST_WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.objectives import Objective
    from rmatch.solve.fair.alpha import Rounded
    from rmatch.solve.feasibility import Names
    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.problem import Problem
    from rmatch.solve.total import Solution

FairRoute = Literal["dense", "flow", "columns", "leximin", "stable", "lp", "milp"]

FINEST = 2**40
"""The largest magnitude of transformed points: finer than any difference that matters, and exact in float64."""


@dataclass(frozen=True, slots=True, eq=False)
class FairSolution:
    """The pairs of one matching that is the best for an objective.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int or float
        Their points: an exact int for whole points, a correctly rounded sum for others.
    route : {"dense", "flow", "columns", "leximin", "stable", "lp", "milp"}
        The algorithm that had the last word.
    last : Solution, optional
        The answer to the last problem with a sum to maximise, if that is what was solved last: for max-min the one
        over the pairs that are good enough, for α-fair the one with transformed points.
    bottleneck : Bottleneck, optional
        For max-min, what the worst pair has and why no matching does better.
    proofs : tuple of LevelProof
        For leximin, the proof.
    rounded : Rounded, optional
        For α-fair, the transformed points.
    """

    rows: Whole
    cols: Whole
    total: int | float
    route: FairRoute
    last: Solution | None = None
    bottleneck: Bottleneck | None = None
    proofs: tuple[LevelProof, ...] = ()
    rounded: Rounded | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is better: always, because nothing stops these searches early."""
        return True

    @property
    def bound(self) -> int | float:
        """The total: with another objective than it, more points would not be better."""
        return self.total

    @property
    def unit(self) -> Fraction:
        """What one point of a certificate stands for, which there is none of."""
        return Fraction(1)

    @property
    def certificate(self) -> None:
        """No prices, which prove sums of points alone; see `bottleneck`, `proofs`, and the certificate of `last`."""
        return


def solve_fair(
    problem: Problem,
    objective: Objective,
    *,
    sides: tuple[Numbers, Numbers] | None = None,
    ties: NDArray[np.integer] | None = None,
    names: Names | None = None,
) -> FairSolution:
    r"""Return the best matching for an objective, and among several the one with the largest ties.

    The largest number of pairs :math:`K` comes first; the objective compares the matchings of :math:`K` pairs that meet
    all minimums. It is about pairs, also where people have several partners: the sum of a person's pairs is never
    compared, because to make the least of these sums as large as possible is NP-hard.

    Parameters
    ----------
    problem : Problem
        What to solve.
    objective : Total, AlphaFair, MaxMin, Leximin or Stable
        Which matching is better than another.
    sides : tuple of two numpy.ndarray, optional
        What each pair is worth to the mentor and to the mentee; needed by ``Leximin(over="people")``
        and `Stable` alone.
    ties : numpy.ndarray of int, optional
        The second level for whole points, as in :func:`rmatch.solve.total.solve`.
    names : tuple of two sequences, optional
        What an error calls the people.

    Returns
    -------
    FairSolution
        Pairs, total, and what proves them.

    Raises
    ------
    InfeasibleError
        If the minimums are out of reach.
    InvalidInputError
        If objective and problem do not fit each other, with every reason.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[9, 5], [6, 1]]), np.ones((2, 2), bool), one, one, none, none, "most"
    ... )
    >>> solution = solve_fair(problem, MaxMin())
    >>> solution.cols.tolist(), solution.total, solution.bottleneck.value
    ([1, 0], 11, 5)
    """
    faults = list(_faults(problem, objective, sides))
    if faults:
        raise InvalidInputError(faults)
    if isinstance(objective, Stable) and sides is not None:
        return _stable(problem, objective, sides, ties)
    if isinstance(objective, MaxMin):
        return _max_min(problem, ties, names)
    if isinstance(objective, Leximin):
        levels = sides if sides is not None and objective.over == "people" else (problem.points,)
        return _leximin(problem, levels, ties, names)
    if isinstance(objective, AlphaFair) and objective.alpha > 0:
        return _alpha_fair(problem, objective.alpha, ties, names)
    solution = solve(problem, ties=ties, names=names)
    return FairSolution(solution.rows, solution.cols, solution.total, solution.route, solution)


def _stable(
    problem: Problem,
    objective: Stable,
    sides: tuple[Numbers, Numbers],
    ties: NDArray[np.integer] | None,
) -> FairSolution:
    accepted, capacities = (
        accepted_pairs(problem, sides),
        (problem.mentor_capacity, problem.mentee_capacity),
    )
    if objective.best == "total":
        best = best_stable(problem.points.astype(np.int64), sides, accepted, capacities, ties=ties)
        return FairSolution(best.rows, best.cols, best.total, best.route)
    rows, cols = deferred_acceptance(
        sides, accepted, capacities, proposer=objective.proposer, ties=ties
    )
    return FairSolution(rows, cols, _total(problem, rows, cols), "stable")


def _max_min(
    problem: Problem, ties: NDArray[np.integer] | None, names: Names | None
) -> FairSolution:
    try:
        worst = bottleneck(problem.network(most_pairs(problem)), problem.points)
    except CutError as cut:
        raise shortage(problem, cut, names) from None
    good = (
        problem
        if worst is None
        else replace(problem, allowed=problem.allowed & (problem.points >= worst.value))
    )
    last = solve(good, ties=ties, names=names)
    return FairSolution(last.rows, last.cols, last.total, last.route, last, bottleneck=worst)


def _leximin(
    problem: Problem,
    levels: tuple[Numbers, ...],
    ties: NDArray[np.integer] | None,
    names: Names | None,
) -> FairSolution:
    first = solve(problem, names=names)
    network = problem.network(len(first.rows))
    residual, proofs = leximin(network, with_dummies(network, first.rows, first.cols), levels)
    flow = residual.flow if ties is None else decided(residual, ties.astype(np.int64))
    rows, cols = np.nonzero(flow[:-1, :-1])
    return FairSolution(rows, cols, _total(problem, rows, cols), "leximin", proofs=proofs)


def _alpha_fair(
    problem: Problem, alpha: float, ties: NDArray[np.integer] | None, names: Names | None
) -> FairSolution:
    pairs, most = min(int(side.sum()) for side in problem.places), problem.participation == "most"
    levels = Levels.of(problem.points, _usable(problem))
    if levels.ordinal(alpha, pairs):
        return _leximin(problem, (problem.points,), ties, names)
    whole = rounded(levels, alpha, _half(problem, pairs), shifted=most)
    if alpha > 1 and whole.merged and alpha > (milder := levels.roomy(pairs)):
        problem = _without_the_worst(problem, _alpha_fair(problem, milder, None, names), alpha)
        whole = rounded(
            Levels.of(problem.points, _usable(problem)), alpha, _half(problem, pairs), shifted=most
        )
    last = solve(replace(problem, points=whole.values), ties=ties, names=names)
    total = _total(problem, last.rows, last.cols)
    return FairSolution(last.rows, last.cols, total, last.route, last, rounded=whole)


def _without_the_worst(problem: Problem, known: FairSolution, alpha: float) -> Problem:
    r"""Leave out pairs that alone weigh more than all pairs of a known matching, :math:`s^{1-\alpha}` for α > 1."""
    points = problem.points[known.rows, known.cols]
    if not points.size:
        return problem
    worst = points.min()
    together = float(((points / worst) ** (1 - alpha)).sum())
    least = worst * together ** (1 / (1 - alpha)) * (1 - MARGIN)
    return replace(problem, allowed=problem.allowed & (problem.points >= least))


def _half(problem: Problem, pairs: int) -> int:
    """Return the largest magnitude for which all solvers that may be chosen are exact, whatever is installed."""
    if problem.points.size >= COLUMNS_CELLS:
        return LARGEST
    return min(
        FINEST, 2**51 // (2 * pairs + 3), LARGEST_WHOLE // (sum(problem.points.shape) + 2) - 1
    )


def _total(problem: Problem, rows: Whole, cols: Whole) -> int | float:
    points = problem.points[rows, cols].tolist()
    return sum(points) if problem.points.dtype.kind == "i" else math.fsum(points)


def _faults(
    problem: Problem, objective: Objective, sides: tuple[Numbers, Numbers] | None
) -> Iterator[Fault]:
    if fault := objective_fault(objective, problem.participation):
        yield fault
    if isinstance(objective, AlphaFair) and objective.alpha > 0:
        yield from _alpha_faults(problem, objective.alpha)
    if isinstance(objective, Leximin) and objective.over == "people":
        yield from _single_faults(problem)
    if isinstance(objective, Stable):
        yield from _stable_faults(problem, objective)
    if over_people(objective):
        yield from _side_faults(problem, objective, sides)


def _alpha_faults(problem: Problem, alpha: float) -> Iterator[Fault]:
    if problem.points.min(initial=1) > 0:
        return
    usable = problem.points[_usable(problem)]
    negative, zero = int((usable < 0).sum()), int((usable == 0).sum())
    if negative:
        text = f"{_pairs(negative)} that may be made {_has(negative)} negative points, and α-fairness compares ratios"
        yield Fault(
            "", "points", text, "refuse such pairs with min_points=0, or use another objective"
        )
    if zero and alpha >= 1:
        text = f"{_pairs(zero)} that may be made {_has(zero)} 0 points, which would be infinitely bad for α = {alpha:g}"
        yield Fault("", "points", text, "refuse such pairs with min_points=1, or choose α < 1")


def _stable_faults(problem: Problem, objective: Stable) -> Iterator[Fault]:
    for side, fewest in (("mentor", problem.mentor_minimum), ("mentee", problem.mentee_minimum)):
        if fewest.any():
            text = "cannot be asked of a stable matching: how many partners somebody gets is the same in all of them"
            yield Fault(
                "", f"{side}_minimum", text, "leave the minimum out, or take another objective"
            )
    if objective.best == "total" and problem.points.dtype.kind == "f":
        yield Fault(
            "",
            "points",
            "are fractional, and the best total is compared exactly",
            "give whole points",
        )


def _single_faults(problem: Problem) -> Iterator[Fault]:
    for side, places in zip(("mentor", "mentee"), problem.places, strict=True):
        several = int((places > 1).sum())
        if several:
            text = f"{several} {side}{'s' * (several != 1)} may have several partners, and to compare sums over partners is NP-hard"
            yield Fault(
                "", f"{side}_capacity", text, "give everybody one place, or take leximin over pairs"
            )


def _side_faults(
    problem: Problem, objective: Objective, sides: tuple[Numbers, Numbers] | None
) -> Iterator[Fault]:
    if sides is None:
        name = "a stable matching" if isinstance(objective, Stable) else "leximin over people"
        yield Fault(
            "", "sides", f"{name} needs what each side gains", "give two matrices of points"
        )
        return
    for side, points in zip(("mentor", "mentee"), sides, strict=True):
        if points.shape != problem.points.shape:
            text = f"the points of the {side}s have shape {points.shape}"
            yield Fault("", "sides", text, f"give {problem.points.shape}, the shape of the points")


def _usable(problem: Problem) -> NDArray[np.bool_]:
    usable: NDArray[np.bool_] = (
        problem.allowed & (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)
    )
    return usable


def _pairs(count: int) -> str:
    return f"{count:,} pair{'s' * (count != 1)}"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
