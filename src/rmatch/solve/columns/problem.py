"""A matching problem without a matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rmatch.solve.columns.source import Source
from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Problem
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class ImplicitProblem(Value):
    """A problem with whole points that need no matrix.

    Attributes
    ----------
    source : Source
        The points.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each row and of each column.
    most_pairs : bool
        Whether the number of pairs comes before the points.
    firsts : tuple of two numpy.ndarray of int64
        What the first partner of each row and of each column is worth beside the points.
    """

    source: Source
    capacities: tuple[Whole, Whole]
    minimums: tuple[Whole, Whole]
    most_pairs: bool
    firsts: tuple[Whole, Whole]

    @classmethod
    def of(cls, problem: Problem) -> ImplicitProblem:
        """Make the same problem of one with a matrix."""
        return cls.limited(
            Source.of_matrix(problem.points, problem.allowed),
            (problem.mentor_capacity, problem.mentee_capacity),
            (problem.mentor_minimum, problem.mentee_minimum),
            most_pairs=problem.participation == "most",
            firsts=problem.firsts,
        )

    @classmethod
    def limited(
        cls,
        source: Source,
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
        *,
        most_pairs: bool,
        firsts: tuple[Whole, Whole] | None = None,
    ) -> ImplicitProblem:
        """Make a problem in which nobody has more places than there are people on the other side, or must have."""
        most, fewest = [], []
        others = source.shape[::-1]
        for capacity, minimum, size in zip(capacities, minimums, others, strict=True):
            # One more than there are people is as far out of reach as any larger minimum.
            least = np.minimum(minimum, size + 1)
            places = np.minimum(capacity, size)
            fewest.append(least)
            most.append(np.maximum(places, least))
        return cls(
            source,
            capacities=(most[0], most[1]),
            minimums=(fewest[0], fewest[1]),
            most_pairs=most_pairs,
            firsts=firsts or (np.zeros_like(most[0]), np.zeros_like(most[1])),
        )

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return self.source.shape

    @property
    def bonus(self) -> int:
        """What a pair counts beside its points, so that more pairs always win; nothing where their number does not count.

        Two matchings of at most `K` pairs differ by at most ``K * spread`` points, where the spread includes 0. The
        bonus is more than that, and no more than that needs: it is never in the points of a user, and comes off again.
        """
        if not self.most_pairs:
            return 0
        pairs = int(min(places.sum() for places in self.capacities))
        highest = max(self.source.highest, 0)
        lowest = min(self.source.lowest, 0)
        spread = highest - lowest
        return (pairs + 1) * spread + 1

    @property
    def must(self) -> int:
        """What a missed minimum costs: more than a path through everyone can earn."""
        spread = self.source.highest - self.source.lowest + 1
        path = sum(self.shape) + 2
        firsts = sum(int(side.max(initial=0)) for side in self.firsts)
        # Four times as much, so that half of it still tells a price that a missed minimum has made
        # from all others: that is how the people concerned are found.
        return 4 * (self.bonus + firsts + spread * path)

    def part(self, rows: Whole, columns: Whole, *, minimums: bool = False) -> ImplicitProblem:
        """Return the problem of some of the people, with or without the minimums."""
        row_places, column_places = self.capacities
        row_minimum, column_minimum = (minimum * minimums for minimum in self.minimums)
        return ImplicitProblem.limited(
            self.source.take(rows, columns),
            capacities=(row_places[rows], column_places[columns]),
            minimums=(row_minimum[rows], column_minimum[columns]),
            most_pairs=self.most_pairs,
            firsts=(self.firsts[0][rows], self.firsts[1][columns]),
        )
