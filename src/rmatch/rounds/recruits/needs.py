"""How many want a topic, and how many mentors have places for it: the count by which people are recruited elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.people import wanted_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people import Cohort

    Whole = NDArray[np.int64]


class Needs(NamedTuple):
    """What is wanted and offered, by the codes of the topics.

    Attributes
    ----------
    wanted : ndarray of int64
        Mentees who want each topic, and do not know it at the top level.
    places : ndarray of int64
        Places of the mentors who teach it.
    private : ndarray of bool
        Whether it is a lived topic, which nobody is recruited for.
    """

    wanted: Whole
    places: Whole
    private: NDArray[np.bool_]

    @classmethod
    def of(cls, cohort: Cohort) -> Needs:
        """Count for a cohort."""
        people, size = cohort.people, len(cohort.people.topics)
        teach = cohort.skills.take(cohort.mentors)
        room = cohort.capacity("mentor")[teach.rows]
        return cls(
            np.bincount(wanted_shares(cohort, cohort.mentees).topics, minlength=size),
            np.bincount(teach.codes, room, size).astype(np.int64),
            np.isin(np.arange(size), [*people.lived_topics.codes, *cohort.lived_topics]),
        )

    @property
    def short(self) -> Whole:
        """How many more want each topic than can be taught it; negative where there are more places."""
        return self.wanted - self.places


def covered_by(cohort: Cohort) -> Whole:
    """Return how many wants each mentor teaches each mentee beyond what the mentee knows, mentors × mentees."""
    wanted, teach = wanted_shares(cohort, cohort.mentees), cohort.skills.take(cohort.mentors)
    covered = np.zeros((len(cohort.mentors), len(cohort.mentees)), np.int64)
    order = np.argsort(teach.codes, kind="stable")
    first = np.searchsorted(teach.codes[order], np.arange(len(cohort.people.topics) + 1))
    each = zip(wanted.columns.tolist(), wanted.topics.tolist(), wanted.known.tolist(), strict=True)
    for column, topic, known in each:
        able = order[first[topic] : first[topic + 1]]
        covered[teach.rows[able[teach.weights[able] > known]], column] += 1
    return covered
