"""The values of people, the different ones numbered."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """The values of some people, the different ones numbered.

    Attributes
    ----------
    values : list
        Each of those that are known.
    codes : numpy.ndarray of int64
        The position of each person's value, -1 where it is unknown.
    """

    values: list[Any]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, values: Iterable[Hashable]) -> Numbered:
        """Return the values numbered in the order in which they come; `None` is unknown."""
        position: defaultdict[Hashable, int] = defaultdict(count().__next__)
        position[None] = -1
        codes = np.fromiter(map(position.__getitem__, values), np.int64)
        return cls(list(position)[1:], codes)

    def __getitem__(self, row: int) -> Any:
        """Return the value of somebody, `None` where it is unknown."""
        code = self.codes.item(row)
        return None if code < 0 else self.values[code]

    def take(self, rows: NDArray[np.intp]) -> Numbered:
        """Return the values of some of the people, and no others."""
        codes = self.codes[rows]
        there = np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(self.values)))
        # Who has no value leads to the last place.
        place = np.full(len(self.values) + 1, -1)
        place[there] = np.arange(len(there))
        return Numbered([self.values[code] for code in there.tolist()], place[codes])

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many people have each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    @property
    def counted(self) -> Counter[Any]:
        """The same by value."""
        found: Counter[Any] = Counter()
        for value, times in zip(self.values, self.counts.tolist(), strict=True):
            found[value] += times
        return found
