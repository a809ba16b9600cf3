"""Independent checking that a matching is max-min or leximin: sums, comparisons, and no solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.reroute import with_dummies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.solve.bottleneck import Bottleneck
    from rmatch.solve.leximin import LevelProof
    from rmatch.solve.network import Network, Numbers, Whole
    from rmatch.solve.problem import Problem

    Pairs = tuple[Whole, Whole]


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
