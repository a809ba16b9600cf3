"""Looking up what whole points stand for, in tables of all numbers in between: by numpy, or compiled where that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.arrays import lent
from rmatch.solve.columns import large_enough
from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen
from rmatch.utils.threads import each, pool

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.network.network import Numbers

BLOCK = 2**17
"""About so many pairs are looked at at a time, so that what is only needed in between stays in the cache."""

COMPILED = 2**20
"""So many where nothing is needed in between."""


def by_block(points: Numbers, task: Callable[[slice], None], at_once: int = BLOCK) -> None:
    """Do something with all rows, as many at a time as fit into the cache, on all processors."""
    blocks = [(rows,) for rows in strips(points.shape, at_once=at_once)]
    if len(blocks) == 1:
        task(*blocks[0])
        return
    with pool() as executor:
        for _ in each(executor, task, blocks, lambda: listen("α")):
            pass


def ends(points: Numbers) -> tuple[Any, Any]:
    """Return the lowest and the highest points; 0 of none."""
    if not points.size:
        return 0, 0
    found: list[tuple[Any, Any]] = []
    by_block(points, lambda rows: found.append((points[rows].min(), points[rows].max())))
    lows, highs = zip(*found, strict=True)
    return min(lows).item(), max(highs).item()


def note(points: Numbers, usable: NDArray[np.bool_], low: int, there: NDArray[np.bool_]) -> None:
    """Note in a table that begins with `low` which points usable pairs have."""
    if large_enough(points.size):
        from rmatch.solve.fair import compiled_lookups

        some, open_here = _laid(points), _laid(usable)
        by_block(
            points,
            lambda rows: compiled_lookups.note(some, open_here, low, there, rows.start, rows.stop),
            COMPILED,
        )
        return

    def noted(rows: slice) -> None:
        there[points[rows][usable[rows]] - low] = True

    by_block(points, noted)


def look_up(points: Numbers, low: int, table: NDArray[Any], out: NDArray[Any]) -> None:
    """Write down what a table that begins with `low` says for each pair: points beyond an end of it count as that end."""
    if large_enough(points.size):
        from rmatch.solve.fair import compiled_lookups

        some = _laid(points)
        by_block(
            points,
            lambda rows: compiled_lookups.look_up(some, low, table, out, rows.start, rows.stop),
            COMPILED,
        )
        return

    def looked_up(rows: slice) -> None:
        place = np.subtract(points[rows], low, dtype=np.int64)
        out[rows] = np.take(table, place, mode="clip")

    by_block(points, looked_up)


def _laid(matrix: NDArray[Any]) -> NDArray[Any]:
    """Return a matrix row by row, to be looked at: for any other kind everything would be compiled once more."""
    return lent(np.require(matrix, requirements=("C", "A")))
