"""Max-min: how good the worst pair can be."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.solve.reroute import Residual

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network import Network, Numbers, Whole
    from rmatch.solve.reroute import Arcs, Mask


class Bottleneck(NamedTuple):
    """How good the worst pair can be, and why not better.

    Attributes
    ----------
    value : int or float
        The most points that the worst pair can have.
    rows, columns : numpy.ndarray of bool
        A part of the network that shows it: these rows supply more than these columns demand and than all arcs out of
        the part carry, if pairs with `value` points or fewer are left out. The last of each is the dummy.
    """

    value: float
    rows: NDArray[np.bool_]
    columns: NDArray[np.bool_]


def bottleneck(network: Network, flow: Whole, points: Numbers) -> Bottleneck | None:
    r"""Return the largest :math:`t` for which some flow uses no real arc with fewer than :math:`t` points.

    The lowest level in use is closed and its units are sent another way, again and again, until they find none [1]_.

    Parameters
    ----------
    network : Network
        Arcs, supplies and demands; its own points do not matter. The last row and the last column are the dummies.
    flow : numpy.ndarray of int64
        Any flow of the network; the better its worst arc, the less work is left.
    points : numpy.ndarray
        The points of the real arcs.

    Returns
    -------
    Bottleneck or None
        The value with its proof; None if the flow has no pair.

    References
    ----------
    .. [1] R. S. Garfinkel, "An improved algorithm for the bottleneck assignment problem", Operations Research 19(7),
       1971. :doi:`10.1287/opre.19.7.1747`

    Examples
    --------
    >>> from rmatch.solve.network import Network
    >>> points = np.array([[9, 5], [6, 3]])
    >>> one = np.array([1, 1, 0])
    >>> network = Network(np.zeros((3, 3)), np.ones((3, 3), int), one, one)
    >>> bottleneck(network, np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]]), points).value
    5
    """
    residual = _Better(network, flow, points)
    while residual.worst:
        residual.level = residual.worst[0][0]
        reached = residual.reroute(*residual.clear(*residual.take_worst()))
        if reached is not None:
            return Bottleneck(residual.level, *reached)
    return None


class _Better(Residual):
    """A residual network on which new pairs have more than `level` points, looked at only where a search gets to."""

    def __init__(self, network: Network, flow: Whole, points: Numbers) -> None:
        super().__init__(network, flow)
        self.points = points
        self.level: float = -np.inf
        pairs = np.nonzero(flow[:-1, :-1])
        self.worst = list(zip(points[pairs].tolist(), *(side.tolist() for side in pairs), strict=True))
        heapify(self.worst)

    def take_worst(self) -> tuple[Whole, Whole]:
        """Return the pairs in use with the fewest points; the heap also holds pairs that are no longer in use."""
        taken = set()
        while self.worst and self.worst[0][0] == self.level:
            _, row, column = heappop(self.worst)
            if self.flow[row, column]:
                taken.add((row, column))
        rows, columns = np.array(sorted(taken), np.int64).reshape(-1, 2).T
        return rows, columns

    def arcs_ahead(self, front: Whole) -> Mask:
        steps = self.ahead[front]
        real = front < len(self.points)
        steps[real, :-1] &= self.points[front[real]] > self.level
        return steps

    def shift(self, row: int, column: int, units: int, also: Arcs | None) -> None:
        super().shift(row, column, units, also)
        if units > 0 and row < len(self.points) and column < self.points.shape[1]:
            heappush(self.worst, (self.points[row, column].item(), row, column))
