"""The organisation chart of the synthetic workforce: one chief executive, a boss for everybody else.

Mentors stand on the lower four levels, mentees on the upper three, in fixed shares. Trainees, associates and
professionals report to seniors, every other level to the next, executives to executives. Where a level has fewer than
one person to `SPAN` reports, managers who take no part (role ``"none"``) fill it up: none or few at equal numbers,
about one to `SPAN`² mentors where leaders are rare. So no step is missing between a mentor and the chief.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.datasets.draws import position
from rmatch.datasets.vocabulary import LEVELS
from rmatch.people import ROLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.datasets.draws import Dice

SPAN = 8
MENTOR_SHARES = (25, 35, 28, 12)
MENTEE_SHARES = (3, 18, 79)
LEAD, TOP = len(MENTOR_SHARES) - 1, len(LEVELS) - 1


class Chart(NamedTuple):
    """Role, position in `LEVELS` and row of the boss (-1 for the chief) of everybody, in random order."""

    role: NDArray[np.uint8]
    level: NDArray[np.int64]
    boss: NDArray[np.int64]


def chart(n_mentors: int, n_mentees: int, dice: Dice) -> Chart:
    """Draw an organisation with so many mentors and mentees, and as many others as it needs."""
    juniors = position(_middles(n_mentors), MENTOR_SHARES)
    leaders = TOP - position(_middles(n_mentees), MENTEE_SHARES)
    # However few they are, one of them is the chief.
    leaders[0] = TOP
    others = _missing(np.bincount(np.concatenate([juniors, leaders]), minlength=len(LEVELS)))
    level = np.concatenate([juniors, leaders, others])
    roles = [ROLES[name] for name in ("mentor", "mentee", "none")]
    role = np.repeat(roles, [len(part) for part in (juniors, leaders, others)])
    order = np.argsort(dice.uniform("order", len(level)), kind="stable")
    role, level = role[order].astype(np.uint8), level[order]
    return Chart(role, level, _bosses(role, level, dice))


def _middles(count: int) -> NDArray[np.float64]:
    return (np.arange(count) + 0.5) / count


def _missing(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    lacking = np.zeros_like(counts)
    reports = int(counts[:LEAD].sum())
    for level in range(LEAD, len(LEVELS)):
        lacking[level] = max(0, -(-reports // SPAN) - counts[level])
        reports = int(counts[level] + lacking[level])
    return np.repeat(np.arange(len(LEVELS)), lacking)


def _bosses(role: NDArray[np.uint8], level: NDArray[np.int64], dice: Dice) -> NDArray[np.int64]:
    boss = np.full(len(level), -1, np.int64)
    for upper in range(LEAD, len(LEVELS)):
        reports = np.flatnonzero(level < LEAD if upper == LEAD else level == upper - 1)
        managers = np.flatnonzero(level == upper)
        if len(reports):
            drawn = dice.whole(f"boss {upper}", len(reports), 0, len(managers) - 1)
            boss[reports] = managers[drawn]
    executives = _chief_first(role, np.flatnonzero(level == TOP))
    boss[executives[1:]] = executives[np.arange(len(executives) - 1) // SPAN]
    return boss


def _chief_first(role: NDArray[np.uint8], executives: NDArray[np.int64]) -> NDArray[np.int64]:
    return executives[np.argsort(role[executives] != ROLES["mentee"], kind="stable")]
