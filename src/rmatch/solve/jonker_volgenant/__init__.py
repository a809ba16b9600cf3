"""The dense route, compiled: the method of Jonker and Volgenant, which ends with the prices that prove its answer.

All but this file needs the extra `scale`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns import large_enough
from rmatch.utils.compiled import available

if TYPE_CHECKING:
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem

SURE, SURE_ROWS = 2**24, 3_000
"""Up to so many pairs, and places on the side with fewer of them, column generation is hardly ever faster."""
WRITTEN_OUT = SURE
"""Up to so many pairs a matrix is made where there is none."""
WRITTEN_OUT_NEAR = 2**19
"""The same where good prices are known."""
MOST, MOST_SQUARE = 2**29, 2**27
"""Up to so many pairs it is worth a try, where it is given up if it takes too long; the second where both sides are long."""


def is_large(places: int, others: int) -> bool:
    """Return whether column generation may be faster for so many places on both sides."""
    return places * others > SURE or min(places, others) > SURE_ROWS


def suits(problem: Problem, *, if_loaded: bool) -> bool:
    """Return whether this route solves a problem: whole points, nothing that anybody must, and single places on one side.

    Where both sides have several it solves small ones.

    Parameters
    ----------
    problem : Problem
        The problem.
    if_loaded : bool
        Whether small ones are solved too once the compiler is loaded: to load it takes longer than any other way does.
    """
    points = problem.points
    if points.dtype.kind != "i" or not points.size or problem.firsts is not None:
        return False
    if any(map(np.count_nonzero, (problem.mentor_minimum, problem.mentee_minimum))):
        return False
    places = problem.mentor_capacity, problem.mentee_capacity
    loaded = if_loaded and "numba" in sys.modules and available()
    rows, columns = _matrix(places)
    if not rows and both_several(problem):
        return loaded and not large_enough(points.size)
    if not 0 < rows * columns <= (MOST if min(rows, columns) <= SURE_ROWS else MOST_SQUARE):
        return False
    # What is not written down as it stands is copied as a whole before.
    if is_large(rows, columns) and not all((side == 1).all() for side in places):
        return False
    return loaded or large_enough(points.size)


def both_several(problem: Problem) -> bool:
    """Return whether there are people with several places on both sides."""
    return bool(min(problem.mentor_capacity.max(), problem.mentee_capacity.max()) > 1)


def suits_written_out(problem: ImplicitProblem, *, near: bool) -> bool:
    """Return whether a problem without a matrix is solved faster with one, once it is written out.

    Parameters
    ----------
    problem : ImplicitProblem
        The problem.
    near : bool
        Whether good prices are known, which column generation begins with and this route does not.
    """
    if any(side.any() for side in (*problem.minimums, *problem.firsts)):
        return False
    rows, columns = _matrix(problem.capacities)
    most = WRITTEN_OUT_NEAR if near else WRITTEN_OUT
    return 0 < rows * columns <= most and min(rows, columns) <= SURE_ROWS


def _matrix(places: tuple[Whole, Whole]) -> tuple[int, int]:
    """Return how many places of both sides make a matrix, and nothing where neither side has single ones only."""
    most = [int(side.max(initial=0)) for side in places]
    if min(most) > 1:
        return 0, 0
    rows, columns = (
        len(side) if high == 1 else int(np.minimum(side, len(others)).sum())
        for side, high, others in zip(places, most, places[::-1], strict=True)
    )
    return rows, columns
