"""What the mentor can teach the mentee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.table import Table, of_basis
from rmatch.criteria.weights import check_criterion
from rmatch.errors import Fault, is_whole
from rmatch.people import Cohort, wanted_shares
from rmatch.utils.labels import fold
from rmatch.utils.points import rounded_mean


@dataclass(frozen=True, slots=True)
class Expertise:
    r"""The share of what the mentee wants that the mentor can teach beyond what the mentee already knows.

    The mentee wants the topics `t` with priorities :math:`\pi_t` and knows them at level :math:`k_t` (0 if not at all);
    the mentor teaches them at level :math:`o_t`; `L` is the programme's top level. Of the criterion's `m` points a pair
    gets

    .. math:: \sum_t \left\lfloor m\,\frac{\pi'_t}{\sum_{s:\,k_s<L} \pi'_s}\,\frac{\max(0,\,o_t - k_t)}{L - k_t} \right\rfloor

    over the wanted topics with :math:`k_t < L`, where :math:`\pi'_t = \pi_t\,(N + b\,(N - n_t))` for a topic that
    :math:`n_t` of the `N` mentors teach and the boost `b`. An offer without a level counts as the top level. No offers
    are worth nothing. A mentee who wants nothing, or nothing left to learn, gives every mentor the rounded mean over the
    mentees who do.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.
    rare_boost : int
        0 to 9: how much more a rare topic counts. With 1, a topic that nobody teaches counts twice as much as one
        that everybody teaches.

    Examples
    --------
    >>> Expertise(45, rare_boost=1)
    Expertise(weight=45, rare_boost=1)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "expertise"
    side: ClassVar[str] = "mentee"
    protected: ClassVar[bool] = False

    weight: float
    rare_boost: int = 0

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self, self._faults())

    def factors(self, cohort: Cohort, most: int) -> list[Table]:
        """Return the points for the people of a cohort, nothing without data."""
        own, basis = of_basis(cohort, partial(self._taught, most=most))
        if not basis.known:
            return []
        mentors = np.arange(len(cohort.mentors))
        points = own.points.copy()
        points[0] = basis.mean
        points[0, own.learners] = 0
        rows = np.concatenate([mentors, own.rows])
        codes = np.concatenate([np.zeros_like(mentors), own.codes])
        return [replace(Table.gathered(rows, codes, len(mentors), points), topics=own.topics)]

    def _taught(self, cohort: Cohort, most: int) -> _Taught:
        teach = cohort.skills.take(cohort.mentors)
        wanted = wanted_shares(cohort, cohort.mentees, self._rarity(cohort))
        top = cohort.terms.topic_levels
        levelled = teach.codes.astype(np.int64) * (top + 1) + teach.weights
        taught = np.bincount(levelled, minlength=len(cohort.people.topics) * (top + 1)) > 0
        row = np.cumsum(taught)  # of each topic at each level that is taught, from 1
        points = np.zeros((1 + int(taught.sum()), len(cohort.mentees)), np.int32)
        for level in range(1, top + 1):
            keys = wanted.topics * (top + 1) + level
            some = taught[keys]
            points[row[keys[some]], wanted.columns[some]] = wanted.points(most, level, top)[some]
        topics = np.concatenate([[-1], np.flatnonzero(taught) // (top + 1)])
        learners = np.unique(wanted.columns)
        return _Taught(len(cohort.mentors), teach.rows, row[levelled], points, topics, learners)

    def _rarity(self, cohort: Cohort) -> NDArray[np.int64]:
        basis, topics = cohort.basis, cohort.people.topics
        codes = basis.skills.take(basis.mentors).codes
        counts = np.bincount(codes, minlength=len(basis.people.topics)).tolist()
        known = dict(zip(map(fold, basis.people.topics), counts, strict=True))
        teachers = np.array([known.get(fold(topic), 0) for topic in topics], np.int64)
        mentors = len(basis.mentors)
        return mentors + self.rare_boost * (mentors - teachers)

    def _faults(self) -> Iterator[Fault]:
        if not is_whole(self.rare_boost, 0, 9):
            yield Fault(
                "criteria.expertise",
                "rare_boost",
                f"{self.rare_boost!r} is out of range",
                "give 0 to 9",
            )


class _Taught(NamedTuple):
    """What mentors teach mentees: who has which code, and the points by mentee; the first row is for those who want nothing."""

    mentors: int
    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    points: NDArray[np.int32]
    topics: NDArray[np.int64]
    learners: NDArray[np.int64]

    @property
    def known(self) -> bool:
        """Whether somebody teaches something, and somebody wants something."""
        return bool(self.codes.size and self.learners.size)

    @property
    def mean(self) -> int:
        """The rounded mean over the mentees who want something."""
        teachers = np.bincount(self.codes, minlength=len(self.points))
        total = int(teachers @ self.points.sum(axis=1))
        return rounded_mean(total, self.mentors * len(self.learners))
