"""Points that compare one value of each person, and what they are where a value is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.numbered import Numbered


Column: TypeAlias = "Callable[[Facts], Numbered]"
"""What tells the values of everybody."""


@dataclass(frozen=True)
class Comparison:
    """Points that depend on one value of each person only, and the mean where a value is unknown.

    Attributes
    ----------
    value : callable
        The value of a person, `None` where unknown.
    points : callable
        The points of two values.
    neutral : callable
        The rounded mean over the pairs in which both are known, worked out when it is first needed.
    """

    value: Callable[[str], Any]
    points: Callable[[Any, Any], int]
    neutral: Callable[[], int]

    @classmethod
    def of(cls, facts: Facts, column: Column, points: Callable[[Any, Any], int]) -> Comparison:
        """Take the mean over the people of the baseline."""
        own = column(facts)

        @cache
        def neutral() -> int:
            juniors, leaders = (own.counted for own in on_both_sides(facts.basis, column))
            pairs = sum(juniors.values()) * sum(leaders.values())
            total = sum(
                times * often * points(one, other)
                for one, times in juniors.items()
                for other, often in leaders.items()
            )
            return rounded_mean(total, pairs)

        return cls(lambda person: own[facts.row[person]], points, neutral)

    def of_pair(self, mentor: str, mentee: str) -> tuple[int, bool]:
        """Return the points of a pair, and whether both values are known."""
        one, other = self.value(mentor), self.value(mentee)
        if one is None or other is None:
            return self.neutral(), False
        return self.points(one, other), True


def on_both_sides(facts: Facts, column: Column) -> tuple[Numbered, Numbered]:
    """Return the values of the mentors, and those of the mentees."""
    own, (mentors, mentees) = column(facts), facts.rows
    return own.take(mentors), own.take(mentees)


def both_known(facts: Facts, column: Column) -> bool:
    """Tell whether somebody has the value on each side: without that there is nothing to compare."""
    codes = column(facts.basis).codes
    return all((codes[rows] >= 0).any() for rows in facts.basis.rows)
