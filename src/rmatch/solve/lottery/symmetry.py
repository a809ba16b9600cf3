"""Equal chances for people who do not differ in anything that counts."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.solve.lottery.capped import CappedProblem
    from rmatch.solve.lp.lexicographic import Floats
    from rmatch.solve.network.network import Whole


def groups(capped: CappedProblem, *marks: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
    """Return for each mentor and for each mentee the number of their group: all whose rows are the same throughout.

    Parameters
    ----------
    capped : CappedProblem
        Points, limits and places.
    *marks : tuple of two numpy.ndarray of int64
        Further numbers, one or a line for each mentor and each mentee, that have to be the same.

    Returns
    -------
    tuple of two numpy.ndarray of int64
        The groups of the mentors and of the mentees.

    Examples
    --------
    >>> from rmatch.solve.lottery.capped import CappedProblem
    >>> one, none = np.array([1, 1, 1]), np.array([0, 0, 0])
    >>> points = np.array([[4, 2, 4], [4, 2, 4], [1, 2, 1]])
    >>> mentors, mentees = groups(
    ...     CappedProblem(points, np.ones((3, 3), int), (none, one), (none, one), "most")
    ... )
    >>> mentors.tolist(), mentees.tolist()
    ([1, 1, 0], [1, 0, 1])
    """
    points = np.where(capped.limits > 0, capped.points, 0)
    row_marks = [mark[0] for mark in marks]
    column_marks = [mark[1] for mark in marks]
    rows = np.column_stack([points, capped.limits, *capped.mentors, *row_marks])
    columns = np.column_stack([points.T, capped.limits.T, *capped.mentees, *column_marks])
    return _numbered(rows), _numbered(columns)


def _numbered(lines: Whole) -> Whole:
    _, number = np.unique(lines, axis=0, return_inverse=True)
    return number.reshape(-1)


def _together(numbers: Any, members: Sequence[Whole]) -> tuple[Any, Whole]:
    """Return the sum of some numbers for each two groups, and how many pairs these have."""
    mentors, mentees = (np.asarray(group, np.intp) for group in members)
    counts = np.bincount(mentors), np.bincount(mentees)
    together = np.zeros([len(count) for count in counts], numbers.dtype)
    for rows in strips(numbers.shape, "groups"):
        np.add.at(together, (mentors[rows, None], mentees), numbers[rows])
    return together, np.outer(*counts)


def means(chances: Floats, members: Sequence[Whole]) -> Floats:
    """Return what :func:`shared_equally` would for chances in floating point.

    Examples
    --------
    >>> means(np.array([[1.0, 0], [0, 0], [0, 1]]), ([0, 0, 0], [0, 1])).tolist()
    [[0.3333333333333333, 0.3333333333333333], [0.3333333333333333, 0.3333333333333333], [0.3333333333333333, 0.3333333333333333]]
    """
    together, size = _together(chances, members)
    return np.asarray((together / size)[np.ix_(*members)], np.float64)


def shared_equally(units: Whole, members: Sequence[Whole]) -> tuple[Whole, int]:
    r"""Share the units of equal pairs equally, on the coarsest grid that allows it.

    Where rows and columns can be exchanged within their groups without changing a linear or concave problem, the mean
    over all these exchanges is as good as any answer. It gives every pair of a group of `n` mentors and a group of `m`
    mentees the same :math:`1 / nm` of what they have together.

    Parameters
    ----------
    units : numpy.ndarray of int64
        Units of each pair, shape (mentors, mentees).
    members : two numpy.ndarray of int64
        The number of the group of each mentor and of each mentee.

    Returns
    -------
    units : numpy.ndarray of int64
        The mean, in finer units.
    factor : int
        How many of the finer units make one of the old.

    Examples
    --------
    >>> shared_equally(np.array([[1, 0], [0, 0], [0, 1]]), ([0, 0, 0], [0, 1]))[0].tolist()
    [[1, 1], [1, 1], [1, 1]]
    """
    together, size = _together(units, members)
    factor = 1
    for amounts, pairs in zip(together, size, strict=True):
        listen("groups")
        factor = lcm(factor, *np.unique(pairs // np.gcd(pairs, amounts)).tolist())
    # Python's own integers: a factor that is too large is refused where its size is known.
    matrix = together.astype(object) * factor // size
    return matrix[np.ix_(*members)], factor
