"""The best expected matching on a grid: chances instead of pairs, each below its limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.network import UNLIMITED, CutError, Network, Whole
from rmatch.solve.network.optimal_face import optimal_face
from rmatch.solve.network.transport import transport
from rmatch.solve.problem import Participation
from rmatch.utils.values import Value

Span = tuple[Whole, Whole]


@dataclass(frozen=True, slots=True, eq=False)
class CappedProblem(Value):
    """How likely each pair may be, and how many partners each person may expect, counted in units of one grid step.

    Attributes
    ----------
    points : numpy.ndarray of int64
        What each pair is worth, shape (mentors, mentees).
    limits : numpy.ndarray of int64
        The most units of each pair; 0 closes it.
    mentors, mentees : tuple of two numpy.ndarray of int64
        The fewest and the most units of each person: never crossed, and never more than its pairs could have.
    participation : {"most", "best"}
        The largest expected number of pairs first, or the best expected total whatever the number.
    """

    points: Whole
    limits: Whole
    mentors: Span
    mentees: Span
    participation: Participation

    def network(self, units: int) -> Network:
        """Return the network whose flows have at least so many units over pairs; the last row and column are dummies.

        It is that of :meth:`rmatch.solve.problem.Problem.network` with limits in the place of single pairs.
        """
        out, into = self.mentors[1], self.mentees[1]
        capacity = np.pad(self.limits, (0, 1))
        capacity[:-1, -1] = out - self.mentors[0]
        capacity[-1, :-1] = into - self.mentees[0]
        capacity[-1, -1] = UNLIMITED
        return Network(
            points=np.pad(self.points, (0, 1)),
            capacity=capacity,
            supply=np.append(out, into.sum() - units),
            demand=np.append(into, out.sum() - units),
        )


def best_units(capped: CappedProblem, ties: NDArray[np.integer] | None = None) -> Whole:
    r"""Return the units of each pair in the best expected matching.

    In units of a grid step all limits and places are whole, and the constraints are those of a network. So some best
    solution of the linear programme is whole as well, and `transport` finds it in integers, without any rounding.

    Parameters
    ----------
    capped : CappedProblem
        What to solve.
    ties : numpy.ndarray of int, optional
        What decides among equal totals, shape (mentors, mentees): the largest expected sum of these.

    Returns
    -------
    numpy.ndarray of int64
        Units, shape (mentors, mentees).

    Raises
    ------
    CutError
        If the fewest units are out of reach.

    Examples
    --------
    >>> two, none = np.array([2, 2]), np.array([0, 0])
    >>> limits = np.array([[1, 2], [2, 2]])
    >>> best_units(
    ...     CappedProblem(np.array([[9, 5], [6, 1]]), limits, (none, two), (none, two), "most")
    ... ).tolist()
    [[0, 2], [2, 0]]
    """
    fewest = most_units(capped) if capped.participation == "most" else 0
    network = capped.network(fewest)
    flow, u, v = transport(network)
    if ties is not None:
        shared, choice = optimal_face(network, u, v, ties.astype(np.int64))
        flow = shared + transport(choice)[0]
    return flow[:-1, :-1]


def most_units(capped: CappedProblem) -> int:
    """Return the largest number of units over pairs that all limits and places admit."""
    counted = replace(capped, points=np.ones_like(capped.points))
    flow, _, _ = transport(counted.network(0))
    return int(flow[:-1, :-1].sum())


def smallest_cap(allowed: NDArray[np.bool_], mentors: Span, mentees: Span) -> Fraction | None:
    r"""Return the smallest common limit of all pairs at which everybody's fewest partners can be met.

    A cut that no flow crosses with the limit `q` is crossed by :math:`a + b q` units at most, and needs more; the limit
    at which it would suffice is the next try (Newton's method on a function that is concave and piecewise linear, so
    it ends at the exact answer after finitely many cuts).

    Parameters
    ----------
    allowed : numpy.ndarray of bool
        The pairs that may be made.
    mentors, mentees : tuple of two numpy.ndarray of int64
        The fewest and the most partners of each person.

    Returns
    -------
    Fraction or None
        The limit; none where not even 1 is enough.

    Examples
    --------
    >>> one, none, two = np.array([1]), np.array([0, 0, 0]), np.array([1, 1, 1])
    >>> smallest_cap(np.ones((1, 3), bool), (one, one), (none, two))
    Fraction(1, 3)
    """
    cap = Fraction(0)
    while True:
        # In units of the cap's own denominator everything is whole.
        limits = allowed * cap.numerator
        spans = [
            (low * cap.denominator, high * cap.denominator) for low, high in (mentors, mentees)
        ]
        capped = CappedProblem(
            np.zeros(allowed.shape, np.int64), limits, spans[0], spans[1], "best"
        )
        cut = _cut(capped)
        if cut is None:
            return cap
        crossed = int(allowed[cut.rows[:-1]][:, ~cut.columns[:-1]].sum())
        if not crossed:
            return None
        cap += Fraction(_lacking(capped, cut), crossed * cap.denominator)
        if cap > 1:
            return None


def _cut(capped: CappedProblem) -> CutError | None:
    try:
        transport(replace(capped, points=np.zeros_like(capped.points)).network(0))
    except CutError as cut:
        return cut
    return None


def _lacking(capped: CappedProblem, cut: CutError) -> int:
    """Return how many units of the cut's rows find no way."""
    network = capped.network(0)
    sent, taken = network.supply[cut.rows].sum(), network.demand[cut.columns].sum()
    across = network.capacity[cut.rows][:, ~cut.columns].sum()
    return int(sent - taken - across)
