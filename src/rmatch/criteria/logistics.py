"""Whether two people can meet easily."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from rmatch.criteria.table import Compared, Table, of_basis, paired
from rmatch.criteria.weights import check_criterion, weight_faults
from rmatch.errors import Fault
from rmatch.people import UNKNOWN_HOURS, Cohort
from rmatch.utils.labels import overlaps
from rmatch.utils.points import allot
from rmatch.utils.validation import minutes_a_week

PARTS = ("language", "hours", "meeting_mode")


@dataclass(frozen=True, slots=True)
class Logistics:
    r"""A shared language, overlapping hours, a shared way to meet.

    The criterion's points are shared out over its three parts by their weights; a part that is not known of anybody on
    one of the sides is left out. Of a part's `m` points a pair gets `m` for any shared language (meeting mode), 0 for
    none; and :math:`\lfloor m \min(h, e) / e \rfloor` for `h` minutes a week in which both can meet, on the worst day of
    the round, `e` being enough. Unknown: the rounded mean over the pairs in which both are known. Where one of these is essential, use a rule.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.
    language, hours, meeting_mode : float
        How much each part counts beside the other parts.
    enough : float
        Minutes a week, in quarters of an hour, from which on more makes no difference: 1,200 are four hours on each of
        five days.

    Examples
    --------
    >>> Logistics(10, meeting_mode=0)
    Logistics(weight=10, language=1, hours=1, meeting_mode=0, enough=1200)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "logistics"
    side: ClassVar[str] = "both"
    protected: ClassVar[bool] = False

    weight: float
    language: float = 1
    hours: float = 1
    meeting_mode: float = 1
    enough: int = 1200

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self, self._faults())

    def factors(self, cohort: Cohort, most: int) -> list[Table]:
        """Return the points for the people of a cohort, one table a part with data."""
        compared = {part: of_basis(cohort, partial(_compared, part=part)) for part in PARTS}
        known = {part: getattr(self, part) for part, (_, basis) in compared.items() if basis.known}
        tables = []
        for part, share in allot(most, known).items():
            own, basis = (self._worth(each, part, share) for each in compared[part])
            tables.append(paired(own, basis.mean))
        return tables

    def _worth(self, compared: Compared, part: str, share: int) -> Compared:
        enough = int(self.enough) if part == "hours" else 1
        return compared._replace(points=share * np.minimum(compared.points, enough) // enough)

    def _faults(self) -> Iterator[Fault]:
        yield from weight_faults(
            "criteria.logistics", {part: getattr(self, part) for part in PARTS}
        )
        yield from minutes_a_week("criteria.logistics", "enough", self.enough)


def _compared(cohort: Cohort, part: str) -> Compared:
    """Return which set each mentor and each mentee has, and how much every two share."""
    if part == "hours":
        hours = cohort.availability
        return Compared(hours.mentors, hours.mentees, hours.minutes, UNKNOWN_HOURS)
    labels = cohort.people.languages if part == "language" else cohort.people.meeting_modes
    sets, which = labels.distinct()
    unknown = sets.index(frozenset()) if frozenset() in sets else -1
    common = overlaps(sets, len(labels.vocabulary))
    return Compared(which[cohort.mentors], which[cohort.mentees], common, unknown)
