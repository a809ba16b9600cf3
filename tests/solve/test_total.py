"""Both routes, and solvers that share nothing with them, agree; prices prove what they find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, kron, vstack
from solve.brute import Case, cases, optima, total

from rmatch.errors import InvalidInputError, RmatchError
from rmatch.solve.feasibility import most_pairs
from rmatch.solve.network.dense import dense, exact
from rmatch.solve.network.network import CutError, Network
from rmatch.solve.network.optimal_face import prices
from rmatch.solve.network.transport import transport
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.total import solve


def scores(seed: int, shape: tuple[int, int], levels: int = 100_000) -> Any:
    """Return points as programmes make them: sums over tables of a few codes of each person."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 6, (8, shape[0])), rng.integers(0, 6, (8, shape[1]))
    tables = rng.integers(0, levels, (8, 6, 6))
    return sum(table[i][:, j] for table, i, j in zip(tables, *codes, strict=True))


def medium(
    seed: int, shape: tuple[int, int], most: int, participation: Participation, *, strict: bool
) -> Problem:
    rng = np.random.default_rng(seed)
    mentors, mentees = (rng.integers(1, most + 1, size) for size in shape)
    must_mentors, must_mentees = (
        side * (rng.random(side.size) < 0.2 * strict) for side in (mentors, mentees)
    )
    allowed = rng.random(shape) < rng.choice([0.2, 0.9])
    points = scores(seed, shape, levels=int(rng.choice([2, 100_000]))) - int(
        rng.choice([0, 300_000])
    )
    return Problem(points, allowed, mentors, mentees, must_mentors, must_mentees, participation)


def highs(problem: Problem) -> float:
    """Return the best total by HiGHS; its number of pairs, if pairs count first, comes from HiGHS as well."""
    rows, columns = problem.points.shape
    ends = vstack(
        [kron(eye_array(rows), np.ones((1, columns))), kron(np.ones((1, rows)), eye_array(columns))]
    )
    low = np.concatenate([problem.mentor_minimum, problem.mentee_minimum])
    high = np.concatenate([problem.mentor_capacity, problem.mentee_capacity])
    constraints = [LinearConstraint(csr_array(ends), low, high)]
    bounds = Bounds(0, problem.allowed.ravel().astype(float))

    def best(gain: Any) -> float:
        result = milp(-gain, constraints=constraints, bounds=bounds)
        assert result.status in {0, 2}
        return np.nan if result.x is None else float(-result.fun)

    if problem.participation == "most":
        pairs = best(np.ones(rows * columns))
        if np.isnan(pairs):
            return pairs
        constraints.append(
            LinearConstraint(np.ones((1, rows * columns)), round(pairs), round(pairs))
        )
    return best(problem.points.ravel().astype(float))


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("shape", [(20, 20), (12, 30), (30, 12)])
def test_highs_finds_no_better_total(
    shape: tuple[int, int], most: int, strict: bool, participation: Participation
) -> None:
    feasible = 0
    for seed in range(4):
        problem = medium(seed, shape, most, participation, strict=strict)
        expected = highs(problem)
        try:
            found: float = solve(problem).total
            fractional = solve(replace(problem, points=problem.points / 7)).total
        except RmatchError:
            assert np.isnan(expected)
        else:
            feasible += 1
            assert found == round(expected)
            assert fractional * 7 == pytest.approx(expected)
    assert feasible


@given(cases(single=True, minimums=False))
def test_the_routes_agree_on_totals(case: Case) -> None:
    by_dense, by_flow = solve(case.problem, route="dense"), solve(case.problem, route="flow")
    assert (by_dense.route, by_flow.route) == ("dense", "flow")
    assert by_dense.total == by_flow.total == total(case, optima(case)[0])
    assert solve(case.problem).route == "dense"


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("capacity", [(1, 1), (3, 1), (1, 2)])
@pytest.mark.parametrize("seed", range(3))
def test_the_routes_agree_on_medium_sizes(
    seed: int, capacity: tuple[int, int], participation: Participation
) -> None:
    problem = replace(
        medium(seed, (40, 50), 1, participation, strict=False),
        mentor_capacity=np.full(40, capacity[0]),
        mentee_capacity=np.full(50, capacity[1]),
    )
    assert solve(problem, route="dense").total == solve(problem, route="flow").total


@given(cases())
def test_dense_refuses_what_it_cannot_solve(case: Case) -> None:
    if optima(case) and solve(case.problem).route == "flow":
        with pytest.raises(InvalidInputError, match="route"):
            solve(case.problem, route="dense")


@pytest.mark.parametrize(("mentees", "route"), [(9, "dense"), (9_000, "flow")])
def test_a_repeated_matrix_beyond_memory_goes_by_flow(mentees: int, route: str) -> None:
    shape = 4, mentees
    problem = medium(0, shape, 1, "most", strict=False)
    problem = replace(problem, allowed=np.ones(shape, bool), mentor_capacity=np.full(4, mentees))
    assert solve(problem).route == route


@given(cases(minimums=False))
def test_the_largest_number_of_pairs_is_found(case: Case) -> None:
    every = replace(case, participation="most")
    assert most_pairs(case.problem) == len(optima(every)[0])


def proves(network: Network, flow: Any, u: Any, v: Any) -> bool:
    slack = u[:, None] + v - network.points
    meets = (flow.sum(1) == network.supply).all() and (flow.sum(0) == network.demand).all()
    within = ((flow >= 0) & (flow <= network.capacity)).all()
    return bool(
        meets
        and within
        and (slack[flow < network.capacity] >= 0).all()
        and (slack[flow > 0] <= 0).all()
    )


@given(cases())
def test_flow_and_prices_prove_each_other(case: Case) -> None:
    best = optima(case)
    network = case.problem.network(len(best[0]) if best and case.participation == "most" else 0)
    if not best:
        with pytest.raises(CutError):
            transport(network)
        return
    flow, u, v = transport(network)
    assert proves(network, flow, u, v)
    assert proves(network, flow, *prices(network, flow))


@given(cases(), st.integers(0, 1000))
def test_prices_exist_for_optimal_flows_only(case: Case, seed: int) -> None:
    network = case.problem.network(0)
    noise = np.random.default_rng(seed).integers(-9, 9, network.points.shape)
    try:
        best, other = transport(network)[0], transport(replace(network, points=noise))[0]
    except CutError:
        return
    gap = int((network.points * best).sum() - (network.points * other).sum())
    assert gap >= 0
    if gap:
        with pytest.raises(RmatchError, match="not optimal"):
            prices(network, other)
    else:
        assert proves(network, other, *prices(network, other))


@given(cases(single=True, minimums=False))
def test_dense_solves_networks_with_columns_that_must_be_filled(case: Case) -> None:
    network = case.problem.network(0)
    free = np.where(network.capacity > 0, 99, 0)
    filled = transport(replace(network, capacity=free))[0]
    for side in (np.s_[-1, :-1], np.s_[:-1, -1]):
        closed = free.copy()
        closed[side][filled[side] == 0] = 0
        narrow = replace(network, capacity=closed)
        assert exact(narrow)
        assert (dense(narrow) * network.points).sum() == (
            transport(narrow)[0] * network.points
        ).sum()


def test_exact_draws_the_line_where_float64_does() -> None:
    capacity, one = np.full((3, 3), 9), np.array([1, 1, 0])
    for top, fits in ((2**53 // 7, True), (2**53 // 7 + 1, False)):
        assert exact(Network(np.diag([top, 0, 0]), capacity, one, one)) is fits


def test_columns_that_must_be_filled_draw_the_line_of_float64_earlier() -> None:
    capacity = np.array([[9, 9, 9], [0, 9, 9]])
    # One unit, and a bonus of one more than the range of the points: (2 + 3) (2 r + 1) is the largest.
    top = (2**53 // 5 - 1) // 2
    for points, fits in ((top, True), (top + 1, False)):
        closed = np.array([[points, 0, 0], [0, 0, 0]])
        network = Network(closed, capacity, np.array([1, 1]), np.array([1, 1, 0]))
        assert exact(network) is fits
