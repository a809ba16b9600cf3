"""The two work in different places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort


@dataclass(frozen=True, slots=True)
class OtherDepartment:
    """The two work in different departments.

    Examples
    --------
    >>> OtherDepartment().kind
    'other_department'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "other_department"

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return _numbers(cohort.people.department)[cohort.mentors]

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        return _differ(cohort.people.department, cohort.mentors[rows], cohort.mentees[columns])


@dataclass(frozen=True, slots=True)
class OtherSite:
    """The two work at different sites.

    Examples
    --------
    >>> OtherSite().kind
    'other_site'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "other_site"

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return _numbers(cohort.people.site)[cohort.mentors]

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        return _differ(cohort.people.site, cohort.mentors[rows], cohort.mentees[columns])


def _differ(
    workplaces: Sequence[str | None], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.bool_]:
    codes = _numbers(workplaces)
    mentors, mentees = codes[rows][:, None], codes[columns]
    differ: NDArray[np.bool_] = (mentors != mentees) & (mentors >= 0) & (mentees >= 0)
    return differ


def _numbers(workplaces: Sequence[str | None]) -> NDArray[np.int64]:
    number = {each: code for code, each in enumerate(dict.fromkeys(workplaces))}
    return np.array([-1 if own is None else number[own] for own in workplaces], np.int64)
