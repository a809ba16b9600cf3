"""Everything the organiser chose."""

from collections.abc import Callable

from rmatch.programme.faults import COUNTS, ITEMS, MOST_LEVELS, faults_of
from rmatch.programme.programme import DEFAULT_CRITERIA, DEFAULT_RULES, Programme

__all__ = [
    "COUNTS",
    "DEFAULT_CRITERIA",
    "DEFAULT_RULES",
    "ITEMS",
    "MOST_LEVELS",
    "Programme",
    "faults_of",
]
__dir__: Callable[[], list[str]] = __all__.copy
