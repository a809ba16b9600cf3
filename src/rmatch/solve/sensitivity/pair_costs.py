"""The exact cost of any other pair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Problem
from rmatch.solve.sensitivity.exchange import FAR, UNIT, ExchangeGraph
from rmatch.utils.shown import Shown
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Costs(Value, Shown):
    """What the best matching with a pair has less than the best matching, for many pairs.

    Attributes
    ----------
    pairs : numpy.ndarray of int64
        Pairs lost; 0 where their number does not matter (``participation="best"``).
    points : numpy.ndarray of int64
        Points lost; negative where fewer pairs have more points. 0 for the pairs that are made.
    possible : numpy.ndarray of bool
        Whether any matching has the pair: it is allowed, and the minimums can be met with it. The costs of others are 0.
    at_most : numpy.ndarray of int64
        Points lost at most; the same as `points`, which are lost at least, where these are exact.
    """

    pairs: Whole
    points: Whole
    possible: NDArray[np.bool_]
    at_most: Whole


def costs_for_mentor(
    problem: Problem, rows: Whole, cols: Whole, certificate: Certificate, row: int
) -> Costs:
    """Return what it costs to give a mentor each mentee; see `costs_for_mentee`.

    Parameters
    ----------
    problem : Problem
        What was solved, with whole points.
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair of the optimal matching.
    certificate : Certificate
        Prices that prove it.
    row : int
        The mentor.

    Returns
    -------
    Costs
        One cost for each mentee.
    """
    proof = _transposed(certificate)
    return costs_for_mentee(problem.transposed, cols, rows, proof, row)


def costs_for_mentee(
    problem: Problem, rows: Whole, cols: Whole, certificate: Certificate, column: int
) -> Costs:
    r"""Return what it costs to give a mentee each mentor.

    The cost of a pair :math:`(i, j)` is what the optimum loses when :math:`x_{ij} = 1` is asked for beside the capacities,
    the minimums and the participation. Sending one unit from `i` to `j` closes a cycle with a path from `j` back to `i`
    in the residual network, and the best matching with the pair is that along the shortest one [1]_: the cost is the
    slack :math:`u_i + v_j - p_{ij} - \lambda` of the pair and that distance. One search from `j` answers for every `i`.

    Parameters
    ----------
    problem : Problem
        What was solved, with whole points.
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair of the optimal matching.
    certificate : Certificate
        Prices that prove it.
    column : int
        The mentee.

    Returns
    -------
    Costs
        One cost for each mentor.

    Raises
    ------
    InvalidInputError
        If sums of points and prices might outgrow 64 bits.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows", Prentice Hall, 1993, chapters 9 and 10.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> from rmatch.solve.certificates.duals import certificate_of
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[7, 5], [6, 1]]), np.ones((2, 2), bool), one, one, none, none, "most"
    ... )
    >>> rows, cols = np.array([0, 1]), np.array([1, 0])
    >>> costs_for_mentee(
    ...     problem, rows, cols, certificate_of(problem, rows, cols), 0
    ... ).points.tolist()
    [3, 0]
    """
    graph = ExchangeGraph(problem, rows, cols, certificate)
    back = graph.from_column(column).rows
    worth = UNIT * (problem.points[:, column] + certificate.bonus)
    lengths = graph.u + graph.v[column] - worth
    slack = np.where(problem.allowed[:, column], lengths, FAR)
    made = np.isin(np.arange(len(back)), rows[cols == column])
    return _decoded(slack + back, made, certificate.bonus)


def all_costs(problem: Problem, rows: Whole, cols: Whole, certificate: Certificate) -> Costs:
    r"""Return what it costs to make each pair, all pairs at once; see `costs_for_mentee`.

    The distances between the `n` people of the smaller side and the hub take :math:`n^3` steps (Floyd 1962).

    Parameters
    ----------
    problem : Problem
        What was solved, with whole points.
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair of the optimal matching.
    certificate : Certificate
        Prices that prove it.

    Returns
    -------
    Costs
        Of shape (mentors, mentees).

    Raises
    ------
    InvalidInputError
        If sums of points and prices might outgrow 64 bits.
    """
    if problem.points.shape[0] > problem.points.shape[1]:
        flipped = all_costs(problem.transposed, cols, rows, _transposed(certificate))
        pairs, points = flipped.pairs.T, flipped.points.T
        return Costs(pairs, points, flipped.possible.T, points)
    graph = ExchangeGraph(problem, rows, cols, certificate)
    slack = graph.slack()
    back = _from_columns(graph, _between_rows(graph, slack))
    made = np.zeros(slack.shape, bool)
    made[rows, cols] = True
    return _decoded(slack + back, made, certificate.bonus)


def _decoded(lengths: Whole, made: NDArray[np.bool_], bonus: int) -> Costs:
    """Split the lengths of cycles into pairs and points."""
    possible = (lengths < FAR) & ~made
    # The low bits: 3 stands for one pair fewer and 1 for one more, as many for 2 and 0.
    passed = lengths % UNIT
    number_changes = possible & (passed > 0) & (bonus > 0)
    pairs = np.where(number_changes, passed - 2, 0)
    points = np.where(possible, lengths // UNIT - bonus * pairs, 0)
    return Costs(pairs, points, possible | made, points)


def _between_rows(graph: ExchangeGraph, slack: Whole) -> Whole:
    """Return the distances between all rows and the hub, which is last."""
    size = len(slack)
    pairs = graph.cols, graph.back, graph.rows
    by_column = (slack + graph.column_to_hub).min(1, initial=FAR)
    by_pairs = _over_pairs(graph.hub_to_column[None], *pairs, size)[0]
    distance = np.full((size + 1, size + 1), FAR)
    distance[:size, :size] = _over_pairs(slack, *pairs, size)
    distance[:size, size] = np.minimum(graph.row_to_hub, by_column)
    distance[size, :size] = np.minimum(graph.hub_to_row, by_pairs)
    np.fill_diagonal(distance, 0)
    # In parts whose temporary numbers stay in the nearer memory.
    parts = np.array_split(distance, size // 64 + 1)
    for node, part in product(range(size + 1), parts):
        np.minimum(part, part[:, node, None] + distance[node], out=part)
    return distance


def _from_columns(graph: ExchangeGraph, distance: Whole) -> Whole:
    """Return the distances to all rows from all columns, shape (rows, columns), given those between rows."""
    by_hub: Whole = distance[-1, :-1, None] + graph.column_to_hub
    order = graph.by_column
    pairs = graph.rows[order], graph.back[order], graph.cols[order]
    by_pairs = _over_pairs(distance[:-1, :-1].T, *pairs, len(graph.v))
    return np.minimum(by_hub, by_pairs)


def _over_pairs(lengths: Whole, starts: Whole, back: Whole, ends: Whole, size: int) -> Whole:
    """Return the shortest lengths after one more step along pairs, which are sorted by their ends."""
    after = np.full((len(lengths), size), FAR)
    if ends.size:
        first = np.flatnonzero(np.diff(ends, prepend=-1))
        through = lengths[:, starts] + back
        after[:, ends[first]] = np.minimum.reduceat(through, first, axis=1)
    return after


def _transposed(certificate: Certificate) -> Certificate:
    return Certificate(certificate.v, certificate.u, certificate.bonus)
