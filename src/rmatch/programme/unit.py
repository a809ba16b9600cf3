"""Points as people read them: of 100, or whole for those who audit them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from rmatch.programme.programme import Programme
from rmatch.utils.messages import Message
from rmatch.utils.points import MOST
from rmatch.utils.text import numeral

HUNDRED = 100
OWN_UNITS = Message(
    "100 is the best pair of this round, as a criterion of your own gives points in units of its own."
)
BELOW_NOTHING = Message("-100 is the worst pair of this round, as no pair has more than 0.")
EXACT: ContextVar[bool] = ContextVar("EXACT", default=False)


@contextmanager
def whole_points() -> Iterator[None]:
    r"""Let whatever is made in here tell whole points.

    Examples
    --------
    >>> with whole_points():
    ...     exact = Unit(1_000_000, "")
    >>> exact.worth(764_999), Unit(1_000_000, "").worth(764_999)
    ('764\xa0999 points', '76 of 100')
    """
    before = EXACT.set(True)
    try:
        yield
    finally:
        EXACT.reset(before)


@dataclass(frozen=True, slots=True)
class Unit:
    """What points are told in.

    Attributes
    ----------
    most : int
        The points that are 100.
    sentence : str
        What 100 is, in words.
    exact : bool
        Whether whole points are told all the same; see :func:`whole_points`.

    Examples
    --------
    >>> Unit(1_000_000, "").of_100(764_999), Unit(1_000_000, "").shares([333_333, 333_333, 333_334])
    (76, [33, 33, 34])
    """

    most: int
    sentence: str
    exact: bool = field(default_factory=EXACT.get)

    @classmethod
    def of(cls, programme: Programme, points: Sequence[int]) -> Unit:
        """Return the unit of a round, by the points of its pairs."""
        own_units = any(criterion.weight is None for criterion in programme.criteria)
        return cls.by(None if own_units else MOST, points)

    @classmethod
    def by(cls, most: int | None, points: Sequence[int]) -> Unit:
        """Return the unit of a round, by the most that a pair can have, if that is known, and the points of its pairs."""
        if most is None:
            best, worst = max(points, default=0), min(points, default=0)
            return cls(best, OWN_UNITS) if best > 0 else cls(max(1, -worst), BELOW_NOTHING)
        return cls(most, Message("100 is the most that a pair can have under this programme."))

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

    @property
    def heading(self) -> str:
        """What stands above a column of :meth:`figure`, or behind one."""
        return "points" if self.exact else "of 100"

    def figure(self, points: float) -> str:
        """Return the points of a pair, or several, as a number alone."""
        return numeral(points if self.exact else self.of_100(points))

    def figures(self, points: Sequence[int]) -> list[str]:
        """Return the parts of some points as numbers that add up to :meth:`figure` of their sum."""
        return [numeral(part) for part in (points if self.exact else self.shares(points))]

    def finely(self, points: float) -> str:
        """Return points as a number that is compared with others: of 100 with a decimal."""
        return self.figure(points) if self.exact else numeral(HUNDRED * points / self.most, 1)

    def worth(self, points: float) -> Message:
        """Return what a pair is worth.

        Examples
        --------
        >>> Unit(1_000_000, "").worth(764_999)
        '76 of 100'
        """
        if self.exact:
            return Message("{points} points", points=int(points))
        return Message("{fit} of 100", fit=self.of_100(points))

    def mean(self, total: float, pairs: float) -> str:
        """Return what pairs are worth together: on average, of 100.

        Examples
        --------
        >>> Unit(1_000_000, "").mean(1_263_887, 2)
        'on average 63 of 100'
        """
        if self.exact:
            return f"{numeral(total)} points"
        return f"on average {self.worth(total / pairs if pairs else 0)}"

    def together(self, total: int) -> str:
        """Return what several pairs are worth together.

        Examples
        --------
        >>> Unit(1_000_000, "").together(1_264_472)
        '126 together, of 100 a pair'
        """
        return (
            f"{self.figure(total)} {'points together' if self.exact else 'together, of 100 a pair'}"
        )

    def size(self, points: int) -> Message:
        """Return how much more or less a whole round has.

        Examples
        --------
        >>> Unit(1_000_000, "").size(113_342), Unit(1_000_000, "").size(7)
        ("11 of a pair's 100", "less than 1 of a pair's 100")
        """
        if self.exact:
            return Message("{points} points", points=points)
        return Message("{size} of a pair's 100", size=self._rounded(points))

    def _rounded(self, points: int) -> int | Message:
        return self.of_100(points) or Message("less than 1")

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
        size: int | Message = self.of_100(abs(points))
        if self.exact:
            size = Message("{points} points", points=abs(points))
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
