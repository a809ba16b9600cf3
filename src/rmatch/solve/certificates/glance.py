"""What can be said of a problem without solving it: some matching, and prices that nothing exceeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.fractional import Units
from rmatch.solve.network.network import worth_of_firsts

if TYPE_CHECKING:
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem


FAR = 2**62
"""Above the magnitude of whole points."""


class Glance(NamedTuple):
    """A matching, and a bound on all of them.

    Attributes
    ----------
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each pair, sorted; fractional points in units, see :class:`Units`.
    certificate : Certificate
        Prices that no pair exceeds, those that are made included.
    bound : int
        What no matching can exceed, whatever its number of pairs.
    """

    pairs: tuple[Whole, Whole, Whole]
    certificate: Certificate
    bound: int


def at_a_glance(problem: Problem, known: tuple[Whole, Whole] | None = None) -> Glance:
    """Return a matching made greedily, or the one that is known already if that has more pairs, or more points.

    Everybody's price is what their best pair is worth, on the side where that bounds the total better; the other side's
    prices are 0.

    Parameters
    ----------
    problem : Problem
        Whose points are turned into units row by row, so that no second matrix is made of them.
    known : tuple of two numpy.ndarray of int64, optional
        Row and column of each pair of a matching.

    Returns
    -------
    Glance
        Within all places and minimums.

    Raises
    ------
    StopError
        If the matching does not meet all minimums.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> points = np.array([[7, 5], [6, 1]])
    >>> found = at_a_glance(Problem(points, points > 0, one, one, none, none, "most"))
    >>> [pair.tolist() for pair in found.pairs], found.bound
    ([[0, 1], [0, 1], [7, 1]], 12)
    """
    units = Units.of(problem)
    rows, columns, best = _greedy(problem, units)
    if known is not None and _rank(problem, units, known) > _rank(problem, units, (rows, columns)):
        rows, columns = known
    _refuse_missed(problem, rows, columns)
    pairs = rows, columns, units.whole(problem.points[rows, columns])
    # No more places than there are people for, as whoever checks the proof counts them.
    placed = [int((side > 0).sum()) for side in (problem.mentee_capacity, problem.mentor_capacity)]
    out = np.minimum(problem.mentor_capacity, placed[0])
    into = np.minimum(problem.mentee_capacity, placed[1])
    minimums = problem.mentor_minimum, problem.mentee_minimum
    nothing = np.zeros(len(out), np.int64), np.zeros(len(into), np.int64)
    proofs = Certificate(best[0], nothing[1], 0), Certificate(nothing[0], best[1], 0)
    bound, nearer = min(
        (proof.bound(pairs, (out, into), minimums, problem.firsts), i)
        for i, proof in enumerate(proofs)
    )
    return Glance(pairs, proofs[nearer], bound)


def _greedy(problem: Problem, units: Units) -> tuple[Whole, Whole, tuple[Whole, Whole]]:
    """Let row by row choose the best of what is left, whoever has the fewest choices first.

    Returns row and column of each pair, and what the best pair of each row and of each column is worth, or 0.
    """
    out, into = problem.places
    room, made = into.copy(), list[tuple[int, int]]()
    of_rows, of_columns = np.zeros(len(out), np.int64), np.zeros(len(into), np.int64)
    least = 1 if problem.participation == "best" else -FAR
    for row in np.argsort(problem.allowed.sum(1), kind="stable").tolist():
        points = np.where(problem.allowed[row], units.whole(problem.points[row]), -FAR)
        of_rows[row] = points.max(initial=0)
        np.maximum(of_columns, points, out=of_columns)
        points[room <= 0] = -FAR
        for _ in range(out[row]):
            column = int(points.argmax())
            if points[column] < least or points[column] == -FAR:
                break
            made.append((row, column))
            room[column] -= 1
            points[column] = -FAR
    rows, columns = np.array(sorted(made), np.int64).reshape(-1, 2).T
    return rows, columns, (of_rows, of_columns)


def _rank(problem: Problem, units: Units, pairs: tuple[Whole, Whole]) -> tuple[int, int]:
    """Return what makes a matching better than another: its pairs, if they come first, and then its points."""
    own, firsts = problem.points[pairs], worth_of_firsts(problem.firsts, pairs)
    total = int(units.whole(own).sum()) + firsts
    return (len(pairs[0]) if problem.participation == "most" else 0), total


def _refuse_missed(problem: Problem, rows: Whole, columns: Whole) -> None:
    needs = (rows, problem.mentor_minimum), (columns, problem.mentee_minimum)
    missed = [(np.bincount(own, minlength=len(least)) < least).any() for own, least in needs]
    if any(missed):
        message = "it was stopped before every minimum was met: give it more time"
        raise StopError(message)
