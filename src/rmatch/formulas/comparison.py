"""Points that compare one value of each person, and what they are where a value is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from rmatch.formulas.line import Line
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.numbered import Numbered


Column: TypeAlias = "Callable[[Facts], Numbered]"
"""What tells the values of everybody."""


@dataclass(frozen=True)
class Comparison:
    """Points that depend on one value of each person only, and the mean where a value is unknown.

    Attributes
    ----------
    own : Numbered
        The values of everybody.
    points : callable
        The points of two values.
    neutral : callable
        The rounded mean over the pairs in which both are known, worked out when it is first needed.
    """

    own: Numbered
    points: Callable[[Any, Any], int]
    neutral: Callable[[], int]

    @classmethod
    def of(cls, facts: Facts, column: Column, points: Callable[[Any, Any], int]) -> Comparison:
        """Take the mean over the people of the baseline."""

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

        return cls(column(facts), points, neutral)

    def at(self, mentor: int, mentee: int) -> tuple[int, bool]:
        """Return the points of two people by their rows, and whether both values are known."""
        one, other = self.own[mentor], self.own[mentee]
        if one is None or other is None:
            return self.neutral(), False
        return self.points(one, other), True


class Part(NamedTuple):
    """A part of a criterion, and what is said of it.

    Attributes
    ----------
    subject : str
        The dimension or part.
    comparison : Comparison
        Its points.
    said : callable
        Says why two people whose values are known have their points, in plain words.
    unknown : str
        What is said where one of the values is not known.
    protected : bool
        Whether a protected attribute has a share in it.
    """

    subject: str
    comparison: Comparison
    said: Callable[[str, str, int], str]
    unknown: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class InParts:
    """A criterion that compares values of the two, part by part.

    Attributes
    ----------
    kind : str
        The criterion.
    row : dict of str to int
        Where each person stands.
    parts : list of Part
        They add up to its points.
    """

    kind: str
    row: dict[str, int]
    parts: list[Part]

    def points(self, mentor: str, mentee: str) -> int:
        """Return the points of a pair."""
        rows = self.row[mentor], self.row[mentee]
        return sum([part.comparison.at(*rows)[0] for part in self.parts])

    def lines(self, mentor: str, mentee: str) -> Iterator[Line]:
        """Go through the same points, and why."""
        rows = self.row[mentor], self.row[mentee]
        for subject, comparison, said, unknown, protected in self.parts:
            worth, known = comparison.at(*rows)
            sentence = said(mentor, mentee, worth) if known else unknown
            yield Line(self.kind, subject, worth, sentence, known, protected)


def on_both_sides(facts: Facts, column: Column) -> tuple[Numbered, Numbered]:
    """Return the values of the mentors, and those of the mentees."""
    own, (mentors, mentees) = column(facts), facts.rows
    return own.take(mentors), own.take(mentees)


def both_known(facts: Facts, column: Column) -> bool:
    """Tell whether somebody has the value on each side: without that there is nothing to compare."""
    codes = column(facts.basis).codes
    return all((codes[rows] >= 0).any() for rows in facts.basis.rows)
