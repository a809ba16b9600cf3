"""Leximin: the worst as good as possible, then the second worst, and so on, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.solve.fair.levels import used_levels
from rmatch.solve.network.residual import Residual

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.fair.levels import Level
    from rmatch.solve.network.network import Network, Numbers, Whole


class LevelProof(NamedTuple):
    """What proves that no matching uses a level less.

    Attributes
    ----------
    level : int or float
        The points.
    rows, columns : numpy.ndarray of int32
        Potentials of the network's rows and columns.
    """

    level: float
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]


def leximin(
    network: Network, flow: Whole, levels: tuple[Numbers, ...]
) -> tuple[Residual, tuple[LevelProof, ...]]:
    r"""Return a flow that is leximin, with everything on which the leximin flows still differ left free.

    Let :math:`n_t(x)` be how often the flow :math:`x` uses the level :math:`t`: the number of its pairs with
    :math:`t` points, counted in each of the matrices `levels`. Sorted points are the larger, lexicographically, the
    smaller :math:`(n_{t_1}, n_{t_2}, \dots)` is for :math:`t_1 < t_2 < \dots`. So one level after another, from the
    lowest, is a flow of least cost with costs of 0, 1 or 2, among the flows that were the best for all levels before.

    A level that the flow does not use is closed without any work. The units on the others are taken off and sent again
    along augmenting paths, all the others first; where the level cannot be avoided, potentials :math:`\pi` from the
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
    levels : tuple of numpy.ndarray
        One matrix, or one for each side: shape of the network without its dummies.

    Returns
    -------
    residual : Residual
        A leximin flow, and the arcs that are free in the sense that every leximin flow differs from it only there.
    proofs : tuple of LevelProof
        The proof, see :func:`leximin_failures`.

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
    >>> residual, proofs = leximin(network, np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]]), (points,))
    >>> residual.flow[:-1, :-1].tolist()
    [[0, 1], [1, 0]]
    """
    residual = Residual(network, flow)
    found = (_settled(residual, level) for level in used_levels(residual, levels))
    return residual, tuple(proof for proof in found if proof is not None)


def _settled(residual: Residual, level: Level) -> LevelProof | None:
    """Use a level as little as possible, and free only what does not use it more; None if it can be avoided."""
    excess, deficit = residual.clear(level.rows, level.columns)
    reached = residual.reroute(excess, deficit)
    if reached is None:
        return None
    whole = residual.ahead.copy(), residual.back.copy()
    proof = LevelProof(level.value, *(np.zeros(size, np.int32) for size in residual.flow.shape))
    while reached is not None:
        # One step is never too far: whole costs leave a whole distance of at least 1 to whatever is not reached.
        for potential, near in zip(proof[1:], reached, strict=True):
            np.add(potential, ~near, out=potential)
        _tighten(residual, whole, level, proof)
        reached = residual.reroute(excess, deficit, also=whole)
    return proof


def _tighten(
    residual: Residual,
    whole: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    level: Level,
    proof: LevelProof,
) -> None:
    """Free the arcs whose cost is the difference of their potentials, those of the level among them."""
    residual.ahead = whole[0] & (proof.rows[:, None] == proof.columns)
    residual.back = whole[1] & (proof.columns[:, None] == proof.rows)
    rows, columns = level.rows, level.columns
    tight = level.costs + proof.rows[rows] == proof.columns[columns]
    used = residual.flow[rows, columns] > 0
    residual.ahead[rows, columns], residual.back[columns, rows] = tight & ~used, tight & used
