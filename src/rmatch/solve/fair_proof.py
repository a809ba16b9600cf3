"""Independent checking that a matching is the best for its objective: sums, comparisons, and no solver."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.objectives import AlphaFair, Leximin, MaxMin
from rmatch.solve.certificate import failures
from rmatch.solve.network import with_dummies
from rmatch.solve.proof import certificate_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.objectives import Objective
    from rmatch.solve.alpha import Rounded
    from rmatch.solve.bottleneck import Bottleneck
    from rmatch.solve.fair import FairSolution
    from rmatch.solve.leximin import LevelProof
    from rmatch.solve.network import Network, Numbers, Whole
    from rmatch.solve.problem import Problem

    Pairs = tuple[Whole, Whole]


SLACK = 1e-6
"""What the rounding of float64 may add to that of the whole numbers."""


def fair_failures(
    problem: Problem, solution: FairSolution, objective: Objective, sides: tuple[Numbers, Numbers] | None
) -> Iterator[str]:
    r"""Go through everything that keeps a solution from being proved the best for its objective.

    That there are no more pairs is proved by prices for points of 0. For max-min and α-fairness prices prove the last
    sum, over the pairs that are good enough or over transformed points. These must rise with the points, and be
    :math:`f_\alpha` up to half a unit.

    Parameters
    ----------
    problem : Problem
        What was solved.
    solution : FairSolution
        The pairs and their proofs.
    objective : Objective
        What they are the best for.
    sides : tuple of two numpy.ndarray, optional
        What each pair is worth to the mentor and to the mentee, for leximin over people.

    Yields
    ------
    str
        What does not hold.
    """
    pairs = solution.rows, solution.cols
    if not len(solution.rows) and not problem.allowed.any():
        return
    yield from _sum_failures(replace(problem, points=0 * problem.points), pairs)
    if solution.proofs or isinstance(objective, Leximin):
        levels = sides if sides is not None else (problem.points,)
        yield from leximin_failures(problem, pairs, levels, solution.proofs)
        if isinstance(objective, AlphaFair) and not _ordinal(problem, objective.alpha, len(solution.rows)):
            yield f"the leximin matching was not shown to be the best for α = {objective.alpha:g}"
    elif isinstance(objective, MaxMin) and solution.bottleneck is not None:
        yield from bottleneck_failures(problem, pairs, solution.bottleneck)
        good = problem.allowed & (problem.points >= solution.bottleneck.value)
        yield from _sum_failures(replace(problem, allowed=good), pairs)
    elif isinstance(objective, AlphaFair) and solution.last is not None and solution.last.problem is not None:
        last = solution.last.problem
        yield from _transform_failures(problem, last, solution.rounded, objective.alpha)
        yield from _sum_failures(last, pairs)
    elif solution.rows.size:
        yield "there is no proof"


def _sum_failures(problem: Problem, pairs: Pairs) -> Iterator[str]:
    try:
        proof = certificate_of(problem, *pairs)
    except RmatchError as error:
        yield str(error)
        return
    matrix = problem.points.astype(np.int64)
    points = matrix[pairs]
    yield from failures(
        proof,
        (*pairs, points),
        (problem.mentor_capacity, problem.mentee_capacity),
        (problem.mentor_minimum, problem.mentee_minimum),
        lambda first, last: (matrix[first:last], problem.allowed[first:last]),
        most_pairs=problem.participation == "most",
        bound=int(points.sum()),
    )


def _transform_failures(problem: Problem, last: Problem, made: Rounded | None, alpha: float) -> Iterator[str]:
    """Check the transformed points of the pairs that may be made, and that none was left out that could matter."""
    if made is None:
        yield "the transform is missing"
        return
    placed = (last.mentor_capacity > 0)[:, None] & (last.mentee_capacity > 0)
    points, values = (matrix[last.allowed & placed] for matrix in (problem.points, last.points))
    order = np.argsort(points, kind="stable")
    if (np.diff(values[order]) < 0).any():
        yield "the transformed points do not rise with the points"
    scaled = points[order] / made.anchor
    with np.errstate(divide="ignore"):
        logs = np.log(scaled)
    worth = logs if alpha == 1 else np.expm1((1 - alpha) * logs) / (1 - alpha)
    if scaled.size and (np.abs(np.diff(worth) - np.diff(values[order]) * made.unit) > made.unit * (1 + SLACK)).any():
        yield "the transformed points are not those of the objective"
    left_out = problem.points[problem.allowed & placed & ~last.allowed]
    if left_out.size and scaled.size and alpha <= 1:
        yield f"{left_out.size} pairs were left out"


def _ordinal(problem: Problem, alpha: float, pairs: int) -> bool:
    """Return whether each level outweighs all pairs of the next one."""
    levels = np.unique(problem.points[problem.allowed]).astype(float)
    return alpha > 1 and bool((alpha - 1) * np.diff(np.log(levels)).min(initial=np.inf) > np.log(max(pairs, 1)))


def bottleneck_failures(problem: Problem, pairs: Pairs, proof: Bottleneck) -> Iterator[str]:
    r"""Go through everything that keeps a proof from showing that no matching of so many pairs has a better worst pair.

    If pairs with :math:`t` points or fewer are left out, the rows :math:`S` of the proof must send more than its
    columns :math:`T` can take and all arcs from :math:`S` to other columns can carry:

    .. math:: \sum_{i \in S} s_i > \sum_{j \in T} d_j + \sum_{i \in S,\, j \notin T} c_{ij}

    Parameters
    ----------
    problem : Problem
        What was solved.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair.
    proof : Bottleneck
        What the worst pair is said to have, and the part of the network.

    Yields
    ------
    str
        What does not hold.
    """
    network = problem.network(len(pairs[0]))
    yield from _flow_failures(network, pairs)
    worst = problem.points[pairs].min()
    if worst != proof.value:
        yield f"the worst pair is said to have {proof.value} points and has {worst}"
    better = problem.points > proof.value
    capacity = np.where(np.pad(better, (0, 1), constant_values=True), network.capacity, 0)
    out = int(capacity[np.ix_(proof.rows, ~proof.columns)].sum())
    if network.supply[proof.rows].sum() <= network.demand[proof.columns].sum() + out:
        yield f"the part of the network does not show that all pairs cannot have more than {proof.value} points"


def leximin_failures(
    problem: Problem, pairs: Pairs, levels: Sequence[Numbers], proofs: Sequence[LevelProof]
) -> Iterator[str]:
    r"""Go through everything that keeps a proof from showing that a matching is leximin.

    On the level :math:`t` an arc costs :math:`c^t_{ij}`: how often it has :math:`t` points, and 0 if it leads to a
    dummy. With the potentials of the proof, which are 0 for levels without a step, its reduced cost is
    :math:`c^t_{ij} + \pi^t_i - \pi^t_j`. A flow uses the levels lexicographically least, from the lowest up, if on
    every arc the first reduced cost that is not 0 is positive where the flow is below the capacity, and negative where
    it is above 0: then no cycle of changes improves it.

    Parameters
    ----------
    problem : Problem
        What was solved.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair.
    levels : sequence of numpy.ndarray
        The points of all pairs: one matrix, or one for each side.
    proofs : sequence of LevelProof
        The potentials, from the lowest level up.

    Yields
    ------
    str
        What does not hold.
    """
    network = problem.network(len(pairs[0]))
    yield from _flow_failures(network, pairs)
    flow = with_dummies(network, *pairs)
    open_arcs, more = network.capacity > 0, flow < network.capacity
    values = [proof.level for proof in proofs]
    if values != sorted(set(values)):
        yield "the proofs are not in the order of their levels"
    done = -np.inf
    for proof in proofs:
        yield from _skipped(open_arcs, flow, levels, done, proof.level)
        cost = np.pad(sum((level == proof.level).astype(np.int64) for level in levels), (0, 1))
        reduced = cost + proof.rows[:, None].astype(np.int64) - proof.columns
        wrong = open_arcs & (((reduced < 0) & more) | ((reduced > 0) & (flow > 0)))
        if wrong.any():
            yield f"the potentials of the level {proof.level} do not fit {int(wrong.sum())} arcs"
        open_arcs &= reduced == 0
        done = proof.level
    yield from _skipped(open_arcs, flow, levels, done, np.inf)


def _skipped(
    open_arcs: NDArray[np.bool_], flow: Whole, levels: Sequence[Numbers], above: float, below: float
) -> Iterator[str]:
    """Close the arcs of the levels in between, which must not be used unless they are used by every matching."""
    between = np.zeros(levels[0].shape, bool)
    for level in levels:
        between |= (level > above) & (level < below)
    between &= open_arcs[:-1, :-1]
    used = int((between & (flow[:-1, :-1] > 0)).sum())
    if used:
        yield f"{used} pair{'s' * (used != 1)} between the levels {above} and {below} may be avoidable"
    open_arcs[:-1, :-1] &= ~between


def _flow_failures(network: Network, pairs: Pairs) -> Iterator[str]:
    rows, columns = pairs
    if len(set(zip(rows.tolist(), columns.tolist(), strict=True))) != len(rows):
        yield "a pair is there twice"
    flow = with_dummies(network, rows, columns)
    if (flow < 0).any() or (flow > network.capacity).any():
        yield "the pairs are not allowed, or too many or too few for somebody"
