"""The route through scipy's dense assignment solver, for problems where no arc needs a capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.aside import aside
from rmatch.utils.linear_sum import linear_sum_assignment
from rmatch.utils.loops import strips

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Whole

DENSE_CELLS = 2**28
"""More units on both sides are only written out where there are as many people."""


def dense(network: Network) -> Whole:
    r"""Return a flow with the most points by one rectangular assignment.

    The last row and the last column of the network are its dummies, and the capacity of an open arc must not bind.
    Each unit of the smaller side becomes a row of the assignment, each unit of the other side and of the dummy column
    opposite becomes a column: with :math:`s` units on the smaller side and :math:`K` pairs asked for these are
    :math:`s - K` dummy columns of 0 points, so no full assignment has fewer than :math:`K` pairs. Columns left over
    go to the dummy row, which needs no units of its own [1]_.

    Columns closed to the dummy row must not be left over. They earn a bonus above anything the points can differ by,
    so that the most of them are filled first.

    Parameters
    ----------
    network : Network
        A feasible network for which `exact` holds.

    Returns
    -------
    numpy.ndarray of int64
        Units on each arc, shape (rows, columns).

    References
    ----------
    .. [1] D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE Transactions on Aerospace and
       Electronic Systems 52(4), 2016. :doi:`10.1109/TAES.2016.140952`

    Examples
    --------
    >>> import numpy as np
    >>> from rmatch.solve.network.network import Network
    >>> points = np.array([[7, 5, 0], [6, 1, 0], [0, 0, 0]])
    >>> supply = demand = np.array([1, 1, 0])
    >>> dense(Network(points, np.full((3, 3), 9), supply, demand)).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    side = _smaller_first(network)
    supply = side.supply[:-1]
    # A unit of each row and of each column, and what they belong to.
    row_of = np.repeat(np.arange(len(supply)), supply)
    column_of = np.repeat(np.arange(len(side.demand)), side.demand)
    unit_cost = np.empty((len(row_of), len(column_of)))
    bonus, must_be_filled = _bonus(side), (side.capacity[-1] == 0)[column_of]
    # scipy copies all but float64 in C order, minimised, with no more rows than columns.
    for units in strips(unit_cost.shape, "dense"):
        some = row_of[units]
        is_open = side.capacity[some][:, column_of] > 0
        points = side.points[some][:, column_of].astype(np.float64)
        cost = np.where(is_open, -points, np.inf)
        cost[:, must_be_filled] -= bonus
        unit_cost[units] = cost
    who, others = aside("dense", unit_cost.size, lambda: linear_sum_assignment(unit_cost))
    arcs = row_of[who], column_of[others]
    flow = np.zeros(side.points.shape, np.int64)
    np.add.at(flow, arcs, 1)
    flow[-1] = side.demand - flow.sum(0)
    return flow if side is network else flow.T


def suits(network: Network) -> bool:
    """Return whether `dense` solves a network without minimums: single places on one side, numbers it holds exactly."""
    supply, demand = network.supply[:-1], network.demand[:-1]
    single = min(supply.max(initial=0), demand.max(initial=0)) <= 1
    small = supply.sum() * demand.sum() <= max(DENSE_CELLS, len(supply) * len(demand))
    return bool(single and small) and (network.points.dtype.kind == "f" or exact(network))


def exact(network: Network) -> bool:
    r"""Return whether float64 holds every number that `dense` computes for whole points.

    With :math:`s` units on the smaller side and costs within a range :math:`r` that includes 0, the distances and
    prices of its shortest paths stay within :math:`(2s + 3) r`, which must not exceed :math:`2^{53}`. Without closed
    columns the range is that of the points; with them it grows to :math:`(s + 1) r + 1`, so that ties below
    :math:`2^{32}` fit up to 1,000 units on the smaller of two unequal sides.
    """
    side = _smaller_first(network)
    units = int(side.supply[:-1].sum())
    reach = _spread(side) + _bonus(side)
    largest = (2 * units + 3) * reach
    return largest <= 2**53


def _smaller_first(network: Network) -> Network:
    """Return the network, turned round if its rows supply more than its columns demand, the dummies aside."""
    supply = network.supply[:-1].sum()
    demand = network.demand[:-1].sum()
    return network.transposed if supply > demand else network


def _spread(network: Network) -> int:
    highest = int(network.points.max())
    lowest = int(network.points.min())
    return highest - lowest


def _bonus(side: Network) -> int:
    """Return 0 if every full assignment fills the columns closed to the dummy row, or if there are none."""
    units = int(side.supply[:-1].sum())
    if units == side.demand.sum():
        return 0
    needed = side.demand > 0
    may_stay_empty = side.capacity[-1] > 0
    if may_stay_empty[needed].all():
        return 0
    # All units together cannot lose as much by other pairs as this.
    return units * _spread(side) + 1
