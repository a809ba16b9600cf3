"""What one person can teach the other, topic by topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from rmatch.formulas.line import Line
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rmatch.formulas.facts import Facts


def expertise(
    facts: Facts, criterion: Any, most: int
) -> Callable[[str, str], Iterator[Line]] | None:
    """Return the formula of :class:`rmatch.criteria.Expertise`, `None` without data."""
    teachers = Counter(topic for mentor in facts.mentors for topic in facts.skills[mentor])
    count, boost = len(facts.mentors), criterion.rare_boost

    def factor(topic: str) -> int:
        return count + int(boost) * (count - teachers[topic])

    return _teaching(facts, facts.mentors, facts.mentees, most, factor, criterion.kind)


def growth(facts: Facts, criterion: Any, most: int) -> Callable[[str, str], Iterator[Line]] | None:
    """Return the formula of :class:`rmatch.criteria.Growth`, `None` without data."""
    formula = _teaching(facts, facts.mentees, facts.mentors, most, lambda _: 1, criterion.kind)
    return None if formula is None else lambda mentor, mentee: formula(mentee, mentor)


def _teaching(
    facts: Facts,
    teachers: list[str],
    learners: list[str],
    most: int,
    factor: Callable[[str], int],
    kind: str,
) -> Callable[[str, str], Iterator[Line]] | None:
    top = facts.programme.topic_levels
    eager = [person for person in learners if facts.wants[person]]
    skilled: dict[str, Counter[int]] = defaultdict(Counter)
    for person in teachers:
        for topic, level in facts.skills[person].items():
            skilled[topic][level] += 1
    if not eager or not skilled:
        return None

    def shares(learner: str) -> Mapping[str, int]:
        return {topic: priority * factor(topic) for topic, priority in facts.wants[learner].items()}

    def worth(learner: str, topic: str, level: int, part: int, whole: int) -> int:
        known = facts.skills[learner].get(topic, 0)
        return most * part * max(0, level - known) // (whole * (top - known))

    @cache
    def neutral() -> int:
        taught = [
            times * worth(person, topic, level, part[topic], sum(part.values()))
            for person in eager
            for part in [shares(person)]
            for topic in part.keys() & skilled.keys()
            for level, times in skilled[topic].items()
        ]
        return rounded_mean(sum(taught), len(teachers) * len(eager))

    def formula(teacher: str, learner: str) -> Iterator[Line]:
        part = shares(learner)
        if not part:
            yield Line(
                kind,
                "",
                neutral(),
                "nothing is wanted that is not known already: the mean",
                known=False,
            )
        for topic in sorted(part):
            level, known = facts.skills[teacher].get(topic, 0), facts.skills[learner].get(topic, 0)
            points = worth(learner, topic, level, part[topic], sum(part.values()))
            yield Line(kind, facts.spelling[topic], points, _sentence(level, known, top))

    return formula


def _sentence(level: int, known: int, top: int) -> str:
    if level == 0:
        return "wanted, but not among what the other can teach"
    if level <= known:
        return f"wanted, and known already at level {known}; the other teaches level {level}"
    return f"wanted; taught at level {level} of {top}" + f", known at level {known}" * (known > 0)
