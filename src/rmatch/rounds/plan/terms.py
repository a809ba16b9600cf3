"""What a plan over rounds has to keep to, beside people, programme and requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort, IdPair, People
from rmatch.rounds.waiting import waiting_of
from rmatch.scoring import Scores
from rmatch.utils.documents import Document
from rmatch.utils.sides import SIDES
from rmatch.utils.values import Value

Gap: TypeAlias = int | Literal["never"]
Earlier: TypeAlias = tuple[tuple[str, str], ...]
"""The pairs of an earlier round, each by the ids of mentor and mentee."""
Over: TypeAlias = Literal["declined", "ended"]


@dataclass(frozen=True, eq=False, repr=False)
class PlanTerms(Value, Document):
    """What a plan over rounds has to keep to.

    Attributes
    ----------
    rounds : int
        How many rounds there are.
    gap : int or "never"
        How many rounds lie between two meetings of a pair at least; "never" if no pair meets twice.
    load : mapping of str to int
        The most meetings of a person over all rounds, in each role; whoever is not named has no such limit.
    away : mapping of str to tuple of int
        In which rounds, from 1, people take no part.
    history : tuple of tuple of (str, str)
        The pairs of earlier rounds, the earliest round first.
    waited : mapping of str to int
        For how many rounds people have waited before the first, by id, where they have.
    planned : tuple of tuple of (str, str)
        The pairs that an earlier plan has for each round, of which as many as possible are to stay; empty without one.
    over : mapping of {"declined", "ended"} to tuple of (str, str)
        Those of them that the responses say were declined, or are over.
    """

    rounds: int
    gap: Gap
    load: Mapping[str, int]
    away: Mapping[str, tuple[int, ...]]
    history: tuple[Earlier, ...]
    waited: Mapping[str, int]
    planned: tuple[Earlier, ...] = ()
    over: Mapping[Over, Earlier] = field(default_factory=dict)

    @property
    def answers(self) -> dict[IdPair, Over]:
        """What became of the pairs of the earlier plan that cannot stay by what people say."""
        return {pair: outlook for outlook, pairs in self.over.items() for pair in pairs}

    @property
    def alike(self) -> bool:
        """Whether all rounds are alike, so that it does not matter in which of them a pair meets."""
        return self.gap == "never" and not any(self.away.values()) and not self.planned

    def present(self, people: People) -> NDArray[np.bool_]:
        """Return who takes part in which round, people × rounds."""
        found = np.ones((len(people), self.rounds), bool)
        for row, one in enumerate(people.id):
            found[row, [number - 1 for number in self.away.get(one, ())]] = False
        return found

    def over_all(
        self, people: People, cohort: Cohort, what: Literal["capacity", "minimum"]
    ) -> dict[str, Any]:
        """Return everybody's places or minimums over all rounds, by side, in the order of the people.

        Parameters
        ----------
        people : People
            Everybody.
        cohort : Cohort
            The same in the terms of the programme, which say how many partners somebody has in one round.
        what : {"capacity", "minimum"}
            The most, or the fewest.

        Returns
        -------
        dict of str to ndarray of int64
            Nobody's places are more than there are people on the other side, or than the load.
        """
        found, times = {}, self.present(people).sum(1)
        for side, others in zip(SIDES, (cohort.mentees, cohort.mentors), strict=True):
            own = getattr(people, f"{side}_{what}").copy()
            playing = cohort.mentors if side == "mentor" else cohort.mentees
            count = getattr(cohort, what)(side) * times[playing]
            if what == "capacity":
                most = [self.load.get(people.id[row], len(others)) for row in playing.tolist()]
                count = np.minimum(count, np.minimum(most, len(others)))
            own[playing] = count
            found[f"{side}_{what}"] = own
        return found

    def waits(self, scores: Scores) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how much each mentor and each mentee waits: rounds, and where it counts in the programme the priority."""
        cohort, first = scores.cohort, scores.programme.waiting == "first"
        priorities = first * cohort.priority("mentor"), first * cohort.priority("mentee")
        return waiting_of(priorities, (tuple(cohort.row), tuple(cohort.column)), self.waited)
