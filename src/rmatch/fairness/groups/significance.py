"""Exact tests for small groups: how easily a blind draw would give a difference as large."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALL_DRAWS = 50_000
"""Up to so many possible draws, all of them are tried."""
MOST_DRAWS, LEAST_DRAWS, BUDGET = 9_999, 499, 10_000_000
"""Random draws otherwise: as many as the budget of drawn amounts allows for, within the two bounds."""


def hypergeometric(size: int, placed: int, group: int, people: int) -> float:
    r"""Return the two-sided exact p-value of a group's match rate.

    If the `placed` places were drawn blindly among all `people`, the number of a group's people with a place would be
    hypergeometric. The p-value is the probability of a number that is as unlikely as the one seen, or more so,

    .. math:: \sum_{x:\,w_x \le w_k} w_x \Big/ \binom{N}{K}, \qquad w_x = \binom{n}{x} \binom{N - n}{K - x},

    summed in whole numbers and rounded once. It is the test of Fisher, :doi:`10.2307/2340521`, with the two-sided
    convention of Freeman and Halton, :doi:`10.1093/biomet/38.1-2.141`.

    Parameters
    ----------
    size, placed : int
        How many are in the group, and how many of them have a place.
    group, people : int
        How many have a place, and how many there are, with and without the group.

    Returns
    -------
    float
        The probability.

    Examples
    --------
    >>> round(hypergeometric(10, 1, 12, 24), 6)
    0.002759
    """
    ways = _ways(size, group, people)
    least = max(0, size + group - people)
    seen = ways[placed - least]
    as_unlikely = sum(number for number in ways if number <= seen)
    everything = math.comb(people, group)
    # Whole numbers up to here: what is as unlikely as the one seen is so exactly, and the one rounding is the last.
    return float(Fraction(as_unlikely, everything))


@dataclass(frozen=True, slots=True)
class Draws:
    """Blind draws of groups from everybody's amounts.

    Attributes
    ----------
    amounts : numpy.ndarray of int64
        What everybody has, in ascending order, so that no row order counts.
    sums : numpy.ndarray of int64, shape (draws, people)
        Sums of the first one, two, … of the amounts in random orders.
    """

    amounts: NDArray[np.int64]
    sums: NDArray[np.int64]

    @classmethod
    def of(cls, amounts: NDArray[np.int64]) -> Draws:
        """Make the draws, the same for the same amounts."""
        ordered = np.sort(amounts)
        people = len(ordered)
        affordable = BUDGET // max(people, 1)
        count = min(MOST_DRAWS, max(LEAST_DRAWS, affordable))
        random = np.random.default_rng(0)
        # Sorted first, the same amounts are mixed in the same way, whatever the order of the rows was.
        orders = random.permuted(np.broadcast_to(ordered, (count, people)), axis=1)
        return cls(ordered, np.cumsum(orders, axis=1, out=orders))

    def p_value(self, total: int, size: int) -> tuple[float, int]:
        r"""Return how often a blind draw of a group is as far from the mean as this one, or further.

        The p-value is the share of all :math:`\binom{K}{k}` groups of the size with
        :math:`|s - k \mu| \ge |s_{\text{seen}} - k \mu|`, where `s` is the sum of a group's amounts. Where there are more than
        :data:`ALL_DRAWS` groups, it is :math:`(1 + b) / (1 + B)` with the `b` of `B` random ones for which this holds.
        Sources: Fisher, *The design of experiments*, 1935; Phipson and Smyth, :doi:`10.2202/1544-6115.1585`.

        Parameters
        ----------
        total : int
            The sum of the group's amounts.
        size : int
            How many are in the group.

        Returns
        -------
        tuple of float and int
            The p-value, and the number of random draws; 0 if all groups were tried.
        """
        people = len(self.amounts)
        seen = self._distance(total, size)
        if _number_of_groups(people, size) <= ALL_DRAWS:
            # A group is as far from the mean as all the others together are: try whichever of the two is smaller.
            fewer = min(size, people - size)
            groups = combinations(self.amounts.tolist(), fewer)
            sums = np.array([sum(group) for group in groups], np.int64)
            as_far = self._distance(sums, fewer) >= seen
            return float(np.mean(as_far)), 0
        # The first people of a random order are a random group.
        sums = self.sums[:, size - 1]
        as_far = self._distance(sums, size) >= seen
        draws, hits = len(sums), int(as_far.sum())
        return (1 + hits) / (1 + draws), draws

    def _distance(self, total: Any, size: int) -> Any:
        """Return how far groups' sums are from what their size lets expect, times the number of people to stay whole."""
        people = len(self.amounts)
        everything = int(self.amounts.sum())
        return abs(people * total - size * everything)


def _number_of_groups(people: int, size: int) -> int:
    """Return how many groups of a size there are, no further than beyond :data:`ALL_DRAWS`."""
    number = 1
    for taken in range(min(size, people - size)):
        number = number * (people - taken) // (taken + 1)
        if number > ALL_DRAWS:
            break
    return number


def _ways(size: int, places: int, people: int) -> list[int]:
    """Return in how many ways `x` of a group of some size can have a place, for every possible `x`."""
    others = people - size
    least = max(0, places - others)
    most = min(size, places)
    ways = [math.comb(size, least) * math.comb(others, places - least)]
    for x in range(least, most):
        # Each number is the one before times a fraction, far cheaper than two binomials; the division is exact.
        times = (size - x) * (places - x)
        by = (x + 1) * (others - places + x + 1)
        ways.append(ways[-1] * times // by)
    return ways
