"""The certificate of a matching that some other route found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError, RmatchError
from rmatch.solve.certificate import Certificate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network import Whole
    from rmatch.solve.problem import Problem

CLOSED = 2**61
LARGEST = 2**58


def certificate_of(problem: Problem, rows: Whole, cols: Whole) -> Certificate:
    r"""Return whole prices that prove a matching optimal, whatever found it.

    With the bonus :math:`\lambda` a matching is optimal exactly when there are prices with :math:`u_i + v_j \ge p_{ij} +
    \lambda` for every allowed pair that is not made, :math:`u_i + v_j \le p_{ij} + \lambda` for every pair that is,
    :math:`u_i \ge 0` where mentor `i` has more partners than the minimum and :math:`u_i \le 0` where places are left, and
    likewise :math:`v_j`. Such prices are shortest distances in the residual network of the mentors, the mentees and one
    hub, from which every place comes and to which it returns: :math:`u_i` is the distance to mentor `i` less that to the
    hub, :math:`v_j` the distance to the hub less that to mentee `j`. Labels are corrected until none changes (Bellman
    1958), each sweep over all mentees at once, but only over the mentors whose label has changed.

    Parameters
    ----------
    problem : Problem
        A problem with whole points; others have no exact prices.
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair: a matching within the capacities and the minimums.

    Returns
    -------
    Certificate
        With a bonus above all that points can differ by, or of 0 where the number of pairs does not matter.

    Raises
    ------
    RmatchError
        If the matching is not optimal: labels then fall for ever, around a cycle that would improve it.
    InvalidInputError
        If labels might outgrow 64 bits.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(np.array([[7, 5], [6, 1]]), np.ones((2, 2), bool), one, one, none, none, "best")
    >>> proof = certificate_of(problem, np.array([0, 1]), np.array([1, 0]))
    >>> pairs = np.array([0, 1]), np.array([1, 0]), np.array([5, 6])
    >>> proof.bound(pairs, (one, one), (none, none))
    11
    """
    bonus = _bonus(problem)
    labels = _Labels(problem, rows, cols, bonus)
    # A shortest path goes from mentor to mentor and through the hub, each once at most; one more sweep changes nothing.
    for _ in range(len(problem.mentor_capacity) + 3):
        if not labels.sweep():
            return Certificate(labels.row + (bonus - labels.hub), labels.hub - labels.column, bonus)
    message = "the matching is not optimal: a cycle of its residual network gains points or pairs"
    raise RmatchError(message)


class _Labels:
    """The labels of all nodes, those of the mentors less the bonus, so that the arcs have the points alone."""

    def __init__(self, problem: Problem, rows: Whole, cols: Whole, bonus: int) -> None:
        mentors, mentees = problem.points.shape
        self.rows, self.cols, self.bonus = rows, cols, bonus
        self.worth = problem.points[rows, cols]
        self.points = np.where(problem.allowed, problem.points, -CLOSED)
        self.points[rows, cols] = -CLOSED
        out, into = np.bincount(rows, minlength=mentors), np.bincount(cols, minlength=mentees)
        self.more_out, self.less_out = out < problem.mentor_capacity, out > problem.mentor_minimum
        self.more_into, self.less_into = into < problem.mentee_capacity, into > problem.mentee_minimum
        self.row, self.column, self.hub = np.zeros(mentors, np.int64), np.zeros(mentees, np.int64), 0
        self.changed: NDArray[np.intp] = np.arange(mentors)

    def sweep(self) -> bool:
        """Correct the labels of the mentees, the hub and the mentors, and return whether any has changed."""
        before = self.column, self.hub
        self._correct_columns()
        own = self.row.copy()
        np.minimum.at(own, self.rows, self.column[self.cols] + self.worth)
        own[self.more_out] = np.minimum(own[self.more_out], self.hub - self.bonus)
        self.changed = np.flatnonzero(own < self.row)
        self.row = own
        return bool(self.changed.size) or self.hub < before[1] or bool((self.column < before[0]).any())

    def _correct_columns(self) -> None:
        changed = self.points if self.changed.size == self.row.size else self.points[self.changed]
        column = np.minimum(self.column, -(changed - self.row[self.changed, None]).max(0, initial=-CLOSED))
        at_hub = self.row[self.less_out].min(initial=CLOSED) + self.bonus, column[self.more_into].min(initial=CLOSED)
        self.hub = int(min(self.hub, *at_hub))
        column[self.less_into] = np.minimum(column[self.less_into], self.hub)
        self.column = column


def _bonus(problem: Problem) -> int:
    """Return more than the points of two matchings can differ by, if the number of pairs comes first."""
    mentors, mentees = problem.points.shape
    highest = int(problem.points.max(initial=0, where=problem.allowed))
    lowest = int(problem.points.min(initial=0, where=problem.allowed))
    pairs = min(
        int(np.minimum(most, others).sum())
        for most, others in ((problem.mentor_capacity, mentees), (problem.mentee_capacity, mentors))
    )
    bonus = (pairs + 1) * (highest - lowest) + 1 if problem.participation == "most" else 0
    if (mentors + 4) * (bonus + 4 * (highest - lowest)) > LARGEST:
        size = (
            f"points from {lowest:,} to {highest:,} are too large for exact prices of {mentors:,} × {mentees:,} pairs"
        )
        raise InvalidInputError([Fault("", "points", size, "give smaller points")])
    return bonus
