"""The rest of a plan in which pairs that stay meet when they were to, where that takes other new pairs beside them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError, StopError
from rmatch.rounds.plan.by_rounds import by_rounds, staying
from rmatch.rounds.waiting import ranks_of

if TYPE_CHECKING:
    from rmatch.people import Cohort
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.plan.by_rounds import Times
    from rmatch.rounds.plan.planned import ByRounds
    from rmatch.rounds.plan.terms import PlanTerms
    from rmatch.rounds.round import Round
    from rmatch.solve import DatedProblem

LARGEST_SEARCH = 2_000
"""So many possible meetings are decided all at once, if need be, so that fewer pairs meet in other rounds."""


def in_time(problem: DatedProblem, terms: PlanTerms, cohort: Cohort) -> DatedProblem:
    """Return the problem in which a pair of an earlier plan may meet only when it was to."""
    pinned = problem.open.copy()
    for cell, number in _planned(problem, terms, cohort).items():
        pinned[cell] = False
        pinned[cell, number] = True
    return replace(problem, open=pinned)


def calmest(
    together: Outcome, every: Round, terms: PlanTerms, problem: DatedProblem
) -> tuple[Times, ByRounds] | None:
    """Return the rest of a plan in which as many pairs stay as can at all, and more of them meet when they were to.

    Who meets whom over all rounds was decided before anybody asked when. Often all pairs that stay can meet when they were to,
    beside other new ones: then these alone are decided, in the places that are left in each round. Else who meets whom is
    decided together with when, if few meetings are possible.

    Parameters
    ----------
    together : Outcome
        All rounds taken together, whose pairs cannot all meet when they were to.
    every : Round
        The same before it was solved.
    terms : PlanTerms
        What the plan has to keep to.
    problem : DatedProblem
        Who may meet whom in which round.

    Returns
    -------
    tuple of numpy.ndarray and ByRounds, or None
        Row, column and round of each meeting, and what is known of better ones; nothing where that is not known.
    """
    if together.changes is None:
        return None
    when = _planned(problem, terms, every.scores.cohort)
    if all(pair.cause != "gave_way" for pair in together.changes.broken):
        hoped = *_reached(_pairs(together), every, terms), len(together.changes.kept), len(when)
        with suppress(InfeasibleError, StopError):
            found = by_rounds(every, terms, _beside(when, problem))
            if (*_reached(found[0], every, terms), *_stays(found[0], every, terms)) == hoped:
                return found
    if len(problem.meetings[0]) <= LARGEST_SEARCH:
        with suppress(StopError):
            return by_rounds(every, terms, problem)
    return None


def _planned(problem: DatedProblem, terms: PlanTerms, cohort: Cohort) -> dict[int, int]:
    """Return when pairs were to meet that still may then: the round by the position of the pair."""
    stay = staying(problem, cohort, terms) > 0
    pairs, rounds = (own[stay].tolist() for own in problem.meetings)
    return dict(zip(pairs, rounds, strict=True))


def _beside(when: dict[int, int], problem: DatedProblem) -> DatedProblem:
    """Return the problem in which these pairs may meet then alone, and others where beside them places are left."""
    left = [capacity.copy() for capacity in problem.capacities]
    pairs, rounds = np.array([*when.items()], np.int64).reshape(-1, 2).T
    np.subtract.at(left[0], (problem.rows[pairs], rounds), 1)
    np.subtract.at(left[1], (problem.columns[pairs], rounds), 1)
    narrow = problem.open & (left[0][problem.rows] > 0) & (left[1][problem.columns] > 0)
    narrow[pairs] = False
    narrow[pairs, rounds] = True
    some = np.union1d(np.flatnonzero(narrow.any(axis=1)), problem.musts)
    return replace(
        problem,
        rows=problem.rows[some],
        columns=problem.columns[some],
        open=narrow[some],
        musts=np.searchsorted(some, problem.musts),
    )


def _pairs(together: Outcome) -> Times:
    cohort = together.scores.cohort
    cells = [(cohort.row[pair.mentor], cohort.column[pair.mentee], 0) for pair in together.pairs]
    return np.array(cells, np.int64).reshape(-1, 3)


def _reached(met: Times, every: Round, terms: PlanTerms) -> tuple[int, int]:
    """Return how many meetings there are, if that counts, and how many of those who come first have a partner."""
    programme = every.scores.programme
    ranks = ranks_of(programme, terms.waits(every.scores), every.locks)
    served = sum(int(own[np.unique(met[:, side])].sum()) for side, own in enumerate(ranks))
    return len(met) * (programme.participation == "most"), served


def _stays(met: Times, every: Round, terms: PlanTerms) -> tuple[int, int]:
    """Return how many pairs of the earlier plan meet, and how many when they were to."""
    ids = every.scores.mentors, every.scores.mentees
    before = {pair: number for number, pairs in enumerate(terms.planned) for pair in pairs}
    now = [((ids[0][row], ids[1][column]), number) for row, column, number in met.tolist()]
    return sum(pair in before for pair, _ in now), sum(before.get(pair) == n for pair, n in now)
