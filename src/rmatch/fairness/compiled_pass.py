"""The compiled pass over all pairs: adds up what both sides gain and compares it in the same breath.

Needs the extra `scale`. It finds what :func:`rmatch.fairness.numpy_pass.look` finds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.fairness.numpy_pass import Bars, Seen
from rmatch.solve import TILE, StoredPoints, add_up
from rmatch.utils.compiled import compiled
from rmatch.utils.threads import each, pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.fairness.gain_tables import Tables

BLOCKS = 16
EACH = 2**19
"""About how many pairs are worth a block of their own, up to so many blocks: each begins its counts anew."""


def sweep(tables: Tables, bars: Bars, most: int) -> Iterator[tuple[int, Seen]]:
    """Look at all pairs, some mentors after the others, on all processors.

    Parameters
    ----------
    tables : Tables
        What both sides gain.
    bars : Bars
        What everybody's gains are compared with.
    most : int
        How many pairs that hurt nobody to write down; one more of a block tells that there are too many.

    Yields
    ------
    tuple of int and Seen
        The first mentor of a block, and what was seen.
    """
    mentors, mentees = (len(loads) for loads in bars.loads)
    blocks = min(BLOCKS, 1 + mentors * mentees // EACH, mentors)
    edges = np.linspace(0, mentors, blocks + 1).astype(int).tolist()
    parts = tables.shared.stored, tables.alone[0].stored, tables.alone[1].stored
    with pool() as executor:
        tasks = [(parts, first, last - first, bars, most) for first, last in pairwise(edges)]
        seen = each(executor, _block, tasks, lambda: None)
        yield from zip(edges[:-1], seen, strict=True)


def _block(
    parts: tuple[StoredPoints, StoredPoints, StoredPoints],
    start: int,
    size: int,
    bars: Bars,
    most: int,
) -> Seen:
    width = len(bars.loads[1])
    rows, columns = np.zeros((4, size), np.int32), np.zeros((3, width), np.int32)
    rows[2] = columns[2] = np.iinfo(np.int32).min
    # Memory that nobody writes to is not taken.
    harmless = np.empty((3, min(most + 1, size * width)), np.int32)
    found = _look(parts, start, bars, rows, columns, harmless)
    harmless = harmless[:, np.lexsort(harmless[1::-1, :found])].T
    better, envy, best = ((rows[of], columns[of]) for of in range(3))
    return Seen(better, envy, best, rows[3], harmless)


@compiled
def _look(parts: Any, start: int, bars: Any, rows: Any, columns: Any, harmless: Any) -> int:
    """Add to the counts of `rows` and `columns`, write down harmless pairs as far as there is room, and return how many."""
    size, width, found = rows.shape[1], columns.shape[1], 0
    shared, mentor, mentee = parts
    cursors = [part.cell_starts[start : start + size].copy() for part in parts]
    both, mine, theirs = (
        np.empty(TILE, np.int32),
        np.empty(TILE, np.int32),
        np.empty(TILE, np.int32),
    )
    for first in range(0, width, TILE):
        last = min(first + TILE, width)
        u, w = mine[: last - first], theirs[: last - first]
        worst, taking, loads = (
            bars.worst[1][first:last],
            bars.taking[1][first:last],
            bars.loads[1][first:last],
        )
        for i in range(size):
            row = start + i
            add_up(shared, row, first, last, cursors[0], i, both)
            add_up(mentor, row, first, last, cursors[1], i, mine)
            add_up(mentee, row, first, last, cursors[2], i, theirs)
            for j in range(last - first):
                u[j] += both[j]
                w[j] += both[j]
            low = bars.worst[0][row]
            _mentor(u, low, loads, rows[:, i])
            _mentees(w, worst, bars.loads[0][row], columns[:, first:last])
            rows[3, i] += _above(u, w, bars.taking[0][row], taking)
            if _unhurt(u, w, low, worst):
                for j in range(last - first):
                    if u[j] >= low and w[j] >= worst[j] and found < harmless.shape[1]:
                        harmless[0, found], harmless[1, found] = row, first + j
                        harmless[2, found] = u[j] > low or w[j] > worst[j]
                        found += 1
    return found


@compiled
def _mentor(gains: Any, worst: int, loads: Any, counts: Any) -> None:
    """Add how many mentees a mentor would rather have, and how many partners these have; keep the largest gain."""
    better, envy, best = np.int32(0), np.int32(0), counts[2]
    for j in range(gains.size):
        wanted = np.int32(gains[j] > worst)
        # Sums of 32 bits are added up several at a time.
        better = np.int32(better + wanted)
        envy = np.int32(envy + wanted * loads[j])
        best = gains[j] if gains[j] > best else best  # noqa: FURB136 - the call is not vectorised
    counts[0] += better
    counts[1] += envy
    counts[2] = best


@compiled
def _mentees(gains: Any, worst: Any, load: int, counts: Any) -> None:
    """Add up who would rather have a mentor, who has so many partners; keep everybody's largest gain."""
    better, envy, best = counts[0], counts[1], counts[2]
    for j in range(gains.size):
        wanted = np.int32(gains[j] > worst[j])
        better[j] += wanted
        envy[j] += wanted * load
        best[j] = gains[j] if gains[j] > best[j] else best[j]  # noqa: FURB136 - the call is not vectorised


@compiled
def _above(mentors: Any, mentees: Any, low: int, least: Any) -> Any:
    """Count the pairs in which both gain more than that."""
    count = np.int32(0)
    for j in range(mentors.size):
        count = np.int32(count + np.int32((mentors[j] > low) & (mentees[j] > least[j])))
    return count


@compiled
def _unhurt(mentors: Any, mentees: Any, low: int, least: Any) -> Any:
    """Count the pairs in which neither gains less than that."""
    count = np.int32(0)
    for j in range(mentors.size):
        count = np.int32(count + np.int32((mentors[j] >= low) & (mentees[j] >= least[j])))
    return count
