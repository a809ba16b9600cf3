"""The same round with one more pair that is asked for: what a lock on it would give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rmatch.errors import InfeasibleError, Status, StopError
from rmatch.rounds.alternative import Alternative
from rmatch.rounds.round import Round

if TYPE_CHECKING:
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.player import Cell

Lost = tuple[int, int]
"""Pairs and points."""


def rematched(outcome: Outcome, cell: Cell) -> Alternative | None:
    """Return what a lock on a pair that may be made would give, by solving with it; nothing where it cannot be kept.

    Raises
    ------
    StopError
        If the run was stopped before that was known.
    """
    scores = outcome.scores
    try:
        other = Round(scores, outcome.seed, asked=cell).solve()
    except InfeasibleError:
        return None
    if other.status is not Status.OPTIMAL:
        message = "it was stopped before the best matching with the pair was known"
        raise StopError(message)
    lost = difference(outcome, other)
    mentor, mentee = scores.mentors[cell[0]], scores.mentees[cell[1]]
    points = next(
        pair.points for pair in other.pairs if (pair.mentor, pair.mentee) == (mentor, mentee)
    )
    return Alternative(
        mentor, mentee, points, *lost, lost, _holders(outcome) != _holders(other), unit=outcome.unit
    )


def difference(outcome: Outcome, other: Outcome) -> Lost:
    """Return the pairs and points that another matching has less; 0 pairs where their number does not matter."""
    number_counts = outcome.programme.participation == "most"
    pairs = len(outcome.pairs) - len(other.pairs)
    return pairs * number_counts, outcome.total - other.total


def _holders(outcome: Outcome) -> tuple[Counter[str], Counter[str]]:
    """Return how many places each mentor and each mentee holds."""
    return (
        Counter(pair.mentor for pair in outcome.pairs),
        Counter(pair.mentee for pair in outcome.pairs),
    )
