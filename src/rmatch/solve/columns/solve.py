"""The route by column generation, from a problem to its answer or to the people who make it impossible."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.columns.contradiction import contradiction
from rmatch.solve.columns.generate import Generation
from rmatch.solve.columns.placed import among_the_placed
from rmatch.solve.columns.tuning import DEFAULT
from rmatch.solve.columns.workers import Workers
from rmatch.solve.feasibility import shortage
from rmatch.solve.network.network import CutError
from rmatch.solve.problem import Problem
from rmatch.utils.lent import lent
from rmatch.utils.stopping import listen, report, told_to_stop
from rmatch.utils.threads import pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.errors import InfeasibleError
    from rmatch.solve.columns.answer import Answer, Warm
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.tuning import Tuning
    from rmatch.solve.feasibility import Names
    from rmatch.solve.network.network import Whole
    from rmatch.solve.ties import Ties


def solve_implicit(
    problem: ImplicitProblem,
    *,
    ties: Ties | None = None,
    names: Names | None = None,
    before: Warm | None = None,
    tuning: Tuning = DEFAULT,
) -> Answer:
    """Return the best matching with its certificate, and among the best the one with the largest ties.

    Parameters
    ----------
    problem : ImplicitProblem
        The problem.
    ties : callable, optional
        Returns the ties of single pairs.
    names : tuple of two sequences, optional
        What an error calls the people; without it, the numbers of their rows and columns.
    before : Warm, optional
        A matching to begin with, and its prices.
    tuning : Tuning, optional
        Sizes of samples, lists and blocks.

    Returns
    -------
    Answer
        The pairs and what proves them, or the best pairs so far and what bounds all others.

    Raises
    ------
    InfeasibleError
        If the minimums are out of reach, with the people that prove it.
    StopError
        If it was stopped before every minimum was met.
    """
    with suppress(StopError):
        listen("start")
    called = names or (range(problem.shape[0]), range(problem.shape[1]))
    # A run that has been told to stop finds no prices, and need not take out of large tables what it will not look at.
    if told_to_stop():
        return _solved(problem, ties, before, called, tuning)
    rows, columns = (
        list(compress(own, places)) for own, places in zip(called, problem.capacities, strict=True)
    )
    solved = partial(_solved, names=(rows, columns), tuning=tuning)
    return among_the_placed(problem, ties, before, solved)


def _solved(
    problem: ImplicitProblem,
    ties: Ties | None,
    before: Warm | None,
    names: Names,
    tuning: Tuning,
) -> Answer:
    def check(phase: str, answer: Answer) -> None:
        report(phase, answer.passes, len(answer.pairs[0]), (answer.total, answer.bound))

    with pool() as threads:
        run = Generation(problem, Workers(threads, lent()), check, before, tuning)
        answer = run.run()
        # A minimum that even the optimum misses is out of reach: missing one costs more than all
        # the rest.
        if any(people.size for people in answer.missed):
            if answer.proved:
                raise _shortage(problem, answer, names)
            message = "it was stopped before every minimum was met: give it more time"
            raise StopError(message)
        # The bound comes from the prices and the total from the pairs: that they meet is the proof.
        if answer.proved and answer.bound != answer.total:
            raise contradiction(
                problem,
                f"the prices allow for {answer.bound} points, but the matching has {answer.total}",
            )
        if answer.proved and ties is not None:
            run.decide(ties)
    return answer


def _shortage(problem: ImplicitProblem, answer: Answer, names: Names) -> InfeasibleError:
    """Return the error about the people whose prices are as low as a missed minimum makes them."""
    mentors_lack = bool(answer.missed[0].size)
    price = answer.certificate.u if mentors_lack else answer.certificate.v
    needy = np.flatnonzero(price < -problem.must // 2)
    mentors, mentees = (np.arange(size) for size in problem.shape)
    if mentors_lack:
        mentors = needy
        view = problem.source.take(rows=needy)
    else:
        mentees = needy
        view = problem.source.take(columns=needy)
    row_places, column_places = problem.capacities
    row_minimum, column_minimum = problem.minimums
    explicit = Problem(
        points=np.zeros(view.shape, np.int64),
        allowed=view.rows(0, view.shape[0]) >= view.lowest,
        mentor_capacity=row_places[mentors],
        mentee_capacity=column_places[mentees],
        mentor_minimum=row_minimum[mentors],
        mentee_minimum=column_minimum[mentees],
        participation="most",
    )
    # The needy and nobody of the other side: mentors with their dummy column outside of the cut,
    # or the dummy row inside of it.
    cut_rows = np.full(len(mentors) + 1, mentors_lack)
    cut_rows[-1] = not mentors_lack
    cut = CutError(cut_rows, np.zeros(len(mentees) + 1, bool))
    return shortage(explicit, cut, (_of(names[0], mentors), _of(names[1], mentees)))


def _of(names: Sequence[object], people: Whole) -> list[object]:
    return [names[i] for i in people.tolist()]
