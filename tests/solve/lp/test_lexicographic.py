"""Linear programmes with several goals, one after another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_array
from solve.lp.exact import maximum

from rmatch.errors import InfeasibleError
from rmatch.solve.lp.lexicographic import ZEROS, Solutions, UnsolvedError, steadily


def solutions(matrix: Any, limits: Any, high: float = 2) -> Solutions:
    rows, columns = np.shape(matrix)
    return Solutions(
        csc_array(np.array(matrix, float)),
        np.array(limits, float),
        np.zeros(rows, bool),
        np.zeros(columns),
        np.full(columns, float(high)),
    )


@st.composite
def programmes(draw: st.DrawFn) -> tuple[list[list[int]], list[int], list[list[int]]]:
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    numbers = st.lists(st.integers(-3, 5), min_size=columns, max_size=columns)
    matrix = draw(st.lists(numbers, min_size=rows, max_size=rows))
    limits = draw(st.lists(st.integers(0, 9), min_size=rows, max_size=rows))
    return matrix, limits, draw(st.lists(numbers, min_size=3, max_size=3))


@given(programmes())
def test_goal_after_goal_is_what_bounds_in_fractions_find(drawn: Any) -> None:
    matrix, limits, goals = drawn
    found = solutions(matrix, limits)
    rows, most = (
        [*matrix, *np.eye(len(goals[0]), dtype=int).tolist()],
        [*limits, *[2] * len(goals[0])],
    )
    for goal in goals:
        best = found.best(np.array(goal, float))
        exact = maximum(goal, rows, most)
        assert exact is not None
        assert float(best.values @ goal) == pytest.approx(float(exact), abs=1e-7)
        found = found.narrowed(best, ZEROS[0])
        rows, most = [*rows, [-g for g in goal]], [*most, -exact]


@given(programmes())
def test_variables_join_until_nothing_is_better(drawn: Any) -> None:
    matrix, limits, (goal, *_) = drawn
    found = solutions(matrix, limits)
    few = found.best(np.array(goal, float), np.zeros(len(goal), bool))
    assert float(few.values @ goal) == pytest.approx(
        float(found.best(np.array(goal, float)).values @ goal), abs=1e-8
    )
    assert not few.values[~few.used].any()


def test_what_has_no_solution_is_said() -> None:
    with pytest.raises(UnsolvedError):
        solutions([[1]], [-1]).best(np.ones(1))


def test_coarser_noughts_are_tried_in_turn() -> None:
    tried: list[float] = []

    def run(zero: float) -> str:
        tried.append(zero)
        if zero < 1e-7:
            raise UnsolvedError("too fine")
        return "found"

    assert steadily(run) == "found"
    assert tried == [1e-9, 1e-8, 1e-7]

    def never(zero: float) -> str:
        raise UnsolvedError(str(zero))

    with pytest.raises(InfeasibleError, match="too unlike in size"):
        steadily(never)
