"""One pass over all pairs: which of them are worth more than their prices."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.solve.columns import LARGEST
from rmatch.solve.columns.scan import Tops, merge, scan, tight
from rmatch.utils.threads import each

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from rmatch.solve.columns.source import Source
    from rmatch.solve.network.network import Whole

BLOCKS = 16
EACH = 2**19
"""About how many pairs are worth a block of their own, up to so many blocks: each begins its lists anew."""

ASKED = 2**23
"""About how many pairs a function of blocks is asked for at once."""

NARROW, WIDE = -(2**27), -(2**59)


class Found(NamedTuple):
    """What a pass has found: the best few pairs of each row and of each column, some twice.

    Attributes
    ----------
    rows, columns : numpy.ndarray of int64
        The pairs.
    gain : numpy.ndarray of int64
        What they are worth beyond their prices.
    """

    rows: Whole
    columns: Whole
    gain: Whole


def passed(
    source: Source,
    prices: tuple[Whole, Whole],
    keep: tuple[int, int],
    executor: Executor,
    *,
    all_gains: bool = False,
    pause: Callable[[], None] = lambda: None,
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
    executor : concurrent.futures.Executor
        Where blocks of rows are worked on.
    all_gains : bool
        Whether to return also pairs that are worth no more than their prices.
    pause : callable
        Called after each block; may raise.
    """
    u, v = narrowed(source, *prices, clipped=not all_gains)
    low = (NARROW if u.dtype == np.int32 else WIDE) if all_gains else 0
    tops = _tops(np.full(len(v), _bar(keep[1], low, u.dtype)), keep[1])
    found = []
    tasks = [(source, block, u, v, keep[0], low, tops) for block in _blocks(source)]
    for rows, columns in each(executor, _block, tasks, pause):
        found.append(rows)
        merge(tops, columns)
    found.append(_listed(tops)[[1, 0, 2]] if tops.gain.size else np.zeros((3, 0), np.int64))
    return Found(*np.concatenate(found, axis=1))


def tight_pairs(
    source: Source,
    prices: tuple[Whole, Whole],
    most: int,
    executor: Executor,
    pause: Callable[[], None],
) -> tuple[Whole, Whole] | None:
    """Return the pairs that are worth no less than their prices, or nothing if there are more than so many."""
    u, v = narrowed(source, *prices)
    tasks = [(source, block, u, v, most) for block in _blocks(source)]
    found = list(each(executor, _tight_block, tasks, pause))
    if sum(len(rows) for rows, _ in found) > most:
        return None
    return np.concatenate([rows for rows, _ in found]), np.concatenate(
        [columns for _, columns in found]
    )


def narrowed(
    source: Source, u: Whole, v: Whole, *, clipped: bool = True
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return prices of 32 bits that make the same pairs worth more than their prices, or the prices if there are none.

    A price above twice the largest points excludes every pair, whatever it is, where no other price is far below 0.
    """
    shift = int(np.median(u)) if u.size else 0
    u, v = u - shift, v + shift
    if source.kind == np.int64 or min(u.min(initial=0), v.min(initial=0)) < -LARGEST:
        return u, v
    if not clipped and max(u.max(initial=0), v.max(initial=0)) > 2 * LARGEST:
        return u, v
    return np.minimum(u, 2 * LARGEST).astype(np.int32), np.minimum(v, 2 * LARGEST).astype(np.int32)


def _blocks(source: Source) -> list[tuple[int, int]]:
    rows, columns = source.shape
    pairs = rows * columns
    wanted = (
        min(BLOCKS, 2 + pairs // EACH) if source.cells is not None else max(BLOCKS, pairs // ASKED)
    )
    edges = np.linspace(0, rows, max(min(wanted, rows), 1) + 1).astype(int).tolist()
    return list(pairwise(edges))


def _block(
    source: Source,
    block: tuple[int, int],
    u: NDArray[Any],
    v: NDArray[Any],
    keep: int,
    low: int,
    tops: Tops,
) -> tuple[Whole, Tops]:
    first, last = block
    cells, place = source.part(first, last)
    rows = _tops(np.full(last - first, _bar(keep, low, u.dtype)), keep)
    # What blocks before this one have found need not be found again; they may still be adding to it.
    columns = _tops(tops.least.copy(), tops.gain.shape[1])
    scan(cells, place, first - place, u[first:last], v, rows, columns)
    found = _listed(rows)
    found[0] += first
    return found, columns


def _tight_block(
    source: Source, block: tuple[int, int], u: NDArray[Any], v: NDArray[Any], most: int
) -> tuple[Whole, Whole]:
    first, last = block
    cells, place = source.part(first, last)
    # One more than allowed tells that there are too many; memory that nobody writes to is not taken.
    rows, columns = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    found = tight(cells, place, u[first:last], v, rows, columns)
    return rows[:found] + first, columns[:found].copy()


def _bar(keep: int, low: int, kind: np.dtype[Any]) -> Any:
    """Return the least gain that counts, which is out of reach where nothing is kept."""
    return kind.type(low + 1 if keep else -(NARROW if kind == np.int32 else WIDE))


def _tops(least: NDArray[Any], keep: int) -> Tops:
    """Return empty lists. An empty place holds the least gain that counts, with a lot below all lots."""
    size = len(least), keep
    return Tops(
        place=np.full(size, -1, np.int32),
        gain=np.repeat(least[:, None], keep, axis=1),
        lot=np.full(size, -1, np.int32),
        low=np.zeros(len(least), np.int32),
        least=least,
    )


def _listed(tops: Tops) -> Whole:
    line, place = np.nonzero(tops.place >= 0)
    return np.stack([line, tops.place[line, place], tops.gain[line, place]]).astype(np.int64)
