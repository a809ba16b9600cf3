"""A plan over rounds: who meets whom in which round, as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, overload

from rmatch.io import Dialect, write_table
from rmatch.lifecycle.claim import plan_claim
from rmatch.lifecycle.tables import PlanTable, calendar_rows, lines
from rmatch.people import IdPair, Request, Requests
from rmatch.rounds import (
    Changes,
    Meeting,
    Planned,
    arrow,
    changes_of,
    moved_of,
    plan_document,
    text_of,
)
from rmatch.utils.files import Target, write_text
from rmatch.utils.frames import dataframe
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

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same plan: the same people, by their fingerprints, and all that was decided about them."""
        if self is other or not isinstance(other, Plan):
            return self is other
        quick = self.meetings == other.meetings and self.seed == other.seed
        return quick and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:  # type: ignore[override]
        """Return the same for equal plans."""
        return hash((self.seed, self.meetings, self.total))

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return self.terms.rounds

    @property
    def claim(self) -> str:
        """In which sense this is the best plan, in sentences that say no more than was proved."""
        return plan_claim(self)

    @cached_property
    def changes(self) -> Changes | None:
        """What became of the pairs of an earlier plan: kept, new, broken and why; nothing where it was made from none.

        Where rounds were decided one by one, a pair is kept if it meets at all, and no proof says what a broken one gave way
        for: then `reason` is empty.
        """
        return changes_of(self)

    @property
    def moved(self) -> tuple[IdPair, ...]:
        """The pairs of an earlier plan that meet, and in other rounds than was planned, in the order of that plan."""
        return moved_of(self)

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

    def requests(self, number: int) -> Requests:
        """Return the requests with which :func:`rmatch.match` makes and explains one round as it is planned.

        Parameters
        ----------
        number : int
            The round, from 1.

        Returns
        -------
        Requests
            Its meetings as locks, and beside the other requests those of all other rounds as exclusions, so that they are
            left to these. Whoever is away or waits in this round may get somebody whom the plan has for them in no round.

        Raises
        ------
        InvalidInputError
            If there is no such round.

        Examples
        --------
        >>> import rmatch
        >>> people = rmatch.datasets.example()
        >>> plan = rmatch.plan(people, rounds=3)
        >>> second = rmatch.match(people, requests=plan.requests(2))
        >>> {(pair.mentor, pair.mentee) for pair in second.pairs} == {
        ...     (meeting.mentor, meeting.mentee) for meeting in plan.pairs(2)
        ... }
        True
        """
        given, here = self.scores.cohort.requests, self.pairs(number)
        now = {(meeting.mentor, meeting.mentee) for meeting in here}
        later = {(one.mentor, one.mentee) for one in self.meetings} - now
        locks = (
            Request(one.mentor, one.mentee, "lock", override_reason=one.override_reason)
            for one in here
        )
        kept = (one for one in given.rows if one.kind != "lock")
        others = (Request(*pair, "exclude") for pair in sorted(later))
        return Requests((*kept, *locks, *others), given.notes)

    def to_dict(self) -> dict[str, Any]:
        """Return everything that explains and verifies the plan elsewhere beside the people, as plain data.

        Returns
        -------
        dict
            What :func:`rmatch.lifecycle.read_plan` reads back as an equal plan; its JSON Schema is ``schema("plan")``.

        Examples
        --------
        >>> import rmatch
        >>> people = rmatch.datasets.example()
        >>> plan = rmatch.plan(people, rounds=3)
        >>> rmatch.lifecycle.read_plan(plan.to_dict(), people) == plan
        True
        """
        return plan_document(self, self.claim)

    @overload
    def to_json(self, path: None = None) -> str: ...

    @overload
    def to_json(self, path: Target) -> None: ...

    def to_json(self, path: Target | None = None) -> str | None:
        """Write what :meth:`to_dict` returns as JSON.

        Parameters
        ----------
        path : str, Path or text file, optional
            Where to write; a path is written whole or not at all.

        Returns
        -------
        str or None
            The text, if it is not written.
        """
        text = text_of(self.to_dict())
        if path is None:
            return text
        write_text(path, text)
        return None

    def to_table(
        self, path: Target, table: PlanTable = "meetings", *, dialect: Dialect = "excel"
    ) -> None:
        """Write a table of the plan as a workbook or a CSV file.

        Parameters
        ----------
        path : str, Path or text file
            Where to write: a workbook (``.xlsx``), or CSV (``.csv``, and what an open file takes). A path is written whole
            or not at all.
        table : {"meetings", "calendar"}
            A row for each meeting, or one for each person with a column for each round.
        dialect : {"excel", "excel-de"}
            Of CSV: commas and decimal points, or semicolons and decimal commas.

        Raises
        ------
        InvalidInputError
            For an unknown table, dialect or ending.
        ModuleNotFoundError
            If a workbook is asked for, and XlsxWriter is not installed.
        """
        write_table(lines(self, table), path, dialect)

    def to_frame(self, table: PlanTable = "meetings", *, backend: Any = None) -> Any:
        """Return a table of the plan as a dataframe of the user's library.

        Parameters
        ----------
        table : {"meetings", "calendar"}
            A row for each meeting, or one for each person with a column for each round.
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the only one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table or library, or where none or several are imported and none is named.
        """
        header, *rows = lines(self, table)
        return dataframe({name: [row[n] for row in rows] for n, name in enumerate(header)}, backend)

    def __repr__(self) -> str:
        """Return the calendar as text."""
        return "\n".join(self._text())

    def _text(self) -> Iterator[str]:
        yield self._headline
        header, *rows = calendar_rows(self)
        yield from aligned([header, *rows[:SHOWN]], "  ")
        if rest := more(len(rows), "calendar"):
            yield f"  {rest}"
        if self.changes is not None:
            yield str(self.changes)
            yield from self._moves()
        yield self.claim

    def _parts(self) -> Iterator[str | Rows]:
        yield self._headline
        header, *rows = calendar_rows(self)
        yield Rows(header, rows[:SHOWN])
        yield more(len(rows), "calendar")
        if self.changes is not None:
            yield from self.changes._parts()
            yield from self._moves()
        yield self.claim

    def _moves(self) -> Iterator[str]:
        if self.moved:
            shown = "; ".join(arrow(pair) for pair in self.moved[:SHOWN])
            rest = more(len(self.moved), "moved")
            yield f"In other rounds than planned: {shown}{'; ' * bool(rest)}{rest}"

    @property
    def _headline(self) -> str:
        programme = self.scores.programme
        name = f"{programme.name}: " if programme.name else ""
        made = f"{counted(len(self.meetings), 'meeting')} in {counted(self.rounds, 'round')}"
        return (
            f"{name}{made}, {self.unit.mean(self.total, len(self.meetings))} (seed {self.seed!r})"
        )
