"""An exact test for small groups: how easily a blind draw would give a difference as large."""

from __future__ import annotations

import math
from fractions import Fraction


def hypergeometric(size: int, placed: int, group: int, people: int) -> float:
    r"""Return the two-sided exact p-value of a group's match rate.

    If the `placed` places were drawn blindly among all `people`, the number of a group's people with a place would be
    hypergeometric. The p-value is the probability of a number that is as unlikely as the one seen, or more so,

    .. math:: \frac{1}{\binom{N}{K}} \sum_{x:\,w_x \le w_k} w_x, \qquad w_x = \binom{n}{x} \binom{N - n}{K - x},

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
