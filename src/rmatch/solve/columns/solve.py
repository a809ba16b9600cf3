"""The route by column generation, from a problem to its answer or to the people who make it impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.certificate import Certificate
from rmatch.solve.columns.generate import NO_LIMITS, Generation
from rmatch.solve.columns.pricing import pool
from rmatch.solve.columns.ties import decide
from rmatch.solve.hall import shortage
from rmatch.solve.network import CutError
from rmatch.solve.problem import Problem
from rmatch.solve.ties import TieHash

if TYPE_CHECKING:
    from rmatch.errors import InfeasibleError
    from rmatch.solve.columns.generate import Answer, Limits
    from rmatch.solve.columns.problem import Large
    from rmatch.solve.columns.start import Warm
    from rmatch.solve.columns.ties import Ties
    from rmatch.solve.hall import Names
    from rmatch.solve.network import Whole


def solve_large(
    large: Large,
    *,
    ties: Ties | None = None,
    names: Names | None = None,
    limits: Limits = NO_LIMITS,
    warm: Warm | None = None,
) -> Answer:
    """Return the best matching with its certificate, and among the best the one with the largest ties.

    Parameters
    ----------
    large : Large
        The problem.
    ties : callable, optional
        Returns the second level of single pairs.
    names : tuple of two sequences, optional
        What an error calls the people; without it, the numbers of their rows and columns.
    limits : Limits
        When to stop early.
    warm : Warm, optional
        Where to start from: what a problem with the same people and much the same points has led to.

    Returns
    -------
    Answer
        The pairs and what proves them.

    Raises
    ------
    InfeasibleError
        If the minimums are out of reach, with the people that prove it.
    """
    rows, columns = (np.flatnonzero(places) for places in large.capacities)
    if len(rows) + len(columns) < sum(large.source.shape):
        return _without_the_placeless(large, (rows, columns), ties, names, limits, warm)
    with pool() as executor:
        answer = Generation(large, executor, limits, warm).run()
        if not answer.proved:
            return answer
        if any(people.size for people in answer.missed):
            raise _shortage(large, answer, names)
        if answer.bound != answer.total:
            message = (
                f"the prices allow for {answer.bound} points, but the matching has {answer.total}: please report this"
            )
            raise RmatchError(message)
        if ties is not None:
            decide(large, answer, ties, executor)
            answer.decided = True
    return answer


def _without_the_placeless(
    large: Large,
    people: tuple[Whole, Whole],
    ties: Ties | None,
    names: Names | None,
    limits: Limits,
    warm: Warm | None,
) -> Answer:
    """Solve the problem of those who have places; the others get prices so high that nobody is missed."""
    (rows, columns), (mentors, mentees) = people, large.source.shape
    called = names or (range(mentors), range(mentees))
    answer = solve_large(
        large.part(rows, columns, minimums=True),
        ties=None if ties is None else _ties_of(ties, rows, columns),
        names=(_of(called[0], rows), _of(called[1], columns)),
        limits=limits,
        warm=warm and warm.among(rows, columns),
    )
    proof = answer.certificate
    lowest = min(int(proof.u.min(initial=0)), int(proof.v.min(initial=0)), 0)
    u, v = (np.full(size, proof.bonus + max(large.source.highest, 0) - lowest) for size in (mentors, mentees))
    u[rows], v[columns] = proof.u, proof.v
    answer.certificate = Certificate(u, v, proof.bonus)
    answer.pairs = rows[answer.pairs[0]], columns[answer.pairs[1]], answer.pairs[2]
    return answer


def _shortage(large: Large, answer: Answer, names: Names | None) -> InfeasibleError:
    """Return the error about the people whose prices are as low as a missed minimum makes them."""
    flipped = not answer.missed[0].size
    price = answer.certificate.v if flipped else answer.certificate.u
    needy = np.flatnonzero(price < -large.must // 2)
    view = large.source.take(columns=needy) if flipped else large.source.take(rows=needy)
    mentors, mentees = (np.arange(size) for size in large.source.shape)
    mentors, mentees = (mentors, needy) if flipped else (needy, mentees)
    problem = Problem(
        points=np.zeros(view.shape, np.int64),
        allowed=view.rows(0, view.shape[0]) >= view.lowest,
        mentor_capacity=large.capacities[0][mentors],
        mentee_capacity=large.capacities[1][mentees],
        mentor_minimum=large.minimums[0][mentors],
        mentee_minimum=large.minimums[1][mentees],
        participation="most",
    )
    everyone = np.full(len(mentors) + 1, not flipped), np.zeros(len(mentees) + 1, bool)
    everyone[0][-1] = flipped
    called = names or (range(large.source.shape[0]), range(large.source.shape[1]))
    return shortage(problem, CutError(*everyone), (_of(called[0], mentors), _of(called[1], mentees)))


def _of(names: object, people: Whole) -> list[object]:
    return [names[i] for i in people.tolist()]  # type: ignore[index]


def _ties_of(ties: Ties, rows: Whole, columns: Whole) -> Ties:
    return ties.among(rows, columns) if isinstance(ties, TieHash) else (lambda i, j: ties(rows[i], columns[j]))
