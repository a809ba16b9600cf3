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


class Bars(NamedTuple):
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


class Seen(NamedTuple):
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


def look(start: int, gains: tuple[Gain, Gain], bars: Bars) -> Seen:
    """Look at a block of pairs with numpy.

    Parameters
    ----------
    start : int
        The first mentor.
    gains : tuple of numpy.ndarray of int32, shape (mentors, mentees)
        What the mentors gain and what the mentees gain.
    bars : Bars
        What everybody's gains are compared with.

    Returns
    -------
    Seen
        The same as that of the compiled pass.
    """
    mentors, mentees = gains
    part = slice(start, start + len(mentors))
    (mine, theirs), (low, least), (loads, others) = ((own[0][part], own[1]) for own in bars)
    wanted, wanting = mentors > mine[:, None], mentees > theirs
    return Seen(
        better=(_by_row(wanted), _by_column(wanting)),
        envy=(
            sum(
                (_by_row(wanted & bit) << place for place, bit in _bits(others)),
                np.zeros(len(loads), np.int64),
            ),
            sum(
                (_by_column(wanting[bit]) << place for place, bit in _bits(loads)),
                np.zeros(len(others), np.int64),
            ),
        ),
        best=(mentors.max(axis=1, initial=LOWEST), mentees.max(axis=0, initial=LOWEST)),
        blocking=_by_row((mentors > low[:, None]) & (mentees > least)),
        harmless=_harmless(start, gains, (mine, theirs)),
    )


def places(flags: Flags) -> tuple[Whole, Whole]:
    """Return row and column of what is marked, in order; faster than numpy's own where little is."""
    rows, columns = np.divmod(np.flatnonzero(flags), max(flags.shape[1], 1))
    return rows, columns


def _harmless(start: int, gains: tuple[Gain, Gain], worst: tuple[Gain, Gain]) -> Whole:
    (mentors, mentees), (mine, theirs) = gains, worst
    rows, columns = places((mentors >= mine[:, None]) & (mentees >= theirs))
    helps = (mentors[rows, columns] > mine[rows]) | (mentees[rows, columns] > theirs[columns])
    return np.stack([rows + start, columns, helps], axis=1)


def _bits(loads: Gain) -> list[tuple[int, Flags]]:
    """Return where the loads have which binary digits: sums are then a few counts, and counts are cheap."""
    digits = int(loads.max(initial=0)).bit_length()
    return [(place, (loads >> place & 1).astype(bool)) for place in range(digits)]


def _by_row(flags: Flags) -> Whole:
    # A call for each line is several times as fast as the same by an axis.
    return np.fromiter(map(np.count_nonzero, flags), np.int64, len(flags))


def _by_column(flags: Flags) -> Whole:
    count = np.zeros(flags.shape[1], np.int64)
    for first in range(0, len(flags), HEIGHT):
        count += flags[first : first + HEIGHT].view(np.uint8).sum(axis=0, dtype=np.uint8)
    return count
