"""All optimal flows: prices that prove one of them, and which of them has the largest ties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.network.dense import dense, exact
from rmatch.solve.network.network import UNLIMITED, Network
from rmatch.solve.network.search import CLOSED
from rmatch.solve.network.transport import transport
from rmatch.utils.aside import aside
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.network.residual import Residual


def prices(network: Network, flow: Whole) -> tuple[Whole, Whole]:
    r"""Return whole prices that prove a flow optimal, whichever solver found it.

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
    listen("prices")
    ahead = np.where(flow < network.capacity, -network.points, CLOSED)
    listen("prices")
    rows, columns = np.nonzero(flow)
    back = network.points[rows, columns].astype(np.int64)
    to_row = np.zeros(len(network.supply), np.int64)
    to_column = np.zeros(len(network.demand), np.int64)
    changed = np.arange(len(to_row))
    # A shortest path passes each row once, so that without a falling cycle one sweep a row is
    # enough.
    for _ in range(len(to_row) + 1):
        listen("prices")
        # Distances only fall: rows that have not changed have nothing new to tell their columns.
        through = ahead[changed] + to_row[changed, None]
        shortest = through.min(0, initial=CLOSED)
        to_column = np.minimum(to_column, shortest)
        lower = to_row.copy()
        np.minimum.at(lower, rows, to_column[columns] + back)
        changed = np.flatnonzero(lower < to_row)
        to_row = lower
        if not changed.size:
            return to_row, -to_column
    message = "the flow is not optimal: a cycle of its residual network gains points"
    raise RmatchError(message)


def with_ties(network: Network, ties: Whole) -> Network:
    """Return the same network with ties below the last point: one more point outweighs all ties of a matching.

    Parameters
    ----------
    network : Network
        A problem with whole points.
    ties : numpy.ndarray of int64
        What decides among equal totals, shape (mentors, mentees).

    Returns
    -------
    Network
        A problem whose optimum is the best for points and then for ties, where the numbers do not grow too large to be exact.
    """
    supply = int(network.supply[:-1].sum())
    demand = int(network.demand[:-1].sum())
    pairs = min(supply, demand)
    most_ties = pairs * int(ties.max(initial=0))
    # In float64 too large a product shows as such, instead of wrapping around.
    points = network.points.astype(np.float64) * (most_ties + 1)
    points[:-1, :-1] += ties
    return replace(network, points=points)


def optimal_face(network: Network, u: Numbers, v: Numbers, ties: Whole) -> tuple[Whole, Network]:
    r"""Return what all optimal flows share, and the network of the choices that are left.

    By complementary slackness a flow is optimal exactly when it is full where :math:`u_i + v_j < p_{ij}` and empty
    where :math:`u_i + v_j > p_{ij}`. What remains is free: a flow over the tight arcs, for the largest sum of ties.

    Parameters
    ----------
    network : Network
        A problem with whole points.
    u, v : numpy.ndarray of int64
        Prices that prove some flow optimal.
    ties : numpy.ndarray of int64
        What decides, one number for each real arc: the network without its dummies, which are the last.

    Returns
    -------
    shared : numpy.ndarray of int64
        Units that every optimal flow sends over each arc, shape of the network.
    choice : Network
        The problem for the rest: add its best flow to `shared`.
    """
    # The prices prove one flow optimal, and with it every flow that agrees with them.
    listen("ties")
    slack = u[:, None] + v - network.points
    listen("ties")
    shared = np.where(slack < 0, network.capacity, 0)
    listen("ties")
    free = np.where(slack == 0, network.capacity, 0)
    dummies = [(0, all_of - real) for all_of, real in zip(slack.shape, ties.shape, strict=True)]
    choice = Network(
        points=np.pad(ties, dummies),
        capacity=free,
        supply=network.supply - shared.sum(1),
        demand=network.demand - shared.sum(0),
    )
    return shared, choice


def decided(residual: Residual, ties: Whole) -> Whole:
    """Return the flow with the largest sum of ties, of those that differ on free arcs only.

    An arc can differ only if it lies on a cycle of the residual network: both its ends in one strongly connected
    component. All others stay as they are.

    Parameters
    ----------
    residual : Residual
        A flow and its free arcs.
    ties : numpy.ndarray of int64
        What decides, one number for each real arc: the network without its last row and column.

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
    listen("ties")
    if not open_arcs.any():
        return residual.flow
    rows = _with_dummy(open_arcs, 1)
    columns = _with_dummy(open_arcs, 0)
    part = np.ix_(rows, columns)
    inside = open_arcs[part]
    capacity = residual.network.capacity[part]
    here = residual.flow[part]
    moving = np.where(inside, here, 0)
    choice = Network(
        points=np.pad(ties, (0, 1))[part],
        capacity=np.where(inside, capacity, 0),
        supply=moving.sum(1),
        demand=moving.sum(0),
    )
    flow = residual.flow.copy()
    # Each row and column moves as much as before, so that supplies and demands are still met.
    flow[part] = here - moving + _best(choice)
    return flow


def _with_dummy(open_arcs: NDArray[np.bool_], axis: int) -> NDArray[np.intp]:
    """Return which rows or columns have an open arc, and the dummy, which is the last one."""
    needed = np.flatnonzero(open_arcs.any(axis))
    dummy = open_arcs.shape[1 - axis] - 1
    return np.union1d(needed, dummy)


def _on_cycles(residual: Residual) -> NDArray[np.bool_]:
    """Return the free arcs that lie on a cycle of the residual network."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    rows, columns = residual.flow.shape
    nodes = rows + columns
    listen("ties")
    row, to = np.nonzero(residual.ahead)
    listen("ties")
    column, back = np.nonzero(residual.back)
    tails = np.concatenate([row, column + rows])
    heads = np.concatenate([to + rows, back])
    arcs = np.ones(len(tails), np.int8)
    shape = nodes, nodes
    graph = csr_array((arcs, (tails, heads)), shape=shape)
    _, part = aside("ties", graph.nnz, lambda: connected_components(graph, connection="strong"))
    same: NDArray[np.bool_] = part[:rows, None] == part[rows:]
    return residual.free & same


def _best(choice: Network) -> Whole:
    """Return the best flow by the fastest solver that is exact for it."""
    room = np.minimum.outer(choice.supply, choice.demand)
    closed = choice.capacity == 0
    unlimited = np.where(closed, 0, UNLIMITED)
    unbound = replace(choice, capacity=unlimited)
    # A capacity that no row and no column can use up need not be told to the solver.
    never_binds = closed | (choice.capacity >= room)
    if never_binds.all() and exact(unbound):
        return dense(unbound)
    flow, _, _ = transport(choice)
    return flow
