"""The best groups of a problem: prices first, then branch and bound over the few groups that they leave."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.groups.best_group import NONE
from rmatch.solve.groups.branch import Branching
from rmatch.solve.groups.columns import UNIT, Columns
from rmatch.solve.groups.dive import dived
from rmatch.solve.groups.exchange import exchanged
from rmatch.solve.groups.generate import Start, generated, priced, search
from rmatch.solve.groups.proof import GroupCase, GroupProof
from rmatch.utils.stopping import listen, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.solve.groups.columns import Shared
    from rmatch.solve.groups.problem import Group, GroupProblem
    from rmatch.solve.groups.proof import Cell

FIRST = 5.0
"""It is first tried whether anything comes so near the bound that so many groups of each leader can be part of it."""
MORE = 1.25
"""If nothing does, so many times as many groups,"""
WIDER = 1.5
"""and so many times as far from the bound at least."""
ROUGHLY = 1e-2
"""Whole groups are made of shares once the bound is so near to these,"""
MORE_NEARLY = 10
"""and again once it is so many times as near."""
LARGEST = 200_000
"""Among more groups nothing is searched: what is open then stays open, and is stated."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """Groups, and what proves that there are no better ones.

    Attributes
    ----------
    groups : list of tuple of int, or None
        The group of every leader; nothing where no groups go together, or none are known.
    bound : int
        What the points of no groups exceed.
    proof : GroupProof
        What proves the bound.
    start : Start
        Where to begin with a problem that is much the same.
    """

    groups: list[Group] | None
    bound: int
    proof: GroupProof
    start: Start


class Optimising:
    """A search for the best groups, which can be stopped at any time.

    Parameters
    ----------
    problem : GroupProblem
        What the groups are worth.
    pairs : int, optional
        How many pairs there are to be.
    groups : sequence of tuple of int, optional
        Groups with so many pairs, to begin with.
    start : Start, optional
        Prices of a problem that is much the same, and groups that were good there.
    """

    def __init__(
        self,
        problem: GroupProblem,
        pairs: int | None,
        groups: Sequence[Group] | None,
        start: Start | None = None,
    ) -> None:
        self.problem, self.pairs = problem, pairs
        self.groups = None if groups is None else list(groups)
        begin = start or Start.free(problem)
        self.root, self.columns = priced(problem, begin.prices, pairs), begin.columns
        self.known = [*enumerate(self.groups or []), *begin.columns.within(problem)]
        self.total = _less_than_any(problem) if groups is None else problem.worth(groups)
        # Whatever is missing costs more than anything else can bring.
        self.penalty = float(problem.most - self.total + 1)
        self.bound, self.cases = self.root.bound // UNIT, tuple[GroupCase, ...]()
        self.progress: dict[Cell, float] = {}

    def solved(self) -> Optimum:
        """Return the best groups, or the best so far once the run is to stop."""
        if NONE not in self.root.best.tolist():
            with suppress(StopError):
                self._price()
                self._search()
        proof = GroupProof(self.root.prices, self.cases)
        start = Start(self.root.prices, self.columns)
        return Optimum(self.groups, max(self.bound, self.total), proof, start)

    def _price(self) -> None:
        """Find the prices with the lowest bound, and groups from what they are found from."""
        if self.groups is not None:
            self._keep(exchanged(self.problem, self.groups))
        every = generated(self.problem, self.known, self.pairs, self.penalty, self.root)
        near = ROUGHLY
        for passes, (root, columns, shared) in enumerate(every, 1):
            self.root, self.bound, self.columns = root, root.bound // UNIT, columns
            self._report(passes)
            if self.bound - shared.points <= near * abs(shared.points):
                self._dive(columns, shared)
                near /= MORE_NEARLY

    def _search(self) -> None:
        """Look for something that comes near the bound, ever farther from it, until there is or cannot be anything."""
        top, near, few = self.bound, 0.0, FIRST
        while self.bound > self.total:
            self._report(0)
            near = max(WIDER * near, self._near_enough(few))
            few *= MORE
            least = max(self.total, top - int(near))
            columns = self._within(top - least)
            if columns is None:
                return
            self._branch(columns, least)

    def _near_enough(self, few: float) -> float:
        """Return how far from the bound so many of the groups of each leader that are known can be part of something."""
        slack = self.root.best[self.columns.leader] - self.columns.reduced(self.root.prices)
        count = min(int(few * self.problem.shape[1]), len(slack)) - 1
        return float(np.partition(slack, count)[count]) / UNIT + 1

    def _branch(self, columns: Columns, least: int) -> None:
        """Find the best of some groups, the only ones in anything with more points than the least."""
        asked = self.problem, self.pairs, self.penalty, max(self.total, least)
        branching = Branching(*asked, columns, self.progress)
        self._settle(branching)
        for splits, _ in enumerate(branching.steps(), 1):
            if branching.best is not None:
                self._keep(branching.best.groups(self.problem))
            self._settle(branching)
            self._report(splits)

    def _settle(self, branching: Branching) -> None:
        """Take over what is proved, unless more was proved before."""
        if branching.bound < self.bound:
            self.bound, self.cases = branching.bound, branching.cases

    def _within(self, near: int) -> Columns | None:
        """Return the groups that can be part of something so near the bound, if they are not too many."""
        found: list[tuple[int, Group]] = []
        for column, best in enumerate(self.root.best.tolist()):
            listen("groups")
            possible = search(self.problem, column, self.root.prices).all(best - UNIT * near)
            found += [(column, group) for _, group in possible]
            if len(found) > LARGEST:
                return None
        return Columns.of(self.problem, found)

    def _dive(self, columns: Columns, shared: Shared) -> None:
        found = dived(self.problem, columns, self.pairs, self.penalty, shared)
        if found is not None:
            self._keep(exchanged(self.problem, found.groups(self.problem)))

    def _keep(self, groups: list[Group]) -> None:
        """Keep groups that are better than those that are known."""
        total = self.problem.worth(groups)
        if total > self.total:
            self.groups, self.total = groups, total

    def _report(self, passes: int) -> None:
        pairs = sum(map(len, self.groups or []))
        total = self.total if self.groups else 0
        report("groups", passes, pairs, (total, max(self.bound, total)))


def _less_than_any(problem: GroupProblem) -> int:
    """Return less than any groups are worth."""
    return sum(int(np.minimum(leader.rest, 0).sum()) for leader in problem.leaders) - 1
