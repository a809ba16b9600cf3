"""The compiled dense route: no better answer by trying everything nor by other routes, and prices that prove each."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import product
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import linear_sum_assignment
from solve.brute import Case, cases, optima, total

from rmatch.solve.certificates.claim import failures
from rmatch.solve.jonker_volgenant import bids, in_steps, kernels, suits
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.total import solve
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import StoppingRule

pytest.importorskip("numba")
route = pytest.importorskip("rmatch.solve.jonker_volgenant.route")


def problem_of(points: Any, participation: Participation = "most", **different: Any) -> Problem:
    rows, columns = points.shape
    one, none = (
        (np.full(rows, 1), np.full(columns, 1)),
        (np.zeros(rows, int), np.zeros(columns, int)),
    )
    plain = Problem(
        points.astype(np.int64), np.ones(points.shape, bool), *one, *none, participation
    )
    return replace(plain, **different)


def found(problem: Any) -> tuple[int, int]:
    """Return the number of pairs and their points, once the checker has accepted the prices."""
    rows, columns, _ = (answer := route.best(problem)).pairs
    points = problem.points[rows, columns].astype(np.int64)
    assert points.sum() == answer.total
    assert problem.allowed[rows, columns].all()
    assert (np.diff(rows * problem.shape[1] + columns) > 0).all()
    doubts = failures(
        answer.certificate,
        (rows, columns, points),
        (problem.mentor_capacity, problem.mentee_capacity),
        (problem.mentor_minimum, problem.mentee_minimum),
        lambda first, last: (problem.points[first:last], problem.allowed[first:last]),
        most_pairs=problem.participation == "most",
        bound=int(points.sum()),
    )
    assert list(doubts) == []
    return len(rows), int(points.sum())


@given(cases(minimums=False))
def test_it_is_the_best_of_all_sets_of_pairs(case: Case) -> None:
    if not suits(case.problem, if_loaded=True):
        return
    pairs, points = found(case.problem)
    best = optima(case)
    assert points == total(case, best[0])
    # Pairs of 0 points may be made or not where their number does not count.
    assert pairs in {len(each) for each in best}


def instance(seed: int) -> Problem:
    """Return a problem of any kind that the route takes: ties, wide numbers, gaps, places on either side."""
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 40, 2))
    top = int(rng.choice([1, 2, 10, 10**6, 2**25, 10**9, 10**13]))
    points = rng.integers(-top if rng.random() < 0.3 else 0, top + 1, shape)
    limits: dict[str, Any] = {"allowed": rng.random(shape) < rng.choice([0.05, 0.2, 0.6, 1.0])}
    several = rng.choice(["nobody", "mentor", "mentee", "both"])
    for side, size in zip(("mentor", "mentee"), shape, strict=True):
        more = several in {side, "both"}
        limits[f"{side}_capacity"] = rng.integers(0, 5 if more else 2, size)
        if rng.random() < 0.5:
            limits[f"{side}_capacity"] = np.full(size, 3 if more else 1)
    return problem_of(points, str(rng.choice(["most", "best"])), **limits)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(150))
def test_other_routes_find_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = instance(seed)
    if not suits(problem, if_loaded=True):
        return
    other = solve(problem, route="flow")
    for kind, at_once in product((route.NARROW, route.WIDE), (0, route.AT_ONCE)):
        monkeypatch.setattr(route, "NARROW", kind)
        monkeypatch.setattr(route, "AT_ONCE", at_once)
        pairs, points = found(problem)
        assert points == other.total
        assert problem.participation == "best" or pairs == len(other.rows)


@pytest.mark.parametrize("seed", range(60))
def test_a_try_that_takes_long_is_given_up_for_another_route(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, pairs = instance(seed), None
    total = solve(problem, route="flow").total
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.SURE", 0)
    monkeypatch.setattr(route, "TRIED_FROM", 0)
    monkeypatch.setattr(route, "STRIP", 50)
    monkeypatch.setattr(route, "AT_ONCE", 0)
    if suits(problem, if_loaded=True) and route.best(problem):
        pairs, points = found(problem)
        assert points == total
    answer = solve(problem, any_of_several=True)
    assert (answer.total, answer.answer is None) == (total, pairs is None)


@pytest.mark.parametrize("seed", range(60))
def test_bids_before_searches_change_no_total(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    side, top = int(rng.integers(2, 40)), int(rng.choice([1, 10, 10**6, 2**26, 10**13]))
    points = rng.integers(-top if seed % 3 else 0, top + 1, (side, side + rng.integers(0, 6)))
    allowed = rng.random(points.shape) < rng.choice([0.2, 0.6, 1.0])
    problem = problem_of(points, allowed=allowed)
    monkeypatch.setattr(route, "AT_ONCE", 0)
    monkeypatch.setattr(in_steps, "EARLY", 0)
    monkeypatch.setattr(in_steps, "BUDGET", int(rng.choice([0, 2**26])))
    monkeypatch.setattr(in_steps, "FEW_FREE", 1)
    monkeypatch.setattr(in_steps, "are_short", lambda *_: False)
    total = solve(problem, route="flow").total
    assert found(problem)[1] == total
    turned = replace(problem.transposed, points=points.T.copy(), allowed=allowed.T.copy())
    assert found(turned)[1] == total


def test_prices_that_fell_too_far_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two halves that never meet: what one half pays says nothing of the other.
    allowed = np.kron(np.eye(2, dtype=bool), np.ones((20, 20), bool))
    points = np.random.default_rng(0).integers(0, 1000, allowed.shape)
    problem = problem_of(points, allowed=allowed)
    total, before = solve(problem, route="flow").total, bids.withdraw
    fell: list[Any] = []

    def fallen(board: Any) -> None:
        before(board)
        board.weight[:20] -= 2 * 10**6
        fell.append(board)

    monkeypatch.setattr(route, "AT_ONCE", 0)
    monkeypatch.setattr(in_steps, "EARLY", 0)
    monkeypatch.setattr(in_steps, "are_short", lambda *_: False)
    monkeypatch.setattr(in_steps, "withdraw", fallen)
    assert found(problem) == (40, total)
    assert fell


def test_prices_too_low_for_lengths_end_the_searches() -> None:
    far = route.NARROW.far
    length = np.empty(2, np.int32)
    board = kernels.blank(np.zeros((2, 2), np.int32), length, length.view(np.uint32))
    free = np.array([0, 1])
    for fallen, following in ((-2 * far, 1), (-2 * far - 2, ~0)):
        board.weight[:], board.row_of[:], board.column_of[:] = (0, fallen), -1, -1
        assert kernels.augment(board, free[:1], 0, route.NEVER, far, 1000) == following


@pytest.mark.parametrize("side", [100, 250, 300])
@pytest.mark.parametrize("least", [1, 2**30])
def test_bids_settle_what_many_long_searches_would(
    side: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = np.arange(side)
    points = -np.multiply.outer(steps, steps) * least
    searches: list[int] = []
    before = kernels.augment

    def counted(*given: Any) -> int:
        searches.append(1)
        return before(*given)

    monkeypatch.setattr(in_steps, "augment", counted)
    monkeypatch.setattr(route, "AT_ONCE", 200**2)
    assert found(problem_of(points)) == (side, int(points[steps, steps[::-1]].sum()))
    some = len(searches)
    monkeypatch.setattr(in_steps, "are_short", lambda *_: True)
    found(problem_of(points))
    # Each step looks at as many pairs as there are: without bids it takes over twice as many.
    assert 3 * some < len(searches) or side == 100


@pytest.mark.parametrize("side", [100, 250])
def test_bids_among_few_rows_match_all_at_the_first_try(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = np.arange(side)
    points = -np.multiply.outer(steps, steps)
    matched: list[int] = []
    before = route.at_once

    def noted(*given: Any) -> int:
        matched.append(before(*given))
        return matched[-1]

    monkeypatch.setattr(route, "at_once", noted)
    assert found(problem_of(points)) == (side, int(points[steps, steps[::-1]].sum()))
    # A matching without all of them would be made anew, at a price for who stays alone.
    assert matched == [side]


def test_many_searches_are_given_up_and_few_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "AT_ONCE", 0)
    steps = np.arange(1, 201)
    hard = problem_of(steps.max() ** 2 - np.multiply.outer(steps, steps))
    monkeypatch.setattr(route, "TRIED_FROM", 0)
    monkeypatch.setattr(route, "PATIENCE", 2)
    assert route.best(hard) is None
    assert route.best(hard, surely=True) is not None
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.SURE", 0)
    monkeypatch.setattr(route, "PATIENCE", 2**40)
    assert route.best(hard) is None
    assert solve(hard, any_of_several=True).total == 200**3 - sum(steps * steps[::-1])
    assert found(problem_of(np.ones((200, 200)))) == (200, 200)
    lopsided = np.random.default_rng(0).integers(0, 10**6, (20, 2_000))
    assert found(problem_of(lopsided)) == found(problem_of(lopsided.T))


@pytest.mark.parametrize("seed", range(60))
def test_of_many_who_face_a_few_the_best_do_or_all_are_looked_at(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = np.random.default_rng(seed)
    shape = int(dice.integers(1, 6)), int(dice.integers(20, 300))
    points = dice.integers(-5, int(dice.choice([1, 3, 10**6, 2**40])), shape)
    # Whoever all like best is among the best of everybody: some are left with nobody of those that were kept.
    points[:, : int(dice.integers(0, 20))] += points.max() * (seed % 3 == 0)
    allowed = dice.random(shape) < dice.choice([0.02, 0.5, 1, 1])
    if points.max() < 2**31:
        points = points.astype(np.int32 if seed % 2 else np.int64)
    several = dice.random() < 0.2
    limits: dict[str, Any] = {
        "mentor_capacity": np.full(shape[0], 1 + several),
        "participation": str(dice.choice(["most", "best"])),
    }
    problem = replace(problem_of(points), points=points, allowed=allowed, **limits)
    expected = solve(problem, route="flow").total
    monkeypatch.setattr(route.few, "WORTHWHILE", 0)
    monkeypatch.setattr(route.few, "MANY", 3)
    monkeypatch.setattr(route, "STRIP", 50)
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.few.threads", lambda: 1 + seed % 3)
    for kept in (1, 2, 16):
        monkeypatch.setattr(route.few, "KEPT", kept)
        for turned in (problem, problem.transposed):
            rows = replace(turned, points=turned.points.copy("C"), allowed=turned.allowed.copy("C"))
            assert found(turned)[1] == found(rows)[1] == expected


def test_a_few_are_matched_among_the_best_of_the_many(monkeypatch: pytest.MonkeyPatch) -> None:
    points = np.random.default_rng(0).integers(0, 10**6, (40, 60_000), np.int32)
    sizes: list[int] = []
    solved = route._solved

    def noted(units: Any, *rest: Any) -> Any:
        sizes.append(len(units.columns))
        return solved(units, *rest)

    monkeypatch.setattr(route, "_solved", noted)
    for turned in (points, points.T, points.T.copy(), np.ones_like(points)):
        found(replace(problem_of(turned), points=turned))
    assert max(sizes[:3]) <= 40 * route.few.KEPT
    # Where all are as good as any other everybody has kept the same.
    assert sizes[3:] == [60_000]


def test_large_problems_are_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = problem_of(np.ones((2, 2)))
    several = replace(plain, mentor_capacity=np.array([0, 1]))
    assert suits(several, if_loaded=True)
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.SURE", 3)
    assert not suits(several, if_loaded=True)
    assert suits(plain, if_loaded=True)
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.MOST", 3)
    assert not suits(plain, if_loaded=True)


def test_it_counts_to_the_last_point_who_stays_alone() -> None:
    dice = np.random.default_rng(0)
    for _ in range(300):
        rows, more = dice.integers(2, 12), dice.integers(0, 3)
        points = dice.integers(0, dice.choice([2, 3, 4, 6]), (rows, rows + more))
        allowed = dice.random(points.shape) < dice.choice([0.15, 0.3])
        problem = problem_of(points, dice.choice(["most", "best"]), allowed=allowed)
        assert found(problem)[1] == solve(problem, route="flow").total


@pytest.mark.parametrize("shape", [(300, 300), (60, 700), (700, 60)])
@pytest.mark.parametrize("top", [1, 8, 10**6, 2**40])
def test_scipy_finds_no_better_total(shape: tuple[int, int], top: int) -> None:
    points = np.random.default_rng(top).integers(0, top, shape)
    rows, columns = linear_sum_assignment(-points)
    assert found(problem_of(points)) == (min(shape), int(points[rows, columns].sum()))


def test_prices_that_32_bits_cannot_hold_are_found_in_64() -> None:
    # Only one way to match all: the price of each column is what all before it cost together.
    size, top = 80, 2**25
    allowed = np.eye(size, dtype=bool) | np.eye(size, k=1, dtype=bool)
    points = np.where(np.eye(size, k=1, dtype=bool), top, 0)
    for turned in (False, True):
        held = problem_of(points.T if turned else points, allowed=allowed.T if turned else allowed)
        assert found(held) == (size, 0)
        certificate = route.best(held).certificate
        assert max(int(certificate.u.max()), int(certificate.v.max())) > 2**31


@pytest.mark.parametrize("places", [1, 2])
def test_points_too_large_for_its_bonus_go_another_way(places: int) -> None:
    several = np.full(2, places)
    problem = problem_of(
        np.array([[2**54, 0], [0, 0]]), mentor_capacity=several, mentee_capacity=several
    )
    assert route.best(problem) is None
    assert solve(problem, any_of_several=True).total == 2**54


def test_who_has_neither_places_nor_partners_has_no_price() -> None:
    problem = problem_of(
        np.array([[3, 2], [9, 9]]),
        mentor_capacity=np.array([2, 0]),
        mentee_capacity=np.array([2, 1]),
        allowed=np.array([[True, True], [False, False]]),
    )
    assert found(problem) == (2, 5)
    assert route.best(problem).certificate.u[1] == 0


@pytest.mark.parametrize(
    "different",
    [
        {"mentor_minimum": np.array([1, 0])},
        {"mentee_minimum": np.array([0, 1])},
        {"mentor_capacity": np.array([0, 0])},
        {"firsts": (np.array([1, 1]), np.array([0, 0]))},
        {"points": np.ones((2, 2))},
    ],
    ids="-".join,
)
def test_what_it_cannot_do_goes_another_way(different: dict[str, Any]) -> None:
    plain = problem_of(np.ones((2, 2)))
    assert suits(plain, if_loaded=True)
    assert not suits(replace(plain, **different), if_loaded=True)


def test_small_problems_go_by_it_only_where_any_answer_will_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small, large = (problem_of(np.ones((size, size))) for size in (2, 400))
    assert not suits(small, if_loaded=False)
    assert suits(large, if_loaded=False)
    assert solve(small).answer is None
    assert solve(small, any_of_several=True).answer is not None
    assert solve(large).answer is not None
    monkeypatch.setattr("rmatch.solve.columns.available", lambda: False)
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.available", lambda: False)
    assert not suits(small, if_loaded=True)
    assert not suits(large, if_loaded=True)


def test_a_small_matrix_loads_no_compiler() -> None:
    program = "import sys, rmatch; rmatch.assign([[7, 5], [6, 1]]); print('numba' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize("looks", [0, 1, 2, 3, 5, 30])
@pytest.mark.parametrize("places", [1, 2])
def test_a_run_that_is_stopped_has_a_matching_and_a_true_bound(
    looks: int, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "AT_ONCE", 0)
    monkeypatch.setattr(in_steps, "BUDGET", 0)
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.several.BUDGET", 0)
    points, several = np.random.default_rng(3).integers(0, 10**6, (120, 120)), np.full(120, places)
    problem = problem_of(points, mentor_capacity=several, mentee_capacity=several)
    best, stop, seen = solve(problem, any_of_several=True).total, Event(), [0]

    def look(_: Progress) -> None:
        seen[0] += 1
        if seen[0] > looks:
            stop.set()

    monkeypatch.setattr("rmatch.utils.stopping.TOLD_EVERY", -1)
    with StoppingRule(progress=look, cancel=stop, handle_signals=False):
        answer = solve(problem, any_of_several=True)
    assert answer.total <= best <= answer.bound
    assert answer.proved == (seen[0] <= looks)
