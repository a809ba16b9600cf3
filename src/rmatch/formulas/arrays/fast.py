"""Sums of rows in compiled code, for a great many pairs; it comes with the extra `scale`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE = 4096
"""So many columns are summed up at a time: their sums stay in the nearest memory."""


@compiled
def add_rows(
    starts: NDArray[Any],
    kinds: NDArray[Any],
    numbers: NDArray[Any],
    worth: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    """Add rows of a table to sums, four at a time.

    Parameters
    ----------
    starts, kinds, numbers : numpy.ndarray
        Sum `i` gets the rows ``kinds[starts[i]:starts[i + 1]]``, each as often as its number says.
    worth : numpy.ndarray, shape (kinds, columns)
        The table.
    sums : numpy.ndarray, shape (sums, columns)
        What is added to.
    """
    count, width = sums.shape
    for left in range(0, width, TILE):
        right = min(left + TILE, width)
        for i in range(count):
            mine, at, end = sums[i, left:right], starts[i], starts[i + 1]
            while at + 4 <= end:
                one, two = worth[kinds[at], left:right], worth[kinds[at + 1], left:right]
                three, four = worth[kinds[at + 2], left:right], worth[kinds[at + 3], left:right]
                a, b, c, d = numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]
                for j in range(right - left):
                    mine[j] += a * one[j] + b * two[j] + c * three[j] + d * four[j]
                at += 4
            while at < end:
                one, a = worth[kinds[at], left:right], numbers[at]
                for j in range(right - left):
                    mine[j] += a * one[j]
                at += 1
