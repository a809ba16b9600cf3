"""The price of fair places: what the total would be if protected attributes decided places, too."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rmatch.programme import Programme
from rmatch.rounds.earlier import Earlier
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.round import Round
from rmatch.scoring import scored
from rmatch.utils.documents import Document
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse
from rmatch.utils.values import Value

ONLY_COMPARED = "to see the price of fair places; nobody is matched by it"
"""The justification of the programme that is solved for comparison."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacesPrice(Value, Document):
    """What it costs to decide without protected attributes who gets a place.

    Attributes
    ----------
    pairs, total : int
        Of the matching.
    with_protected : Matching or Outcome
        The best matching of the same people if protected attributes decided places, too, with its proof:
        :func:`rmatch.verify` checks it. It is there to be compared with, not to be used.
    """

    pairs: int
    total: int
    with_protected: Outcome = field(repr=False)

    @property
    def points(self) -> int:
        """The points that fair places cost; less than 0 only where `min_points` lets other pairs, and more of them, be made."""
        return self.with_protected.total - self.total

    @property
    def share(self) -> float:
        """The points that fair places cost, as a share of those that were possible; 0 where none were."""
        possible = self.with_protected.total
        return self.points / possible if possible else 0.0

    def __str__(self) -> str:
        """Return it as a sentence."""
        other = self.with_protected
        pairs = counted(len(other.pairs), "pair")
        unit = other.unit
        price = "nothing"
        if self.points:
            price = (
                f"{'-' * (self.points < 0)}{unit.size(abs(self.points))} ({100 * self.share:.2g} %)"
            )
        return (
            f"The price of fair places: {price}. If protected attributes decided places, too, "
            f"{pairs}, {unit.mean(other.total, len(other.pairs))}, would be possible, and no more."
        )

    def to_dict(self) -> dict[str, int | float]:
        """Return the figures as plain data."""
        other = self.with_protected
        return {
            "points": self.points,
            "share": self.share,
            "pairs_with_protected": len(other.pairs),
            "total_with_protected": other.total,
        }


def open_to_all(programme: Programme) -> Programme:
    """Return the programme that is solved for comparison: in it protected attributes decide places, too."""
    return replace(programme, places="with_protected", justification=ONLY_COMPARED)


def places_price(matching: Outcome) -> PlacesPrice:
    """Solve once more with protected attributes; see :meth:`rmatch.Matching.price_of_fair_places`."""
    from rmatch.rounds.costs import points_faults

    refuse(points_faults(matching, "price_of_fair_places"))
    return PlacesPrice(len(matching.pairs), matching.total, _with_protected(matching))


def _with_protected(matching: Outcome) -> Outcome:
    if not Round(matching.scores, matching.seed).guards_places:
        return matching
    programme = open_to_all(matching.programme)
    basis = matching.scores.cohort.baseline
    scores = scored(matching.people, programme, matching.requests, basis)
    return Round(scores, matching.seed, earlier=Earlier.of(matching)).solve()
