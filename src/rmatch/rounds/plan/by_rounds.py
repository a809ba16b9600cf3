"""A plan where rounds differ: decided round by round, by a mixed-integer programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.rounds.capacity import Places
from rmatch.rounds.plan.planned import ByRounds
from rmatch.solve import DatedProblem, Gains
from rmatch.utils.sides import SIDES
from rmatch.utils.stopping import begin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people import Cohort
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
    points = scores.blind_points if guarded else scores.points
    found = problem.best(points[problem.rows, problem.columns], Gains.none(), most=most)
    if found is None:
        message = "the minimums or the locks of the plan cannot be kept in its rounds"
        raise InfeasibleError(message)
    pairs = problem.meetings[0]
    times = np.bincount(pairs[found.chosen > 0], minlength=len(problem.rows))
    chosen = problem.evenly(times, terms.waits(scores))
    assert chosen is not None  # the meetings just found are one way
    proved = found.bounds == found.values
    if guarded:
        begin("pairs")
        again = _same_places(problem, chosen)
        found = again.best(scores.points[problem.rows, problem.columns], Gains.none(), most=False)
        assert found is not None  # those without protected attributes have these places
        chosen = found.chosen
        proved = proved and found.bounds == found.values
    return problem.where(chosen), ByRounds(found.bounds[-1], proved)


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
