"""The two can talk to each other at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rmatch.utils.labels import overlaps
from rmatch.utils.validation import quarters, refuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people import Cohort


@dataclass(frozen=True, slots=True)
class SharedLanguage:
    """The two speak a common language.

    Examples
    --------
    >>> SharedLanguage().kind
    'shared_language'
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    kind: ClassVar[str] = "shared_language"

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return cohort.people.languages.distinct()[1][cohort.mentors].astype(np.int64)

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        languages = cohort.people.languages
        sets, which = languages.distinct()
        shared = overlaps(sets, len(languages.vocabulary)) > 0
        return shared[which[cohort.mentors[rows]]][:, which[cohort.mentees[columns]]]


@dataclass(frozen=True, slots=True)
class OverlappingHours:
    """There are hours of the day in which both can meet.

    Attributes
    ----------
    hours : float
        How many, in quarters.

    Examples
    --------
    >>> OverlappingHours(hours=1.5)
    OverlappingHours(hours=1.5)
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    kind: ClassVar[str] = "overlapping_hours"

    hours: float = 1

    def __post_init__(self) -> None:
        """Check the values."""
        refuse(quarters("rules.overlapping_hours", "hours", self.hours))

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return cohort.availability[1][cohort.mentors].astype(np.int64)

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        sets, which = cohort.availability
        enough = overlaps(sets, 96) >= round(4 * self.hours)
        return enough[which[cohort.mentors[rows]]][:, which[cohort.mentees[columns]]]
