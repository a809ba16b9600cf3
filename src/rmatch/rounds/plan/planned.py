"""Who meets whom in which round, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from rmatch.errors import Status
from rmatch.programme import Unit
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.plan.terms import PlanTerms
from rmatch.scoring import Scores
from rmatch.solve import RoundPrices
from rmatch.utils.documents import Document
from rmatch.utils.progress import relative_gap
from rmatch.utils.values import Value


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


@dataclass(frozen=True, slots=True)
class ByRounds(Document):
    """What a mixed-integer programme says of a plan whose rounds differ.

    Attributes
    ----------
    bound : int
        What no plan with the same places has more points than.
    proved : bool
        Whether it ran to its end; if not, there may also be more meetings.
    """

    bound: int
    proved: bool


@dataclass(frozen=True, eq=False, repr=False)
class Planned(Value):
    """Who meets whom in which round, and what it rests on.

    Attributes
    ----------
    scores : Scores
        The points and permissions of one round.
    terms : PlanTerms
        What the plan keeps to beside them.
    seed : int or str
        What decided ties.
    meetings : tuple of Meeting
        Sorted by round, mentor and mentee.
    total : int
        Their points.
    together : Outcome or None
        All rounds taken together, as one round in which everybody has the places of all: who meets whom at all, with the
        certificates. None where `by_rounds` stands in its place.
    order : tuple of RoundPrices
        What proves of each round that no other pairs of those left serve better who has waited; none where rounds differ.
    by_rounds : ByRounds or None
        What is known where the pairs of all rounds together do not fit into rounds that differ, or where pairs may meet
        again, and so rounds are decided one by one.
    runtime : float or None
        The seconds that it took, where it was made here; no part of what is compared or written.
    """

    scores: Scores
    terms: PlanTerms
    seed: int | str
    meetings: tuple[Meeting, ...]
    total: int
    together: Outcome | None
    order: tuple[RoundPrices, ...]
    by_rounds: ByRounds | None
    runtime: float | None = field(default=None, compare=False)

    @property
    def status(self) -> Status:
        """`OPTIMAL` if nothing is better, in the sense of `claim`; `FEASIBLE` if the run was stopped."""
        if self.by_rounds is not None:
            return Status.OPTIMAL if self.by_rounds.proved else Status.FEASIBLE
        assert self.together is not None  # one of the two is always there
        return self.together.status

    @cached_property
    def unit(self) -> Unit:
        """What points are told in."""
        return Unit.of(self.scores.programme, [meeting.points for meeting in self.meetings])

    @property
    def bound(self) -> int:
        """What no such plan has more points than: the total itself, unless the run was stopped."""
        if self.by_rounds is not None:
            return self.by_rounds.bound
        assert self.together is not None
        return self.together.bound

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return relative_gap(self.bound, self.total)

    @cached_property
    def calendar(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Partners in each round of everybody who takes part, in whichever role; empty where there are none."""
        playing = dict.fromkeys((*self.scores.mentors, *self.scores.mentees))
        found: dict[str, list[list[str]]] = {
            one: [[] for _ in range(self.terms.rounds)] for one in playing
        }
        for meeting in self.meetings:
            found[meeting.mentor][meeting.round - 1].append(meeting.mentee)
            found[meeting.mentee][meeting.round - 1].append(meeting.mentor)
        return {one: tuple(map(tuple, each)) for one, each in found.items()}
