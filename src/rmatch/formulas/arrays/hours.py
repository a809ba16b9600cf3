"""How long every two people can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas.comparison import on_both_sides
from rmatch.formulas.comparisons import WAYS_OF
from rmatch.formulas.meeting import apart_by
from rmatch.people import QUARTER, WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.meeting import Hours
    from rmatch.formulas.numbered import Numbered


def minutes_in_common(facts: Facts) -> tuple[Numbered, Numbered, NDArray[np.int64]]:
    """Return the different hours of the mentors and of the mentees, and what every two of them have in common.

    Parameters
    ----------
    facts : Facts
        When people can meet, and the days of the round.

    Returns
    -------
    mentors, mentees : Numbered
        Their hours.
    minutes : numpy.ndarray of int64
        Minutes a week on the worst day of the round, hours of mentors × hours of mentees.
    """
    mentors, mentees = on_both_sides(facts, WAYS_OF["hours"])
    minutes = np.zeros((len(mentors.values), len(mentees.values)), np.int64)
    apart = apart_by(facts.programme.dates)
    for zone, rows in _by_zone(mentors.values).items():
        mine = _quarters([mentors.values[row] for row in rows])
        for other_zone, columns in _by_zone(mentees.values).items():
            theirs = _quarters([mentees.values[column] for column in columns])
            # What one clock shows some quarters earlier is what the other shows now.
            shared = [np.roll(mine, -by, axis=1) @ theirs.T for by in apart(zone, other_zone)]
            minutes[np.ix_(rows, columns)] = QUARTER * np.minimum.reduce(shared).astype(np.int64)
    return mentors, mentees, minutes


def _by_zone(hours: Sequence[Hours]) -> dict[str | None, list[int]]:
    """Return where the hours of each zone stand."""
    zones: dict[str | None, list[int]] = {}
    for position, each in enumerate(hours):
        zones.setdefault(each.zone, []).append(position)
    return zones


def _quarters(hours: Sequence[Hours]) -> NDArray[np.float32]:
    """Return a row for each week, in which its quarter hours are marked; sums of these are exact in floats."""
    size = WEEK // 8
    packed = b"".join(each.local.to_bytes(size, "little") for each in hours)
    bits = np.frombuffer(packed, np.uint8).reshape(-1, size)
    return np.unpackbits(bits, axis=1, bitorder="little").astype(np.float32)
