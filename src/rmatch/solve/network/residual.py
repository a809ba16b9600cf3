"""What a flow leaves open: units that are taken off some arcs find other ways through all that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.compiled import available
from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Network, Whole

    Mask = NDArray[np.bool_]
    Reached = tuple[Mask, Mask]

NOBODY = -1

COMPILED = 2**17
"""From so many arcs on loading the compiled search takes less time than it saves."""


class Residual:
    """A flow, and the arcs on which it may still change.

    Attributes
    ----------
    network : Network
        Capacities, supplies and demands; its points do not matter here.
    flow : numpy.ndarray of int64
        Units on each arc, shape (rows, columns).
    ahead, back : numpy.ndarray of bool
        Free arcs that take one unit more, shape (rows, columns), or one less, shape (columns, rows).
    better : numpy.ndarray of bool, optional
        Which arcs ahead may be used at all; without it all of them.
    """

    def __init__(self, network: Network, flow: Whole) -> None:
        self.network = network
        self.better: Mask | None = None
        self.flow: Whole = np.empty_like(flow)
        self.ahead: Mask = np.empty(flow.shape, bool)
        self.back: Mask = np.empty(flow.shape[::-1], bool)
        for rows in strips(flow.shape, "paths"):
            self.flow[rows] = flow[rows]
            self.ahead[rows] = flow[rows] < network.capacity[rows]
            self.back[:, rows] = (flow[rows] > 0).T
        # The only row that sends to a column of one unit, or any row before there is one; -1 for other columns.
        self._sender: Whole = np.where(network.demand == 1, self.back.argmax(1), NOBODY)
        # What has changed since the flow was last whole.
        self._cleared: tuple[Whole, Whole]
        self._shifted: list[tuple[int, int, int]]
        self._keep()

    @property
    def free(self) -> Mask:
        """The arcs whose flow may change."""
        free: Mask = self.ahead | self.back.T
        return free

    def clear(self, rows: Whole, columns: Whole) -> tuple[Whole, Whole]:
        """Take everything off these free arcs of one unit, close them, and return what rows and columns now lack."""
        row_count, column_count = self.flow.shape
        used = self.flow[rows, columns] > 0
        self._cleared, self._shifted = (rows[used], columns[used]), []
        self.flow[rows, columns] = 0
        self.ahead[rows, columns] = False
        self.back[columns, rows] = False
        left_over = np.bincount(rows[used], minlength=row_count)
        lacking = np.bincount(columns[used], minlength=column_count)
        return left_over, lacking

    def reroute(self, excess: Whole, deficit: Whole) -> Reached | None:
        """Send units from rows to columns along free arcs as long as any can be sent.

        Parameters
        ----------
        excess, deficit : numpy.ndarray of int64
            Units that each row has left over and that each column lacks; what is sent is taken off.

        Returns
        -------
        tuple of two numpy.ndarray of bool or None
            The rows and columns that the units left over still reach; None if there are none left.
        """
        while excess.any():
            listen("paths")
            hits, by_row, by_column, reached = self.nearest(excess > 0, deficit > 0)
            if not hits.size:
                return reached
            # Two ways from different rows have nothing in common, because everything was reached
            # only once.
            sent = set()
            for goal in hits.tolist():
                way = _way(goal, by_row, by_column)
                source = way[-1][0]
                if source in sent:
                    continue
                sent.add(source)
                excess[source] -= 1
                deficit[goal] -= 1
                for row, column, units in way:
                    self.shift(row, column, units)
        self._keep()
        return None

    def _keep(self) -> None:
        """Let what has changed stay: everything that was taken off has found its way."""
        none = np.zeros(0, np.int64)
        self._cleared, self._shifted = (none, none), []

    def restore(self) -> None:
        """Take back what has changed since the flow was last whole; which arcs are free is not known any more."""
        for row, column, units in reversed(self._shifted):
            self.flow[row, column] -= units
        self.flow[self._cleared] = 1

    def nearest(self, sources: Mask, goals: Mask) -> tuple[Whole, Whole, Whole, Reached]:
        """Return the nearest goals, how each column and row was reached, and which were (breadth first)."""
        if self.flow.size >= COMPILED and available():
            from rmatch.solve.network.compiled_search import search

            also = self.ahead if self.better is None else self.better
            arcs = self.ahead, also, self.back
            *ways, seen, found = search(*arcs, self._sender, (sources, goals))
            return *ways, (seen, found)
        rows, columns = self.flow.shape
        by_row = np.full(columns, NOBODY)
        by_column = np.full(rows, NOBODY)
        seen = sources.copy()
        found = np.zeros(columns, bool)
        # Each node is reached once: the way there is a shortest one, and two ways from different
        # rows never meet.
        front = np.flatnonzero(sources)
        while front.size:
            new = _spread(self.arcs_ahead(front), front, found, by_row)
            hits = new[goals[new]]
            if hits.size:
                return hits, by_row, by_column, (seen, found)
            front = _spread(self.back[new], new, seen, by_column)
        return np.zeros(0, np.int64), by_row, by_column, (seen, found)

    def arcs_ahead(self, front: Whole) -> Mask:
        """Return the free arcs that take one unit more, of some rows."""
        steps: Mask = self.ahead[front]
        return steps if self.better is None else steps & self.better[front]

    def send(self, rows: Whole, columns: Whole) -> None:
        """Send one unit more over some arcs, each of them there once."""
        self._shifted += [(*arc, 1) for arc in zip(rows.tolist(), columns.tolist(), strict=True)]
        self.flow[rows, columns] += 1
        self.ahead[rows, columns] = self.flow[rows, columns] < self.network.capacity[rows, columns]
        self.back[columns, rows] = True
        self._sender[columns] = np.where(self._sender[columns] < 0, NOBODY, rows)

    def shift(self, row: int, column: int, units: int) -> None:
        """Send one unit more or less over an arc."""
        self._shifted.append((row, column, units))
        flow = self.flow[row, column] + units
        more = flow < self.network.capacity[row, column]
        less = flow > 0
        self.flow[row, column] = flow
        if units > 0 and self._sender[column] >= 0:
            self._sender[column] = row
        self.ahead[row, column] = more
        self.back[column, row] = less


def _way(column: int, by_row: Whole, by_column: Whole) -> list[tuple[int, int, int]]:
    """Return the arcs from a column back to where its way began, with one unit more or less on each."""
    way = []
    while True:
        row = int(by_row[column])
        way.append((row, column, 1))
        column = int(by_column[row])
        if column == NOBODY:
            return way
        way.append((row, column, -1))


def _spread(steps: Mask, front: Whole, seen: Mask, by: Whole) -> Whole:
    """Go over the arcs of the front to what has not been seen, note from where, and return it."""
    new = np.flatnonzero(steps.any(0) & ~seen)
    if new.size:
        first = steps[:, new].argmax(0)
        by[new] = front[first]
        seen[new] = True
    return new
