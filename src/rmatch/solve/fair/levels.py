"""The levels of a flow: which different points its pairs have, from the lowest up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.network.residual import Residual

BAND, SAMPLE = 2**17, 64
"""About how many arcs are sorted at a time, and how many of them are drawn to find out where such a band ends."""

GLANCE = 4096
"""How many arcs are looked at together on the way to the next level."""


@dataclass(frozen=True, slots=True)
class Level:
    """The free arcs of one level.

    Attributes
    ----------
    value : int or float
        The points.
    rows, columns : numpy.ndarray of int64
        The arcs, each once.
    costs : numpy.ndarray of int64
        How often each of them has these points: once, or twice if both sides give them.
    """

    value: float
    rows: Whole
    columns: Whole
    costs: Whole


def used_levels(residual: Residual, levels: tuple[Numbers, ...]) -> Iterator[Level]:
    """Go through the levels on which the flow has free units, from the lowest, and close all levels in between.

    Parameters
    ----------
    residual : Residual
        A flow, which may change from one level to the next, but only to higher levels.
    levels : tuple of numpy.ndarray
        The points of the real arcs, in one matrix or in one for each side.

    Yields
    ------
    Level
        All free arcs of the level, used or not.
    """
    lowest = _close_below_the_lowest(residual, levels)
    for above, last in pairwise([lowest, *_edges(levels, lowest)]):
        values, rows, columns = _band(residual, levels, above, last)
        done = 0
        while (first := _first(residual.back, columns, rows, done)) < len(values):
            start, stop = (
                int(np.searchsorted(values, values[first], side)) for side in ("left", "right")
            )
            residual.ahead[rows[done:start], columns[done:start]] = False
            yield _level(residual, values[first].item(), rows[start:stop], columns[start:stop])
            done = stop
        residual.ahead[rows[done:], columns[done:]] = False


def _close_below_the_lowest(residual: Residual, levels: tuple[Numbers, ...]) -> float:
    """Close all arcs below the lowest level in use, and return what is just below that level."""
    columns, rows = np.nonzero(residual.back[:-1, :-1])
    lowest = min(level[rows, columns].min(initial=level.max(initial=0)) for level in levels)
    for level in levels:
        residual.ahead[:-1, :-1] &= level >= lowest
    below: float = (
        lowest - 1 if np.issubdtype(lowest.dtype, np.integer) else np.nextafter(lowest, -np.inf)
    )
    return below


def _edges(levels: tuple[Numbers, ...], lowest: float) -> list[float]:
    """Return where the bands end, the last one nowhere: seldom is more than the lowest of them looked at for max-min."""
    sample = np.sort(np.concatenate([level.ravel()[:: BAND // SAMPLE] for level in levels]))
    edges = np.unique(sample[sample > lowest][SAMPLE - 1 :: SAMPLE])
    return [*edges.tolist(), np.inf]


def _band(
    residual: Residual, levels: tuple[Numbers, ...], above: float, last: float
) -> tuple[Numbers, Whole, Whole]:
    """Return the points and the ends of the free arcs whose points lie in a band, sorted by points."""
    arcs = [np.nonzero((level > above) & (level <= last)) for level in levels]
    values = np.concatenate([level[some] for level, some in zip(levels, arcs, strict=True)])
    rows, columns = (np.concatenate([some[side] for some in arcs]) for side in (0, 1))
    free = np.flatnonzero(residual.ahead[rows, columns] | residual.back[columns, rows])
    order = free[np.argsort(values[free], kind="stable")]
    return values[order], rows[order], columns[order]


def _first(back: NDArray[np.bool_], columns: Whole, rows: Whole, done: int) -> int:
    """Return the first place from `done` on whose arc is used and free; the number of places if there is none."""
    for start in range(done, len(rows), GLANCE):
        used = back[columns[start : start + GLANCE], rows[start : start + GLANCE]]
        if used.any():
            return start + int(used.argmax())
    return len(rows)


def _level(residual: Residual, value: float, rows: Whole, columns: Whole) -> Level:
    free = residual.ahead[rows, columns] | residual.back[columns, rows]
    width = residual.flow.shape[1]
    arcs, costs = np.unique(rows[free] * width + columns[free], return_counts=True)
    return Level(value, arcs // width, arcs % width, costs)
