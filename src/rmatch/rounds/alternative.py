"""Another pair, and what it would cost, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from rmatch.programme import Unit
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document
from rmatch.utils.text import counted


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
        changes = ", and change who gets a place"
        return f"{self._price}{changes * bool(self.changes_places)}"

    @property
    def _price(self) -> str:
        lost = self._lost(*self.at_least)
        if self.exact:
            gains = self.at_least < (0, 0)
            return f"would {'gain' if gains else 'cost'} the programme {lost}"
        most = "" if self.at_most is None else f", and at most {self._lost(*self.at_most)}"
        if self.at_least > (0, 0):
            return f"would cost the programme at least {lost}{most}"
        gain = f", or even gain up to {lost}" if self.points_lost else ""
        return f"might cost the programme nothing{gain}{most}"

    @property
    def in_all(self) -> str:
        """How the whole matching would compare, in a few words."""
        pairs, points = self.pairs_lost, self.points_lost
        if pairs:
            also = "and" if points >= 0 else "but"
            return f"{counted(pairs, 'pair')} less {also} {self.unit.gap(-points)} in all"
        return f"{self.unit.gap(-points)} in all"

    def _lost(self, pairs: int, points: int) -> str:
        size = self.unit.size(abs(points))
        if not pairs:
            return size if points else "nothing"
        return f"{counted(pairs, 'pair')} and {'gain ' * (points < 0)}{size}"
