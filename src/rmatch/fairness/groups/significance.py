"""An exact test for small groups: how easily a blind draw would give a difference as large."""

from __future__ import annotations

from math import comb

BITS = 192
"""What is seen counts as two to this power, and all else is counted beside it in whole numbers."""
CLEAR = 96
"""What differs from it within so many bits is told apart for certain: rounding adds up to less."""


def hypergeometric(size: int, placed: int, group: int, people: int) -> float:
    r"""Return the two-sided exact p-value of a group's match rate.

    If the `placed` places were drawn blindly among all `people`, the number of a group's people with a place would be
    hypergeometric. The p-value is the probability of a number that is as unlikely as the one seen, or more so,

    .. math:: \frac{1}{\binom{N}{K}} \sum_{x:\,w_x \le w_k} w_x, \qquad w_x = \binom{n}{x} \binom{N - n}{K - x},

    summed in whole numbers beside :math:`w_k`, which is off by less than :math:`2^{-128}` of it, and rounded to a float
    once. Which numbers are as unlikely is decided exactly. It is the test of Fisher, :doi:`10.2307/2340521`, with the
    two-sided convention of Freeman and Halton, :doi:`10.1093/biomet/38.1-2.141`.

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
    others, table = people - size, (size, group, people)
    seen = 1 << BITS
    as_unlikely, likelier = seen, 0
    for way in (1, -1):
        number, ways = placed, seen
        while ways:
            # Each is its neighbour times a fraction, which is 0 beyond the last one, and once it falls it falls for good.
            if way > 0:
                ways *= (size - number) * (group - number)
                ways //= (number + 1) * (others - group + number + 1)
            else:
                ways *= number * (others - group + number)
                ways //= (size - number + 1) * (group - number + 1)
            number += way
            clear = abs(ways - seen) >> CLEAR
            if ways <= seen and (clear or _ways(number, *table) <= _ways(placed, *table)):
                as_unlikely += ways
            else:
                likelier += ways
    return as_unlikely / (as_unlikely + likelier)


def _ways(number: int, size: int, group: int, people: int) -> int:
    """Return in how many ways so many of a group can have a place."""
    return comb(size, number) * comb(people - size, group - number)
