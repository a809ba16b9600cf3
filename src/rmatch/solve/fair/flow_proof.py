"""Independent checking of what a flow proves: how good the worst pair can be, and that a matching is leximin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.network.network import with_dummies
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.solve.fair.leximin import TierProof
    from rmatch.solve.fair.max_min import Bottleneck
    from rmatch.solve.network.network import Network, Numbers, Whole
    from rmatch.solve.problem import Problem

    Pairs = tuple[Whole, Whole]


def bottleneck_failures(
    problem: Problem, pairs: Pairs, proof: Bottleneck, *, stopped: bool = False
) -> Iterator[str]:
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
    stopped : bool
        Whether the worst pair may have less.

    Yields
    ------
    str
        What does not hold.
    """
    network = problem.network(len(pairs[0]))
    yield from flow_failures(network, pairs)
    # Numbers instead of marks could name somebody twice.
    if not _fits(network, proof.rows, proof.columns, "b"):
        yield "the part of the network is not marked person by person"
        return
    worst = problem.points[pairs].min()
    if worst != proof.value and not (stopped and worst < proof.value):
        yield f"the worst pair is said to have {proof.value} points and has {worst}"
    better = problem.points > proof.value
    open_arcs = np.pad(better, (0, 1), constant_values=True)
    capacity = np.where(open_arcs, network.capacity, 0)
    out = int(capacity[np.ix_(proof.rows, ~proof.columns)].sum())
    sent, taken = network.supply[proof.rows].sum(), network.demand[proof.columns].sum()
    if sent <= taken + out:
        yield f"the part of the network does not show that all pairs cannot have more than {proof.value} points"


def leximin_failures(
    problem: Problem,
    pairs: Pairs,
    measures: Sequence[Numbers],
    proofs: Sequence[TierProof],
    up_to: float = np.inf,
) -> Iterator[str]:
    r"""Go through everything that keeps a proof from showing that a matching is leximin.

    On the tier :math:`t` an arc costs :math:`c^t_{ij}`: how often it has :math:`t` points, and 0 if it leads to a
    dummy. With the potentials of the proof, which are 0 for tiers without a step, its reduced cost is
    :math:`c^t_{ij} + \pi^t_i - \pi^t_j`. A flow uses the tiers lexicographically least, from the lowest up, if on
    every arc the first reduced cost that is not 0 is positive where the flow is below the capacity, and negative where
    it is above 0: then no cycle of changes improves it.

    Parameters
    ----------
    problem : Problem
        What was solved.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair.
    measures : sequence of numpy.ndarray
        The points that are compared: one matrix, or one for each side.
    proofs : sequence of TierProof
        The potentials, from the lowest tier up.
    up_to : int or float
        The points up to which the matching is said to be leximin.

    Yields
    ------
    str
        What does not hold.
    """
    network = problem.network(len(pairs[0]))
    yield from flow_failures(network, pairs)
    # What is no number is neither above nor below another one, and would be passed over.
    if any(not np.isfinite(each.value) for each in proofs) or not all(
        _fits(network, each.rows, each.columns, "i") for each in proofs
    ):
        yield "the potentials are not one whole number for each person"
        return
    values = [proof.value for proof in proofs]
    if values != sorted(set(values)):
        yield "the proofs are not in the order of their tiers"
    arcs = _Arcs(network, with_dummies(network, *pairs), measures)
    done = -np.inf
    for proof in proofs:
        yield from arcs.skipped(done, proof.value)
        falls = proof.rows[arcs.rows].astype(np.int64) - proof.columns[arcs.columns]
        reduced = arcs.cost(proof.value) + falls
        wrong = ((reduced < 0) & arcs.more) | ((reduced > 0) & arcs.used)
        if wrong.any():
            yield f"the potentials of the tier {proof.value} do not fit {int(wrong.sum())} arcs"
        # Arcs of another reduced cost are decided: no later tier can make up for them.
        arcs.keep(reduced == 0)
        done = proof.value
    if not done <= up_to:
        yield "more is proved than is said to be"
    yield from arcs.skipped(done, np.nextafter(up_to, np.inf))


class _Arcs:
    """The arcs on which no reduced cost was other than 0 so far: fewer and fewer, tier after tier.

    Parameters
    ----------
    network : Network
        All arcs; those without capacity are left out.
    flow : numpy.ndarray of int64
        The units on each of them.
    measures : sequence of numpy.ndarray
        The points that are compared: one matrix, or one for each side.
    """

    def __init__(self, network: Network, flow: Whole, measures: Sequence[Numbers]) -> None:
        rows, columns = np.nonzero(network.capacity > 0)
        units, capacity = flow[rows, columns], network.capacity[rows, columns]
        dummy_row, dummy_column = flow.shape[0] - 1, flow.shape[1] - 1
        self.rows, self.columns = rows, columns
        self.pairs = (rows < dummy_row) & (columns < dummy_column)
        self.points = [np.pad(points, (0, 1))[rows, columns] for points in measures]
        self.more = units < capacity
        self.used = units > 0

    def cost(self, value: float) -> Whole:
        """Return how often each arc has the points of a tier; those to a dummy have none."""
        often: Whole = np.sum([self.pairs & (points == value) for points in self.points], axis=0)
        return often

    def skipped(self, above: float, below: float) -> Iterator[str]:
        """Close the pairs of the tiers in between, which must not be used unless every matching uses them."""
        inside = [(points > above) & (points < below) for points in self.points]
        between = np.any(inside, axis=0) & self.pairs
        used = int((between & self.used).sum())
        if used:
            yield f"{counted(used, 'pair')} between the tiers {above} and {below} may be avoidable"
        self.keep(~between)

    def keep(self, some: NDArray[np.bool_]) -> None:
        """Close all arcs but some."""
        if some.all():
            return
        for name in ("rows", "columns", "pairs", "more", "used"):
            setattr(self, name, getattr(self, name)[some])
        self.points = [points[some] for points in self.points]


def _fits(network: Network, rows: NDArray[Any], columns: NDArray[Any], kind: str) -> bool:
    """Return whether there is one entry of a kind for each row and each column of a network."""
    shapes = rows.shape, columns.shape
    of_the_kind = rows.dtype.kind == kind and columns.dtype.kind == kind
    return of_the_kind and shapes == (network.supply.shape, network.demand.shape)


def flow_failures(network: Network, pairs: Pairs) -> Iterator[str]:
    """Check that the pairs are allowed, within everybody's places and minimums, and each there once."""
    rows, columns = pairs
    if len(set(zip(rows.tolist(), columns.tolist(), strict=True))) != len(rows):
        yield "a pair is there twice"
    flow = with_dummies(network, rows, columns)
    if (flow < 0).any() or (flow > network.capacity).any():
        yield "the pairs are not allowed, or too many or too few for somebody"
