"""Who meets whom in which round, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds.plan.terms import PlanTerms
from rmatch.solve import TieHash, Waits, into_rounds
from rmatch.utils.documents import Document
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

from rmatch.rounds.outcome import Outcome
from rmatch.scoring import Scores
from rmatch.solve import RoundPrices


@dataclass(frozen=True, slots=True)
class Meeting(Document):
    """One pair of a plan, and when it meets.

    Attributes
    ----------
    round : int
        The round, from 1.
    mentor, mentee : str
        The ids of the two.
    points : int
        What the pair is worth.
    locked : bool
        Whether the requests demanded it.
    override_reason : str
        Why a locked pair may break a rule.
    """

    round: int
    mentor: str
    mentee: str
    points: int
    locked: bool = False
    # The reason may say things about the two that are not for everybody who sees the pair.
    override_reason: str = field(default="", repr=False)


@dataclass(frozen=True, eq=False, repr=False)
class Planned(Value):
    """Who meets whom in which round, and what it rests on.

    Attributes
    ----------
    scores : Scores
        The points and permissions of one round.
    terms : PlanTerms
        What the plan keeps to beside them.
    together : Outcome
        All rounds taken together, as one round in which everybody has the places of all: who meets whom at all.
    meetings : tuple of Meeting
        Sorted by round, mentor and mentee.
    order : tuple of RoundPrices
        What proves of each round that no other pairs of those left serve better who has waited.
    runtime : float or None
        The seconds that it took, where it was made here; no part of what is compared or written.
    """

    scores: Scores
    terms: PlanTerms
    together: Outcome
    meetings: tuple[Meeting, ...]
    order: tuple[RoundPrices, ...]
    runtime: float | None = field(default=None, compare=False)

    @property
    def total(self) -> int:
        """The points of all meetings."""
        return self.together.total

    @cached_property
    def calendar(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Everybody's partners in each round, in whichever role; empty where there are none."""
        rounds = range(self.terms.rounds)
        found: dict[str, list[list[str]]] = {
            one: [[] for _ in rounds] for one in self.together.partners
        }
        for meeting in self.meetings:
            found[meeting.mentor][meeting.round - 1].append(meeting.mentee)
            found[meeting.mentee][meeting.round - 1].append(meeting.mentor)
        return {one: tuple(map(tuple, each)) for one, each in found.items()}


def laid_out(scores: Scores, terms: PlanTerms, together: Outcome) -> Planned:
    """Return a plan of the pairs of all rounds: which of them meets in which round.

    Parameters
    ----------
    scores : Scores
        The points and permissions of one round.
    terms : PlanTerms
        What the plan has to keep to.
    together : Outcome
        Who meets whom at all.

    Returns
    -------
    Planned
        With every pair in one round.
    """
    rows, columns, ties = cells_of(together, together.scores)
    found = into_rounds(
        rows, columns, terms.rounds, Waits(*terms.waits(together.scores.cohort)), ties
    )
    met = sorted(zip(found.rounds.tolist(), together.pairs, strict=True), key=lambda one: one[0])
    meetings = tuple(
        Meeting(
            number + 1, pair.mentor, pair.mentee, pair.points, pair.locked, pair.override_reason
        )
        for number, pair in met
    )
    return Planned(scores, terms, together, meetings, found.prices)


def cells_of(
    together: Outcome, scores: Scores
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return row and column of each pair among some people, and what decides between equals."""
    cohort = scores.cohort
    cells = [(cohort.row[pair.mentor], cohort.column[pair.mentee]) for pair in together.pairs]
    rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
    ties = TieHash(together.seed, scores.mentors, scores.mentees)
    return rows, columns, ties(rows, columns)
