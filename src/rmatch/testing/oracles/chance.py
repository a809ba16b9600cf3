"""How unlikely a frequency is, exactly."""

from __future__ import annotations

from fractions import Fraction
from math import comb


def binomial_tail(count: int, trials: int, chance: Fraction) -> Fraction:
    r"""Return how likely a binomial count is to be as far out on its side as this one, doubled.

    .. math:: 2 \min\Bigl(\sum_{k \le c} b_k,\ \sum_{k \ge c} b_k\Bigr), \qquad b_k = \binom{n}{k} p^k (1-p)^{n-k}

    Parameters
    ----------
    count : int
        The count `c`.
    trials : int
        The number of trials `n`.
    chance : Fraction
        The chance `p` of each.

    Returns
    -------
    Fraction
        At most 1.

    Examples
    --------
    >>> binomial_tail(10, 10, Fraction(1, 2))
    Fraction(1, 512)
    """
    masses = [comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    return min(
        Fraction(1),
        2 * min(sum(masses[: count + 1], Fraction(0)), sum(masses[count:], Fraction(0))),
    )
