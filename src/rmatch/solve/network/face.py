"""The choice that is left among equally good flows, decided by the second level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.network.dense import dense, exact
from rmatch.solve.network.network import UNLIMITED, Network
from rmatch.solve.network.transport import transport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole
    from rmatch.solve.network.residual import Residual


def decided(residual: Residual, ties: Whole) -> Whole:
    """Return the flow with the largest sum of ties, of those that differ on free arcs only.

    An arc can differ only if it lies on a cycle of the residual network: both its ends in one strongly connected
    component. All others stay as they are.

    Parameters
    ----------
    residual : Residual
        A flow and its free arcs.
    ties : numpy.ndarray of int64
        The second level, one number for each real arc: the network without its last row and column.

    Returns
    -------
    numpy.ndarray of int64
        The flow.

    Examples
    --------
    >>> from rmatch.solve.network.residual import Residual
    >>> one = np.array([1, 1, 0])
    >>> network = Network(np.zeros((3, 3)), np.ones((3, 3), int), one, one)
    >>> flow = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]])
    >>> decided(Residual(network, flow), np.array([[1, 9], [2, 4]]))[:-1, :-1].tolist()
    [[0, 1], [1, 0]]
    """
    open_arcs = _on_cycles(residual)
    rows, columns = (np.flatnonzero(open_arcs.any(axis)) for axis in (1, 0))
    if not rows.size:
        return residual.flow
    rows, columns = (
        np.union1d(some, size - 1)
        for some, size in zip((rows, columns), open_arcs.shape, strict=True)
    )
    part = np.ix_(rows, columns)
    inside, here = open_arcs[part], residual.flow[part]
    moving = np.where(inside, here, 0)
    choice = Network(
        points=np.pad(ties, (0, 1))[part],
        capacity=np.where(inside, residual.network.capacity[part], 0),
        supply=moving.sum(1),
        demand=moving.sum(0),
    )
    flow = residual.flow.copy()
    flow[part] = here - moving + _best(choice)
    return flow


def _on_cycles(residual: Residual) -> NDArray[np.bool_]:
    """Return the free arcs that lie on a cycle of the residual network."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    size = len(residual.flow)
    (row, to), (column, back) = np.nonzero(residual.ahead), np.nonzero(residual.back)
    tails, heads = np.concatenate([row, column + size]), np.concatenate([to + size, back])
    nodes = sum(residual.flow.shape)
    graph = csr_array((np.ones(len(tails), np.int8), (tails, heads)), shape=(nodes, nodes))
    part = connected_components(graph, connection="strong")[1]
    same: NDArray[np.bool_] = part[:size, None] == part[size:]
    return residual.free & same


def _best(choice: Network) -> Whole:
    """Return the best flow by the fastest solver that is exact for it."""
    room = np.minimum.outer(choice.supply, choice.demand)
    unbound = replace(choice, capacity=np.where(choice.capacity > 0, UNLIMITED, 0))
    if ((choice.capacity == 0) | (choice.capacity >= room)).all() and exact(unbound):
        return dense(unbound)
    return transport(choice)[0]
