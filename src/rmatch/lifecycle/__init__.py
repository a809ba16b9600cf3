"""A programme over time: a plan over rounds, and the rest of it planned again."""

from collections.abc import Callable

from rmatch.lifecycle.plan import Plan
from rmatch.lifecycle.planning import plan
from rmatch.lifecycle.read import read_plan
from rmatch.lifecycle.replanning import replan
from rmatch.rounds import Meeting, PlanTerms

__all__ = ["Meeting", "Plan", "PlanTerms", "plan", "read_plan", "replan"]
__dir__: Callable[[], list[str]] = __all__.copy
