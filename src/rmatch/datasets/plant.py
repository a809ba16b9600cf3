"""Problems of any size whose optimum is known beforehand: :func:`planted`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rmatch.datasets.draws import Dice
from rmatch.errors import Fault
from rmatch.utils.points import MOST
from rmatch.utils.text import numeral
from rmatch.utils.validation import positions, refuse, whole
from rmatch.utils.values import Value

ROOM = 4
"""So many times as many different answers must be possible as are drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Planted(Value):
    """Points of as many mentors as mentees, an optimal matching, and the prices that prove it.

    Attributes
    ----------
    starts, codes : ndarray of int64, shapes (n + 1,) and (n × topics,)
        Mentor `i` has the codes ``codes[starts[i]:starts[i + 1]]``, one a topic.
    table : ndarray of int32, shape (topics × levels, n)
        The points that each code gives with every mentee; those of a pair are the sum over the mentor's codes.
    partner : ndarray of int64, shape (n,)
        The mentee of each mentor in an optimal matching.
    u, v : ndarray of int64, shape (n,)
        Prices of the mentors and of the mentees: no pair is worth more than its two, and the planted pairs just as much.
    """

    starts: NDArray[np.int64]
    codes: NDArray[np.int64]
    table: NDArray[np.int32]
    partner: NDArray[np.int64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]

    @property
    def total(self) -> int:
        """The most points of any matching in which everybody has one partner."""
        return int(self.u.sum() + self.v.sum())

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns).

        Parameters
        ----------
        rows, columns : ndarray of int
            Positions of mentors and of mentees.

        Returns
        -------
        ndarray of int64, shape (rows, columns)
            Whole points from 0 to 1,000,000.

        Raises
        ------
        InvalidInputError
            If a row or a column is not there.
        """
        rows, columns = positions(
            "planted", rows=(rows, len(self.u)), columns=(columns, len(self.v))
        )
        codes, table = self.codes.reshape(len(self.u), -1)[rows], self.table[:, columns]
        points = np.zeros((len(rows), len(columns)), np.int64)
        for code in codes.T:
            points += table[code]
        return points


def planted(
    n: int = 500, topics: int = 6, levels: int = 16, kinds: int | None = None, seed: int = 0
) -> Planted:
    r"""Invent points of `n` mentors with `n` mentees whose best matching is known.

    Every person has a level in each of `m` topics, a vector :math:`x \in \{0, \ldots, L - 1\}^m`. What a mentee with the
    vector `z` asks of a mentor is not `z` but :math:`Az`, twice the own level plus the levels of the neighbouring
    topics, and points fall with the square of the distance. With whole numbers `b` and `c` that make the most of
    1,000,000 points,

    .. math:: p_{ij} = b - c\, \left\lVert x_i - A z_j \right\rVert^2, \qquad
              A_{kk} = 2,\ A_{k,k+1} = A_{k+1,k} = 1,\ 0 \text{ elsewhere.}

    The mentees have the same vectors as the mentors in random order: :math:`z_{\pi(i)} = x_i`. Then :math:`\pi` is
    optimal. For, with the prices :math:`u_i = b + c\, (x_i^\top A x_i - \left\lVert x_i \right\rVert^2)` and
    :math:`v_j = c\, (z_j^\top A z_j - \left\lVert A z_j \right\rVert^2)` and the difference :math:`d = x_i - z_j`,

    .. math:: u_i + v_j - p_{ij} = c\, d^\top A d
              = c\, \Bigl( d_1^2 + d_m^2 + \sum_{k < m} (d_k + d_{k+1})^2 \Bigr) \ge 0,

    with equality for the planted pairs, so that no matching in which everybody has one partner has more than
    :math:`\sum_i u_i + \sum_j v_j`; nor has any other, since no points are negative. The sum of squares is 0 only where
    :math:`d_1 = 0`, hence :math:`d_2 = 0`, and so on: two people are worth their prices only if all their levels are
    the same. So the planted matching is the only best one exactly if all mentors differ (``kinds=None``). With `kinds`
    vectors for everybody any two people of one kind can be exchanged: many ties.

    Mentees ask for far more than anybody has, so most mentors are nearest to the same few of them, and taking the
    nearest two again and again ends below the optimum. That gradients of convex functions are optimal maps is Brenier's
    theorem [1]_; here the function is :math:`\tfrac{1}{2} x^\top A x`.

    The same arguments give the same points on any machine, under any version of numpy.

    Parameters
    ----------
    n : int
        How many mentors, and how many mentees; at least 1.
    topics, levels : int
        The number of topics `m`, at least 1, and of levels `L` of each, at least 2. One topic is easy: who is sorted by
        level is matched. The table takes `4 × topics × levels × n` bytes.
    kinds : int, optional
        How many different people there are on each side: up to `n`, and a quarter of the :math:`L^m` possible ones.
        Without it, everybody is different.
    seed : int
        0 or more; another seed gives another problem.

    Returns
    -------
    Planted
        Points as codes and a table, and the optimum with its proof.

    Raises
    ------
    InvalidInputError
        If a number is not whole, too small or too large.

    References
    ----------
    .. [1] Y. Brenier, "Polar factorization and monotone rearrangement of vector-valued functions", Communications on
       Pure and Applied Mathematics 44(4), 1991. :doi:`10.1002/cpa.3160440402`

    Examples
    --------
    >>> import numpy as np
    >>> import rmatch
    >>> problem = rmatch.datasets.planted(40)
    >>> points = problem.block(np.arange(40), np.arange(40))
    >>> rmatch.assign(points).total == problem.total
    True
    """
    least = {
        "n": (n, 1),
        "topics": (topics, 1),
        "levels": (levels, 2),
        "kinds": (1 if kinds is None else kinds, 1),
        "seed": (seed, 0),
    }
    refuse(
        fault
        for name, (value, low) in least.items()
        for fault in whole("planted", name, value, low)
    )
    kinds = n if kinds is None else kinds
    _check_room(n, topics, levels, kinds)
    dice = Dice(int(seed))
    own = np.arange(n) if kinds == n else dice.whole("kind", n, 0, kinds - 1)
    mentors = _different(kinds, topics, levels, dice)[own]
    order = np.argsort(dice.uniform("order", n), kind="stable")
    mentees, partner = mentors[order], np.argsort(order)
    most = MOST // topics
    unit = most // (4 * (levels - 1)) ** 2
    wanted = _wanted(mentees)
    distance = np.arange(levels)[:, None] - wanted.T[:, None, :]
    return Planted(
        starts=np.arange(0, n * topics + 1, topics),
        codes=(mentors + levels * np.arange(topics)).ravel(),
        table=(most - unit * distance**2).reshape(-1, n).astype(np.int32),
        partner=partner,
        u=topics * most + unit * (mentors * (_wanted(mentors) - mentors)).sum(1),
        v=unit * (wanted * (mentees - wanted)).sum(1),
    )


def _check_room(n: int, topics: int, levels: int, kinds: int) -> None:
    faults = []
    if kinds > n:
        faults.append(
            Fault("planted", "kinds", f"{kinds} kinds of {n} people", f"give {n} or fewer")
        )
    if ROOM * kinds > levels**topics:
        problem = (
            f"{kinds} of {levels**topics} possible people cannot all be different and at random"
        )
        faults.append(
            Fault("planted", "levels", problem, "give more levels or topics, or fewer kinds")
        )
    if topics * (4 * (levels - 1)) ** 2 > MOST:
        problem = f"{levels} levels of {topics} topics do not fit into {numeral(MOST)} points"
        faults.append(Fault("planted", "levels", problem, "give fewer levels or topics"))
    refuse(faults)


def _different(count: int, topics: int, levels: int, dice: Dice) -> NDArray[np.int64]:
    """Draw so many different vectors of levels."""
    # Twice as many out of four times as many hold enough different ones, and these few more where there are few.
    drawn = dice.uniform("levels", topics * (2 * count + 64)).reshape(-1, topics)
    _, first = np.unique(vectors := (drawn * levels).astype(np.int64), axis=0, return_index=True)
    return vectors[np.sort(first)[:count]]


def _wanted(levels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return twice the own levels plus those of the neighbouring topics."""
    wanted = 2 * levels
    wanted[:, 1:] += levels[:, :-1]
    wanted[:, :-1] += levels[:, 1:]
    return wanted
