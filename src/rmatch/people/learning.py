"""What people want to learn, as far as they do not know it already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rmatch.people.cohort import Cohort
from rmatch.utils.shown import Shown
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Wanted(Value, Shown):
    """The wants of some people that leave something to learn, one entry a want.

    Attributes
    ----------
    columns : ndarray of int64
        Whose want it is: a position among the people asked about.
    topics : ndarray of int64
        What is wanted.
    known : ndarray of int64
        The level that the person has already.
    priorities, sums : ndarray of int64
        The priority of the want, and the sum of all priorities of the person.
    """

    columns: NDArray[np.int64]
    topics: NDArray[np.int64]
    known: NDArray[np.int64]
    priorities: NDArray[np.int64]
    sums: NDArray[np.int64]

    def points(self, most: int, level: NDArray[np.int64] | int, top: int) -> NDArray[np.int64]:
        """Return what teaching each want at some level is worth."""
        gain = np.maximum(0, level - self.known)
        points: NDArray[np.int64] = (
            most * self.priorities * gain // (self.sums * (top - self.known))
        )
        return points


def wanted_shares(
    cohort: Cohort, rows: NDArray[np.intp], rarity: NDArray[np.int64] | None = None
) -> Wanted:
    """Return what some people want and do not know already at the top level.

    Parameters
    ----------
    cohort : Cohort
        The people.
    rows : ndarray of int
        Those asked about.
    rarity : ndarray of int64, optional
        A factor for the priorities of each topic.

    Returns
    -------
    Wanted
        One entry a want, in the order of `rows`.
    """
    wants, skills = cohort.people.wants.take(rows), cohort.skills.take(rows)
    width = len(cohort.people.topics)
    known_keys = skills.rows * width + skills.codes
    keys = wants.rows * width + wants.codes
    position = np.minimum(np.searchsorted(known_keys, keys), max(len(known_keys) - 1, 0))
    known = np.zeros(len(keys), np.int64)
    if known_keys.size:
        known = np.where(known_keys[position] == keys, skills.weights[position], 0).astype(np.int64)
    priorities = wants.weights.astype(np.int64) * (1 if rarity is None else rarity[wants.codes])
    left = known < cohort.terms.topic_levels
    columns, priorities = wants.rows[left], priorities[left]
    totals = np.zeros(len(rows), np.int64)
    np.add.at(totals, columns, priorities)
    return Wanted(
        columns, wants.codes[left].astype(np.int64), known[left], priorities, totals[columns]
    )
