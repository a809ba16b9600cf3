"""The points of a cohort in the form that column generation reads, never as a matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria import Factor, SinglePairs, Table, stack
from rmatch.people import Cohort
from rmatch.rules import AnyRule, allows, closed_pairs, kinds_of, named_pairs
from rmatch.solve import FORBIDDEN
from rmatch.utils.points import MOST

if TYPE_CHECKING:  # compiled where it is imported, and so only where it is needed
    from rmatch.solve import Source


Added = tuple[list[Table], SinglePairs]
Verdicts = tuple[Table, NDArray[np.int64]]
Points = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.int64]]
Allowed = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.bool_]]


KINDS = 4096
"""The most kinds of mentors, by whom the rules let them meet, for a table of verdicts."""

NO_PAIRS = np.zeros((0, 2), np.intp)
"""No pair is settled."""

NOTHING = SinglePairs(*(np.zeros(0, np.int64),) * 3)


def added(factors: Sequence[Factor], width: int) -> Added | None:
    """Return the sum of some factors as tables and single pairs.

    Parameters
    ----------
    factors : sequence of Factor
        What gives points.
    width : int
        The number of mentees.

    Returns
    -------
    tuple of list of Table and SinglePairs, or None
        The tables, and what each single pair gets on top; nothing where a factor is known by blocks only.
    """
    tables: list[Table] = []
    singles = [NOTHING]
    for factor in factors:
        parts = factor.parts()
        if parts is None:
            return None
        tables.extend(parts.tables)
        singles.extend(parts.single)
    return tables, _once(singles, width)


def tabled(
    factors: Sequence[Factor], verdicts: Verdicts | None, settled: NDArray[np.intp], width: int
) -> tuple[Table, SinglePairs] | None:
    """Return the points of the pairs that may be made, those of all others far below 0.

    Parameters
    ----------
    factors : sequence of Factor
        What gives points.
    verdicts : tuple, optional
        What forbids pairs; see :func:`verdicts_of`.
    settled : ndarray of int, shape (pairs, 2)
        Pairs that are settled already, and so not to be made.
    width : int
        The number of mentees.

    Returns
    -------
    tuple of Table and SinglePairs, or None
        The table, and what each single pair gets on top; nothing where a factor or a rule is known by blocks only.
    """
    points = added(factors, width)
    if points is None or verdicts is None:
        return None
    tables, single = points
    kinds, closed = verdicts
    # A pair that is closed twice must not get FORBIDDEN twice: that could leave 32 bits.
    keys = np.union1d(closed, _keys(settled, width))
    rows, columns = np.divmod(keys, max(width, 1))
    barred = SinglePairs(rows, columns, np.full(len(keys), FORBIDDEN))
    return stack([*tables, kinds]), _once([single, barred], width)


def partners(verdicts: Verdicts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many partners the rules allow each mentor and each mentee, without looking at all pairs.

    Parameters
    ----------
    verdicts : tuple
        What the rules forbid; see :func:`verdicts_of`.

    Returns
    -------
    tuple of two ndarray of int64
        The numbers.
    """
    kinds, closed = verdicts
    allowed, kind = kinds.points == 0, kinds.codes
    by_kind: NDArray[np.int64] = np.sum(allowed, axis=1, dtype=np.int64)
    mentors = by_kind[kind]
    mentees = np.bincount(kind, minlength=len(allowed)) @ allowed
    # A pair that is closed counts only if its kind would be allowed.
    rows, columns = np.divmod(closed, max(len(mentees), 1))
    lost = allowed[kind[rows], columns]
    mentors -= np.bincount(rows[lost], minlength=len(mentors))
    mentees = mentees - np.bincount(columns[lost], minlength=len(mentees))
    return mentors, mentees


def allowed_at(
    verdicts: Verdicts, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Return which single pairs the rules allow, without looking at any other."""
    kinds, closed = verdicts
    allowed = kinds.points[kinds.codes[rows], columns] == 0
    barred = np.isin(_keys(np.stack([rows, columns], axis=1), kinds.points.shape[1]), closed)
    return np.asarray(allowed & ~barred)


def of_tables(table: Table, single: SinglePairs) -> Source:
    """Return the source of a table and of what single pairs get on top."""
    from rmatch.solve import Source

    extra = single.rows, single.columns, single.points
    return Source.of_tables(table.starts, table.codes, table.points, extra, (0, MOST))


def of_blocks(
    shape: tuple[int, int],
    factors: Sequence[Factor],
    points: Points,
    allowed: Allowed,
    settled: NDArray[np.intp],
) -> Source:
    """Return the source of functions that work out blocks.

    Parameters
    ----------
    shape : tuple of int
        The number of mentors and of mentees.
    factors : sequence of Factor
        What gives points.
    points, allowed : callable
        Return the points of the pairs of some rows with some columns, and which of them may be made.
    settled : ndarray of int, shape (pairs, 2)
        Pairs that are settled already, and so not to be made.

    Returns
    -------
    Source
        Blocks on demand.
    """
    from rmatch.solve import Source

    pairs = set(map(tuple, settled.tolist()))

    def block(
        rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        possible = allowed(rows, columns)
        for i, j in pairs:
            possible[np.ix_(rows == i, columns == j)] = False
        return points(rows, columns), possible

    return Source.of_blocks(shape, block, *reach_of(factors))


def reach_of(factors: Sequence[Factor]) -> tuple[int, int]:
    """Return bounds on the points of any pair: a million from the built-in criteria, and as much from each of the user's own."""
    own = [factor.parts() for factor in factors].count(None)
    return -MOST * own, MOST * (own + 1)


def verdicts_of(cohort: Cohort, rules: Sequence[AnyRule]) -> Verdicts | None:
    """Return what some rules forbid, without looking at all pairs.

    Parameters
    ----------
    cohort : Cohort
        The people.
    rules : sequence of Rule
        What forbids pairs.

    Returns
    -------
    tuple of Table and ndarray of int64, or None
        A table of verdicts by kinds of mentors, and the single pairs that may not meet, each once as its number row by row;
        nothing where a rule is known by blocks only.
    """
    by_kind: list[AnyRule] = []
    numbers = [np.zeros(len(cohort.mentors), np.int64)]
    closed = [_selves(cohort), _excluded(cohort)]
    for rule in rules:
        if (told := kinds_of(rule, cohort)) is not None:
            by_kind.append(rule)
            numbers.append(told)
        elif (pairs := closed_pairs(rule, cohort)) is not None:
            closed.append(pairs)
        else:
            return None
    _, examples, kind = np.unique(numbers, axis=1, return_index=True, return_inverse=True)
    if len(examples) > KINDS:
        return None
    everyone = np.arange(len(cohort.mentees))
    allowed = np.ones((len(examples), len(everyone)), bool)
    # All mentors of a kind may meet the same mentees, so one of them is asked for all.
    for rule in by_kind:
        allowed &= allows(rule, cohort, examples, everyone)
    pairs = np.unique(_keys(np.concatenate(closed), len(everyone)))
    return Table.single(kind, np.where(allowed, 0, FORBIDDEN)), pairs


def _keys(pairs: NDArray[np.integer], width: int) -> NDArray[np.int64]:
    """Return the numbers of pairs, counted row by row."""
    keys: NDArray[np.int64] = pairs[:, 0] * np.int64(width) + pairs[:, 1]
    return keys


def _selves(cohort: Cohort) -> NDArray[np.int64]:
    """Return row and column of everyone who is a mentor and a mentee, under one id or two with the same mailbox."""
    mentors, mentees = cohort.humans[cohort.mentors], cohort.humans[cohort.mentees]
    order = np.argsort(mentees, kind="stable")
    first, last = (np.searchsorted(mentees, mentors, side, order) for side in ("left", "right"))
    both = np.flatnonzero(last > first)
    columns = [order[first[row] : last[row]] for row in both.tolist()]
    rows = np.repeat(both, last[both] - first[both])
    return np.stack([rows, np.concatenate([order[:0], *columns])], axis=1)


def _excluded(cohort: Cohort) -> NDArray[np.int64]:
    """Return row and column of the pairs that the requests exclude."""
    pairs = named_pairs(cohort, cohort.requests.of_kind("exclude"))
    return np.array(pairs, np.int64).reshape(-1, 2)


def _once(singles: Sequence[SinglePairs], width: int) -> SinglePairs:
    """Return every pair once, with the sum of what it gets, in order."""
    rows, columns, points = (
        np.concatenate([getattr(single, field) for single in singles])
        for field in ("rows", "columns", "points")
    )
    keys, position = np.unique(rows * width + columns, return_inverse=True)
    sums = np.zeros(len(keys), np.int64)
    np.add.at(sums, position, points)
    return SinglePairs(*np.divmod(keys, max(width, 1)), sums)
