"""What two people have in common, and how far apart they are."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rmatch.formulas.comparison import Comparison, InParts, Part, both_known
from rmatch.utils.labels import fold
from rmatch.utils.messages import Message
from rmatch.utils.points import allot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rmatch.formulas.comparison import Column
    from rmatch.formulas.facts import Facts
    from rmatch.formulas.line import Formula
    from rmatch.formulas.meeting import Hours

WAYS = {
    "language": Message("language"),
    "hours": Message("hours"),
    "meeting_mode": Message("meeting mode"),
}
WAYS_OF: dict[str, Column] = {
    "language": lambda facts: facts.columns.sets("languages"),
    "hours": lambda facts: facts.columns.hours,
    "meeting_mode": lambda facts: facts.columns.sets("meeting_modes"),
}
"""What tells the languages, the hours and the meeting modes of everybody."""
NO_WAY = {
    "language": Message("the language of one of the two is not known: the mean"),
    "hours": Message("the time of one of the two is not known: the mean"),
    "meeting_mode": Message("the way to meet of one of the two is not known: the mean"),
}
IN_COMMON = {
    "language": Message("a language in common"),
    "meeting_mode": Message("a way to meet in common"),
}
NOT_IN_COMMON = {
    "language": Message("no language in common"),
    "meeting_mode": Message("no way to meet in common"),
}
NO_ANSWER = Message("one of the two answers is not known or not released: the mean")
SAME, DIFFERENT, PARTLY = Message("the same"), Message("different"), Message("partly different")
UNITS = {"level": Message("level"), "years": Message("years")}
NO_UNIT = {
    "level": Message("the level of one of the two is not known: the mean"),
    "years": Message("the years of one of the two are not known: the mean"),
}
BANDS = {"level": ((2, 5), (0, 8)), "years": ((8, 25), (0, 40))}


def experience_gap(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.ExperienceGap`, `None` without data."""
    unit, full, zero = band_of(facts, criterion)
    (low, high), (start, end) = hundredths(full), hundredths(zero)

    def points(junior: int, senior: int) -> int:
        gap = senior - junior
        if low <= gap <= high:
            return most
        if gap <= start or gap >= end:
            return 0
        return (
            most * (gap - start) // (low - start)
            if gap < low
            else most * (end - gap) // (end - high)
        )

    seniority = seniority_by(criterion)
    if not both_known(facts, seniority):
        return None
    comparison = Comparison.of(facts, seniority, points)

    def said(mentor: str, mentee: str, _: int) -> str:
        junior, senior = (comparison.own[facts.row[each]] for each in (mentor, mentee))
        return _apart(unit, (senior - junior) / 100, *full)

    part = Part(UNITS[unit], comparison, said, NO_UNIT[unit])
    return InParts(criterion.kind, facts.row, [part])


def seniority_by(item: Any) -> Column:
    """Return what tells the seniority of everybody as a criterion or rule measures it."""
    return lambda facts: facts.columns.seniority(item.by)


@cache
def _apart(unit: str, gap: float, low: float, high: float) -> Message:
    if unit == "level":
        return Message(
            "{count} level apart; full points from {low} to {high}",
            "{count} levels apart; full points from {low} to {high}",
            count=gap,
            low=low,
            high=high,
        )
    return Message(
        "{count} year apart; full points from {low} to {high}",
        "{count} years apart; full points from {low} to {high}",
        count=gap,
        low=low,
        high=high,
    )


def band_of(facts: Facts, criterion: Any) -> tuple[str, tuple[float, float], tuple[float, float]]:
    """Return the unit of an experience gap, the band with full points, and where there are none any more."""
    by_levels = criterion.by == "levels" or (criterion.by == "auto" and facts.programme.levels)
    unit = "level" if by_levels else "years"
    return unit, criterion.full or BANDS[unit][0], criterion.zero or BANDS[unit][1]


def hundredths(edges: tuple[float, float]) -> tuple[int, int]:
    """Return the two ends of a band as whole hundredths."""
    return round(100 * edges[0]), round(100 * edges[1])


def diversity(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Diversity`, `None` without data."""
    parts = []
    for name, share in dimension_shares(facts, criterion, most).items():
        points = _difference(share, order_of(criterion, name))
        comparison = Comparison.of(facts, answers_to(name), points)
        protected = name not in facts.programme.unprotected
        parts.append(Part(name, comparison, partial(_how_different, share), NO_ANSWER, protected))
    return InParts(criterion.kind, facts.row, parts) if parts else None


def _how_different(share: int, _: str, __: str, worth: int) -> str:
    return SAME if not worth else DIFFERENT if worth == share else PARTLY


def dimension_shares(facts: Facts, criterion: Any, most: int) -> dict[str, int]:
    """Return the points of each dimension of :class:`rmatch.criteria.Diversity` with data."""
    weights = {name: how.weight for name, how in criterion.dimensions.items()}
    weights = weights or dict.fromkeys(facts.basis.people.dimensions, 1)
    shares = allot(most, weights).items()
    return {name: share for name, share in shares if both_known(facts, answers_to(name))}


def order_of(criterion: Any, dimension: str) -> tuple[str, ...]:
    """Return the answers to a dimension from one end to the other, nothing for one without an order."""
    return tuple(criterion.dimensions[dimension].order) if criterion.dimensions else ()


def logistics(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Logistics`, `None` without data."""
    parts = []
    for name, share in way_shares(facts, criterion, most).items():
        points: Callable[[Any, Any], int]
        if name == "hours":
            points, said = _minutes(facts, share, int(criterion.enough)), _can_meet(facts)
        else:
            points, said = _common(share), _in_common(facts, name)
        comparison = Comparison.of(facts, WAYS_OF[name], points)
        parts.append(Part(WAYS[name], comparison, said, NO_WAY[name]))
    return InParts(criterion.kind, facts.row, parts) if parts else None


def _can_meet(facts: Facts) -> Callable[[str, str, int], str]:
    return lambda mentor, mentee, _: facts.both_can_meet(mentor, mentee)


def _in_common(facts: Facts, name: str) -> Callable[[str, str, int], str]:
    own, row = WAYS_OF[name](facts), facts.row

    def said(mentor: str, mentee: str, _: int) -> str:
        shared = own[row[mentor]] & own[row[mentee]]
        return (IN_COMMON if shared else NOT_IN_COMMON)[name]

    return said


def way_shares(facts: Facts, criterion: Any, most: int) -> dict[str, int]:
    """Return the points of each part of :class:`rmatch.criteria.Logistics` with data."""
    known = [part for part, value in WAYS_OF.items() if both_known(facts, value)]
    return allot(most, {part: getattr(criterion, part) for part in known})


def answers_to(dimension: str) -> Column:
    """Return what tells the answers of everybody to a dimension."""
    return lambda facts: facts.columns.answers(dimension)


def _difference(most: int, order: Iterable[str]) -> Callable[[frozenset[str], frozenset[str]], int]:
    rank = {fold(answer): position for position, answer in enumerate(order)}

    def points(one: frozenset[str], other: frozenset[str]) -> int:
        if rank:
            return most * abs(rank[next(iter(one))] - rank[next(iter(other))]) // (len(rank) - 1)
        return most * len(one ^ other) // len(one | other)

    return points


def _common(most: int) -> Callable[[frozenset[Any], frozenset[Any]], int]:
    return lambda one, other: most * bool(one & other)


def _minutes(facts: Facts, most: int, enough: int) -> Callable[[Hours, Hours], int]:
    return lambda one, other: most * min(facts.minutes(one, other), enough) // enough
