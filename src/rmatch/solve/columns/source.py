"""Where points come from: tables with codes, a matrix, or a function of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.certificates.certificate import ALLOWED, FORBIDDEN
from rmatch.solve.columns import LARGEST
from rmatch.solve.columns.scan import Cells, Draw, fill, pick
from rmatch.solve.ties import TIES, TieHash

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.columns.ties import Ties
    from rmatch.solve.network.network import Whole

    Block = Callable[
        [NDArray[np.intp], NDArray[np.intp]], tuple[NDArray[np.int64], NDArray[np.bool_]]
    ]

KEPT = 2**28
"""Up to so many pairs a function of blocks is asked once and its answers are kept."""


UNDRAWN = Draw(*(np.zeros(0, np.int64),) * 2, *(np.zeros(0, np.uint64),) * 2, 0)
"""No second level."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The points of all pairs, forbidden ones far below all others.

    Attributes
    ----------
    shape : tuple of int
        The number of rows and of columns.
    cells : Cells or None
        The points as they are stored.
    block : callable or None
        Otherwise, what returns points and permissions for rows and columns.
    lowest, highest : int
        Bounds on the points of allowed pairs.
    """

    shape: tuple[int, int]
    cells: Cells | None
    block: Block | None
    lowest: int
    highest: int

    @classmethod
    def of_matrix(cls, points: NDArray[Any], allowed: NDArray[np.bool_]) -> Source:
        """Make a source of a matrix of whole points."""
        lowest, highest = int(points.min(initial=0)), int(points.max(initial=0))
        _check(lowest, highest)
        matrix = np.where(allowed, points, FORBIDDEN).astype(np.int32)
        return cls(matrix.shape, _kept(matrix), None, lowest, highest)

    @classmethod
    def of_blocks(cls, shape: tuple[int, int], block: Block, lowest: int, highest: int) -> Source:
        """Make a source of a function, which is called once for every pair if all of them can be kept."""
        _check(lowest, highest)
        source = cls(shape, None, block, lowest, highest)
        if shape[0] * shape[1] > KEPT:
            return source
        parts = [
            source.part(first, min(first + 256, shape[0])) for first in range(0, shape[0], 256)
        ]
        matrix = (
            np.concatenate([cells.matrix for cells, _ in parts])
            if parts
            else np.zeros(shape, np.int32)
        )
        return cls(shape, _kept(matrix), None, lowest, highest)

    @classmethod
    def of_tables(
        cls,
        starts: Whole,
        codes: Whole,
        table: NDArray[np.int32],
        extra: tuple[Whole, Whole, Whole],
        bounds: tuple[int, int],
    ) -> Source:
        """Make a source of tables, and of (row, column, points) for cells that get something on top."""
        _check(*bounds)
        rows, columns, points = extra
        order = np.lexsort((columns, rows))
        cells = Cells(
            matrix=np.zeros((0, 0), np.int32),
            starts=starts.astype(np.int64),
            codes=codes.astype(np.int32),
            table=np.ascontiguousarray(table, np.int32),
            cell_starts=np.searchsorted(rows[order], np.arange(len(starts))),
            cell_columns=columns[order].astype(np.int32),
            cell_points=points[order].astype(np.int32),
            draw=UNDRAWN,
        )
        return cls((len(starts) - 1, table.shape[1]), cells, None, *bounds)

    def drawn(self, prices: tuple[Whole, Whole], ties: Ties) -> Source:
        """Return the ties of the pairs whose points are their two prices; all others are forbidden."""
        u, v = prices
        if self.cells is not None and isinstance(ties, TieHash):
            cells = self.cells._replace(draw=Draw(u, v, *ties.digests, ties.bits))
            return Source(self.shape, cells, None, 0, TIES)

        def block(
            rows: NDArray[np.intp], columns: NDArray[np.intp]
        ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
            points = self.take(rows, columns).rows(0, len(rows))
            tight = (points > ALLOWED) & (points == u[rows, None] + v[columns])
            return ties(rows[:, None], columns), tight

        return Source(self.shape, None, block, 0, TIES)

    def take(self, rows: Whole | None = None, columns: Whole | None = None) -> Source:
        """Return the points of some rows with some columns, all of those not named."""
        if self.cells is None:
            return self._asked_for(rows, columns)
        cells = self.cells if rows is None else _rows_of(self.cells, rows)
        cells = cells if columns is None else _columns_of(cells, columns, self.shape[1])
        cells = cells._replace(draw=_draw_of(self.cells.draw, rows, columns))
        shape = tuple(
            size if some is None else len(some)
            for size, some in zip(self.shape, (rows, columns), strict=True)
        )
        return Source((shape[0], shape[1]), cells, None, self.lowest, self.highest)

    def _asked_for(self, rows: Whole | None, columns: Whole | None) -> Source:
        block = self.block
        assert block is not None
        mine = np.arange(self.shape[0]) if rows is None else rows
        theirs = np.arange(self.shape[1]) if columns is None else columns
        shape = len(mine), len(theirs)
        return Source(
            shape, None, lambda i, j: block(mine[i], theirs[j]), self.lowest, self.highest
        )

    def part(self, first: int, last: int) -> tuple[Cells, int]:
        """Return stored points that hold some rows, and the place of the first of these rows in them."""
        if self.cells is not None:
            return self.cells, first
        assert self.block is not None
        points, allowed = self.block(np.arange(first, last), np.arange(self.shape[1]))
        return _kept(np.where(allowed, points, FORBIDDEN).astype(self.kind)), 0

    @property
    def kind(self) -> type[np.int32 | np.int64]:
        """The type that holds all points."""
        return np.int32 if max(-self.lowest, self.highest) <= LARGEST else np.int64

    def rows(self, first: int, last: int) -> NDArray[np.int32 | np.int64]:
        """Return the points of some rows with all columns; those of forbidden pairs are below all others."""
        cells, place = self.part(first, last)
        out = np.empty((last - first, self.shape[1]), self.kind)
        fill(cells, place, out)
        return out

    def at(self, rows: Whole, columns: Whole) -> Whole:
        """Return the points of single pairs."""
        if self.cells is None:
            return self._asked(rows, columns)
        out = np.zeros(len(rows), np.int64)
        pick(self.cells, rows, columns, out)
        return out

    def _asked(self, rows: Whole, columns: Whole) -> Whole:
        assert self.block is not None
        out = np.zeros(len(rows), np.int64)
        for row in np.unique(rows):
            mine = np.flatnonzero(rows == row)
            points, allowed = self.block(np.array([row]), columns[mine])
            out[mine] = np.where(allowed, points, FORBIDDEN)[0]
        return out


def _kept(matrix: NDArray[Any]) -> Cells:
    none = np.zeros(0, np.int32)
    nowhere = np.zeros(len(matrix) + 1, np.int64)
    return Cells(matrix, nowhere, none, matrix[:0], nowhere, none, none, UNDRAWN)


def _rows_of(cells: Cells, rows: Whole) -> Cells:
    if len(cells.matrix):
        return _kept(cells.matrix[rows])
    codes, starts = _spans(cells.starts, rows)
    singles, cell_starts = _spans(cells.cell_starts, rows)
    return cells._replace(
        starts=starts,
        codes=cells.codes[codes],
        cell_starts=cell_starts,
        cell_columns=cells.cell_columns[singles],
        cell_points=cells.cell_points[singles],
    )


def _columns_of(cells: Cells, columns: Whole, width: int) -> Cells:
    """Return the points of some columns, in ascending order."""
    if len(cells.matrix):
        return _kept(np.ascontiguousarray(cells.matrix[:, columns]))
    place = np.full(width, -1, np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    there = place[cells.cell_columns] >= 0
    return cells._replace(
        table=np.ascontiguousarray(cells.table[:, columns]),
        cell_starts=np.concatenate(([0], np.cumsum(there)))[cells.cell_starts],
        cell_columns=place[cells.cell_columns[there]],
        cell_points=cells.cell_points[there],
    )


def _draw_of(draw: Draw, rows: Whole | None, columns: Whole | None) -> Draw:
    if rows is not None and draw.u.size:
        draw = draw._replace(u=draw.u[rows], mine=draw.mine[rows])
    if columns is not None and draw.v.size:
        draw = draw._replace(v=draw.v[columns], theirs=draw.theirs[columns])
    return draw


def _spans(starts: Whole, rows: Whole) -> tuple[Whole, Whole]:
    """Return the places between the starts of some rows, one row after the other, and their new starts."""
    counts = starts[rows + 1] - starts[rows]
    ends = np.concatenate(([0], np.cumsum(counts)))
    return np.arange(ends[-1]) + np.repeat(starts[rows] - ends[:-1], counts), ends


def _check(lowest: int, highest: int) -> None:
    if max(-lowest, highest) > LARGEST:
        fault = Fault("", "points", "too large for the route 'columns'", f"stay within {LARGEST}")
        raise InvalidInputError([fault])
