"""What makes a pair good: soft preferences that give points.

A criterion never forbids a pair. Each belongs to a side: what the mentee gains, what the mentor gains, or both.
"""

from __future__ import annotations

from collections.abc import Callable

from rmatch.criteria.built_in import BUILT_IN, BuiltIn
from rmatch.criteria.criterion import Criterion
from rmatch.criteria.custom import Custom, Matrix
from rmatch.criteria.diversity import Dimension, Diversity
from rmatch.criteria.experience_gap import ExperienceGap
from rmatch.criteria.expertise import Expertise
from rmatch.criteria.growth import Growth
from rmatch.criteria.logistics import Logistics
from rmatch.criteria.own import AnyCriterion, criterion_faults, factors_of
from rmatch.criteria.reach import Reach
from rmatch.criteria.some import Inside, restricted
from rmatch.criteria.table import Factor, Parts, SinglePairs, Table, stack
from rmatch.criteria.wish import Wish
from rmatch.people import Only

__all__ = [
    "BUILT_IN",
    "AnyCriterion",
    "BuiltIn",
    "Criterion",
    "Custom",
    "Dimension",
    "Diversity",
    "ExperienceGap",
    "Expertise",
    "Factor",
    "Growth",
    "Inside",
    "Logistics",
    "Matrix",
    "Only",
    "Parts",
    "Reach",
    "SinglePairs",
    "Table",
    "Wish",
    "criterion_faults",
    "factors_of",
    "restricted",
    "stack",
]
__dir__: Callable[[], list[str]] = __all__.copy
