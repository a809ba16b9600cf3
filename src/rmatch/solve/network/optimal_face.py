"""Exact prices for a flow that some other solver found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Whole

CLOSED = 2**61


def prices(network: Network, flow: Whole) -> tuple[Whole, Whole]:
    r"""Return whole prices that prove a flow optimal.

    Finds :math:`u, v` with :math:`u_i + v_j \ge p_{ij}` wherever :math:`x_{ij} < c_{ij}` and
    :math:`u_i + v_j \le p_{ij}` wherever :math:`x_{ij} > 0`: with :math:`w = -v` these are the shortest distances in
    the residual network from a node that reaches all others at distance 0 (label correcting, Bellman 1958). Each sweep
    is over all columns at once, but only over the rows whose distance has changed.

    Parameters
    ----------
    network : Network
        Arcs with whole points.
    flow : numpy.ndarray of int64
        A flow that meets its supplies and demands, shape (rows, columns).

    Returns
    -------
    u : numpy.ndarray of int64
        Prices of the rows.
    v : numpy.ndarray of int64
        Prices of the columns.

    Raises
    ------
    RmatchError
        If the flow is not optimal: distances then fall for ever, around a cycle that would improve it.

    Examples
    --------
    >>> import numpy as np
    >>> from rmatch.solve.network.network import Network
    >>> one = np.array([1, 1])
    >>> network = Network(np.array([[7, 5], [6, 1]]), np.full((2, 2), 9), one, one)
    >>> u, v = prices(network, np.array([[0, 1], [1, 0]]))
    >>> (u[:, None] + v).tolist()
    [[7, 5], [6, 4]]
    """
    rows, columns = np.nonzero(flow)
    back = network.points[rows, columns].astype(np.int64)
    ahead = np.where(flow < network.capacity, -network.points, CLOSED)
    row, column = np.zeros(len(network.supply), np.int64), np.zeros(len(network.demand), np.int64)
    changed = np.arange(row.size)
    for _ in range(row.size + 1):
        column = np.minimum(column, (ahead[changed] + row[changed, None]).min(0, initial=CLOSED))
        lower = row.copy()
        np.minimum.at(lower, rows, column[columns] + back)
        changed = np.flatnonzero(lower < row)
        row = lower
        if not changed.size:
            return row, -column
    message = "the flow is not optimal: a cycle of its residual network gains points"
    raise RmatchError(message)
