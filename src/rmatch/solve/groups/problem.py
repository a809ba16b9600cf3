"""Groups for leaders: what each group is worth, where a want that several mentors teach counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Participation, Problem
from rmatch.utils.stopping import listen
from rmatch.utils.values import Value

if TYPE_CHECKING:  # imported where it is needed
    from scipy.sparse import csr_array

Group = tuple[int, ...]
"""The mentors of one leader, by the positions that the leader knows them under, in order."""

UNKNOWN = -1
"""Of somebody of unknown kind, who may be of anybody's."""


@dataclass(frozen=True, slots=True, eq=False)
class Leader(Value):
    """What one leader can be given.

    Attributes
    ----------
    mentors : ndarray of int64
        The rows of those who may be in the group, in order.
    rest : ndarray of int64
        What each of them adds in any group.
    gains : ndarray of int64, shape (wants, mentors)
        What each of them brings for each want; a group has the largest.
    sizes : tuple of int
        How many there may be, in order.
    kinds : ndarray of int64, optional
        Of which kind each of them is, of which a group has one at most.
    """

    mentors: Whole
    rest: Whole
    gains: NDArray[np.int64]
    sizes: tuple[int, ...]
    kinds: Whole | None

    @property
    def most(self) -> int:
        """What no group exceeds in points: the best mentors, each counted alone."""
        alone = np.maximum(self.rest + self.gains.sum(axis=0), 0)
        return int(np.sort(alone)[::-1][: max(self.sizes, default=0)].sum())

    def worth(self, group: Sequence[int]) -> int:
        """Return the points of a group."""
        if not group:
            return 0
        some = list(group)
        return int(self.rest[some].sum() + self.gains[:, some].max(axis=1, initial=0).sum())

    def apart(self, some: NDArray[np.intp], others: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of some may be in a group with which of others."""
        if self.kinds is None:
            return np.ones((len(some), len(others)), bool)
        one, other = self.kinds[some][:, None], self.kinds[others]
        apart: NDArray[np.bool_] = (one != other) & (one != UNKNOWN) & (other != UNKNOWN)
        return apart

    def beside(self, member: int, others: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return those of others who may be in a group with a member."""
        able: NDArray[np.intp] = others[self.apart(np.array([member]), others)[0]]
        return able

    def group(self, rows: Whole) -> Group | None:
        """Return the group of some mentors, if the leader may have it."""
        places = np.searchsorted(self.mentors, rows)
        if not len(rows) or places.max() < len(self.mentors):
            group = tuple(sorted(places.tolist()))
            if (self.mentors[places] == rows).all() and self.admits(group):
                return group
        return None

    def admits(self, group: Sequence[int]) -> bool:
        """Tell whether a group has an allowed size and nobody twice of a kind."""
        if len(group) not in self.sizes:
            return False
        if self.kinds is None or len(group) < 2:
            return True
        theirs = self.kinds[list(group)]
        return bool((theirs != UNKNOWN).all() and len(np.unique(theirs)) == len(group))


@dataclass(frozen=True, eq=False)
class GroupProblem(Value):
    r"""Who may teach whom in groups, and what each group is worth; not validated again.

    A leader `j` gets a group :math:`S_j` of one of the allowed sizes, and

    .. math:: \max \sum_j f_j(S_j), \qquad
       f_j(S) = \sum_{i \in S} r_{ij} + \sum_{w \text{ of } j} \max_{i \in S} g_{wi},

    where each mentor is in as many groups as they have places for at most.

    Attributes
    ----------
    rest : ndarray of int64, shape (mentors, mentees)
        What adds up over pairs, :math:`r`.
    mentee : ndarray of int64, shape (wants,)
        Whose want it is.
    gains : csr_array of int64, shape (wants, mentors)
        What each mentor brings for each want, :math:`g`, from 0.
    allowed : ndarray of bool, shape (mentors, mentees)
        The pairs that may be made.
    mentor_capacity, mentor_minimum : ndarray of int64
        Most and fewest groups of each mentor.
    sizes : tuple of tuple of int
        How many mentors each mentee may get, in order.
    kinds : ndarray of int64, optional
        Of which kind each mentor is; a group has one of a kind at most, and who is of unknown kind, -1, is alone.
    participation : {"most", "best"}
        As many pairs as possible and then the best of these, or the best with any number of pairs.
    """

    rest: NDArray[np.int64]
    mentee: Whole
    gains: csr_array
    allowed: NDArray[np.bool_]
    mentor_capacity: Whole
    mentor_minimum: Whole
    sizes: tuple[tuple[int, ...], ...]
    kinds: Whole | None
    participation: Participation

    @property
    def shape(self) -> tuple[int, int]:
        """The number of mentors and of mentees."""
        mentors, mentees = self.rest.shape
        return mentors, mentees

    def ordered(self, rows: Whole, columns: Whole) -> GroupProblem:
        """Return the same problem with mentors and mentees in another order."""
        place = np.argsort(columns)
        return replace(
            self,
            rest=self.rest[np.ix_(rows, columns)],
            mentee=place[self.mentee],
            gains=self.gains[:, rows],
            allowed=self.allowed[np.ix_(rows, columns)],
            mentor_capacity=self.mentor_capacity[rows],
            mentor_minimum=self.mentor_minimum[rows],
            sizes=tuple(self.sizes[column] for column in columns.tolist()),
            kinds=None if self.kinds is None else self.kinds[rows],
        )

    @property
    def counting(self) -> GroupProblem:
        """The same problem with a point for every pair, so that the best total is the largest number of pairs."""
        nothing = np.zeros(0, np.int64)
        return replace(
            self,
            rest=np.ones_like(self.rest),
            mentee=nothing,
            gains=self.gains[:0],
            participation="best",
        )

    @property
    def additive(self) -> Problem:
        """The problem in which every pair counts alone and every number of partners between the sizes is allowed."""
        gains, alone = self.gains.tocoo(), self.rest.copy()
        wants, mentors = gains.coords
        listen("groups")
        np.add.at(alone, (mentors, self.mentee[wants]), gains.data)
        listen("groups")
        fewest = np.array([min(sizes) for sizes in self.sizes], np.int64)
        most = np.array([max(sizes) for sizes in self.sizes], np.int64)
        return Problem(
            alone,
            self.allowed,
            self.mentor_capacity,
            most,
            self.mentor_minimum,
            fewest,
            self.participation,
        )

    @property
    def is_plain(self) -> bool:
        """Whether every number of partners between two is allowed, with whomever."""
        whole = all(len(sizes) == sizes[-1] - sizes[0] + 1 for sizes in self.sizes)
        return whole and self.kinds is None

    @cached_property
    def leaders(self) -> list[Leader]:
        """What each leader can be given."""
        able = self.allowed & (self.mentor_capacity > 0)[:, None]
        order = np.argsort(self.mentee, kind="stable")
        ends = np.searchsorted(self.mentee[order], np.arange(self.shape[1] + 1))
        found = []
        for column, sizes in enumerate(self.sizes):
            listen("groups")
            mentors = np.flatnonzero(able[:, column])
            wants = order[ends[column] : ends[column + 1]]
            gains = self.gains[wants][:, mentors].toarray()
            kinds = None if self.kinds is None else self.kinds[mentors]
            taught = gains[gains.any(axis=1)]
            within = tuple(size for size in sizes if size <= len(mentors))
            found.append(Leader(mentors, self.rest[mentors, column], taught, within, kinds))
        return found

    @property
    def most(self) -> int:
        """What no groups exceed in points: everybody's best mentors, each counted alone."""
        return sum(leader.most for leader in self.leaders)

    def worth(self, groups: Sequence[Group]) -> int:
        """Return what the groups of all leaders are worth together."""
        return sum(map(Leader.worth, self.leaders, groups))

    def groups(self, rows: Whole, columns: Whole) -> list[Group]:
        """Return the group of every leader in some pairs, each of which may be made."""
        found: list[list[int]] = [[] for _ in self.leaders]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            found[column].append(int(np.searchsorted(self.leaders[column].mentors, row)))
        return [tuple(sorted(group)) for group in found]

    def pairs(self, groups: Sequence[Group]) -> tuple[Whole, Whole]:
        """Return row and column of each pair of some groups, sorted by row and then by column."""
        made = [
            (int(leader.mentors[member]), column)
            for column, (leader, group) in enumerate(zip(self.leaders, groups, strict=True))
            for member in group
        ]
        rows, columns = np.array(sorted(made), np.int64).reshape(-1, 2).T
        return rows.copy(), columns.copy()
