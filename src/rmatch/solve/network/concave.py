"""A transportation problem whose arcs earn less with every unit, solved exactly in whole units."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import RmatchError

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Whole

FAR = 2**60
CLOSED = 2**61


def concave_transport(network: Network, bend: Whole) -> Whole:
    r"""Return the flow with the most points, where each unit of an arc earns less than the one before.

    Maximises :math:`\sum p_{ij} x_{ij} - b_{ij} x_{ij}^2` over the whole flows of a network. Units are first sent in
    steps of a large power of two, then of half of it, and so on to single units; from one step size to the next only
    what the finer steps would change is repaired, along shortest augmenting paths [1]_.

    Parameters
    ----------
    network : Network
        A feasible network with whole points.
    bend : numpy.ndarray of int64
        How fast the points of each arc fall, 0 or more, shape (rows, columns).

    Returns
    -------
    numpy.ndarray of int64
        Units on each arc; an optimum over all whole flows.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows", Prentice Hall, 1993, section 14.5.

    Examples
    --------
    Of three units the arc that earns 7, 5, 3 … takes two, and the one that earns 5, 3, 1 … one:

    >>> from rmatch.solve.network.network import Network
    >>> network = Network(np.array([[8, 6]]), np.array([[3, 3]]), np.array([3]), np.array([2, 1]))
    >>> concave_transport(network, np.array([[1, 1]])).tolist()
    [[2, 1]]
    """
    search = _Search(network, bend)
    step = 2 ** max(int(network.supply.max(initial=1)).bit_length() - 1, 0)
    while step:
        search.refine(step)
        step //= 2
    if search.excess.any():
        message = "units are left that no arc carries. This is a fault of rmatch: please report it"
        raise RmatchError(message)
    return search.flow


class _Search:
    """The residual network: rows, then columns, with a level for each; no arc that takes a step has a negative length.

    The length of an arc is what a unit of the next step loses, and the fall in level.
    """

    def __init__(self, network: Network, bend: Whole) -> None:
        self.rows = len(network.supply)
        self.network, self.bend = network, bend
        self.flow = np.zeros_like(network.capacity)
        self.level = np.zeros(sum(network.capacity.shape), np.int64)
        self.excess = np.concatenate([network.supply, -network.demand])
        self.step = 1
        self.forward = self.backward = self.flow

    def refine(self, step: int) -> None:
        """Make the flow the best one for steps of this size, as far as it can be made of them."""
        self.step = step
        self._measure()
        while self._repair():
            self._measure()
        for node in np.flatnonzero(self.excess >= step).tolist():
            while self.excess[node] >= step and (path := self._path(node)):
                self._push(path)

    def _measure(self) -> None:
        points, flow, step = self.network.points, self.flow, self.step
        slope: Any = points - self.bend * (2 * flow)
        self.forward = np.where(
            flow + step <= self.network.capacity, self.bend * step - slope, CLOSED
        )
        self.backward = np.ascontiguousarray(
            np.where(flow >= step, slope + self.bend * step, CLOSED).T
        )

    def _repair(self) -> bool:
        """Take a step on every arc whose length is negative, and tell whether there was one."""
        fall = self.level[: self.rows, None] - self.level[self.rows :]
        more, less = self.forward + fall < 0, self.backward.T - fall < 0
        change = self.step * (more.astype(np.int64) - less)
        self.flow = self.flow + change
        self.excess -= np.concatenate([change.sum(1), -change.sum(0)])
        return bool(change.any())

    def _path(self, source: int) -> list[int]:
        """Return a shortest path to a node that lacks a step, and lower the levels it passed; empty if there is none."""
        distance = np.full(self.level.size, CLOSED)
        parent = np.full(self.level.size, source)
        waiting = distance.copy()
        distance[source] = waiting[source] = 0
        done: list[int] = []
        while True:
            node = int(waiting.argmin())
            length = distance[node]
            if waiting[node] >= FAR:
                return []
            if self.excess[node] <= -self.step:
                break
            done.append(node)
            self._reach(node, distance, waiting, parent)
        self.level[done] += distance[done] - length
        path = [node]
        while path[-1] != source:
            path.append(int(parent[path[-1]]))
        return path[::-1]

    def _reach(self, node: int, distance: Whole, waiting: Whole, parent: Whole) -> None:
        ahead = node < self.rows
        there = slice(self.rows, None) if ahead else slice(0, self.rows)
        arcs = self.forward[node] if ahead else self.backward[node - self.rows]
        through = arcs + (distance[node] + self.level[node] - self.level[there])
        shorter = through < distance[there]
        distance[there][shorter] = waiting[there][shorter] = through[shorter]
        parent[there][shorter] = node
        waiting[node] = CLOSED

    def _push(self, path: list[int]) -> None:
        self.excess[path[0]] -= self.step
        self.excess[path[-1]] += self.step
        for start, end in pairwise(path):
            if start < end:
                self._add(start, end - self.rows, self.step)
            else:
                self._add(end, start - self.rows, -self.step)

    def _add(self, row: int, column: int, units: int) -> None:
        flow = self.flow[row, column] = self.flow[row, column] + units
        bend, capacity = self.bend[row, column], self.network.capacity[row, column]
        slope = self.network.points[row, column] - bend * 2 * flow
        self.forward[row, column] = (
            bend * self.step - slope if flow + self.step <= capacity else CLOSED
        )
        self.backward[column, row] = slope + bend * self.step if flow >= self.step else CLOSED
