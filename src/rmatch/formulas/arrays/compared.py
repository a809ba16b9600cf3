"""What two people have by one value of each of them, looked up in a table of all values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.formulas.arrays.sums import Sums
from rmatch.formulas.comparison import unknown
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from rmatch.formulas.facts import Facts


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """The values of some people, the different ones numbered.

    Attributes
    ----------
    values : list
        Each of those that are known, once.
    codes : numpy.ndarray of int64
        The position of each person's value, -1 where it is unknown.
    """

    values: list[Any]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, values: Iterable[Hashable]) -> Numbered:
        """Return the values numbered in the order in which they come."""
        position: dict[Hashable, int] = {}
        codes = [
            -1 if unknown(value) else position.setdefault(value, len(position)) for value in values
        ]
        return cls(list(position), np.array(codes, np.int64))

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many people have each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))


def on_both_sides(
    facts: Facts, value: Callable[[str], Hashable], others: Callable[[str], Hashable] | None = None
) -> tuple[Numbered, Numbered]:
    """Return the values of the mentors, and those of the mentees, which may be others."""
    mentors = Numbered.of(value(person) for person in facts.mentors)
    return mentors, Numbered.of((others or value)(person) for person in facts.mentees)


def looked_up(mentors: Numbered, mentees: Numbered, table: NDArray[Any], otherwise: Any) -> Sums:
    """Return what a table says of the values of the two, or something else where one of them is unknown."""
    # The last row and the last column stand for what is unknown: -1 leads there.
    whole = np.pad(table, (0, 1), constant_values=otherwise)
    small = whole if whole.dtype == bool else whole.astype(np.int32)
    return Sums.of_kinds(mentors.codes % len(whole), small[:, mentees.codes])


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


def with_mean(facts: Facts, compared: Callable[[Facts], Compared]) -> Sums:
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
