"""One pass over all pairs: which of them are worth more than their prices."""

from __future__ import annotations

from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.solve.columns import LARGEST
from rmatch.solve.columns.scan import Tops, merge, scan, tight
from rmatch.solve.columns.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.tuning import Tuning
    from rmatch.solve.columns.workers import Workers
    from rmatch.solve.network.network import Whole

OUT_OF_REACH = {np.dtype(np.int32): 2**27, np.dtype(np.int64): 2**59}
"""More than the gain of any allowed pair in numbers of this kind, and less than what a forbidden one is below 0.

In 32 bits points are at most `LARGEST`, ``2**25``, and prices not below minus that: a gain is at most ``3 * 2**25``.
"""

MERGING = Lock()
"""Held while what a block has found is merged with what is known, or looked at."""


class Found(NamedTuple):
    """What a pass has found: the best few pairs of each row and of each column, some twice.

    Attributes
    ----------
    rows, columns : numpy.ndarray of int64
        The pairs.
    gain : numpy.ndarray of int64
        What they are worth beyond their prices.
    rest : numpy.ndarray of int64
        What all other pairs of each row are worth beyond their prices at most.
    """

    rows: Whole
    columns: Whole
    gain: Whole
    rest: Whole


def passed(
    source: Source,
    prices: tuple[Whole, Whole],
    keep: tuple[int, int],
    workers: Workers,
    *,
    above: int | None = 0,
    pause: Callable[[], None] = lambda: None,
    tuning: Tuning = DEFAULT,
) -> Found:
    """Return the best few pairs of each row and each column by what they are worth beyond their prices.

    Parameters
    ----------
    source : Source
        The points.
    prices : tuple of two numpy.ndarray of int64
        Prices of rows and columns, in points.
    keep : tuple of int
        How many pairs for each row and for each column.
    workers : Workers
        Where blocks of rows are worked on.
    above : int, optional
        What the gain of a pair has to exceed, at most 0; `None` for any gain.
    pause : callable
        Called after each block; may raise.
    tuning : Tuning, optional
        The size of the blocks.
    """
    u, v = narrowed(source, *prices, clipped=above is not None)
    lowest = -OUT_OF_REACH[u.dtype] if above is None else above
    _, by_column = keep
    tops = _empty(len(v), by_column, _bar(by_column, lowest, u.dtype))
    far = workers.go_to(source, tuning.far)
    blocks = _blocks(source, tuning, far=far)
    # Blocks that begin later begin with the least gains that those before them have left.
    known = tops.least, tops.least_lot
    tasks = [(first, u[first:last], v, known, keep, lowest) for first, last in blocks]
    found, rest = [np.zeros((3, 0), np.int64)], [np.zeros(0, np.int64)]
    # In the order of the blocks, so that what is found does not depend on which is done first.
    for rows, columns, left in workers.each(_block, source, tasks, pause, far=far):
        found.append(rows)
        rest.append(left)
        # Blocks that begin later see what this one has found, and pass over whatever is less.
        with MERGING:
            merge(tops, columns)
    if by_column:
        columns, rows, gain, _ = _listed(tops)
        found.append(np.stack([rows, columns, gain]))
    rows, columns, gain = np.concatenate(found, axis=1)
    return Found(rows, columns, gain, np.concatenate(rest))


def tight_pairs(
    source: Source,
    prices: tuple[Whole, Whole],
    workers: Workers,
    pause: Callable[[], None],
    tuning: Tuning = DEFAULT,
) -> tuple[Whole, Whole] | None:
    """Return the pairs that are worth no less than their prices, or nothing if there are too many to write down."""
    most = tuning.tight
    u, v = narrowed(source, *prices)
    far = workers.go_to(source, tuning.far)
    tasks = [(first, u[first:last], v, most) for first, last in _blocks(source, tuning, far=far)]
    found = list(workers.each(_tight_block, source, tasks, pause, far=far))
    rows, columns = zip(*found, strict=True)
    if sum(map(len, rows)) > most:
        return None
    return np.concatenate(rows), np.concatenate(columns)


def narrowed(
    source: Source, u: Whole, v: Whole, *, clipped: bool = True
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return prices of 32 bits that make the same pairs worth more than their prices, or the prices if there are none.

    A price above twice the largest points excludes every pair, whatever it is, where no other price is far below 0.
    """
    # Only sums of two prices count: what one side is lowered by, the other is raised by.
    shift = int(np.median(u)) if u.size else 0
    u = u - shift
    v = v + shift
    if source.kind == np.int64:
        return u, v
    lowest = min(u.min(initial=0), v.min(initial=0))
    highest = max(u.max(initial=0), v.max(initial=0))
    enough = 2 * LARGEST
    if lowest < -LARGEST:
        return u, v
    if highest > enough and not clipped:
        return u, v
    # No points reach this price and the lowest one of the other side, -LARGEST, together.
    u = np.minimum(u, enough)
    v = np.minimum(v, enough)
    return u.astype(np.int32), v.astype(np.int32)


def _blocks(source: Source, tuning: Tuning, *, far: bool) -> list[tuple[int, int]]:
    """Return the first row of each block, and the one after its last."""
    rows, columns = source.shape
    pairs = rows * columns
    if source.stored is None:
        wanted = max(tuning.blocks, pairs // tuning.asked)
    else:
        # Few pairs still make two blocks, for two processors; more would only begin more lists
        # anew.
        wanted = min(tuning.blocks, 2 + pairs // tuning.block)
        wanted = max(wanted, pairs // tuning.longest)
    if far:
        wanted = min(wanted, tuning.sent)
    count = max(min(wanted, rows), 1)
    edges = np.linspace(0, rows, count + 1)
    return list(pairwise(edges.astype(int).tolist()))


def _block(
    source: Source,
    first: int,
    u: NDArray[Any],
    v: NDArray[Any],
    known: tuple[NDArray[Any], NDArray[np.int32]],
    keep: tuple[int, int],
    lowest: int,
) -> tuple[Whole, Whole, Whole]:
    """Return the best pairs of each of the rows with these prices, of each column among these rows, and what is left of each row."""
    by_row, by_column = keep
    stored, position = source.part(first, first + len(u))
    rows = _empty(len(u), by_row, _bar(by_row, lowest, u.dtype))
    # What blocks before this one have found need not be found again.
    with MERGING:
        least, lots = (each.copy() for each in known)
    columns = _tops(least, lots, by_column)
    scan(stored, position, first - position, u, v, rows, columns)
    found = _listed(rows)
    found[0] += first
    # Where there was room for more, nothing else is above the bar; and else nothing is above the least one.
    full = (rows.position >= 0).all(axis=1)
    return found[:3], _listed(columns), np.where(full, rows.least, lowest).astype(np.int64)


def _tight_block(
    source: Source, first: int, u: NDArray[Any], v: NDArray[Any], most: int
) -> tuple[Whole, Whole]:
    stored, position = source.part(first, first + len(u))
    # One more than allowed tells that there are too many; memory that nobody writes to is not
    # taken.
    size = most + 1
    rows = np.empty(size, np.int64)
    columns = np.empty(size, np.int64)
    found = tight(stored, position, u, v, rows, columns)
    return rows[:found] + first, columns[:found].copy()


def _bar(keep: int, lowest: int, kind: np.dtype[Any]) -> Any:
    """Return the least gain that counts, which is out of reach where nothing is kept."""
    bar = lowest + 1 if keep else OUT_OF_REACH[kind]
    return kind.type(bar)


def _empty(lines: int, keep: int, bar: Any) -> Tops:
    """Return empty lists for whatever reaches a bar: no lot is below the one that an empty entry has."""
    return _tops(np.full(lines, bar), np.full(lines, -1, np.int32), keep)


def _tops(least: NDArray[Any], lots: NDArray[np.int32], keep: int) -> Tops:
    """Return empty lists for what is above gains, or equal with larger lots: those are what each empty entry has."""
    lines = len(least)
    return Tops(
        position=np.full((lines, keep), -1, np.int32),
        gain=np.repeat(least[:, None], keep, axis=1),
        lot=np.repeat(lots[:, None], keep, axis=1),
        low=np.zeros(lines, np.int32),
        least=least,
        least_lot=lots,
    )


def _listed(tops: Tops) -> Whole:
    """Return line, position, gain and lot of what lists hold."""
    held = tops.position >= 0
    line, _ = np.nonzero(held)
    listed = np.stack([line, tops.position[held], tops.gain[held], tops.lot[held]])
    return listed.astype(np.int64)
