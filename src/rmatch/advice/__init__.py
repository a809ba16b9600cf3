"""What to do about a programme: whether to start one, whom to recruit, what would be if, and the least that has to give."""

from collections.abc import Callable

from rmatch.advice.checklist import Question
from rmatch.advice.readiness import Readiness, readiness
from rmatch.advice.recruiting import recruit
from rmatch.advice.remarks import Remark
from rmatch.advice.scenario import Scenario
from rmatch.advice.smallest_fix import Fix, smallest_fix
from rmatch.advice.what_if import WhatIf, what_if
from rmatch.rounds import Catalogue, Give, Recruit, Recruits, Together, Worth

__all__ = [
    "Catalogue",
    "Fix",
    "Give",
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
    "smallest_fix",
    "what_if",
]
__dir__: Callable[[], list[str]] = __all__.copy
