"""The best matching for any objective: from points and an objective to the algorithm that is exact for them.

`KINDS` says which one; what else goes with an objective stands in `rmatch.objectives`, how its proof is checked in
`rmatch.solve.fair.proof`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError, StopError
from rmatch.objectives import (
    AlphaFair,
    Leximin,
    MaxMin,
    Objective,
    Stable,
    Total,
    compatibility_of,
    every_kind,
    objective_fault,
)
from rmatch.solve.fair.alpha import Rounded, Tiers, half_range, least_that_counts, rounded
from rmatch.solve.fair.faults import (
    alpha_faults,
    leximin_faults,
    no_faults,
    side_faults,
    stable_faults,
    usable,
)
from rmatch.solve.fair.leximin import leximin
from rmatch.solve.fair.max_min import worst_pair
from rmatch.solve.fair.solution import FairRoute, FairSolution
from rmatch.solve.feasibility import Names
from rmatch.solve.network.network import Numbers, Whole, with_dummies
from rmatch.solve.network.optimal_face import decided
from rmatch.solve.problem import Problem
from rmatch.solve.stable.best_total import best_stable
from rmatch.solve.stable.blocking import accepted_pairs
from rmatch.solve.stable.deferred_acceptance import deferred_acceptance
from rmatch.solve.total import Solution, best_known, solve
from rmatch.utils.aside import aside
from rmatch.utils.stopping import listen


class Asked(NamedTuple):
    """What is to be solved, as every algorithm gets it.

    Attributes
    ----------
    problem, sides : Problem and tuple of two numpy.ndarray
        Points, capacities, minimums; what each pair is worth to the mentor and to the mentee.
    ties : numpy.ndarray of int, optional
        Which of several best matchings.
    names : tuple of two sequences, optional
        What an error calls the people.
    """

    problem: Problem
    sides: tuple[Numbers, Numbers] | None
    ties: NDArray[np.integer] | None
    names: Names | None


class Kind(NamedTuple):
    """What is done for the objectives of one kind.

    Attributes
    ----------
    faults : callable
        Goes through what is wrong with a problem for such an objective, beside what `rmatch.objectives` refuses.
    solve : callable
        Returns the best matching.
    """

    faults: Callable[[Problem, Any], Iterator[Fault]]
    solve: Callable[[Asked, Any], FairSolution]


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
    all minimums. Pairs are compared, never sums of a person's pairs: to make the least of these the largest is NP-hard.

    Parameters
    ----------
    problem : Problem
        What to solve.
    objective : Total, AlphaFair, MaxMin, Leximin or Stable
        Which matching is better than another.
    sides : tuple of two numpy.ndarray, optional
        What each pair is worth to the mentor and to the mentee, for ``Leximin(over="people")`` and `Stable` alone.
    ties : numpy.ndarray of int, optional
        What decides among equal ones for whole points, as in :func:`rmatch.solve.total.solve`.
    names : tuple of two sequences, optional
        What an error calls the people.

    Returns
    -------
    FairSolution
        Pairs, total, and what proves them; if the run was stopped the best so far, and what is known of others.

    Raises
    ------
    InfeasibleError
        If the minimums are out of reach.
    StopError
        If the run was stopped before every minimum was met, or for stable matchings before there was one.
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
    >>> solution.cols.tolist(), solution.total, solution.bottleneck and solution.bottleneck.value
    ([1, 0], 11, 5)
    """
    asked = Asked(problem, sides, ties, names)
    try:
        if faults := list(_faults(asked, objective)):
            raise InvalidInputError(faults)
        return KINDS[type(objective)].solve(asked, objective)
    except StopError:
        if compatibility_of(objective).settles_places:
            raise
        return _stopped(asked, None)


def _total(asked: Asked, _: Total) -> FairSolution:
    best = solve(asked.problem, ties=asked.ties, names=asked.names)
    found = best.rows, best.cols, best.total, best.route
    return FairSolution(*found, ceiling=None if best.proved else best)


def _stopped(
    asked: Asked,
    pairs: tuple[Whole, Whole] | None,
    route: FairRoute = "greedy",
    *,
    ceiling: Solution | None = None,
    **found: Any,
) -> FairSolution:
    """Return the best so far, and what no matching has more points than."""
    problem = asked.problem
    ceiling = best_known(problem) if ceiling is None else ceiling
    rows, cols = (ceiling.rows, ceiling.cols) if pairs is None else pairs
    total = _sum(problem, rows, cols)
    return FairSolution(rows, cols, total, route, ceiling=ceiling, **{"up_to": -inf, **found})


def _stable(asked: Asked, objective: Stable) -> FairSolution:
    problem, sides = asked.problem, asked.sides
    assert sides is not None
    accepted = accepted_pairs(problem, sides)
    capacities = problem.mentor_capacity, problem.mentee_capacity
    if objective.best == "total":
        points = problem.points.astype(np.int64)
        best = best_stable(points, sides, accepted, capacities, ties=asked.ties)
        if not best.proved:
            return _stopped(asked, (best.rows, best.cols), best.route)
        return FairSolution(best.rows, best.cols, best.total, best.route)
    rows, cols = deferred_acceptance(
        sides, accepted, capacities, proposer=objective.proposer, ties=asked.ties
    )
    return FairSolution(rows, cols, _sum(problem, rows, cols), "stable")


def _max_min(asked: Asked, _: MaxMin) -> FairSolution:
    problem = asked.problem
    search = worst_pair(problem, asked.names)
    if not search.done:
        return _stopped(asked, search.pairs, bottleneck=search.shown)
    worst = search.shown
    if worst is not None:
        good = problem.allowed & (problem.points >= worst.value)
        problem = replace(problem, allowed=good)
    last = solve(problem, ties=asked.ties, names=asked.names, before=search.pairs)
    if not last.proved:
        return _stopped(asked, (last.rows, last.cols), last.route, bottleneck=worst)
    return FairSolution(last.rows, last.cols, last.total, last.route, bottleneck=worst)


def _leximin(asked: Asked, objective: Leximin) -> FairSolution:
    by_people = objective.over == "people" and asked.sides is not None
    return _leximin_of(asked, asked.sides if by_people else None)


def _leximin_of(asked: Asked, sides: tuple[Numbers, Numbers] | None) -> FairSolution:
    problem, ties = asked.problem, asked.ties
    # A matching with the most points is a good one to begin with: few pairs have to be taken apart again.
    first = solve(problem, names=asked.names)
    if not first.proved:
        return _stopped(asked, None, first.route, ceiling=first)
    try:
        network = problem.network(len(first.rows))
        start = with_dummies(network, first.rows, first.cols)
        residual, proofs, up_to = leximin(network, start, sides or (problem.points,))
    except StopError:
        return _stopped(asked, (first.rows, first.cols), first.route, ceiling=first)
    flow = residual.flow
    if up_to < inf:
        rows, cols = np.nonzero(flow[:-1, :-1])
        return _stopped(asked, (rows, cols), "leximin", ceiling=first, proofs=proofs, up_to=up_to)
    # Nothing is better, whether or not there is time to choose among equals.
    with suppress(StopError):
        flow = flow if ties is None else decided(residual, ties.astype(np.int64))
    rows, cols = np.nonzero(flow[:-1, :-1])
    return FairSolution(rows, cols, _sum(problem, rows, cols), "leximin", proofs=proofs)


def _alpha_fair(asked: Asked, objective: AlphaFair) -> FairSolution:
    """Maximise the sum of transformed points, or go by tiers where these are so far apart that nothing else counts."""
    problem, alpha = asked.problem, objective.alpha
    if alpha == 0:
        return _total(asked, Total())
    pairs = min(int(side.sum()) for side in problem.places)
    listen("α")
    tiers = Tiers.of(problem.points, usable(problem))
    if aside("α", tiers.values.size, lambda: tiers.ordinal(alpha, pairs)):
        return _leximin_of(asked, None)
    whole = _rounded(problem, tiers, alpha, pairs)
    if alpha > 1 and whole.merged and alpha > tiers.roomy(pairs):
        # The worst pairs use up the whole range. A matching without any that bad shows which of them are hopeless.
        search = worst_pair(problem, asked.names)
        if not search.done:
            return _stopped(asked, search.pairs)
        least = least_that_counts(problem.points[search.pairs], alpha)
        problem = replace(problem, allowed=problem.allowed & (problem.points >= least))
        tiers = tiers.without_below(least)
        whole = _rounded(problem, tiers, alpha, pairs)
    last = solve(
        replace(problem, points=tiers.spread(whole.values)), ties=asked.ties, names=asked.names
    )
    made = last.rows, last.cols
    if not last.proved:
        return _stopped(asked, made, last.route)
    return FairSolution(*made, _sum(problem, *made), last.route, rounded=whole)


def _rounded(problem: Problem, tiers: Tiers, alpha: float, pairs: int) -> Rounded:
    half, shifted = half_range(problem, pairs), problem.participation == "most"
    return aside("α", tiers.values.size, lambda: rounded(tiers, alpha, half, shifted=shifted))


def _sum(problem: Problem, rows: Whole, cols: Whole) -> int | float:
    points = problem.points[rows, cols].tolist()
    return sum(points) if problem.points.dtype.kind == "i" else math.fsum(points)


def _faults(asked: Asked, objective: Objective) -> Iterator[Fault]:
    if fault := objective_fault(objective, asked.problem.participation):
        yield fault
    if type(objective) not in KINDS:
        return
    yield from KINDS[type(objective)].faults(asked.problem, objective)
    reason = compatibility_of(objective).sides
    if reason is not None:
        yield from side_faults(asked.problem, asked.sides, reason)


KINDS = every_kind(
    {
        Total: Kind(no_faults, _total),
        AlphaFair: Kind(alpha_faults, _alpha_fair),
        MaxMin: Kind(no_faults, _max_min),
        Leximin: Kind(leximin_faults, _leximin),
        Stable: Kind(stable_faults, _stable),
    }
)
"""What is done for the objectives of each kind."""
