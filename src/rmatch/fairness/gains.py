"""What each side gains from every pair, block by block, never as a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.criteria.reach import Steps
from rmatch.criteria.table import Table
from rmatch.solve.columns import available

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from rmatch.scoring import Scores

    Whole = NDArray[np.int64]
    Block = tuple[slice, NDArray[np.int32], NDArray[np.int32]]

SIDES = ("mentor", "mentee")
COMPILED_CELLS, PLAIN_CELLS = 2**18, 2**22
"""About so many pairs are looked at in one go: what a processor's cache holds, or what makes numpy's calls worth it."""
CLOSED = np.int32(-(2**30))
"""What both sides gain from a pair that may not be made; below all others."""
GROUP = 64


@dataclass(frozen=True, eq=False)
class Gains:
    r"""What the two sides gain from the pairs of a matching, and from all others.

    A criterion belongs to a side. What a mentor gains from a pair, :math:`u_i(j)`, are the points of the criteria of
    the mentor's side and of both sides; what the mentee gains, :math:`w_j(i)`, those of the mentee's side and of both.

    Attributes
    ----------
    scores : Scores
        Points and permissions.
    rows, columns : numpy.ndarray of int
        The mentor and the mentee of each pair.
    locked : numpy.ndarray of bool
        Which pairs the organiser has demanded.
    """

    scores: Scores
    rows: Whole
    columns: Whole
    locked: NDArray[np.bool_]

    @classmethod
    def of(cls, scores: Scores, pairs: Iterable[tuple[str, str]], locked: Iterable[tuple[str, str]] = ()) -> Gains:
        """Take the pairs of a matching by their ids."""
        row, column, fixed = scores.cohort.row, scores.cohort.column, set(locked)
        ordered = sorted((row[mentor], column[mentee], (mentor, mentee) in fixed) for mentor, mentee in pairs)
        rows, columns, kept = np.array(ordered, np.int64).reshape(-1, 3).T
        return cls(scores, rows, columns, kept.astype(bool))

    def people(self, side: str) -> tuple[str, ...]:
        """Return the ids of a side."""
        ids: tuple[str, ...] = getattr(self.scores, f"{side}s")
        return ids

    def places(self, side: str) -> Whole:
        """Return the mentor or the mentee of each pair, as a position in the side."""
        return self.rows if side == "mentor" else self.columns

    def partners(self, side: str) -> Whole:
        """Return how many partners everybody of a side has."""
        return np.bincount(self.places(side), minlength=len(self.people(side)))

    def total(self, side: str) -> Whole:
        """Return what everybody of a side gains from all their partners; 0 for those without."""
        sums = np.zeros(len(self.people(side)), np.int64)
        np.add.at(sums, self.places(side), self.own[side])
        return sums

    @cached_property
    def points(self) -> Whole:
        """The points of each pair."""
        return self._picked(self.scores)

    @cached_property
    def own(self) -> dict[str, Whole]:
        """What each side gains from each pair."""
        return {side: self._picked(self.scores.gains(side)) for side in SIDES}

    def blocks(self) -> Iterator[Block]:
        """Go through all pairs by blocks of mentors.

        Yields
        ------
        tuple of slice and two ndarrays of int32
            The mentors, what they gain from all mentees, and what these gain. Pairs that may not be made, and those with
            somebody who has no places, hold :data:`CLOSED`; so do the pairs of the matching.
        """
        mentors, mentees = self.scores.shape
        full = [self.scores.cohort.capacity(side) == 0 for side in SIDES]
        compiled = self._compiled()
        block, cells = (compiled, COMPILED_CELLS) if compiled else (self._plain(), PLAIN_CELLS)
        height = max(1, cells // max(mentees, 1))
        for start in range(0, mentors, height):
            part = slice(start, min(start + height, mentors))
            both = block(part.start, part.stop)
            first, last = np.searchsorted(self.rows, [part.start, part.stop])
            for gains in both:
                gains[full[0][part]] = CLOSED
                gains[:, full[1]] = CLOSED
                gains[self.rows[first:last] - start, self.columns[first:last]] = CLOSED
            yield part, both[0], both[1]

    def _plain(self) -> Callable[[int, int], list[NDArray[np.int32]]]:
        everyone = np.arange(self.scores.shape[1])
        sides = [self.scores.gains(side) for side in SIDES]

        def block(start: int, stop: int) -> list[NDArray[np.int32]]:
            rows = np.arange(start, stop)
            open_pairs = self.scores.open_block(rows, everyone)
            return [np.where(open_pairs, side.block(rows, everyone), CLOSED).astype(np.int32) for side in sides]

        return block

    def _compiled(self) -> Callable[[int, int], list[NDArray[np.int32]]] | None:
        """Return the same by the compiled pass, where criteria and rules are tables."""
        scores = self.scores
        tables = all(isinstance(factor, Table | Steps) for factor in scores.factors)
        rules = all(hasattr(rule, "alike") or hasattr(rule, "closed") for rule in scores.cohort.programme.rules)
        if not (available() and tables and rules and scores.cohort.programme.min_points is None and all(scores.shape)):
            return None
        from rmatch.stream import stream

        nothing = np.zeros((0, 2), np.int64)
        sources = [stream(scores.gains(side), nothing, protected=True) for side in SIDES]

        def block(start: int, stop: int) -> list[NDArray[np.int32]]:
            both = [source.rows(start, stop) for source in sources]
            for gains in both:
                # Tables of the built-in criteria give nothing below zero.
                gains[gains < 0] = CLOSED
            return [gains.astype(np.int32, copy=False) for gains in both]

        return block

    def _picked(self, scores: Scores) -> Whole:
        found = [np.zeros(0, np.int64)]
        for start in range(0, len(self.rows), GROUP):
            part = slice(start, start + GROUP)
            found.append(scores.block(self.rows[part], self.columns[part]).diagonal())
        return np.concatenate(found)
