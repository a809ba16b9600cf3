"""The residual network of a transportation problem, and shortest paths through it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.network.network import Network, Numbers, Whole

    Goal = Callable[[int, Numbers], int | None]

FAR = 2**60
"""No real path is as long as this."""

CLOSED = 2**61
"""The length of an arc that cannot be used: one of them makes a path too long, and two are still within int64."""


class Search:
    """A flow, and its residual network: rows, then columns, as one list of nodes, each with a potential.

    The length of an arc is its cost plus the fall in potential from its tail to its head, and never negative. Potentials
    are prices of rows and minus the prices of columns. What an arc costs is up to those who make a search: they set
    `forward` and `backward`, and `lengths` for a single arc.

    Attributes
    ----------
    network : Network
        The problem.
    flow : numpy.ndarray of int64
        Units on each arc, shape (rows, columns).
    excess : numpy.ndarray of int64
        Units that each node has left over; below 0 what it lacks.
    potential : numpy.ndarray
        The potential of each node, in the type of the points.
    forward, backward : numpy.ndarray
        What one step more costs on each arc, shape (rows, columns), and one step less, shape (columns, rows).
    done : list of int
        The nodes that the last search was done with, the nearest first.
    """

    forward: Numbers
    backward: Numbers
    rows: int

    def __init__(self, network: Network) -> None:
        self.network = network
        self.rows, columns = network.points.shape
        kind = network.points.dtype
        whole = kind.kind == "i"
        self.far: Any = FAR if whole else np.inf
        self.closed: Any = CLOSED if whole else np.inf
        self.flow: Whole = np.zeros((self.rows, columns), np.int64)
        self.excess: Whole = np.concatenate([network.supply, -network.demand])
        self.potential: Numbers = np.zeros(self.rows + columns, kind)
        self.done: list[int] = []

    def lengths(self, row: int, column: int, flow: int) -> tuple[Any, Any]:
        """Return what one step more and one step less cost on an arc with so many units."""
        raise NotImplementedError

    def path(self, source: int, goal: Goal) -> list[int]:
        """Return a shortest path from a node to a goal, and lower the potentials it passed; empty if there is none (Dijkstra).

        Parameters
        ----------
        source : int
            Where to begin.
        goal : callable
            Gets the nearest node not done yet and the distances of all of those; returns a goal that is as near, if
            there is one.
        """
        listen("flow")
        rows, potential, closed = self.rows, self.potential, self.closed
        distance = np.full(potential.size, closed, potential.dtype)
        distance[source] = 0
        parent = np.full(potential.size, source)
        # The length of an arc: its cost, plus the potential it leaves, minus the one it enters.
        landing = -potential
        columns_ahead = distance[rows:], landing[rows:], parent[rows:]
        rows_ahead = distance[:rows], landing[:rows], parent[:rows]
        self.done = done = []
        lengths: list[Any] = []
        while True:
            node = int(distance.argmin())
            length = distance[node]
            if length >= self.far:
                return []
            end = goal(node, distance)
            if end is not None:
                break
            done.append(node)
            lengths.append(length)
            # Farther than any open arc can make up for: none leads back to a node that is done.
            distance[node] = closed
            landing[node] = 2 * closed
            if node < rows:
                arcs = self.forward[node]
                known, land, origin = columns_ahead
            else:
                arcs = self.backward[node - rows]
                known, land, origin = rows_ahead
            through = arcs + land
            through += length + potential[node]
            shorter = through < known
            np.copyto(known, through, where=shorter)
            origin[shorter] = node
        # An arc gets shorter by what its tail is nearer than the end, and longer by what its head
        # is. No head is farther than its tail plus the arc: so no length falls below 0, and along
        # the path all are 0. What is sent along it opens only arcs back, of length 0 too.
        potential[done] += np.array(lengths, potential.dtype) - length
        return _path_to(end, source, parent)

    def push(self, path: list[int], units: int) -> None:
        """Send units along a path."""
        self.excess[path[0]] -= units
        self.excess[path[-1]] += units
        for start, end in pairwise(path):
            if start < end:
                self._add(start, end - self.rows, units)
            else:
                self._add(end, start - self.rows, -units)

    def _add(self, row: int, column: int, units: int) -> None:
        flow = self.flow[row, column] + units
        self.flow[row, column] = flow
        # Only this arc and the one back have changed.
        ahead, back = self.lengths(row, column, flow)
        self.forward[row, column] = ahead
        self.backward[column, row] = back


def _path_to(end: int, source: int, parent: Whole) -> list[int]:
    """Return the nodes from the source to an end, when each node's parent is known."""
    path = [end]
    while end != source:
        end = int(parent[end])
        path.append(end)
    return path[::-1]
