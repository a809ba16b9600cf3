"""A plan where rounds differ: decided round by round, by a mixed-integer programme."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.rounds.capacity import Places
from rmatch.rounds.plan.planned import ByRounds
from rmatch.rounds.waiting import ranks_of
from rmatch.scoring import Coverage
from rmatch.solve import DatedProblem, Gains, Goal
from rmatch.utils.sides import SIDES
from rmatch.utils.stopping import begin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from rmatch.people import Cohort, IdPair
    from rmatch.rounds.plan.terms import PlanTerms
    from rmatch.rounds.round import Round
    from rmatch.scoring import Scores

    Times = NDArray[np.int64]
    """How often the pairs meet: row, column and round of each meeting, meetings × 3."""


def dated_problem(every: Round, scores: Scores, terms: PlanTerms) -> DatedProblem:
    """Return who may meet whom in which round.

    Parameters
    ----------
    every : Round
        All rounds together: its rules say who may meet at all, and its locks who must.
    scores : Scores
        One round, which says how many places everybody has in it.
    terms : PlanTerms
        What the plan has to keep to.

    Returns
    -------
    DatedProblem
        Everybody's places are those of one round.
    """
    cohort = scores.cohort
    allowed = every.scores.open_pairs.copy()
    rows, columns = every.locked_positions
    allowed[rows, columns] = True
    some: tuple[NDArray[np.intp], ...] = np.nonzero(allowed)
    musts = np.flatnonzero(
        np.isin(some[0] * allowed.shape[1] + some[1], rows * allowed.shape[1] + columns)
    )
    present = terms.present(cohort.people)
    of_mentors, of_mentees = present[cohort.mentors], present[cohort.mentees]
    both = of_mentors[some[0]] & of_mentees[some[1]]
    places = Places.of(scores)
    return DatedProblem(
        some[0],
        some[1],
        both & ~_met_lately(cohort, terms, some),
        (
            places.mentor_capacity[:, None] * of_mentors,
            places.mentee_capacity[:, None] * of_mentees,
        ),
        (places.mentor_minimum[:, None] * of_mentors, places.mentee_minimum[:, None] * of_mentees),
        _loads(cohort, terms),
        terms.rounds if terms.gap == "never" else terms.gap,
        musts,
    )


def _loads(cohort: Cohort, terms: PlanTerms) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    most = terms.rounds * (len(cohort.mentors) + len(cohort.mentees))
    mentors, mentees = (
        np.array([min(terms.load.get(one, most), most) for one in ids], np.int64)
        for ids in (cohort.row, cohort.column)
    )
    return mentors, mentees


def _met_lately(
    cohort: Cohort, terms: PlanTerms, some: tuple[NDArray[np.intp], ...]
) -> NDArray[np.bool_]:
    """Return which pairs are too near in which round to a meeting of earlier rounds, either way round."""
    found = np.zeros((len(cohort.mentors), len(cohort.mentees), terms.rounds), bool)
    for ago, earlier in enumerate(reversed(terms.history)):
        until = terms.rounds if terms.gap == "never" else max(terms.gap - ago, 0)
        for one, other in earlier:
            for mentor, mentee in ((one, other), (other, one)):
                if mentor in cohort.row and mentee in cohort.column:
                    found[cohort.row[mentor], cohort.column[mentee], :until] = True
    return found[some]


def by_rounds(every: Round, terms: PlanTerms, problem: DatedProblem) -> tuple[Times, ByRounds]:
    """Return the best meetings, with what is known of better ones.

    Where protected attributes count and must not decide who gets a place, who has a place in which round is decided without
    them, and then who meets whom with these places.

    Parameters
    ----------
    every : Round
        All rounds together: their points and their programme.
    terms : PlanTerms
        What the plan has to keep to.
    problem : DatedProblem
        Who may meet whom in which round.

    Returns
    -------
    numpy.ndarray of int64, shape (meetings, 3)
        Row, column and round of each meeting, from 0.
    ByRounds
        What the mixed-integer programme says of all others.

    Raises
    ------
    InfeasibleError
        If minimums or locks cannot be kept.
    """
    problem.refuse_too_large()
    scores, most = every.scores, every.scores.programme.participation == "most"
    guarded = every.guards_places
    begin("places" if guarded else "pairs", to_its_end=guarded)
    goals = (
        *_before_points(every, terms, problem),
        _by_points(problem, every, protected=not guarded),
    )
    found = problem.best(goals, most=most)
    if found is None:
        message = "the minimums or the locks of the plan cannot be kept in its rounds"
        raise InfeasibleError(message)
    pairs = problem.meetings[0]
    met = found.chosen[: len(pairs)]
    proved = found.bounds == found.values
    if not terms.planned:
        times = np.bincount(pairs[met > 0], minlength=len(problem.rows))
        spread = problem.evenly(times, terms.waits(scores))
        assert spread is not None  # the meetings just found are one way
        met = spread
    if guarded:
        begin("pairs")
        again = _same_places(problem, met)
        points = _by_points(again, every, protected=True)
        found = again.best([*_staying(again, scores.cohort, terms), points], most=False)
        assert found is not None  # those without protected attributes have these places
        met = found.chosen[: len(pairs)]
        proved = proved and found.bounds == found.values
    return problem.where(met), ByRounds(found.bounds[-1], proved)


def staying(problem: DatedProblem, cohort: Cohort, terms: PlanTerms) -> NDArray[np.int64]:
    """Return 1 for each possible meeting that an earlier plan has in the same round, and 0 for the others."""
    found = np.zeros(problem.open.shape, np.int64)
    for number, earlier in enumerate(terms.planned):
        found[_positions(problem, cohort, earlier), number] = 1
    return found[problem.meetings]


def _staying(problem: DatedProblem, cohort: Cohort, terms: PlanTerms) -> Iterator[Goal]:
    """Go through what keeps an earlier plan: its pairs in whichever round, where none meets twice, and then its meetings."""
    if not terms.planned:
        return
    if terms.gap == "never":
        found = np.zeros(len(problem.rows), np.int64)
        found[_positions(problem, cohort, chain.from_iterable(terms.planned))] = 1
        yield Goal(found[problem.meetings[0]], Gains.none())
    yield Goal(staying(problem, cohort, terms), Gains.none())


def _positions(problem: DatedProblem, cohort: Cohort, pairs: Iterable[IdPair]) -> NDArray[np.bool_]:
    """Return which pairs of a problem are among some pairs of ids."""
    width = len(cohort.column)
    cells = [
        cohort.row[mentor] * width + cohort.column[mentee]
        for mentor, mentee in pairs
        if mentor in cohort.row and mentee in cohort.column
    ]
    return np.isin(problem.rows * width + problem.columns, cells)


def _by_points(problem: DatedProblem, every: Round, *, protected: bool) -> Goal:
    """Return what meetings are worth, and beside them what pairs teach, where that counts once over all rounds."""
    scores, pairs = every.scores, problem.meetings[0]
    where = problem.rows[pairs], problem.columns[pairs]
    if not every.has_groups:
        points = scores.points if protected else scores.blind_points
        return Goal(points[where], Gains.none())
    taught = Coverage.of(scores, protected=protected)
    brings = taught.gains.tocoo()
    want, mentor = (own.astype(np.int64) for own in brings.coords)
    width = scores.shape[1]
    known = {cell: n for n, cell in enumerate((problem.rows * width + problem.columns).tolist())}
    cells = (mentor * width + taught.mentee[want]).tolist()
    pair = np.array([known.get(cell, -1) for cell in cells], np.int64)
    some = pair >= 0
    gains = Gains(want[some], pair[some], brings.data[some], len(taught.mentee))
    return Goal(taught.rest[where], gains)


def _before_points(every: Round, terms: PlanTerms, problem: DatedProblem) -> list[Goal]:
    """Return what comes before the points: first partners of those who come first, and meetings that were planned."""
    scores = every.scores
    ranks = ranks_of(scores.programme, terms.waits(scores), every.locks)
    nothing = np.zeros(len(problem.meetings[0]), np.int64)
    goals = []
    if any(side.any() for side in ranks):
        both = np.concatenate(ranks)
        whose = np.concatenate([problem.rows, len(ranks[0]) + problem.columns])
        which = np.tile(np.arange(len(problem.rows)), 2)
        some = both[whose] > 0
        first = Gains(whose[some], which[some], both[whose[some]], len(both))
        goals.append(Goal(nothing, first))
    return [*goals, *_staying(problem, scores.cohort, terms)]


def _same_places(problem: DatedProblem, chosen: NDArray[np.int64]) -> DatedProblem:
    """Return the problem in which everybody has as many partners in each round as in some meetings."""
    pairs, rounds = (own[chosen > 0] for own in problem.meetings)
    taken = []
    for side, own in zip(range(len(SIDES)), (problem.rows, problem.columns), strict=True):
        counts = np.zeros_like(problem.capacities[side])
        np.add.at(counts, (own[pairs], rounds), 1)
        taken.append(counts)
    places = taken[0], taken[1]
    return replace(problem, capacities=places, minimums=places)
