"""The points of a cohort in the form that column generation reads, never as a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.criteria.reach import Steps
from rmatch.criteria.table import Table, stack
from rmatch.criteria.wish import Cells
from rmatch.rules.repeat import named_pairs
from rmatch.solve import FORBIDDEN
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people.cohort import Cohort
    from rmatch.scoring.scores import Scores
    from rmatch.solve import Source

KINDS = 4096
"""The most kinds of mentors, by whom the rules let them meet, for a table of verdicts."""


class Single(NamedTuple):
    """Single pairs, and what each of them gets on top."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    points: NDArray[np.int64]


NO_PAIR = Single(*(np.zeros(0, np.int64),) * 3)


def stream(scores: Scores, locks: NDArray[np.intp], *, protected: bool) -> Source:
    """Return the points of the pairs that may be made.

    Parameters
    ----------
    scores : Scores
        The points and permissions.
    locks : ndarray of int, shape (locks, 2)
        Pairs that are settled already, and so not to be made.
    protected : bool
        Whether to count the share of protected attributes.

    Returns
    -------
    Source
        Tables with codes where criteria and rules allow for it, else blocks of `scores`.
    """
    from rmatch.solve import Source

    found = tabled(scores, locks, protected=protected)
    if found is None:
        return _asked(scores, locks, protected=protected)
    table, single = found
    return Source.of_tables(table.starts, table.codes, table.points, single, (0, MOST))


def tabled(
    scores: Scores, locks: NDArray[np.intp], *, protected: bool
) -> tuple[Table, Single] | None:
    """Return the points of the pairs that may be made, those of all others far below 0, where they are sums of table rows.

    Parameters
    ----------
    scores : Scores
        The points and permissions.
    locks : ndarray of int, shape (locks, 2)
        Pairs that are settled already, and so not to be made.
    protected : bool
        Whether to count the share of protected attributes.

    Returns
    -------
    tuple of Table and Single, or None
        The table, and what single pairs get on top, each of them once.
    """
    parts = criteria(scores, protected=protected)
    verdicts = None if scores.cohort.programme.min_points is not None else _rules(scores.cohort)
    if parts is None or verdicts is None:
        return None
    tables, single = parts
    kinds, closed = verdicts
    closed = np.unique(np.concatenate([closed, locks]), axis=0)
    barred = Single(closed[:, 0], closed[:, 1], np.full(len(closed), FORBIDDEN))
    return stack([*tables, kinds]), _added([single, barred], len(scores.cohort.mentees))


def criteria(scores: Scores, *, protected: bool) -> tuple[list[Table], Single] | None:
    """Return the points of all pairs as tables and single pairs, where the criteria allow for it; without any rule."""
    tables, singles = [], [NO_PAIR]
    for factor in scores.factors:
        if factor.protected and not protected:
            continue
        if isinstance(factor, Table):
            tables.append(factor)
        elif isinstance(factor, Steps):
            table, near = factor.parts()
            tables.append(table)
            singles.append(Single(*near))
        elif isinstance(factor, Cells):
            singles.append(Single(*factor.pairs()))
        else:
            return None
    return tables, _added(singles, len(scores.cohort.mentees))


def _rules(cohort: Cohort) -> tuple[Table, NDArray[np.int64]] | None:
    """Return a table of verdicts by kinds of mentors, and single pairs that may not meet."""
    by_kind = [rule for rule in cohort.programme.rules if hasattr(rule, "alike")]
    by_pair = [rule for rule in cohort.programme.rules if hasattr(rule, "closed")]
    if len(by_kind) + len(by_pair) < len(cohort.programme.rules):
        return None
    numbers = [np.zeros(len(cohort.mentors), np.int64), *(rule.alike(cohort) for rule in by_kind)]
    _, examples, kind = np.unique(np.stack(numbers), axis=1, return_index=True, return_inverse=True)
    if len(examples) > KINDS:
        return None
    everyone = np.arange(len(cohort.mentees))
    allowed = np.ones((len(examples), len(everyone)), bool)
    for rule in by_kind:
        allowed &= rule.allows(cohort, examples, everyone)
    closed = [rule.closed(cohort) for rule in by_pair]
    own = np.stack(_both(cohort), axis=1)
    excluded = np.array(named_pairs(cohort, cohort.requests.of_kind("exclude")), np.int64).reshape(
        -1, 2
    )
    return Table.single(kind, np.where(allowed, 0, FORBIDDEN)), np.concatenate(
        [own, excluded, *closed]
    )


def _both(cohort: Cohort) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row and column of everyone who is a mentor and a mentee."""
    _, rows, columns = np.intersect1d(cohort.mentors, cohort.mentees, return_indices=True)
    return rows, columns


def _added(singles: list[Single], width: int) -> Single:
    """Return every pair once, with the sum of what it gets, in order."""
    rows, columns, points = (np.concatenate(field) for field in zip(*singles, strict=True))
    keys, place = np.unique(rows * width + columns, return_inverse=True)
    sums = np.zeros(len(keys), np.int64)
    np.add.at(sums, place, points)
    return Single(*np.divmod(keys, max(width, 1)), sums)


def _asked(scores: Scores, locks: NDArray[np.intp], *, protected: bool) -> Source:
    from rmatch.solve import Source

    settled = set(map(tuple, locks.tolist()))

    def block(
        rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        allowed = scores.open_block(rows, columns)
        for i, j in settled:
            allowed[np.ix_(rows == i, columns == j)] = False
        return scores.block(rows, columns, protected=protected), allowed

    # A million from the built-in criteria, and as much from each of the user's own.
    own = sum(not isinstance(factor, Table | Steps | Cells) for factor in scores.factors)
    return Source.of_blocks(scores.shape, block, -MOST * own, MOST * (own + 1))
