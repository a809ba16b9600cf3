"""Column generation: prices of mentors at which the best groups of all leaders bound what any groups are worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.solve.groups.best_group import NONE, Search
from rmatch.solve.groups.columns import UNIT, Columns, GroupPrices, shared_out
from rmatch.solve.groups.problem import Group, GroupProblem
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from rmatch.solve.groups.columns import Shared
    from rmatch.solve.network.network import Whole

NEAR = 1e-6
"""Prices are near enough to the best once the bound is above the linear programme by this share of it."""
KEPT = 10
"""So many groups of each leader are added at once, the best."""
HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What groups are worth at some prices.

    Attributes
    ----------
    prices : GroupPrices
        The prices.
    best : ndarray of int64
        The most that a group of each leader is worth less its prices, in parts of a point.
    bound : int
        What no groups of all leaders exceed, in parts of a point.
    found : list of (int, tuple of int)
        Good groups, each with its leader.
    """

    prices: GroupPrices
    best: Whole
    bound: int
    found: list[tuple[int, Group]]


class Start(NamedTuple):
    """Where to begin with a problem of the same people: prices and groups that were good in one that is much the same."""

    prices: GroupPrices
    columns: Columns

    @classmethod
    def free(cls, problem: GroupProblem) -> Start:
        """Return where to begin where nothing is known: no mentor costs anything."""
        free = GroupPrices(np.zeros(problem.shape[0], np.int64), 0)
        return cls(free, Columns.of(problem, []))


def search(problem: GroupProblem, column: int, prices: GroupPrices) -> Search:
    """Return a search for groups of a leader at some prices."""
    leader = problem.leaders[column]
    net = UNIT * leader.rest + prices.bonus - prices.mentors[leader.mentors]
    return Search(leader, net, UNIT * leader.gains)


def priced(problem: GroupProblem, prices: GroupPrices, pairs: int | None) -> Priced:
    """Find the best group of every leader at some prices."""
    best, found = np.full(len(problem.leaders), NONE), []
    for column in range(len(problem.leaders)):
        listen("groups")
        good = search(problem, column, prices).best(KEPT)
        if good:
            best[column] = good[0][0]
        found += [(column, group) for _, group in good]
    bound = sum(best.tolist()) + prices.constant(problem, pairs)
    return Priced(prices, best, bound, found)


def most_with(
    problem: GroupProblem, prices: GroupPrices, pairs: int | None, cells: Iterable[tuple[int, int]]
) -> list[int | None]:
    """Return for each of some pairs what no groups of all leaders that have it exceed in points.

    Parameters
    ----------
    problem : GroupProblem
        What the groups are worth.
    prices : GroupPrices
        Whatever prices; the better they are, the less the bounds exceed what is possible.
    pairs : int, optional
        How many pairs there are.
    cells : iterable of (int, int)
        Row and column of each pair.

    Returns
    -------
    list of int or None
        None where nobody may be given such a group.
    """
    known, found = priced(problem, prices, pairs), list[int | None]()
    for row, column in cells:
        listen("groups")
        (place,) = np.nonzero(problem.leaders[column].mentors == row)
        best = search(problem, column, prices).best_with(int(place[0])) if len(place) else NONE
        rest = known.bound - int(known.best[column])
        found.append(None if best == NONE else (rest + best) // UNIT)
    return found


def generated(
    problem: GroupProblem,
    groups: Iterable[tuple[int, Group]],
    pairs: int | None,
    penalty: float,
    start: Priced,
) -> Iterator[tuple[Priced, Columns, Shared]]:
    """Go through better and better prices, until the bound is about what the linear programme over all groups allows.

    The prices that are tried lie between the best so far and those of the linear programme, which alone would swing [1]_.

    Parameters
    ----------
    problem : GroupProblem
        What to share out.
    groups : iterable of (int, tuple of int)
        Groups that are known, each with its leader.
    pairs : int, optional
        How many pairs there are to be.
    penalty : float
        What a missing group, pair or partner costs.
    start : Priced
        Where to begin.

    Yields
    ------
    tuple of Priced, Columns and Shared
        The best prices, the groups that are known by now, and how the linear programme shares these out.

    References
    ----------
    .. [1] P. Wentges, "Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming", International
       Transactions in Operational Research 4(2), 1997. :doi:`10.1111/j.1475-3995.1997.tb00071.x`
    """
    best, weight = start, HALF
    known = dict.fromkeys([*groups, *best.found])
    while True:
        columns = Columns.of(problem, known)
        shared = shared_out(problem, columns, pairs, penalty)
        yield best, columns, shared
        if best.bound / UNIT - shared.points <= NEAR * abs(shared.points) + 1 / 2:
            return
        tried = priced(problem, _between(best.prices, shared.prices, weight), pairs)
        before = len(known)
        known |= dict.fromkeys(tried.found)
        if tried.bound < best.bound:
            best = tried
        # Where little is new half-way, it is looked for at the prices of the linear programme.
        weight = HALF if 2 * (len(known) - before) > problem.shape[1] else 0.0


def _between(one: GroupPrices, other: GroupPrices, weight: float) -> GroupPrices:
    mentors = np.rint(weight * one.mentors + (1 - weight) * other.mentors).astype(np.int64)
    return GroupPrices(mentors, round(weight * one.bonus + (1 - weight) * other.bonus))
