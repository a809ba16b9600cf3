"""The two can talk to each other at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort
from rmatch.utils.labels import overlaps
from rmatch.utils.validation import minutes_a_week, refuse


@dataclass(frozen=True, slots=True)
class SharedLanguage:
    """The two speak a common language.

    Examples
    --------
    >>> SharedLanguage().kind
    'shared_language'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
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
    """There is time in a week in which both can meet, on every day of the round.

    Attributes
    ----------
    minutes : int
        How many minutes a week, in quarters of an hour: 300 are an hour on each of five days.

    Examples
    --------
    >>> OverlappingHours(minutes=90)
    OverlappingHours(minutes=90)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "overlapping_hours"

    minutes: int = 300

    def __post_init__(self) -> None:
        """Check the values."""
        refuse(minutes_a_week("rules.overlapping_hours", "minutes", self.minutes))

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return cohort.availability.mentors

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        hours = cohort.availability
        enough = hours.minutes >= self.minutes
        return enough[hours.mentors[rows]][:, hours.mentees[columns]]
