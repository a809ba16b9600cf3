"""A problem without a matrix that is small enough for one: written out, solved there, and its ties decided."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.certificates.glance import at_a_glance
from rmatch.solve.columns.answer import Answer
from rmatch.solve.columns.contradiction import contradiction
from rmatch.solve.columns.part import of_whole
from rmatch.solve.columns.placed import among_the_placed
from rmatch.solve.columns.pricing import tight_pairs
from rmatch.solve.columns.ties import decide
from rmatch.solve.columns.tuning import DEFAULT
from rmatch.solve.columns.workers import Workers
from rmatch.solve.jonker_volgenant.route import best, by_strips
from rmatch.solve.problem import Problem
from rmatch.solve.ties import TIES
from rmatch.utils.stopping import listen
from rmatch.utils.threads import pool

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from rmatch.solve.columns.answer import Warm
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.tuning import Tuning
    from rmatch.solve.network.network import Whole
    from rmatch.solve.ties import Ties

    Pairs = tuple[Whole, Whole]

NOBODY = np.zeros(0, np.int64)


def solve_written_out(
    problem: ImplicitProblem,
    ties: Ties | None = None,
    before: Warm | None = None,
    tuning: Tuning = DEFAULT,
) -> Answer:
    """Return the best matching with its certificate, and among the best the one with the largest ties.

    Parameters
    ----------
    problem : ImplicitProblem
        One that is suited; see :func:`rmatch.solve.jonker_volgenant.suits_written_out`.
    ties : callable, optional
        Returns the ties of single pairs.
    before : Warm, optional
        A matching to return where there is no time for another one.
    tuning : Tuning, optional
        How many tight pairs are written down to decide ties.

    Returns
    -------
    Answer
        The pairs and what proves them, or what is seen at a glance and what bounds all others.
    """
    return among_the_placed(problem, ties, before, partial(_solved, tuning=tuning))


def _solved(
    problem: ImplicitProblem, ties: Ties | None, before: Warm | None, tuning: Tuning
) -> Answer:
    begun = monotonic()
    points = _points(problem.source)
    matrix = _matrix(problem, points)
    written = monotonic()
    try:
        answer = _best(problem, matrix)
    except StopError:
        if before is not None:
            before = before.within(matrix.allowed[before.pairs], problem.capacities)
        found = at_a_glance(matrix, None if before is None else before.pairs)
        return Answer(*found, (NOBODY, NOBODY))
    solved = monotonic()
    if ties is not None:
        # What is written out is read faster than what has to be added up.
        source = replace(problem.source, stored=of_whole(points), block=None)
        with suppress(StopError), pool() as threads:
            pause, proof = partial(listen, "ties"), answer.certificate
            prices, workers = (proof.u - proof.bonus, proof.v), Workers(threads, None)
            tight = tight_pairs(source, prices, workers, pause, tuning)
            decide(replace(problem, source=source), answer, ties, tight, _drawn, pause)
            answer.decided = True
    answer.seconds |= {"start": written - begun, "master": solved - written}
    answer.seconds["ties"] = monotonic() - solved
    return answer


def _points(source: Source) -> NDArray[Any]:
    """Write down the points of all pairs; functions of one's own are called one at a time, and a run that is to stop needs them, too."""
    if source.stored is None:
        return source.rows(0, source.shape[0])
    points = np.empty(source.shape, source.kind)

    def write(first: int, last: int) -> None:
        source.write(first, last, points[first:last])

    by_strips(source.shape, write, pause=lambda: None)
    return points


def _matrix(problem: ImplicitProblem, points: NDArray[Any]) -> Problem:
    (out, into), how = problem.capacities, problem.most_pairs
    allowed = points >= problem.source.lowest
    return Problem(points, allowed, out, into, 0 * out, 0 * into, "most" if how else "best")


def _best(problem: ImplicitProblem, matrix: Problem) -> Answer:
    answer = best(matrix, surely=True)
    assert answer is not None  # points without a matrix are never too large
    limits = problem.capacities, problem.minimums, problem.firsts
    bound = answer.certificate.bound(answer.pairs, *limits)
    if bound != answer.total:
        fault = f"the prices allow for {bound} points, but the matching has {answer.total}"
        raise contradiction(problem, fault)
    return answer


def _drawn(choice: ImplicitProblem, _: Warm) -> Answer:
    """Return the choice with the largest ties; whoever must have partners must have as many as there are places."""
    worth = choice.source.rows(0, choice.shape[0])
    (rows, columns), (rows_must, columns_must) = choice.capacities, choice.minimums
    places = int(rows.sum()), int(columns.sum())
    if places[0] == places[1] in (rows_must.sum(), columns_must.sum()):
        # Who else must follows from there being a partner for everybody.
        choice = replace(choice, most_pairs=True)
        return _best(choice, _matrix(choice, worth))
    matrix = _matrix(choice, worth)
    # Who must have a partner comes before the ties of all pairs together.
    must = TIES * (min(places) + 1)
    worth += must * (rows_must > 0)[:, None]
    worth += must * (columns_must > 0)
    return _best(choice, matrix)
