"""Which pairs of an earlier round a new one could keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.rounds.passing import open_cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.people import IdPair
    from rmatch.rounds.player import Cell
    from rmatch.scoring import Scores


def wanted_cells(scores: Scores, pairs: Iterable[IdPair]) -> tuple[Cell, ...]:
    """Return row and column of those pairs that may be made now and are not locked, in order.

    Parameters
    ----------
    scores : Scores
        Points and permissions now.
    pairs : iterable of (str, str)
        Pairs of an earlier round; whoever has left has no row and no column.

    Returns
    -------
    tuple of (int, int)
        The cells.
    """
    cohort = scores.cohort
    locked = {(row.mentor, row.mentee) for row in cohort.requests.of_kind("lock")}
    there = [
        (cohort.row[mentor], cohort.column[mentee])
        for mentor, mentee in dict.fromkeys(pairs)
        if mentor in cohort.row and mentee in cohort.column and (mentor, mentee) not in locked
    ]
    return tuple(open_cells(scores, there))
