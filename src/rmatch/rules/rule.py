"""What a rule of one's own must bring."""

from __future__ import annotations

from typing import Protocol

from numpy.typing import ArrayLike

from rmatch.people import People, Person


class Rule(Protocol):
    """A rule of one's own: a hard constraint that gives its verdict twice, on blocks of pairs and on one pair.

    Matching goes by `block`, which is fast. Explanation and verification go by `formula` and `words`, which look at one
    pair and share no code with it: a block that says something else is found out. A verdict may depend on its two people
    only. Where a value is not known, a rule allows no pair: it has to see to that itself.

    Answers that may not be used for matching are in none of the people that a rule sees. Protected dimensions are there
    only where `protected` is true, and never for `words`: no reason can quote them.
    """

    @property
    def kind(self) -> str:
        """The name of the rule, in a programme's file and in reasons; that of no built-in one."""

    @property
    def protected(self) -> bool:
        """Whether it goes by protected dimensions: the programme's `places` must then say ``"with_protected"``."""

    def block(self, mentors: People, mentees: People, /) -> ArrayLike:
        """Return which of some mentors may meet which of some mentees, a matrix of bool; neither group is empty."""

    def formula(self, mentor: Person, mentee: Person, /) -> bool:
        """Tell whether two people may meet, from the definition and not from `block`."""

    def words(self, mentor: Person, mentee: Person, /) -> str:
        """Say in a few plain words why two people may not meet; asked only where `formula` says so."""


METHODS = {
    "block": "block(mentors, mentees), the verdicts on a block of pairs",
    "formula": "formula(mentor, mentee), the verdict on one pair",
    "words": "words(mentor, mentee), why it is forbidden",
}
"""What a rule must be able to do, as an error says it."""
