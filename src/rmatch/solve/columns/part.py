"""Stored points of some of the people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.columns.stored import Draw, StoredPoints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole

NEIGHBOURS = 64
"""Columns are copied in runs of neighbours where these are so long on average."""

UNDRAWN = Draw(
    u=np.zeros(0, np.int64),
    v=np.zeros(0, np.int64),
    mine=np.zeros(0, np.uint64),
    theirs=np.zeros(0, np.uint64),
    bits=0,
)
"""No ties."""


def own(value: Any) -> Any:
    """Return an array that may be written to, or a tuple of such arrays; anything else as it is."""
    if isinstance(value, tuple):
        owned = map(own, value)
        return type(value)(*owned) if hasattr(value, "_fields") else tuple(owned)
    if isinstance(value, np.ndarray):
        return np.require(value, requirements=["C", "A", "W"])
    return value


def of_whole(matrix: NDArray[Any]) -> StoredPoints:
    """Return the points of a matrix, without any table or single cell."""
    none = np.zeros(0, np.int32)
    nowhere = np.zeros(len(matrix) + 1, np.int64)
    return StoredPoints(
        matrix=matrix,
        starts=nowhere,
        codes=none,
        table=matrix[:0],
        cell_starts=nowhere,
        cell_columns=none,
        cell_points=none.astype(np.int64),
        draw=UNDRAWN,
    )


def rows_of(stored: StoredPoints, rows: Whole) -> StoredPoints:
    """Return the points of some rows."""
    if len(stored.matrix):
        return of_whole(stored.matrix[rows])
    codes, starts = _spans(stored.starts, rows)
    cells, cell_starts = _spans(stored.cell_starts, rows)
    return stored._replace(
        starts=starts,
        codes=stored.codes[codes],
        cell_starts=cell_starts,
        cell_columns=stored.cell_columns[cells],
        cell_points=stored.cell_points[cells],
    )


def columns_of(stored: StoredPoints, columns: Whole, width: int) -> StoredPoints:
    """Return the points of some columns, in ascending order."""
    if len(stored.matrix):
        return of_whole(np.ascontiguousarray(stored.matrix[:, columns]))
    position = np.full(width, -1, np.int32)
    position[columns] = np.arange(len(columns), dtype=np.int32)
    cell_positions = position[stored.cell_columns]
    # Ascending columns keep the cells of each row in the order that adding up relies on.
    there = cell_positions >= 0
    there_before = np.concatenate(([0], np.cumsum(there)))
    return stored._replace(
        table=_taken(stored.table, columns),
        cell_starts=there_before[stored.cell_starts],
        cell_columns=cell_positions[there],
        cell_points=stored.cell_points[there],
    )


def _taken(table: NDArray[Any], columns: Whole) -> NDArray[Any]:
    """Return some columns of a table; where hardly anybody is left out, neighbours are copied at once."""
    runs = np.split(columns, np.flatnonzero(np.diff(columns) != 1) + 1)
    if len(runs) * NEIGHBOURS > len(columns):
        return np.take(table, columns, axis=1)
    return np.concatenate([table[:, run[0] : run[-1] + 1] for run in runs], axis=1)


def draw_of(draw: Draw, rows: Whole | None, columns: Whole | None) -> Draw:
    """Return the draw among the pairs of some rows and columns."""
    u, v, mine, theirs, bits = draw
    if rows is not None and u.size:
        u = u[rows]
        mine = mine[rows]
    if columns is not None and v.size:
        v = v[columns]
        theirs = theirs[columns]
    return Draw(u, v, mine, theirs, bits)


def _spans(starts: Whole, rows: Whole) -> tuple[Whole, Whole]:
    """Return the positions between the starts of some rows, one row after the other, and their new starts."""
    counts = starts[rows + 1] - starts[rows]
    ends = np.concatenate(([0], np.cumsum(counts)))
    # Each row moves as a whole, from where it starts to where it will start.
    moved = starts[rows] - ends[:-1]
    positions = np.arange(ends[-1]) + np.repeat(moved, counts)
    return positions, ends
