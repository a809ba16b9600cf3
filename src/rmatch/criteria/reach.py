"""How far apart two people are in the organisation: against echo chambers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.table import (
    Compared,
    Factor,
    Parts,
    SinglePairs,
    Table,
    of_basis,
    paired,
)
from rmatch.criteria.weights import check_criterion, weight_faults
from rmatch.errors import Fault, is_whole
from rmatch.people import Cohort, Organisation
from rmatch.utils.points import allot, rounded_mean
from rmatch.utils.values import Value

PARTS = ("site", "department", "chart")


@dataclass(frozen=True, slots=True)
class Reach:
    r"""Distance in the organisation: another site, another department, far apart in the chart.

    The criterion's points are shared out over its three parts by their weights; a part that is not known of anybody on
    one of the sides is left out. Of a part's `m` points a pair gets `m` where the sites (departments) differ and 0 where
    they are the same; and :math:`\lfloor m \min(d, c) / c \rfloor` for `d` steps between the two along reporting lines,
    capped at `c` (people without a common boss are `c` apart). Unknown: the rounded mean over the pairs in which both
    are known.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.
    site, department, chart : float
        How much each part counts beside the other parts.
    cap : int
        From how many steps on the chart's part is full.

    Examples
    --------
    >>> Reach(10, chart=0)
    Reach(weight=10, site=1, department=1, chart=0, cap=4)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "reach"
    side: ClassVar[str] = "both"
    protected: ClassVar[bool] = False

    weight: float
    site: float = 1
    department: float = 1
    chart: float = 1
    cap: int = 4

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self, self._faults())

    def factors(self, cohort: Cohort, most: int) -> list[Factor]:
        """Return the points for the people of a cohort, one table a part with data."""
        basis = cohort.basis
        known = {part: self._known(basis, part) for part in PARTS}
        parts = {
            part
            for part, who in known.items()
            if who[basis.mentors].any() and who[basis.mentees].any()
        }
        shares = allot(most, {part: getattr(self, part) for part in PARTS if part in parts})
        return [
            ChartDistance.of(cohort, self.cap, share)
            if part == "chart"
            else _differs(cohort, part, share)
            for part, share in shares.items()
        ]

    def _known(self, cohort: Cohort, part: str) -> NDArray[np.bool_]:
        if part == "chart":
            return cohort.organisation.placed
        return np.array([own is not None for own in getattr(cohort.people, part)], bool)

    def _faults(self) -> Iterator[Fault]:
        yield from weight_faults("criteria.reach", {part: getattr(self, part) for part in PARTS})
        if not is_whole(self.cap, 1, 20):
            yield Fault(
                "criteria.reach", "cap", f"{self.cap!r} is out of range", "give 1 to 20 steps"
            )


@dataclass(frozen=True, slots=True, eq=False)
class ChartDistance(Value):
    """Points for the distance in the organisation chart.

    Attributes
    ----------
    organisation : Organisation
        The chart.
    mentors, mentees : ndarray of int
        The people behind the rows and columns.
    cap, most, neutral : int
        Where the distance is capped, what the cap is worth, what a pair gets of which one is not in the chart.
    near : SinglePairs
        What the pairs lose that are nearer than the cap.
    protected : bool
        No protected attribute has a share in these points.
    """

    organisation: Organisation
    mentors: NDArray[np.intp]
    mentees: NDArray[np.intp]
    cap: int
    most: int
    neutral: int
    near: SinglePairs
    protected: bool = False

    @classmethod
    def of(cls, cohort: Cohort, cap: int, most: int) -> ChartDistance:
        """Make the factor of a cohort, with the mean over the pairs that are in the chart."""
        near, basis = of_basis(cohort, partial(_near, cap=cap, most=most))
        neutral = _mean_distance(cohort.basis, basis, most)
        return cls(cohort.organisation, cohort.mentors, cohort.mentees, cap, most, neutral, near)

    def parts(self) -> Parts:
        """Return the same points as a table of full or neutral ones, and what the pairs that are close lose."""
        placed = self.organisation.placed
        full = np.full((2, len(self.mentees)), self.neutral, np.int64)
        full[1, placed[self.mentees]] = self.most
        return Parts((Table.single(placed[self.mentors].astype(np.int64), full),), (self.near,))

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        return self._between(self.mentors[rows][:, None], self.mentees[columns])

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""
        return self._between(self.mentors[rows], self.mentees[columns])

    def _between(self, mentors: NDArray[np.intp], mentees: NDArray[np.intp]) -> NDArray[np.int64]:
        placed = self.organisation.placed
        points = self.most * self.organisation.distance(mentors, mentees, self.cap) // self.cap
        return np.where(placed[mentors] & placed[mentees], points, self.neutral)


def _near(cohort: Cohort, cap: int, most: int) -> SinglePairs:
    """Return what the pairs of the chart lose that are nearer than the cap."""
    chart, mentors, mentees = cohort.organisation, cohort.mentors, cohort.mentees
    i, j, steps = chart.near(mentors, mentees, cap)
    both = chart.placed[mentors][i] & chart.placed[mentees][j]
    return SinglePairs(i[both], j[both], most * steps[both] // cap - most)


def _mean_distance(cohort: Cohort, near: SinglePairs, most: int) -> int:
    placed = cohort.organisation.placed
    pairs = int(placed[cohort.mentors].sum()) * int(placed[cohort.mentees].sum())
    return rounded_mean(most * pairs + int(near.points.sum()), pairs)


def _differs(cohort: Cohort, part: str, most: int) -> Table:
    own, basis = of_basis(cohort, partial(_places, part=part, most=most))
    return paired(own, basis.mean)


def _places(cohort: Cohort, part: str, most: int) -> Compared:
    workplaces = getattr(cohort.people, part)
    different = sorted(set(workplaces) - {None})
    number = {None: -1} | {each: code for code, each in enumerate(different)}
    codes = np.fromiter(map(number.__getitem__, workplaces), np.int64, len(workplaces))
    points = most * (1 - np.eye(len(different), dtype=np.int64))
    return Compared(codes[cohort.mentors], codes[cohort.mentees], points, -1)
