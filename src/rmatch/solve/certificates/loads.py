"""Loads that are shared out evenly: the problem, the answer with its prices, and the check that nothing is better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul
from typing import Any

import numpy as np

from rmatch.errors import is_whole
from rmatch.solve.network.network import Network, Whole
from rmatch.utils.values import Value

LARGEST = 2**57
"""What a length of the network times its nodes must not exceed."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadProblem(Value):
    r"""Who needs how many units from whom; not validated again.

    Of all ways to serve units those are best that serve the most, of these those with the least
    :math:`\sum_j l_j^2` of the loads :math:`l_j`, and of these those with the most points. A semi-matching of the least
    sum of squares has the lowest largest load, too, and as many servers with any load as possible [1]_.

    Attributes
    ----------
    points : numpy.ndarray of int64
        What a unit from column `j` is worth to row `i`, shape (rows, columns).
    capacity : numpy.ndarray of int64
        The most units between the two; 0 where the one may not serve the other.
    needed : numpy.ndarray of int64
        The units that each row needs.
    room : numpy.ndarray of int64
        The units that each column can serve.

    References
    ----------
    .. [1] N. J. A. Harvey, R. E. Ladner, L. Lovász and T. Tamir, "Semi-matchings for bipartite graphs and load
       balancing", Journal of Algorithms 59(1), 2006. :doi:`10.1016/j.jalgor.2005.01.003`
    """

    points: Whole
    capacity: Whole
    needed: Whole
    room: Whole

    @property
    def bend(self) -> int:
        """What the square of a load costs: so much that two squares less outweigh all points."""
        is_open = self.capacity > 0
        most = self.points.max(1, initial=0, where=is_open)
        least = self.points.min(1, initial=0, where=is_open)
        return int((self.needed * (most - least)).sum()) // 2 + 1

    @property
    def bonus(self) -> int:
        """What a unit counts beside its points: more than all that loads and points together can differ by."""
        return self.bend * (int(self.needed.sum()) ** 2 + 2) + 1

    def network(self, units: int) -> Network:
        """Return the transportation network of so many units: the dummy row takes the room that is left, the dummy column who is not served."""
        rows, columns = self.points.shape
        points, capacity = np.zeros((2, rows + 1, columns + 1), np.int64)
        points[:-1, :-1], capacity[:-1, :-1] = self.points, self.capacity
        # With y = room − load, −b load² is 2 b room y − b y² and a constant.
        points[-1, :-1] = 2 * self.bend * self.room
        capacity[-1, :-1], capacity[:-1, -1] = self.room, self.needed
        supply = np.append(self.needed, self.room.sum() - units)
        demand = np.append(self.room, self.needed.sum() - units)
        return Network(points, capacity, supply, demand)


@dataclass(frozen=True, slots=True, eq=False)
class SemiMatching(Value):
    r"""The best way to share units out, with prices that prove it.

    With the prices :math:`u_i \ge 0` of the rows and :math:`v_j` of the columns, the bonus :math:`\lambda` of each unit and
    the bend :math:`b`, no way to share units out has more than

    .. math:: \sum_i d_i u_i + \sum_j \max_{0 \le l \le c_j} (v_j l - b l^2)
              + \sum_{ij} c_{ij} \max(0, p_{ij} + \lambda - u_i - v_j)

    for :math:`\sum p_{ij} x_{ij} + \lambda \sum x_{ij} - b \sum_j l_j^2`. The bonus and the bend are so large that this
    sum is largest exactly for the best.

    Attributes
    ----------
    units : numpy.ndarray of int64
        The units between each row and each column.
    u, v : numpy.ndarray of int64
        Prices of the rows and of the columns.
    bonus : int
        What a unit counts beside its points.
    """

    units: Whole
    u: Whole
    v: Whole
    bonus: int


def semi_failures(problem: LoadProblem, claimed: SemiMatching) -> Iterator[str]:
    """Go through everything that keeps prices from proving that units are shared out in the best way.

    Parameters
    ----------
    problem : LoadProblem
        Who needs how many units from whom.
    claimed : SemiMatching
        What is said to be the best way.

    Yields
    ------
    str
        What does not hold.
    """
    units, bend = claimed.units, problem.bend
    if not _is_proof(problem, claimed):
        yield "no whole number of units for each two and price for each one, or beyond 64 bits"
        return
    if ((units < 0) | (units > problem.capacity)).any():
        yield "somebody serves whom they may not"
    load = units.sum(0)
    if (units.sum(1) > problem.needed).any() or (load > problem.room).any():
        yield "more is served than somebody needs, or has room for"
    over = problem.points + claimed.bonus - claimed.u[:, None] - claimed.v
    reached = _product(units, problem.points + claimed.bonus) - bend * _product(load, load)
    bound = _product(problem.needed, claimed.u) + _product(problem.capacity * (over > 0), over)
    bound += most_earned(claimed.v, bend, problem.room)
    if claimed.bonus < problem.bonus:
        yield "a unit counts too little beside points to come first"
    if (claimed.u < 0).any() or bound > reached:
        yield "the prices do not prove that nothing is better"


def most_earned(prices: Whole, bend: int, room: Whole) -> int:
    r"""Return what columns earn at most at their prices: the sum of :math:`\max_{0 \le l \le c} (v l - b l^2)`.

    Examples
    --------
    Of 7 l − 2 l² the largest is 6, at 2; of 7 l − 2 l² up to 1 it is 5:

    >>> most_earned(np.array([7, 7]), 2, np.array([9, 1]))
    11
    """
    # The l-th unit is worth taking while b (2 l − 1) ≤ v.
    loads = np.clip((prices // bend + 1) // 2, 0, room)
    return _product(loads, prices) - bend * _product(loads, loads)


def _is_proof(problem: LoadProblem, claimed: Any) -> bool:
    shapes = (
        (claimed.units, problem.points.shape),
        (claimed.u, problem.needed.shape),
        (claimed.v, problem.room.shape),
    )
    return is_whole(claimed.bonus, 0, 2 * LARGEST) and all(
        isinstance(array, np.ndarray)
        and array.dtype == np.int64
        and array.shape == shape
        and int(array.max(initial=0)) <= 4 * LARGEST
        and int(array.min(initial=0)) >= -4 * LARGEST
        for array, shape in shapes
    )


def _product(counts: Whole, prices: Whole) -> int:
    """Return the sum of products, in numbers of any size."""
    some = np.flatnonzero(counts)
    return sum(map(mul, counts.ravel()[some].tolist(), prices.ravel()[some].tolist()))
