"""How far apart two people work."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rmatch.formulas.comparison import Comparison, InParts, Part, both_known
from rmatch.utils.messages import Message
from rmatch.utils.points import allot, rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rmatch.formulas.comparison import Column
    from rmatch.formulas.facts import Facts
    from rmatch.formulas.line import Formula


PARTS = {
    "site": Message("site"),
    "department": Message("department"),
    "chart": Message("chart"),
}
UNKNOWN = {
    "site": Message("the site of one of the two is not known: the mean"),
    "department": Message("the department of one of the two is not known: the mean"),
    "chart": Message("the place of one of the two in the chart is not known: the mean"),
}
ANOTHER = {"site": Message("another site"), "department": Message("another department")}
THE_SAME = {"site": Message("the same site"), "department": Message("the same department")}


def reach(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Reach`, `None` without data."""
    parts = []
    for name, share in place_shares(facts, criterion, most).items():
        points = _apart(facts, name, share, criterion.cap)
        if name == "chart":
            mean = cache(partial(mean_steps, facts.basis, share, criterion.cap))
            comparison = Comparison(facts.columns.chart, points, mean)
            said = partial(_how_far, facts, criterion.cap)
        else:
            comparison = Comparison.of(facts, PLACES_OF[name], points)
            said = partial(_elsewhere, name)
        parts.append(Part(PARTS[name], comparison, said, UNKNOWN[name]))
    return InParts(criterion.kind, facts.row, parts) if parts else None


def _how_far(facts: Facts, cap: int, mentor: str, mentee: str, _: int) -> str:
    steps = facts.distance(mentor, mentee, cap)
    return _steps_apart(steps, at_least=steps == cap)


def _elsewhere(name: str, _: str, __: str, worth: int) -> str:
    return (ANOTHER if worth else THE_SAME)[name]


PLACES_OF: dict[str, Column] = {
    "site": lambda facts: facts.columns.texts("site"),
    "department": lambda facts: facts.columns.texts("department"),
    "chart": lambda facts: facts.columns.chart,
}
"""What tells the site and the department of everybody, and who is in the chart."""


@cache
def _steps_apart(steps: int, *, at_least: bool) -> Message:
    if at_least:
        return Message(
            "{count} or more steps apart in the organisation chart",
            "{count} or more steps apart in the organisation chart",
            count=steps,
        )
    return Message(
        "{count} step apart in the organisation chart",
        "{count} steps apart in the organisation chart",
        count=steps,
    )


def place_shares(facts: Facts, criterion: Any, most: int) -> dict[str, int]:
    """Return the points of each part of :class:`rmatch.criteria.Reach` with data."""
    known = [part for part, value in PLACES_OF.items() if both_known(facts, value)]
    return allot(most, {part: getattr(criterion, part) for part in known})


def _apart(facts: Facts, part: str, most: int, cap: int) -> Callable[[str, str], int]:
    if part == "chart":
        return lambda one, other: most * facts.distance(one, other, cap) // cap
    return lambda one, other: most * (one != other)


def mean_steps(facts: Facts, most: int, cap: int) -> int:
    """Return the mean worth of the distance, from the pairs that are closer than the cap: those are few."""
    leaders = [mentee for mentee in facts.mentees if facts.placed(mentee)]
    juniors = [mentor for mentor in facts.mentors if facts.placed(mentor)]
    below = _below(facts, leaders, cap)
    lost = 0
    for mentor in juniors:
        for steps in _near(facts, mentor, below, cap).values():
            lost += most - most * steps // cap
    pairs = len(juniors) * len(leaders)
    return rounded_mean(most * pairs - lost, pairs)


def _below(facts: Facts, people: Iterable[str], cap: int) -> dict[str, list[tuple[str, int]]]:
    """Return who of some people stands below each boss, and by how many steps, where these are below the cap."""
    below: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for person in people:
        for steps, boss in enumerate(facts.above(person, cap - 1)):
            below[boss].append((person, steps))
    return below


def _near(
    facts: Facts, person: str, below: Mapping[str, list[tuple[str, int]]], cap: int
) -> dict[str, int]:
    """Return the steps to everybody who is closer than the cap."""
    near: dict[str, int] = {}
    # The way between two people leads up to a boss of both and down again, and the closest such boss makes it shortest.
    for up, boss in enumerate(facts.above(person, cap - 1)):
        for other, down in below.get(boss, ()):
            near[other] = min(up + down, near.get(other, cap))
    return near
