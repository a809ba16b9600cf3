"""What two people have in common, and how far apart they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rmatch.formulas.line import Line
from rmatch.utils.labels import fold
from rmatch.utils.points import allot, rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.line import Formula

BANDS = {"level": ((2, 5), (0, 8)), "years": ((8, 25), (0, 40))}


@dataclass(frozen=True)
class Comparison:
    """Points that depend on one value of each person only, and the mean where a value is unknown.

    Attributes
    ----------
    value : callable
        The value of a person; empty or `None` where unknown.
    points : callable
        The points of two values.
    neutral : callable
        The rounded mean over the pairs in which both are known, worked out when it is first needed.
    """

    value: Callable[[str], Any]
    points: Callable[[Any, Any], int]
    neutral: Callable[[], int]

    @classmethod
    def of(
        cls, facts: Facts, value: Callable[[str], Any], points: Callable[[Any, Any], int]
    ) -> Comparison:
        """Take the mean over a programme's people."""

        @cache
        def neutral() -> int:
            juniors, leaders = _known(facts.mentors, value), _known(facts.mentees, value)
            pairs = sum(juniors.values()) * sum(leaders.values())
            total = sum(
                times * often * points(one, other)
                for one, times in juniors.items()
                for other, often in leaders.items()
            )
            return rounded_mean(total, pairs)

        return cls(value, points, neutral)

    def of_pair(self, mentor: str, mentee: str) -> tuple[int, bool]:
        """Return the points of a pair, and whether both values are known."""
        one, other = self.value(mentor), self.value(mentee)
        if unknown(one) or unknown(other):
            return self.neutral(), False
        return self.points(one, other), True


def unknown(value: object) -> bool:
    """Tell whether a value is missing; zero is a value."""
    return value is None or value == frozenset()


def experience_gap(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.ExperienceGap`, `None` without data."""
    unit = (
        "level"
        if criterion.by == "levels" or (criterion.by == "auto" and facts.programme.levels)
        else "years"
    )
    full, zero = criterion.full or BANDS[unit][0], criterion.zero or BANDS[unit][1]
    (low, high), (start, end) = ([round(100 * edge) for edge in edges] for edges in (full, zero))

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

    def seniority(person: str) -> int | None:
        return facts.seniority(person, criterion.by)

    if not _both_known(facts, seniority):
        return None
    comparison = Comparison.of(facts, seniority, points)

    def formula(mentor: str, mentee: str) -> Iterator[Line]:
        worth, known = comparison.of_pair(mentor, mentee)
        sentence = f"the {unit} of one of the two is not known: the mean"
        if known:
            gap = (seniority(mentee) or 0) - (seniority(mentor) or 0)
            apart = f"{gap / 100:g} {unit.removesuffix('s')}{'s' * (gap != 100)} apart"
            sentence = f"{apart}; full points from {full[0]:g} to {full[1]:g}"
        yield Line(criterion.kind, unit, worth, sentence, known)

    return formula


def diversity(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Diversity`, `None` without data."""
    weights = {name: how.weight for name, how in criterion.dimensions.items()}
    weights = weights or dict.fromkeys(facts.people.dimensions, 1)
    values = {name: _answers_to(facts, name) for name in weights}
    shares = {
        name: share
        for name, share in allot(most, weights).items()
        if _both_known(facts, values[name])
    }
    orders = {
        name: criterion.dimensions[name].order if criterion.dimensions else () for name in shares
    }
    comparisons = {
        name: Comparison.of(facts, values[name], _difference(share, orders[name]))
        for name, share in shares.items()
    }

    def formula(mentor: str, mentee: str) -> Iterator[Line]:
        for name, comparison in comparisons.items():
            worth, known = comparison.of_pair(mentor, mentee)
            sentence = "one of the two answers is not known or not released: the mean"
            if known:
                sentence = (
                    "the same"
                    if not worth
                    else "different"
                    if worth == shares[name]
                    else "partly different"
                )
            yield Line(
                criterion.kind,
                name,
                worth,
                sentence,
                known,
                name not in facts.programme.unprotected,
            )

    return formula if comparisons else None


def reach(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Reach`, `None` without data."""
    values: dict[str, Callable[[str], Any]] = {
        "site": lambda person: facts.person[person].site,
        "department": lambda person: facts.person[person].department,
        "chart": lambda person: person if facts.placed(person) else None,
    }
    weights = {
        part: getattr(criterion, part)
        for part, value in values.items()
        if _both_known(facts, value)
    }
    shares = allot(most, weights)
    worths = {part: _apart(facts, part, share, criterion.cap) for part, share in shares.items()}
    comparisons = {
        part: Comparison(
            values[part],
            worths[part],
            cache(partial(_mean_steps, facts, shares[part], criterion.cap)),
        )
        if part == "chart"
        else Comparison.of(facts, values[part], worths[part])
        for part in shares
    }

    def formula(mentor: str, mentee: str) -> Iterator[Line]:
        for part, comparison in comparisons.items():
            worth, known = comparison.of_pair(mentor, mentee)
            sentence = f"the {part} of one of the two is not known: the mean"
            if known and part == "chart":
                steps = facts.distance(mentor, mentee, criterion.cap)
                more = " or more" if steps == criterion.cap else ""
                sentence = f"{steps}{more} steps apart in the organisation chart"
            elif known:
                sentence = f"another {part}" if worth else f"the same {part}"
            yield Line(criterion.kind, part, worth, sentence, known)

    return formula if comparisons else None


def logistics(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Logistics`, `None` without data."""
    values = {"language": facts.languages, "hours": facts.quarters, "meeting_mode": facts.modes}
    shares = allot(
        most,
        {
            part: getattr(criterion, part)
            for part, value in values.items()
            if _both_known(facts, value)
        },
    )
    enough = {"language": 1, "hours": round(4 * criterion.enough), "meeting_mode": 1}
    comparisons = {
        part: Comparison.of(facts, values[part], _common(share, enough[part]))
        for part, share in shares.items()
    }

    def formula(mentor: str, mentee: str) -> Iterator[Line]:
        for part, comparison in comparisons.items():
            worth, known = comparison.of_pair(mentor, mentee)
            common = len(values[part](mentor) & values[part](mentee))
            yield Line(
                criterion.kind,
                part.replace("_", " "),
                worth,
                _in_common(part, common, known=known),
                known,
            )

    return formula if comparisons else None


def _in_common(part: str, common: int, *, known: bool) -> str:
    what = {"language": "language", "hours": "time of day", "meeting_mode": "way to meet"}[part]
    if not known:
        return f"the {what} of one of the two is not known: the mean"
    if part == "hours":
        return f"{common / 4:g} hours a day in common"
    return f"a {what} in common" if common else f"no {what} in common"


def _answers_to(facts: Facts, dimension: str) -> Callable[[str], frozenset[str]]:
    return lambda person: facts.answers(person, dimension)


def _difference(most: int, order: Iterable[str]) -> Callable[[frozenset[str], frozenset[str]], int]:
    rank = {fold(answer): position for position, answer in enumerate(order)}

    def points(one: frozenset[str], other: frozenset[str]) -> int:
        if rank:
            return most * abs(rank[next(iter(one))] - rank[next(iter(other))]) // (len(rank) - 1)
        return most * len(one ^ other) // len(one | other)

    return points


def _common(most: int, enough: int) -> Callable[[frozenset[Any], frozenset[Any]], int]:
    return lambda one, other: most * min(len(one & other), enough) // enough


def _apart(facts: Facts, part: str, most: int, cap: int) -> Callable[[str, str], int]:
    if part == "chart":
        return lambda one, other: most * facts.distance(one, other, cap) // cap
    return lambda one, other: most * (one != other)


def _mean_steps(facts: Facts, most: int, cap: int) -> int:
    """Return the mean worth of the distance, from the pairs that are closer than the cap: those are few."""
    below: dict[str, list[tuple[str, int]]] = defaultdict(list)
    leaders = [mentee for mentee in facts.mentees if facts.placed(mentee)]
    juniors = [mentor for mentor in facts.mentors if facts.placed(mentor)]
    for mentee in leaders:
        for steps, boss in enumerate(facts.above(mentee, cap - 1)):
            below[boss].append((mentee, steps))
    total = most * len(juniors) * len(leaders)
    for mentor in juniors:
        near: dict[str, int] = {}
        for up, boss in enumerate(facts.above(mentor, cap - 1)):
            for mentee, down in below[boss]:
                near[mentee] = min(up + down, near.get(mentee, cap))
        total += sum(most * steps // cap - most for steps in near.values())
    return rounded_mean(total, len(juniors) * len(leaders))


def _known(people: Iterable[str], value: Callable[[str], Any]) -> Counter[Hashable]:
    return Counter(found for person in people if not unknown(found := value(person)))


def _both_known(facts: Facts, value: Callable[[str], Any]) -> bool:
    return all(
        any(not unknown(value(person)) for person in side)
        for side in (facts.mentors, facts.mentees)
    )
