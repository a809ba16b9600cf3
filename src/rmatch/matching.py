"""The full answer for people: pairs, the unmatched with reasons, explanations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rmatch.alternatives import alternatives, cost, side_of
from rmatch.errors import Fault, InvalidInputError
from rmatch.explain import explain
from rmatch.objectives import Total
from rmatch.reasons import unmatched
from rmatch.solve.alternatives import all_costs
from rmatch.solve.watch import relative_gap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rmatch.alternatives import Alternative
    from rmatch.explain import Explanation
    from rmatch.fairness import Effect, Fairness
    from rmatch.losses import Loss
    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.reasons import Unmatched
    from rmatch.requests import Requests
    from rmatch.scoring import Scores
    from rmatch.solve.alternatives import Costs
    from rmatch.steps import Step

COMPARED = 1_000_000
"""Up to so many possible pairs people are matched a second time, unasked, to see the effect of protected attributes."""


ALL = 1_000_000
"""The most possible pairs of which all costs are worked out at once."""


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
        """What no matching with as many pairs can exceed: the total itself, unless the run was stopped.

        If it was stopped before places, or pairs with all points, were decided, the bound on the points without protected
        attributes also holds, with the most that these can add.
        """
        first, last = self.steps[0].solution, self.steps[-1].solution
        open_points = int(last.bound - last.total)
        if len(self.steps) > 1 and not self.proved:
            pairs = min(int(places.sum()) for places in self.steps[0].capacities)
            blind = int(first.bound) + pairs * self.scores.protected_most - int(last.total)
            open_points = min(open_points, blind) if first.proved else blind
        return self.total + open_points

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
        return unmatched(self.scores, self._ids, stopped=not self.proved)

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
        return explain(self.scores, self._ids, str(mentor), str(mentee), audience, self._cost)

    def alternatives(self, person: str, k: int = 3, *, side: str | None = None) -> tuple[Alternative, ...]:
        """Return the other partners of a person that would cost the programme least.

        The cost of a pair is what the best matching that has it loses against this one. In a programme of up to four
        million possible pairs it is exact, beyond that it lies between two bounds.

        Parameters
        ----------
        person : str
            An id.
        k : int
            How many partners.
        side : {"mentor", "mentee"}, optional
            What the person plays here; needed for those who play both.

        Returns
        -------
        tuple of Alternative
            The cheapest first; fewer where fewer are possible.

        Raises
        ------
        InvalidInputError
            For somebody who plays no such role, or after a run that was stopped.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> first, *more = matching.alternatives(matching.pairs[0].mentor)
        >>> first.points_lost <= more[0].points_lost
        True
        """
        self._check_costs()
        return alternatives(self.scores, self.steps, self.settled, *side_of(self.scores, str(person), side), k)

    def costs(self) -> Costs:
        """Return what every possible pair would cost the programme, all at once, while everybody keeps their places.

        Returns
        -------
        Costs
            Pairs lost, points lost and whether the pair is possible, each mentors × mentees in the order of `scores`.

        Raises
        ------
        InvalidInputError
            Beyond a million possible pairs, and where :meth:`alternatives` refuses.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> matching.costs().points.shape == matching.scores.shape
        True
        """
        self._check_costs()
        mentors, mentees = self.scores.shape
        if mentors * mentees > ALL:
            problem = f"{mentors:,} × {mentees:,} pairs are too many for all costs at once"
            raise InvalidInputError([Fault("costs", "pairs", problem, "ask for the alternatives of some people")])
        step = self.steps[-1]
        solved, proof = step.problem(self.scores, self.settled), step.certificate
        assert proof is not None
        return all_costs(solved, step.solution.rows, step.solution.cols, proof)

    def loss_without(self, *, mentor: str | None = None, mentee: str | None = None, topic: str | None = None) -> Loss:
        """Return what the programme would lose without a mentor, a mentee, or anybody who teaches a topic.

        Parameters
        ----------
        mentor, mentee, topic : str
            One of the three.

        Returns
        -------
        Loss
            Pairs and points, by solving once more.

        Raises
        ------
        InvalidInputError
            For none or several of the three, for one that takes no part, or after a run that was stopped.
        InfeasibleError
            If the minimums of the others cannot be met then.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> matching.loss_without(mentor=matching.pairs[0].mentor).points > 0
        True
        """
        from rmatch.losses import without_person, without_topic

        given = {name: value for name, value in (("mentor", mentor), ("mentee", mentee), ("topic", topic)) if value}
        if len(given) != 1:
            raise InvalidInputError(
                [Fault("loss_without", "", f"{len(given)} are named", "name one: who or what is gone")]
            )
        if not self.proved:
            problem = "the run was stopped, so nobody knows what the best matching is"
            raise InvalidInputError([Fault("loss_without", "", problem, "let it run to the end")])
        (what, which), *_ = given.items()
        if what == "topic":
            return without_topic(self, which)
        return without_person(self, *side_of(self.scores, str(which), what))

    def _check_costs(self) -> None:
        """Refuse where costs are not known."""
        faults = []
        if not self.proved:
            problem = "the run was stopped, so nobody knows what the best matching is"
            faults.append(Fault("alternatives", "", problem, "let it run to the end"))
        if self.programme.quotas:
            problem = "under quotas the cost of a pair is not known"
            faults.append(Fault("alternatives", "quotas", problem, "ask a matching without quotas"))
        if not isinstance(self.programme.objective, Total):
            problem = f"costs are in points, and the objective is {self.programme.objective.kind!r}"
            faults.append(Fault("alternatives", "objective", problem, "ask a matching with the objective 'total'"))
        if faults:
            raise InvalidInputError(faults)

    def _cost(self, mentor: str, mentee: str) -> Alternative | None:
        """Return what a pair would cost; nothing where that is not possible or not known."""
        if self.programme.quotas or not (self.proved and isinstance(self.programme.objective, Total)):
            return None
        cohort = self.scores.cohort
        return cost(self.scores, self.steps, self.settled, cohort.row[mentor], cohort.column[mentee])

    @cached_property
    def settled(self) -> list[tuple[int, int]]:
        """Row and column of each locked pair."""
        cohort = self.scores.cohort
        return [(cohort.row[pair.mentor], cohort.column[pair.mentee]) for pair in self.pairs if pair.locked]

    def fairness(
        self, *, intersections: Sequence[Sequence[str]] = (), smallest: int = 5, effect: bool | None = None
    ) -> Fairness:
        """Return how fair the matching is, for the organiser alone.

        What the mentors gain and what the mentees gain stay apart: each side's gain is the points of the criteria of its
        own side and of both. Groups are those that people released for reports; small ones are suppressed so that nothing
        about them follows from the others. Definitions: :doc:`/explanation/fairness`.

        Parameters
        ----------
        intersections : sequence of sequence of str
            Dimensions to cross, ``[("gender", "ethnicity")]``.
        smallest : int
            The smallest number of people that is shown, at least 3.
        effect : bool, optional
            Whether to count who would have another partner without the protected criteria. Where everybody has a place,
            that needs a second matching; without this argument it is made unless there are so many pairs that it takes
            long.

        Returns
        -------
        Fairness
            The figures; prints as a report.

        Raises
        ------
        InvalidInputError
            For an unknown dimension, or a smallest number below 3.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
        >>> report = matching.fairness()
        >>> report.worst == min(pair.points for pair in matching.pairs)
        True
        >>> report.table("mentor", "gender").overall.people
        14
        """
        from rmatch.fairness import fairness

        locked = [(pair.mentor, pair.mentee) for pair in self.pairs if pair.locked]
        found = self._effect(wanted=effect)
        return fairness(self.scores, self._ids, locked, found, intersections=intersections, smallest=smallest)

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

    def _effect(self, *, wanted: bool | None) -> Effect:
        from rmatch.fairness import Effect, effect
        from rmatch.match import Task

        blind, (rows, columns) = self.scores.blind, self.scores.shape
        if len(blind.factors) == len(self.scores.factors):
            return Effect(None, None, None, "no protected attribute gives points")
        if not self.proved:
            return Effect(None, None, None, "the run was stopped before the best matching was proved")
        known = self._places
        if wanted is False or (wanted is None and known is None and rows * columns > COMPARED):
            return Effect(
                None, None, None, f"not asked for, and not done unasked beyond {COMPARED:,} pairs; say effect=True"
            )
        try:
            without = Task(blind, self.seed).matching()._ids if known is None else known
        except InvalidInputError as error:  # α-fairness may have no room for the points that are left
            reasons = "; ".join(fault.problem for fault in error.faults)
            return Effect(None, None, None, f"without protected attributes there is no such matching: {reasons}")
        everybody = [*(("mentor", who) for who in blind.mentors), *(("mentee", who) for who in blind.mentees)]
        return effect(everybody, self._ids, without)

    @property
    def _places(self) -> frozenset[tuple[str, str]] | None:
        """The pairs that decided who gets a place: the best ones without protected attributes; None without such a step."""
        first, mentors, mentees = self.steps[0], self.scores.mentors, self.scores.mentees
        if first.decides != "places":
            return None
        solution = first.solution
        chosen = zip(solution.rows.tolist(), solution.cols.tolist(), strict=True)
        locks = ((lock.mentor, lock.mentee) for lock in self.requests.of_kind("lock"))
        return frozenset({*((mentors[row], mentees[column]) for row, column in chosen), *locks})

    @cached_property
    def _ids(self) -> frozenset[tuple[str, str]]:
        return frozenset((pair.mentor, pair.mentee) for pair in self.pairs)
