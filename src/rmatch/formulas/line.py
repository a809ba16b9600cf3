"""One line of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rmatch.utils.shown import Shown


@dataclass(frozen=True, slots=True)
class Line(Shown):
    """One line of an explanation.

    Attributes
    ----------
    criterion : str
        The criterion's kind, or the name of a user's own criterion.
    subject : str
        The topic, dimension or part that the line is about.
    points : int
        What it gives; the lines of a pair add up to its points.
    sentence : str
        Why, in plain words; never a demographic answer.
    known : bool
        False where something is unknown and the line gives the neutral value.
    protected : bool
        Whether a protected attribute has a share in the line.
    """

    criterion: str
    subject: str
    points: int
    sentence: str
    known: bool = True
    protected: bool = False


class Formula(Protocol):
    """What one criterion says of any pair of ids."""

    def points(self, mentor: str, mentee: str) -> int:
        """Return the points of a pair."""

    def lines(self, mentor: str, mentee: str) -> Iterator[Line]:
        """Go through the same points, and why."""
