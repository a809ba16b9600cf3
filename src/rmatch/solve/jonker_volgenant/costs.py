"""The compiled loops that turn points into costs."""

from __future__ import annotations

from typing import Any

from rmatch.utils.compiled import compiled

SQUARE = 128
"""So many rows and columns are turned at once: both stay in the nearer memory."""


@compiled
def bounds(points: Any, allowed: Any) -> tuple[int, int]:
    """Return the lowest and the highest points of allowed pairs, or 0; without a mask all are."""
    low = high = points[0, 0] - points[0, 0]
    for i in range(points.shape[0]):
        row = points[i]
        if allowed.size:
            open_here = allowed[i]
            for j in range(row.size):
                value = row[j] if open_here[j] else 0
                low = value if value < low else low  # noqa: FURB136 - the call is not vectorised
                high = value if value > high else high  # noqa: FURB136 - the call is not vectorised
        else:
            for j in range(row.size):
                low = row[j] if row[j] < low else low  # noqa: FURB136 - the call is not vectorised
                high = row[j] if row[j] > high else high  # noqa: FURB136 - the call is not vectorised
    return low, high


@compiled
def write(points: Any, allowed: Any, top: int, barred: int, cost: Any) -> None:
    """Write down twice what each pair lacks to the top, and `barred` if it is not allowed; without a mask all are."""
    for i in range(cost.shape[0]):
        row, out = points[i], cost[i]
        if allowed.size:
            open_here = allowed[i]
            for j in range(out.size):
                out[j] = 2 * (top - row[j]) if open_here[j] else barred
        else:
            for j in range(out.size):
                out[j] = 2 * (top - row[j])


@compiled
def write_turned(points: Any, allowed: Any, top: int, barred: int, cost: Any) -> None:
    """Write down the same with columns for rows, a square at a time."""
    rows, columns = points.shape
    for first in range(0, rows, SQUARE):
        for begin in range(0, columns, SQUARE):
            for j in range(begin, min(begin + SQUARE, columns)):
                for i in range(first, min(first + SQUARE, rows)):
                    is_open = allowed.size == 0 or allowed[i, j]
                    cost[j, i] = 2 * (top - points[i, j]) if is_open else barred
