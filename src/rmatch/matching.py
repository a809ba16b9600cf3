"""The full answer for people: pairs, the unmatched with reasons, explanations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rmatch.explain import explain
from rmatch.reasons import unmatched
from rmatch.solve.watch import relative_gap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rmatch.explain import Explanation
    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.reasons import Unmatched
    from rmatch.requests import Requests
    from rmatch.scoring import Scores
    from rmatch.steps import Step


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of a matching.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    points : int
        What the pair is worth.
    locked : bool
        Whether the requests demanded it.
    override_reason : str
        Why a locked pair may break a rule.
    """

    mentor: str
    mentee: str
    points: int
    locked: bool = False
    override_reason: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Matching:
    """A proposal of who meets whom, until people accept.

    Made by :func:`rmatch.match`.

    Attributes
    ----------
    scores : Scores
        The points and permissions that it was made from.
    seed : int or str
        What decided ties.
    pairs : tuple of Pair
        Sorted by mentor and mentee.
    total : int
        The points of all pairs.
    steps : tuple of Step
        The problems that were solved, each with its certificate; the last one decided who meets whom.
    """

    scores: Scores
    seed: int | str
    pairs: tuple[Pair, ...]
    total: int
    steps: tuple[Step, ...]

    @property
    def route(self) -> str:
        """The algorithm that ran."""
        return self.steps[-1].solution.route

    @property
    def proved(self) -> bool:
        """Whether nothing is better; only a run that was stopped leaves that open."""
        return all(step.solution.proved for step in self.steps)

    @property
    def bound(self) -> int:
        """What no matching of the same places with as many pairs can exceed: the total itself, unless it was stopped."""
        solution = self.steps[-1].solution
        return self.total + int(solution.bound - solution.total)

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return relative_gap(self.bound, self.total)

    @property
    def people(self) -> People:
        """Everybody."""
        return self.scores.cohort.people

    @property
    def programme(self) -> Programme:
        """What the organiser chose."""
        return self.scores.cohort.programme

    @property
    def requests(self) -> Requests:
        """Locks, exclusions, previous pairs, wishes."""
        return self.scores.cohort.requests

    @property
    def without_data(self) -> tuple[str, ...]:
        """Criteria that were left out because the people have no data for them."""
        return self.scores.without_data

    @cached_property
    def partners(self) -> dict[str, tuple[str, ...]]:
        """Everybody's partners, in whichever role; empty for those without."""
        found: dict[str, list[str]] = defaultdict(list)
        for pair in self.pairs:
            found[pair.mentor].append(pair.mentee)
            found[pair.mentee].append(pair.mentor)
        return {person: tuple(found[person]) for person in self.people.id}

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """Everybody without a partner in a role, and why."""
        return unmatched(self.scores, self._ids)

    def explain(self, mentor: str, mentee: str, audience: str = "admin") -> Explanation:
        """Explain one pair, or why two people are not one.

        Parameters
        ----------
        mentor, mentee : str
            The ids of the two.
        audience : {"admin", "participant"}
            Who reads it: a participant sees no points, no other people and nothing protected.

        Returns
        -------
        Explanation
            Lines that add up to the points exactly, and sentences; prints as text.

        Raises
        ------
        InvalidInputError
            For an unknown id or audience, or a participant's explanation of two people who are not a pair.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> first = matching.pairs[0]
        >>> explanation = matching.explain(first.mentor, first.mentee)
        >>> sum(line.points for line in explanation.lines) == first.points
        True
        """
        return explain(self.scores, self._ids, str(mentor), str(mentee), audience)

    def to_frame(self, table: str = "pairs", *, include: Sequence[str] = (), backend: Any = None) -> Any:
        """Return one of the result's tables as a dataframe of the user's library.

        Parameters
        ----------
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table, column or library, or if no library is imported.
        """
        from rmatch.output import frame

        return frame(self, table, include, backend)

    def to_csv(self, path: str | Path, table: str = "pairs", *, include: Sequence[str] = ()) -> None:
        """Write one of the result's tables as a CSV file.

        Text that a spreadsheet would take for a formula gets a ``'`` in front; rmatch takes it away when it reads.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.

        Raises
        ------
        InvalidInputError
            For an unknown table or column.
        """
        from rmatch.output import write_csv

        write_csv(self, path, table, include)

    def to_json(self, path: str | Path, *, include: Sequence[str] = ()) -> None:
        """Write the whole result as a JSON file.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        include : sequence of {"name", "email"}
            What to add beside the ids.

        Raises
        ------
        InvalidInputError
            For an unknown column.
        """
        from rmatch.output import write_json

        write_json(self, path, include)

    def __repr__(self) -> str:
        """Return the result as a table."""
        from rmatch.output import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from rmatch.output import as_html

        return as_html(self)

    @cached_property
    def _ids(self) -> frozenset[tuple[str, str]]:
        return frozenset((pair.mentor, pair.mentee) for pair in self.pairs)
