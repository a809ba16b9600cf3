"""A transportation problem whose arcs earn less with every unit, solved exactly in whole units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.network.search import CLOSED, Search
from rmatch.utils.compiled import available
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Numbers, Whole


COMPILED = 2**15
"""From so many arcs on loading the compiled searches takes less time than they save."""
SEARCHES = 2**12
"""After so many of them somebody listens."""


def concave_transport(network: Network, bend: Whole) -> tuple[Whole, Numbers, Numbers]:
    r"""Return the flow with the most points, where each unit of an arc earns less than the one before, and prices that prove it.

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
    flow : numpy.ndarray of int64
        Units on each arc; an optimum over all whole flows.
    u, v : numpy.ndarray
        Prices of the rows and of the columns, in the type of the points: the next unit of an arc earns their sum at most, and the last one at least.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows", Prentice Hall, 1993, section 14.5.

    Examples
    --------
    Of three units the arc that earns 7, 5, 3 … takes two, and the one that earns 5, 3, 1 … one:

    >>> from rmatch.solve.network.network import Network
    >>> network = Network(np.array([[8, 6]]), np.array([[3, 3]]), np.array([3]), np.array([2, 1]))
    >>> flow, u, v = concave_transport(network, np.array([[1, 1]]))
    >>> flow.tolist()
    [[2, 1]]
    """
    search = _Concave(network, bend)
    largest = int(network.supply.max(initial=1))
    # The largest power of two that a supply holds: larger steps could not be sent.
    step = 2 ** max(largest.bit_length() - 1, 0)
    while step:
        search.refine(step)
        step //= 2
    # With steps of one unit only what no arc carries can be left, and the network was feasible.
    if search.excess.any():
        message = "units are left that no arc carries. This is a fault of rmatch: please report it"
        raise RmatchError(message)
    u, minus_v = np.split(search.potential, [search.rows])
    return search.flow, u, -minus_v


class _Concave(Search):
    """A search in steps of several units, in which each unit of an arc earns less than the one before.

    No arc that takes a step has a negative length.
    """

    def __init__(self, network: Network, bend: Whole) -> None:
        super().__init__(network)
        self.bend = bend
        self.step = 1

    def refine(self, step: int) -> None:
        """Make the flow the best one for steps of this size, as far as it can be made of them."""
        self.step = step
        self._measure()
        # A step over an arc of negative length leaves one of positive length back. What it upsets
        # is the excess of its ends, which paths then carry to where it is lacking.
        while self._repair():
            self._measure()
        if self.flow.size >= COMPILED and self.closed == CLOSED and available():
            self._sent_compiled()
            return
        for node in np.flatnonzero(self.excess >= step).tolist():
            while self.excess[node] >= step:
                path = self.path(node, self._lacking)
                if not path:
                    break
                self.push(path, step)

    def _sent_compiled(self) -> None:
        from rmatch.solve.network.compiled_concave import Board, send

        known = self.network.points, self.bend, self.network.capacity
        limits = (np.require(each, np.int64, ("C", "W")) for each in known)
        board = Board(self.forward, self.backward, self.flow, self.excess, self.potential, *limits)
        node = 0
        while node < self.potential.size:
            listen("flow")
            node = send(board, self.step, node, SEARCHES)

    def lengths(self, row: int, column: int, flow: int) -> tuple[Any, Any]:
        """Return what the next step costs on an arc, and what the last one would if it were taken back."""
        capacity = self.network.capacity[row, column]
        points = self.network.points[row, column]
        bend = self.bend[row, column]
        ahead, back = self._costs(points, bend, flow)
        if flow + self.step > capacity:
            ahead = self.closed
        if flow < self.step:
            back = self.closed
        return ahead, back

    def _costs(self, points: Any, bend: Any, flow: Any) -> tuple[Any, Any]:
        """Return the costs per unit of a step of `s` units more, and of `s` less.

        From `x` to `x + s` units an arc earns ``p s - b ((x + s)² - x²)``, which is ``p - b (2 x + s)`` per unit.
        """
        twice = 2 * flow
        ahead = bend * (twice + self.step) - points
        back = points - bend * (twice - self.step)
        return ahead, back

    def _measure(self) -> None:
        """Set the costs of all arcs."""
        flow, network = self.flow, self.network
        ahead, back = self._costs(network.points, self.bend, flow)
        has_room = flow + self.step <= network.capacity
        has_units = flow >= self.step
        backward = np.where(has_units, back, self.closed)
        self.forward = np.where(has_room, ahead, self.closed)
        self.backward = np.ascontiguousarray(backward.T)

    def _repair(self) -> bool:
        """Take a step on every arc whose length is negative, and tell whether there was one."""
        listen("flow")
        rows, columns = np.split(self.potential, [self.rows])
        fall = rows[:, None] - columns
        more = self.forward + fall < 0
        less = self.backward.T - fall < 0
        steps = more.astype(np.int64) - less
        change = self.step * steps
        self.flow = self.flow + change
        sent, received = change.sum(1), change.sum(0)
        self.excess -= np.concatenate([sent, -received])
        return bool(change.any())

    def _lacking(self, node: int, _: Numbers) -> int | None:
        return node if self.excess[node] <= -self.step else None
