"""Everything the organiser chose. No person's id is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - the type of a field, which readers of files look up
from typing import TYPE_CHECKING, Literal

from rmatch.criteria import (
    AnyCriterion,
    Diversity,
    ExperienceGap,
    Expertise,
    Growth,
    Reach,
    criterion_faults,
)
from rmatch.errors import Fault, InvalidInputError, is_whole, nearest
from rmatch.objectives import TOTAL, Objective, named, objective_fault
from rmatch.people import NUMERIC, Only, as_dates, bare, date_faults
from rmatch.quotas import AnyQuota, quota_faults
from rmatch.rules import Accepted, AnyRule, JuniorMentor, NoRepeat, ReportingChain, rule_faults
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_CRITERIA: tuple[AnyCriterion, ...] = (
    Expertise(45),
    ExperienceGap(20),
    Diversity(20),
    Reach(10),
    Growth(5),
)
DEFAULT_RULES: tuple[AnyRule, ...] = (
    JuniorMentor(),
    ReportingChain(),
    Accepted(),
    NoRepeat(),
)
LISTS = ("criteria", "rules", "quotas", "levels", "lived_topics", "unprotected")
MADE_OF = {
    "criteria": ("kind", "factors", "block", "formula"),
    "rules": ("kind", "allows", "block", "formula"),
    "quotas": ("dimension",),
}
"""One of these has whatever is meant for the list, complete or not."""
CHOICES = {"participation": ("most", "best"), "places": ("without_protected", "with_protected")}
MOST_LEVELS = 9
COUNTS = {
    "mentor_capacity": 0,
    "mentee_capacity": 0,
    "mentor_minimum": 0,
    "mentee_minimum": 0,
    "topic_levels": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Criteria with weights, rules, capacities, participation: what "good" and "allowed" mean in one programme.

    Attributes
    ----------
    name : str
        What the programme is called; printed with the result.
    criteria : tuple of Criterion
        What gives a pair points, built in or one's own. A built-in one without any data is left out and reported.
    rules : tuple of Rule
        What forbids a pair, built in or one's own. Exclusions and nobody-with-themselves always hold.
    levels : tuple of str
        The grades from the most junior to the most senior; empty to go by years.
    topic_levels : int
        The top level of a topic; an offer without a level counts as the top.
    lived_topics : tuple of str
        Topics that only those teach who listed them under the people's column `lived_topics`; offered elsewhere they do
        not count.
    unprotected : tuple of str
        Dimensions that are not protected attributes, such as the work mode.
    dates : tuple of date
        The first and the last day of the round, or its only day: the time in which two people can both meet is that of
        the worst day between them, as clocks change. Without dates it holds all year. Texts like ``"2026-05-01"`` are
        taken as dates.
    mentor_capacity, mentee_capacity : int
        Partners for everybody who does not state their own number.
    mentor_minimum, mentee_minimum : int
        Partners that everybody in the role must get who does not state their own number; hard, and met before
        anything else.
    participation : {"most", "best"}
        As many pairs as possible and then the best, or the best total whatever the number.
    objective : Total, AlphaFair, MaxMin or Leximin
        What is best over all pairs; one that needs no values also by its name, such as ``"leximin"``.
    quotas : tuple of Quota, PairQuota or MeanParity
        Bounds on partners, places or pairs of groups; those on protected dimensions need the `justification`.
    min_points : int or None
        Pairs below it are refused. Protected attributes have no share in the points that it is compared with, unless
        `places` says otherwise.
    places : {"without_protected", "with_protected"}
        Whether protected attributes may decide who gets a place, beside who meets whom.
    justification : str
        Why they may; required with ``"with_protected"`` and for quotas on protected dimensions, and kept in the result.

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> programme = Programme(criteria=(Expertise(3), ExperienceGap(1)), mentor_capacity=2)
    >>> programme.participation
    'most'
    """

    name: str = ""
    criteria: tuple[AnyCriterion, ...] = DEFAULT_CRITERIA
    rules: tuple[AnyRule, ...] = DEFAULT_RULES
    levels: tuple[str, ...] = ()
    topic_levels: int = 5
    lived_topics: tuple[str, ...] = ()
    unprotected: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    mentor_capacity: int = 1
    mentee_capacity: int = 1
    mentor_minimum: int = 0
    mentee_minimum: int = 0
    participation: Literal["most", "best"] = "most"
    objective: Objective = TOTAL
    quotas: tuple[AnyQuota, ...] = ()
    min_points: int | None = None
    places: Literal["without_protected", "with_protected"] = "without_protected"
    justification: str = ""

    def __post_init__(self) -> None:
        """Turn lists into tuples and check the values."""
        for column in LISTS:
            given = getattr(self, column)
            object.__setattr__(self, column, tuple(given) if isinstance(given, list) else given)
        object.__setattr__(self, "dates", as_dates(self.dates))
        object.__setattr__(self, "objective", named(self.objective))
        faults = (
            [*_list_faults(self)]
            or [*_own_faults(self)]
            or [
                *_value_faults(self),
                *_criteria_faults(self),
                *_level_faults(self),
            ]
        )
        if faults:
            raise InvalidInputError(faults)


def _list_faults(programme: Programme) -> Iterator[Fault]:
    for name in LISTS:
        if not isinstance(getattr(programme, name), tuple):
            yield Fault(
                "programme", name, f"{getattr(programme, name)!r} is not a list", "give a list"
            )
            continue
        for item in getattr(programme, name):
            if isinstance(item, type):
                yield Fault(
                    "programme",
                    name,
                    f"{item.__name__} is a class",
                    f"make one of it: {item.__name__}(...)",
                )
            elif not (_meant_for(name, item)):
                yield Fault(
                    "programme", name, f"{item!r}", f"give {name if name in MADE_OF else 'texts'}"
                )
    for name in ("name", "justification"):
        if not isinstance(getattr(programme, name), str):
            yield Fault("programme", name, f"{getattr(programme, name)!r}", "give a text")


def _meant_for(name: str, item: object) -> bool:
    if name not in MADE_OF:
        return isinstance(item, str)
    return any(hasattr(item, member) for member in MADE_OF[name])


def _own_faults(programme: Programme) -> Iterator[Fault]:
    """Go through what criteria and rules of one's own lack."""
    for criterion in programme.criteria:
        yield from criterion_faults(criterion)
    for rule in programme.rules:
        yield from rule_faults(rule)


def _value_faults(programme: Programme) -> Iterator[Fault]:
    for name, least in COUNTS.items():
        value = getattr(programme, name)
        if not is_whole(value, least):
            yield Fault("programme", name, f"{value!r}", f"give a whole number of {least} or more")
        elif name == "topic_levels" and value > MOST_LEVELS:
            yield Fault("programme", name, f"{value!r}", f"give 1 to {MOST_LEVELS}")
    yield from date_faults("programme", programme.dates)
    for name, choices in CHOICES.items():
        value = getattr(programme, name)
        if value not in choices:
            yield Fault("programme", name, f"{value!r}", nearest(value, choices))
    if fault := objective_fault(programme.objective, programme.participation):
        yield replace(fault, where="programme")
    for fault in quota_faults(
        programme.quotas, programme.objective, programme.unprotected, programme.justification
    ):
        yield replace(fault, where="programme")
    if programme.places == "with_protected" and not programme.justification.strip():
        yield Fault(
            "programme",
            "justification",
            "is empty",
            "say why protected attributes may decide who gets a place",
        )
    for rule in programme.rules:
        if _goes_by_protected(rule, programme) and programme.places == "without_protected":
            name = name_of(rule)
            problem = (
                f"the rule {name!r} goes by protected dimensions, so it decides who gets a place"
            )
            yield Fault(
                "programme",
                "rules",
                problem,
                "leave it out, or say places='with_protected' and why",
            )
    if programme.min_points is not None and not is_whole(programme.min_points, -MOST):
        yield Fault(
            "programme", "min_points", f"{programme.min_points!r}", "give a whole number of points"
        )


def _goes_by_protected(rule: AnyRule, programme: Programme) -> bool:
    asked = rule.dimensions if isinstance(rule, Only) else frozenset()
    return bool(getattr(bare(rule), "protected", False) or asked - set(programme.unprotected))


def _criteria_faults(programme: Programme) -> Iterator[Fault]:
    weights = [criterion.weight for criterion in programme.criteria if criterion.weight is not None]
    if weights and not any(weights):
        yield Fault("programme", "criteria", "all weights are zero", "give one of them more")
    if not programme.criteria:
        yield Fault("programme", "criteria", "is empty", "name at least one criterion")
    for part in ("criteria", "rules"):
        names = [name_of(item) for item in getattr(programme, part)]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield Fault("programme", part, f"{name!r} is there twice", "name each once")


def _level_faults(programme: Programme) -> Iterator[Fault]:
    for level in dict.fromkeys(programme.levels):
        if programme.levels.count(level) > 1:
            yield Fault("programme", "levels", f"{level!r} is there twice", "name each grade once")
    for chosen in (*programme.criteria, *programme.rules):
        if isinstance(chosen, Only):
            yield from _graded_faults(chosen, programme.levels)
        item = bare(chosen)
        by_levels = isinstance(item, ExperienceGap | JuniorMentor) and item.by == "levels"
        if by_levels and not programme.levels:
            yield Fault(
                "programme",
                item.kind,
                "goes by levels, and there are none",
                "list the grades in levels",
            )


def _graded_faults(item: Only, levels: tuple[str, ...]) -> Iterator[Fault]:
    """Go through the grades of conditions that are not on the programme's list."""
    known = {fold(level) for level in levels}
    for condition in (each for each in item.conditions if each.column == "level"):
        if condition.operator in NUMERIC and not levels:
            problem = f"asks for a level {condition.operator}, and there are none"
            yield Fault("programme", f"{item.kind}.for", problem, "list the grades in levels")
        exact = not condition.operator.endswith("contains")
        for level in condition.operands if levels and exact else ():
            if fold(level) not in known:
                problem = f"{level!r} is not in the programme's levels"
                yield Fault("programme", f"{item.kind}.for.level", problem, nearest(level, levels))
