"""Everything the organiser chose."""

from collections.abc import Callable

from rmatch.programme.faults import COUNTS, ITEMS, faults_of
from rmatch.programme.once import counts_once, group_terms
from rmatch.programme.points_alone import points_alone
from rmatch.programme.programme import DEFAULT_CRITERIA, DEFAULT_RULES, LATER, Programme
from rmatch.programme.unit import HUNDRED, Unit, whole_points

__all__ = [
    "COUNTS",
    "DEFAULT_CRITERIA",
    "DEFAULT_RULES",
    "HUNDRED",
    "ITEMS",
    "LATER",
    "Programme",
    "Unit",
    "counts_once",
    "faults_of",
    "group_terms",
    "points_alone",
    "whole_points",
]
__dir__: Callable[[], list[str]] = __all__.copy
