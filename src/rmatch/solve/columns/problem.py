"""A matching problem without a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns.source import Source

if TYPE_CHECKING:
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Large:
    """A problem with whole points that need no matrix.

    Attributes
    ----------
    source : Source
        The points.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each row and of each column.
    most_pairs : bool
        Whether the number of pairs comes before the points.
    """

    source: Source
    capacities: tuple[Whole, Whole]
    minimums: tuple[Whole, Whole]
    most_pairs: bool

    @classmethod
    def of(cls, problem: Problem) -> Large:
        """Make the same problem of one with a matrix."""
        return cls.limited(
            Source.of_matrix(problem.points, problem.allowed),
            (problem.mentor_capacity, problem.mentee_capacity),
            (problem.mentor_minimum, problem.mentee_minimum),
            most_pairs=problem.participation == "most",
        )

    @classmethod
    def limited(
        cls,
        source: Source,
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
        *,
        most_pairs: bool,
    ) -> Large:
        """Make a problem in which nobody has more places than there are people on the other side, or must have."""
        others = source.shape[::-1]
        fewest = [np.minimum(least, size + 1) for least, size in zip(minimums, others, strict=True)]
        most = [
            np.maximum(np.minimum(c, size), m)
            for c, size, m in zip(capacities, others, fewest, strict=True)
        ]
        return cls(source, (most[0], most[1]), (fewest[0], fewest[1]), most_pairs)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return self.source.shape

    @property
    def bonus(self) -> int:
        """What a pair counts beside its points: more than all points together can differ by, or nothing."""
        if not self.most_pairs:
            return 0
        pairs = int(min(places.sum() for places in self.capacities))
        return (pairs + 1) * (max(self.source.highest, 0) - min(self.source.lowest, 0)) + 1

    @property
    def must(self) -> int:
        """What a missed minimum costs: more than a path through everyone can earn."""
        spread = self.source.highest - self.source.lowest + 1
        return 4 * (self.bonus + spread * (sum(self.source.shape) + 2))

    def part(self, rows: Whole, columns: Whole, *, minimums: bool = False) -> Large:
        """Return the problem of some of the people, with or without the minimums."""
        most = self.capacities[0][rows], self.capacities[1][columns]
        fewest = self.minimums[0][rows] * minimums, self.minimums[1][columns] * minimums
        return Large.limited(
            self.source.take(rows, columns), most, fewest, most_pairs=self.most_pairs
        )
