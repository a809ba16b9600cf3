"""What a criterion of one's own must bring."""

from __future__ import annotations

from typing import Protocol

from numpy.typing import ArrayLike

from rmatch.people import People, Person


class Criterion(Protocol):
    """A criterion of one's own: a soft preference that says its value twice, for blocks of pairs and for one pair.

    Matching goes by `block`, which is fast. Explanation and verification go by `formula` and `words`, which look at one
    pair and share no code with it: a block that says something else is found out. A value may depend on its two people
    only. With a weight, values are shares from 0 to 1 of the criterion's points; without one they are points in one's own
    units, at most a million. Either is rounded to whole points once.

    Answers that may not be used for matching are in none of the people that a criterion sees. Protected dimensions are
    there only where `protected` is true, and never for `words`: no reason can quote them.
    """

    @property
    def kind(self) -> str:
        """The name of the criterion, in a programme's file and in explanations; that of no built-in one."""

    @property
    def side(self) -> str:
        """Who gains: ``"mentee"``, ``"mentor"`` or ``"both"``."""

    @property
    def weight(self) -> float | None:
        """How much it matters beside the others; `None` for points in one's own units."""

    @property
    def protected(self) -> bool:
        """Whether it goes by protected dimensions: then it never decides who gets a place."""

    def block(self, mentors: People, mentees: People, /) -> ArrayLike:
        """Return the values of some mentors with some mentees, a matrix; neither group is empty."""

    def formula(self, mentor: Person, mentee: Person, /) -> float:
        """Return the value of one pair, from the definition and not from `block`."""

    def words(self, mentor: Person, mentee: Person, value: float, /) -> str:
        """Say in a few plain words why the pair has the value that `formula` gave it."""


METHODS = {
    "block": "block(mentors, mentees), the values of a block of pairs",
    "formula": "formula(mentor, mentee), the value of one pair",
    "words": "words(mentor, mentee, value), the reason for it",
}
"""What a criterion must be able to do, as an error says it."""
