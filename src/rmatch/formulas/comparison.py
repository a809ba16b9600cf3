"""Points that compare one value of each person, and what they are where a value is unknown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from rmatch.utils.loops import heard
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from rmatch.formulas.facts import Facts


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
        """Take the mean over a programme's people; each value is looked up once."""
        value = cache(value)

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


def _known(people: Iterable[str], value: Callable[[str], Any]) -> Counter[Hashable]:
    everybody = heard(people, "points")
    return Counter(found for person in everybody if not unknown(found := value(person)))


def both_known(facts: Facts, value: Callable[[str], Any]) -> bool:
    """Tell whether somebody has the value on each side: without that there is nothing to compare."""
    return all(
        any(not unknown(value(person)) for person in side)
        for side in (facts.mentors, facts.mentees)
    )
