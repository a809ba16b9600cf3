"""The first unit of a row or a column can be worth more than the ones after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.network.network import UNLIMITED, Network

if TYPE_CHECKING:
    from rmatch.solve.network.network import Whole


def with_firsts(network: Network, rows: Whole, columns: Whole) -> Network:
    r"""Return the network in which the first unit of each row and of each column earns something on top.

    Where there is one place only, each of its arcs earns it. A row with several places loses it with the last place that
    stays empty: that place goes to a second dummy column, at the price of what is lost, and to the first one go all others.
    What each unit earns only falls from one to the next, so that flows of a linear network maximise it [1]_. Whoever must
    have a partner has a first one in any case.

    Parameters
    ----------
    network : Network
        Whole points; the last row and the last column are dummies, and what arcs to them hold is what may stay empty.
    rows, columns : numpy.ndarray of int64
        What the first unit of each real row and column earns, 0 or more.

    Returns
    -------
    Network
        With one more row and column if somebody has several places.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows", Prentice Hall, 1993, section 14.3.

    Examples
    --------
    >>> points, capacity = np.array([[7, 0], [0, 0]]), np.array([[1, 2], [0, 9]])
    >>> plain = Network(points, capacity, np.array([2, 1]), np.array([1, 2]))
    >>> with_firsts(plain, np.array([5]), np.array([0])).points.tolist()
    [[7, 0, -5], [0, 0, 0], [0, 0, 0]]
    """
    single = [
        gain * (places[:-1] == 1)
        for gain, places in ((rows, network.supply), (columns, network.demand))
    ]
    points = network.points.astype(np.int64)
    points[:-1, :-1] += np.add.outer(*single)
    several = [
        np.flatnonzero((gain > 0) & (places[:-1] > 1) & (empty[:-1] == places[:-1]))
        for gain, places, empty in (
            (rows, network.supply, network.capacity[:, -1]),
            (columns, network.demand, network.capacity[-1]),
        )
    ]
    if not any(map(len, several)):
        return replace(network, points=points)
    points, capacity = np.pad(points, (0, 1)), np.pad(network.capacity, (0, 1))
    # Two kinds of dummies cannot keep count of the pairs, so that each pair earns more than all points can differ by where
    # their number comes first. It costs no first unit: a path that adds a pair leaves nobody without.
    out, into = network.supply[:-1].sum(), network.demand[:-1].sum()
    if network.supply[-1] < into:
        points[:-2, :-2] += (min(out, into) + 1) * int(np.ptp(points)) + 1
    supply = np.concatenate([network.supply[:-1], [into + len(several[0]), len(several[1])]])
    demand = np.concatenate([network.demand[:-1], [out + len(several[1]), len(several[0])]])
    capacity[-2:, -2:] = UNLIMITED
    for those, gain, lines in (
        (several[0], rows, (points, capacity)),
        (several[1], columns, (points.T, capacity.T)),
    ):
        worth, room = lines
        worth[those, -1] = -gain[those]
        room[those, -1] = 1
        room[those, -2] -= 1
    return Network(points, capacity, supply, demand)
