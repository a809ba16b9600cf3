"""Branch and bound over groups: a pair is made or not, until prices close every case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.groups.columns import shared_out
from rmatch.solve.groups.proof import GroupCase, bounded, worthwhile
from rmatch.utils.aside import all_aside
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.solve.groups.columns import Columns, Shared
    from rmatch.solve.groups.problem import GroupProblem
    from rmatch.solve.groups.proof import Cell

TRIED = 4
"""So many pairs are tried before a case is split by one of them."""
WHOLE = 1e-6


@dataclass(slots=True)
class Case:
    """Groups that are still possible, how the linear programme shares them out, what bounds them, and how they are split."""

    columns: Columns
    shared: Shared
    bound: int
    pair: Cell | None = None
    parts: tuple[Case, ...] = ()

    def __lt__(self, other: Case) -> bool:
        """Tell whether this is to be looked at before another one."""
        return self.bound > other.bound

    @property
    def listed(self) -> tuple[GroupCase, ...]:
        """The case and those that it is split into, each before its own."""
        first = GroupCase(self.shared.prices, self.pair)
        return (first, *(case for part in self.parts for case in part.listed))


class Branching:
    """The search, which knows the best groups so far; none are better than nothing.

    The case with the highest bound is always the next, so that none is split that the best groups will close.

    Parameters
    ----------
    problem : GroupProblem
        What to share out.
    pairs : int, optional
        How many pairs there are to be.
    penalty : float
        What a missing group, pair or partner costs.
    total : int
        The points of the best groups that are known.
    columns : Columns
        The groups that are possible.
    progress : dict of tuple of int to float
        How much it brought last to split a case by a pair; learned.
    """

    def __init__(
        self,
        problem: GroupProblem,
        pairs: int | None,
        penalty: float,
        total: int,
        columns: Columns,
        progress: dict[Cell, float],
    ) -> None:
        self.problem, self.pairs, self.penalty, self.total = problem, pairs, penalty, total
        self.best: Columns | None = None
        self.progress = progress
        self.root = self._case(columns)
        self.open = [self.root]

    @property
    def bound(self) -> int:
        """What no choice of these groups exceeds in points."""
        return max(self.total, self.open[0].bound) if self.open else self.total

    @property
    def cases(self) -> tuple[GroupCase, ...]:
        """What proves the bound."""
        return self.root.listed

    def steps(self) -> Iterator[None]:
        """Split one case after the other, until the bound is what the best groups have.

        Yields
        ------
        None
            After each.
        """
        while self.bound > self.total:
            self._look_at(self.open[0])
            yield

    def _case(self, columns: Columns) -> Case:
        shared = shared_out(self.problem, columns, self.pairs, self.penalty)
        return Case(columns, shared, bounded(self.problem, columns, shared.prices, self.pairs))

    def _parts(self, columns: Columns, pair: Cell) -> list[Case]:
        """Return the cases in which a pair is made and is not; each has a thread."""
        listen("groups")
        made = columns.have(*pair)
        parts = columns.among(made | (columns.leader != pair[1])), columns.among(~made)
        return all_aside("groups", [partial(self._case, part) for part in parts])

    def _look_at(self, case: Case) -> None:
        """Split the first of the open cases, or keep the groups that it comes down to."""
        pairs = self._undecided(case.columns, case.shared.shares)
        if not pairs:
            self._found(case)
            return
        kept = worthwhile(self.problem, case.columns, case.shared.prices, self.pairs, self.total)
        assert kept is not None  # else the bound would not exceed the total
        self._split(case, case.columns.among(kept), self._promising(pairs))
        heappop(self.open)
        for part in case.parts:
            heappush(self.open, part)

    def _split(self, case: Case, columns: Columns, pairs: list[Cell]) -> None:
        """Split a case by that of some pairs which brings the bounds of both parts farthest down.

        They are tried until one comes that brought more than others before: its like need no further trial [1]_.

        References
        ----------
        .. [1] T. Achterberg, T. Koch and A. Martin, "Branching rules revisited", Operations Research Letters 33(1), 2005.
           :doi:`10.1016/j.orl.2004.04.002`
        """
        most, left = 0.0, max(case.shared.points - self.total, 1.0)

        def down(part: Case) -> float:
            # What more than closes a case closes it no better.
            return min(max(case.shared.points - part.shared.points, WHOLE), left)

        for pair in pairs:
            known = pair in self.progress
            having, without = self._parts(columns, pair)
            self.progress[pair] = down(without) * down(having)
            if self.progress[pair] > most:
                most, case.pair, case.parts = self.progress[pair], pair, (having, without)
            if most == left * left or (known and case.parts):
                return

    def _promising(self, pairs: list[Cell]) -> list[Cell]:
        """Return some of the pairs, first those that brought more than others where they were tried last."""
        usual = float(np.mean([*self.progress.values(), 0.0]))
        return sorted(pairs, key=lambda pair: -self.progress.get(pair, usual))[:TRIED]

    def _undecided(self, columns: Columns, shares: NDArray[np.float64]) -> list[Cell]:
        """Return the pairs of which the shares do not say whether they are made, the least certain first."""
        mentors, leaders = self.problem.shape
        which = np.repeat(columns.leader, columns.sizes) * mentors + columns.members.indices
        amounts = np.bincount(which, np.repeat(shares, columns.sizes), minlength=mentors * leaders)
        open_ones = np.flatnonzero((amounts > WHOLE) & (amounts < 1 - WHOLE))
        order = np.argsort(np.abs(amounts[open_ones] - 0.5), kind="stable")
        return [(key % mentors, key // mentors) for key in open_ones[order].tolist()]

    def _found(self, case: Case) -> None:
        """Keep groups that are better than the best so far, and which close their case."""
        found = case.columns.among(case.shared.shares > 1 - WHOLE)
        self.best, self.total = found, int(found.worth.sum())
        if case.bound > self.total:
            message = "prices of groups are too coarse to prove the best: please report it"
            raise RmatchError(message)
