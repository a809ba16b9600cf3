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

from rmatch.fairness.gains import CLOSED
from rmatch.fairness.numpy_pass import Thresholds, compare_block
from rmatch.solve import large_enough
from rmatch.utils.sides import SIDES, Side
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gain, Gains, Whole
    from rmatch.fairness.numpy_pass import BlockCounts, SideCounts

    Both = tuple[Thresholds, Thresholds]

NEVER = np.iinfo(np.int32).max
"""A threshold that no gain is above."""


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

    standing: dict[Side, Standing]
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
    thresholds = _thresholds(gains, "mentor"), _thresholds(gains, "mentee")
    tally = _Tally.of(gains.scores.shape, most_harmless)
    for start, block in _blocks(gains, thresholds, most_harmless, compiled):
        tally.add(start, block)
    # Every such mentor is in a blocking pair at least, so no more of them are needed than pairs are listed.
    mentors = np.flatnonzero(tally.blocking)[:most_listed].tolist()
    listed: list[tuple[int, int]] = []
    for mentor in mentors:
        mentees = _blocking(gains, thresholds, mentor)
        listed += [(mentor, mentee) for mentee in mentees]
    standing = {}
    for side, counts, own in zip(SIDES, tally.sides, thresholds, strict=True):
        standing[side] = counts.standing(own.worst)
    return Comparison(
        standing=standing,
        blocking=int(tally.blocking.sum()),
        listed=tuple(listed[:most_listed]),
        harmless=tally.harmless,
    )


def _blocks(
    gains: Gains, thresholds: Both, most: int, compiled: bool | None
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
            listen("comparisons")
            yield start, compare_block(start, (mentors, mentees), thresholds)


def _blocking(gains: Gains, thresholds: Both, mentor: int) -> list[int]:
    """Return the mentees who would take a mentor that would take them."""
    own, others = thresholds
    of_mentor, of_mentees = gains.block(mentor, mentor + 1)
    mentor_would = of_mentor[0] > own.taking[mentor]
    mentees_would = of_mentees[0] > others.taking
    mentees: list[int] = np.flatnonzero(mentor_would & mentees_would).tolist()
    return mentees


@dataclass(frozen=True, slots=True, eq=False)
class _SideTally:
    """Counts of everybody of one side."""

    better: Whole
    envy: Whole
    best: Whole

    @classmethod
    def of(cls, size: int) -> _SideTally:
        nothing = np.zeros(size, np.int64)
        return cls(nothing, nothing.copy(), np.full(size, int(CLOSED)))

    def add(self, part: slice, counts: SideCounts) -> None:
        """Add the counts of some of the people."""
        self.better[part] += counts.better
        self.envy[part] += counts.envy
        self.best[part] = np.maximum(self.best[part], counts.best)

    def standing(self, worst: Gain) -> Standing:
        """Return how everybody stands."""
        regret = np.maximum(self.best - worst, 0)
        return Standing(self.better, regret, self.envy)


@dataclass(slots=True, eq=False)
class _Tally:
    """Counts of everybody, block after block."""

    sides: tuple[_SideTally, _SideTally]
    blocking: Whole
    room: int
    found: list[NDArray[np.integer]]

    @classmethod
    def of(cls, shape: tuple[int, int], room: int) -> _Tally:
        mentors, mentees = shape
        return cls(
            sides=(_SideTally.of(mentors), _SideTally.of(mentees)),
            blocking=np.zeros(mentors, np.int64),
            room=room,
            found=[np.zeros((0, 3), np.int64)],
        )

    def add(self, start: int, block: BlockCounts) -> None:
        """Add what a look at the pairs of some mentors has found."""
        mentors, mentees = self.sides
        # All that a mentor is compared with is in one block; a mentee's part is in every block.
        part = slice(start, start + len(block.blocking))
        mentors.add(part, block.mentors)
        mentees.add(slice(None), block.mentees)
        self.blocking[part] = block.blocking
        self.room -= len(block.harmless)
        # Beyond the limit none is of use: some of the pairs prove nothing.
        self.found = [*self.found, block.harmless] if self.room >= 0 else []

    @property
    def harmless(self) -> Whole | None:
        return np.concatenate(self.found, dtype=np.int64) if self.room >= 0 else None


def _thresholds(gains: Gains, side: Side) -> Thresholds:
    partners = gains.partners(side)
    any_pair = np.ones_like(gains.locked)
    worst = np.where(partners > 0, _lowest(gains, side, any_pair), 0)
    has_room = partners < gains.scores.cohort.capacity(side)
    # Who is full gives up the worst partner whom no lock holds; where all are held, nobody, and no gain is above that.
    taking = np.where(has_room, 0, _lowest(gains, side, ~gains.locked))
    return Thresholds(
        worst=worst.astype(np.int32),
        taking=taking.astype(np.int32),
        loads=partners.astype(np.int32),
    )


def _lowest(gains: Gains, side: str, counted: NDArray[np.bool_]) -> Whole:
    """Return what everybody of a side gains from the worst of the pairs that count."""
    lowest = np.full(len(gains.people(side)), NEVER, np.int64)
    people, own = gains.positions(side), gains.own[side]
    np.minimum.at(lowest, people[counted], own[counted])
    return lowest
