"""The transportation problem, solved exactly by successive shortest augmenting paths."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.network.network import CutError

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Numbers, Whole

FAR = 2**60
CLOSED = 2**61


def transport(network: Network) -> tuple[Whole, Numbers, Numbers]:
    r"""Return the flow with the most points, and prices that prove it.

    Maximises :math:`\sum p_{ij} x_{ij}` subject to :math:`\sum_j x_{ij} = s_i`, :math:`\sum_i x_{ij} = d_j` and
    :math:`0 \le x_{ij} \le c_{ij}`. A flow is optimal exactly when there are prices :math:`u, v` with
    :math:`u_i + v_j \ge p_{ij}` wherever :math:`x_{ij} < c_{ij}` and :math:`u_i + v_j \le p_{ij}` wherever
    :math:`x_{ij} > 0`. Such prices are kept from the first flow to the last: the supply of one row after another
    travels along a path on which the prices leave the least slack, to a column with demand left [1]_.

    Parameters
    ----------
    network : Network
        Arcs, supplies and demands. Whole points are exact while their magnitude times the number of rows and columns
        stays below ``2**57``.

    Returns
    -------
    flow : numpy.ndarray of int64
        Units on each arc, shape (rows, columns).
    u, v : numpy.ndarray
        Prices of the rows and of the columns, in the type of the points.

    Raises
    ------
    CutError
        If the arcs cannot carry all the supply.

    References
    ----------
    .. [1] J. Edmonds and R. M. Karp, "Theoretical improvements in algorithmic efficiency for network flow problems",
       Journal of the ACM 19(2), 1972. :doi:`10.1145/321694.321699`

    Examples
    --------
    >>> import numpy as np
    >>> from rmatch.solve.network.network import Network
    >>> one = np.array([1, 1])
    >>> flow, u, v = transport(
    ...     Network(np.array([[7, 5], [6, 1]]), np.ones((2, 2), np.int64), one, one)
    ... )
    >>> flow.tolist()
    [[0, 1], [1, 0]]
    >>> int(u.sum() + v.sum())
    11
    """
    search = _Search(network)
    for row in np.flatnonzero(network.supply):
        while search.excess[row]:
            search.push(search.path(int(row)))
    return search.flow, search.level[: search.rows], -search.level[search.rows :]


class _Search:
    """The residual network: rows, then columns, as one list of nodes, each with a level (u, then -v).

    The length of an arc is its cost plus the fall in level, and never negative. Arcs that cannot be used are so long
    that no path holds one: a real path stays below `far`, a closed arc does not.
    """

    def __init__(self, network: Network) -> None:
        self.rows, columns = network.points.shape
        self.far: Any = FAR if network.points.dtype.kind == "i" else np.inf
        self.closed: Any = CLOSED if network.points.dtype.kind == "i" else np.inf
        self.points, self.capacity = network.points, network.capacity
        self.flow = np.zeros((self.rows, columns), np.int64)
        self.excess = np.concatenate([network.supply, -network.demand])
        self.forward = np.where(self.capacity > 0, -self.points, self.closed)
        self.backward = np.full((columns, self.rows), self.closed, self.points.dtype)
        self.level = self._first_levels()
        for row in np.flatnonzero(network.supply):
            self._fill(int(row))

    def _first_levels(self) -> Numbers:
        """Return levels that leave every row and every column an arc of length 0, where it has an open one."""
        column = self.forward.min(0, initial=self.closed)
        column = np.where(column < self.far, column, 0)
        row = (self.forward - column).min(1, initial=self.closed)
        return np.concatenate([-np.where(row < self.far, row, 0), column])

    def _fill(self, row: int) -> None:
        """Send what fits over the arcs of length 0."""
        need = -self.excess[self.rows :]
        length = self.forward[row] + (self.level[row] - self.level[self.rows :])
        tight = np.flatnonzero((length == 0) & (need > 0))
        room = np.minimum(self.capacity[row, tight], need[tight])
        units = np.clip(self.excess[row] - (np.cumsum(room) - room), 0, room)
        for column in tight[units > 0].tolist():
            self.push([row, self.rows + column])

    def path(self, source: int) -> list[int]:
        """Return a shortest path from `source` to a column with demand left, and lower the levels it passed (Dijkstra)."""
        rows, level, closed = self.rows, self.level, self.closed
        goals = rows + np.flatnonzero(self.excess[rows:] < 0)
        distance = np.full(level.size, closed, level.dtype)
        distance[source] = 0
        parent = np.full(level.size, source)
        landing = -level
        done: list[int] = []
        lengths: list[Any] = []
        ahead = (
            (distance[:rows], landing[:rows], parent[:rows]),
            (distance[rows:], landing[rows:], parent[rows:]),
        )
        while True:
            node = int(distance.argmin())
            length = distance[node]
            if length >= self.far:
                raise self._cut(done)
            goal = int(goals[distance[goals].argmin()])
            if distance[goal] <= length:
                break
            done.append(node)
            lengths.append(length)
            # Twice as far as any open arc can make up for: no arc leads back to a node that is done.
            distance[node], landing[node] = closed, 2 * closed
            arcs = self.forward[node] if node < rows else self.backward[node - rows]
            known, land, origin = ahead[node < rows]
            through = arcs + land
            through += length + level[node]
            shorter = through < known
            np.copyto(known, through, where=shorter)
            origin[shorter] = node
        level[done] += np.array(lengths, level.dtype) - length
        path = [goal]
        while path[-1] != source:
            path.append(int(parent[path[-1]]))
        return path[::-1]

    def push(self, path: list[int]) -> None:
        """Send as many units along the path as its ends and its arcs allow."""
        arcs = list(pairwise(path))
        units = min(
            self.excess[path[0]], -self.excess[path[-1]], *(self._room(*arc) for arc in arcs)
        )
        self.excess[path[0]] -= units
        self.excess[path[-1]] += units
        for start, end in arcs:
            if start < end:
                self._add(start, end - self.rows, units)
            else:
                self._add(end, start - self.rows, -units)

    def _room(self, start: int, end: int) -> int:
        if start < end:
            return int(self.capacity[start, end - self.rows] - self.flow[start, end - self.rows])
        return int(self.flow[end, start - self.rows])

    def _add(self, row: int, column: int, units: int) -> None:
        flow = self.flow[row, column] = self.flow[row, column] + units
        points = self.points[row, column]
        self.forward[row, column] = -points if flow < self.capacity[row, column] else self.closed
        self.backward[column, row] = points if flow > 0 else self.closed

    def _cut(self, done: list[int]) -> CutError:
        reached = np.zeros(self.level.size, bool)
        reached[done] = True
        return CutError(reached[: self.rows], reached[self.rows :])
