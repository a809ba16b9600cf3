"""Everything the organiser chose."""

from collections.abc import Callable

from rmatch.programme.faults import COUNTS, ITEMS, faults_of
from rmatch.programme.programme import DEFAULT_CRITERIA, DEFAULT_RULES, Programme

__all__ = [
    "COUNTS",
    "DEFAULT_CRITERIA",
    "DEFAULT_RULES",
    "ITEMS",
    "Programme",
    "faults_of",
]
__dir__: Callable[[], list[str]] = __all__.copy
