"""Stable matchings by trying everything, in plain lists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Market:
    """Two sides with their own points, what is allowed, and the capacities."""

    mentors: list[list[int]]
    mentees: list[list[int]]
    allowed: list[list[bool]]
    mentor_capacity: list[int]
    mentee_capacity: list[int]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_capacity), len(self.mentee_capacity)

    @property
    def arguments(self) -> tuple[Any, Any, Any]:
        sides = tuple(
            np.array(side, np.int64).reshape(self.shape) for side in (self.mentors, self.mentees)
        )
        allowed = np.array(self.allowed, bool).reshape(self.shape)
        return sides, allowed, (np.array(self.mentor_capacity), np.array(self.mentee_capacity))

    def cells(self) -> Iterator[tuple[int, int]]:
        rows, columns = self.shape
        return ((i, j) for i in range(rows) for j in range(columns) if self.allowed[i][j])

    def gains(self, pairs: Pairs, side: int, person: int) -> list[int]:
        """Return what the partners of one person are worth to them, the best first."""
        points = (self.mentors, self.mentees)[side]
        return sorted((points[i][j] for i, j in pairs if (i, j)[side] == person), reverse=True)

    def wants(self, pairs: Pairs, side: int, pair: tuple[int, int]) -> bool:
        person = pair[side]
        capacity = (self.mentor_capacity, self.mentee_capacity)[side][person]
        gains, new = (
            self.gains(pairs, side, person),
            (self.mentors, self.mentees)[side][pair[0]][pair[1]],
        )
        return len(gains) < capacity or (capacity > 0 and new > gains[-1])

    def blocking(self, pairs: Pairs) -> list[tuple[int, int]]:
        return [
            pair
            for pair in self.cells()
            if pair not in pairs and self.wants(pairs, 0, pair) and self.wants(pairs, 1, pair)
        ]

    def feasible(self, pairs: Pairs) -> bool:
        return all(
            sum(pair[side] == person for pair in pairs) <= most
            for side, capacities in enumerate((self.mentor_capacity, self.mentee_capacity))
            for person, most in enumerate(capacities)
        )

    def matchings(self) -> Iterator[Pairs]:
        cells = list(self.cells())
        subsets = chain.from_iterable(combinations(cells, size) for size in range(len(cells) + 1))
        return (pairs for pairs in map(frozenset, subsets) if self.feasible(pairs))

    def stable(self) -> list[Pairs]:
        return [pairs for pairs in self.matchings() if not self.blocking(pairs)]


@st.composite
def markets(draw: st.DrawFn, *, single: bool = False, strict: bool = False) -> Market:
    """Draw a small market, with ties unless it is to be strict."""
    rows, columns = draw(
        st.sampled_from([(0, 2), (1, 1), (1, 4), (4, 1), (2, 2), (2, 4), (4, 2), (3, 3), (3, 2)])
    )
    size, top = rows * columns, draw(st.sampled_from([1, 3, 10**6]))

    def points() -> list[list[int]]:
        values = (
            st.permutations(range(size))
            if strict
            else st.lists(st.integers(-top, top), min_size=size, max_size=size)
        )
        drawn = draw(values)
        return [list(drawn[first : first + columns]) for first in range(0, size, columns)]

    def places(count: int) -> list[int]:
        return draw(st.lists(st.integers(0, 1 if single else 3), min_size=count, max_size=count))

    allowed = draw(
        st.lists(st.sampled_from([True, True, True, False]), min_size=size, max_size=size)
    )
    table = [allowed[first : first + columns] for first in range(0, size, columns)]
    return Market(points(), points(), table, places(rows), places(columns))


def as_pairs(rows: Any, columns: Any) -> Pairs:
    return frozenset(zip(rows.tolist(), columns.tolist(), strict=True))


def indices(pairs: Pairs) -> tuple[Any, Any]:
    rows, columns = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return rows, columns
