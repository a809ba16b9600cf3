"""Points as people read them: of 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmatch.programme.programme import Programme
from rmatch.utils.messages import Message
from rmatch.utils.points import MOST

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
            own = Message(
                "100 is the best pair of this round, as a criterion of your own gives points in units of its own."
            )
            return cls(max([1, *points]), own)
        return cls(MOST, Message("100 is the most that a pair can have under this programme."))

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

    def gap(self, points: int) -> Message:
        """Return a difference in words.

        Examples
        --------
        >>> unit = Unit(1_000_000, "")
        >>> unit.gap(120_000), unit.gap(-120_000), unit.gap(3), unit.gap(0)
        ('12 higher', '12 lower', 'less than 1 higher', 'the same')
        """
        if not points:
            return Message("the same")
        size = self.of_100(abs(points))
        if not size:
            return Message("less than 1 higher") if points > 0 else Message("less than 1 lower")
        if points > 0:
            return Message("{points} higher", points=size)
        return Message("{points} lower", points=size)

    def loss(self, pairs: int, points: int) -> Message:
        """Return what the round as a whole would lose, in words.

        Examples
        --------
        >>> Unit(1_000_000, "").loss(0, 113_342)
        'the round as a whole would be 11 lower'
        >>> Unit(1_000_000, "").loss(1, -20_000)
        'the round as a whole would have 1 pair less, and be 2 higher'
        """
        if pairs:
            return Message(
                "the round as a whole would have {count} pair less, and be {gap}",
                "the round as a whole would have {count} pairs less, and be {gap}",
                count=pairs,
                gap=self.gap(-points),
            )
        return Message("the round as a whole would be {gap}", gap=self.gap(-points))
