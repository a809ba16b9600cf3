"""What makes a pair good: soft preferences that give points.

A criterion never forbids a pair. Each belongs to a side: what the mentee gains, what the mentor gains, or both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rmatch.criteria.custom import Custom, Matrix
from rmatch.criteria.diversity import Dimension, Diversity
from rmatch.criteria.experience_gap import ExperienceGap
from rmatch.criteria.expertise import Expertise
from rmatch.criteria.growth import Growth
from rmatch.criteria.logistics import Logistics
from rmatch.criteria.reach import Reach
from rmatch.criteria.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.criteria.table import Factor
    from rmatch.people import Cohort

__all__ = [
    "Criterion",
    "Custom",
    "Dimension",
    "Diversity",
    "ExperienceGap",
    "Expertise",
    "Growth",
    "Logistics",
    "Matrix",
    "Reach",
    "Wish",
]


class Criterion(Protocol):
    """A soft preference."""

    @property
    def kind(self) -> str:
        """The name of the criterion in a programme's file."""

    @property
    def side(self) -> str:
        """Who gains: ``"mentee"``, ``"mentor"`` or ``"both"``."""

    @property
    def weight(self) -> float | None:
        """How much it matters beside the others; `None` for points in the user's own units."""

    @property
    def protected(self) -> bool:
        """Whether protected attributes may have a share in the points; the criterion then keeps its weight without data."""

    def factors(self, cohort: Cohort, most: int) -> Sequence[Factor]:
        """Return at most `most` whole points for every pair of a cohort, nothing where there is no data."""


BUILT_IN: dict[str, type[Criterion]] = {
    criterion.kind: criterion
    for criterion in (Expertise, ExperienceGap, Diversity, Reach, Growth, Wish, Logistics)
}
