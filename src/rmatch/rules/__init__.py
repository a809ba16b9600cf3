"""What makes a pair impossible: hard rules that forbid pairs.

A rule never scores. A rule needs its value: a pair of which one is unknown is not allowed.
"""

from __future__ import annotations

from collections.abc import Callable

from rmatch.people import Only
from rmatch.rules.acceptance import Accepted
from rmatch.rules.built_in import BUILT_IN, BuiltIn
from rmatch.rules.coverage import CoversAWant
from rmatch.rules.custom import CustomRule
from rmatch.rules.meeting import OverlappingHours, SharedLanguage
from rmatch.rules.own import AnyRule, allows, closed_pairs, kinds_of, rule_faults
from rmatch.rules.place import OtherDepartment, OtherSite
from rmatch.rules.repeat import NoRepeat, named, named_pairs
from rmatch.rules.reporting import ReportingChain
from rmatch.rules.rule import Rule
from rmatch.rules.seniority import JuniorMentor

__all__ = [
    "BUILT_IN",
    "Accepted",
    "AnyRule",
    "BuiltIn",
    "CoversAWant",
    "CustomRule",
    "JuniorMentor",
    "NoRepeat",
    "Only",
    "OtherDepartment",
    "OtherSite",
    "OverlappingHours",
    "ReportingChain",
    "Rule",
    "SharedLanguage",
    "allows",
    "closed_pairs",
    "kinds_of",
    "named",
    "named_pairs",
    "rule_faults",
]
__dir__: Callable[[], list[str]] = __all__.copy
