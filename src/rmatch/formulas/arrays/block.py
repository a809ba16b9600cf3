"""What people have together pair by pair, and how it is put together from what each of the two has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rmatch.formulas.facts import Facts

Everybody = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Which of the mentors, and which of the mentees."""


class Block(Protocol):
    """What pairs have: points, or that they may not be made."""

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[Any]:
        """Return what single pairs have."""

    def within(self, some: Everybody) -> Block:
        """Return the same between some mentors and some mentees, and nothing between all others."""


class Part(NamedTuple):
    """The points of a part of a criterion.

    Attributes
    ----------
    block : Block
        The points of all pairs.
    protected : bool
        Whether a protected attribute has a share in them.
    """

    block: Block
    protected: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Something about single pairs, sorted by mentor and mentee.

    Attributes
    ----------
    width : int
        The number of mentees.
    keys : numpy.ndarray of int64
        The pairs, each once, as row × width + column.
    values : numpy.ndarray of int64
        What each of them has; all others have 0.
    """

    width: int
    keys: NDArray[np.int64]
    values: NDArray[np.int64]

    @classmethod
    def of(cls, facts: Facts, pairs: dict[tuple[str, str], int]) -> Cells:
        """Take those pairs of ids that are a mentor and a mentee."""
        row, column = ({person: at for at, person in enumerate(side)} for side in facts.sides)
        cells = [
            (row[mentor], column[mentee], value)
            for (mentor, mentee), value in pairs.items()
            if mentor in row and mentee in column
        ]
        rows, columns, values = np.array(sorted(cells), np.int64).reshape(-1, 3).T
        return cls(len(column), rows * len(column) + columns, values)

    @classmethod
    def marked(cls, width: int, keys: NDArray[np.int64]) -> Cells:
        """Return 1 for some pairs."""
        once = np.unique(keys)
        return cls(width, once, np.ones_like(once))

    def in_rows(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the pairs of some rows stand among all pairs of these rows, and what they have."""
        here = slice(*np.searchsorted(self.keys, (first * self.width, last * self.width)).tolist())
        return self.keys[here] - first * self.width, self.values[here]

    def __call__(self, first: int, last: int) -> NDArray[np.int64]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found = np.zeros((last - first, self.width), np.int64)
        places, values = self.in_rows(first, last)
        found.reshape(-1)[places] = values
        return found

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what single pairs have."""
        if not len(self.keys):
            return np.zeros(len(rows), np.int64)
        keys = rows * self.width + columns
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.values[place], 0)

    def within(self, some: Everybody) -> Cells:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        rows, columns = np.divmod(self.keys, max(self.width, 1))
        held = some[0][rows] & some[1][columns]
        return Cells(self.width, self.keys[held], self.values[held])
