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
    together : Outcome
        All rounds taken together, as one round in which everybody has the places of all: who meets whom at all, with the
        certificates.
    meetings : tuple of Meeting
        Sorted by round, mentor and mentee.
    order : tuple of RoundPrices
        What proves of each round that no other pairs of those left serve better who has waited.
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
    def seed(self) -> int | str:
        """What decided ties."""
        return self.together.seed

    @property
    def status(self) -> Status:
        """`OPTIMAL` if nothing is better, in the sense of `claim`; `FEASIBLE` if the run was stopped."""
        return self.together.status

    @property
    def bound(self) -> int:
        """What no such plan has more points than: the total itself, unless the run was stopped."""
        return self.together.bound

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return self.together.gap

    @property
    def claim(self) -> str:
        """In which sense this is the best plan, in sentences that say no more than was proved."""
        even = (
            "Everybody's partners and all pairs are spread evenly over the rounds, and each round in turn serves those who"
            " have waited as well as these pairs allow."
        )
        return f"Over all rounds: {self.together.claim} {even}"

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
        playing = {*self.scores.mentors, *self.scores.mentees}
        return [header] + [
            [one, *("; ".join(partners) or "–" for partners in rounds)]
            for one, rounds in self.calendar.items()
            if one in playing
        ]

    @property
    def _headline(self) -> str:
        programme = self.scores.programme
        name = f"{programme.name}: " if programme.name else ""
        made = f"{counted(len(self.meetings), 'meeting')} in {counted(self.rounds, 'round')}"
        return f"{name}{made}, {self.total:,} points (seed {self.seed!r})"

    def _rows(self) -> list[dict[str, Any]]:
        return [meeting.to_dict() for meeting in self.meetings]
