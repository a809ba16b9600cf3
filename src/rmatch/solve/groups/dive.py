"""Whole groups from shares of groups: the surest are settled, and the linear programme is asked again.

Where those that are settled leave others nothing that goes together, further groups of these are looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.groups.best_group import NONE
from rmatch.solve.groups.columns import Columns, shared_out
from rmatch.solve.groups.generate import KEPT, search
from rmatch.utils.loops import heard
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.groups.columns import Shared
    from rmatch.solve.groups.problem import GroupProblem

SURE = 0.75
"""A group with such a share is settled."""
AT_ONCE = 10
"""At least every so manieth of the leaders who are left is settled at a time."""
TURNS = 50
"""Whoever is not settled by then is hard to settle."""
FEW = 15
"""So many groups of each leader are taken along, the best; others are looked for where they are missed."""
WHOLE = 1 - 1e-6


def dived(
    problem: GroupProblem, columns: Columns, pairs: int | None, penalty: float, shared: Shared
) -> Columns | None:
    """Return a group for each leader, near the best; nothing where none are found that go together.

    Parameters
    ----------
    problem : GroupProblem
        What to share out.
    columns : Columns
        The groups.
    pairs : int, optional
        How many pairs there are to be.
    penalty : float
        What a missing group, pair or partner costs.
    shared : Shared
        How the linear programme shares the groups out.

    Returns
    -------
    Columns or None
        One group a leader.
    """
    best = columns.among(_best(columns, shared))
    if len(best.leader) < len(columns.leader):
        columns, shared = best, shared_out(problem, best, pairs, penalty)
    for _ in range(TURNS):
        listen("groups")
        shares = shared.shares
        lacks = shared.missing > 1 - WHOLE
        if not lacks and (shares[shares > 1 - WHOLE] > WHOLE).all():
            return columns.among(shares > WHOLE)
        further = _further(problem, columns, shared) if lacks else None
        if further is not None:
            columns = columns.and_those(further)
        elif lacks:
            return None
        else:
            columns = columns.among(_settled(columns, shares))
        shared = shared_out(problem, columns, pairs, penalty)
    return None


def _best(columns: Columns, shared: Shared) -> NDArray[np.bool_]:
    """Return which groups have shares, or are among the best few of their leaders at the prices."""
    order = np.lexsort((-columns.reduced(shared.prices), columns.leader))
    leader = columns.leader[order]
    place = np.arange(len(order)) - np.searchsorted(leader, leader)
    best = shared.shares > 1 - WHOLE
    best[order[place < FEW]] = True
    return best


def _further(problem: GroupProblem, columns: Columns, shared: Shared) -> Columns | None:
    """Return groups of leaders who are not settled that bring more at the prices than theirs do, if there are any."""
    best = np.full(problem.shape[1], NONE)
    np.maximum.at(best, columns.leader, columns.reduced(shared.prices))
    open_ones = np.bincount(columns.leader, minlength=problem.shape[1]) != 1
    found = [
        (column, group)
        for column in heard(np.flatnonzero(open_ones).tolist(), "groups")
        for worth, group in search(problem, column, shared.prices).best(KEPT)
        if worth > best[column]
    ]
    return Columns.of(problem, found) if found else None


def _settled(columns: Columns, shares: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which groups are left once the surest are settled: theirs alone of those leaders."""
    open_ones = np.flatnonzero((shares > 1 - WHOLE) & (shares < WHOLE))
    surest = open_ones[np.argsort(-shares[open_ones], kind="stable")]
    first = np.unique(columns.leader[surest], return_index=True)[1]
    surest = surest[np.sort(first)]
    count = max(int((shares[surest] > SURE).sum()), len(surest) // AT_ONCE, 1)
    chosen = np.concatenate([surest[:count], np.flatnonzero(shares >= WHOLE)])
    settled = np.isin(columns.leader, columns.leader[chosen])
    settled[chosen] = False
    return ~settled
