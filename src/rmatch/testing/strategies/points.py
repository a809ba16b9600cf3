"""Strategies for the points of single pairs."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument


def whole_points(*, min_value: int = 0, max_value: int = 4) -> st.SearchStrategy[int]:
    """Return whole points; few different ones by default, so that ties are common.

    Requires the hypothesis package.

    Parameters
    ----------
    min_value, max_value : int
        Bounds, both included.

    Returns
    -------
    SearchStrategy of int
        Points.
    """
    return st.integers(min_value, max_value)


def dyadic_points(*, max_value: int = 1, bits: int = 10) -> st.SearchStrategy[float]:
    """Return multiples of a power of one half between 0 and a bound: fractions whose sums are exact.

    Requires the hypothesis package.

    Parameters
    ----------
    max_value : int
        The bound, included.
    bits : int
        The denominator is 2 to this power.

    Returns
    -------
    SearchStrategy of float
        Points.
    """
    if not 0 <= bits <= 40:
        message = f"bits={bits!r}: sums are exact in float64 for 0 to 40"
        raise InvalidArgument(message)
    return st.integers(0, max_value << bits).map(lambda whole: whole / (1 << bits))
