"""Points of some pairs only: a factor that gives all other pairs nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.table import Factor, Parts, SinglePairs, Table
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class Inside(Value):
    """Some of the pairs: mentors fall into classes, and a class meets some of the mentees.

    Attributes
    ----------
    classes : ndarray of int64, shape (mentors,)
        The class of each mentor, from 0.
    meets : ndarray of bool, shape (classes, mentees)
        Which mentees are inside for the mentors of each class.
    """

    classes: NDArray[np.int64]
    meets: NDArray[np.bool_]

    @classmethod
    def of_sides(cls, mentors: NDArray[np.bool_], mentees: NDArray[np.bool_]) -> Inside:
        """Take the pairs of some mentors with some mentees."""
        return cls(mentors.astype(np.int64), np.stack([np.zeros_like(mentees), mentees]))

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which pairs of a block are inside."""
        kinds = self.classes[rows]
        return self.meets[np.ix_(kinds, columns)]

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which single pairs are inside."""
        return self.meets[self.classes[rows], columns]


def restricted(factor: Factor, inside: Inside, *, protected: bool = False) -> Factor:
    """Return a factor that gives pairs inside the same points, and all others nothing.

    Parameters
    ----------
    factor : Factor
        The points of all pairs.
    inside : Inside
        Which pairs keep them.
    protected : bool
        Whether a protected attribute decides who is inside.

    Returns
    -------
    Factor
        A table for a table, single pairs for single pairs.
    """
    protected = protected or factor.protected
    if isinstance(factor, Table):
        return replace(_table(factor, inside), protected=protected)
    if isinstance(factor, SinglePairs):
        return replace(_single(factor, inside), protected=protected)
    return Restricted(factor, inside, protected)


@dataclass(frozen=True, slots=True, eq=False)
class Restricted(Value):
    """The points of a factor for pairs inside, worked out block by block.

    Attributes
    ----------
    factor : Factor
        The points of all pairs.
    inside : Inside
        Which pairs keep them.
    protected : bool
        Whether a protected attribute has a share in the points.
    """

    factor: Factor
    inside: Inside
    protected: bool

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        return self.factor.block(rows, columns) * self.inside.block(rows, columns)

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""
        return self.factor.at(rows, columns) * self.inside.at(rows, columns)

    def parts(self) -> Parts | None:
        """Return the same points as a sum, `None` where they are known by blocks only."""
        parts = self.factor.parts()
        if parts is None:
            return None
        tables = tuple(_table(table, self.inside) for table in parts.tables)
        return Parts(tables, tuple(_single(single, self.inside) for single in parts.single))


def _table(table: Table, inside: Inside) -> Table:
    """Return a table in which every code has a row for each class that has it; classes without any mentee have none."""
    rows, size = table.rows, len(table.points)
    has_any: NDArray[np.bool_] = np.any(inside.meets, axis=1)
    kept = has_any[inside.classes[rows]]
    of_class = inside.classes[rows][kept] * size + table.codes[kept]
    keys, codes = np.unique(of_class, return_inverse=True)
    code, meeting = keys % max(size, 1), keys // max(size, 1)
    points = table.points[code] * inside.meets[meeting]
    of_some = Table.gathered(rows[kept], codes.reshape(-1), len(table.starts) - 1, points)
    return replace(of_some, topics=None if table.topics is None else table.topics[code])


def _single(single: SinglePairs, inside: Inside) -> SinglePairs:
    kept = inside.at(single.rows, single.columns)
    return replace(
        single,
        rows=single.rows[kept],
        columns=single.columns[kept],
        points=single.points[kept],
    )
