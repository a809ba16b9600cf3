"""A plan over rounds: who meets whom in which round, as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from rmatch.errors import Status
from rmatch.rounds import Meeting, Planned
from rmatch.utils.shown import SHOWN, Rows, Shown, more
from rmatch.utils.text import aligned, counted
from rmatch.utils.validation import refuse, whole


@dataclass(frozen=True, eq=False, repr=False)
class Plan(Planned, Shown):
    """A proposal of who meets whom in each of several rounds.

    Made by :func:`rmatch.plan`.

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

    @classmethod
    def of(cls, planned: Planned) -> Self:
        """Return a plan with everything that can be asked about it."""
        return cls(**{name: getattr(planned, name) for name in Planned.__dataclass_fields__})

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return self.terms.rounds

    @property
    def claim(self) -> str:
        """In which sense this is the best plan, in sentences that say no more than was proved."""
        if self.by_rounds is not None:
            return self._claim_by_rounds
        assert self.together is not None  # one of the two is always there
        even = (
            "Everybody's partners and all pairs are spread evenly over the rounds, and each round in turn serves those who"
            " have waited as well as these pairs allow."
        )
        differ = "Rounds are as even in size as these pairs and those who are away allow."
        return f"Over all rounds: {self.together.claim} {even if self.terms.alike else differ}"

    @property
    def _claim_by_rounds(self) -> str:
        if self.status is not Status.OPTIMAL:
            return f"Stopped early: up to {self.bound:,} points may be possible with these places."
        most = "as many meetings as possible; " * (self.scores.programme.participation == "most")
        guarded = "who has a place in which round was decided without protected attributes; "
        told = guarded * self._guarded
        sentence = (
            f"{most}{told}no others have more points, by the word of the mixed-integer programme."
        )
        return f"{sentence[0].upper()}{sentence[1:]}"

    @property
    def _guarded(self) -> bool:
        weighed = any(factor.protected for factor in self.scores.factors)
        return weighed and self.scores.programme.places == "without_protected"

    def pairs(self, number: int) -> tuple[Meeting, ...]:
        """Return who meets whom in one round.

        Parameters
        ----------
        number : int
            The round, from 1.

        Returns
        -------
        tuple of Meeting
            Sorted by mentor and mentee.

        Raises
        ------
        InvalidInputError
            If there is no such round.
        """
        refuse(whole("plan", "number", number, 1, self.rounds))
        return tuple(meeting for meeting in self.meetings if meeting.round == number)

    def __repr__(self) -> str:
        """Return the calendar as text."""
        return "\n".join(self._text())

    def _text(self) -> Iterator[str]:
        yield self._headline
        header, *rows = self._table()
        yield from aligned([header, *rows[:SHOWN]], "  ")
        if rest := more(len(rows), "calendar"):
            yield f"  {rest}"
        yield self.claim

    def _parts(self) -> Iterator[str | Rows]:
        yield self._headline
        header, *rows = self._table()
        yield Rows(header, rows[:SHOWN])
        yield more(len(rows), "calendar")
        yield self.claim

    def _table(self) -> list[list[str]]:
        """Return a row for everybody who takes part, below the heads of the columns."""
        header = ["", *(f"round {number}" for number in range(1, self.rounds + 1))]
        return [header] + [
            [one, *("; ".join(partners) or "–" for partners in rounds)]
            for one, rounds in self.calendar.items()
        ]

    @property
    def _headline(self) -> str:
        programme = self.scores.programme
        name = f"{programme.name}: " if programme.name else ""
        made = f"{counted(len(self.meetings), 'meeting')} in {counted(self.rounds, 'round')}"
        return f"{name}{made}, {self.total:,} points (seed {self.seed!r})"

    def _rows(self) -> list[dict[str, Any]]:
        return [meeting.to_dict() for meeting in self.meetings]
