"""How whole points are shared out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 1_000_000
"""The most points that the built-in criteria can give a pair."""


def allot(most: int, weights: Mapping[str, float]) -> dict[str, int]:
    r"""Share out whole points in proportion to weights.

    Each share :math:`\lfloor m\, w_k / \sum_l w_l \rfloor` is rounded once, downwards, so that equal weights get
    equal points whatever stands beside them; the sum may fall short of `most` by less than one point a weight.

    Parameters
    ----------
    most : int
        The points to share out.
    weights : mapping of str to float
        Not negative; those of zero get nothing and are left out.

    Returns
    -------
    dict of str to int
        The points of each name with a positive weight.

    Examples
    --------
    >>> allot(1_000_000, {"a": 1, "b": 1, "c": 1})
    {'a': 333333, 'b': 333333, 'c': 333333}
    """
    exact = {
        name: Fraction(weight.item() if isinstance(weight, np.generic) else weight)
        for name, weight in weights.items()
        if weight > 0
    }
    total = sum(exact.values())
    # Rounding the ratio to a smaller denominator takes away the noise of the floats: 0.1 : 0.2 is 1 : 2.
    shares = {name: (weight / total).limit_denominator(10**9) for name, weight in exact.items()}
    return {name: int(most * share) for name, share in shares.items()}


def rounded_mean(total: int, count: int) -> int:
    """Return the mean of whole points, rounded half up to a whole number.

    Examples
    --------
    >>> rounded_mean(7, 2)
    4
    """
    return (2 * total + count) // (2 * count)
