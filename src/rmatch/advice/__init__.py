"""What to do about a programme: whether it is time to start one, and what would be if something were different."""

from collections.abc import Callable

from rmatch.advice.checklist import Question
from rmatch.advice.readiness import Readiness, readiness
from rmatch.advice.remarks import Remark
from rmatch.advice.scenario import Scenario
from rmatch.advice.what_if import WhatIf, what_if

__all__ = ["Question", "Readiness", "Remark", "Scenario", "WhatIf", "readiness", "what_if"]
__dir__: Callable[[], list[str]] = __all__.copy
