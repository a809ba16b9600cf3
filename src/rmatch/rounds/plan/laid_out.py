"""From all rounds together to single rounds: when each pair meets, or where that does not work out, rounds one by one."""

from __future__ import annotations

from contextvars import Context
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds.groups.credit import credited_in_turn
from rmatch.rounds.plan.by_rounds import by_rounds, dated_problem, staying
from rmatch.rounds.plan.calmest import calmest, in_time
from rmatch.rounds.plan.changed import with_changes
from rmatch.rounds.plan.planned import ByRounds, Meeting, Planned
from rmatch.solve import TieHash, Timetable, Waits, into_rounds
from rmatch.utils.stopping import begin, unheard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.plan.terms import PlanTerms
    from rmatch.rounds.round import Round
    from rmatch.scoring import Scores
    from rmatch.solve import DatedProblem, RoundPrices

    Whole = NDArray[np.int64]


def laid_out(scores: Scores, terms: PlanTerms, every: Round) -> Planned:
    """Return the best plan.

    Parameters
    ----------
    scores : Scores
        The points and permissions of one round.
    terms : PlanTerms
        What the plan has to keep to.
    every : Round
        All rounds together: see :func:`rmatch.rounds.plan.together.together`.

    Returns
    -------
    Planned
        If the run was stopped, the best that was found.

    Raises
    ------
    InfeasibleError
        If locks or minimums cannot be kept.
    StopError
        If the run was stopped before there was a plan.
    """
    together = _all_at_once(every, terms) if terms.gap == "never" else None
    begin("rounds")
    if together is not None and terms.alike:
        # A run that was stopped has pairs, and is nothing without their rounds: those are laid out beyond its limits.
        found: Timetable = Context().run(_in_turn, together, terms)
        rows, columns, _ = cells_of(together, together.scores)
        where = np.stack([rows, columns, found.rounds], axis=1)
        return _planned(scores, terms, every, where, together, order=found.prices)
    problem = dated_problem(every, scores, terms)
    calm = None
    if together is not None:
        around = _around(together, scores, terms, in_time(problem, terms, scores.cohort))
        if around is None and terms.planned:
            calm = calmest(together, every, terms, problem)
            around = _around(together, scores, terms, problem) if calm is None else None
        if around is not None:
            return _planned(scores, terms, every, around, together)
    where, known = calm or by_rounds(every, terms, problem)
    return _planned(scores, terms, every, where, known=known)


def _all_at_once(every: Round, terms: PlanTerms) -> Outcome:
    """Return who meets whom over all rounds, with what became of the pairs of an earlier plan."""
    found = every.solve()
    return replace(found, changes=with_changes(found, terms))


def _around(
    together: Outcome, scores: Scores, terms: PlanTerms, problem: DatedProblem
) -> Whole | None:
    """Return row, column and round of the pairs of all rounds together; nothing where they do not fit into the rounds."""
    rows, columns, _ = cells_of(together, together.scores)
    width = len(scores.mentees)
    met = np.isin(problem.rows * width + problem.columns, rows * width + columns)
    stay = staying(problem, scores.cohort, terms) if terms.planned else None
    chosen = problem.evenly(met.astype(np.int64), terms.waits(scores), stay)
    return None if chosen is None else problem.where(chosen)


def _in_turn(together: Outcome, terms: PlanTerms) -> Timetable:
    rows, columns, ties = cells_of(together, together.scores)
    waits = Waits(*terms.waits(together.scores))
    return into_rounds(rows, columns, terms.rounds, waits, ties)


def _planned(
    scores: Scores,
    terms: PlanTerms,
    every: Round,
    where: Whole,
    together: Outcome | None = None,
    *,
    order: tuple[RoundPrices, ...] = (),
    known: ByRounds | None = None,
) -> Planned:
    """Return the plan of some meetings, given by row, column and round."""
    meetings = []
    in_turn = sorted((number, row, column) for row, column, number in where.tolist())
    with unheard():
        worth = credited_in_turn(scores, [(row, column) for _, row, column in in_turn])
    for (number, row, column), points in zip(in_turn, worth, strict=True):
        lock = every.locks.get((row, column))
        reason = "" if lock is None else str(lock.override_reason)
        two = scores.mentors[row], scores.mentees[column]
        meetings.append(Meeting(number + 1, *two, points, lock is not None, reason))
    total = sum(meeting.points for meeting in meetings)
    return Planned(scores, terms, every.seed, tuple(meetings), total, together, order, known)


def cells_of(together: Outcome, scores: Scores) -> tuple[Whole, Whole, Whole]:
    """Return row and column of each pair among some people, and what decides between equals."""
    cohort = scores.cohort
    cells = [(cohort.row[pair.mentor], cohort.column[pair.mentee]) for pair in together.pairs]
    rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
    ties = TieHash(together.seed, scores.mentors, scores.mentees)
    return rows, columns, ties(rows, columns)
