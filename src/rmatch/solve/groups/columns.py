"""Some groups of every leader, and the linear programme that shares the mentors out among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.groups.problem import Group, GroupProblem
from rmatch.solve.network.network import Whole
from rmatch.utils.aside import LONG, aside
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy.sparse import csr_array


UNIT = 2**16
"""Prices are whole multiples of the so manieth part of a point: to round them costs less than a point in all."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupPrices(Value):
    """What a place with each mentor costs, and what a pair earns, in parts of a point (see `UNIT`).

    Attributes
    ----------
    mentors : ndarray of int64
        The price of each mentor; below 0 only for those who must have partners.
    bonus : int
        What each pair earns where their number is given.
    """

    mentors: Whole
    bonus: int

    def constant(self, problem: GroupProblem, pairs: int | None) -> int:
        """Return what the mentors can earn at most, less the bonus of as many pairs as there are."""
        most = problem.mentor_capacity @ np.maximum(self.mentors, 0)
        fewest = problem.mentor_minimum @ np.minimum(self.mentors, 0)
        return int(most + fewest) - self.bonus * (pairs or 0)


@dataclass(frozen=True, slots=True, eq=False)
class Columns(Value):
    """Groups that leaders may get.

    Attributes
    ----------
    leader : ndarray of int64
        Whose group each is.
    worth : ndarray of int64
        What it is worth.
    members : csr_array of int64, shape (groups, mentors)
        1 for each mentor in it.
    """

    leader: Whole
    worth: Whole
    members: csr_array

    @classmethod
    def of(cls, problem: GroupProblem, groups: Iterable[tuple[int, Group]]) -> Columns:
        """Put some groups together, each with its leader."""
        from scipy.sparse import csr_array

        some = list(groups)
        rows = [problem.leaders[column].mentors[list(group)] for column, group in some]
        starts = np.cumsum([0, *map(len, rows)])
        who = np.concatenate([np.zeros(0, np.int64), *rows])
        members = csr_array(
            (np.ones(len(who), np.int64), who, starts), shape=(len(some), problem.shape[0])
        )
        worth = [problem.leaders[column].worth(group) for column, group in some]
        leader = np.array([column for column, _ in some], np.int64)
        return cls(leader, np.array(worth, np.int64), members)

    @property
    def sizes(self) -> Whole:
        """How many mentors are in each group."""
        sizes: Whole = np.diff(self.members.indptr).astype(np.int64)
        return sizes

    def groups(self, problem: GroupProblem) -> list[Group]:
        """Return the groups by leader, where each has one."""
        which, mentors = self.members.nonzero()
        return problem.groups(mentors.astype(np.int64), self.leader[which])

    def within(self, problem: GroupProblem) -> list[tuple[int, Group]]:
        """Return those of the groups that a problem of the same people allows, each with its leader."""
        found = []
        ends = self.members.indptr.tolist()
        for column, start, end in zip(self.leader.tolist(), ends[:-1], ends[1:], strict=True):
            group = problem.leaders[column].group(self.members.indices[start:end])
            if group is not None:
                found.append((column, group))
        return found

    def among(self, some: NDArray[np.bool_]) -> Columns:
        """Return some of the groups."""
        return Columns(self.leader[some], self.worth[some], self.members[np.flatnonzero(some)])

    def and_those(self, others: Columns) -> Columns:
        """Return these groups and others."""
        from scipy.sparse import vstack

        leader = np.concatenate([self.leader, others.leader])
        worth = np.concatenate([self.worth, others.worth])
        return Columns(leader, worth, vstack([self.members, others.members], format="csr"))

    def have(self, mentor: int, leader: int) -> NDArray[np.bool_]:
        """Return which groups give a mentor to a leader."""
        given: NDArray[np.bool_] = (self.members[:, [mentor]].toarray()[:, 0] > 0) & (
            self.leader == leader
        )
        return given

    def reduced(self, prices: GroupPrices) -> Whole:
        """Return what each group is worth less the prices of its members, in parts of a point."""
        reduced: Whole = (
            UNIT * self.worth + prices.bonus * self.sizes - self.members @ prices.mentors
        )
        return reduced


class Shared(NamedTuple):
    """How a linear programme shares the mentors out."""

    points: float
    shares: NDArray[np.float64]
    prices: GroupPrices
    missing: float


def shared_out(
    problem: GroupProblem, columns: Columns, pairs: int | None, penalty: float
) -> Shared:
    """Return the best shares of groups, those of a leader adding up to 1.

    Parameters
    ----------
    problem : GroupProblem
        Places and minimums.
    columns : Columns
        The groups.
    pairs : int, optional
        How many pairs there are to be.
    penalty : float
        What each leader without a group, each pair too few and each partner costs whom a mentor must have and has not.

    Returns
    -------
    Shared
        Points, shares, prices, and how much is missing of groups, pairs and partners.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    count, (mentors, leaders) = len(columns.leader), problem.shape
    groups = csr_array((np.ones(count), (columns.leader, np.arange(count))), shape=(leaders, count))
    number = csr_array(columns.sizes[None, :].astype(float))
    must = np.flatnonzero(problem.mentor_minimum > 0)
    members = columns.members.T.astype(float)
    given = vstack([groups, number] if pairs is not None else [groups])
    asked = np.append(np.ones(leaders), [] if pairs is None else [pairs])
    lacking = len(must) + len(asked)
    nothing = csr_array((mentors, lacking))
    solver: Any = partial(
        linprog,
        np.concatenate([-columns.worth.astype(float), np.full(lacking, penalty)]),
        A_ub=vstack(
            [
                hstack([members, nothing]),
                -hstack([members.tocsr()[must], eye_array(len(must), lacking)]),
            ],
            format="csr",
        ),
        b_ub=np.concatenate([problem.mentor_capacity, -problem.mentor_minimum[must]]),
        A_eq=hstack([given, eye_array(len(asked), lacking, k=len(must))], format="csr"),
        b_eq=asked,
        method="highs-ipm",
    )
    answer = aside("groups", LONG, solver)
    if answer.status != 0:
        message = f"the linear programme of groups has no answer: {answer.message}"
        raise RmatchError(message)
    prices = -answer.ineqlin.marginals[:mentors]
    prices[must] += answer.ineqlin.marginals[mentors:]
    bonus = 0.0 if pairs is None else answer.eqlin.marginals[-1]
    return Shared(
        points=-answer.fun,
        shares=answer.x[:count],
        prices=GroupPrices(np.rint(UNIT * prices).astype(np.int64), round(UNIT * float(bonus))),
        missing=float(answer.x[count:].sum()),
    )
