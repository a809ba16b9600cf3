"""The best chances below a limit: published values, an independent linear programme, and the laws that hold."""

from __future__ import annotations

import ast
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog
from solve.brute import Case, cases, optima, total

from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.solve.lottery.capped import CappedProblem, smallest_cap
from rmatch.solve.lottery.expected import FINE, best_chances
from rmatch.solve.lottery.marginals import Marginals, marginals
from rmatch.solve.network.concave import concave_transport
from rmatch.solve.network.network import Network

DATA = Path(__file__).parents[3].parent / "shared" / "data"
CAPS = st.sampled_from(
    [Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)]
)


def lottery(case: Case, cap: Fraction, **options: Any) -> Marginals:
    return marginals(case.matrix, cap=cap, **case.options, **options)


def independent(case: Case, cap: Fraction, goal: Any, pairs: float | None = None) -> Any:
    """Solve the linear programme in floats, over pairs alone."""
    n, m = case.shape
    rows, columns = np.kron(np.eye(n), np.ones(m)), np.kron(np.ones(n), np.eye(m))
    limits = np.concatenate([case.mentor_capacity, case.mentee_capacity])
    least = np.concatenate([case.mentor_minimum, case.mentee_minimum])
    above = np.vstack([rows, columns, -rows, -columns])
    bounds = [(0, float(cap) * ok) for ok in case.options["allowed"].ravel().tolist()]
    equal: Any = {} if pairs is None else {"A_eq": np.ones((1, n * m)), "b_eq": [pairs]}
    return linprog(
        -goal.ravel().astype(float), above, np.concatenate([limits, -least]), bounds=bounds, **equal
    )


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the data sets are not at {DATA}")
@pytest.mark.parametrize(
    ("name", "load", "best"), [("preflib1", 6, 497), ("preflib3", 6, 1817), ("aamas2015", 12, 5625)]
)
def test_the_published_curves_come_out_to_the_last_digit(name: str, load: int, best: int) -> None:
    """The optimum for eight caps, relative to that without a cap [Xu, Jecmen, Song and Fang, NeurIPS 2023]."""
    words = (DATA / f"{name}.in").read_text().split()
    bids: Any = (4 * np.array(words[2:], float)).astype(int).reshape(int(words[0]), int(words[1]))
    log = (DATA / f"{name}_main.log").read_text().splitlines()
    qualities, caps = ast.literal_eval(log[0]), ast.literal_eval(log[1])[0]
    assert len(caps) == len(qualities) == 8
    for cap, quality in zip(caps, qualities, strict=True):
        chances = marginals(
            bids, cap=cap, mentor_capacity=3, mentor_minimum=3, mentee_capacity=load
        )
        assert chances.units.max() <= cap * chances.grid
        assert float(chances.total / best) == quality


def test_a_cap_that_is_one_step_off_gives_another_value() -> None:
    points = [[4, 0], [0, 4]]
    assert (
        marginals(points, cap=Fraction(459, 1024)).total
        != marginals(points, cap=Fraction(460, 1024)).total
    )


@pytest.mark.parametrize(
    ("points", "options", "chances"),
    [
        (
            [[1, 1, 0.3, 0.5], [0.1, 1, 0.6, 0.8]],
            {"cap": 0.75, "mentor_capacity": 2},
            [[0.75, 0.75, 0.25, 0.25], [0.25, 0.25, 0.75, 0.75]],
        ),
        (
            [[1, 1, 0.3, 0.5], [0.1, 1, 0.6, 0.8]],
            {"cap": [[0.5, 0.5, 0.75, 1], [0.75, 0.75, 0.25, 0.75]], "mentor_capacity": 2},
            [[0.5, 0.5, 0.75, 0.25], [0.5, 0.5, 0.25, 0.75]],
        ),
        (
            [[0, 0.3, 0.5], [0.4, 0.6, 0.8], [0.7, 0.5, 0.5]],
            {"mentor_capacity": 2, "mentee_capacity": 2},
            [[0, 1, 1], [1, 0, 1], [1, 1, 0]],
        ),
    ],
)
def test_the_only_best_chances_of_the_openreview_matcher(
    points: Any, options: Any, chances: Any
) -> None:
    found = marginals(points, **options)
    assert found.matrix.tolist() == chances
    assert found.total == sum(
        Fraction(str(p)) * Fraction(str(x))
        for p, x in zip(np.ravel(points), np.ravel(chances), strict=True)
    )


@pytest.mark.parametrize(
    ("points", "spread", "options", "grid", "chances"),
    [
        ([[1, 2]], "1/2", {}, 3, [["1/3", "2/3"]]),
        (
            [[10, 3, 3], [3, 10, 3], [3, 3, 10]],
            "1/2",
            {},
            23,
            [["17/23", "3/23", "3/23"], ["3/23", "17/23", "3/23"], ["3/23", "3/23", "17/23"]],
        ),
        (
            [[1, 0.7], [0.8, 0.3]],
            "1/2",
            {"mentee_capacity": 2},
            187,
            [["10/17", "7/17"], ["8/11", "3/11"]],
        ),
    ],
)
def test_spread_chances_are_the_published_ones(
    points: Any, spread: str, options: Any, grid: int, chances: Any
) -> None:
    found = marginals(points, spread=spread, grid=grid, **options)
    rows, columns = np.array(points).shape
    assert [[str(found.chance(i, j)) for j in range(columns)] for i in range(rows)] == chances


def test_spread_chances_off_the_grid_are_the_nearest_steps() -> None:
    found = marginals([[10, 3, 3], [3, 10, 3], [3, 3, 10]], spread=0.5)
    assert found.grid == FINE
    assert abs(found.chance(0, 0) - Fraction(17, 23)) <= Fraction(1, FINE)


def test_spread_chances_with_a_fraction_of_a_place() -> None:
    """Tests of the openreview-matcher, perturbed maximisation: loads of 1.1 and 2, which no single matching can have."""
    grid = 280 * 10
    places = np.array([1, 1]) * grid, np.array([11, 20]) * grid // 10
    none = np.zeros(2, np.int64)
    capped = CappedProblem(
        np.array([[10, 7], [8, 3]]),
        np.full((2, 2), grid),
        (none, places[0]),
        (none, places[1]),
        "most",
    )
    never_needed: Any = None
    units, steps = best_chances(capped, grid, never_needed, spread=Fraction(1, 2))
    assert np.round(units / steps, 6).tolist() == [[0.503571, 0.496429], [0.596429, 0.403571]]


def test_two_circles_of_equals_share_equally() -> None:
    circles: Any = np.kron(np.eye(2, dtype=int), np.ones((3, 3), int))[:5, :5]
    for spread in (None, 0.01):
        found = marginals(circles, spread=spread)
        assert found.chance(0, 2) == Fraction(1, 3)
        assert found.chance(4, 3) == Fraction(1, 2)
        assert found.chance(0, 4) == 0


@given(cases(), CAPS)
def test_no_chance_is_better_by_an_independent_solver(case: Case, cap: Fraction) -> None:
    assume(case.points)
    most = independent(case, cap, np.ones(case.shape))
    if most.status == 2:
        with pytest.raises(InfeasibleError):
            lottery(case, cap)
        return
    found = lottery(case, cap)
    if case.participation == "most":
        assert float(found.pairs) == pytest.approx(-most.fun)
    best = independent(
        case, cap, case.matrix, float(found.pairs) if case.participation == "most" else None
    )
    assert float(found.total) == pytest.approx(-best.fun, rel=1e-6, abs=1e-3)


@given(cases(), CAPS, st.sampled_from([None, Fraction(1, 2), Fraction(1, 10)]))
def test_chances_keep_limits_places_and_permissions(
    case: Case, cap: Fraction, spread: Fraction | None
) -> None:
    assume(spread is None or min(map(min, case.points), default=0) >= 0)
    try:
        found = lottery(case, cap, spread=spread, grid=60)
    except InfeasibleError:
        return
    units, grid = found.units, found.grid
    assert (units >= 0).all()
    assert units.max(initial=0) <= cap * grid
    assert not units[~case.options["allowed"]].any()
    for axis, side in ((1, "mentor"), (0, "mentee")):
        assert (units.sum(axis) <= grid * np.array(case.options[f"{side}_capacity"], int)).all()
        assert (units.sum(axis) >= grid * np.array(case.options[f"{side}_minimum"], int)).all()


@given(cases())
def test_without_a_cap_no_lottery_beats_the_best_matching(case: Case) -> None:
    best = optima(case)
    if not best:
        with pytest.raises(InfeasibleError):
            lottery(case, Fraction(1))
        return
    found = lottery(case, Fraction(1))
    assert found.total == total(case, best[0])
    if case.participation == "most":
        assert found.pairs == len(best[0])


@given(cases(), CAPS, st.sampled_from([None, Fraction(1, 2)]))
def test_equal_rows_and_columns_have_equal_chances(
    case: Case, cap: Fraction, spread: Fraction | None
) -> None:
    assume(spread is None or min(map(min, case.points), default=0) >= 0)
    twice = Case(
        [*case.points, *case.points[:1]],
        [*case.allowed, *case.allowed[:1]],
        [*case.mentor_capacity, *case.mentor_capacity[:1]],
        case.mentee_capacity,
        [*case.mentor_minimum, *case.mentor_minimum[:1]],
        case.mentee_minimum,
        case.participation,
    )
    try:
        found = lottery(twice, cap, spread=spread, grid=60)
    except InfeasibleError:
        return
    if case.points:
        assert found.units[0].tolist() == found.units[-1].tolist()


@given(st.data(), st.integers(2, 4), st.sampled_from([(1, 3), (2, 2)]))
def test_spread_is_the_best_on_its_grid(
    data: st.DataObject, grid: int, shape: tuple[int, int]
) -> None:
    size = shape[0] * shape[1]
    points: Any = np.array(
        data.draw(st.lists(st.integers(0, 6), min_size=size, max_size=size))
    ).reshape(shape)
    ones = [np.full(count, grid) for count in shape]
    capped = CappedProblem(
        points, np.full(shape, grid), (0 * ones[0], ones[0]), (0 * ones[1], ones[1]), "best"
    )
    network, bend = capped.network(0), np.pad(points, (0, 1))
    scaled = Network(network.points * 2 * grid, network.capacity, network.supply, network.demand)
    flow = concave_transport(scaled, bend)[0][:-1, :-1]
    every = (np.reshape(x, shape) for x in product(range(grid + 1), repeat=size))
    fits = [x for x in every if (x.sum(0) <= grid).all() and (x.sum(1) <= grid).all()]
    assert any((flow == x).all() for x in fits)
    worth = [int((points * x * (2 * grid - x)).sum()) for x in (flow, *fits)]
    assert worth[0] == max(worth)


@given(cases())
def test_the_smallest_cap_is_feasible_and_any_smaller_one_is_not(case: Case) -> None:
    assume(case.points)
    problem = case.problem
    spans = [
        (problem.mentor_minimum, problem.places[0]),
        (problem.mentee_minimum, problem.places[1]),
    ]
    assume(all((low <= high).all() for low, high in spans))
    smallest = smallest_cap(problem.allowed, spans[0], spans[1])
    if smallest is None:
        assert independent(case, Fraction(1), np.zeros(case.shape)).status == 2
        return
    lottery(case, smallest)
    if smallest > 0:
        with pytest.raises(InfeasibleError, match=f"allows them is {smallest}$"):
            lottery(case, smallest * Fraction(99, 100))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"cap": "often"}, "'often' is no chance"),
        ({"cap": 1.5}, "1.5 is no chance"),
        ({"cap": float("nan")}, "nan is no chance"),
        ({"cap": True}, "True is no chance"),
        ({"cap": [[1, 1]]}, r"has shape \(1, 2\)"),
        ({"cap": [["1/1000000007", "1/998244353"], ["1/3", 1]]}, "small denominators"),
        ({"cap": 0.12345678901234567, "mentor_capacity": 2}, "small denominators"),
        ({"grid": 0}, "grid: 0"),
        ({"spread": 0}, "spread: 0"),
        ({"spread": 2}, "spread: 2"),
        ({"participation": "all"}, "'all' is unknown"),
    ],
)
def test_bad_arguments_are_one_clear_error(options: Any, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        marginals([[1, 2], [3, 4]], **options)


def test_negative_points_cannot_be_spread() -> None:
    with pytest.raises(InvalidInputError, match="cannot be spread"):
        marginals([[1, -1]], spread=0.5)


def test_too_many_pairs_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="too many for a lottery"):
        marginals(np.zeros((1001, 1000), int))
