"""The certificate of a matching that some other route found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError, RmatchError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Problem
from rmatch.utils.stopping import listen
from rmatch.utils.text import numeral

CLOSED = 2**61
LARGEST = 2**58
BLOCK = 2**15
"""Pairs looked at in one step: their temporary numbers stay in the nearer memory."""


def certificate_of(problem: Problem, rows: Whole, cols: Whole) -> Certificate:
    r"""Return whole prices that prove a matching optimal, whatever found it.

    With the bonus :math:`\lambda` a matching is optimal exactly when there are prices with :math:`u_i + v_j \ge p_{ij} +
    \lambda` for every allowed pair that is not made, :math:`u_i + v_j \le p_{ij} + \lambda` for every pair that is,
    :math:`u_i \ge 0` where mentor `i` has more partners than the minimum and :math:`u_i \le 0` where places are left, and
    likewise :math:`v_j`; where the first partner is worth :math:`w_i`, it is :math:`-w_i` instead of 0 where that partner
    is the last one, or the next. Such prices are shortest distances in the residual network of the mentors, the mentees and one
    hub, from which every place comes and to which it returns: :math:`u_i` is the distance to mentor `i` less that to the
    hub, :math:`v_j` the distance to the hub less that to mentee `j`. Labels are corrected until none changes (Bellman
    1958). After each sweep every label falls to the length of its path in the tree that the last corrections form; where
    they form a cycle instead, it improves the matching [1]_.

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
        If the matching is not optimal.
    InvalidInputError
        If labels might outgrow 64 bits.

    References
    ----------
    .. [1] B. V. Cherkassky and A. V. Goldberg, "Negative-cycle detection algorithms", Mathematical Programming 85, 1999.
       :doi:`10.1007/s101070050058`

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[7, 5], [6, 1]]), np.ones((2, 2), bool), one, one, none, none, "best"
    ... )
    >>> proof = certificate_of(problem, np.array([0, 1]), np.array([1, 0]))
    >>> pairs = np.array([0, 1]), np.array([1, 0]), np.array([5, 6])
    >>> proof.bound(pairs, (one, one), (none, none))
    11
    """
    bonus = _bonus(problem)
    labels = _Labels(problem, rows, cols, bonus)
    while labels.sweep():
        listen("prices")
    hub = labels.label[labels.hub]
    return Certificate(labels.label[: labels.hub] + (bonus - hub), hub - labels.column, bonus)


class _Labels:
    """The labels of all nodes, and the tree of the paths that they are the lengths of.

    This is no part of the solver, and must not become one: verification proves with it what the solver found.

    The nodes are the mentors, the hub and the root, from which all other paths start at length 0. The labels of the
    mentors are less by the bonus, so that the arcs between people have the points alone.
    """

    def __init__(self, problem: Problem, rows: Whole, cols: Whole, bonus: int) -> None:
        mentors, mentees = problem.points.shape
        self.rows, self.cols, self.bonus = rows, cols, bonus
        self.worth = problem.points[rows, cols]
        # Mentees first: the best mentor of each is then found in one stretch of memory.
        self.points = np.array(problem.points.T, np.int64, order="C")
        np.putmask(self.points, ~problem.allowed.T, -CLOSED)
        self.points[cols, rows] = -CLOSED
        out = np.bincount(rows, minlength=mentors)
        into = np.bincount(cols, minlength=mentees)
        self.more_out = np.flatnonzero(out < problem.mentor_capacity)
        self.less_out = out > problem.mentor_minimum
        self.more_into = into < problem.mentee_capacity
        self.less_into = into > problem.mentee_minimum
        # What one partner more gains, and what one less loses, beside the points of the pair.
        firsts = problem.firsts or (np.zeros_like(out), np.zeros_like(into))
        self.gain_out, self.gain_into = firsts[0] * (out == 0), firsts[1] * (into == 0)
        self.loss_out, self.loss_into = firsts[0] * (out == 1), firsts[1] * (into == 1)
        self.hub, self.root = mentors, mentors + 1
        nodes = mentors + 2
        self.label, self.length = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
        self.parent = np.full(nodes, self.root)
        self.column, self.column_length = np.zeros(mentees, np.int64), np.zeros(mentees, np.int64)
        self.column_parent = np.full(mentees, self.root)
        self.changed: NDArray[np.intp] = np.arange(mentors)

    def sweep(self) -> bool:
        """Correct the labels of the mentees, the hub and the mentors, and return whether any has changed."""
        label, column = self.label.copy(), self.column.copy()
        self._columns_from_rows()
        self._hub()
        hub = self.label[self.hub]
        through = hub + self.loss_into
        nearer = np.flatnonzero(self.less_into & (through < self.column))
        self._set_columns(nearer, through[nearer], self.hub, self.loss_into[nearer])
        self._rows_from_columns()
        length = -self.bonus - self.gain_out
        nearer = self.more_out[(hub + length < self.label[: self.hub])[self.more_out]]
        self._set(nearer, hub + length[nearer], self.hub, length[nearer])
        self._follow()
        self.changed = np.flatnonzero(self.label[: self.hub] < label[: self.hub])
        return bool((self.label < label).any() or (self.column < column).any())

    def _columns_from_rows(self) -> None:
        if not self.changed.size:
            return
        # To pick out single mentors takes several times as long as to go through all.
        few = 8 * self.changed.size < self.hub
        mentors = self.changed if few else np.arange(self.hub)
        label, step = self.label[mentors], BLOCK // mentors.size + 1
        for start in range(0, len(self.column), step):
            block = slice(start, start + step)
            points = self.points[block]
            # What a path through each mentor earns: the most is the shortest way.
            earned = (points[:, mentors] if few else points) - label
            by = earned.argmax(1)
            best = -earned[np.arange(len(by)), by]
            nearer = np.flatnonzero(best < self.column[block])
            parent = mentors[by[nearer]]
            self._set_columns(start + nearer, best[nearer], parent, -points[nearer, parent])

    def _hub(self) -> None:
        hub = self.hub
        row = _lowest(self.label[:hub] + self.loss_out, self.less_out)
        if row is not None:
            length = self.bonus + self.loss_out[row]
            if self.label[row] + length < self.label[hub]:
                self._set(hub, self.label[row] + length, row, length)
        column = _lowest(self.column - self.gain_into, self.more_into)
        if column is not None:
            through = self.column[column] - self.gain_into[column]
            if through < self.label[hub]:
                length = self.column_length[column] - self.gain_into[column]
                self._set(hub, through, self.column_parent[column], length)

    def _rows_from_columns(self) -> None:
        # Back over a pair that is made: its points are given up.
        through = self.column[self.cols] + self.worth
        nearer = np.flatnonzero(through < self.label[self.rows])
        # The shortest last: of several values for one node the last one stays.
        nearer = nearer[np.argsort(-through[nearer])]
        cols = self.cols[nearer]
        length = self.column_length[cols] + self.worth[nearer]
        self._set(self.rows[nearer], through[nearer], self.column_parent[cols], length)

    def _set(self, nodes: Any, label: Any, parent: Any, length: Any) -> None:
        self.label[nodes] = label
        self.parent[nodes] = parent
        self.length[nodes] = length

    def _set_columns(self, columns: Any, label: Any, parent: Any, length: Any) -> None:
        self.column[columns] = label
        self.column_parent[columns] = parent
        self.column_length[columns] = length

    def _follow(self) -> None:
        """Lower each label to the length of its whole path, in steps of twice as many arcs."""
        label, before = self.length.copy(), self.parent.copy()
        # After n rounds a label is the length of the last 2ⁿ arcs of its path, and `before` is where these begin.
        for _ in range(len(label).bit_length()):
            label += label[before]
            before = before[before]
        if (before != self.root).any():
            message = (
                "the matching is not optimal: a cycle of its residual network gains points or pairs"
            )
            raise RmatchError(message)
        self.label = label


def _lowest(labels: Whole, among: NDArray[np.bool_]) -> int | None:
    nodes = np.flatnonzero(among)
    return int(nodes[labels[nodes].argmin()]) if nodes.size else None


def _bonus(problem: Problem) -> int:
    """Return more than the points of two matchings can differ by, if the number of pairs comes first."""
    mentors, mentees = problem.points.shape
    highest = int(problem.points.max(initial=0, where=problem.allowed))
    lowest = int(problem.points.min(initial=0, where=problem.allowed))
    spread = highest - lowest
    out = int(np.minimum(problem.mentor_capacity, mentees).sum())
    into = int(np.minimum(problem.mentee_capacity, mentors).sum())
    bonus = (min(out, into) + 1) * spread + 1 if problem.participation == "most" else 0
    firsts = (
        0 if problem.firsts is None else sum(int(side.max(initial=0)) for side in problem.firsts)
    )
    # A path passes each mentor once, on two arcs, and two people at most on their way to the hub.
    if 2 * (mentors + 4) * (bonus + 4 * spread) + 2 * firsts > LARGEST:
        size = f"points from {numeral(lowest)} to {numeral(highest)} are too large for exact prices of {numeral(mentors)} × {numeral(mentees)} pairs"
        raise InvalidInputError([Fault("", "points", size, "give smaller points")])
    return bonus
