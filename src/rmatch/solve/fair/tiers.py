"""The tiers of points, from the lowest: all arcs with the same points, a band of them sorted at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.network import Numbers, Whole
from rmatch.solve.network.residual import Residual
from rmatch.utils.stopping import listen
from rmatch.utils.values import Value


class Bands(NamedTuple):
    """How arcs are sorted by points: a band of points at a time, since few tiers are looked at to the end.

    Attributes
    ----------
    arcs : int
        About how many arcs a band has.
    sample : int
        How many of them are drawn to find out where it ends.
    glance : int
        How many arcs are looked at together on the way to the next tier.
    """

    arcs: int = 2**17
    sample: int = 64
    glance: int = 4096


BANDS = Bands()


@dataclass(frozen=True, slots=True, eq=False)
class Tier(Value):
    """The free arcs with the same points.

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


def used_tiers(
    residual: Residual, measures: tuple[Numbers, ...], bands: Bands = BANDS
) -> Iterator[Tier]:
    """Go through the tiers on which the flow has free units, from the lowest, and close all tiers in between.

    Parameters
    ----------
    residual : Residual
        A flow, which may change from one tier to the next, but only to higher tiers.
    measures : tuple of numpy.ndarray
        The points of the real arcs, in one matrix or in one for each side.
    bands : Bands
        How the arcs are sorted.

    Yields
    ------
    Tier
        All free arcs of the tier, used or not.
    """
    lowest = _close_below_the_lowest(residual, measures)
    for above, last in pairwise([lowest, *_edges(measures, lowest, bands)]):
        listen("tiers")
        values, rows, columns = _band(residual, measures, above, last)
        done = 0
        # The flow has changed whenever the caller asks for the next tier, so what is used is looked up each time.
        while (first := _first(residual.back, (rows, columns), done, bands.glance)) < len(values):
            value = values[first]
            start = int(np.searchsorted(values, value, "left"))
            stop = int(np.searchsorted(values, value, "right"))
            between, here = slice(done, start), slice(start, stop)
            # No unit is on the arcs in between: closed, they cannot be used any more, which is what leximin wants.
            residual.ahead[rows[between], columns[between]] = False
            yield _tier(residual, value.item(), rows[here], columns[here])
            done = stop
        residual.ahead[rows[done:], columns[done:]] = False


def _close_below_the_lowest(residual: Residual, measures: tuple[Numbers, ...]) -> float:
    """Close all arcs below the lowest tier in use, and return what is just below that tier."""
    columns, rows = np.nonzero(residual.back[:-1, :-1])
    least = [points[rows, columns].min(initial=points.max(initial=0)) for points in measures]
    lowest = min(least)
    for points in measures:
        listen("tiers")
        residual.ahead[:-1, :-1] &= points >= lowest
    whole = np.issubdtype(lowest.dtype, np.integer)
    below: float = lowest - 1 if whole else np.nextafter(lowest, -np.inf)
    return below


def _edges(measures: tuple[Numbers, ...], lowest: float, bands: Bands) -> list[float]:
    """Return where the bands end, the last one nowhere: seldom is more than the lowest of them looked at for max-min."""
    drawn = [points.ravel()[:: bands.arcs // bands.sample] for points in measures]
    sample = np.sort(np.concatenate(drawn))
    above = sample[sample > lowest]
    edges = np.unique(above[bands.sample - 1 :: bands.sample])
    return [*edges.tolist(), np.inf]


def _band(
    residual: Residual, measures: tuple[Numbers, ...], above: float, last: float
) -> tuple[Numbers, Whole, Whole]:
    """Return the points and the ends of the free arcs whose points lie in a band, sorted by points."""
    arcs = [np.nonzero((points > above) & (points <= last)) for points in measures]
    found = zip(measures, arcs, strict=True)
    listen("tiers")
    values = np.concatenate([points[some] for points, some in found])
    rows = np.concatenate([some[0] for some in arcs])
    columns = np.concatenate([some[1] for some in arcs])
    may_change = residual.ahead[rows, columns] | residual.back[columns, rows]
    free = np.flatnonzero(may_change)
    listen("tiers")
    order = free[np.argsort(values[free], kind="stable")]
    return values[order], rows[order], columns[order]


def _first(back: NDArray[np.bool_], arcs: tuple[Whole, Whole], done: int, glance: int) -> int:
    """Return the first position from `done` on whose arc is used and free; the number of arcs if there is none."""
    rows, columns = arcs
    for start in range(done, len(rows), glance):
        part = slice(start, start + glance)
        used = back[columns[part], rows[part]]
        if used.any():
            return start + int(used.argmax())
    return len(rows)


def _tier(residual: Residual, value: float, rows: Whole, columns: Whole) -> Tier:
    free = residual.ahead[rows, columns] | residual.back[columns, rows]
    width = residual.flow.shape[1]
    numbers = rows[free] * width + columns[free]
    # Where both sides give the same points an arc stands here twice, and costs twice as much.
    arcs, costs = np.unique(numbers, return_counts=True)
    return Tier(value, arcs // width, arcs % width, costs)
