"""What is told about a pair that was made: its lines, the rules that it breaks, and what the two may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rmatch.formulas import Broken, Line, broken_rules
from rmatch.rounds.facts import facts_of
from rmatch.rounds.groups.credit import lines_beside
from rmatch.rounds.in_common import in_common
from rmatch.scoring import Scores


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about a pair.

    Attributes
    ----------
    lines : tuple of Line
        They add up to the points; for the organiser.
    broken : tuple of Broken
        The rules that the pair breaks, as only a lock with its reason may; for the organiser.
    why : tuple of str
        What the two may both read.
    """

    lines: tuple[Line, ...]
    broken: tuple[Broken, ...]
    why: tuple[str, ...]

    @classmethod
    def of(
        cls, scores: Scores, mentor: str, mentee: str, groups: Mapping[str, Sequence[str]]
    ) -> Told:
        """Work it out for two people, beside the other mentors of the mentee."""
        return cls(
            lines_beside(scores, groups, mentor, mentee),
            broken_rules(facts_of(scores), mentor, mentee),
            tuple(in_common(scores, mentor, mentee)),
        )
