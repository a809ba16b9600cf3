"""What to do about a programme: whether to start one, whom to recruit, and what would be if something were different."""

from collections.abc import Callable

from rmatch.advice.checklist import Question
from rmatch.advice.readiness import Readiness, readiness
from rmatch.advice.recruiting import recruit
from rmatch.advice.remarks import Remark
from rmatch.advice.scenario import Scenario
from rmatch.advice.what_if import WhatIf, what_if
from rmatch.rounds import Recruit, Recruits, Together, Worth

__all__ = [
    "Question",
    "Readiness",
    "Recruit",
    "Recruits",
    "Remark",
    "Scenario",
    "Together",
    "WhatIf",
    "Worth",
    "readiness",
    "recruit",
    "what_if",
]
__dir__: Callable[[], list[str]] = __all__.copy
