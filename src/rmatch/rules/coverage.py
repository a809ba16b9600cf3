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
        topics = len(cohort.people.topics)
        covered = np.zeros((len(rows), len(columns)), bool)
        for level in range(1, cohort.terms.topic_levels + 1):
            can = np.zeros((len(rows), topics), np.float64)
            new = np.zeros((topics, len(columns)), np.float64)
            can[teach.rows[teach.weights == level], teach.codes[teach.weights == level]] = 1
            new[wanted.topics[wanted.known < level], wanted.columns[wanted.known < level]] = 1
            covered |= can @ new > 0
        return covered
