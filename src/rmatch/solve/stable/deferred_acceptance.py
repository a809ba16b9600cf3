"""Stable matchings by deferred acceptance: no two people would rather have each other."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.aside import aside
from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.objectives import Proposer
    from rmatch.solve.network.network import Numbers, Whole

ROOM = 2**62
"""Keys stay below it."""

TILE = 64

CLOSED = -1
"""The key of a pair that is not made: not accepted, or proposed before."""


def deferred_acceptance(
    sides: tuple[Numbers, Numbers],
    allowed: NDArray[np.bool_],
    capacities: tuple[Whole, Whole],
    *,
    proposer: Proposer = "mentors",
    ties: NDArray[np.integer] | None = None,
) -> tuple[Whole, Whole]:
    r"""Return the stable matching that is the best for every proposer.

    Everybody orders those they may meet by their own points, equal points by the ties. Proposers with a free place
    propose to the best one who has not turned them down; whoever has more proposals than places keeps the best. In the
    end no allowed pair blocks the matching (see :func:`rmatch.solve.stable.blocking.blocking_pairs`), and where the orders are
    strict no stable matching gives any proposer better partners, one by one, nor more of them [1]_ [2]_. The answer does
    not depend on the order in which the proposals are made.

    Whom nobody would keep is not asked: a proposer looks for the best one among those whose worst partner is worse. A
    look compares one row with the worst partners of all, so that no list of preferences is ever sorted.

    Parameters
    ----------
    sides : tuple of two numpy.ndarray
        What each pair is worth to the mentor and to the mentee, shape (mentors, mentees).
    allowed : numpy.ndarray of bool
        The pairs that both accept; any others are never made.
    capacities : tuple of two numpy.ndarray of int64
        Most partners of each mentor and of each mentee.
    proposer : {"mentors", "mentees"}
        The side that proposes.
    ties : numpy.ndarray of int, optional
        What decides between equal points: numbers from 0 on, the larger the better, for both sides the same. Without
        them the pair that stands first in the matrix.

    Returns
    -------
    rows : numpy.ndarray of int64
        Mentor of each pair, sorted by row and then by column.
    cols : numpy.ndarray of int64
        Mentee of each pair.

    Raises
    ------
    InvalidInputError
        If different points times ties do not fit into 62 bits.
    StopError
        If the run was stopped: before the last proposal nothing is stable.

    References
    ----------
    .. [1] D. Gale and L. S. Shapley, "College admissions and the stability of marriage", American Mathematical Monthly
       69(1), 1962. :doi:`10.1080/00029890.1962.11989827`
    .. [2] A. E. Roth, "Stability and polarization of interests in job matching", Econometrica 52(1), 1984.
       :doi:`10.2307/1911460`

    Examples
    --------
    >>> mentors, mentees, one = (
    ...     np.array([[2, 1], [1, 2]]),
    ...     np.array([[1, 2], [2, 1]]),
    ...     np.array([1, 1]),
    ... )
    >>> everybody = np.ones((2, 2), bool)
    >>> deferred_acceptance((mentors, mentees), everybody, (one, one))[1].tolist()
    [0, 1]
    >>> deferred_acceptance((mentors, mentees), everybody, (one, one), proposer="mentees")[
    ...     1
    ... ].tolist()
    [1, 0]
    """
    if ties is None:
        ties = _in_order(allowed.shape)
    own, other = (strict_keys(points, ties, allowed) for points in sides)
    if proposer == "mentors":
        rows, cols = _proposals(own, other, *capacities)
    else:
        cols, rows = _proposals(_turned(other), _turned(own), *capacities[::-1])
    order = np.lexsort((cols, rows))
    return rows[order], cols[order]


def strict_keys(points: Numbers, ties: NDArray[np.integer], allowed: NDArray[np.bool_]) -> Whole:
    """Return whole numbers from 0 on in the order of the points and then of the ties, -1 where that is not allowed.

    Raises
    ------
    InvalidInputError
        If they do not fit into 62 bits.

    Examples
    --------
    >>> strict_keys(
    ...     np.array([[5, 5, 4]]), np.array([[1, 2, 9]]), np.array([[True, True, True]])
    ... ).tolist()
    [[11, 12, 9]]
    """
    if not points.size:
        return np.zeros(points.shape, np.int64)
    step, lowest = int(ties.max()) + 1, points.min()
    tiers = int(points.max() - lowest) + 1
    if points.dtype.kind == "f" or tiers * step > ROOM:
        # Only the order of the points matters: the tiers that nobody has take no room.
        distinct, positions = aside(
            "proposals", points.size, lambda: np.unique(points, return_inverse=True)
        )
        points, lowest, tiers = positions.reshape(points.shape), 0, len(distinct)
    if tiers * step > ROOM:
        problem = f"values up to {numeral(step - 1)} are too large"
        remedy = f"with {numeral(tiers)} different points stay below {numeral(ROOM // tiers)}"
        raise InvalidInputError([Fault("", "ties", problem, remedy)])
    keys = np.empty(points.shape, np.int64)
    for rows in strips(points.shape, "proposals"):
        above = (points[rows] - lowest) * step + ties[rows].astype(np.int64, copy=False)
        keys[rows] = np.where(allowed[rows], above, CLOSED)
    return keys


def _in_order(shape: tuple[int, int]) -> Whole:
    """Return ties of which the first is the largest."""
    found = np.empty(shape, np.int64)
    for rows in strips(shape, "proposals"):
        first, last = (found.size - row * shape[1] for row in (rows.start, rows.stop))
        found[rows] = np.arange(first, last, -1).reshape(found[rows].shape)
    return found


def _proposals(own: Whole, other: Whole, places: Whole, room: Whole) -> tuple[Whole, Whole]:
    """Let rows propose to columns; `own` keys are those of the rows, and are used up."""
    listen("proposals")
    worst = np.where(room > 0, CLOSED, ROOM)
    held: list[list[tuple[int, int]]] = [[] for _ in room]
    free = places.tolist()
    # The favourites come first: they displace fewer people later. The answer is the same in any order.
    waiting = np.argsort(other.mean(1), kind="stable").tolist() if other.size else []
    while waiting:
        listen("proposals")
        row = waiting.pop()
        while free[row]:
            would_take = other[row] > worst
            best = int(np.where(would_take, own[row], CLOSED).argmax())
            if own[row, best] == CLOSED or not would_take[best]:
                break
            # Nobody proposes to the same one twice.
            own[row, best] = CLOSED
            free[row] -= 1
            heappush(held[best], (int(other[row, best]), row))
            if len(held[best]) > room[best]:
                displaced = heappop(held[best])[1]
                free[displaced] += 1
                waiting.append(displaced)
            if len(held[best]) == room[best]:
                worst[best] = held[best][0][0]
    made = [(row, column) for column, rows in enumerate(held) for _, row in rows]
    pairs = np.array(made, np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _turned(keys: Whole) -> Whole:
    """Return the keys with rows and columns exchanged, in few rows at a time: as they lie in memory."""
    turned = np.empty(keys.shape[::-1], np.int64)
    for first in range(0, len(keys), TILE):
        listen("proposals")
        rows = slice(first, first + TILE)
        turned[:, rows] = keys[rows].T
    return turned
