"""What changing an optimal matching costs: shortest paths in its residual network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.certificates.certificate import Certificate
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem

    MoreOrLess = tuple[NDArray[np.bool_], NDArray[np.bool_]]

FAR = 2**60
LARGEST = 2**57
NOWHERE = -1
UNIT = 4
"""Lengths are multiples of 4: the two low bits keep how a path passes the hub."""


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Shortest distances from one node.

    Attributes
    ----------
    rows, columns : numpy.ndarray of int64
        To each row and each column, in units of 4 and with the mark of the hub; `FAR` or more where no path leads.
    """

    rows: Whole
    columns: Whole


class ExchangeGraph:
    r"""The residual network of an optimal matching: mentors (rows), mentees (columns) and one hub.

    Under the prices of the certificate the arcs have the lengths :math:`u_i + v_j - p_{ij} - \lambda` from `i` to `j` for
    an allowed pair that is not made, :math:`p_{ij} + \lambda - u_i - v_j` from `j` to `i` for one that is, :math:`-u_i`
    from the hub to a mentor with places left, :math:`u_i` from a mentor with more than the minimum to the hub,
    :math:`-v_j` from a mentee with places left to the hub and :math:`v_j` from the hub to a mentee with more than the
    minimum. None is negative, and around a cycle they add up to what the change along it loses.

    Whether the hub is passed, and whether the change loses a pair there, is kept in the two low bits of a length: 2 for
    an arc from a mentor to the hub, 1 for one between the hub and a mentee. The other arcs lose no pair, and no shortest
    path passes the hub twice, so `3` at the end of a cycle means one pair fewer, `1` one more, `0` or `2` as many.

    Parameters
    ----------
    problem : Problem
        What was solved, with whole points.
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair of the optimal matching.
    certificate : Certificate
        Prices that prove it.

    Raises
    ------
    InvalidInputError
        If lengths might outgrow 64 bits.
    """

    def __init__(
        self, problem: Problem, rows: Whole, cols: Whole, certificate: Certificate
    ) -> None:
        _refuse_long_paths(problem, certificate)
        mentors, bonus = len(certificate.u), certificate.bonus
        self.problem: Problem = problem
        self.bonus: int = bonus
        self.u: Whole = UNIT * certificate.u
        self.v: Whole = UNIT * certificate.v
        # The pairs stand sorted by mentor, and by mentee in `by_column`; the firsts say where each person's pairs begin.
        order = np.lexsort((cols, rows))
        rows, cols = rows[order], cols[order]
        self.rows: Whole = rows
        self.cols: Whole = cols
        self.first: NDArray[np.intp] = np.searchsorted(rows, np.arange(mentors + 1))
        self.by_column: NDArray[np.intp] = np.argsort(cols, kind="stable")
        sorted_cols = cols[self.by_column]
        self.column_first: NDArray[np.intp] = np.searchsorted(
            sorted_cols, np.arange(len(self.v) + 1)
        )
        worth: Any = UNIT * (problem.points[rows, cols] + bonus)
        self.back: Whole = worth - self.u[rows] - self.v[cols]
        self.forbidden: NDArray[np.bool_] = ~problem.allowed
        (more_out, less_out), (more_into, less_into) = _changes(problem, rows, cols)
        # The low bits are the marks: what passes them adds up to how many pairs are lost.
        self.row_to_hub: Whole = np.where(less_out, self.u + 2, FAR)
        self.column_to_hub: Whole = np.where(more_into, -self.v + 1, FAR)
        self.hub_to_column: Whole = np.where(less_into, self.v + 1, FAR)
        self.hub_to_row: Whole = np.where(more_out, -self.u, FAR)

    def ahead(self, row: int) -> Whole:
        """Return the lengths from a row to all columns."""
        points: Any = self.problem.points
        ahead: Whole = points[row] * -UNIT
        ahead += self.v
        ahead += self.u[row] - UNIT * self.bonus
        np.putmask(ahead, self.forbidden[row], FAR)
        partners = self.cols[self.first[row] : self.first[row + 1]]
        ahead[partners] = FAR
        return ahead

    def slack(self) -> Whole:
        """Return the lengths from all rows to all columns, shape (mentors, mentees)."""
        points: Any = self.problem.points
        slack: Whole = points * -UNIT
        slack += self.v
        slack += (self.u - UNIT * self.bonus)[:, None]
        np.putmask(slack, self.forbidden, FAR)
        slack[self.rows, self.cols] = FAR
        return slack

    def partners(self, columns: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the pairs of some columns, one after another, and for each the position of its column among these."""
        first = self.column_first[columns]
        counts = self.column_first[columns + 1] - first
        position = np.repeat(np.arange(len(columns)), counts)
        # The pairs of a column are counted from its first one, and stand behind those of the columns before it.
        before = np.cumsum(counts) - counts
        wanted = np.arange(len(position)) + (first - before)[position]
        return self.by_column[wanted], position

    def from_column(self, column: int) -> Paths:
        """Return the distances from a column."""
        search = _PathSearch(self)
        search.reach_columns(np.array([column]), np.zeros(1, np.int64))
        return search.run()


class _PathSearch:
    """A search for shortest paths that settles one row after another, and the hub, nearest first (Dijkstra 1959)."""

    def __init__(self, graph: ExchangeGraph) -> None:
        self.graph, self.hub = graph, len(graph.u)
        self.distance = np.full(self.hub + 1, FAR)
        self.waiting = self.distance.copy()
        self.columns = np.full(len(graph.v), FAR)

    def run(self) -> Paths:
        graph = self.graph
        while True:
            node = int(self.waiting.argmin())
            length: Any = self.waiting[node]
            if length >= FAR:
                return Paths(self.distance[:-1], self.columns)
            self.waiting[node] = FAR
            if node == self.hub:
                self.reach(np.arange(node), graph.hub_to_row + length)
                through = graph.hub_to_column + length
            else:
                self.reach(np.array([self.hub]), graph.row_to_hub[[node]] + length)
                through = graph.ahead(node)
                through += length
            nearer = np.flatnonzero(through < self.columns)
            if nearer.size:
                self.reach_columns(nearer, through[nearer])

    def reach_columns(self, columns: NDArray[np.intp], lengths: Whole) -> None:
        """Take in shorter distances of some columns, and those of the nodes behind them."""
        graph = self.graph
        self.columns[columns] = lengths
        at_hub = (lengths + graph.column_to_hub[columns]).min(keepdims=True)
        self.reach(np.array([self.hub]), at_hub)
        pairs, position = graph.partners(columns)
        self.reach(graph.rows[pairs], lengths[position] + graph.back[pairs])

    def reach(self, nodes: NDArray[np.intp], lengths: Whole) -> None:
        """Take in the distances of some nodes that are shorter than those known."""
        shorter = lengths < self.distance[nodes]
        if shorter.any():
            nodes = nodes[shorter]
            np.minimum.at(self.distance, nodes, lengths[shorter])
            self.waiting[nodes] = self.distance[nodes]


def _changes(problem: Problem, rows: Whole, cols: Whole) -> tuple[MoreOrLess, MoreOrLess]:
    """Return which mentors can have one partner more, and which one fewer, and which mentees."""
    mentors, mentees = problem.points.shape
    out = np.bincount(rows, minlength=mentors)
    into = np.bincount(cols, minlength=mentees)
    # More places than there are people with places on the other side cannot be filled.
    most_out = np.minimum(problem.mentor_capacity, (problem.mentee_capacity > 0).sum())
    most_into = np.minimum(problem.mentee_capacity, (problem.mentor_capacity > 0).sum())
    mentor_changes = out < most_out, out > problem.mentor_minimum
    mentee_changes = into < most_into, into > problem.mentee_minimum
    return mentor_changes, mentee_changes


def _refuse_long_paths(problem: Problem, certificate: Certificate) -> None:
    prices = certificate.u, certificate.v
    highest = max(int(np.abs(price).max(initial=0)) for price in prices)
    points = max(int(problem.points.max(initial=0)), -int(problem.points.min(initial=0)))
    # The length of a path is its change in worth, and the prices of its ends.
    ends = 2 * (highest + certificate.bonus)
    arcs = 2 * (sum(problem.points.shape) + 2)
    if ends + arcs * points > LARGEST:
        size = "points or prices are too large to add along a path"
        raise InvalidInputError([Fault("", "points", size, "give smaller points")])
