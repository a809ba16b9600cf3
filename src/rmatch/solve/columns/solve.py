"""The route by column generation, from a problem to its answer or to the people who make it impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.columns.contradiction import contradiction
from rmatch.solve.columns.generate import Generation
from rmatch.solve.feasibility import shortage
from rmatch.solve.network.network import CutError
from rmatch.solve.problem import Problem
from rmatch.solve.stopping import StoppingRule
from rmatch.solve.ties import TieHash
from rmatch.utils.threads import pool

if TYPE_CHECKING:
    from rmatch.errors import InfeasibleError
    from rmatch.solve.columns.generate import Answer
    from rmatch.solve.columns.problem import Large
    from rmatch.solve.columns.start import Warm
    from rmatch.solve.columns.ties import Ties
    from rmatch.solve.feasibility import Names
    from rmatch.solve.network.network import Whole


def solve_large(
    large: Large,
    *,
    ties: Ties | None = None,
    names: Names | None = None,
    stopping: StoppingRule | None = None,
    before: Warm | None = None,
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
    stopping : StoppingRule, optional
        When to stop early.
    before : Warm, optional
        A matching to begin with, and its prices.

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
    people = np.flatnonzero(large.capacities[0]), np.flatnonzero(large.capacities[1])
    called = names or (range(large.source.shape[0]), range(large.source.shape[1]))
    placed = len(people[0]) + len(people[1]) == sum(large.source.shape)
    small = large if placed else large.part(*people, minimums=True)
    answer = _solved(
        small,
        ties if placed or ties is None else _ties_of(ties, *people),
        (_of(called[0], people[0]), _of(called[1], people[1])),
        stopping or StoppingRule(),
        before and before.among(*people),
    )
    return answer if placed else _with_the_placeless(large, people, answer)


def _solved(
    large: Large, ties: Ties | None, names: Names, stopping: StoppingRule, before: Warm | None
) -> Answer:
    with pool() as executor:
        run = Generation(
            large,
            executor,
            lambda what, so_far: stopping.check(what, so_far.passes, *_figures(so_far)),
            before,
        )
        answer = run.run()
        if any(people.size for people in answer.missed):
            if not answer.proved:
                message = "it was stopped before every minimum was met: give it more time"
                raise StopError(message)
            raise _shortage(large, answer, names)
        if answer.proved and answer.bound != answer.total:
            message = (
                f"the prices allow for {answer.bound} points, but the matching has {answer.total}"
            )
            raise contradiction(large, message)
        if answer.proved and ties is not None:
            run.decide(ties)
    return answer


def _figures(answer: Answer) -> tuple[int, tuple[int, int]]:
    return len(answer.pairs[0]), (answer.total, answer.bound)


def _with_the_placeless(large: Large, people: tuple[Whole, Whole], answer: Answer) -> Answer:
    """Take in people without places, at prices so high that nobody is missed."""
    (rows, columns), (mentors, mentees) = people, large.source.shape
    proof = answer.certificate
    lowest = min(int(proof.u.min(initial=0)), int(proof.v.min(initial=0)), 0)
    u, v = (
        np.full(size, proof.bonus + max(large.source.highest, 0) - lowest)
        for size in (mentors, mentees)
    )
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
    return shortage(
        problem, CutError(*everyone), (_of(called[0], mentors), _of(called[1], mentees))
    )


def _of(names: object, people: Whole) -> list[object]:
    return [names[i] for i in people.tolist()]  # type: ignore[index]


def _ties_of(ties: Ties, rows: Whole, columns: Whole) -> Ties:
    return (
        ties.among(rows, columns)
        if isinstance(ties, TieHash)
        else (lambda i, j: ties(rows[i], columns[j]))
    )
