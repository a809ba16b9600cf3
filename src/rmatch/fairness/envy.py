r"""Rank, regret and envy of everybody, and the pairs that would rather meet each other: one pass over all pairs.

For a mentor `i` with the partners :math:`M(i)`, the gain :math:`u_i(j)` from the mentee `j`, and the worst gain

.. math:: a_i = \min_{j \in M(i)} u_i(j), \qquad a_i = 0 \text{ without partners},

the other mentees whom `i` may meet and would rather meet are
:math:`B(i) = \{j \notin M(i) : (i, j) \text{ may be made}, u_i(j) > a_i\}`. Then, likewise for mentees,

.. math:: \operatorname{rank}_i = 1 + |B(i)|, \qquad
   \operatorname{regret}_i = \max\bigl(0, \max_{j \notin M(i)} u_i(j) - a_i\bigr), \qquad
   \operatorname{envy}_i = \sum_{j \in B(i)} |M(j)|.

A blocking pair (Gale and Shapley, :doi:`10.2307/2312726`; Roth and Sotomayor, :doi:`10.1017/CCOL052139015X`) may be made,
is none of the matching's, and both would take the other: into a free place if the gain is above 0, else in the place of
the worst partner whom no lock holds if it is above that one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.fairness.gains import CLOSED, SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.fairness.gains import Block, Gains, Whole

NEVER = np.iinfo(np.int32).max
"""A bar that no gain is above."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How everybody of one side stands.

    Attributes
    ----------
    better : numpy.ndarray of int64
        How many other partners each would rather have than their worst; one less than the rank.
    regret : numpy.ndarray of int64
        By how many points the best of them is better.
    envy : numpy.ndarray of int64
        How many places with them others have.
    """

    better: Whole
    regret: Whole
    envy: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What one pass over all pairs finds.

    Attributes
    ----------
    standing : dict of str to Standing
        By side.
    blocking : int
        The number of blocking pairs, exact.
    listed : tuple of (int, int)
        The first of them, by mentor and mentee.
    harmless : numpy.ndarray of int64, shape (pairs, 3), or None
        The other pairs that would leave neither of the two worse off: mentor, mentee, and 1 where they would help one of
        them; None where there are more than were asked for.
    """

    standing: dict[str, Standing]
    blocking: int
    listed: tuple[tuple[int, int], ...]
    harmless: Whole | None


def compare(gains: Gains, *, most_listed: int, most_harmless: int) -> Comparison:
    """Compare everybody's partners with all others whom they may meet.

    Parameters
    ----------
    gains : Gains
        What each side gains from every pair.
    most_listed : int
        How many blocking pairs to write down.
    most_harmless : int
        How many pairs that hurt nobody to write down.

    Returns
    -------
    Comparison
        Counts are exact, whatever is written down.
    """
    worst = [worst_gain(gains, side) for side in SIDES]
    bars = [_bar(gains, side) for side in SIDES]
    loads = [gains.partners(side).astype(np.float32) for side in SIDES]
    tally = [_Tally.of(len(own)) for own in worst]
    listed: list[tuple[int, int]] = []
    harmless = [np.zeros((0, 3), np.int64)]
    blocking, room = 0, most_harmless
    for part, mentors, mentees in gains.blocks():
        tally[0].add(part, mentors, worst[0][part], loads[1])
        tally[1].add(slice(None), mentees.T, worst[1], loads[0][part])
        both = (mentors > bars[0][part, None]) & (mentees > bars[1])
        blocking += int(np.count_nonzero(both))
        listed += _places(both, part.start, most_listed - len(listed))
        if room >= 0:
            found = _harmless((part, mentors, mentees), worst)
            room -= len(found)
            harmless.append(found)
    standing = {side: own.standing(low) for side, own, low in zip(SIDES, tally, worst, strict=True)}
    whole = np.concatenate(harmless) if room >= 0 else None
    return Comparison(standing, blocking, tuple(listed), whole)


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """Counts of a side, block after block; float32 holds those of one block exactly."""

    better: Whole
    best: NDArray[np.int32]
    envy: Whole

    @classmethod
    def of(cls, size: int) -> _Tally:
        return cls(np.zeros(size, np.int64), np.full(size, CLOSED), np.zeros(size, np.int64))

    def add(self, part: slice, gains: NDArray[np.int32], worst: NDArray[np.int32], loads: NDArray[np.float32]) -> None:
        """Add what some people (rows) would gain from others (columns) who have so many partners."""
        wanted = (gains > worst[:, None]).astype(np.float32)
        sums = wanted @ np.stack([np.ones_like(loads), loads], axis=1)
        self.better[part] += sums[:, 0].astype(np.int64)
        self.envy[part] += sums[:, 1].astype(np.int64)
        self.best[part] = np.maximum(self.best[part], gains.max(axis=1, initial=CLOSED))

    def standing(self, worst: NDArray[np.int32]) -> Standing:
        return Standing(self.better, np.maximum(self.best.astype(np.int64) - worst, 0), self.envy)


def worst_gain(gains: Gains, side: str) -> NDArray[np.int32]:
    """Return what everybody of a side gains from their worst partner; 0 for those without."""
    return np.where(gains.partners(side) > 0, _lowest(gains, side, np.ones_like(gains.locked)), 0).astype(np.int32)


def _bar(gains: Gains, side: str) -> NDArray[np.int32]:
    """Return above which gain everybody of a side would take somebody else."""
    room = gains.partners(side) < gains.scores.cohort.capacity(side)
    return np.where(room, 0, _lowest(gains, side, ~gains.locked)).astype(np.int32)


def _lowest(gains: Gains, side: str, counted: NDArray[np.bool_]) -> Whole:
    lowest = np.full(len(gains.people(side)), NEVER, np.int64)
    np.minimum.at(lowest, gains.places(side)[counted], gains.own[side][counted])
    return lowest


def _places(found: NDArray[np.bool_], start: int, most: int) -> list[tuple[int, int]]:
    if most <= 0:
        return []
    lines = np.flatnonzero(found.any(axis=1))[:most]
    rows, columns = np.nonzero(found[lines])
    return list(zip((lines[rows] + start).tolist(), columns.tolist(), strict=True))[:most]


def _harmless(block: Block, worst: list[NDArray[np.int32]]) -> Whole:
    part, mentors, mentees = block
    rows, columns = np.nonzero((mentors >= worst[0][part, None]) & (mentees >= worst[1]))
    helps = (mentors[rows, columns] > worst[0][part][rows]) | (mentees[rows, columns] > worst[1][columns])
    return np.stack([rows + part.start, columns, helps], axis=1)
