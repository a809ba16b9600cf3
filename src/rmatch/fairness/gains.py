"""What each side gains from every pair, block by block, never as a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rmatch.fairness.gain_tables import GainTables
from rmatch.scoring import Scores
from rmatch.utils.sides import SIDES, Side

Whole = NDArray[np.int64]
Gain = NDArray[np.int32]
Block = tuple[int, Gain, Gain]


TABLE_CELLS, BLOCK_CELLS = 2**18, 2**22
"""About so many pairs are looked at in one go: what a processor's cache holds, or what makes asking worth it."""
CLOSED = np.int32(-(2**30))
"""What both sides gain from a pair that may not be made, where no tables say it; below all others."""


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
    tabled : bool
        Whether tables are used where criteria and rules are tables.
    pairs_at_once : int, optional
        About how many pairs are looked at in one go; without it as many as suit the way they are looked at.
    """

    scores: Scores
    rows: Whole
    columns: Whole
    locked: NDArray[np.bool_]
    tabled: bool = True
    pairs_at_once: int | None = None

    @classmethod
    def of(
        cls,
        scores: Scores,
        pairs: Iterable[tuple[str, str]],
        locked: Iterable[tuple[str, str]] = (),
    ) -> Gains:
        """Take the pairs of a matching by their ids."""
        cohort = scores.cohort
        row, column = cohort.row, cohort.column
        demanded = set(locked)
        # In the order of the mentors, so that the pairs of some successive ones are found by bisection.
        ordered = sorted(
            (row[mentor], column[mentee], (mentor, mentee) in demanded) for mentor, mentee in pairs
        )
        rows, columns, is_locked = np.array(ordered, np.int64).reshape(-1, 3).T
        return cls(scores, rows, columns, is_locked.astype(bool))

    def people(self, side: str) -> tuple[str, ...]:
        """Return the ids of a side."""
        ids: tuple[str, ...] = getattr(self.scores, f"{side}s")
        return ids

    def positions(self, side: str) -> Whole:
        """Return the position in their side of the mentor, or of the mentee, of each pair."""
        return self.rows if side == "mentor" else self.columns

    def partners(self, side: str) -> Whole:
        """Return how many partners everybody of a side has."""
        size = len(self.people(side))
        return np.bincount(self.positions(side), minlength=size)

    def total(self, side: str) -> Whole:
        """Return what everybody of a side gains from all their partners; 0 for those without."""
        size = len(self.people(side))
        sums = np.zeros(size, np.int64)
        np.add.at(sums, self.positions(side), self.own[side])
        return sums

    @cached_property
    def without_places(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Who of the mentors, and who of the mentees, has no places at all."""
        cohort = self.scores.cohort
        mentors = cohort.capacity("mentor") == 0
        mentees = cohort.capacity("mentee") == 0
        return mentors, mentees

    @cached_property
    def points(self) -> Whole:
        """The points of each pair."""
        return self._sum(self.scores.sides)

    @cached_property
    def own(self) -> dict[str, Whole]:
        """What each side gains from each pair."""
        return {side: self._sum((side, "both")) for side in SIDES}

    @cached_property
    def tables(self) -> GainTables | None:
        """What each side gains as tables, where criteria and rules are."""
        if not self.tabled:
            return None
        made = np.stack([self.rows, self.columns], axis=1)
        return GainTables.of(self.scores, made, self.without_places)

    def blocks(self) -> Iterator[Block]:
        """Go through all pairs by blocks of mentors.

        Yields
        ------
        tuple of int and two ndarrays of int32
            The first mentor, what the mentors gain from all mentees, and what these gain. Pairs that may not be made, and
            those with somebody who has no places, are far below all others; so are the pairs of the matching.
        """
        mentors, mentees = self.scores.shape
        as_suits = TABLE_CELLS if self.tables else BLOCK_CELLS
        pairs_at_once = self.pairs_at_once or as_suits
        height = max(1, pairs_at_once // max(mentees, 1))
        for start in range(0, mentors, height):
            stop = min(start + height, mentors)
            yield start, *self.block(start, stop)

    def block(self, start: int, stop: int) -> tuple[Gain, Gain]:
        """Return what some mentors gain from all mentees, and what these gain; see :meth:`blocks`."""
        if self.tables:
            return self.tables.block(start, stop)
        _, mentees = self.scores.shape
        rows, columns = np.arange(start, stop), np.arange(mentees)
        closed = self._closed(rows, columns)

        def of(side: Side) -> Gain:
            gains = self.scores.gains(side).block(rows, columns)
            return np.where(closed, CLOSED, gains).astype(np.int32)

        return of("mentor"), of("mentee")

    def _closed(self, rows: Whole, columns: Whole) -> NDArray[np.bool_]:
        """Return which pairs of successive rows may not be made, or are made already."""
        mentors_without, mentees_without = self.without_places
        closed = ~self.scores.open_block(rows, columns)
        closed |= mentors_without[rows, None]
        closed |= mentees_without
        start, stop = rows[0], rows[-1] + 1
        made = slice(*np.searchsorted(self.rows, [start, stop]))
        mentors, mentees = self.rows[made], self.columns[made]
        closed[mentors - start, mentees] = True
        return closed

    def _sum(self, sides: Iterable[str]) -> Whole:
        total = np.zeros(len(self.rows), np.int64)
        for side, worth in zip(self.scores.sides, self._worth, strict=True):
            if side in sides:
                total += worth
        return total

    @cached_property
    def _worth(self) -> list[Whole]:
        """What each factor gives each pair."""
        return [factor.at(self.rows, self.columns) for factor in self.scores.factors]
