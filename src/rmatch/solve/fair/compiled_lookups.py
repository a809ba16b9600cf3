"""The loops of looking up, compiled; they come with the extra `scale`."""

from __future__ import annotations

from typing import Any

from rmatch.utils.compiled import compiled


@compiled
def note(points: Any, usable: Any, low: int, there: Any, first: int, last: int) -> None:
    """Note which points the usable pairs of some rows have."""
    for i in range(first, last):
        row, open_here = points[i], usable[i]
        for j in range(row.size):
            if open_here[j]:
                there[row[j] - low] = True


@compiled
def look_up(points: Any, low: int, table: Any, out: Any, first: int, last: int) -> None:
    """Write down what a table says for each pair of some rows."""
    end = table.size - 1
    for i in range(first, last):
        row = points[i]
        for j in range(row.size):
            out[i, j] = table[min(max(row[j] - low, 0), end)]
