"""One look at a block of pairs: who would rather have whom, which two would rather meet, which would not mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Gain = NDArray[np.int32]
    Flags = NDArray[np.bool_]
    Counted = NDArray[np.integer]

LOWEST = np.iinfo(np.int32).min
HEIGHT = 255
"""So many rows at most are counted together in numbers of 8 bits."""


class Thresholds(NamedTuple):
    """What the gains of everybody of one side are compared with.

    Attributes
    ----------
    worst : numpy.ndarray of int32
        What they gain from their worst partner.
    taking : numpy.ndarray of int32
        Above which gain they would take somebody else.
    loads : numpy.ndarray of int32
        How many partners they have.
    """

    worst: Gain
    taking: Gain
    loads: Gain

    def of(self, part: slice) -> Thresholds:
        """Return those of some people."""
        return Thresholds(self.worst[part], self.taking[part], self.loads[part])


class SideCounts(NamedTuple):
    """What is counted for everybody of one side.

    Attributes
    ----------
    better : numpy.ndarray of int
        How many others they would rather have than their worst partner.
    envy : numpy.ndarray of int
        How many partners these have.
    best : numpy.ndarray of int
        The largest gain.
    """

    better: Counted
    envy: Counted
    best: Counted


class BlockCounts(NamedTuple):
    """What a look at the pairs of some mentors with all mentees finds.

    Attributes
    ----------
    mentors, mentees : SideCounts
        Of these mentors, and of all mentees.
    blocking : numpy.ndarray of int
        How many blocking pairs each mentor is in.
    harmless : numpy.ndarray of int, shape (pairs, 3)
        The pairs that would leave neither of the two worse off, in order: mentor, mentee, and whether they help one.
    """

    mentors: SideCounts
    mentees: SideCounts
    blocking: Counted
    harmless: Counted


def compare_block(
    start: int, gains: tuple[Gain, Gain], thresholds: tuple[Thresholds, Thresholds]
) -> BlockCounts:
    """Look at a block of pairs with numpy.

    Parameters
    ----------
    start : int
        The first mentor.
    gains : tuple of numpy.ndarray of int32, shape (mentors, mentees)
        What the mentors gain and what the mentees gain.
    thresholds : tuple of Thresholds
        What the gains of all mentors, and of all mentees, are compared with.

    Returns
    -------
    BlockCounts
        The same as that of the compiled pass.
    """
    mentors, mentees = gains
    part = slice(start, start + len(mentors))
    own, others = thresholds[0].of(part), thresholds[1]
    mentor_wants = mentors > own.worst[:, None]
    mentee_wants = mentees > others.worst
    mentor_would = mentors > own.taking[:, None]
    mentee_would = mentees > others.taking
    return BlockCounts(
        mentors=SideCounts(
            better=_by_row(mentor_wants),
            envy=_loads_by_row(mentor_wants, others.loads),
            best=mentors.max(axis=1, initial=LOWEST),
        ),
        mentees=SideCounts(
            better=_by_column(mentee_wants),
            envy=_loads_by_column(mentee_wants, own.loads),
            best=mentees.max(axis=0, initial=LOWEST),
        ),
        blocking=_by_row(mentor_would & mentee_would),
        harmless=_harmless(start, gains, own.worst, others.worst),
    )


def _harmless(start: int, gains: tuple[Gain, Gain], worst: Gain, others_worst: Gain) -> Whole:
    """Return the pairs that leave neither of the two worse off, and whether they help one."""
    mentors, mentees = gains
    keep_mentor = mentors >= worst[:, None]
    keep_mentee = mentees >= others_worst
    rows, columns = _marked(keep_mentor & keep_mentee)
    help_mentor = mentors[rows, columns] > worst[rows]
    help_mentee = mentees[rows, columns] > others_worst[columns]
    return np.stack([rows + start, columns, help_mentor | help_mentee], axis=1)


def _marked(flags: Flags) -> tuple[Whole, Whole]:
    """Return row and column of what is marked, in order; faster than numpy's own where little is."""
    width = max(flags.shape[1], 1)
    rows, columns = np.divmod(np.flatnonzero(flags), width)
    return rows, columns


def _loads_by_row(flags: Flags, loads: Gain) -> Whole:
    """Return for every row the loads of the columns that are marked in it."""
    total = np.zeros(len(flags), np.int64)
    for digit, has in _binary_digits(loads):
        total += _by_row(flags & has) << digit
    return total


def _loads_by_column(flags: Flags, loads: Gain) -> Whole:
    """Return for every column the loads of the rows that are marked in it."""
    total = np.zeros(flags.shape[1], np.int64)
    for digit, has in _binary_digits(loads):
        total += _by_column(flags[has]) << digit
    return total


def _binary_digits(loads: Gain) -> list[tuple[int, Flags]]:
    """Return where the loads have which binary digits: sums are then a few counts, and counts are cheap."""
    digits = int(loads.max(initial=0)).bit_length()
    masks = ((loads >> digit & 1).astype(bool) for digit in range(digits))
    return list(enumerate(masks))


def _by_row(flags: Flags) -> Whole:
    # A call for each line is several times as fast as the same by an axis.
    return np.fromiter(map(np.count_nonzero, flags), np.int64, len(flags))


def _by_column(flags: Flags) -> Whole:
    total = np.zeros(flags.shape[1], np.int64)
    # Sums of at most 255 ones fit into 8 bits, and a processor adds up many of these at a time.
    for first in range(0, len(flags), HEIGHT):
        few = flags[first : first + HEIGHT].view(np.uint8)
        total += few.sum(axis=0, dtype=np.uint8)
    return total
