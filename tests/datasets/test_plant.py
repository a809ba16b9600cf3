"""The planted optimum is the optimum, and neither greedy nor every mentor's favourite finds it."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from rmatch.datasets import Planted, planted
from rmatch.errors import InvalidInputError
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray


def matrix(problem: Planted) -> NDArray[np.int64]:
    everyone = np.arange(len(problem.u))
    return problem.block(everyone, everyone)


def best(points: NDArray[np.int64]) -> int:
    return int(points[linear_sum_assignment(points, maximize=True)].sum())


def greedy(points: NDArray[np.int64]) -> int:
    """Return the total of taking the best pair that is left, again and again."""
    free, total = [set(range(len(points))), set(range(len(points)))], 0
    for i, j in zip(
        *np.unravel_index(np.argsort(-points, axis=None, kind="stable"), points.shape), strict=True
    ):
        if i in free[0] and j in free[1]:
            free[0].remove(i)
            free[1].remove(j)
            total += int(points[i, j])
    return total


@st.composite
def problems(draw: st.DrawFn, most: int) -> Planted:
    n = draw(st.integers(1, most))
    topics = draw(st.integers(1, 6))
    least = 2
    while least**topics < 4 * n:
        least += 1
    return planted(
        n,
        topics,
        draw(st.integers(least, least + 9)),
        draw(st.integers(1, n)),
        draw(st.integers(0, 99)),
    )


@given(problems(6))
def test_the_planted_total_is_that_of_trying_everything(problem: Planted) -> None:
    points = matrix(problem)
    rows = np.arange(len(points))
    assert problem.total == max(
        int(points[rows, list(order)].sum()) for order in permutations(rows)
    )


@given(problems(60))
def test_prices_prove_the_planted_matching(problem: Planted) -> None:
    points = matrix(problem)
    rows = np.arange(len(points))
    assert sorted(problem.partner.tolist()) == rows.tolist()
    assert (points <= problem.u[:, None] + problem.v).all()
    assert problem.total == points[rows, problem.partner].sum() == best(points)
    assert points.min() >= 0
    assert points.max() <= MOST


@given(problems(30), st.data())
def test_blocks_and_tables_are_parts_of_the_matrix(problem: Planted, data: st.DataObject) -> None:
    some = st.lists(st.integers(0, len(problem.u) - 1), max_size=9)
    rows, columns = (np.array(data.draw(some), np.intp) for _ in range(2))
    points = matrix(problem)
    assert (problem.block(rows, columns) == points[np.ix_(rows, columns)]).all()
    for i in rows.tolist():
        own = problem.codes[problem.starts[i] : problem.starts[i + 1]]
        assert (problem.table[own].sum(0) == points[i]).all()


@given(st.integers(2, 60), st.integers(0, 99))
def test_only_one_matching_is_best_where_everybody_differs(n: int, seed: int) -> None:
    problem = planted(n, seed=seed)
    slack = problem.u[:, None] + problem.v - matrix(problem)
    assert (np.argwhere(slack == 0) == np.stack([np.arange(n), problem.partner], axis=1)).all()


def test_few_kinds_mean_many_ties() -> None:
    problem = planted(200, kinds=10)
    slack = problem.u[:, None] + problem.v - matrix(problem)
    assert len(np.unique(problem.codes.reshape(200, -1), axis=0)) == 10
    assert (slack == 0).sum() > 200 * 10


@pytest.mark.parametrize("kinds", [None, 20])
@pytest.mark.parametrize("n", [50, 200, 500])
def test_it_is_not_trivial(n: int, kinds: int | None) -> None:
    for seed in range(5):
        problem = planted(n, kinds=kinds, seed=seed)
        points = matrix(problem)
        assert greedy(points) < problem.total
        assert len(set(points.argmax(1).tolist())) < n / 2
        assert np.count_nonzero(points.argmax(1) == problem.partner) < n / 4
        assert np.unique(problem.u).size > 10
        assert np.count_nonzero(problem.partner == np.arange(n)) < 10


def test_the_same_arguments_give_the_same_problem() -> None:
    first, again, other = planted(300), planted(300), planted(300, seed=1)
    assert (first.table == again.table).all()
    assert first.total == again.total == 261_549_930
    assert not np.array_equal(first.table, other.table)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "of 1 or more"),
        ({"n": 2.5}, "2.5 is not possible; give a whole number"),
        ({"n": 10, "kinds": 11}, "11 kinds of 10 people"),
        ({"n": 10, "topics": 2, "levels": 3}, "cannot all be different"),
        ({"n": 10, "topics": 2, "levels": 2000}, "do not fit"),
        ({"n": True, "levels": 1, "seed": -1}, "seed"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        planted(**arguments)
