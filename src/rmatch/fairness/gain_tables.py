"""What the two sides gain from every pair, as sums of table rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.criteria.table import SinglePairs, Table, stack
from rmatch.solve import FORBIDDEN
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.fairness.gains import Gains
    from rmatch.solve import StoredPoints

    Gain = NDArray[np.int32]


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

        table = self.table
        extra = self.single.rows, self.single.columns, self.single.points
        source = Source.of_tables(table.starts, table.codes, table.points, extra, (0, MOST))
        assert source.stored is not None
        return source.stored

    @cached_property
    def _chosen(self) -> csr_array:
        from scipy.sparse import csr_array

        ones = np.ones(len(self.table.codes), np.int32)
        shape = len(self.table.starts) - 1, len(self.table.points)
        return csr_array((ones, self.table.codes, self.table.starts), shape=shape)

    def rows(self, start: int, stop: int) -> Gain:
        """Return the points of some mentors with everybody."""
        points: Gain = self._chosen[start:stop] @ self.table.points
        here = slice(*np.searchsorted(self.single.rows, [start, stop]))
        points[self.single.rows[here] - start, self.single.columns[here]] += self.single.points[
            here
        ].astype(np.int32)
        return points


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The gains of both sides; those from pairs that may not be made, or are made, are far below 0.

    Attributes
    ----------
    shared : Part
        What both gain.
    alone : tuple of Part
        What only the mentor gains, and only the mentee.
    """

    shared: Part
    alone: tuple[Part, Part]

    @classmethod
    def of(cls, gains: Gains) -> Tables | None:
        """Return the gains where criteria and rules are tables."""
        scores, made = gains.scores, np.stack([gains.rows, gains.columns], axis=1)
        shared = scores.belonging_to("both").tabled(made, protected=True)
        mentor, mentee = (scores.belonging_to(side).parts() for side in ("mentor", "mentee"))
        if shared is None or mentor is None or mentee is None:
            return None
        rows, columns = scores.shape
        nothing = Table(
            np.zeros(rows + 1, np.int64), np.zeros(0, np.int64), np.zeros((0, columns), np.int32)
        )
        alone = [Part(stack([nothing, *tables]), single) for tables, single in (mentor, mentee)]
        return cls(Part(stack([shared[0], *_closed(gains)]), shared[1]), (alone[0], alone[1]))

    def block(self, start: int, stop: int) -> tuple[Gain, Gain]:
        """Return what some mentors gain from everybody, and everybody from them."""
        shared = self.shared.rows(start, stop)
        mentors, mentees = (part.rows(start, stop) for part in self.alone)
        return np.add(mentors, shared, out=mentors), np.add(mentees, shared, out=mentees)


def _closed(gains: Gains) -> list[Table]:
    """Return a table that closes the pairs of those who have no places, if there are any."""
    mentors, mentees = gains.full
    if not (mentors.any() or mentees.any()):
        return []
    return [
        Table.single(
            mentors.astype(np.int64), np.where([mentees, np.ones_like(mentees)], FORBIDDEN, 0)
        )
    ]
