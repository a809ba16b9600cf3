"""The compiled loops that turn points into costs."""

from __future__ import annotations

from typing import Any

from rmatch.utils.compiled import compiled

SQUARE = 64
"""So many rows and columns are turned at once: what nearest memory fetches together is used together."""


@compiled
def bounds(points: Any, allowed: Any, first: int, last: int) -> tuple[int, int]:
    """Return the lowest and the highest points of allowed pairs of some rows, or 0; without a mask all are."""
    low = high = none = points.dtype.type(0)
    for i in range(first, last):
        row = points[i]
        if allowed.size:
            open_here = allowed[i]
            for j in range(row.size):
                value = row[j] if open_here[j] else none
                low = value if value < low else low  # noqa: FURB136 - the call is not vectorised
                high = value if value > high else high  # noqa: FURB136 - the call is not vectorised
        else:
            for j in range(row.size):
                low = row[j] if row[j] < low else low  # noqa: FURB136 - the call is not vectorised
                high = row[j] if row[j] > high else high  # noqa: FURB136 - the call is not vectorised
    return low, high


@compiled
def write(
    points: Any, allowed: Any, top: int, barred: int, cost: Any, first: int, last: int
) -> None:
    """Write down twice what each pair of some rows lacks to the top, and `barred` if it is not allowed; without a mask all are."""
    for i in range(first, last):
        row, out = points[i], cost[i]
        if allowed.size:
            open_here = allowed[i]
            for j in range(out.size):
                out[j] = 2 * (top - row[j]) if open_here[j] else barred
        else:
            for j in range(out.size):
                out[j] = 2 * (top - row[j])


@compiled
def write_turned(
    points: Any, allowed: Any, top: int, barred: int, cost: Any, first: int, last: int
) -> None:
    """Write down the same with columns for rows, a square at a time."""
    columns = points.shape[1]
    for above in range(first, last, SQUARE):
        below = min(above + SQUARE, last)
        for begin in range(0, columns, SQUARE):
            for j in range(begin, min(begin + SQUARE, columns)):
                if allowed.size:
                    for i in range(above, below):
                        cost[j, i] = 2 * (top - points[i, j]) if allowed[i, j] else barred
                else:
                    for i in range(above, below):
                        cost[j, i] = 2 * (top - points[i, j])
