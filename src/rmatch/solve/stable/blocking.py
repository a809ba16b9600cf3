"""Pairs that would rather have each other: the independent check of a stable matching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.loops import strips
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.problem import Problem

FAR = 2**62
"""Above the magnitude of whole points."""

LISTED = 100
"""So many blocking pairs are listed, if the caller does not say how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocking(Value):
    """The pairs that block a matching.

    Attributes
    ----------
    count : int
        How many there are.
    pairs : numpy.ndarray of int64
        Row and column of the first of them, by rows and then by columns, shape (listed, 2).
    """

    count: int
    pairs: Whole


def blocking_pairs(
    sides: tuple[Numbers, Numbers],
    allowed: NDArray[np.bool_],
    capacities: tuple[Whole, Whole],
    pairs: tuple[Whole, Whole],
    *,
    listed: int = LISTED,
) -> Blocking:
    r"""Return the allowed pairs whose two people both gain if they leave somebody, or a free place, for each other.

    With the points :math:`u_{ij}` of the mentors, :math:`w_{ij}` of the mentees, the partners :math:`\mu(i)` and the
    capacities :math:`c_i`, :math:`d_j`, an allowed pair that is not made blocks a matching if

    .. math:: (|\mu(i)| < c_i \ \text{or}\ u_{ij} > \min_{k \in \mu(i)} u_{ik}) \quad\text{and}\quad
       (|\mu(j)| < d_j \ \text{or}\ w_{ij} > \min_{k \in \mu(j)} w_{kj}).

    A matching without such pairs is stable; for equal points this is weak stability [1]_.

    Parameters
    ----------
    sides : tuple of two numpy.ndarray
        What each pair is worth to the mentor and to the mentee.
    allowed : numpy.ndarray of bool
        The pairs that both accept.
    capacities : tuple of two numpy.ndarray of int64
        Most partners of each mentor and of each mentee.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair of the matching.
    listed : int
        How many to list; all are counted.

    Returns
    -------
    Blocking
        The exact count, and the first pairs.

    References
    ----------
    .. [1] D. Gale and L. S. Shapley, "College admissions and the stability of marriage", American Mathematical Monthly
       69(1), 1962. :doi:`10.1080/00029890.1962.11989827`

    Examples
    --------
    >>> points, one = np.array([[3, 1], [2, 1]]), np.array([1, 1])
    >>> blocking_pairs(
    ...     (points, points), points > 0, (one, one), (np.array([0, 1]), np.array([1, 0]))
    ... ).pairs.tolist()
    [[0, 0]]
    """
    gains, worth = sides
    mentors = _least(gains[pairs], pairs[0], capacities[0])
    mentees = _least(worth[pairs], pairs[1], capacities[1])
    made = np.zeros(allowed.shape, bool)
    made[pairs] = True
    count, left, found = 0, listed, [np.zeros((0, 2), np.int64)]
    for rows in strips(allowed.shape, "blocking"):
        block = allowed[rows] & ~made[rows]
        block &= gains[rows] > mentors[rows, None]
        block &= worth[rows] > mentees
        count += int(block.sum())
        first = np.argwhere(block)[:left]
        found.append(first + np.array([rows.start, 0]))
        left -= len(first)
    return Blocking(count, np.concatenate(found))


def accepted_pairs(problem: Problem, sides: tuple[Numbers, Numbers]) -> NDArray[np.bool_]:
    """Return the pairs that both accept: all allowed ones, with participation "best" those in which nobody loses.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none, points = np.array([1]), np.array([0]), np.array([[3]])
    >>> problem = Problem(points, points > 0, one, one, none, none, "best")
    >>> accepted_pairs(problem, (np.array([[4]]), np.array([[-1]]))).tolist()
    [[False]]
    """
    if problem.participation == "most":
        return problem.allowed
    accepted: NDArray[np.bool_] = problem.allowed & (sides[0] >= 0) & (sides[1] >= 0)
    return accepted


def _least(points: Numbers, people: Whole, capacity: Whole) -> Numbers:
    """Return what a new partner must exceed: the worst of a full table, nothing if there is room, all without places."""
    lowest, highest = (-np.inf, np.inf) if points.dtype.kind == "f" else (-FAR, FAR)
    worst = np.full(len(capacity), highest, points.dtype)
    np.minimum.at(worst, people, points)
    partners = np.bincount(people, minlength=len(capacity))
    worst[partners < capacity] = lowest
    return worst
