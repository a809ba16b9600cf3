"""The compiled pass over all pairs: adds up what both sides gain and compares it in the same breath.

Needs the extra `scale`. It finds what :func:`rmatch.fairness.numpy_pass.compare_block` finds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.fairness.numpy_pass import LOWEST, BlockCounts, SideCounts
from rmatch.solve import TILE, StoredPoints, add_up
from rmatch.utils.compiled import compiled
from rmatch.utils.stopping import listen
from rmatch.utils.threads import each, pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.fairness.gain_tables import GainTables
    from rmatch.fairness.numpy_pass import Thresholds

    Parts = tuple[StoredPoints, StoredPoints, StoredPoints]
    Both = tuple[Thresholds, Thresholds]

BLOCKS = 16
PAIRS_OF_BLOCK = 2**19
"""About how many pairs are worth a block of their own, up to so many blocks: each begins its counts anew."""
LONGEST = 2**25
"""No block has more pairs than about so many, so that a run that is to stop waits for none of them."""
BETTER, ENVY, BEST, BLOCKING = range(4)
"""The lines of counts, first those of `SideCounts`; only mentors have the last, or each pair would be counted twice."""


def compare_blocks(
    tables: GainTables, thresholds: Both, most: int, pairs_of_block: int = PAIRS_OF_BLOCK
) -> Iterator[tuple[int, BlockCounts]]:
    """Compare all pairs, some mentors after the others, on all processors.

    Parameters
    ----------
    tables : GainTables
        What both sides gain.
    thresholds : tuple of Thresholds
        What the gains of all mentors, and of all mentees, are compared with.
    most : int
        How many pairs that hurt nobody to write down; one more of a block tells that there are too many.
    pairs_of_block : int
        About how many pairs a block has, if there are not more blocks then than are of use.

    Yields
    ------
    tuple of int and BlockCounts
        The first mentor of a block, and what was found.
    """
    mentors, mentees = (len(side.loads) for side in thresholds)
    worth_it = 1 + mentors * mentees // pairs_of_block
    blocks = min(max(BLOCKS, mentors * mentees // LONGEST), worth_it, mentors)
    edges = np.linspace(0, mentors, blocks + 1).astype(int).tolist()
    parts = tables.shared.stored, tables.mentors.stored, tables.mentees.stored
    with pool() as executor:
        tasks = [(parts, first, last - first, thresholds, most) for first, last in pairwise(edges)]
        found = each(executor, _compare_block, tasks, lambda: listen("comparisons"))
        yield from zip(edges[:-1], found, strict=True)


def _compare_block(parts: Parts, start: int, size: int, thresholds: Both, most: int) -> BlockCounts:
    width = len(thresholds[1].loads)
    rows = np.zeros((4, size), np.int32)
    columns = np.zeros((3, width), np.int32)
    rows[BEST] = columns[BEST] = LOWEST
    # Memory that nobody writes to is not taken.
    room = min(most + 1, size * width)
    harmless = np.empty((3, room), np.int32)
    found = _count(parts, start, thresholds, rows, columns, harmless)
    # The pass goes by tiles of mentees; the order of the numpy pass is by mentor, then by mentee.
    in_order = np.lexsort(harmless[1::-1, :found])
    return BlockCounts(
        mentors=SideCounts(*rows[:BLOCKING]),
        mentees=SideCounts(*columns),
        blocking=rows[BLOCKING],
        harmless=harmless[:, in_order].T,
    )


@compiled
def _count(parts: Any, start: int, thresholds: Any, rows: Any, columns: Any, harmless: Any) -> int:
    """Add to the counts of `rows` and `columns`, write down harmless pairs as far as there is room, and return how many."""
    shared, mentor, mentee = parts
    own, others = thresholds
    size, width = rows.shape[1], columns.shape[1]
    cursors = [part.cell_starts[start : start + size].copy() for part in parts]
    both = np.empty(TILE, np.int32)
    by_mentor = np.empty(TILE, np.int32)
    by_mentee = np.empty(TILE, np.int32)
    found = 0
    # A tile of columns stays in the processor's cache while all rows pass by.
    for first in range(0, width, TILE):
        last = min(first + TILE, width)
        width_of_tile = last - first
        mine, theirs = by_mentor[:width_of_tile], by_mentee[:width_of_tile]
        worst = others.worst[first:last]
        taking = others.taking[first:last]
        loads = others.loads[first:last]
        for i in range(size):
            row = start + i
            add_up(shared, row, first, last, cursors[0], i, both)
            add_up(mentor, row, first, last, cursors[1], i, by_mentor)
            add_up(mentee, row, first, last, cursors[2], i, by_mentee)
            for j in range(width_of_tile):
                mine[j] += both[j]
                theirs[j] += both[j]
            low, load = own.worst[row], own.loads[row]
            of_mentor, of_mentees = rows[:, i], columns[:, first:last]
            _count_for_mentor(mine, low, loads, of_mentor)
            _count_for_mentees(theirs, worst, load, of_mentees)
            of_mentor[BLOCKING] += _both_above(mine, theirs, own.taking[row], taking)
            # Harmless pairs are rare: counting them is vectorised, writing them down is not.
            if _neither_below(mine, theirs, low, worst):
                found = _write_down(mine, theirs, low, worst, row, first, harmless, found)
    return found


@compiled
def _count_for_mentor(gains: Any, worst: int, loads: Any, counts: Any) -> None:
    """Add how many mentees a mentor would rather have, and how many partners these have; keep the largest gain."""
    better, envy = np.int32(0), np.int32(0)
    best = counts[BEST]
    for j in range(gains.size):
        gain = gains[j]
        wanted = np.int32(gain > worst)
        # Sums of 32 bits are added up several at a time.
        better = np.int32(better + wanted)
        envy = np.int32(envy + wanted * loads[j])
        best = gain if gain > best else best  # noqa: FURB136 - the call is not vectorised
    counts[BETTER] += better
    counts[ENVY] += envy
    counts[BEST] = best


@compiled
def _count_for_mentees(gains: Any, worst: Any, load: int, counts: Any) -> None:
    """Add up who would rather have a mentor, who has so many partners; keep everybody's largest gain."""
    better, envy, best = counts[BETTER], counts[ENVY], counts[BEST]
    for j in range(gains.size):
        gain = gains[j]
        wanted = np.int32(gain > worst[j])
        better[j] += wanted
        envy[j] += wanted * load
        best[j] = gain if gain > best[j] else best[j]  # noqa: FURB136 - the call is not vectorised


@compiled
def _both_above(mentors: Any, mentees: Any, low: int, least: Any) -> Any:
    """Count the pairs in which both gain more than that."""
    count = np.int32(0)
    for j in range(mentors.size):
        mentor_above = mentors[j] > low
        mentee_above = mentees[j] > least[j]
        count = np.int32(count + np.int32(mentor_above & mentee_above))
    return count


@compiled
def _neither_below(mentors: Any, mentees: Any, low: int, least: Any) -> Any:
    """Count the pairs in which neither gains less than that."""
    count = np.int32(0)
    for j in range(mentors.size):
        mentor_kept = mentors[j] >= low
        mentee_kept = mentees[j] >= least[j]
        count = np.int32(count + np.int32(mentor_kept & mentee_kept))
    return count


@compiled
def _write_down(
    mentors: Any, mentees: Any, low: int, least: Any, row: int, first: int, out: Any, found: int
) -> int:
    """Write down the pairs in which neither gains less than that, while there is room, and return how many there are then."""
    for j in range(mentors.size):
        for_mentor = mentors[j] - low
        for_mentee = mentees[j] - least[j]
        if for_mentor < 0 or for_mentee < 0 or found == out.shape[1]:
            continue
        out[0, found] = row
        out[1, found] = first + j
        out[2, found] = for_mentor > 0 or for_mentee > 0
        found += 1
    return found
