"""A matching problem without a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rmatch.solve.columns.source import Source
    from rmatch.solve.network import Whole


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

    @property
    def bonus(self) -> int:
        """What a pair counts beside its points: more than all points together can differ by, or nothing."""
        if not self.most_pairs:
            return 0
        pairs = int(min(np.minimum(most, size).sum() for most, size in zip(self.capacities, self.source.shape[::-1], strict=True)))
        return (pairs + 1) * (max(self.source.highest, 0) - min(self.source.lowest, 0)) + 1

    @property
    def must(self) -> int:
        """What a missed minimum costs: more than a path through everyone can earn."""
        spread = self.source.highest - self.source.lowest + 1
        return 4 * (self.bonus + spread * (sum(self.source.shape) + 2))

    def part(self, rows: Whole, columns: Whole) -> Large:
        """Return the problem of some of the people, without minimums."""
        most = self.capacities[0][rows], self.capacities[1][columns]
        return Large(self.source.take(rows, columns), most, (0 * most[0], 0 * most[1]), self.most_pairs)
