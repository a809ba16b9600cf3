"""The rules that come with rmatch, by their kind."""

from __future__ import annotations

from typing import TypeAlias

from rmatch.rules.acceptance import Accepted
from rmatch.rules.coverage import CoversAWant
from rmatch.rules.meeting import OverlappingHours, SharedLanguage
from rmatch.rules.place import OtherDepartment, OtherSite
from rmatch.rules.repeat import NoRepeat
from rmatch.rules.reporting import ReportingChain
from rmatch.rules.seniority import JuniorMentor

BuiltIn: TypeAlias = (
    JuniorMentor
    | ReportingChain
    | OtherDepartment
    | OtherSite
    | SharedLanguage
    | OverlappingHours
    | CoversAWant
    | Accepted
    | NoRepeat
)

BUILT_IN: dict[str, type[BuiltIn]] = {
    rule.kind: rule
    for rule in (
        JuniorMentor,
        ReportingChain,
        OtherDepartment,
        OtherSite,
        SharedLanguage,
        OverlappingHours,
        CoversAWant,
        Accepted,
        NoRepeat,
    )
}
