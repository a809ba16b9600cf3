"""Small problems, and their answers by trying every set of pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from rmatch.solve.problem import Participation, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Case:
    """The arguments of `assign`, as plain lists."""

    points: list[list[int]]
    allowed: list[list[bool]]
    mentor_capacity: list[int]
    mentee_capacity: list[int]
    mentor_minimum: list[int]
    mentee_minimum: list[int]
    participation: Participation

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentor_capacity), len(self.mentee_capacity)

    @property
    def options(self) -> dict[str, Any]:
        options = {name: value for name, value in vars(self).items() if name != "points"}
        return options | {"allowed": np.array(self.allowed, bool).reshape(self.shape)}

    @property
    def matrix(self) -> Any:
        return np.array(self.points, np.int64).reshape(self.shape)

    @property
    def problem(self) -> Problem:
        whole: dict[str, Any] = {
            key: np.array(x, np.int64)
            for key, x in self.options.items()
            if key.endswith(("capacity", "minimum"))
        }
        return Problem(
            self.matrix, self.options["allowed"], **whole, participation=self.participation
        )


def within(counts: list[int], fewest: list[int], most: list[int]) -> bool:
    return all(low <= count <= high for low, count, high in zip(fewest, counts, most, strict=True))


def is_feasible(case: Case, pairs: Pairs) -> bool:
    mentors, mentees = ([pair[side] for pair in pairs] for side in (0, 1))
    return within(
        [mentors.count(i) for i in range(case.shape[0])], case.mentor_minimum, case.mentor_capacity
    ) and within(
        [mentees.count(j) for j in range(case.shape[1])], case.mentee_minimum, case.mentee_capacity
    )


def total(case: Case, pairs: Pairs) -> int:
    return sum(case.points[i][j] for i, j in pairs)


def feasible(case: Case) -> Iterator[Pairs]:
    cells = [
        (i, j) for i in range(case.shape[0]) for j in range(case.shape[1]) if case.allowed[i][j]
    ]
    subsets = chain.from_iterable(combinations(cells, size) for size in range(len(cells) + 1))
    return (pairs for pairs in map(frozenset, subsets) if is_feasible(case, pairs))


def optima(case: Case) -> list[Pairs]:
    """Return every optimal set of pairs; none if no set is feasible."""

    def rank(pairs: Pairs) -> tuple[int, int]:
        return (len(pairs) if case.participation == "most" else 0, total(case, pairs))

    candidates = list(feasible(case))
    best = max(map(rank, candidates), default=None)
    return [pairs for pairs in candidates if rank(pairs) == best]


@st.composite
def cases(draw: st.DrawFn, *, single: bool = False, minimums: bool = True) -> Case:
    """Draw a small problem; with few different points, so that ties are common; infeasible ones included."""
    rows, columns = draw(
        st.sampled_from([(0, 2), (1, 1), (1, 4), (4, 1), (2, 2), (2, 4), (4, 2), (3, 3), (3, 2)])
    )
    top = draw(st.sampled_from([1, 3, 100, 10**9]))

    def table(values: st.SearchStrategy[Any]) -> Any:
        return draw(
            st.lists(
                st.lists(values, min_size=columns, max_size=columns), min_size=rows, max_size=rows
            )
        )

    def places(size: int, most: int) -> list[int]:
        return draw(st.lists(st.integers(0, most), min_size=size, max_size=size))

    wide = draw(st.booleans())

    def least(capacity: list[int]) -> list[int]:
        return [
            draw(st.sampled_from([0, 0, 0, 1, most])) if minimums and most else 0
            for most in capacity
        ]

    mentors, mentees = (
        places(rows, 1 if single and wide else 3),
        places(columns, 1 if single and not wide else 3),
    )
    return Case(
        table(st.integers(-(top // 2), top)),
        table(st.sampled_from([True, True, True, False])),
        mentors,
        mentees,
        least(mentors),
        least(mentees),
        draw(st.sampled_from(["most", "best"])),
    )
