"""The second level: among equal totals the ties decide, the same way on every route and in every order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from solve.brute import Case, Pairs, cases, optima
from solve.test_total import medium

from rmatch.errors import InvalidInputError
from rmatch.solve.network import best_flow as routes
from rmatch.solve.network.dense import dense
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.ties import TIES, TieHash, tie_hash
from rmatch.solve.total import Solution, solve

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Whole


def pairs_of(solution: Solution) -> Pairs:
    return frozenset(zip(solution.rows.tolist(), solution.cols.tolist(), strict=True))


def weight(ties: Any, pairs: Pairs) -> int:
    return sum(int(ties[i, j]) for i, j in pairs)


@given(cases(), st.integers(0, 9), st.sampled_from([1, 5, TIES]))
def test_ties_choose_among_the_optima_and_change_nothing_else(
    case: Case, seed: int, top: int
) -> None:
    best = optima(case)
    ties = np.random.default_rng(seed).integers(0, top, case.shape, endpoint=True)
    for route in ("flow", None):
        if best:
            chosen = pairs_of(solve(case.problem, ties=ties, route=route))
            assert chosen in best
            assert weight(ties, chosen) == max(weight(ties, pairs) for pairs in best)


@given(cases(single=True, minimums=False), st.integers(0, 9))
def test_the_routes_give_the_same_pairs(case: Case, seed: int) -> None:
    ties = tie_hash(seed, range(case.shape[0]), range(case.shape[1]))
    assert pairs_of(solve(case.problem, ties=ties, route="dense")) == pairs_of(
        solve(case.problem, ties=ties, route="flow")
    )


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("capacity", [(1, 1), (3, 1), (1, 2)])
@pytest.mark.parametrize("seed", range(4))
def test_the_routes_give_the_same_pairs_on_medium_sizes(
    seed: int, capacity: tuple[int, int], participation: Participation
) -> None:
    problem = replace(
        medium(seed, (40, 50), 1, participation, strict=False),
        mentor_capacity=np.full(40, capacity[0]),
        mentee_capacity=np.full(50, capacity[1]),
    )
    ties = tie_hash(seed, range(40), range(50))
    assert pairs_of(solve(problem, ties=ties, route="dense")) == pairs_of(
        solve(problem, ties=ties, route="flow")
    )


def test_ties_beyond_float64_take_the_flow_for_the_second_level(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = medium(1, (30, 40), 1, "most", strict=False)
    ties = tie_hash("x", range(30), range(40))
    expected = pairs_of(solve(problem, ties=ties))
    calls = []

    def counted(network: Network) -> Whole:
        calls.append(network)
        return dense(network)

    monkeypatch.setattr(routes, "exact", lambda network: int(network.points.max()) <= TIES // 2)
    monkeypatch.setattr(routes, "dense", counted)
    assert pairs_of(solve(problem, ties=ties, route="dense")) == expected
    assert len(calls) == 1


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("strict", [False, True])
def test_the_same_people_in_any_order_get_the_same_partners(
    most: int, strict: bool, participation: Participation
) -> None:
    problem = medium(2, (25, 25), most, participation, strict=strict and most > 1)
    mentors, mentees = [f"a{i}" for i in range(25)], [f"b{j}" for j in range(25)]
    solution = solve(problem, ties=tie_hash("round", mentors, mentees))
    rng = np.random.default_rng(0)
    rows, columns = rng.permutation(25), rng.permutation(25)
    moved = Problem(
        problem.points[np.ix_(rows, columns)],
        problem.allowed[np.ix_(rows, columns)],
        problem.mentor_capacity[rows],
        problem.mentee_capacity[columns],
        problem.mentor_minimum[rows],
        problem.mentee_minimum[columns],
        participation,
    )
    again = solve(
        moved, ties=tie_hash("round", [mentors[i] for i in rows], [mentees[j] for j in columns])
    )
    assert {(rows[i], columns[j]) for i, j in pairs_of(again)} == pairs_of(solution)


def test_another_seed_chooses_differently_and_everyone_has_a_chance() -> None:
    one, none = np.ones(1, np.int64), np.zeros(1, np.int64)
    equal = Problem(
        np.full((1, 4), 5),
        np.ones((1, 4), bool),
        one,
        np.ones(4, np.int64),
        none,
        np.zeros(4, np.int64),
        "most",
    )
    chosen = [int(solve(equal, ties=tie_hash(seed, ["m"], "abcd")).cols[0]) for seed in range(400)]
    assert np.bincount(chosen).tolist() == pytest.approx([100] * 4, abs=40)


def test_pairs_of_0_points_are_made_when_ties_speak_for_them() -> None:
    one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    for route in ("dense", "flow"):
        problem = Problem(
            np.array([[0, -1], [-1, 0]]), np.ones((2, 2), bool), one, one, none, none, "best"
        )
        found = solve(problem, ties=np.array([[1, 9], [9, 1]]), route=route)
        assert pairs_of(found) == {(0, 0), (1, 1)}
        assert found.total == 0


# --- the hash -------------------------------------------------------------------------------------------------------


def test_the_hash_is_the_same_on_every_machine() -> None:
    assert tie_hash("spring", ["ana", "bo"], ["cy"]).tolist() == [[1464], [1974]]


def test_the_hash_depends_on_seed_ids_and_roles_and_on_nothing_else() -> None:
    drawn = tie_hash(7, "abc", "xy")
    assert (drawn[[2, 0, 1]] == tie_hash(7, "cab", "xy")).all()
    assert (drawn[:, ::-1] == tie_hash("7", "abc", "yx")).all()
    assert (drawn != tie_hash(8, "abc", "xy")).all()
    assert (tie_hash(7, "xy", "abc") != drawn.T).all()
    assert drawn.dtype == np.uint64
    assert tie_hash(7, [], "xy").shape == (0, 2)
    assert tie_hash(7, ["\ud800", 5, "é"], "x").shape == (3, 1)


def test_some_rows_and_columns_keep_their_numbers() -> None:
    whole = TieHash("spring", range(6), range(4))
    rows, columns = np.array([5, 0, 3]), np.array([1, 3])
    some = whole.among(rows, columns)
    for i, j in np.ndindex(3, 2):
        assert some(np.array([i]), np.array([j])) == whole(rows[[i]], columns[[j]])


def test_the_hash_spreads_over_its_whole_range() -> None:
    drawn = tie_hash(0, range(300), range(300))
    assert 1 <= int(drawn.min()) <= int(drawn.max()) <= 2**27 <= TIES
    assert np.unique(drawn).size > 89_900
    shares = (
        np.bincount(((drawn - np.uint64(1)) >> np.uint64(23)).ravel().astype(int), minlength=16)
        / drawn.size
    )
    assert shares.tolist() == pytest.approx([1 / 16] * 16, rel=0.06)
    standard = (drawn.astype(float) - drawn.mean()) / drawn.std()
    crossed = standard - standard.mean(0) - standard.mean(1)[:, None]
    assert crossed.std() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("points", "ties", "words"),
    [
        (np.array([[1]]), np.array([[-1]]), "out of range"),
        (np.array([[1]]), np.array([[TIES + 1]]), "out of range"),
        (np.array([[1.5]]), np.array([[1]]), "fractional"),
    ],
)
def test_ties_that_cannot_decide_are_a_fault(points: Any, ties: Any, words: str) -> None:
    one, none = np.ones(1, np.int64), np.zeros(1, np.int64)
    with pytest.raises(InvalidInputError, match=words):
        solve(Problem(points, np.ones((1, 1), bool), one, one, none, none, "most"), ties=ties)
