"""Better groups from good ones: one place of every leader is filled anew, all of them at once and at best."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.aside import aside
from rmatch.utils.linear_sum import linear_sum_assignment
from rmatch.utils.loops import heard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.solve.groups.problem import Group, GroupProblem, Leader
    from rmatch.solve.network.network import Whole

NEVER = -(2**40)
"""What a pair that may not be made is worth, in an assignment that can do without."""
IDLE = 3
"""After so many rounds without any more points nothing more is tried."""


def exchanged(problem: GroupProblem, groups: Sequence[Group]) -> list[Group]:
    """Return groups of the same sizes that have as many points or more.

    From every group one member goes, the one after the last that went, and those who have gone and whoever has a place
    left are assigned to the leaders anew, for the most points. Nobody is in fewer groups than they must be.

    Parameters
    ----------
    problem : GroupProblem
        What each group is worth.
    groups : sequence of tuple of int
        The group of every leader, as the problem allows them.

    Returns
    -------
    list of tuple of int
        The groups after some rounds, as many as bring more points.
    """
    current, turn, idle = list(groups), 0, 0
    while idle < IDLE * max(map(len, current), default=0):
        leaders = [column for column, group in enumerate(current) if group]
        left = [_without(group, turn) for group in current]
        seats = _seats(problem, left)
        asked = heard(leaders, "groups")
        worth = np.array([_worth(problem.leaders[one], left[one], seats) for one in asked])
        solver = partial(linear_sum_assignment, worth, maximize=True)
        rows, places = aside("groups", worth.size, solver)
        filled = list(current)
        for row, place in zip(rows.tolist(), places.tolist(), strict=True):
            filled[leaders[row]] = _with(
                problem.leaders[leaders[row]], left[leaders[row]], seats[place]
            )
        better = problem.worth(filled) > problem.worth(current) and _serves(problem, filled)
        current, idle = (filled, 0) if better else (current, idle + 1)
        turn += 1
    return current


def _serves(problem: GroupProblem, groups: Sequence[Group]) -> bool:
    """Tell whether every mentor is in as many groups as they must be."""
    return bool((_held(problem, groups) >= problem.mentor_minimum).all())


def _held(problem: GroupProblem, groups: Sequence[Group]) -> Whole:
    return np.bincount(problem.pairs(groups)[0], minlength=problem.shape[0])


def _without(group: Group, turn: int) -> Group:
    gone = turn % max(len(group), 1)
    return (*group[:gone], *group[gone + 1 :])


def _with(leader: Leader, group: Group, mentor: int) -> Group:
    return tuple(sorted((*group, int(np.searchsorted(leader.mentors, mentor)))))


def _seats(problem: GroupProblem, groups: Sequence[Group]) -> Whole:
    """Return the mentors who can be given beside some groups, each as often as they have places left."""
    left = problem.mentor_capacity - _held(problem, groups)
    return np.repeat(np.arange(len(left)), left)


def _worth(leader: Leader, group: Group, seats: Whole) -> Whole:
    """Return what a group is worth with each of the mentors who can be given."""
    members = list(group)
    have = leader.gains[:, members].max(axis=1, initial=0)
    more = leader.rest + np.maximum(leader.gains - have[:, None], 0).sum(axis=0)
    worth = np.full(len(more), NEVER)
    possible = np.ones(len(more), bool)
    possible[members] = False
    for member in members if leader.kinds is not None else ():
        possible &= leader.apart(np.array([member]), np.arange(len(more)))[0]
    worth[possible] = leader.worth(group) + more[possible]
    place = np.minimum(np.searchsorted(leader.mentors, seats), max(len(more) - 1, 0))
    found: Whole = np.where(leader.mentors[place] == seats, worth[place], NEVER)
    return found
