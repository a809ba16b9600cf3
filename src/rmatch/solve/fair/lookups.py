"""Looking up what whole points stand for, in tables of all numbers in between: by numpy, or compiled where that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.arrays import lent
from rmatch.solve.columns import large_enough
from rmatch.utils.stopping import listen
from rmatch.utils.threads import by_strips

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
    by_strips(points.shape, lambda *rows: task(slice(*rows)), at_once, lambda: listen("α"))


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

        _compiled(compiled_lookups.note, points.shape, _laid(points), _laid(usable), low, there)
        return

    def noted(rows: slice) -> None:
        there[points[rows][usable[rows]] - low] = True

    by_block(points, noted)


def look_up(points: Numbers, low: int, table: NDArray[Any], out: NDArray[Any]) -> None:
    """Write down what a table that begins with `low` says for each pair: points beyond an end of it count as that end."""
    if large_enough(points.size):
        from rmatch.solve.fair import compiled_lookups

        _compiled(compiled_lookups.look_up, points.shape, _laid(points), low, table, out)
        return

    def looked_up(rows: slice) -> None:
        place = np.subtract(points[rows], low, dtype=np.int64)
        out[rows] = np.take(table, place, mode="clip")

    by_block(points, looked_up)


def _compiled(loop: Callable[..., None], shape: tuple[int, int], *given: Any) -> None:
    by_strips(shape, lambda *rows: loop(*given, *rows), COMPILED, lambda: listen("α"))


def _laid(matrix: NDArray[Any]) -> NDArray[Any]:
    """Return a matrix row by row, to be looked at: for any other kind everything would be compiled once more."""
    return lent(np.require(matrix, requirements=("C", "A")))
