"""A round and those who might join it as mentors: what each of them gains, and the best few together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault
from rmatch.people import Cohort, Requests
from rmatch.programme import group_terms
from rmatch.rounds.costs import priceless
from rmatch.rounds.earlier import Earlier
from rmatch.rounds.groups.problem import pair_by_pair
from rmatch.rounds.recruits.needs import covered_by
from rmatch.rounds.recruits.worth import Scale, Worth
from rmatch.rounds.round import Round
from rmatch.rounds.visible import visible_people
from rmatch.solve import CLOSED, Chosen, Newcomers, best_together, solve
from rmatch.utils.stopping import listen
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.scoring import Scores
    from rmatch.solve import Problem, Solution

    Whole = NDArray[np.int64]

LARGEST = 4_000_000
"""The most possible pairs, those of the recruits not counted: all of them stand in one matrix."""


@dataclass(frozen=True, eq=False)
class Market:
    """A round, and the same people with recruits among them.

    Attributes
    ----------
    scores : Scores
        The round as it is.
    enlarged : Scores
        The same people and the recruits, with the means of the round as it is.
    recruits : tuple of str
        The ids of the recruits.
    k : int
        How many may join together at most.
    """

    scores: Scores
    enlarged: Scores
    recruits: tuple[str, ...]
    k: int

    def faults(self, asked: str) -> Iterator[Fault]:
        """Go through why no recruit has a worth in pairs and points."""
        programme, size = self.scores.programme, prod(self.scores.shape)
        yield from priceless(programme, asked)
        yield from pair_by_pair(self.enlarged, asked)
        for term in group_terms(programme):
            problem = "what is asked of a group as a whole leaves no pair points of its own"
            yield Fault(asked, term, problem, f"ask without {term}")
        if size > LARGEST:
            problem = f"{numeral(size)} possible pairs are more than {numeral(LARGEST)}, which go into one matrix"
            yield Fault(asked, "people", problem, "ask for one site or department at a time")
        places = self._round.places, self._round.locks
        if Earlier().precedence(self.scores, *places, decides_places=True) is not None:
            problem = "where some people come before the points, a worth in points is not known"
            remedy = "ask without waiting = 'first' and without spread"
            yield Fault(asked, "waiting, spread", problem, remedy)

    @property
    def may_meet(self) -> NDArray[np.bool_]:
        """Whether the rules let each recruit meet anybody."""
        may: NDArray[np.bool_] = np.logical_or.reduce(self._points[1], axis=1)
        return may

    @cached_property
    def today(self) -> Worth:
        """What the best matching of today has."""
        rows, cols = self._solution.rows, self._solution.cols
        locked = self._round.locked_positions
        every = np.concatenate([rows, locked[0]]), np.concatenate([cols, locked[1]])
        points, covered = self.scores.blind_points[every], self._covered[0][every]
        return Worth(len(every[0]), int(points.sum()), int(covered.sum()))

    def alone(self) -> list[Worth]:
        """Return what each recruit is worth alone."""
        return [self._scale.worth(gain) for gain in self._team.gains(self._whole, self._places)]

    def together(self) -> tuple[Chosen, list[Worth], Worth]:
        """Return the best recruits together, what each is worth beside those before, and what none can exceed."""
        chosen = best_together(self._team, self._whole, self._places, self._room)
        each = [self._scale.worth(gain) for gain in chosen.gains]
        return chosen, each, self._scale.worth(chosen.bound)

    @cached_property
    def _round(self) -> Round:
        return Round(self.scores, 0)

    @cached_property
    def _problem(self) -> Problem:
        """What is decided today, without protected attributes and beside the locks."""
        return self._round.problem(protected=False)

    @cached_property
    def _rows(self) -> NDArray[np.intp]:
        """Where the recruits stand among all mentors."""
        return np.array([self.enlarged.cohort.row[person] for person in self.recruits], np.intp)

    @cached_property
    def _places(self) -> Whole:
        return self.enlarged.cohort.capacity("mentor")[self._rows]

    @cached_property
    def _mentee_places(self) -> Whole:
        """How many partners each mentee can have at most, with all that may join."""
        return np.minimum(self._problem.mentee_capacity, self.scores.shape[0] + self.k)

    @cached_property
    def _room(self) -> int:
        """How many recruits can get a partner at all, of those who may join."""
        return min(self.k, int(self._mentee_places.sum()))

    @cached_property
    def _points(self) -> tuple[Whole, NDArray[np.bool_]]:
        """The points of each recruit with each mentee, and which may meet."""
        columns = np.arange(self.scores.shape[1])
        points = self.enlarged.block(self._rows, columns, protected=False)
        return points, self.enlarged.open_block(self._rows, columns)

    @cached_property
    def _covered(self) -> tuple[Whole, Whole]:
        """How many wants each mentor of today teaches each mentee, and each recruit."""
        cohort = self.enlarged.cohort
        covered = covered_by(Cohort(visible_people(cohort.people), cohort.terms, Requests()))
        today = np.array([cohort.row[person] for person in self.scores.mentors], np.intp)
        return covered[today], covered[self._rows]

    @cached_property
    def _scale(self) -> Scale:
        """The scale for today's matching and all of those with recruits."""
        places, covered = self._mentee_places, np.concatenate(self._covered)
        points = np.concatenate([self._problem.points, self._points[0]])
        spread = int(points.max(initial=0)) - int(points.min(initial=0))
        pairs, wants = int(places.sum()), int((covered.max(0, initial=0) * places).sum())
        how = self._problem.participation
        return Scale.of(how, pairs=pairs, points=pairs * spread, covered=wants)

    @cached_property
    def _whole(self) -> Whole:
        """What each recruit is worth to each mentee."""
        points, may = self._points
        whole: Whole = np.where(may, self._scale.whole(1, points, self._covered[1]), -CLOSED)
        return whole

    @cached_property
    def _solution(self) -> Solution:
        problem = self._problem
        points = self._scale.beside_pairs(problem.points, self._covered[0])
        return solve(replace(problem, points=points))

    @cached_property
    def _team(self) -> Newcomers:
        """Today's matching, which recruits may join."""
        if not self._solution.proved:
            listen("paths")
        points = self._scale.whole(1, self._problem.points, self._covered[0])
        every = replace(self._problem, points=points, participation="best")
        return Newcomers(every, self._solution.rows, self._solution.cols, max(self._room, 1))
