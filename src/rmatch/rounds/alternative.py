"""Another pair, and what it would cost, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from rmatch.programme import Unit
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document
from rmatch.utils.messages import Message


@dataclass(frozen=True, slots=True)
class Alternative(Document):
    """Another pair, and what the whole programme would lose by it.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    points : int
        What the pair is worth.
    pairs_lost, points_lost : int
        What the matching with a lock on this pair has less than this one. Fewer pairs, or other people on the places,
        may have more points. No pairs are lost where their number does not matter (``participation="best"``).
    at_most : tuple of two int, or None
        The same, where it is exact. In programmes too large for that, `pairs_lost` and `points_lost` are the least that is
        lost and this is the most, if a bound on it is known.
    changes_places : bool or None
        Whether anybody gets a place by it, or loses one; None in programmes too large to tell.
    unit : Unit
        What points are told in.
    """

    mentor: str
    mentee: str
    points: int
    pairs_lost: int
    points_lost: int
    at_most: tuple[int, int] | None
    changes_places: bool | None
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    _besides = "exact", "price"

    @property
    def exact(self) -> bool:
        """Whether the loss is known exactly."""
        return self.at_most == self.at_least

    @property
    def at_least(self) -> tuple[int, int]:
        """The least that is lost, pairs and points: what alternatives are compared by."""
        return self.pairs_lost, self.points_lost

    def __str__(self) -> str:
        """Return it in words."""
        return f"{called(self.mentor)} with {called(self.mentee)} ({self.unit.worth(self.points)}): {self.price}"

    @property
    def price(self) -> str:
        """What it would cost the programme, in words."""
        if self.changes_places:
            return Message("{price}, and change who gets a place", price=self._price)
        return self._price

    @property
    def _price(self) -> Message:
        lost = self._lost(*self.at_least)
        if self.exact and self.at_least < (0, 0):
            return Message("would gain the programme {lost}", lost=lost)
        if self.exact:
            return Message("would cost the programme {lost}", lost=lost)
        if self.at_least > (0, 0):
            price = Message("would cost the programme at least {lost}", lost=lost)
        elif self.points_lost:
            price = Message(
                "might cost the programme nothing, or even gain up to {lost}", lost=lost
            )
        else:
            price = Message("might cost the programme nothing")
        if self.at_most is None:
            return price
        return Message("{price}, and at most {most}", price=price, most=self._lost(*self.at_most))

    @property
    def in_all(self) -> str:
        """How the whole matching would compare, in a few words."""
        pairs, gap = self.pairs_lost, self.unit.gap(-self.points_lost)
        if not pairs:
            return Message("{gap} in all", gap=gap)
        if self.points_lost >= 0:
            return Message(
                "{count} pair less and {gap} in all",
                "{count} pairs less and {gap} in all",
                count=pairs,
                gap=gap,
            )
        return Message(
            "{count} pair less but {gap} in all",
            "{count} pairs less but {gap} in all",
            count=pairs,
            gap=gap,
        )

    def _lost(self, pairs: int, points: int) -> Message:
        size = self.unit.size(abs(points))
        if not pairs:
            return size if points else Message("nothing")
        if points >= 0:
            return Message(
                "{count} pair and {size}", "{count} pairs and {size}", count=pairs, size=size
            )
        return Message(
            "{count} pair and gain {size}", "{count} pairs and gain {size}", count=pairs, size=size
        )
