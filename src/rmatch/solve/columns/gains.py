"""Points that count several times, and what single pairs are worth on top, however much: beyond what 32 bits hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.certificates.certificate import ALLOWED, FORBIDDEN
from rmatch.solve.columns.part import of_whole
from rmatch.solve.columns.source import Source
from rmatch.solve.network.network import Whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.columns.source import Block, Indices
    from rmatch.solve.columns.stored import StoredPoints


def with_gains(source: Source, rows: Whole, columns: Whole, gain: int, *, point: int = 1) -> Source:
    """Return points with a gain on top for single pairs; those of pairs that may not be made stay far below all others.

    Parameters
    ----------
    source : Source
        The points.
    rows, columns : numpy.ndarray of int64
        The pairs that gain, sorted by row, each once.
    gain : int
        What each of them is worth on top, 0 or more.
    point : int
        How much each point counts.

    Returns
    -------
    Source
        In 64 bits, where it must be.

    Raises
    ------
    InvalidInputError
        If points below 0 could not be told from those of pairs that may not be made.
    """
    if point * source.lowest <= ALLOWED:
        problem = "earlier pairs cannot decide among equal points of so many people with criteria of your own"
        raise InvalidInputError(
            [Fault("programme", "criteria", problem, "keep them before the points")]
        )
    allowed = source.at(rows, columns) > ALLOWED
    rows, columns = rows[allowed], columns[allowed]
    lowest, highest = point * source.lowest, point * source.highest + gain
    gained = replace(source, lowest=lowest, highest=highest)
    if source.block is not None:
        return replace(gained, block=_gaining(source.block, rows, columns, gain, point))
    assert source.stored is not None  # one of the two is always there
    if len(source.stored.matrix):
        whole = source.stored.matrix.astype(np.int64)
        matrix = np.where(whole > ALLOWED, point * whole, FORBIDDEN)
        matrix[rows, columns] += gain
        return replace(gained, stored=of_whole(matrix))
    # Many times FORBIDDEN would leave 32 bits; where numbers are wide, so are the points that it has to stay below.
    barred = FORBIDDEN if gained.kind is np.int32 else point * FORBIDDEN
    stored = _stored(source.stored, rows, columns, gain, point, barred)
    outweighs = gain > point * max(source.highest, -source.lowest)
    return replace(gained, stored=stored, gain=gain if outweighs else 0)


def _stored(
    stored: StoredPoints, rows: Whole, columns: Whole, gain: int, point: int, barred: int
) -> StoredPoints:
    """Return tables with the gains among the single cells, in the order that adding up relies on."""
    size = len(stored.cell_starts) - 1
    owners = np.append(np.repeat(np.arange(size), np.diff(stored.cell_starts)), rows)
    others = np.append(stored.cell_columns, columns)
    worth = np.append(_times(point, stored.cell_points, barred), np.full(len(rows), gain))
    order = np.lexsort((others, owners))
    return stored._replace(
        table=stored.table if point == 1 else _times(point, stored.table, barred),
        cell_starts=np.searchsorted(owners[order], np.arange(size + 1)),
        cell_columns=others[order].astype(np.int32),
        cell_points=worth[order],
    )


def _times(point: int, points: NDArray[Any], barred: int) -> Whole:
    """Return points so many times over, and in place of what bars a pair something else that does."""
    return np.where(points > ALLOWED, point * points.astype(np.int64), barred)


def _gaining(block: Block, rows: Whole, columns: Whole, gain: int, point: int) -> Block:
    def with_gains(mine: Indices, theirs: Indices) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        points, allowed = block(mine, theirs)
        points = point * points.astype(np.int64)
        starts, ends = (np.searchsorted(rows, mine, side) for side in ("left", "right"))
        for position in np.flatnonzero(starts < ends).tolist():
            own = columns[starts[position] : ends[position]]
            points[position, np.isin(theirs, own)] += gain
        return points, allowed

    return with_gains
