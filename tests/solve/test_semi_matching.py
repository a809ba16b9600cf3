"""Units are shared out to the most, by the most different, for the most points; and prices prove it without the solver."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from profiles import examples
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from rmatch.errors import InvalidInputError
from rmatch.solve.certificates.loads import (
    LARGEST,
    LoadProblem,
    SemiMatching,
    most_earned,
    semi_failures,
)
from rmatch.solve.semi_matching import balance_loads

if TYPE_CHECKING:
    from collections.abc import Iterator


def worth(problem: LoadProblem, units: Any) -> tuple[int, int, int]:
    """Return what units are compared by: how many, the squares of the loads, the points."""
    load = units.sum(0)
    return int(units.sum()), -int(load @ load), int((units * problem.points).sum())


def every_way(problem: LoadProblem) -> Iterator[Any]:
    """Go through all ways to share units out."""
    shape = problem.points.shape
    for flat in product(*(range(most + 1) for most in problem.capacity.ravel().tolist())):
        units = np.reshape(flat, shape).astype(np.int64)
        if (units.sum(1) <= problem.needed).all() and (units.sum(0) <= problem.room).all():
            yield units


@st.composite
def cases(draw: st.DrawFn) -> tuple[LoadProblem, Any]:
    """Draw few people, many of them alike, with ties between them."""
    shape = draw(st.integers(0, 3)), draw(st.integers(0, 3))

    def whole(size: Any, low: int, high: int) -> Any:
        return draw(arrays.arrays(np.int64, size, elements=st.integers(low, high)))

    needed = whole(shape[0], 0, 2)
    capacity = whole(shape, 0, 1) * draw(st.sampled_from([1, np.maximum(needed, 0)[:, None]]))
    problem = LoadProblem(whole(shape, -2, 4), capacity, needed, whole(shape[1], 0, 3))
    return problem, whole(shape, 1, 2**20)


@examples(200)
@given(cases())
def test_nothing_is_better_and_the_prices_prove_it(case: tuple[LoadProblem, Any]) -> None:
    problem, ties = case
    found = balance_loads(problem, ties)
    best = max(worth(problem, units) for units in every_way(problem))
    assert worth(problem, found.units) == best
    assert not list(semi_failures(problem, found))
    equal = [units for units in every_way(problem) if worth(problem, units) == best]
    assert (found.units * ties).sum() == max((units * ties).sum() for units in equal)


@examples(100)
@given(cases())
def test_no_prices_prove_what_is_not_the_best(case: tuple[LoadProblem, Any]) -> None:
    problem, ties = case
    found = balance_loads(problem, ties)
    best = worth(problem, found.units)
    for units in every_way(problem):
        claimed = replace(found, units=units)
        assert bool(list(semi_failures(problem, claimed))) == (worth(problem, units) != best)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"units": np.array([[2, 0]])}, "may not"),
        ({"units": np.array([[1, 1]])}, "more is served"),
        ({"units": np.array([[1.0, 0.0]])}, "no whole number"),
        ({"u": np.array([0, 0])}, "no whole number"),
        ({"v": np.array([0, 2**62])}, "no whole number"),
        ({"bonus": 0}, "too little"),
        ({"bonus": 8 * LARGEST}, "no whole number"),
        ({"u": np.array([-1])}, "do not prove"),
    ],
)
def test_a_forged_proof_is_rejected(change: dict[str, Any], said: str) -> None:
    one = np.array([1])
    problem = LoadProblem(np.array([[5, 3]]), np.array([[1, 1]]), one, np.array([1, 1]))
    found = balance_loads(problem, np.ones((1, 2), np.int64))
    assert not list(semi_failures(problem, found))
    assert said in " ".join(semi_failures(problem, replace(found, **change)))


def test_a_price_below_zero_proves_nothing() -> None:
    """Nobody may serve the second row, and a price of its own below zero would pay for a worse choice of the first."""
    one, open_to = np.array([1, 1]), np.array([[1, 1], [0, 0]])
    problem = LoadProblem(np.array([[5, 3], [0, 0]]), open_to, one, one)
    found = balance_loads(problem, np.ones((2, 2), np.int64))
    worse = replace(found, units=np.array([[0, 1], [0, 0]]))
    assert list(semi_failures(problem, worse))
    assert list(semi_failures(problem, replace(worse, u=found.u - np.array([0, 2]))))


@given(st.integers(-40, 40), st.integers(1, 7), st.integers(0, 5))
def test_no_load_earns_more_at_a_price(price: int, bend: int, room: int) -> None:
    most = max(price * load - bend * load**2 for load in range(room + 1))
    assert most_earned(np.array([price]), bend, np.array([room])) == most


def by_milp(problem: LoadProblem) -> tuple[int, int, int]:
    """Return the best as three integer programmes find it, the loads written out step by step."""
    rows, columns = np.nonzero(problem.capacity)
    cells, steps = len(rows), np.minimum(problem.room, problem.capacity.sum(0))
    owner = np.repeat(np.arange(len(steps)), steps)
    height = np.concatenate([2 * np.arange(size) + 1 for size in steps]).astype(float)
    size = cells + len(owner)
    per_row = sparse.coo_array(
        (np.ones(cells), (rows, np.arange(cells))), (len(problem.needed), size)
    )
    signs = np.concatenate([np.ones(cells), -np.ones(len(owner))])
    per_column = sparse.coo_array(
        (signs, (np.concatenate([columns, owner]), np.arange(size))), (len(steps), size)
    )
    limits = [LinearConstraint(per_row, ub=problem.needed), LinearConstraint(per_column, 0, 0)]
    most = np.concatenate([problem.capacity[rows, columns], np.ones(len(owner))])
    nothing = np.zeros(size)
    count, squares, points = nothing.copy(), nothing.copy(), nothing.copy()
    count[:cells], squares[cells:] = 1, -height
    points[:cells] = problem.points[rows, columns]
    found = []
    for aim in (count, squares, points):
        answer = milp(
            -aim, integrality=np.ones(size, np.int64), bounds=Bounds(0, most), constraints=limits
        )
        assert answer.success
        best = round(-answer.fun)
        found.append(best)
        limits.append(LinearConstraint(aim[None, :], lb=best - 0.5))
    return found[0], found[1], found[2]


@pytest.mark.parametrize("seed", range(4))
def test_an_independent_programme_agrees_on_middle_ones(seed: int) -> None:
    dice = np.random.default_rng(seed)
    shape = 40, 9
    needed = dice.integers(1, 3, shape[0])
    problem = LoadProblem(
        dice.integers(0, 1_000, shape),
        (dice.random(shape) < 0.3).astype(np.int64),
        needed,
        dice.integers(1, 12, shape[1]),
    )
    found = balance_loads(problem, dice.integers(1, 2**16, shape))
    assert worth(problem, found.units) == by_milp(problem)
    assert not list(semi_failures(problem, found))


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    dice = np.random.default_rng(5)
    shape = 12, 5
    points, ties = dice.integers(0, 2, shape), dice.integers(1, 2**20, shape)
    needed, room = np.ones(12, np.int64), np.full(5, 12)
    ones = np.ones(shape, np.int64)
    here = balance_loads(LoadProblem(points, ones, needed, room), ties).units
    rows, columns = dice.permutation(12), dice.permutation(5)
    turned = np.ix_(rows, columns)
    there = balance_loads(LoadProblem(points[turned], ones, needed, room), ties[turned]).units
    assert (there == here[turned]).all()


def test_points_that_outgrow_64_bits_are_refused() -> None:
    one = np.array([1])
    with pytest.raises(InvalidInputError, match="give smaller points"):
        balance_loads(LoadProblem(np.array([[2**56]]), np.array([[1]]), one, one), np.array([[1]]))


def test_proofs_are_values() -> None:
    one = np.array([1])
    assert SemiMatching(one, one, one, 3) == SemiMatching(one.copy(), one, one, 3)
