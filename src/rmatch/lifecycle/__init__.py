"""A programme over time: a plan over rounds."""

from collections.abc import Callable

from rmatch.lifecycle.plan import Plan
from rmatch.lifecycle.planning import plan
from rmatch.lifecycle.read import read_plan
from rmatch.rounds import Meeting, PlanTerms

__all__ = ["Meeting", "Plan", "PlanTerms", "plan", "read_plan"]
__dir__: Callable[[], list[str]] = __all__.copy
