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
from rmatch.fairness.numpy_pass import Thresholds, compare_block
from rmatch.solve import large_enough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gain, Whole
    from rmatch.fairness.numpy_pass import BlockCounts

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


def compare(
    gains: Gains, *, most_listed: int, most_harmless: int, compiled: bool | None = None
) -> Comparison:
    """Compare everybody's partners with all others whom they may meet.

    Parameters
    ----------
    gains : Gains
        What each side gains from every pair.
    most_listed : int
        How many blocking pairs to write down.
    most_harmless : int
        How many pairs that hurt nobody to write down.
    compiled : bool, optional
        Whether tables are passed over by compiled code; without it where that is worth it and can be done.

    Returns
    -------
    Comparison
        Counts are exact, whatever is written down.
    """
    thresholds = _thresholds(gains)
    tally = _Tally.of(gains.scores.shape, most_harmless)
    for start, seen in _by_blocks(gains, thresholds, most_harmless, compiled):
        tally.add(start, seen)
    # Every such mentor is in a blocking pair at least, so no more of them are needed than pairs are listed.
    mentors = np.flatnonzero(tally.blocking)[:most_listed].tolist()
    listed = [(row, column) for row in mentors for column in _blocking(gains, thresholds, row)]
    return Comparison(
        standing=tally.standing(thresholds.worst),
        blocking=int(tally.blocking.sum()),
        listed=tuple(listed[:most_listed]),
        harmless=tally.harmless,
    )


def _by_blocks(
    gains: Gains, thresholds: Thresholds, most: int, compiled: bool | None
) -> Iterator[tuple[int, BlockCounts]]:
    """Look at all pairs, by the compiled pass where it is worth it and can be used."""
    if compiled is None:
        compiled = large_enough(math.prod(gains.scores.shape))
    if gains.tables and compiled:
        from rmatch.fairness.compiled_pass import PAIRS_OF_BLOCK, compare_blocks

        at_once = gains.pairs_at_once or PAIRS_OF_BLOCK
        yield from compare_blocks(gains.tables, thresholds, most, at_once)
    else:
        for start, mentors, mentees in gains.blocks():
            yield start, compare_block(start, (mentors, mentees), thresholds)


def _blocking(gains: Gains, thresholds: Thresholds, row: int) -> list[int]:
    """Return the mentees who would take a mentor that would take them."""
    mentor, mentees = gains.block(row, row + 1)
    mentor_would, mentees_would = (
        mentor[0] > thresholds.taking[0][row],
        mentees[0] > thresholds.taking[1],
    )
    columns: list[int] = np.flatnonzero(mentor_would & mentees_would).tolist()
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
        def everybody(value: int) -> tuple[Whole, Whole]:
            mentors, mentees = shape
            return np.full(mentors, value, np.int64), np.full(mentees, value, np.int64)

        return cls(
            better=everybody(0),
            envy=everybody(0),
            best=everybody(int(CLOSED)),
            blocking=np.zeros(shape[0], np.int64),
            room=room,
            found=[np.zeros((0, 3), np.int64)],
        )

    def add(self, start: int, seen: BlockCounts) -> None:
        """Add what a look at the pairs of some mentors has found."""
        # All that a mentor is compared with is in one block; a mentee's part is in every block.
        part = slice(start, start + len(seen.blocking))
        for counts, new in ((self.better, seen.better), (self.envy, seen.envy)):
            counts[0][part] = new[0]
            counts[1][:] += new[1]
        self.best[0][part] = seen.best[0]
        np.maximum(self.best[1], seen.best[1], out=self.best[1])
        self.blocking[part] = seen.blocking
        self.room -= len(seen.harmless)
        # Beyond the limit none is of use: half of the pairs prove nothing.
        self.found = [*self.found, seen.harmless] if self.room >= 0 else []

    @property
    def harmless(self) -> Whole | None:
        return np.concatenate(self.found, dtype=np.int64) if self.room >= 0 else None

    def standing(self, worst: tuple[Gain, Gain]) -> dict[str, Standing]:
        """Return how everybody stands."""
        standing = {}
        for number, side in enumerate(SIDES):
            regret = np.maximum(self.best[number] - worst[number], 0)
            standing[side] = Standing(self.better[number], regret, self.envy[number])
        return standing


def _thresholds(gains: Gains) -> Thresholds:
    def of_both(values: Callable[[Gains, str], NDArray[np.integer]]) -> tuple[Gain, Gain]:
        mentors, mentees = (values(gains, side).astype(np.int32) for side in SIDES)
        return mentors, mentees

    return Thresholds(of_both(_worst_gain), of_both(_taking), of_both(Gains.partners))


def _worst_gain(gains: Gains, side: str) -> Whole:
    """Return what everybody of a side gains from their worst partner; 0 for those without."""
    any_pair = np.ones_like(gains.locked)
    return np.where(gains.partners(side) > 0, _lowest(gains, side, any_pair), 0)


def _taking(gains: Gains, side: str) -> Whole:
    """Return above which gain everybody of a side would take somebody else."""
    has_room = gains.partners(side) < gains.scores.cohort.capacity(side)
    # Who is full gives up the worst partner whom no lock holds; where all are held, nobody: a bar that is never passed.
    return np.where(has_room, 0, _lowest(gains, side, ~gains.locked))


def _lowest(gains: Gains, side: str, counted: NDArray[np.bool_]) -> Whole:
    """Return what everybody of a side gains from the worst of the pairs that count."""
    lowest = np.full(len(gains.people(side)), NEVER, np.int64)
    np.minimum.at(lowest, gains.positions(side)[counted], gains.own[side][counted])
    return lowest
