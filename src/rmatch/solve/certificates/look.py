"""A look at the points of some rows of pairs, held against their prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import ALLOWED, Certificate
from rmatch.solve.network.network import Whole
from rmatch.utils.compiled import pays
from rmatch.utils.loops import strips

Sides: TypeAlias = "tuple[NDArray[np.integer], NDArray[np.integer]]"

COMPILED = 2**22
"""From so many pairs on loading compiled code takes less time than it saves."""
NEAR = 2**15
"""About so many pairs are held against their prices together: their temporary numbers stay in the nearest memory."""
TOP, BOTTOM = 2**29, ALLOWED - 2**29
"""Beyond all points of 32 bits, and so low that the highest price beside it still is below those of a pair that may be made."""
LOW = -(2**28)
"""Prices from here on are above all points of 32 bits beside the highest one."""


class Seen(NamedTuple):
    """What a look at some rows has found: failures, and the fewest and most points of allowed pairs, or 0."""

    failures: list[str]
    lowest: int
    highest: int


class Look:
    """Looks at blocks of rows, in any order.

    Parameters
    ----------
    certificate : Certificate
        Prices and bonus.
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each used pair.
    """

    def __init__(self, certificate: Certificate, pairs: tuple[Whole, Whole, Whole]) -> None:
        order = np.argsort(pairs[0], kind="stable")
        self.pairs: tuple[Whole, ...] = tuple(field[order] for field in pairs)
        self.u: Whole = certificate.u - certificate.bonus
        self.v: Whole = certificate.v
        # One side may be raised by what the other is lowered by.
        shift = int(np.median(self.u)) if self.u.size else 0
        self.narrow: Sides | None = _narrow(self.u - shift, self.v + shift)
        self.compiled: bool = pays(self.u.size * self.v.size, COMPILED)

    def __call__(
        self, rows: tuple[int, int], points: NDArray[np.integer], allowed: NDArray[np.bool_] | None
    ) -> Seen:
        """Look at the points of the rows from a first to before a last one, and which pairs are allowed."""
        some: Iterable[slice] = strips(points.shape, at_once=NEAR)
        if self.compiled:
            # What compiled code finds is looked at once more: only one says what is wrong.
            some, lowest, highest = self._sifted(rows, points, allowed)
        else:
            lowest, highest = _lowest(points, allowed), _highest(points, allowed)
        of_pairs = self._of_pairs(rows, points, allowed)
        of_others = self._of_others(rows[0], points, allowed, some)
        return Seen([*of_pairs, *of_others], lowest, highest)

    def _sifted(
        self, rows: tuple[int, int], points: NDArray[np.integer], allowed: NDArray[np.bool_] | None
    ) -> tuple[list[slice], int, int]:
        """Return the rows in which something is wrong with other pairs, and the fewest and most points."""
        from rmatch.solve.certificates.sift import sift

        first, last = rows
        own, others = self._prices(first, last - first, points.dtype)
        points = np.ascontiguousarray(points, others.dtype)
        if allowed is not None:
            allowed = np.ascontiguousarray(allowed)
        starts = np.searchsorted(self.pairs[0], np.arange(first, last + 1))
        over = np.zeros(last - first, bool)
        lowest, highest = sift(points, allowed, own, others.copy(), starts, self.pairs[1], over)
        return [slice(row, row + 1) for row in np.flatnonzero(over).tolist()], lowest, highest

    def _mine(self, first: int, last: int) -> slice:
        """Return where the pairs of some rows stand."""
        start, stop = np.searchsorted(self.pairs[0], (first, last)).tolist()
        return slice(start, stop)

    def _of_pairs(
        self, rows: tuple[int, int], block: NDArray[np.integer], allowed: NDArray[np.bool_] | None
    ) -> Iterator[str]:
        mine = self._mine(*rows)
        own, columns, said = (field[mine] for field in self.pairs)
        here = own - rows[0], columns
        points = block[here]
        barred = points <= ALLOWED if allowed is None else ~allowed[here]
        # Where there is no mask, the points of a pair that may not be made are hidden behind what bars it.
        wrong = (points != said) & ~(barred & (allowed is None))
        for at in np.flatnonzero(wrong | barred).tolist():
            i, j = own[at], columns[at]
            if wrong[at]:
                yield f"mentor {i} with mentee {j} is said to have {said[at]} points and has {points[at]}"
            if barred[at]:
                yield f"mentor {i} may not meet mentee {j}"

    def _of_others(
        self,
        first: int,
        block: NDArray[np.integer],
        allowed: NDArray[np.bool_] | None,
        where: Iterable[slice],
    ) -> Iterator[str]:
        for some in where:
            points = block[some]
            own, others = self._prices(first + some.start, len(points), points.dtype)
            over = points > own[:, None] + others
            if allowed is not None:
                over &= allowed[some]
            if over.any():
                # A bonus can lift even a forbidden pair above two low prices.
                over &= points > ALLOWED if allowed is None else over
                yield from self._over(first + some.start, over)

    def _over(self, first: int, over: NDArray[np.bool_]) -> Iterator[str]:
        """Go through the pairs beside those of the matching that are worth more than their prices."""
        for row in np.flatnonzero(over.any(axis=1)).tolist():
            i = first + row
            used = set(self.pairs[1][self._mine(i, i + 1)].tolist())
            for j in np.flatnonzero(over[row]).tolist():
                if j not in used:
                    yield f"mentor {i} with mentee {j} is worth more than their prices"

    def _prices(self, first: int, size: int, kind: np.dtype[Any]) -> Sides:
        """Return the two prices that pairs of some rows must not exceed, in the kind of their points if that can hold them."""
        u, v = self.narrow if self.narrow is not None and kind == np.int32 else (self.u, self.v)
        return u[first : first + size], v


def _narrow(u: Whole, v: Whole) -> Sides | None:
    """Return prices in 32 bits which the same pairs exceed, or nothing where one may be too high beside one too low."""
    for one, other in ((u, v), (v, u)):
        if one.max(initial=0) > TOP and other.min(initial=0) < LOW:
            return None
    narrow = (np.clip(side, BOTTOM, TOP).astype(np.int32) for side in (u, v))
    return next(narrow), next(narrow)


def _lowest(block: NDArray[np.integer], allowed: NDArray[np.bool_] | None) -> int:
    """Return the fewest points of an allowed pair, or 0 if those are more."""
    if allowed is not None:
        return int(block.min(initial=0, where=allowed))
    # As numbers without a sign, those just below 0 are the largest: one fast look tells whether there are any.
    if block.dtype == np.int32 and block.size:
        barred = np.int32(ALLOWED).view(np.uint32)
        if block.view(np.uint32).max() <= barred:
            return 0
    return int(block.min(initial=0, where=block > ALLOWED))


def _highest(block: NDArray[np.integer], allowed: NDArray[np.bool_] | None) -> int:
    return int(block.max(initial=0) if allowed is None else block.max(initial=0, where=allowed))
