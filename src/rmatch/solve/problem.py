"""A matching problem, and its form as a transportation network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.firsts import with_firsts
from rmatch.solve.network.network import UNLIMITED, Network, Numbers, Whole, worth_of_firsts
from rmatch.utils.loops import strips
from rmatch.utils.values import Value

Participation = Literal["most", "best"]


@dataclass(frozen=True, slots=True, eq=False)
class Problem(Value):
    """Who may meet whom, what each pair is worth, and how many partners each person has; not validated again.

    What a caller of `assign` has passed is not copied unless a route needs it: see `own`.

    Attributes
    ----------
    points : numpy.ndarray of int64 or float64
        What each pair is worth, to be maximised, shape (mentors, mentees); int32 too where it is a caller's.
    allowed : numpy.ndarray of bool
        The pairs that may be made, same shape.
    mentor_capacity, mentee_capacity : numpy.ndarray of int64
        Most partners of each person.
    mentor_minimum, mentee_minimum : numpy.ndarray of int64
        Fewest partners of each person, never above the capacity.
    participation : {"most", "best"}
        As many pairs as possible and then the best of these, or the best total with any number of pairs.
    firsts : tuple of two numpy.ndarray of int64, optional
        What the first partner of each mentor and of each mentee is worth beside the points of the pair, 0 or more.

    Examples
    --------
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[7, 5], [6, 1]]), np.ones((2, 2), bool), one, one, none, none, "best"
    ... )
    >>> problem.network(0).points.tolist()
    [[7, 5, 0], [6, 1, 0], [0, 0, 0]]
    >>> problem.network(0).supply.tolist()
    [1, 1, 2]
    """

    points: Numbers
    allowed: NDArray[np.bool_]
    mentor_capacity: Whole
    mentee_capacity: Whole
    mentor_minimum: Whole
    mentee_minimum: Whole
    participation: Participation
    firsts: tuple[Whole, Whole] | None = None

    @property
    def own(self) -> Problem:
        """The same problem with points of 64 bits, in arrays of its own: what is a caller's is read only."""
        return replace(self, points=own(self.points), allowed=own(self.allowed))

    def total(self, rows: Whole, cols: Whole) -> int:
        """Return what some pairs are worth together, in whole points: their own, and those of first partners."""
        return int(self.points[rows, cols].sum()) + worth_of_firsts(self.firsts, (rows, cols))

    @property
    def shape(self) -> tuple[int, int]:
        """The number of mentors and of mentees."""
        return len(self.mentor_capacity), len(self.mentee_capacity)

    @property
    def places(self) -> tuple[Whole, Whole]:
        """The places of each mentor and each mentee that they can fill, but never fewer than they must."""
        mentors, mentees = self._required
        can_fill = np.minimum(self.mentor_capacity, self.allowed.sum(1))
        can_be_filled = np.minimum(self.mentee_capacity, self.allowed.sum(0))
        # A minimum out of reach stays: the network then has no flow, and the cut names the people.
        return np.maximum(can_fill, mentors), np.maximum(can_be_filled, mentees)

    @property
    def transposed(self) -> Problem:
        """The same problem with mentors and mentees exchanged."""
        return Problem(
            points=self.points.T,
            allowed=self.allowed.T,
            mentor_capacity=self.mentee_capacity,
            mentee_capacity=self.mentor_capacity,
            mentor_minimum=self.mentee_minimum,
            mentee_minimum=self.mentor_minimum,
            participation=self.participation,
            firsts=None if self.firsts is None else self.firsts[::-1],
        )

    @property
    def _required(self) -> tuple[Whole, Whole]:
        """The minimums; one above the number of people is out of reach, however far."""
        mentors, mentees = self.points.shape
        mentors_need = np.minimum(self.mentor_minimum, mentees + 1)
        mentees_need = np.minimum(self.mentee_minimum, mentors + 1)
        return mentors_need, mentees_need

    def network(self, pairs: int) -> Network:
        r"""Return the transportation network whose flows are the matchings of at least so many pairs.

        Real arcs carry one unit. A mentor with :math:`c` places who needs :math:`l` partners leaves at most
        :math:`c - l` of them to a dummy column, and likewise a mentee to a dummy row. The dummies take all places of
        the other side but :math:`K`, so with a flow :math:`f` between them there are :math:`K + f` pairs.

        Parameters
        ----------
        pairs : int
            The fewest pairs, :math:`K`.

        Returns
        -------
        Network
            Of shape (mentors + 1, mentees + 1), the dummies last; with a second pair of dummies where first partners
            of people with several places are worth something.
        """
        (out, into), (must_out, must_into) = self.places, self._required
        capacity = _with_dummies(self.allowed, np.int64)
        capacity[:-1, -1] = out - must_out
        capacity[-1, :-1] = into - must_into
        capacity[-1, -1] = UNLIMITED
        # What the dummies send and take makes both sides equal, whatever the number of pairs.
        network = Network(
            points=_with_dummies(self.points, self.points.dtype),
            capacity=capacity,
            supply=np.append(out, into.sum() - pairs),
            demand=np.append(into, out.sum() - pairs),
        )
        return network if self.firsts is None else with_firsts(network, *self.firsts)


def own(matrix: NDArray[Any]) -> NDArray[Any]:
    """Return a matrix that may be written to, whole points in 64 bits, listening between the strips of one that is copied."""
    kind = np.dtype(np.int64) if matrix.dtype.kind == "i" else matrix.dtype
    if matrix.flags.writeable and matrix.dtype == kind:
        return matrix
    copy = np.zeros(matrix.shape, kind)
    for rows in strips(matrix.shape, "reading"):
        copy[rows] = matrix[rows]
    return copy


def _with_dummies(matrix: NDArray[Any], kind: Any) -> NDArray[Any]:
    """Return a matrix with one more row and column of nothing, listening between the rows."""
    rows, columns = matrix.shape
    wide = np.zeros((rows + 1, columns + 1), kind)
    for some in strips(matrix.shape, "places"):
        wide[some, :-1] = matrix[some]
    return wide
