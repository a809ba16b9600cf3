"""Independent checking that a matching is the best for its objective: sums, comparisons, and no solver."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable
from rmatch.solve.certificates.certificate import failures
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.network.network import with_dummies
from rmatch.solve.stable.blocking import accepted_pairs, blocking_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.objectives import Objective
    from rmatch.solve.fair.alpha import Rounded
    from rmatch.solve.fair.dispatch import FairSolution
    from rmatch.solve.fair.leximin import LevelProof
    from rmatch.solve.fair.max_min import Bottleneck
    from rmatch.solve.network.network import Network, Numbers, Whole
    from rmatch.solve.problem import Problem

    Pairs = tuple[Whole, Whole]


SLACK = 1e-6
"""What the rounding of float64 may add to that of the whole numbers."""


def fair_failures(
    problem: Problem,
    solution: FairSolution,
    objective: Objective,
    sides: tuple[Numbers, Numbers] | None,
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
    if isinstance(objective, Stable):
        yield from stable_failures(problem, pairs, sides)
        return
    if not len(solution.rows) and not problem.allowed.any():
        return
    yield from _sum_failures(replace(problem, points=0 * problem.points), pairs)
    if solution.proofs or isinstance(objective, Leximin):
        levels = sides if sides is not None else (problem.points,)
        yield from leximin_failures(problem, pairs, levels, solution.proofs)
        if isinstance(objective, AlphaFair) and not _ordinal(
            problem, objective.alpha, len(solution.rows)
        ):
            yield f"the leximin matching was not shown to be the best for α = {objective.alpha:g}"
    elif isinstance(objective, MaxMin) and solution.bottleneck is not None:
        yield from bottleneck_failures(problem, pairs, solution.bottleneck)
        good = problem.allowed & (problem.points >= solution.bottleneck.value)
        yield from _sum_failures(replace(problem, allowed=good), pairs)
    elif (
        isinstance(objective, AlphaFair)
        and solution.last is not None
        and solution.last.problem is not None
    ):
        last = solution.last.problem
        yield from _transform_failures(problem, last, pairs, solution.rounded, objective.alpha)
        yield from _sum_failures(last, pairs)
    elif solution.rows.size:
        yield "there is no proof"


def stable_failures(
    problem: Problem, pairs: Pairs, sides: tuple[Numbers, Numbers] | None
) -> Iterator[str]:
    """Go through everything that keeps a matching from being stable; which of the stable ones it is, is not checked.

    Parameters
    ----------
    problem : Problem
        What was solved.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair.
    sides : tuple of two numpy.ndarray, optional
        What each pair is worth to the mentor and to the mentee.

    Yields
    ------
    str
        What does not hold.
    """
    if sides is None:
        yield "what each side gains is missing"
        return
    accepted, capacities = (
        accepted_pairs(problem, sides),
        (problem.mentor_capacity, problem.mentee_capacity),
    )
    if not accepted[pairs].all():
        yield "a pair is not accepted by both"
    if len(set(zip(*(own.tolist() for own in pairs), strict=True))) != len(pairs[0]):
        yield "a pair is there twice"
    for own, most in zip(pairs, capacities, strict=True):
        if (np.bincount(own, minlength=len(most)) > most).any():
            yield "somebody has more partners than places"
    blocking = blocking_pairs(sides, accepted, capacities, pairs, listed=1)
    if blocking.count:
        row, column = blocking.pairs[0].tolist()
        more = f", and {blocking.count - 1:,} more" * (blocking.count > 1)
        yield f"mentor {row} and mentee {column} would rather have each other{more}"


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


def _transform_failures(
    problem: Problem, last: Problem, pairs: Pairs, made: Rounded | None, alpha: float
) -> Iterator[str]:
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
    if (
        scaled.size
        and (
            np.abs(np.diff(worth) - np.diff(values[order]) * made.unit) > made.unit * (1 + SLACK)
        ).any()
    ):
        yield "the transformed points are not those of the objective"
    left_out = problem.points[problem.allowed & placed & ~last.allowed]
    if left_out.size and scaled.size and alpha <= 1:
        yield f"{left_out.size} pairs were left out"
    # For α > 1 a pair may be left out that alone weighs more than all pairs of the matching.
    elif left_out.size and scaled.size:
        best = left_out.max()
        with np.errstate(over="ignore"):
            together = float(((problem.points[pairs] / best) ** (1 - alpha)).sum())
        if together >= 1 + SLACK:
            yield f"pairs of up to {best} points were left out, and a matching with one could be better"


def _ordinal(problem: Problem, alpha: float, pairs: int) -> bool:
    """Return whether each level outweighs all pairs of the next one."""
    levels = np.unique(problem.points[problem.allowed]).astype(float)
    return alpha > 1 and bool(
        (alpha - 1) * np.diff(np.log(levels)).min(initial=np.inf) > np.log(max(pairs, 1))
    )


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
    values = [proof.level for proof in proofs]
    if values != sorted(set(values)):
        yield "the proofs are not in the order of their levels"
    arcs = _Arcs(network, with_dummies(network, *pairs), levels)
    done = -np.inf
    for proof in proofs:
        yield from arcs.skipped(done, proof.level)
        reduced = (
            arcs.cost(proof.level)
            + proof.rows[arcs.rows].astype(np.int64)
            - proof.columns[arcs.columns]
        )
        wrong = int((((reduced < 0) & arcs.more) | ((reduced > 0) & arcs.used)).sum())
        if wrong:
            yield f"the potentials of the level {proof.level} do not fit {wrong} arcs"
        arcs.keep(reduced == 0)
        done = proof.level
    yield from arcs.skipped(done, np.inf)


class _Arcs:
    """The arcs on which no reduced cost was other than 0 so far: fewer and fewer, level after level.

    Parameters
    ----------
    network : Network
        All arcs; those without capacity are left out.
    flow : numpy.ndarray of int64
        The units on each of them.
    levels : sequence of numpy.ndarray
        The points of all pairs: one matrix, or one for each side.
    """

    def __init__(self, network: Network, flow: Whole, levels: Sequence[Numbers]) -> None:
        self.rows, self.columns = np.nonzero(network.capacity > 0)
        self.pairs = (self.rows < flow.shape[0] - 1) & (self.columns < flow.shape[1] - 1)
        self.points = [np.pad(level, (0, 1))[self.rows, self.columns] for level in levels]
        self.more = (flow < network.capacity)[self.rows, self.columns]
        self.used = (flow > 0)[self.rows, self.columns]

    def cost(self, level: float) -> Whole:
        """Return how often each arc has the points of a level; those to a dummy have none."""
        often: Whole = np.sum([self.pairs & (points == level) for points in self.points], axis=0)
        return often

    def skipped(self, above: float, below: float) -> Iterator[str]:
        """Close the pairs of the levels in between, which must not be used unless every matching uses them."""
        between = (
            np.any([(points > above) & (points < below) for points in self.points], axis=0)
            & self.pairs
        )
        used = int((between & self.used).sum())
        if used:
            yield f"{used} pair{'s' * (used != 1)} between the levels {above} and {below} may be avoidable"
        self.keep(~between)

    def keep(self, some: NDArray[np.bool_]) -> None:
        """Close all arcs but some."""
        if some.all():
            return
        for name in ("rows", "columns", "pairs", "more", "used"):
            setattr(self, name, getattr(self, name)[some])
        self.points = [points[some] for points in self.points]


def _flow_failures(network: Network, pairs: Pairs) -> Iterator[str]:
    rows, columns = pairs
    if len(set(zip(rows.tolist(), columns.tolist(), strict=True))) != len(rows):
        yield "a pair is there twice"
    flow = with_dummies(network, rows, columns)
    if (flow < 0).any() or (flow > network.capacity).any():
        yield "the pairs are not allowed, or too many or too few for somebody"
