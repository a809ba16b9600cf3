"""Who meets whom, and everything that follows from the pairs and the steps that led to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rmatch.errors import Status
from rmatch.objectives import compatibility_of
from rmatch.people import People, Requests
from rmatch.programme import Programme, Unit
from rmatch.rounds.changes.changes import Changes
from rmatch.rounds.claim import claim, stopped_claim
from rmatch.rounds.kept import kept_of
from rmatch.rounds.pair import Pair
from rmatch.rounds.player import Cell
from rmatch.rounds.step import Step
from rmatch.rounds.unmatched import Unmatched, unmatched
from rmatch.scoring import Scores
from rmatch.solve import GroupSolution
from rmatch.utils.progress import relative_gap
from rmatch.utils.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class Outcome(Value):
    """Who meets whom after a round, and what it rests on.

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
    runtime : float or None
        The seconds that it took, where it was made here; no part of what is compared or written.
    changes : Changes or None
        What became of the pairs of the earlier round, where :func:`rmatch.rematch` made it from one.
    waited : mapping of str to int
        For how many rounds before this one people had no partner, by id, where it was made after an earlier one.
    """

    scores: Scores
    seed: int | str
    pairs: tuple[Pair, ...]
    total: int
    steps: tuple[Step, ...]
    runtime: float | None = field(default=None, compare=False)
    changes: Changes | None = None
    waited: Mapping[str, int] = field(default_factory=dict)

    @property
    def route(self) -> str:
        """The algorithm that ran."""
        return self.steps[-1].solution.route

    @property
    def status(self) -> Status:
        """`OPTIMAL` if every step ran to its end, which proves what `claim` says; `FEASIBLE` if the run was stopped."""
        ended = all(step.solution.proved for step in self.steps)
        return Status.OPTIMAL if ended else Status.FEASIBLE

    @property
    def claim(self) -> str:
        """In which sense this is the best matching, in one sentence that says no more than was proved."""
        if self.status is not Status.OPTIMAL:
            return stopped_claim(self.steps, self.bound - self.total, self.unit)
        return claim(self.programme, self.steps, len(self.locked_cells))

    @property
    def bound(self) -> int:
        """What this round could have at most, had it run to the end: the total itself, unless the run was stopped.

        Where places are decided in a step of their own, it is about pairs of the people who hold them. If the run was
        stopped before they were decided, the bound on the points without protected attributes holds, with the most that
        these can add, and for groups one on all points, whoever holds a place.
        """
        last = self.steps[-1]
        missing = last.at_most - last.points
        if len(self.steps) > 1 and self.status is not Status.OPTIMAL:
            # With other places the last bound says nothing: it is about the places that the first step gave.
            at_most = self._bound_of_places - last.points
            if not self.steps[0].solution.proved:
                missing = at_most
            elif compatibility_of(self.programme.objective).is_total:
                # Only then has nobody more without protected attributes than those of the first step.
                missing = min(missing, at_most)
            if isinstance(last.solution, GroupSolution) and last.solution.ceiling is not None:
                missing = min(missing, last.solution.ceiling.bound - last.points)
        return self.total + missing

    @property
    def _bound_of_places(self) -> int:
        """The bound of the first step, with the most that protected attributes can add to as many pairs as there can be."""
        first = self.steps[0]
        mentors, mentees = first.places.capacities
        pairs = min(int(mentors.sum()), int(mentees.sum()))
        return first.at_most + pairs * self.scores.protected_most

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
        return self.scores.programme

    @cached_property
    def unit(self) -> Unit:
        """What points are told in."""
        return Unit.of(self.programme, [pair.points for pair in self.pairs])

    @property
    def requests(self) -> Requests:
        """Locks, exclusions, previous pairs, wishes."""
        return self.scores.cohort.requests

    @property
    def without_data(self) -> tuple[str, ...]:
        """Criteria that were left out because the people have no data for them."""
        return self.scores.without_data

    @property
    def reading_notes(self) -> tuple[str, ...]:
        """How the people were read, in words."""
        kept = kept_of(self.scores)
        return self.people.notes if kept is None else kept.notes

    @property
    def _ids(self) -> tuple[str, ...]:
        kept = kept_of(self.scores)
        return self.people.id if kept is None else tuple(kept.fingerprints.each)

    @cached_property
    def partners(self) -> dict[str, tuple[str, ...]]:
        """Everybody's partners, in whichever role; empty for those without."""
        found: dict[str, list[str]] = defaultdict(list)
        for pair in self.pairs:
            found[pair.mentor].append(pair.mentee)
            found[pair.mentee].append(pair.mentor)
        return {person: tuple(found[person]) for person in self._ids}

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """Everybody without a partner in a role, and why."""
        if kept := kept_of(self.scores):
            return kept.unmatched
        stopped = self.status is not Status.OPTIMAL
        return unmatched(self.scores, self.id_pairs, stopped=stopped, waited=self.waited)

    @cached_property
    def locked_cells(self) -> list[Cell]:
        """Row and column of each locked pair."""
        cohort = self.scores.cohort
        locked = [pair for pair in self.pairs if pair.locked]
        return [(cohort.row[pair.mentor], cohort.column[pair.mentee]) for pair in locked]

    @cached_property
    def id_pairs(self) -> frozenset[tuple[str, str]]:
        """The ids of the two of each pair."""
        return frozenset((pair.mentor, pair.mentee) for pair in self.pairs)
