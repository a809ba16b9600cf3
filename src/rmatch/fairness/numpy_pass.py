"""One look at a block of pairs: who would rather have whom, which two would rather meet, which would not mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Gain = NDArray[np.int32]
    Flags = NDArray[np.bool_]

LOWEST = np.iinfo(np.int32).min
HEIGHT = 255
"""So many rows at most are counted together in numbers of 8 bits."""


class Thresholds(NamedTuple):
    """What everybody's gains are compared with, each first of the mentors, then of the mentees.

    Attributes
    ----------
    worst : tuple of numpy.ndarray of int32
        What they gain from their worst partner.
    taking : tuple of numpy.ndarray of int32
        Above which gain they would take somebody else.
    loads : tuple of numpy.ndarray of int32
        How many partners they have.
    """

    worst: tuple[Gain, Gain]
    taking: tuple[Gain, Gain]
    loads: tuple[Gain, Gain]


class BlockCounts(NamedTuple):
    """What a look at the pairs of some mentors with all mentees finds.

    Attributes
    ----------
    better, envy, best : tuple of numpy.ndarray
        For each of these mentors and for all mentees: how many others they would rather have than their worst partner,
        how many partners these have, and the largest gain.
    blocking : numpy.ndarray
        How many blocking pairs each mentor is in.
    harmless : numpy.ndarray of int, shape (pairs, 3)
        The pairs that would leave neither of the two worse off, in order: mentor, mentee, and whether they help one.
    """

    better: tuple[NDArray[np.integer], NDArray[np.integer]]
    envy: tuple[NDArray[np.integer], NDArray[np.integer]]
    best: tuple[Gain, Gain]
    blocking: NDArray[np.integer]
    harmless: NDArray[np.integer]


def compare_block(start: int, gains: tuple[Gain, Gain], thresholds: Thresholds) -> BlockCounts:
    """Look at a block of pairs with numpy.

    Parameters
    ----------
    start : int
        The first mentor.
    gains : tuple of numpy.ndarray of int32, shape (mentors, mentees)
        What the mentors gain and what the mentees gain.
    thresholds : Thresholds
        What everybody's gains are compared with.

    Returns
    -------
    BlockCounts
        The same as that of the compiled pass.
    """
    mentors, mentees = gains
    part = slice(start, start + len(mentors))
    # A column of the mentors' thresholds against each row, a row of the mentees' thresholds against each column.
    worst, taking, loads = ((own[0][part, None], own[1]) for own in thresholds)
    mentor_wants, mentee_wants = mentors > worst[0], mentees > worst[1]
    both_would = (mentors > taking[0]) & (mentees > taking[1])
    return BlockCounts(
        better=(_by_row(mentor_wants), _by_column(mentee_wants)),
        envy=_envy(mentor_wants, mentee_wants, (loads[0][:, 0], loads[1])),
        best=(mentors.max(axis=1, initial=LOWEST), mentees.max(axis=0, initial=LOWEST)),
        blocking=_by_row(both_would),
        harmless=_harmless(start, gains, worst),
    )


def _envy(
    mentor_wants: Flags, mentee_wants: Flags, loads: tuple[Gain, Gain]
) -> tuple[Whole, Whole]:
    """Return how many partners those have whom each of the mentors, and of the mentees, would rather have."""
    by_mentor = np.zeros(len(loads[0]), np.int64)
    for digit, has in _binary_digits(loads[1]):
        by_mentor += _by_row(mentor_wants & has) << digit
    by_mentee = np.zeros(len(loads[1]), np.int64)
    for digit, has in _binary_digits(loads[0]):
        by_mentee += _by_column(mentee_wants[has]) << digit
    return by_mentor, by_mentee


def _harmless(start: int, gains: tuple[Gain, Gain], worst: tuple[Gain, Gain]) -> Whole:
    """Return the pairs that leave neither of the two worse off, and whether they help one."""
    mentors, mentees = gains
    rows, columns = _marked((mentors >= worst[0]) & (mentees >= worst[1]))
    helps_mentor = mentors[rows, columns] > worst[0][rows, 0]
    helps_mentee = mentees[rows, columns] > worst[1][columns]
    return np.stack([rows + start, columns, helps_mentor | helps_mentee], axis=1)


def _marked(flags: Flags) -> tuple[Whole, Whole]:
    """Return row and column of what is marked, in order; faster than numpy's own where little is."""
    rows, columns = np.divmod(np.flatnonzero(flags), max(flags.shape[1], 1))
    return rows, columns


def _binary_digits(loads: Gain) -> list[tuple[int, Flags]]:
    """Return where the loads have which binary digits: sums are then a few counts, and counts are cheap."""
    digits = int(loads.max(initial=0)).bit_length()
    return [(digit, (loads >> digit & 1).astype(bool)) for digit in range(digits)]


def _by_row(flags: Flags) -> Whole:
    # A call for each line is several times as fast as the same by an axis.
    return np.fromiter(map(np.count_nonzero, flags), np.int64, len(flags))


def _by_column(flags: Flags) -> Whole:
    count = np.zeros(flags.shape[1], np.int64)
    # Sums of at most 255 ones fit into 8 bits, and a processor adds up many of these at a time.
    for first in range(0, len(flags), HEIGHT):
        count += flags[first : first + HEIGHT].view(np.uint8).sum(axis=0, dtype=np.uint8)
    return count
