"""Loads shared out evenly: most units served, then by as different ones as possible, then for the most points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError, is_whole
from rmatch.solve.network.concave import concave_transport
from rmatch.solve.network.network import UNLIMITED, Network, Numbers, Whole
from rmatch.solve.network.optimal_face import optimal_face
from rmatch.solve.network.transport import transport
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


def balance_loads(problem: LoadProblem, ties: Whole) -> SemiMatching:
    """Return the best way to share units out, and of several the one with the largest ties.

    Parameters
    ----------
    problem : LoadProblem
        Who needs how many units from whom.
    ties : numpy.ndarray of int64
        What decides among equals, shape (rows, columns).

    Returns
    -------
    SemiMatching
        The units and the prices.

    Raises
    ------
    InvalidInputError
        If the numbers outgrow 64 bits.

    Examples
    --------
    The second column is worth less to both rows, and serves one of them all the same:

    >>> one, two = np.array([1, 1]), np.array([2, 2])
    >>> points = np.array([[9, 1], [9, 2]])
    >>> found = balance_loads(LoadProblem(points, np.ones_like(points), one, two), points)
    >>> found.units.tolist()
    [[1, 0], [0, 1]]
    """
    _refuse_large(problem)
    network = problem.network(_most_units(problem))
    bend = np.zeros(network.points.shape, np.int64)
    bend[-1, :-1] = problem.bend
    flow, u, v = concave_transport(network, bend)
    units = _by_ties(network, (flow, u, v), bend, ties)
    return _proved(problem, units, u, v)


def _refuse_large(problem: LoadProblem) -> None:
    nodes = sum(problem.points.shape) + 2
    longest = 2 * problem.bend * (int(problem.room.max(initial=0)) + 1)
    if max(longest * nodes, 2 * problem.bonus) > LARGEST:
        size = f"{int(problem.needed.sum()):,} pairs of so many points are too many for exact loads"
        raise InvalidInputError([Fault("", "points", size, "give smaller points")])


def _most_units(problem: LoadProblem) -> int:
    """Return how many units can be served at all."""
    network = problem.network(0)
    points, capacity = np.zeros_like(network.points), network.capacity.copy()
    points[:-1, :-1], capacity[-1, -1] = 1, UNLIMITED
    flow, _, _ = transport(replace(network, points=points, capacity=capacity))
    return int(flow[:-1, :-1].sum())


def _by_ties(
    network: Network, best: tuple[Whole, Numbers, Numbers], bend: Whole, ties: Whole
) -> Whole:
    """Return the units of the best flow with the largest ties.

    All best flows agree with the prices of one of them. What a column has left differs between them by one unit at most,
    since each unit of it earns less than the one before: the price of the column is that of this unit, or of none.
    """
    flow, u, v = best
    left, squares = flow[-1, :-1], bend[-1, :-1]
    price = u[-1] + v[:-1] - network.points[-1, :-1]
    # The unit that comes after y others earns −b (2 y + 1) beside the points of its arc.
    next_earns_it = (-squares * (2 * left + 1) == price) & (left < network.capacity[-1, :-1])
    last_earns_it = (-squares * (2 * left - 1) == price) & (left > 0)
    sure = left - last_earns_it
    points, capacity = network.points.copy(), network.capacity.copy()
    points[-1, :-1] += price
    capacity[-1, :-1] = next_earns_it | last_earns_it
    supply, demand = network.supply.copy(), network.demand.copy()
    supply[-1] -= sure.sum()
    demand[:-1] -= sure
    shared, choice = optimal_face(Network(points, capacity, supply, demand), u, v, ties)
    units: Whole = (shared + transport(choice)[0])[:-1, :-1]
    return units


def _proved(problem: LoadProblem, units: Whole, u: Numbers, v: Numbers) -> SemiMatching:
    """Return the units with prices for a bonus that outweighs all else.

    The flow had the number of units given. That no way serves more is proved by a cut: what rows that lack units reach,
    along arcs with room and back along units, has no room left. All other rows and the reached columns are raised by what
    the bonus has more than in the prices of the flow.
    """
    rows, columns = _cut(problem, units)
    # What an unserved unit is worth goes by the price of the dummy column, and what room is worth by that of the dummy row.
    less = int(u[-1] + v[-1])
    bonus = max(problem.bonus, less)
    served = np.maximum(u[:-1] + v[-1], 0) + (bonus - less) * ~rows
    return SemiMatching(units, served, u[-1] + v[:-1] + (bonus - less) * columns, bonus)


def _cut(problem: LoadProblem, units: Whole) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    rows = lacking = units.sum(1) < problem.needed
    ahead, back = units < problem.capacity, units > 0
    while True:
        columns = ahead[rows].any(0)
        reached = lacking | back[:, columns].any(1)
        if (reached == rows).all():
            return rows, columns
        rows = reached


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
