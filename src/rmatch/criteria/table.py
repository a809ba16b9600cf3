"""Points as codes and tables, and of single pairs: what every built-in criterion is made of.

A mentor is a short list of codes, and every code owns one row of whole points, a column a mentee. The points of a pair
are the sum of the rows that the mentor's codes name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort
from rmatch.utils.added_rows import add_rows
from rmatch.utils.points import rounded_mean
from rmatch.utils.values import Value

if TYPE_CHECKING:  # imported where it is needed
    from scipy.sparse import csr_array

Made = TypeVar("Made")


class Factor(Protocol):
    """What a criterion becomes for given people: whole points of any block of pairs."""

    @property
    def protected(self) -> bool:
        """Whether a protected attribute has a share in the points."""

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""

    def parts(self) -> Parts | None:
        """Return the same points as a sum of tables and single pairs, `None` where they are known by blocks only."""


class Parts(NamedTuple):
    """Points as a sum: of rows of tables, and of what single pairs get on top."""

    tables: tuple[Table, ...] = ()
    single: tuple[SinglePairs, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SinglePairs(Value):
    """Points for single pairs, and none for all others.

    Attributes
    ----------
    rows, columns : ndarray of int64
        The pairs that have any, each of them once.
    points : ndarray of int64
        Whole points.
    protected : bool
        Whether a protected attribute has a share in them.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    points: NDArray[np.int64]
    protected: bool = False

    def parts(self) -> Parts:
        """Return the same points as a sum."""
        return Parts(single=(self,))

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        block = np.zeros((len(rows), len(columns)), np.int64)
        for row, column, points in zip(self.rows, self.columns, self.points, strict=True):
            block[np.ix_(rows == row, columns == column)] = points
        return block

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""
        points = np.zeros(len(rows), np.int64)
        if len(self.rows):
            width = 1 + max(int(self.columns.max()), int(columns.max(initial=0)))
            keys, asked = self.rows * width + self.columns, rows * width + columns
            order = np.argsort(keys)
            place = np.minimum(np.searchsorted(keys, asked, sorter=order), len(keys) - 1)
            known = keys[order[place]] == asked
            points[known] = self.points[order[place[known]]]
        return points


@dataclass(frozen=True, slots=True, eq=False)
class Table(Value):
    """Codes of mentors and the points that each code gives with every mentee.

    Attributes
    ----------
    starts : ndarray of int64, shape (mentors + 1,)
        Mentor `i` has the codes ``codes[starts[i]:starts[i + 1]]``.
    codes : ndarray of int64
        Rows of `points`.
    points : ndarray of int32, shape (codes, mentees)
        Whole points.
    protected : bool
        Whether a protected attribute has a share in them.
    topics : ndarray of int64, shape (codes,), optional
        What each code teaches, -1 for nothing: for who has several partners, a topic counts once, at its best.
    """

    starts: NDArray[np.int64]
    codes: NDArray[np.int64]
    points: NDArray[np.int32]
    protected: bool = False
    topics: NDArray[np.int64] | None = None

    @classmethod
    def single(cls, codes: NDArray[np.int64], points: NDArray[np.int64]) -> Table:
        """Make a table in which every mentor has one code."""
        return cls(np.arange(len(codes) + 1), codes, points.astype(np.int32, copy=False))

    @classmethod
    def gathered(
        cls,
        rows: NDArray[np.int64],
        codes: NDArray[np.int64],
        size: int,
        points: NDArray[np.integer],
    ) -> Table:
        """Make a table of `size` mentors from (mentor, code) pairs in any order."""
        order = np.argsort(rows, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=size))))
        return cls(starts, codes[order], points.astype(np.int32, copy=False))

    @property
    def rows(self) -> NDArray[np.int64]:
        """The mentor of each code."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @property
    def mentors(self) -> csr_array:
        """How often each mentor has each code, sparse, mentors × codes."""
        from scipy.sparse import csr_array

        ones = np.ones(len(self.codes), np.int64)
        shape = len(self.starts) - 1, len(self.points)
        return csr_array((ones, self.codes, self.starts), shape=shape)

    def parts(self) -> Parts:
        """Return the same points as a sum."""
        return Parts(tables=(self,))

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        block = np.zeros((len(rows), len(columns)), np.int64)
        starts, codes = self._of(rows)
        points = self.points[:, columns].astype(np.int64, order="C")
        add_rows(starts, codes, np.ones_like(codes), points, block)
        return block

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""
        starts, codes = self._of(rows)
        each = self.points[codes, np.repeat(columns, np.diff(starts))]
        sums = np.concatenate([[0], np.cumsum(each, dtype=np.int64)])
        points: NDArray[np.int64] = np.diff(sums[starts])
        return points

    def _of(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the codes of some mentors, one mentor after the other, and where each begins."""
        counts = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(counts)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], counts)
        return starts, self.codes[places]


def stack(tables: Sequence[Table]) -> Table:
    """Return one table whose points are the sum of several.

    Parameters
    ----------
    tables : sequence of Table
        Tables over the same mentors and mentees, at least one.

    Returns
    -------
    Table
        All their codes, side by side.
    """
    offsets = np.cumsum([0, *(len(table.points) for table in tables[:-1])])
    stacked = Table.gathered(
        np.concatenate([table.rows for table in tables]),
        np.concatenate(
            [table.codes + offset for table, offset in zip(tables, offsets, strict=True)]
        ),
        len(tables[0].starts) - 1,
        np.zeros((0, 0), np.int64),
    )
    points = np.concatenate([table.points for table in tables])
    return replace(stacked, points=points, protected=any(table.protected for table in tables))


class Compared(NamedTuple):
    """One value of each person, and the points of every two values.

    Attributes
    ----------
    mentors, mentees : ndarray of int
        The value of each person, as a row and a column of `points`; `unknown` marks those without.
    points : ndarray of int64, shape (values, values)
        The points of every two values.
    unknown : int
        The mark.
    """

    mentors: NDArray[np.int64]
    mentees: NDArray[np.int64]
    points: NDArray[np.int64]
    unknown: int

    @property
    def known(self) -> bool:
        """Whether somebody on each side has a value."""
        return bool((self.mentors != self.unknown).any() and (self.mentees != self.unknown).any())

    @property
    def mean(self) -> int:
        """The rounded mean over the pairs in which both values are known."""
        rows = self.mentors[self.mentors != self.unknown]
        columns = self.mentees[self.mentees != self.unknown]
        row_counts = np.bincount(rows, minlength=self.points.shape[0])
        column_counts = np.bincount(columns, minlength=self.points.shape[1])
        total = int(row_counts @ self.points @ column_counts)
        return rounded_mean(total, rows.size * columns.size)


def of_basis(cohort: Cohort, made: Callable[[Cohort], Made]) -> tuple[Made, Made]:
    """Return what is made of a cohort, and of the one that its means are taken over: most often the same."""
    own = made(cohort)
    return own, own if cohort.basis is cohort else made(cohort.basis)


def paired(compared: Compared, neutral: int) -> Table:
    """Make the table of a criterion that compares one value of each side.

    Parameters
    ----------
    compared : Compared
        The values and their points.
    neutral : int
        The points of a pair in which one value is unknown.

    Returns
    -------
    Table
        The points of all pairs.
    """
    mentors, mentees, points, unknown = compared
    padded = np.full((points.shape[0] + 1, len(mentees)), neutral, np.int64)
    known = mentees != unknown
    padded[:-1, known] = points[:, mentees[known]]
    return Table.single(np.where(mentors == unknown, points.shape[0], mentors), padded)
