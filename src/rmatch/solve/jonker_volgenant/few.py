"""A few people who face many: for each of them the best of these do, which prices prove."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.jonker_volgenant.nearest import of_columns, of_rows
from rmatch.utils.threads import threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.columns.answer import Answer
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem

MANY, WORTHWHILE = 32, 2**20
"""From so many people for each one, and so many pairs, not all are looked at twice."""
PLACES = ("mentor_capacity", "mentor_minimum"), ("mentee_capacity", "mentee_minimum")
KEPT = 16
"""How many pairs of each of the few are kept."""


def is_few(few: int, many: int) -> bool:
    """Return whether some people are few beside others."""
    return many >= MANY * few and few * many >= WORTHWHILE


def nearest(
    matrix: tuple[NDArray[Any], NDArray[Any]], by_strips: Callable[..., Any], *, in_columns: bool
) -> tuple[Whole, Whole]:
    """Return the others who are among the best of any of the few, sorted, and the most points that each has with all the rest.

    Parameters
    ----------
    matrix : tuple of two numpy.ndarray
        Points, and the pairs that are allowed, or nothing where all are.
    by_strips : callable
        Calls a function with the first and the last of some rows, for all strips of a matrix.
    in_columns : bool
        Whether the few have the columns.

    Returns
    -------
    tuple of two numpy.ndarray of int64
        The others, and the points.
    """
    points, allowed = matrix
    few = points.shape[1 if in_columns else 0]
    kind = points.dtype

    def nothing() -> tuple[NDArray[Any], NDArray[np.int64]]:
        shape = few, KEPT
        return np.full(shape, np.iinfo(kind).min, kind), np.full(shape, -1, np.int64)

    def seen(first: int, last: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
        found = nothing()
        of_columns(points, allowed, *found, first, last)
        return found

    if in_columns:
        # Every strip begins anew: fewer of them find fewer.
        parts = by_strips(points.shape, seen, -(-points.size // threads()))
        most, others = (np.concatenate(side, axis=1) for side in zip(*parts, strict=True))
        best = np.argpartition(most, -KEPT, axis=1)[:, -KEPT:]
        most, others = (np.take_along_axis(side, best, axis=1) for side in (most, others))
    else:
        most, others = nothing()
        by_strips(points.shape, lambda *some: of_rows(points, allowed, most, others, *some))
    return np.unique(others[others >= 0]), most.min(axis=1).astype(np.int64)


def part(problem: Problem, some: Whole, side: int) -> Problem:
    """Return the problem of some mentors, or of some mentees if the side is 1, with everybody of the other side."""
    taken = [getattr(problem, name)[some] for name in PLACES[side]]
    # `np.take` would first copy the whole of what does not lie row by row.
    cells = (slice(None), some) if side else some
    return replace(
        problem,
        points=problem.points[cells],
        allowed=problem.allowed[cells],
        **dict(zip(PLACES[side], taken, strict=True)),
    )


def whole(found: Answer, some: Whole, rest: Whole, problem: Problem, side: int) -> Answer | None:
    """Return the answer to a whole problem if that to a part of it is one: whoever is left out has no price.

    Parameters
    ----------
    found : Answer
        The answer to the part.
    some, rest : numpy.ndarray of int64
        The people of the part, and the most points that each of the other side has with all the rest.
    problem : Problem
        The whole problem.
    side : int
        Whose part it is: 1 for the mentees.

    Returns
    -------
    Answer or None
        None where somebody might do better with one of the rest.
    """
    prices, bonus = [found.certificate.u, found.certificate.v], found.certificate.bonus
    if (prices[1 - side] < rest + bonus).any():
        return None
    everybody = np.zeros(problem.shape[side], np.int64)
    everybody[some] = prices[side]
    prices[side] = everybody
    pairs = list(found.pairs)
    pairs[side] = some[pairs[side]]
    found.pairs = pairs[0], pairs[1], pairs[2]
    found.certificate = Certificate(prices[0], prices[1], bonus)
    return found
