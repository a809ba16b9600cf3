"""Loads shared out evenly: most units served, then by as different ones as possible, then for the most points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.certificates.loads import LARGEST, LoadProblem, SemiMatching
from rmatch.solve.network.concave import concave_transport
from rmatch.solve.network.network import UNLIMITED, Network, Numbers, Whole
from rmatch.solve.network.optimal_face import optimal_face
from rmatch.solve.network.transport import transport
from rmatch.utils.text import numeral


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
        size = f"{numeral(int(problem.needed.sum()))} pairs of so many points are too many for exact loads"
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
