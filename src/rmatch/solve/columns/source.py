"""Where points come from: tables with codes, a matrix, or a function of blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.certificates.certificate import ALLOWED, FORBIDDEN
from rmatch.solve.columns import LARGEST
from rmatch.solve.columns.part import UNDRAWN, columns_of, draw_of, of_whole, own, rows_of
from rmatch.solve.columns.stored import Draw, StoredPoints, fill, pick
from rmatch.solve.network.network import Whole
from rmatch.solve.ties import TIES, TieHash, Ties
from rmatch.utils.loops import strips
from rmatch.utils.values import Value

Indices = NDArray[np.intp]
Block = Callable[[Indices, Indices], tuple[NDArray[np.int64], NDArray[np.bool_]]]


KEPT = 2**28
"""Up to so many pairs a function of blocks is asked once and its answers are kept."""

ASKED_ROWS = 256
"""How many rows a function is asked for at once where its answers are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Source(Value):
    """The points of all pairs, forbidden ones far below all others.

    Attributes
    ----------
    shape : tuple of int
        The number of rows and of columns.
    stored : StoredPoints or None
        The points as they are stored.
    block : callable or None
        Otherwise, what returns points and permissions for rows and columns.
    lowest, highest : int
        Bounds on the points of allowed pairs.
    gain : int
        What single pairs are worth on top, where that is more than all others are worth; 0 where none is.
    key : str
        By which workers elsewhere know these points: no others have it.
    taken : tuple of Source and callable, or None
        What these points are taken of, and how, if they are.
    """

    shape: tuple[int, int]
    stored: StoredPoints | None
    block: Block | None
    lowest: int
    highest: int
    gain: int = 0
    key: str = field(init=False, default_factory=lambda: uuid4().hex, compare=False)
    taken: tuple[Source, Callable[[Source], Source]] | None = field(
        init=False, default=None, compare=False
    )

    @classmethod
    def of_matrix(cls, points: NDArray[Any], allowed: NDArray[np.bool_]) -> Source:
        """Make a source of a matrix of whole points."""
        lowest = int(points.min(initial=0))
        highest = int(points.max(initial=0))
        _check(lowest, highest)
        # Row by row nothing wide is ever whole.
        matrix = np.empty(points.shape, np.int32)
        for some in strips((len(points), points.shape[1]), "start"):
            matrix[some] = np.where(allowed[some], points[some], FORBIDDEN)
        rows, columns = points.shape
        return cls((rows, columns), of_whole(matrix), None, lowest, highest)

    @classmethod
    def of_blocks(cls, shape: tuple[int, int], block: Block, lowest: int, highest: int) -> Source:
        """Make a source of a function, which is called once for every pair if all of them can be kept."""
        _check(lowest, highest)
        source = cls(shape, None, block, lowest, highest)
        rows, columns = shape
        if rows * columns > KEPT:
            return source
        matrix = np.zeros(shape, np.int32)
        for first in range(0, rows, ASKED_ROWS):
            last = min(first + ASKED_ROWS, rows)
            matrix[first:last] = source._asked_for_rows(first, last)
        return replace(source, stored=of_whole(matrix), block=None)

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
        lowest, highest = bounds
        _check(lowest, highest)
        rows, columns, points = extra
        # Sorted by column within each row, so that tiles can be added up from left to right.
        order = np.lexsort((columns, rows))
        stored = StoredPoints(
            matrix=np.zeros((0, 0), np.int32),
            starts=starts.astype(np.int64),
            codes=codes.astype(np.int32),
            table=np.ascontiguousarray(table, np.int32),
            cell_starts=np.searchsorted(rows[order], np.arange(len(starts))),
            cell_columns=columns[order].astype(np.int32),
            cell_points=points[order].astype(np.int64),
            draw=UNDRAWN,
        )
        shape = len(starts) - 1, table.shape[1]
        return cls(shape, stored, None, lowest, highest)

    def drawn(self, prices: tuple[Whole, Whole], ties: Ties) -> Source:
        """Return the ties of the pairs whose points are their two prices; all others are forbidden."""
        u, v = prices
        if self.stored is not None and isinstance(ties, TieHash):
            mine, theirs = ties.digests
            draw = Draw(u, v, mine, theirs, ties.bits)
            return self._taken(partial(_with, draw=draw))

        def block(rows: Indices, columns: Indices) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
            points = self.take(rows, columns).rows(0, len(rows))
            price = u[rows, None] + v[columns]
            # The prices of two people who may not meet can be as low as the points of their pair.
            allowed = points > ALLOWED
            tight = points == price
            return ties(rows[:, None], columns), allowed & tight

        return Source(self.shape, None, block, lowest=0, highest=TIES)

    def take(self, rows: Whole | None = None, columns: Whole | None = None) -> Source:
        """Return the points of some rows with some columns, all of those not named."""
        row_count, column_count = self.shape
        shape = (
            row_count if rows is None else len(rows),
            column_count if columns is None else len(columns),
        )
        if self.stored is None:
            return replace(self, shape=shape, block=self._block_of(rows, columns))
        return self._taken(partial(_part, rows=rows, columns=columns))

    def _taken(self, by: Callable[[Source], Source]) -> Source:
        """Return points made of these, which remember how."""
        made = by(self)
        object.__setattr__(made, "taken", (self, by))
        return made

    @property
    def travels(self) -> bool:
        """Whether workers elsewhere may get these points: tables are small beside their pairs, and hold nothing but points."""
        return self.stored is not None and not len(self.stored.matrix)

    def parcels(self) -> tuple[tuple[str, ...], tuple[Source | Callable[[Source], Source], ...]]:
        """Return keys, and what workers elsewhere need one after the other: the first points, and how each is taken of those before."""
        if self.taken is None:
            return (self.key,), (self,)
        of, by = self.taken
        keys, parcels = of.parcels()
        return (*keys, self.key), (*parcels, by)

    def writable(self) -> Source:
        """Return the same in arrays of its own: what comes by a wire may be read only, for which all is compiled anew."""
        assert self.stored is not None
        return replace(self, stored=own(self.stored))

    def _block_of(self, rows: Whole | None, columns: Whole | None) -> Block:
        """Return the function of some rows and columns, called by their positions among these."""
        block = self.block
        assert block is not None
        mine = np.arange(self.shape[0]) if rows is None else rows
        theirs = np.arange(self.shape[1]) if columns is None else columns
        return lambda i, j: block(mine[i], theirs[j])

    def part(self, first: int, last: int) -> tuple[StoredPoints, int]:
        """Return stored points that hold some rows, and the position of the first of these rows in them."""
        if self.stored is not None:
            return self.stored, first
        return of_whole(self._asked_for_rows(first, last)), 0

    @property
    def kind(self) -> type[np.int32 | np.int64]:
        """The type that holds all points."""
        # Ties go up to 2**32, and so does what a source of ties counts.
        largest = max(-self.lowest, self.highest)
        return np.int32 if largest <= LARGEST else np.int64

    @property
    def gaining(self) -> tuple[Whole, Whole]:
        """Row and column of each pair that is worth the gain more."""
        if not self.gain or self.stored is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        cells = np.flatnonzero(self.stored.cell_points >= self.gain)
        rows = np.searchsorted(self.stored.cell_starts, cells, side="right") - 1
        return rows, self.stored.cell_columns[cells].astype(np.int64)

    def rows(self, first: int, last: int) -> NDArray[np.int32 | np.int64]:
        """Return the points of some rows with all columns; those of forbidden pairs are below all others."""
        out = np.empty((last - first, self.shape[1]), self.kind)
        self.write(first, last, out)
        return out

    def write(self, first: int, last: int, out: NDArray[np.int32 | np.int64]) -> None:
        """Write down the same."""
        stored, position = self.part(first, last)
        fill(stored, position, out)

    def at(self, rows: Whole, columns: Whole) -> Whole:
        """Return the points of single pairs."""
        out = np.zeros(len(rows), np.int64)
        if self.stored is not None:
            pick(self.stored, rows, columns, out)
            return out
        for row in np.unique(rows):
            mine = np.flatnonzero(rows == row)
            points = self._asked(np.array([row]), columns[mine])
            out[mine] = points[0]
        return out

    def _asked_for_rows(self, first: int, last: int) -> NDArray[Any]:
        rows = np.arange(first, last)
        columns = np.arange(self.shape[1])
        return self._asked(rows, columns).astype(self.kind)

    def _asked(self, rows: Indices, columns: Indices) -> Whole:
        """Return what the function of blocks answers, with forbidden pairs far below all others."""
        assert self.block is not None
        points, allowed = self.block(rows, columns)
        return np.where(allowed, points, FORBIDDEN)


def _with(source: Source, draw: Draw) -> Source:
    """Return ties in place of points."""
    assert source.stored is not None
    return Source(
        source.shape, source.stored._replace(draw=own(draw)), None, lowest=0, highest=TIES
    )


def _part(source: Source, rows: Whole | None, columns: Whole | None) -> Source:
    """Return the points of some rows with some columns, where they are stored."""
    height, width = source.shape
    assert source.stored is not None
    stored = source.stored
    if rows is not None:
        height, stored = len(rows), rows_of(stored, rows)
    if columns is not None:
        width, stored = len(columns), columns_of(stored, columns, source.shape[1])
    stored = stored._replace(draw=draw_of(source.stored.draw, rows, columns))
    return replace(source, shape=(height, width), stored=stored)


def _check(lowest: int, highest: int) -> None:
    if max(-lowest, highest) > LARGEST:
        problem = "too large for the route 'columns'"
        fault = Fault("", "points", problem, f"stay within {LARGEST}")
        raise InvalidInputError([fault])
