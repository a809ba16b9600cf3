"""Nobody meets their own boss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError, is_whole
from rmatch.people import Cohort


@dataclass(frozen=True, slots=True)
class ReportingChain:
    """Neither of the two stands in the other's reporting line.

    Attributes
    ----------
    steps : int or "whole"
        How many steps up or down count. The whole chain would leave a chief executive nobody.

    Examples
    --------
    >>> ReportingChain(steps="whole")
    ReportingChain(steps='whole')
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "reporting_chain"

    steps: int | Literal["whole"] = 2

    def __post_init__(self) -> None:
        """Check the values."""
        if self.steps != "whole" and not is_whole(self.steps, 1):
            where, remedy = "rules.reporting_chain", "give 1 or more, or 'whole'"
            raise InvalidInputError(
                [Fault(where, "steps", f"{self.steps!r} is out of range", remedy)]
            )

    def closed(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return row and column of the few pairs that may not meet."""
        steps = None if self.steps == "whole" else self.steps
        return np.stack(cohort.organisation.in_line(cohort.mentors, cohort.mentees, steps), axis=1)

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        steps = None if self.steps == "whole" else self.steps
        return ~cohort.organisation.chained(cohort.mentors[rows], cohort.mentees[columns], steps)
