"""What to do about a programme: whether it is time to start one."""

from collections.abc import Callable

from rmatch.advice.checklist import Question
from rmatch.advice.readiness import Readiness, readiness
from rmatch.advice.remarks import Remark

__all__ = ["Question", "Readiness", "Remark", "readiness"]
__dir__: Callable[[], list[str]] = __all__.copy
