"""What makes a pair impossible: hard rules that forbid pairs.

A rule never scores. A rule needs its value: a pair of which one is unknown is not allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rmatch.rules.coverage import CoversAWant
from rmatch.rules.custom import CustomRule
from rmatch.rules.meeting import OverlappingHours, SharedLanguage
from rmatch.rules.place import OtherDepartment, OtherSite
from rmatch.rules.repeat import NoRepeat
from rmatch.rules.reporting import ReportingChain
from rmatch.rules.seniority import JuniorMentor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rmatch.people import Cohort

__all__ = [
    "CoversAWant",
    "CustomRule",
    "JuniorMentor",
    "NoRepeat",
    "OtherDepartment",
    "OtherSite",
    "OverlappingHours",
    "ReportingChain",
    "Rule",
    "SharedLanguage",
]


class Rule(Protocol):
    """A hard constraint on pairs."""

    @property
    def kind(self) -> str:
        """The name of the rule in a programme's file."""

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""


BUILT_IN: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        JuniorMentor,
        ReportingChain,
        OtherDepartment,
        OtherSite,
        SharedLanguage,
        OverlappingHours,
        CoversAWant,
        NoRepeat,
    )
}
