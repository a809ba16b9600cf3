"""What became of everybody in a round: with whom they are compared, and which of the outcomes a group table counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gains, Whole

POPULATIONS = (*SIDES, "both")
"""Whoever plays both roles is in neither side's tables but in a third one, so that nobody is counted twice."""
ALONE, LOWER, UPPER = range(3)
"""Without a partner; gaining no more than the median of those with one; gaining more."""


class Split(NamedTuple):
    """Which outcomes a table keeps apart.

    Attributes
    ----------
    classes : tuple of int
        The class of those without a partner, of those who gain no more than the median, of those who gain more.
    matched, above : bool
        Whether it tells who has a partner; who gains more than the median.
    """

    classes: tuple[int, int, int]
    matched: bool
    above: bool


TOGETHER = Split((0, 0, 0), matched=False, above=False)
SPLITS = (
    Split((0, 1, 2), matched=True, above=True),
    Split((0, 1, 1), matched=True, above=False),
    Split((0, 0, 1), matched=False, above=True),
)
LARGE = 20
"""So many people a class needs: in a smaller one hardly any group could be shown. It is the same whatever counts as a small
group, so that a report with larger groups follows from one with smaller ones, and the two together tell no more."""


def split_of(own: Mapping[str, int]) -> Split:
    """Return the finest way to split a population that leaves large classes; whoever has what answer has no say in it.

    Parameters
    ----------
    own : mapping of str to int
        The outcomes by id.

    Returns
    -------
    Split
        What a table of these people keeps apart.
    """
    for split in SPLITS:
        sizes = Counter(split_people(own, split).values())
        if min(sizes.values()) >= LARGE:
            return split
    return TOGETHER


def outcomes(gains: Gains) -> dict[str, dict[str, int]]:
    """Return the outcome of everybody by population and id.

    Parameters
    ----------
    gains : Gains
        What each side gains from the pairs.

    Returns
    -------
    dict of str to dict of str to int
        For each of :data:`POPULATIONS` that has people: :data:`ALONE`, :data:`LOWER` or :data:`UPPER` by id, in the order
        of the table of people. Who plays both roles has a partner with one in either, and gains what both bring.
    """
    cohort = gains.scores.cohort
    size = len(cohort.people)
    plays = np.zeros((2, size), bool)
    partners, gained = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for role, (side, rows) in enumerate(zip(SIDES, (cohort.mentors, cohort.mentees), strict=True)):
        plays[role, rows] = True
        partners[rows] += gains.partners(side)
        gained[rows] += gains.total(side)
    found = {}
    for name, roles in zip(POPULATIONS, ((1, 0), (0, 1), (1, 1)), strict=True):
        rows = np.flatnonzero((np.array(roles, bool) == plays.T).all(axis=1))
        if rows.size:
            own = _outcomes(partners[rows] > 0, gained[rows])
            ids = [cohort.people.id[row] for row in rows.tolist()]
            found[name] = dict(zip(ids, own.tolist(), strict=True))
    return found


def _outcomes(matched: NDArray[np.bool_], gained: Whole) -> Whole:
    ordered = np.sort(gained[matched])
    if not ordered.size:
        return np.full(len(matched), ALONE)
    # Twice the median is whole, so that nobody's gain is compared with a rounded one.
    twice = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return np.where(matched, np.where(2 * gained > twice, UPPER, LOWER), ALONE)


def split_people(own: Mapping[str, int], split: Split) -> dict[str, int]:
    """Return the class of everybody of a population in a split."""
    return {person: split.classes[outcome] for person, outcome in own.items()}
