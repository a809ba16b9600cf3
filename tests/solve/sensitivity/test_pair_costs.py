"""The cost of any other pair is what solving anew with that pair loses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from solve.brute import Case, Pairs, cases, feasible, optima, total

from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.sensitivity.interval import Interval, Matched, interval
from rmatch.solve.sensitivity.pair_costs import Costs, all_costs, costs_for_mentee, costs_for_mentor
from rmatch.solve.total import solve

Loss = tuple[int, int] | None
SIDES: tuple[Literal["mentor", "mentee"], ...] = ("mentor", "mentee")


def solved(problem: Problem) -> tuple[Problem, Any, Any, Certificate]:
    solution = solve(problem, route="flow")
    return (
        problem,
        solution.rows,
        solution.cols,
        certificate_of(problem, solution.rows, solution.cols),
    )


def listed(costs: Costs) -> list[Loss]:
    """Return the costs one by one, `None` where a pair is impossible."""
    assert not costs.pairs[~costs.possible].any()
    assert not costs.points[~costs.possible].any()
    entries = zip(
        costs.pairs.ravel().tolist(),
        costs.points.ravel().tolist(),
        costs.possible.ravel(),
        strict=True,
    )
    return [(pairs, points) if possible else None for pairs, points, possible in entries]


def by_all_ways(problem: Problem) -> list[list[Loss]]:
    """Return the costs of all pairs by each function, which must be the same."""
    answer = solved(problem)
    mentors, mentees = problem.points.shape
    by_rows = [loss for row in range(mentors) for loss in listed(costs_for_mentor(*answer, row))]
    columns = [listed(costs_for_mentee(*answer, column)) for column in range(mentees)]
    by_columns = [columns[j][i] for i in range(mentors) for j in range(mentees)]
    return [by_rows, by_columns, listed(all_costs(*answer))]


def loss(case: Case, best: Pairs, candidates: list[Pairs]) -> Loss:
    """Return what the best of some sets of pairs has less than the best of all."""
    most = case.participation == "most"
    lost = [
        ((len(best) - len(pairs)) * most, total(case, best) - total(case, pairs))
        for pairs in candidates
    ]
    return min(lost, default=None)


@given(cases())
def test_costs_are_those_of_trying_everything(case: Case) -> None:
    candidates = list(feasible(case))
    if not candidates:
        return
    best = optima(case)[0]
    pairs = [(i, j) for i in range(case.shape[0]) for j in range(case.shape[1])]
    expected = [
        loss(case, best, [those for those in candidates if pair in those]) for pair in pairs
    ]
    assert by_all_ways(case.problem) == [expected] * 3


def medium(seed: int, shape: tuple[int, int], participation: Participation) -> Problem:
    """Return a problem with ties, minimums, forbidden pairs and people without places."""
    rng = np.random.default_rng(seed)
    mentors, mentees = (rng.integers(0, 4, size) for size in shape)
    allowed = rng.random(shape) < rng.choice([0.25, 0.9])
    choices = np.minimum(mentors, allowed.sum(1)), np.minimum(mentees, allowed.sum(0))
    must, must_too = (
        ((side > 0) & (rng.random(side.size) < 0.2)).astype(np.int64) for side in choices
    )
    points = rng.integers(-3, int(rng.choice([4, 1000])), shape)
    return Problem(points, allowed, mentors, mentees, must, must_too, participation)


def with_pair(problem: Problem, i: int, j: int) -> tuple[int, int] | None:
    """Return the pairs and the points of the best matching with a pair, by solving what it leaves open."""
    if not (problem.allowed[i, j] and problem.mentor_capacity[i] and problem.mentee_capacity[j]):
        return None
    allowed, changed = problem.allowed.copy(), {}
    allowed[i, j] = False
    for side, person in (("mentor", i), ("mentee", j)):
        for what in ("capacity", "minimum"):
            counts = getattr(problem, f"{side}_{what}").copy()
            counts[person] = max(counts[person] - 1, 0)
            changed[f"{side}_{what}"] = counts
    return resolved(replace(problem, allowed=allowed, **changed), 1, int(problem.points[i, j]))


def resolved(problem: Problem, pairs: int, points: int) -> tuple[int, int] | None:
    try:
        solution = solve(problem, route="flow")
    except InfeasibleError:
        return None
    return len(solution.rows) + pairs, int(solution.total) + points


def compared(answer: tuple[Problem, Any, Any, Certificate], other: tuple[int, int] | None) -> Loss:
    problem, rows, cols, _ = answer
    if other is None:
        return None
    pairs = (len(rows) - other[0]) * (problem.participation == "most")
    return pairs, int(problem.points[rows, cols].sum()) - other[1]


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("shape", [(8, 8), (5, 14), (12, 6)])
def test_costs_are_those_of_solving_anew(
    shape: tuple[int, int], participation: Participation
) -> None:
    feasible_ones = impossible = 0
    for seed in range(8):
        problem = medium(seed, shape, participation)
        if resolved(problem, 0, 0) is None:
            continue
        feasible_ones += 1
        answer = solved(problem)
        expected = [
            compared(answer, with_pair(problem, i, j))
            for i in range(shape[0])
            for j in range(shape[1])
        ]
        assert by_all_ways(problem) == [expected] * 3
        impossible += expected.count(None)
    assert feasible_ones
    assert impossible


@given(cases())
def test_made_pairs_cost_nothing_and_no_pair_beats_the_optimum(case: Case) -> None:
    if not optima(case):
        return
    problem, rows, cols, certificate = solved(case.problem)
    costs = all_costs(problem, rows, cols, certificate)
    assert costs.possible[rows, cols].all()
    assert not costs.pairs[rows, cols].any()
    assert not costs.points[rows, cols].any()
    assert (costs.pairs >= 0).all()
    assert (costs.points[costs.pairs == 0] >= 0).all()


def test_the_certificate_of_column_generation_gives_the_same_costs() -> None:
    pytest.importorskip("numba")
    for seed in range(6):
        problem = medium(seed, (9, 12), "most")
        if resolved(problem, 0, 0) is None:
            continue
        solution = solve(problem, route="columns")
        assert solution.answer is not None
        costs = all_costs(problem, solution.rows, solution.cols, solution.answer.certificate)
        assert listed(costs) == listed(all_costs(*solved(problem)))


def test_lengths_that_sums_cannot_hold_are_refused() -> None:
    one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    problem = Problem(
        np.ones((2, 2), np.int64), np.ones((2, 2), bool), one, one, none, none, "most"
    )
    proof = Certificate(np.full(2, 2**58), none, 9)
    with pytest.raises(InvalidInputError, match="too large to add"):
        costs_for_mentee(problem, np.arange(2), np.arange(2), proof, 0)


@given(cases())
def test_intervals_hold_the_cost(case: Case) -> None:
    if not optima(case):
        return
    problem, rows, cols, certificate = solved(case.problem)
    expected = iter(listed(all_costs(problem, rows, cols, certificate)))
    matched = matched_of(problem, rows, cols, certificate)
    for i in range(case.shape[0]):
        for j in range(case.shape[1]):
            cost, found = next(expected), interval(matched, i, j)
            if found is None:
                assert cost is None
            elif cost is None:
                assert found.upper is None
            else:
                assert found.lower <= cost
                assert found.upper is None or cost <= found.upper


def matched_of(problem: Problem, rows: Any, cols: Any, certificate: Certificate) -> Matched:
    points: Any = problem.points
    return Matched(
        rows,
        cols,
        certificate,
        (problem.mentor_capacity, problem.mentee_capacity),
        (problem.mentor_minimum, problem.mentee_minimum),
        lambda i, j: (points[i, j], problem.allowed[i, j]),
    )


def test_a_repair_finds_the_best_way_where_it_is_near() -> None:
    one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    points = np.array([[7, 5], [6, 1]])
    for last, cost in ((True, (0, 3)), (False, (1, 4))):
        problem = Problem(
            points, np.array([[True, True], [True, last]]), one, one, none, none, "most"
        )
        found = interval(matched_of(*solved(problem)), 0, 0)
        assert found is not None
        assert found.upper == listed(all_costs(*solved(problem)))[0] == cost
        assert interval(matched_of(*solved(problem)), 0, 1) == Interval((0, 0), (0, 0))
