"""Points as people read them: of 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmatch.programme.programme import Programme
from rmatch.utils.points import MOST
from rmatch.utils.text import counted

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """What points are told in.

    Attributes
    ----------
    most : int
        The points that are 100.
    sentence : str
        What 100 is, in words.

    Examples
    --------
    >>> Unit(1_000_000, "").of_100(764_999), Unit(1_000_000, "").shares([333_333, 333_333, 333_334])
    (76, [33, 33, 34])
    """

    most: int
    sentence: str

    @classmethod
    def of(cls, programme: Programme, points: Sequence[int]) -> Unit:
        """Return the unit of a round, by the points of its pairs."""
        if any(criterion.weight is None for criterion in programme.criteria):
            own = "100 is the best pair of this round, as a criterion of your own gives points in units of its own."
            return cls(max([1, *points]), own)
        return cls(MOST, "100 is the most that a pair can have under this programme.")

    def of_100(self, points: float) -> int:
        """Return points of 100, rounded to a whole number, halves up."""
        return int((2 * HUNDRED * points + self.most) // (2 * self.most))

    def shares(self, points: Sequence[int]) -> list[int]:
        """Return the parts of some points of 100, which add up to what the sum is rounded to (largest remainders)."""
        exact = [divmod(HUNDRED * part, self.most) for part in points]
        found = [whole for whole, _ in exact]
        left = self.of_100(sum(points)) - sum(found)
        by_rest = sorted(range(len(exact)), key=lambda at: -exact[at][1])
        for at in by_rest[: max(0, left)]:
            found[at] += 1
        return found

    def gap(self, points: int) -> str:
        """Return a difference in words.

        Examples
        --------
        >>> unit = Unit(1_000_000, "")
        >>> unit.gap(120_000), unit.gap(-120_000), unit.gap(3), unit.gap(0)
        ('12 higher', '12 lower', 'less than 1 higher', 'the same')
        """
        if not points:
            return "the same"
        size = self.of_100(abs(points))
        return f"{size or 'less than 1'} {'higher' if points > 0 else 'lower'}"

    def loss(self, pairs: int, points: int) -> str:
        """Return what the round as a whole would lose, in words.

        Examples
        --------
        >>> Unit(1_000_000, "").loss(0, 113_342)
        'the round as a whole would be 11 lower'
        >>> Unit(1_000_000, "").loss(1, -20_000)
        'the round as a whole would have 1 pair less, and be 2 higher'
        """
        if pairs:
            return f"the round as a whole would have {counted(pairs, 'pair')} less, and be {self.gap(-points)}"
        return f"the round as a whole would be {self.gap(-points)}"
