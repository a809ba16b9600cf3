"""The mentor is the junior one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.people import MEASURES, UNKNOWN, Cohort, Measure
from rmatch.utils.validation import choice, number, refuse


@dataclass(frozen=True, slots=True)
class JuniorMentor:
    """The mentor stands at least `min_gap` below the mentee.

    Attributes
    ----------
    by : {"auto", "levels", "years"}
        What is compared; ``"auto"`` takes the levels where the programme has any.
    min_gap : float
        The least distance: positions in the list of levels, or years.

    Examples
    --------
    >>> JuniorMentor(by="years", min_gap=5)
    JuniorMentor(by='years', min_gap=5)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "junior_mentor"

    by: Measure = "auto"
    min_gap: float = 1

    def __post_init__(self) -> None:
        """Check the values."""
        where = "rules.junior_mentor"
        gap = number(where, "min_gap", self.min_gap, 0.01, 80)  # distances are kept to a hundredth
        refuse([*choice(where, "by", self.by, MEASURES), *gap])

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return cohort.seniority(self.by)[cohort.mentors]

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        seniority = cohort.seniority(self.by)
        junior, senior = seniority[cohort.mentors[rows]], seniority[cohort.mentees[columns]]
        known: NDArray[np.bool_] = (junior != UNKNOWN)[:, None] & (senior != UNKNOWN)
        junior_enough: NDArray[np.bool_] = junior[:, None] + round(100 * self.min_gap) <= senior
        return known & junior_enough
