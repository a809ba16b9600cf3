"""The α-fair transform: points become whole numbers whose largest sum is the fairest matching."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.arrays import LARGEST_WHOLE
from rmatch.solve.columns import COLUMNS_CELLS, LARGEST
from rmatch.solve.fair.lookups import by_block, ends, look_up, note
from rmatch.solve.network.network import Numbers, Whole
from rmatch.solve.problem import Problem
from rmatch.utils.aside import aside
from rmatch.utils.values import Value

TABLE = 2**22
"""The widest range of whole points that is counted out instead of sorted."""

FILLED = 1 / 8
"""The fewest pairs, as a share of that range, for which this is worth it."""

SEARCHED = 2**14
"""So many where each is searched for among all tiers, which takes a microsecond or two."""

FINEST = 2**40
"""The largest magnitude of transformed points: finer than any difference that matters, and exact in float64."""

MARGIN = 1e-9
"""What the rounding of a few float64 operations can never reach."""


WIDEST = 2**60
"""Transformed points beyond it would not add up in 64 bits."""

WASTED = 2**-7
"""How little all pairs together may weigh beside the worst pair before that pair is worth excluding."""


@dataclass(frozen=True, slots=True, eq=False)
class Tiers(Value):
    """The different points of the pairs that may be made: each is a tier, with all the pairs that have it.

    Attributes
    ----------
    values : numpy.ndarray of float64
        Each of them once, ascending.
    points : numpy.ndarray
        The points of all pairs.
    counted : bool
        Whether these are whole and so near each other that a table of all numbers in between is small.
    """

    values: NDArray[np.float64]
    points: Numbers
    counted: bool

    @classmethod
    def of(cls, points: Numbers, usable: NDArray[np.bool_]) -> Tiers:
        """Find the tiers of some pairs."""
        low, high = ends(points)
        small = high - low < min(TABLE, points.size / FILLED)
        if points.dtype.kind != "i" or not small:
            values = aside("α", points.size, lambda: _distinct(points[usable]))
            return cls(values.astype(np.float64), points, counted=False)
        there = np.zeros(high - low + 1, bool)

        note(points, usable, low, there)
        values = np.flatnonzero(there)
        return cls(values.astype(np.float64) + low, points, counted=True)

    def without_below(self, least: float) -> Tiers:
        """Return the tiers of those pairs that have so many points or more."""
        return replace(self, values=self.values[self.values >= least])

    def spread(self, numbers: Whole) -> Whole:
        """Return for every pair the number of its tier, of the next one if it has none."""
        points, values = self.points, self.values
        # Whatever is of half the size is quicker to look things up in, and to look through.
        narrow = np.int32 if abs(numbers).max(initial=0) < 2**31 else np.int64
        if not values.size:
            return np.zeros(points.shape, np.int64)
        spread, last = np.empty(points.shape, narrow), len(numbers) - 1
        if self.counted:
            whole = values.astype(np.int64)
            low = int(whole[0])
            # Points beyond the lowest and the highest tier take the number of that tier.
            table = np.repeat(numbers, np.diff(whole, prepend=low - 1)).astype(narrow)
            look_up(points, low, table, spread)
            return spread

        def searched(rows: slice) -> None:
            spread[rows] = numbers[np.minimum(np.searchsorted(values, points[rows]), last)]

        by_block(points, searched, SEARCHED)
        return spread

    def roomy(self, pairs: int) -> float:
        """Return up to which α the worst pair does not weigh so much that it uses up the range of the rounded numbers."""
        if not pairs or not self.values.size:
            return np.inf
        lowest, highest = self.values[0], self.values[-1]
        if lowest == highest:
            return np.inf
        return 1 + float(np.log(pairs / WASTED) / np.log(highest / lowest))

    def ordinal(self, alpha: float, pairs: int) -> bool:
        r"""Return whether the α-fair matchings are exactly the leximin ones.

        They are if neighbouring tiers have a ratio :math:`r` with :math:`r^{\alpha - 1} > n` for :math:`n` pairs.
        Where a leximin matching has :math:`x_k` at the first place of its sorted points that differs, and another
        matching :math:`y_k < x_k`, the other loses at least :math:`y_k^{1-\alpha}` from there on, and the leximin one
        at most :math:`n\,x_k^{1-\alpha} \le n\,r^{1-\alpha} y_k^{1-\alpha} < y_k^{1-\alpha}`.
        """
        if alpha <= 1 or len(self.values) < 2:
            return False
        ratio = np.diff(np.log(self.values)).min()
        return bool((alpha - 1) * ratio > np.log(max(pairs, 1)) + MARGIN)


@dataclass(frozen=True, slots=True, eq=False)
class Rounded(Value):
    r"""Transformed points as whole numbers: a table of what each number of points becomes.

    Attributes
    ----------
    points : numpy.ndarray
        Each number of points that a pair may have, once, ascending.
    values : numpy.ndarray of int64
        What it becomes.
    unit : float
        What 1 stands for, in :math:`f_\alpha(s / a)` with :math:`a` the `anchor`. A matching whose `n` pairs have the
        largest sum of `values` has a sum of :math:`f_\alpha` within `n` units of the largest.
    anchor : float
        The points that count as 1.
    merged : int
        How many neighbouring tiers have become equal.
    """

    points: Numbers
    values: Whole
    unit: float
    anchor: float
    merged: int

    @property
    def is_in_order(self) -> bool:
        """Whether it has each number of points once, ascending, and one whole number for it that may be added up."""
        # A document may hold anything anywhere, whatever the class of it says.
        points: Any = self.points
        values: Any = self.values
        arrays = isinstance(points, np.ndarray) and isinstance(values, np.ndarray)
        if not arrays or points.dtype.kind not in "if" or values.dtype != np.int64:
            return False
        one_each = points.ndim == values.ndim == 1 and len(points) == len(values)
        return one_each and bool((np.diff(points) > 0).all() and (np.abs(values) <= WIDEST).all())

    def looked_up(self, points: Numbers) -> tuple[Whole, NDArray[np.bool_]]:
        """Return what the points of pairs become, and which of them are in the table."""
        if not self.points.size:
            return np.zeros(points.shape, np.int64), np.zeros(points.shape, bool)
        place = np.minimum(np.searchsorted(self.points, points), len(self.points) - 1)
        return self.values[place], self.points[place] == points


def rounded(tiers: Tiers, alpha: float, half: int, *, shifted: bool) -> Rounded:
    r"""Return :math:`f_\alpha` of all points, scaled to whole numbers once.

    With :math:`f_\alpha(s) = s^{1-\alpha} / (1 - \alpha)`, and :math:`\log s` for α = 1, the lowest tier becomes
    ``-half`` and the highest ``half``. A larger tier never becomes less than a smaller one; two that are closer
    than one unit may become equal. Since :math:`f_\alpha(s / a)` is :math:`f_\alpha(s)` up to a positive factor and a
    constant, it does not matter for the best matching which points count as 1, nor does the shift as long as the
    number of pairs is fixed.

    Parameters
    ----------
    tiers : Tiers
        Different points, above 0; 0 only for α < 1.
    alpha : float
        Above 0.
    half : int
        The largest magnitude of the result.
    shifted : bool
        Whether the number of pairs is fixed. Otherwise, for α < 1 only, 0 stays 0 and the highest tier becomes `half`.

    Returns
    -------
    Rounded
        The whole numbers and what they stand for.

    Examples
    --------
    >>> points = np.array([[1, 2], [4, 8]])
    >>> tiers = Tiers.of(points, points > 0)
    >>> rounded(tiers, 1, 30, shifted=True).values.tolist()
    [-30, -10, 10, 30]
    >>> rounded(tiers, 2, 70, shifted=True).values.tolist()
    [-70, 10, 50, 70]
    """
    points = tiers.values.astype(tiers.points.dtype)
    if not points.size:
        return Rounded(points, np.zeros(0, np.int64), 0.0, 1.0, 0)
    # With this anchor no power is above 1, so that none overflows.
    anchor = float(tiers.values[-1] if alpha < 1 else tiers.values[0]) or 1.0
    with np.errstate(divide="ignore"):
        logs = np.log(tiers.values / anchor)
    worth = logs if alpha == 1 else np.expm1((1 - alpha) * logs) / (1 - alpha)
    # Unshifted points of 0 stay 0: they are worth −1 / (1 − α) here, where 1 was taken off every power.
    low = worth[0] if shifted else -1 / (1 - alpha)
    unit = (worth[-1] - low) / (2 * half if shifted else half)
    steps = (worth - low) / unit if unit else np.zeros_like(worth)
    whole = np.rint(steps).astype(np.int64) - half * shifted
    # A power may be wrong in its last digit; order must not.
    whole = np.maximum.accumulate(whole)
    merged = int((np.diff(whole) == 0).sum())
    return Rounded(points, whole, float(unit), anchor, merged)


def least_that_counts(points: Numbers, alpha: float) -> float:
    r"""Return below which points a pair alone weighs more than all pairs of a known matching, :math:`s^{1-\alpha}` for α > 1."""
    if not points.size:
        return -np.inf
    worst = points.min()
    together = float(((points / worst) ** (1 - alpha)).sum())
    return float(worst * together ** (1 / (1 - alpha)) * (1 - MARGIN))


def half_range(problem: Problem, pairs: int) -> int:
    """Return the largest magnitude for which all solvers that may be chosen are exact, whatever is installed."""
    if problem.points.size >= COLUMNS_CELLS:
        return LARGEST
    exact_in_floats = 2**51 // (2 * pairs + 3)
    exact_in_integers = LARGEST_WHOLE // (sum(problem.points.shape) + 2) - 1
    return min(FINEST, exact_in_floats, exact_in_integers)


def _distinct(points: Numbers) -> Numbers:
    """Return each number of points once, ascending: of many, `numpy.unique` would make a table of hashes, which is slow."""
    ordered: Numbers = np.sort(points)
    new = np.append(True, ordered[1:] != ordered[:-1])
    found: Numbers = ordered[new[: len(ordered)]]
    return found
