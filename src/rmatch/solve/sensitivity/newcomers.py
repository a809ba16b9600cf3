"""What one more mentor is worth to an optimal matching."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Problem
from rmatch.utils.stopping import listen

FAR = 2**60
"""No real path is as long as this."""
CLOSED = 2**61
"""What a pair that may not be made loses."""
LARGEST = 2**58
NOBODY = -1


class Newcomers:
    r"""An optimal matching that mentors may join, one place after the other, and that stays optimal.

    A newcomer `r` who meets mentee `j` gains :math:`p_{rj}` and takes a place of `j`. What that place is worth to all others,
    :math:`d_j`, is the length of a shortest path in the residual network [1]_: 0 where `j` has a place left; else a partner `i`
    of `j` is given up, who then stays without, if the minimum allows it, or meets another :math:`j'`,

    .. math:: d_j = \min_{i \text{ meets } j} p_{ij} + e_i, \qquad e_i = \min\bigl(0,\ \min_{j'} d_{j'} - p_{ij'}\bigr).

    So one search answers for every newcomer with one place at once: the optimum grows by :math:`\max(0, \max_j p_{rj} - d_j)`.
    To send a unit along the path makes the new optimum, and a newcomer with several places takes them one after the other.

    Parameters
    ----------
    problem : Problem
        What was solved: the number of pairs counts only as far as the points say.
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair of an optimal matching.
    room : int
        How many newcomers there will be at most.

    Raises
    ------
    InvalidInputError
        If sums of points along a path might outgrow 64 bits.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows", Prentice Hall, 1993, chapter 9.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[7, 5], [6, 1]]), np.ones((2, 2), bool), one, one, none, none, "best"
    ... )
    >>> team = Newcomers(problem, np.array([0, 1]), np.array([1, 0]), room=1)
    >>> team.losses().tolist()
    [6, 4]
    >>> team.join(np.array([9, 8]), 1)
    4
    """

    def __init__(self, problem: Problem, rows: Whole, cols: Whole, room: int) -> None:
        mentors, mentees = problem.points.shape
        highest = int(problem.points.max(initial=0, where=problem.allowed))
        lowest = int(problem.points.min(initial=highest, where=problem.allowed))
        # Along a path points are given up and won in turn, and at its ends there are two alone.
        if 2 * (mentors + room + 2) * (highest - lowest) + 2 * max(highest, -lowest) > LARGEST:
            size = "points are too large to add along a path"
            raise InvalidInputError([Fault("", "points", size, "give smaller points")])
        # Mentees first: the best of the others of each mentor is then found in long stretches of memory.
        self.open: Whole = np.full((mentees, mentors + room), -CLOSED)
        self.open[:, :mentors] = np.where(problem.allowed, problem.points, -CLOSED).T
        self.open[cols, rows] = -CLOSED
        self.rows: Whole = rows.copy()
        self.cols: Whole = cols.copy()
        self.worth: Whole = problem.points[rows, cols].astype(np.int64)
        none = np.zeros(room, np.int64)
        # A newcomer may give up places again for those who join later.
        self.minimum: Whole = np.concatenate([problem.mentor_minimum, none])
        self.places: Whole = np.concatenate([problem.mentor_capacity, none])
        self.capacity: Whole = problem.mentee_capacity
        self.fewest: Whole = problem.mentee_minimum
        self.joined: int = mentors
        self._begin()

    def losses(self) -> Whole:
        """Return what all others lose if a newcomer takes a place of each mentee; :data:`FAR` or more where none may."""
        self._begin()
        fallen = np.union1d(np.flatnonzero(self.mentee < FAR), self._over_pairs())
        while fallen.size:
            listen("paths")
            self._over_others(fallen)
            fallen = self._over_pairs()
        return self.mentee

    def _begin(self) -> None:
        """Start with the paths of no arc: a place that is left, a mentor who may stay without."""
        mentees, mentors = self.open.shape
        out = np.bincount(self.rows, minlength=mentors)
        into = np.bincount(self.cols, minlength=mentees)
        self.mentee: Whole = np.where(into < self.capacity, 0, FAR)
        self.mentor: Whole = np.where(out > self.minimum, 0, FAR)
        self.given_up: NDArray[np.intp] = np.full(mentees, NOBODY)
        self.instead: NDArray[np.intp] = np.full(mentors, NOBODY)

    def _over_pairs(self) -> NDArray[np.intp]:
        """Take in what the partners given up say, and return the mentees whose places became cheaper."""
        through = self.mentor[self.rows] + self.worth
        nearer = np.flatnonzero(through < self.mentee[self.cols])
        # Of several partners of one mentee the last stays here, and the next pass finds the one who is nearer still.
        self.mentee[self.cols[nearer]] = through[nearer]
        self.given_up[self.cols[nearer]] = nearer
        return np.unique(self.cols[nearer])

    def _over_others(self, mentees: NDArray[np.intp]) -> None:
        """Take in for everybody what some mentees say who could be met instead."""
        through = self.mentee[mentees][:, None] - self.open[mentees]
        best = through.argmin(0)
        shortest = through[best, np.arange(len(best))]
        nearer = np.flatnonzero(shortest < self.mentor)
        self.mentor[nearer] = shortest[nearer]
        self.instead[nearer] = mentees[best[nearer]]

    def join(self, points: Whole, places: int) -> int:
        """Let a newcomer join, and return what the optimum gains by it: place by place, as long as one gains.

        Parameters
        ----------
        points : numpy.ndarray of int64
            What the newcomer is worth to each mentee; ``-CLOSED`` where a rule forbids it.
        places : int
            Most partners of the newcomer.

        Returns
        -------
        int
            The gain in points.
        """
        newcomer, gained = self.joined, 0
        self.joined += 1
        self.open[:, newcomer], self.places[newcomer] = points, places
        for _ in range(places):
            gains = self.open[:, newcomer] - self.losses()
            mentee = int(gains.argmax()) if gains.size else NOBODY
            if mentee == NOBODY or gains[mentee] <= 0:
                break
            gained += int(gains[mentee])
            self._send(newcomer, mentee)
        return gained

    def _send(self, newcomer: int, mentee: int) -> None:
        """Make a pair, and follow the path from its mentee to where a place is left or somebody stays without."""
        made = newcomer, mentee, self._make(newcomer, mentee)
        while (pair := int(self.given_up[mentee])) != NOBODY:
            mentor = int(self.rows[pair])
            self.open[mentee, mentor] = self.worth[pair]
            mentee = int(self.instead[mentor])
            if mentee == NOBODY:
                kept = np.arange(len(self.rows)) != pair
                self.rows, self.cols, self.worth = (
                    each[kept] for each in (self.rows, self.cols, self.worth)
                )
                break
            self.worth[pair] = self._make(mentor, mentee)
            self.cols[pair] = mentee
        lists: Any = zip((self.rows, self.cols, self.worth), made, strict=True)
        self.rows, self.cols, self.worth = (np.append(each, new) for each, new in lists)

    def _make(self, mentor: int, mentee: int) -> int:
        """Close what is a pair now, and return its points."""
        points = int(self.open[mentee, mentor])
        self.open[mentee, mentor] = -CLOSED
        return points

    def copy(self) -> Self:
        """Return the same once more, to try what somebody gains."""
        tried = copy(self)
        tried.open, tried.places = self.open.copy(), self.places.copy()
        tried.worth, tried.cols = self.worth.copy(), self.cols.copy()
        return tried

    def prove(self) -> None:
        """Prove the matching optimal for those who have joined, by prices that owe nothing to the paths.

        Raises
        ------
        RmatchError
            If it is not.
        """
        points = self.open.T.copy()
        points[self.rows, self.cols] = self.worth
        places = self.places, self.capacity, self.minimum, self.fewest
        certificate_of(Problem(points, points > -FAR, *places, "best"), self.rows, self.cols)

    def gains(self, points: Whole, places: Whole) -> Whole:
        """Return what each of several newcomers gains alone.

        Parameters
        ----------
        points : numpy.ndarray of int64, shape (newcomers, mentees)
            What each newcomer is worth to each mentee.
        places : numpy.ndarray of int64, shape (newcomers,)
            Most partners of each.

        Returns
        -------
        numpy.ndarray of int64
            The gain of each.
        """
        return np.array(
            [
                first if count == 1 or not first else self.copy().join(own, count)
                for own, count, first in zip(
                    points, places.tolist(), self.firsts(points).tolist(), strict=True
                )
            ],
            np.int64,
        )

    def firsts(self, points: Whole) -> Whole:
        """Return what the first place of each newcomer gains."""
        firsts: Whole = (points - self.losses()).max(1, initial=0)
        return firsts
