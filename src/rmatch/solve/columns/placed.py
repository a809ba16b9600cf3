"""Solving a problem among those who have places: prices of anybody else mean nothing, and would only disturb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.ties import TieHash

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.columns.answer import Answer, Warm
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.network.network import Whole
    from rmatch.solve.ties import Ties


def among_the_placed(
    problem: ImplicitProblem,
    ties: Ties | None,
    before: Warm | None,
    solved: Callable[[ImplicitProblem, Ties | None, Warm | None], Answer],
) -> Answer:
    """Return the answer to a problem by way of the problem of those who have places.

    Parameters
    ----------
    problem : ImplicitProblem
        The problem.
    ties : callable or None
        Returns the ties of single pairs.
    before : Warm or None
        A known matching.
    solved : callable
        Returns the answer to a problem, given its ties and what is known of it.
    """
    rows, columns = map(np.flatnonzero, problem.capacities)
    if (len(rows), len(columns)) == problem.shape:
        return solved(problem, ties, before)
    answer = solved(
        problem.part(rows, columns, minimums=True),
        None if ties is None else _ties_of(ties, rows, columns),
        before and before.among(rows, columns),
    )
    return _with_the_placeless(problem, rows, columns, answer)


def _with_the_placeless(
    problem: ImplicitProblem, rows: Whole, columns: Whole, answer: Answer
) -> Answer:
    """Take in people without places, at prices so high that nobody is missed."""
    proof = answer.certificate
    lowest = min(int(proof.u.min(initial=0)), int(proof.v.min(initial=0)), 0)
    # At this price even the best pair with whoever has the lowest price is not worth its two
    # prices.
    enough = proof.bonus + max(problem.source.highest, 0) - lowest
    u, v = (np.full(size, enough) for size in problem.shape)
    u[rows], v[columns] = proof.u, proof.v
    answer.certificate = Certificate(u, v, proof.bonus)
    own, others, points = answer.pairs
    answer.pairs = rows[own], columns[others], points
    return answer


def _ties_of(ties: Ties, rows: Whole, columns: Whole) -> Ties:
    """Return the ties of some of the people."""
    if isinstance(ties, TieHash):
        return ties.among(rows, columns)
    return lambda i, j: ties(rows[i], columns[j])
