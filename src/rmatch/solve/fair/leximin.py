"""Leximin: the worst as good as possible, then the second worst, and so on, exactly."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import StopError
from rmatch.solve.fair.tiers import BANDS, Bands, Tier, used_tiers
from rmatch.solve.network.network import Network, Numbers, Whole
from rmatch.solve.network.residual import Residual
from rmatch.utils.stopping import count

Masks = tuple[NDArray[np.bool_], NDArray[np.bool_]]


class Settled(NamedTuple):
    """How far a flow is known to be leximin.

    Attributes
    ----------
    residual : Residual
        The flow, and the arcs that are free in the sense that every leximin flow differs from it only there.
    proofs : tuple of TierProof
        The proof, see :func:`leximin_failures`.
    up_to : int or float
        No flow is better in the tiers up to this one: infinite, unless the run was stopped; then the arcs are not known.
    """

    residual: Residual
    proofs: tuple[TierProof, ...]
    up_to: float


class TierProof(NamedTuple):
    """What proves that no matching uses a tier less.

    Attributes
    ----------
    value : int or float
        The points.
    rows, columns : numpy.ndarray of int32
        Potentials of the network's rows and columns.
    """

    value: float
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]


class Shut(NamedTuple):
    """Arcs of one direction that are not free because their ends differ in potential.

    Attributes
    ----------
    free : numpy.ndarray of bool
        The arcs of that direction that are free, shape (tails, heads).
    of_tails, of_heads : numpy.ndarray of int32
        The potentials, as they change.
    tails, heads : numpy.ndarray of int64
        The ends of each arc.
    """

    free: NDArray[np.bool_]
    of_tails: NDArray[np.int32]
    of_heads: NDArray[np.int32]
    tails: Whole
    heads: Whole

    @classmethod
    def of(
        cls,
        free: NDArray[np.bool_],
        of_tails: NDArray[np.int32],
        of_heads: NDArray[np.int32],
        near_tails: NDArray[np.bool_],
        near_heads: NDArray[np.bool_],
    ) -> Shut:
        """Shut the free arcs that lead to those who are near from those who are not."""
        far, near = np.flatnonzero(~near_tails), np.flatnonzero(near_heads)
        tails, heads = np.nonzero(free[far[:, None], near])
        tails, heads = far[tails], near[heads]
        free[tails, heads] = False
        return cls(free, of_tails, of_heads, tails, heads)

    def opened(self) -> Shut:
        """Free those again whose ends have come to the same potential, and return the others."""
        tight = self.of_tails[self.tails] == self.of_heads[self.heads]
        self.free[self.tails[tight], self.heads[tight]] = True
        return self._replace(tails=self.tails[~tight], heads=self.heads[~tight])


def leximin(
    network: Network, flow: Whole, measures: tuple[Numbers, ...], bands: Bands = BANDS
) -> Settled:
    r"""Return a flow that is leximin, with everything on which the leximin flows still differ left free.

    A tier is all arcs with the same points. Let :math:`n_t(x)` be how often the flow :math:`x` uses the tier
    :math:`t`: the number of its pairs with :math:`t` points, counted in each of the matrices `measures`. Sorted points
    are the larger, lexicographically, the smaller :math:`(n_{t_1}, n_{t_2}, \ldots)` is for :math:`t_1 < t_2 < \ldots`.
    So one tier after another, from the lowest, is a flow of least cost with costs of 0, 1 or 2, among the flows that
    were the best for all tiers before.

    A tier that the flow does not use is closed without any work. The units on the others are taken off and sent again
    along augmenting paths, all the others first; where the tier cannot be avoided, potentials :math:`\pi` from the
    searches (Edmonds and Karp 1972) prove it, and by complementary slackness only arcs with
    :math:`c_{ij} + \pi_i - \pi_j = 0` stay free. This is the lexicographic bottleneck assignment of [1]_, and the fair
    matching of [2]_ without its unmatched rank, by repair of a good flow instead of a sequence of large weights.

    Parameters
    ----------
    network : Network
        Arcs, supplies and demands; its points do not matter. Real arcs carry one unit; the last row and the last column
        are the dummies.
    flow : numpy.ndarray of int64
        Any flow of the network; the better it is, the less work is left.
    measures : tuple of numpy.ndarray
        The points that are compared, one matrix, or one for each side: shape of the network without its dummies.
    bands : Bands
        How the arcs are sorted, which does not change the answer.

    Returns
    -------
    Settled
        The flow, what is free, and the proof. If the run was stopped, a flow that is leximin as far as it has come.

    Notes
    -----
    With `k` arcs there are at most `k` searches over at most `k` arcs. From a flow with the largest total, about two
    to three searches a pair have been enough on points made from attributes.

    References
    ----------
    .. [1] R. E. Burkard and F. Rendl, "Lexicographic bottleneck problems", Operations Research Letters 10(5), 1991.
       :doi:`10.1016/0167-6377(91)90018-K`
    .. [2] C.-C. Huang, T. Kavitha, K. Mehlhorn and D. Michail, "Fair matchings and related problems", Algorithmica 74,
       2016. :doi:`10.1007/s00453-015-9994-9`

    Examples
    --------
    >>> from rmatch.solve.network.network import Network
    >>> points = np.array([[9, 5], [6, 3]])
    >>> one = np.array([1, 1, 0])
    >>> network = Network(np.zeros((3, 3)), np.ones((3, 3), int), one, one)
    >>> found = leximin(network, np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]]), (points,))
    >>> found.residual.flow[:-1, :-1].tolist(), found.up_to
    ([[0, 1], [1, 0]], inf)
    """
    residual, proofs, done = Residual(network, flow), list[TierProof](), -inf
    try:
        for settled, tier in enumerate(used_tiers(residual, measures, bands)):
            count("tiers", settled)
            proof = _settled(residual, tier)
            proofs += [] if proof is None else [proof]
            done = tier.value
    except StopError:
        # A tier that was begun is as if it had not been.
        residual.restore()
        return Settled(residual, tuple(proofs), done)
    return Settled(residual, tuple(proofs), inf)


def _settled(residual: Residual, tier: Tier) -> TierProof | None:
    """Use a tier as little as possible, and free only what does not use it more; None if it can be avoided."""
    excess, deficit = residual.clear(tier.rows, tier.columns)
    # The arcs of the tier are closed now: what finds its way without them needs no proof.
    near = residual.reroute(excess, deficit)
    if near is None:
        return None
    proof = TierProof(tier.value, *(np.zeros(size, np.int32) for size in residual.flow.shape))
    shut: list[Shut] = []
    while near is not None:
        # One step is never too far: whole costs leave a whole distance of at least 1 to whatever is not reached.
        for potential, reached in zip(proof[1:], near, strict=True):
            np.add(potential, ~reached, out=potential)
        shut = _tighten(residual, tier, proof, near, shut)
        near = residual.reroute(excess, deficit)
    return proof


def _tighten(
    residual: Residual, tier: Tier, proof: TierProof, near: Masks, shut: list[Shut]
) -> list[Shut]:
    """Free the arcs whose cost is the difference of their potentials, those of the tier among them.

    Off the tier an arc costs nothing, so that both of its ends must have the same potential. They had before the last
    step, which takes those away that were not near: nothing open led to them from those who were, and what leads the other
    way is shut. That is little to look at, as mostly nearly nobody is near or nearly everybody.
    """
    rows, columns = tier.rows, tier.columns
    residual.ahead[rows, columns] = False
    residual.back[columns, rows] = False
    ways = (residual.ahead, proof.rows, proof.columns), (residual.back, proof.columns, proof.rows)
    now = [Shut.of(*way, near[turn], near[1 - turn]) for turn, way in enumerate(ways)]
    shut = [*(arcs.opened() for arcs in shut), *now]
    tight = tier.costs + proof.rows[rows] == proof.columns[columns]
    used = residual.flow[rows, columns] > 0
    residual.ahead[rows, columns] = tight & ~used
    residual.back[columns, rows] = tight & used
    return shut
