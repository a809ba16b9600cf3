"""Strategies for points, one by one and as matrices."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNIQUE_CELLS = 30
"""Up to how many cells a matrix can have totals that all differ, in numbers that float64 holds exactly."""


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


@st.composite
def score_matrices(
    draw: st.DrawFn,
    *,
    min_mentors: int = 1,
    max_mentors: int = 5,
    min_mentees: int = 1,
    max_mentees: int = 5,
    elements: st.SearchStrategy[Any] | None = None,
    unique: bool = False,
) -> NDArray[Any]:
    """Return matrices of points; they shrink towards one cell of 0.

    Requires the hypothesis package.

    Parameters
    ----------
    min_mentors, max_mentors, min_mentees, max_mentees : int
        Bounds of the shape.
    elements : SearchStrategy, optional
        The points, :func:`whole_points` if absent.
    unique : bool
        Whether no two sets of cells may have the same total, so that the optimum is unique. The elements have to be
        whole; up to 30 cells.

    Returns
    -------
    SearchStrategy of numpy.ndarray
        Matrices of int64, or float64 for fractional elements.
    """
    check_bounds(min_mentors, max_mentors, "mentors")
    check_bounds(min_mentees, max_mentees, "mentees")
    if unique and max_mentors * max_mentees > UNIQUE_CELLS:
        message = f"unique=True needs max_mentors * max_mentees <= {UNIQUE_CELLS}"
        raise InvalidArgument(message)
    rows = draw(st.integers(min_mentors, max_mentors))
    columns = draw(st.integers(min_mentees, max_mentees))
    size = rows * columns
    cells = draw(_cells(whole_points() if elements is None else elements, size))
    if unique:
        # Every cell has a binary digit of its own below all points, so no two sets of cells have the same sum.
        ranks = draw(st.permutations(range(size)))
        cells = [(cell << size) + (1 << rank) for cell, rank in zip(cells, ranks, strict=True)]
    kind = np.float64 if any(isinstance(cell, float) for cell in cells) else np.int64
    return np.array(cells, kind).reshape(rows, columns)


@lru_cache(256)
def _cells(each: st.SearchStrategy[Any], size: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=size, max_size=size)


def check_bounds(least: int, most: int, what: str) -> None:
    """Refuse bounds that no number fits."""
    if not 0 <= least <= most:
        message = f"min_{what}={least!r} and max_{what}={most!r}: give 0 <= min <= max"
        raise InvalidArgument(message)
