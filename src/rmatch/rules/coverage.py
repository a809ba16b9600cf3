"""The mentor has something to teach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort, wanted_shares


@dataclass(frozen=True, slots=True)
class CoversAWant:
    """The mentor can teach at least one topic that the mentee wants, beyond what the mentee already knows.

    Examples
    --------
    >>> CoversAWant().kind
    'covers_a_want'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "covers_a_want"

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        teach = cohort.skills.take(cohort.mentors)
        at_levels = replace(teach, codes=teach.codes + len(cohort.people.topics) * teach.weights)
        return at_levels.distinct()[1].astype(np.int64)

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        wanted = wanted_shares(cohort, cohort.mentees[columns])
        teach = cohort.skills.take(cohort.mentors[rows])
        top = cohort.terms.topic_levels + 1
        # A topic at a level has a number, as far as some of the mentors teach it so.
        numbers, own = np.unique(teach.codes * np.int64(top) + teach.weights, return_inverse=True)
        can = np.zeros((len(rows), len(numbers)), np.float32)
        can[teach.rows, own.reshape(-1)] = 1
        new = np.zeros((len(numbers), len(columns)), np.float32)
        for level in np.unique(numbers % top).tolist():
            keys = wanted.topics * np.int64(top) + level
            there = np.flatnonzero(np.isin(keys, numbers) & (wanted.known < level))
            new[np.searchsorted(numbers, keys[there]), wanted.columns[there]] = 1
        # Counts of topics are exact in floats, whose products are fast.
        return can @ new > 0
