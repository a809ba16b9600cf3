"""What the two sides gain from every pair, as sums of table rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.criteria import SinglePairs, Table, stack
from rmatch.solve import FORBIDDEN
from rmatch.utils.loops import heard
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.scoring import Scores
    from rmatch.solve import StoredPoints

    Whole = NDArray[np.int64]
    Gain = NDArray[np.int32]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the gains: whole points of all pairs.

    Attributes
    ----------
    table : Table
        A sum of rows for each mentor.
    single : SinglePairs
        What single pairs get on top, each of them once, in order.
    """

    table: Table
    single: SinglePairs

    @cached_property
    def stored(self) -> StoredPoints:
        """The same for compiled code."""
        from rmatch.solve import Source

        table, single = self.table, self.single
        extra = single.rows, single.columns, single.points
        source = Source.of_tables(table.starts, table.codes, table.points, extra, (0, MOST))
        assert source.stored is not None  # tables are stored
        return source.stored

    @cached_property
    def _coded(self) -> csr_array:
        """The mentors' codes as a matrix of ones, mentors × codes; times the points it adds up their rows."""
        from scipy.sparse import csr_array

        starts, codes = self.table.starts, self.table.codes
        ones = np.ones(len(codes), np.int32)
        mentors, kinds = len(starts) - 1, len(self.table.points)
        return csr_array((ones, codes, starts), shape=(mentors, kinds))

    def rows(self, start: int, stop: int) -> Gain:
        """Return the points of some mentors with everybody."""
        points: Gain = self._coded[start:stop] @ self.table.points
        single = self.single
        here = slice(*np.searchsorted(single.rows, [start, stop]))
        rows = single.rows[here] - start
        columns = single.columns[here]
        extra = single.points[here].astype(np.int32)
        # Each single pair is there once, so that `+=` forgets none.
        points[rows, columns] += extra
        return points


@dataclass(frozen=True, slots=True, eq=False)
class GainTables:
    """The gains of both sides; those from pairs that may not be made, or are made, are far below 0.

    Attributes
    ----------
    shared : Part
        What both gain, and what no pair that is closed may have.
    mentors, mentees : Part
        What only the mentor gains, and only the mentee.
    """

    shared: Part
    mentors: Part
    mentees: Part

    @classmethod
    def of(
        cls, scores: Scores, made: Whole, without_places: tuple[Mask, Mask]
    ) -> GainTables | None:
        """Return the gains where criteria and rules are tables.

        Parameters
        ----------
        scores : Scores
            Points and permissions.
        made : ndarray of int64, shape (pairs, 2)
            The pairs of the matching.
        without_places : tuple of ndarray of bool
            Who of the mentors, and who of the mentees, has no places at all.

        Returns
        -------
        GainTables or None
            None where a criterion or a rule is no table.
        """
        shared = scores.belonging_to("both").tabled(made, protected=True)
        mentor = scores.belonging_to("mentor").parts()
        mentee = scores.belonging_to("mentee").parts()
        if shared is None or mentor is None or mentee is None:
            return None
        table, single = shared
        closed = stack([table, *_closing(*without_places)])
        nothing = _nothing(*scores.shape)
        mentor_tables, mentor_single = mentor
        mentee_tables, mentee_single = mentee
        by_mentor, by_mentee = (
            stack([nothing, *tables])
            for tables in heard((mentor_tables, mentee_tables), "comparisons")
        )
        return cls(
            shared=Part(closed, single),
            mentors=Part(by_mentor, mentor_single),
            mentees=Part(by_mentee, mentee_single),
        )

    def block(self, start: int, stop: int) -> tuple[Gain, Gain]:
        """Return what some mentors gain from everybody, and everybody from them."""
        # What closes a pair is in the shared part, and so below all that the others may add.
        shared = self.shared.rows(start, stop)
        mentors = self.mentors.rows(start, stop)
        mentees = self.mentees.rows(start, stop)
        mentors += shared
        mentees += shared
        return mentors, mentees


def _nothing(rows: int, columns: int) -> Table:
    """Return a table that gives nobody anything, to begin a sum with."""
    return Table(
        starts=np.zeros(rows + 1, np.int64),
        codes=np.zeros(0, np.int64),
        points=np.zeros((0, columns), np.int32),
    )


def _closing(mentors: Mask, mentees: Mask) -> list[Table]:
    """Return a table that closes the pairs of those who have no places, if there are any."""
    if not (mentors.any() or mentees.any()):
        return []
    # A mentor's code is 0 or 1: with places only some mentees are closed, without them all are.
    closed = np.array([mentees, np.ones_like(mentees)])
    codes = mentors.astype(np.int64)
    return [Table.single(codes, np.where(closed, FORBIDDEN, 0))]
