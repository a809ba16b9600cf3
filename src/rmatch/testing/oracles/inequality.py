"""Inequality indices, by their definitions; exact where they are fractions."""

from __future__ import annotations

from fractions import Fraction
from math import exp, fsum, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def gini(values: Sequence[float]) -> Fraction:
    r"""Return the Gini index, :math:`\sum_{ik} |b_i - b_k| / (2 n^2 \bar b)`, exactly.

    Examples
    --------
    >>> gini([1, 2, 3, 4])
    Fraction(1, 4)
    """
    b = list(map(Fraction, values))
    return sum((abs(one - other) for one in b for other in b), Fraction(0)) / (2 * len(b) * sum(b))


def jain(values: Sequence[float]) -> Fraction:
    r"""Return Jain's index of *equality*, :math:`(\sum b_i)^2 / (n \sum b_i^2)`, exactly.

    Examples
    --------
    >>> jain([1, 2, 3, 4])
    Fraction(5, 6)
    """
    b = list(map(Fraction, values))
    return Fraction(sum(b) ** 2) / (len(b) * sum(value * value for value in b))


def entropy(values: Sequence[float], alpha: int = 2) -> Fraction:
    r"""Return the generalised entropy, :math:`\frac{1}{n \alpha (\alpha - 1)} \sum ((b_i / \bar b)^\alpha - 1)`, exactly.

    For a whole :math:`\alpha` other than 0 and 1.

    Examples
    --------
    >>> entropy([1, 2, 3, 4])
    Fraction(1, 10)
    """
    b = list(map(Fraction, values))
    mean = sum(b, Fraction(0)) / len(b)
    return sum((Fraction((value / mean) ** alpha) - 1 for value in b), Fraction(0)) / (
        len(b) * alpha * (alpha - 1)
    )


def theil(values: Sequence[float]) -> float:
    r"""Return Theil's index, :math:`\frac1n \sum \frac{b_i}{\bar b} \ln \frac{b_i}{\bar b}`, with :math:`0 \ln\, 0 = 0`.

    Examples
    --------
    >>> round(theil([1, 2, 3, 4]), 10)
    0.1064401353
    """
    mean = fsum(values) / len(values)
    return fsum(value / mean * log(value / mean) for value in values if value) / len(values)


def log_deviation(values: Sequence[float]) -> float:
    r"""Return the mean logarithmic deviation, :math:`-\frac1n \sum \ln\, (b_i / \bar b)`, for values above 0.

    Examples
    --------
    >>> round(log_deviation([1, 2, 3, 4]), 10)
    0.1217772743
    """
    mean = fsum(values) / len(values)
    return -fsum(log(value / mean) for value in values) / len(values)


def atkinson(values: Sequence[float], epsilon: float) -> float:
    r"""Return Atkinson's index, :math:`1 - (\frac1n \sum b_i^{1-\epsilon})^{1/(1-\epsilon)} / \bar b`; geometric mean at 1.

    Examples
    --------
    >>> [round(atkinson([1, 2, 3, 4], epsilon), 10) for epsilon in (0.5, 1, 2)]
    [0.0555858574, 0.1146544642, 0.232]
    """
    if epsilon == 1:
        return 1 - exp(-log_deviation(values))
    mean = fsum(values) / len(values)
    equal: float = (fsum(value ** (1 - epsilon) for value in values) / len(values)) ** (
        1 / (1 - epsilon)
    )
    return 1 - equal / mean
