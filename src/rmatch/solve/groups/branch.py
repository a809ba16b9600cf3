"""Branch and bound over groups: a pair is made or not, until prices close every case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.groups.columns import shared_out
from rmatch.solve.groups.proof import GroupCase, worthwhile
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.groups.columns import Columns, Shared
    from rmatch.solve.groups.problem import GroupProblem
    from rmatch.solve.groups.proof import Cell

TRIED = 3
"""So many pairs are tried before a case is split by one of them."""
WHOLE = 1e-6


class Open(NamedTuple):
    """Groups that are still possible, and how the linear programme shares them out."""

    columns: Columns
    shared: Shared


class Branching:
    """The search, which knows the best groups so far; none are better than nothing.

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
    """

    def __init__(
        self, problem: GroupProblem, pairs: int | None, penalty: float, total: int
    ) -> None:
        self.problem, self.pairs, self.penalty, self.total = problem, pairs, penalty, total
        self.best: Columns | None = None

    def closed(self, columns: Columns) -> tuple[GroupCase, ...]:
        """Return the cases that prove that none of these groups make more points than the best that are known in the end."""
        return self._closed(self._case(columns))

    def _case(self, columns: Columns) -> Open:
        listen("groups")
        return Open(columns, shared_out(self.problem, columns, self.pairs, self.penalty))

    def _closed(self, case: Open) -> tuple[GroupCase, ...]:
        columns, shared = case
        prices = shared.prices
        kept = worthwhile(self.problem, columns, prices, self.pairs, self.total)
        if kept is None:
            return (GroupCase(prices),)
        pairs = self._undecided(columns, shared.shares)
        if not pairs:
            self._found(columns, shared)
            return self._closed(case)
        columns = columns.among(kept)
        pair, cases = max(
            ((pair, self._split(columns, pair)) for pair in pairs[:TRIED]),
            key=lambda split: self._progress(shared, split[1]),
        )
        made, not_made = map(self._closed, cases)
        return (GroupCase(prices, pair), *made, *not_made)

    def _split(self, columns: Columns, pair: Cell) -> tuple[Open, Open]:
        mentor, leader = pair
        made = columns.have(mentor, leader)
        others = columns.leader != leader
        return self._case(columns.among(made | others)), self._case(columns.among(~made))

    def _progress(self, shared: Shared, cases: tuple[Open, Open]) -> float:
        losses = [max(shared.points - case.shared.points, WHOLE) for case in cases]
        left = max(shared.points - self.total, 1.0)
        # What more than closes a case closes it no better.
        one, other = (min(loss, left) for loss in losses)
        return one * other

    def _undecided(self, columns: Columns, shares: NDArray[np.float64]) -> list[Cell]:
        """Return the pairs of which the shares do not say whether they are made, the least certain first."""
        mentors, leaders = self.problem.shape
        which = np.repeat(columns.leader, columns.sizes) * mentors + columns.members.indices
        amounts = np.bincount(which, np.repeat(shares, columns.sizes), minlength=mentors * leaders)
        open_ones = np.flatnonzero((amounts > WHOLE) & (amounts < 1 - WHOLE))
        order = np.argsort(np.abs(amounts[open_ones] - 0.5), kind="stable")
        return [(key % mentors, key // mentors) for key in open_ones[order].tolist()]

    def _found(self, columns: Columns, shared: Shared) -> None:
        """Keep groups that are better than the best so far."""
        chosen = shared.shares > 1 - WHOLE
        found = columns.among(chosen)
        if found.worth.sum() <= self.total:
            message = "prices of groups are too coarse to prove the best: please report it"
            raise RmatchError(message)
        self.best, self.total = found, int(found.worth.sum())
