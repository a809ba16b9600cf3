"""What is wrong with the values of a programme.

Each check is a function whose arguments are the columns that it reads, so that it runs whenever these are well formed,
whatever is wrong elsewhere: one wrong value hides no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from inspect import signature
from typing import Any

from rmatch.criteria import AnyCriterion, ExperienceGap, criterion_faults
from rmatch.errors import Fault, is_whole, nearest
from rmatch.objectives import objective_fault
from rmatch.people import MOST_PARTNERS, NUMERIC, Only, bare, date_faults
from rmatch.programme.crossed import crossed_faults
from rmatch.programme.groups import group_faults, size_faults
from rmatch.programme.points_alone import points_alone
from rmatch.quotas import clashes, quota_faults
from rmatch.rules import AnyRule, JuniorMentor, rule_faults
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST
from rmatch.utils.text import numeral
from rmatch.utils.validation import seen

Items = Sequence[AnyCriterion | AnyRule]


TEXTS = ("name", "justification")
LISTS = ("levels", "lived_topics", "unprotected")
ITEMS = ("criteria", "rules", "quotas")
"""Lists whose items are looked at one by one: a wrong item is left out, and the others are still checked."""
MADE_OF = {
    "criteria": ("kind", "factors", "block", "formula"),
    "rules": ("kind", "allows", "block", "formula"),
    "quotas": ("dimension",),
}
"""One of these has whatever is meant for the list, complete or not."""
CHOICES = {
    "count_topic": ("each", "once"),
    "participation": ("most", "best"),
    "places": ("without_protected", "with_protected"),
    "waiting": ("same", "first"),
}
COUNTS = {
    "mentor_capacity": (0, MOST_PARTNERS),
    "mentee_capacity": (0, MOST_PARTNERS),
    "mentor_minimum": (0, MOST_PARTNERS),
    "mentee_minimum": (0, MOST_PARTNERS),
    "topic_levels": (1, 9),
    "smallest_group": (3, MOST_PARTNERS),
}
"""The least and the most that each number may be."""


def faults_of(values: Mapping[str, Any], malformed: Collection[str] = ()) -> list[Fault]:
    """Return everything that is wrong with the values of a programme.

    Parameters
    ----------
    values : mapping
        A value for each column of a programme.
    malformed : collection of str
        Columns whose fault is known already: their values, or those items that are left out of them, say nothing.

    Returns
    -------
    list of Fault
        What is wrong; nothing where a programme can be made.

    Examples
    --------
    >>> from rmatch import Programme
    >>> values = {column: getattr(Programme(), column) for column in Programme.__slots__}
    >>> [
    ...     fault.field
    ...     for fault in faults_of(values | {"topic_levels": 12, "places": "with_protected"})
    ... ]
    ['topic_levels', 'justification']
    """
    sound, wrong, faults = dict(values), set(malformed), []
    for column in (*TEXTS, *LISTS, *ITEMS):
        if column not in wrong or column in ITEMS:
            sound[column], found = _well_formed(column, values[column])
            faults += found
            wrong |= {column} if found else set()
    for column in (*COUNTS, *CHOICES):
        if column not in wrong:
            faults += _number_or_choice(column, values[column])
    # A list without its wrong items can be checked item by item, but not for what it lacks as a whole.
    sound["incomplete"], unread = frozenset(wrong), wrong - set(ITEMS)
    for check, asked in CHECKS.items():
        if unread.isdisjoint(asked):
            faults += check(**{column: sound[column] for column in asked})
    return faults


def _well_formed(column: str, value: Any) -> tuple[Any, list[Fault]]:
    """Return a text or a list without what has no place in it, and what is wrong."""
    if column in TEXTS:
        wrong = [] if isinstance(value, str) else [_fault(column, f"{value!r}", "give a text")]
        return value, wrong
    if not isinstance(value, tuple):
        return (), [_fault(column, f"{value!r} is not a list", "give a list")]
    found = [(item, [*_item_faults(column, item)]) for item in value]
    good = tuple(item for item, faults in found if not faults)
    return good, [fault for _, faults in found for fault in faults]


def _item_faults(column: str, item: Any) -> Iterator[Fault]:
    """Go through what an item of a list lacks, or has wrong, taken alone."""
    if isinstance(item, type):
        remedy = f"make one of it: {item.__name__}(...)"
        yield _fault(column, f"{item.__name__} is a class", remedy)
    elif column not in MADE_OF:
        if not isinstance(item, str):
            yield _fault(column, f"{item!r}", "give texts")
    elif not any(hasattr(item, member) for member in MADE_OF[column]):
        yield _fault(column, f"{item!r}", f"give {column}")
    elif column == "criteria":
        yield from criterion_faults(item)
    elif column == "rules":
        yield from rule_faults(item)


def _number_or_choice(column: str, value: Any) -> Iterator[Fault]:
    if column in CHOICES:
        if value not in CHOICES[column]:
            yield _fault(column, f"{value!r}", nearest(value, CHOICES[column]))
    else:
        least, most = COUNTS[column]
        if not is_whole(value, least, most):
            yield _fault(
                column, seen(value), f"give a whole number from {least} to {numeral(most)}"
            )


def _dates(dates: Any) -> Iterator[Fault]:
    yield from date_faults("programme", dates)


def _objective(objective: Any, participation: Any) -> Iterator[Fault]:
    if fault := objective_fault(objective, participation):
        yield replace(fault, where="programme")


def _quotas(quotas: Any, unprotected: Sequence[str], justification: str) -> Iterator[Fault]:
    for fault in quota_faults(quotas, unprotected, justification):
        yield replace(fault, where="programme")


def _quotas_with_objective(quotas: Any, objective: Any) -> Iterator[Fault]:
    for fault in clashes(quotas, objective):
        yield replace(fault, where="programme")


def _served_first(waiting: Any, spread: Any, objective: Any, quotas: Any) -> Iterator[Fault]:
    if not isinstance(spread, bool):
        yield _fault("spread", seen(spread), "give true or false")
    for column, asked in (("waiting", waiting == "first"), ("spread", spread is True)):
        for fault in points_alone(objective, quotas) if asked else ():
            yield replace(fault, field=column)


def _justified(places: Any, justification: str) -> Iterator[Fault]:
    if places == "with_protected" and not justification.strip():
        remedy = "say why protected attributes may decide who gets a place"
        yield _fault("justification", "is empty", remedy)


def _blind_rules(
    rules: Sequence[AnyRule], unprotected: Sequence[str], places: Any
) -> Iterator[Fault]:
    if places != "without_protected":
        return
    for rule in rules:
        asked = rule.dimensions if isinstance(rule, Only) else frozenset()
        if getattr(bare(rule), "protected", False) or asked - set(unprotected):
            name = name_of(rule)
            problem = (
                f"the rule {name!r} goes by protected dimensions, so it decides who gets a place"
            )
            yield _fault("rules", problem, "leave it out, or say places='with_protected' and why")


def _min_points(min_points: Any) -> Iterator[Fault]:
    if min_points is not None and not is_whole(min_points, -MOST):
        yield _fault("min_points", seen(min_points), "give a whole number of points")


def _weights(criteria: Sequence[AnyCriterion], incomplete: Collection[str]) -> Iterator[Fault]:
    if "criteria" in incomplete:
        return
    weights = [criterion.weight for criterion in criteria if criterion.weight is not None]
    if weights and not any(weights):
        yield _fault("criteria", "all weights are zero", "give one of them more")
    if not criteria:
        yield _fault("criteria", "is empty", "name at least one criterion")


def _names(criteria: Items, rules: Items) -> Iterator[Fault]:
    for part, items in (("criteria", criteria), ("rules", rules)):
        names = [name_of(item) for item in items]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield _fault(part, f"{name!r} is there twice", "name each once")


def _levels(levels: Sequence[str]) -> Iterator[Fault]:
    for level in dict.fromkeys(levels):
        if levels.count(level) > 1:
            yield _fault("levels", f"{level!r} is there twice", "name each grade once")


def _graded(criteria: Items, rules: Items, levels: Sequence[str]) -> Iterator[Fault]:
    """Go through what asks for grades that are not on the list, or for any where there is none."""
    for chosen in (*criteria, *rules):
        if isinstance(chosen, Only):
            yield from _conditions(chosen, levels)
        item = bare(chosen)
        by_levels = isinstance(item, ExperienceGap | JuniorMentor) and item.by == "levels"
        if by_levels and not levels:
            problem = "goes by levels, and there are none"
            yield _fault(item.kind, problem, "list the grades in levels")


def _conditions(item: Only, levels: Sequence[str]) -> Iterator[Fault]:
    known = {fold(level) for level in levels}
    for condition in (each for each in item.conditions if each.column == "level"):
        if condition.operator in NUMERIC and not levels:
            problem = f"asks for a level {condition.operator}, and there are none"
            yield _fault(f"{item.kind}.for", problem, "list the grades in levels")
        exact = not condition.operator.endswith("contains")
        for level in condition.operands if levels and exact else ():
            if fold(level) not in known:
                problem = f"{level!r} is not in the programme's levels"
                yield _fault(f"{item.kind}.for.level", problem, nearest(level, levels))


def _fault(column: str, problem: str, remedy: str) -> Fault:
    return Fault("programme", column, problem, remedy)


CHECKS: dict[Callable[..., Iterator[Fault]], tuple[str, ...]] = {
    check: tuple(signature(check).parameters)
    for check in (
        _dates,
        crossed_faults,
        size_faults,
        group_faults,
        _objective,
        _quotas,
        _quotas_with_objective,
        _served_first,
        _justified,
        _blind_rules,
        _min_points,
        _weights,
        _names,
        _levels,
        _graded,
    )
}
"""The checks of more than a number or a choice, each with the columns that it reads."""
