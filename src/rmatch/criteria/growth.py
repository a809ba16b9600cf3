"""What the leader can teach the junior: a two-way street."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.table import Table, of_basis
from rmatch.criteria.weights import check_criterion
from rmatch.people import Cohort, Wanted, wanted_shares
from rmatch.utils.points import rounded_mean


@dataclass(frozen=True, slots=True)
class Growth:
    r"""The share of what the mentor wants that the mentee can give: :class:`Expertise` the other way round.

    With the mentor's priorities :math:`\pi_t` and levels :math:`k_t`, the mentee's levels :math:`o_t` and the
    programme's top level `L`, a pair gets of the criterion's `m` points

    .. math:: \sum_t \left\lfloor m\,\frac{\pi_t}{\sum_{s:\,k_s<L} \pi_s}\,\frac{\max(0,\,o_t - k_t)}{L - k_t} \right\rfloor

    over what the mentor wants and does not know at the top level. A mentor who wants nothing gets the rounded mean over
    the mentors who do.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.

    Examples
    --------
    >>> Growth(5)
    Growth(weight=5)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "growth"
    side: ClassVar[str] = "mentor"
    protected: ClassVar[bool] = False

    weight: float

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self)

    def factors(self, cohort: Cohort, most: int) -> list[Table]:
        """Return the points for the people of a cohort, nothing without data."""
        own, basis = of_basis(cohort, partial(_given, most=most))
        if not basis.known:
            return []
        mentors = np.arange(len(cohort.mentors))
        others = np.flatnonzero(np.bincount(own.mentors, minlength=len(mentors)) == 0)
        # The last row is for those who want nothing.
        points = np.concatenate([own.points, np.full((1, len(cohort.mentees)), basis.mean)])
        rows = np.concatenate([own.mentors, others])
        codes = np.concatenate([own.codes, np.full(len(others), len(own.points))])
        return [Table.gathered(rows, codes, len(mentors), points)]


class _Given(NamedTuple):
    """What mentees give to mentors: whose each want is, which row of the points it has, and the points by mentee."""

    mentors: NDArray[np.int64]
    codes: NDArray[np.int64]
    points: NDArray[np.int32]
    known: bool

    @property
    def mean(self) -> int:
        """The rounded mean over the mentors who want something."""
        often = np.bincount(self.codes, minlength=len(self.points))
        total = int(often @ self.points.sum(axis=1))
        learners = np.count_nonzero(np.bincount(self.mentors))
        return rounded_mean(total, learners * self.points.shape[1])


def _given(cohort: Cohort, most: int) -> _Given:
    wanted, give = wanted_shares(cohort, cohort.mentors), _levels(cohort)
    fields = wanted.topics, wanted.known, wanted.priorities, wanted.sums
    sizes = tuple(int(field.max(initial=0)) + 1 for field in fields)
    kinds, codes = np.unique(np.ravel_multi_index(fields, sizes), return_inverse=True)
    topics, known, priorities, sums = (field[:, None] for field in np.unravel_index(kinds, sizes))
    shares = Wanted(topics, topics, known, priorities, sums)
    top = cohort.terms.topic_levels
    worth = shares.points(most, np.arange(top + 1), top).astype(np.int32)
    points = np.zeros((len(kinds), give.shape[1]), np.int32)
    for row, (own, topic) in enumerate(zip(worth, topics[:, 0].tolist(), strict=True)):
        np.take(own, give[topic], out=points[row])
    return _Given(wanted.columns, codes, points, bool(wanted.columns.size and give.any()))


def _levels(cohort: Cohort) -> NDArray[np.int64]:
    skills = cohort.skills.take(cohort.mentees)
    levels = np.zeros((len(cohort.people.topics), len(cohort.mentees)), np.int64)
    levels[skills.codes, skills.rows] = skills.weights
    return levels
