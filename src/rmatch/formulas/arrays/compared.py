"""What two people have by one value of each of them, looked up in a table of all values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.formulas.arrays.sums import Kinds
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.numbered import Numbered


def looked_up(mentors: Numbered, mentees: Numbered, table: NDArray[Any], otherwise: Any) -> Kinds:
    """Return what a table says of the values of the two, or something else where one of them is unknown."""
    return of_codes(mentors, mentees, np.pad(table, (0, 1), constant_values=otherwise))


def of_codes(mentors: Numbered, mentees: Numbered, whole: NDArray[Any]) -> Kinds:
    """Return what a table says of two people, whose last row and last column stand for what is unknown: -1 leads there."""
    small = whole if whole.dtype == bool else whole.astype(np.int32)
    return Kinds(mentors.codes % len(whole), small[:, mentees.codes])


class Compared(NamedTuple):
    """The values of the mentors and of the mentees, and the points of every two of them."""

    mentors: Numbered
    mentees: Numbered
    points: NDArray[np.int64]

    @property
    def mean(self) -> int:
        """The rounded mean over those whose values are known."""
        rows, columns = self.mentors.counts, self.mentees.counts
        return rounded_mean(int(rows @ self.points @ columns), int(rows.sum()) * int(columns.sum()))


def with_mean(facts: Facts, compared: Callable[[Facts], Compared]) -> Kinds:
    """Return the points of two values, and where one is unknown the mean over the people of the baseline."""
    own = compared(facts)
    basis = own if facts.basis is facts else compared(facts.basis)
    return looked_up(*own, basis.mean)


def in_common(
    some: Sequence[frozenset[Any]], others: Sequence[frozenset[Any]]
) -> NDArray[np.int64]:
    """Return how much every two sets have in common, shape (some, others)."""
    position = {label: at for at, label in enumerate(frozenset().union(*some, *others))}
    # Counts below 2**24 are exact in floats, and products of these are fast.
    mine, theirs = (np.zeros((len(sets), len(position)), np.float32) for sets in (some, others))
    for marks, sets in ((mine, some), (theirs, others)):
        for row, labels in enumerate(sets):
            marks[row, [position[label] for label in labels]] = 1
    return (mine @ theirs.T).astype(np.int64)
