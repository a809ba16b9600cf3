"""What passes leave behind: prices that no pair exceeds but those that they have found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.solve.columns.pricing import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmatch.solve.columns.source import Source
    from rmatch.solve.network.network import Whole

    Prices = tuple[Whole, Whole]
    People = tuple[Whole, Whole]

UNSEEN = -(2**60)
"""By how much a pair that was not looked at exceeds its prices, as far as is known of those that were."""


class Looked(NamedTuple):
    """Prices in points that no pair exceeds but those that passes have found.

    A pass that also finds pairs a little below the prices it looks with leaves lower ones behind. Then many prices may fall
    a little, and still nobody's pairs have to be looked at again.

    Attributes
    ----------
    u, v : numpy.ndarray of int64
        The prices.
    margin : int
        How far below prices passes look: half of it comes off the prices of either side.
    """

    u: Whole
    v: Whole
    margin: int

    @classmethod
    def nothing(cls, source: Source, margin: int = 0) -> Looked:
        """Return what is known before any pair was looked at: without a gain on top none has more points than there can be."""
        rows, columns = source.shape
        return cls(np.full(rows, source.highest - source.gain), np.zeros(columns, np.int64), margin)

    @classmethod
    def at(cls, prices: Prices, rest: Whole, margin: int) -> Looked:
        """Return what is left when all pairs were looked at: of each row those not found exceed the prices by so much at most."""
        (u, v), half = prices, margin // 2
        return cls(u + rest + half, v - half, margin)

    def fallen(self, prices: Prices, most: float, *, reached: bool = False) -> People:
        """Return rows and columns of all pairs, but those found, that may exceed prices now, or else reach them.

        They are as few as can be; all rows where theirs would not be less than this share of all pairs.
        """
        (u, v), shift = prices, self._shift(prices, reached=reached)
        rows, columns = (
            np.flatnonzero(u - shift < self.u + reached),
            np.flatnonzero(v + shift < self.v),
        )
        if share((rows, columns), (len(u), len(v))) < most:
            return rows, columns
        return np.arange(len(u)), columns[:0]

    def after(self, prices: Prices, people: People, rest: Whole) -> Looked:
        """Return what is left when all pairs of some rows and of some columns were looked at, of whoever has fallen at least."""
        (u, v), (rows, columns) = prices, people
        if len(rows) == len(u):
            return Looked.at(prices, rest, self.margin)
        shift, half = self._shift(prices), self.margin // 2
        seen = u + rest + half
        rows_now, columns_now = (
            np.maximum(self.u + shift, seen),
            np.maximum(self.v - shift, v - half),
        )
        rows_now[rows], columns_now[columns] = seen[rows], v[columns] - half
        return self._replace(u=rows_now, v=columns_now)

    def _shift(self, prices: Prices, *, reached: bool = False) -> int:
        """Return what prices of the rows count less, and those of the columns more: their sums are all that matters."""
        u, v = prices
        rows, columns = np.sort(u - self.u - reached), np.sort(self.v - v)
        shifts = np.concatenate([rows, columns])
        low = np.searchsorted(rows, shifts) / max(len(rows), 1)
        high = np.searchsorted(columns, shifts, side="right") / max(len(columns), 1)
        return int(shifts[np.argmin(low - high)]) if shifts.size else 0


def share(people: People, shape: tuple[int, int]) -> float:
    """Return the share of all pairs that some rows and some columns have."""
    return sum(len(some) / max(size, 1) for some, size in zip(people, shape, strict=True))


class View(NamedTuple):
    """The pairs of some people: their points and prices, and which rows and columns of all they are."""

    source: Source
    prices: Prices
    rows: Whole
    columns: Whole


def views(source: Source, prices: Prices, people: People) -> Iterator[View]:
    """Go through all pairs of some rows, and all pairs of some columns."""
    (u, v), (rows, columns) = prices, people
    everybody = np.arange(len(u)), np.arange(len(v))
    if len(rows) == len(u):
        yield View(source, prices, *everybody)
        return
    if rows.size:
        yield View(source.take(rows=rows), (u[rows], v), rows, everybody[1])
    if columns.size:
        yield View(source.take(columns=columns), (u, v[columns]), everybody[0], columns)


def together(parts: Iterable[tuple[View, Found]], size: int) -> Found:
    """Return what passes over the pairs of some people have found, as if it were one pass; there are so many rows in all."""
    pairs, rest = [np.zeros((3, 0), np.int64)], np.full(size, UNSEEN)
    for view, found in parts:
        pairs.append(np.stack([view.rows[found.rows], view.columns[found.columns], found.gain]))
        rest[view.rows] = np.maximum(rest[view.rows], found.rest)
    rows, columns, gain = np.concatenate(pairs, axis=1)
    return Found(rows, columns, gain, rest)
