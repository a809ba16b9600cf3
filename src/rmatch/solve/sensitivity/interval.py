"""Bounds on the cost of another pair where no matrix fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.network.network import Whole
from rmatch.utils.values import Value

Look = Callable[[Whole, Whole], tuple[Whole, NDArray[np.bool_]]]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what and what the cost of a pair lies; costs are compared by pairs first, then by points.

    Attributes
    ----------
    lower : tuple of int
        Pairs and points that any matching with the pair loses at least.
    upper : tuple of int, optional
        Pairs and points that some matching with the pair loses; absent if none was found, which does not say that there
        is none.
    """

    lower: tuple[int, int]
    upper: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class Matched(Value):
    """An optimal matching with its proof, without its matrix.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair.
    certificate : Certificate
        Prices that prove it.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each mentor and of each mentee.
    look : callable
        Returns the points of some pairs and whether each is allowed, by their rows and columns.
    """

    rows: Whole
    cols: Whole
    certificate: Certificate
    capacities: tuple[Whole, Whole]
    minimums: tuple[Whole, Whole]
    look: Look


def interval(matched: Matched, row: int, column: int) -> Interval | None:
    r"""Return bounds on the cost of a pair, from the prices and a repair.

    The cost of a pair is what the optimum loses when the pair is asked for, as :func:`~rmatch.solve.sensitivity.pair_costs.all_costs`
    returns it. With `s` pairs and `t` points lost it is at least the slack: :math:`\lambda s + t \ge u_i + v_j - p_{ij} -
    \lambda`. That is the lower bound; since the bonus exceeds what points can differ by, a slack of :math:`\lambda` or
    more means that a pair is lost. The upper bound is the least that a repair loses: the pair is made, either of the two
    gives up a partner (each one is tried) where no place is left, and the two partners given up meet each other, if they may
    and do not yet, or stay out, where their minimums let them. Where the number of pairs does not matter it is 0.

    Parameters
    ----------
    matched : Matched
        The optimal matching.
    row, column : int
        The pair.

    Returns
    -------
    Interval, or None
        Bounds, equal for a pair that is made; nothing if the pair is not allowed or one of the two has no place at all.

    Examples
    --------
    >>> from rmatch.solve.certificates.certificate import Certificate
    >>> points, one, none = np.array([[7, 5], [6, 1]]), np.array([1, 1]), np.array([0, 0])
    >>> proof = Certificate(np.array([7, 6]), np.array([0, -2]), 0)
    >>> matched = Matched(
    ...     np.array([0, 1]),
    ...     np.array([1, 0]),
    ...     proof,
    ...     (one, one),
    ...     (none, none),
    ...     lambda i, j: (points[i, j], i >= 0),
    ... )
    >>> interval(matched, 0, 0)
    Interval(lower=(0, 0), upper=(0, 3))
    """
    points, allowed = _looked(matched, row, column)
    if not (allowed and matched.capacities[0][row] and matched.capacities[1][column]):
        return None
    if column in matched.cols[matched.rows == row]:
        return Interval((0, 0), (0, 0))
    proof = matched.certificate
    prices = int(proof.u[row]) + int(proof.v[column])
    slack = prices - points - proof.bonus
    # The bonus exceeds what points can differ by: so large a slack means that a pair is lost.
    lost = int(0 < proof.bonus <= slack)
    lower = lost, slack - lost * proof.bonus
    return Interval(lower, min(_repairs(matched, row, column, points), default=None))


def _repairs(matched: Matched, row: int, column: int, points: int) -> Iterator[tuple[int, int]]:
    """Go through what each repair loses."""
    number_counts = matched.certificate.bonus > 0
    of_mentor, of_mentee = _given_up(matched, 0, row), _given_up(matched, 1, column)
    for given in product(of_mentor, of_mentee):
        # The pair that is made is lost a negative number of times.
        pairs, lost = -1, -points
        for pair in given:
            if pair is not None:
                pairs += 1
                lost += _looked(matched, *pair)[0]
        new = _new_pair(matched, *given)
        if new is not None:
            yield number_counts * (pairs - 1), lost - new
        if _stay_out(matched, *given):
            yield number_counts * pairs, lost


def _given_up(matched: Matched, side: int, person: int) -> list[Pair | None]:
    """Return the pairs of which a person must give up one, or that there is a place left."""
    own = matched.cols if side else matched.rows
    mine = np.flatnonzero(own == person)
    if mine.size < matched.capacities[side][person]:
        return [None]
    rows, cols = matched.rows[mine].tolist(), matched.cols[mine].tolist()
    return list(zip(rows, cols, strict=True))


def _new_pair(matched: Matched, first: Pair | None, second: Pair | None) -> int | None:
    """Return the points of the two partners given up with each other, if they can meet."""
    if first is None or second is None:
        return None
    (_, mentee), (mentor, _) = first, second
    points, allowed = _looked(matched, mentor, mentee)
    partners = matched.cols[matched.rows == mentor]
    return points if allowed and mentee not in partners else None


def _stay_out(matched: Matched, first: Pair | None, second: Pair | None) -> bool:
    """Return whether the partners given up can have one partner fewer."""
    mentee_can = first is None or _spare(matched, 1, first[1])
    mentor_can = second is None or _spare(matched, 0, second[0])
    return mentee_can and mentor_can


def _spare(matched: Matched, side: int, person: int) -> bool:
    own = matched.cols if side else matched.rows
    partners = int((own == person).sum())
    return partners > int(matched.minimums[side][person])


def _looked(matched: Matched, row: int, column: int) -> tuple[int, bool]:
    points, allowed = matched.look(np.array([row]), np.array([column]))
    return int(points[0]), bool(allowed[0])
