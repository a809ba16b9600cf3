"""Whole groups from shares of groups: the surest are settled, and the linear programme is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.groups.columns import shared_out
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.groups.columns import Columns, Shared
    from rmatch.solve.groups.problem import GroupProblem

SURE = 0.75
"""A group with such a share is settled."""
AT_ONCE = 10
"""At least every so manieth of the leaders who are left is settled at a time."""
WHOLE = 1 - 1e-6


def dived(
    problem: GroupProblem, columns: Columns, pairs: int | None, penalty: float, shared: Shared
) -> Columns | None:
    """Return a group for each leader, near the best; nothing where none are left that go together.

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
    while shared.missing < 1 - WHOLE:
        listen("groups")
        shares = shared.shares
        if (shares[shares > 1 - WHOLE] > WHOLE).all():
            return columns.among(shares > WHOLE)
        columns = columns.among(_settled(columns, shares))
        shared = shared_out(problem, columns, pairs, penalty)
    return None


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
