"""Proof that no matching is better, and its checker, which shares nothing with the solver."""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.network import Whole
from rmatch.utils.values import Value

FORBIDDEN = -(2**29)
"""What a pair that may not be made has on top of its points, three times at most, where there is no mask."""
ALLOWED = FORBIDDEN // 2
"""More points than this mark a pair that may be made: points of 2**25 at most are far from either side of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Certificate(Value):
    r"""Prices that bound the points of any matching.

    With the prices :math:`u_i, v_j` and the bonus :math:`\lambda` for each pair, and :math:`u_i + v_j \ge p_{ij} +
    \lambda` for every allowed pair that is not used, the matchings of `K` pairs or more have at most

    .. math:: \sum_i \max(c_i u_i, l_i u_i) + \sum_j \max(d_j v_j, m_j v_j)
              + \sum_{ij} \max(0,\, p_{ij} + \lambda - u_i - v_j) - \lambda K

    points, the third sum over the used pairs. A first partner who is worth :math:`w_i` makes :math:`\max_{l_i \le d \le c_i}
    d u_i + w_i [d \ge 1]` of the first. A price below 0 stands for the multiplier of a minimum. If the bound is
    reached and :math:`\lambda` exceeds what all the points together can differ by, there are no matchings of more pairs.

    Attributes
    ----------
    u, v : numpy.ndarray of int64
        Prices of the mentors and of the mentees.
    bonus : int
        What each pair counts beside its points; 0 where the number of pairs does not matter.
    """

    u: Whole
    v: Whole
    bonus: int

    def without(
        self, before: tuple[Whole, Whole, Whole], after: tuple[Whole, Whole, Whole]
    ) -> Certificate:
        """Return prices that hold for other pairs: those no longer used must not exceed their prices any more.

        Parameters
        ----------
        before, after : tuple of three numpy.ndarray of int64
            Row, column and points of each used pair: those that the prices were made for, and the new ones.

        Returns
        -------
        Certificate
            With higher prices of some rows.
        """
        rows, columns, points = before
        width = len(self.v)
        left = ~np.isin(rows * width + columns, after[0] * width + after[1])
        above = points + self.bonus - self.u[rows] - self.v[columns]
        raised = np.zeros_like(self.u)
        np.maximum.at(raised, rows[left], above[left])
        return Certificate(self.u + raised, self.v, self.bonus)

    def bound(
        self,
        pairs: tuple[Whole, Whole, Whole],
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
        firsts: tuple[Whole, Whole] | None = None,
    ) -> int:
        """Return the most points of any matching with as many pairs as these, if no other pair exceeds its prices.

        Parameters
        ----------
        pairs : tuple of three numpy.ndarray of int64
            Row, column and points of each used pair.
        capacities, minimums : tuple of two numpy.ndarray of int64
            Most and fewest partners of each mentor and of each mentee.
        firsts : tuple of two numpy.ndarray of int64, optional
            What the first partner of each is worth beside the points.

        Returns
        -------
        int
            The bound.
        """
        rows, columns, points = pairs
        over = points + self.bonus - self.u[rows] - self.v[columns]
        worths = firsts or (0 * self.u, 0 * self.v)
        places = sum(map(_of_places, (self.u, self.v), capacities, minimums, worths))
        return places + _total(over > 0, over) - self.bonus * len(rows)


def _of_places(price: Whole, most: Whole, fewest: Whole, worth: Whole) -> int:
    """Return what the places of a side are worth at the best numbers of partners for these prices."""
    once = (worth + price > 0) & (most > 0)
    count = np.where(price > 0, most, np.maximum(fewest, once))
    return _total(count, price) + _total(count > 0, worth)


def _total(counts: NDArray[np.integer] | NDArray[np.bool_], prices: Whole) -> int:
    """Return the sum of products, in numbers of any size: many places at high prices would wrap around in 64 bits."""
    return sum(map(mul, counts.tolist(), prices.tolist()))
