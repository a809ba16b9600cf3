"""Points that compare one value of each person, and what they are where a value is unknown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rmatch.formulas.columns import EVERY
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
        cls, facts: Facts, value: Callable[[Facts, str], Any], points: Callable[[Any, Any], int]
    ) -> Comparison:
        """Take the mean over the people of the baseline; each value is looked up once."""
        of_own = cache(partial(value, facts))

        @cache
        def neutral() -> int:
            basis = facts.basis
            of_basis = of_own if basis is facts else cache(partial(value, basis))
            juniors, leaders = _known(basis.mentors, of_basis), _known(basis.mentees, of_basis)
            pairs = sum(juniors.values()) * sum(leaders.values())
            total = sum(
                times * often * points(one, other)
                for one, times in juniors.items()
                for other, often in leaders.items()
            )
            return rounded_mean(total, pairs)

        return cls(of_own, points, neutral)

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
    everybody = heard(people, "points", EVERY)
    return Counter(found for person in everybody if not unknown(found := value(person)))


def both_known(facts: Facts, value: Callable[[Facts, str], Any]) -> bool:
    """Tell whether somebody has the value on each side: without that there is nothing to compare."""
    basis = facts.basis
    return all(any(not unknown(value(basis, person)) for person in side) for side in basis.sides)
