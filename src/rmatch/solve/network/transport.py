"""The transportation problem, solved exactly by successive shortest augmenting paths."""

from __future__ import annotations

from itertools import pairwise, starmap
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.network.network import CutError
from rmatch.solve.network.search import Search
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Numbers, Whole


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
    search = _Transport(network)
    # Lengths never fall below 0, and what is sent to the end is an optimum for what was sent.
    for row in np.flatnonzero(network.supply).tolist():
        while search.excess[row]:
            search.send_from(row)
    # The potential of a column is minus its price: what it costs to get there, not what it is
    # worth.
    u, minus_v = np.split(search.potential, [search.rows])
    v = -minus_v
    return search.flow, u, v


class _Transport(Search):
    """A search in which every unit of an arc earns the same."""

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self.points = network.points
        self.capacity = network.capacity
        listen("flow")
        is_open = self.capacity > 0
        turned_round = self.points.shape[::-1]
        self.forward = np.where(is_open, -self.points, self.closed)
        # Without flow there is nothing to take back.
        self.backward = np.full(turned_round, self.closed, self.points.dtype)
        listen("flow")
        self.potential = self._first_potentials()
        for row in np.flatnonzero(network.supply).tolist():
            self._fill(row)

    def lengths(self, row: int, column: int, flow: int) -> tuple[Any, Any]:
        """Return what one unit more and one unit less cost."""
        points = self.points[row, column]
        capacity = self.capacity[row, column]
        ahead = -points if flow < capacity else self.closed
        back = points if flow > 0 else self.closed
        return ahead, back

    def send_from(self, source: int) -> None:
        """Send as many units from a row as the nearest column and the arcs on the way allow."""
        lacking = self.excess[self.rows :] < 0
        # Only columns end a path: rows send their own supply, one after the other.
        goals = self.rows + np.flatnonzero(lacking)

        def nearest(node: int, distance: Numbers) -> int | None:
            first = distance[goals].argmin()
            goal = int(goals[first])
            if distance[goal] <= distance[node]:
                return goal
            return None

        path = self.path(source, nearest)
        if not path:
            raise self._cut()
        self.push(path, self._most(path))

    def _first_potentials(self) -> Numbers:
        """Return potentials that leave every row and every column an arc of length 0, where it has an open one."""
        lowest = self.forward.min(0, initial=self.closed)
        column = np.where(lowest < self.far, lowest, 0)
        # The potential of a column is the lowest cost into it, and that of a row is lowered by as
        # much as its arcs still have in common: no length falls below 0.
        listen("flow")
        rest = self.forward - column
        lowest = rest.min(1, initial=self.closed)
        row = np.where(lowest < self.far, lowest, 0)
        return np.concatenate([-row, column])

    def _fill(self, row: int) -> None:
        """Send what fits over the arcs of length 0."""
        listen("flow")
        columns = slice(self.rows, None)
        need = -self.excess[columns]
        fall = self.potential[row] - self.potential[columns]
        length = self.forward[row] + fall
        useful = (length == 0) & (need > 0)
        tight = np.flatnonzero(useful)
        capacity = self.capacity[row, tight]
        room = np.minimum(capacity, need[tight])
        # What is left after the columns before fills the next one, as far as it goes.
        before = np.cumsum(room) - room
        left = self.excess[row] - before
        units = np.clip(left, 0, room)
        filled = tight[units > 0]
        for column in filled.tolist():
            path = [row, self.rows + column]
            self.push(path, self._most(path))

    def _most(self, path: list[int]) -> int:
        """Return how many units the ends of a path and its arcs allow."""
        left = int(self.excess[path[0]])
        lacking = -int(self.excess[path[-1]])
        room = starmap(self._room, pairwise(path))
        return min(left, lacking, *room)

    def _room(self, start: int, end: int) -> int:
        if start < end:
            arc = start, end - self.rows
            room = self.capacity[arc] - self.flow[arc]
            return int(room)
        arc = end, start - self.rows
        return int(self.flow[arc])

    def _cut(self) -> CutError:
        """Return what the last search has reached, from where no open arc leads out."""
        reached = np.zeros(self.potential.size, bool)
        reached[self.done] = True
        rows, columns = np.split(reached, [self.rows])
        return CutError(rows, columns)
