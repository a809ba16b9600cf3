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

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.fairness.gains import CLOSED, SIDES, Gains
from rmatch.fairness.numpy_pass import Bars, look
from rmatch.solve import large_enough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gain, Whole
    from rmatch.fairness.numpy_pass import Seen

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
    bars = _bars(gains)
    tally = _Tally.of(gains.scores.shape, most_harmless)
    for start, seen in _looks(gains, bars, most_harmless):
        tally.add(start, seen)
    rows = np.flatnonzero(tally.blocking)[:most_listed].tolist()
    listed = [(row, column) for row in rows for column in _blocking(gains, bars, row)]
    standing, blocking = tally.standing(bars.worst), int(tally.blocking.sum())
    return Comparison(standing, blocking, tuple(listed[:most_listed]), tally.harmless)


def _looks(gains: Gains, bars: Bars, most: int) -> Iterator[tuple[int, Seen]]:
    """Look at all pairs, by the compiled pass where it is worth it and can be used."""
    if gains.tables and large_enough(math.prod(gains.scores.shape)):
        from rmatch.fairness.compiled_pass import sweep

        yield from sweep(gains.tables, bars, most)
    else:
        for start, mentors, mentees in gains.blocks():
            yield start, look(start, (mentors, mentees), bars)


def _blocking(gains: Gains, bars: Bars, row: int) -> list[int]:
    mentor, mentees = gains.block(row, row + 1)
    columns: list[int] = np.flatnonzero(
        (mentor[0] > bars.taking[0][row]) & (mentees[0] > bars.taking[1])
    ).tolist()
    return columns


@dataclass(slots=True, eq=False)
class _Tally:
    """Counts of everybody, block after block."""

    better: tuple[Whole, Whole]
    envy: tuple[Whole, Whole]
    best: tuple[Whole, Whole]
    blocking: Whole
    room: int
    found: list[NDArray[np.integer]]

    @classmethod
    def of(cls, shape: tuple[int, int], room: int) -> _Tally:
        better, envy, best = (
            (np.full(shape[0], least), np.full(shape[1], least)) for least in (0, 0, int(CLOSED))
        )
        return cls(
            better, envy, best, np.zeros(shape[0], np.int64), room, [np.zeros((0, 3), np.int64)]
        )

    def add(self, start: int, seen: Seen) -> None:
        """Add what a look at the pairs of some mentors has found."""
        part = slice(start, start + len(seen.blocking))
        for counts, new in ((self.better, seen.better), (self.envy, seen.envy)):
            counts[0][part] = new[0]
            counts[1][:] += new[1]
        self.best[0][part] = seen.best[0]
        np.maximum(self.best[1], seen.best[1], out=self.best[1])
        self.blocking[part] = seen.blocking
        self.room -= len(seen.harmless)
        # Beyond the limit none is of use.
        self.found = [*self.found, seen.harmless] if self.room >= 0 else []

    @property
    def harmless(self) -> Whole | None:
        return np.concatenate(self.found, dtype=np.int64) if self.room >= 0 else None

    def standing(self, worst: tuple[Gain, Gain]) -> dict[str, Standing]:
        """Return how everybody stands."""
        regret = (np.maximum(best - low, 0) for best, low in zip(self.best, worst, strict=True))
        return dict(zip(SIDES, map(Standing, self.better, regret, self.envy), strict=True))


def _bars(gains: Gains) -> Bars:
    def each(of: Callable[[Gains, str], NDArray[np.integer]]) -> tuple[Gain, Gain]:
        return of(gains, "mentor").astype(np.int32), of(gains, "mentee").astype(np.int32)

    return Bars(each(worst_gain), each(_taking), each(Gains.partners))


def worst_gain(gains: Gains, side: str) -> NDArray[np.int32]:
    """Return what everybody of a side gains from their worst partner; 0 for those without."""
    return np.where(
        gains.partners(side) > 0, _lowest(gains, side, np.ones_like(gains.locked)), 0
    ).astype(np.int32)


def _taking(gains: Gains, side: str) -> NDArray[np.int32]:
    """Return above which gain everybody of a side would take somebody else."""
    room = gains.partners(side) < gains.scores.cohort.capacity(side)
    return np.where(room, 0, _lowest(gains, side, ~gains.locked)).astype(np.int32)


def _lowest(gains: Gains, side: str, counted: NDArray[np.bool_]) -> Whole:
    lowest = np.full(len(gains.people(side)), NEVER, np.int64)
    np.minimum.at(lowest, gains.places(side)[counted], gains.own[side][counted])
    return lowest
