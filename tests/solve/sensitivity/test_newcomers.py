"""What newcomers gain is what solving anew with them gains, one at a time and the best few together."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array
from solve.brute import Case, cases, feasible, total

from rmatch.errors import InfeasibleError, InvalidInputError, RmatchError
from rmatch.solve.problem import Problem
from rmatch.solve.sensitivity.newcomers import CLOSED, Newcomers
from rmatch.solve.sensitivity.together import best_together
from rmatch.solve.total import solve


@st.composite
def arrivals(draw: Any, most_places: int = 2) -> tuple[Case, list[list[int]], list[int]]:
    """Draw a problem without a first number of pairs, and a few kinds of newcomers."""
    case = replace(draw(cases()), participation="best")
    mentees = case.shape[1]
    points = st.lists(
        st.sampled_from([-CLOSED, 0, 1, 5, 9, 30]), min_size=mentees, max_size=mentees
    )
    kinds = draw(st.lists(points, min_size=1, max_size=3))
    places = [draw(st.integers(1, most_places)) for _ in kinds]
    return case, kinds, places


def enlarged(case: Case, rows: list[list[int]], places: list[int]) -> Case:
    """Return the problem with newcomers as further mentors."""
    return replace(
        case,
        points=[*case.points, *([max(cell, 0) for cell in row] for row in rows)],
        allowed=[*case.allowed, *([cell >= 0 for cell in row] for row in rows)],
        mentor_capacity=[*case.mentor_capacity, *places],
        mentor_minimum=[*case.mentor_minimum, *(0 for _ in rows)],
    )


def optimum(case: Case) -> int:
    """Return the most points of any set of pairs, by trying them all."""
    return max(total(case, pairs) for pairs in feasible(case))


def team_of(problem: Problem, room: int) -> Newcomers:
    solution = solve(problem, route="flow")
    return Newcomers(problem, solution.rows, solution.cols, room)


@examples(100)
@given(arrivals())
def test_each_newcomer_alone_gains_what_trying_everything_says(drawn: Any) -> None:
    case, kinds, places = drawn
    try:
        team = team_of(case.problem, 1)
    except InfeasibleError:
        return
    gains = team.gains(np.array(kinds, np.int64).reshape(len(kinds), -1), np.array(places))
    before = optimum(case)
    expected = [
        optimum(enlarged(case, [row], [count])) - before
        for row, count in zip(kinds, places, strict=True)
    ]
    assert gains.tolist() == expected


@examples(60)
@given(arrivals(), st.integers(1, 3))
def test_the_best_together_are_those_of_trying_every_choice(drawn: Any, k: int) -> None:
    case, kinds, places = drawn
    try:
        team = team_of(case.problem, k)
    except InfeasibleError:
        return
    points = np.array(kinds, np.int64).reshape(len(kinds), -1)
    before = solve(case.problem).total
    for seats in (np.ones_like(places), np.array(places)):
        chosen = best_together(team, points, seats, k)
        worth = {
            some: solve(
                enlarged(
                    case, [kinds[kind] for kind in some], [int(seats[kind]) for kind in some]
                ).problem
            ).total
            - before
            for some in combinations_with_replacement(range(len(kinds)), k)
        }
        assert sum(chosen.gains) <= max(worth.values()) <= chosen.bound
        if seats.max() == 1:
            assert sum(chosen.gains) == chosen.bound
        # What is said of the chosen ones is true of them, and each gains no more than the one before.
        some = [*chosen.kinds, *[chosen.kinds[0]] * (k - len(chosen.kinds))] if chosen.kinds else []
        if len(chosen.kinds) == k:
            assert worth[tuple(sorted(some))] == sum(chosen.gains)
        assert list(chosen.gains) == sorted(chosen.gains, reverse=True)
        assert all(gain > 0 for gain in chosen.gains)


def test_a_middle_problem_agrees_with_an_assignment_and_a_whole_number_programme() -> None:
    rng = np.random.default_rng(5)
    mentors, mentees, kinds, k = 60, 70, 12, 6
    points = rng.integers(0, 10**6, (mentors, mentees))
    arrive = rng.integers(0, 10**6, (kinds, mentees))
    one = np.ones(mentors, np.int64), np.ones(mentees, np.int64)
    problem = Problem(points, rng.random(points.shape) < 0.4, *one, 0 * one[0], 0 * one[1], "best")
    team = team_of(problem, k)
    found = np.where(problem.allowed, points, -(10**9))

    def assigned(rows: Any) -> int:
        # As many rows of nothing as there are mentees: everybody may stay without.
        whole = np.vstack([found, rows, np.zeros((mentees, mentees), np.int64)])
        return int(whole[linear_sum_assignment(whole, maximize=True)].sum())

    before = assigned(arrive[:0])
    gains = team.gains(arrive, np.ones(kinds, np.int64))
    assert gains.tolist() == [assigned(arrive[[kind]]) - before for kind in range(kinds)]
    chosen = best_together(team, arrive, np.ones(kinds, np.int64), k)
    assert assigned(arrive[list(chosen.kinds)]) - before == sum(chosen.gains) == chosen.bound
    assert with_a_gate(points, problem.allowed, arrive, k) - before == chosen.bound


def test_pairs_that_were_given_up_may_be_made_again() -> None:
    rng = np.random.default_rng(8)
    for _ in range(40):
        points, arrive = rng.integers(0, 40, (5, 9)), rng.integers(0, 40, (4, 9))
        one = np.ones(5, np.int64), np.ones(9, np.int64)
        problem = Problem(
            points, rng.random(points.shape) < 0.7, *one, 0 * one[0], 0 * one[1], "best"
        )
        team, ones = team_of(problem, 8), np.ones(4, np.int64)
        chosen = best_together(team, arrive, ones, 8)
        before = solve(problem).total
        assert with_a_gate(points, problem.allowed, arrive, 8) - before == sum(chosen.gains)


def with_a_gate(points: Any, allowed: Any, arrive: Any, k: int) -> int:
    """Return the optimum with at most so many newcomers, each of any kind, by a whole-number programme."""
    mentors, mentees = points.shape
    rows, columns = np.nonzero(allowed)
    kinds, theirs = map(np.ravel, np.indices(arrive.shape))
    worth = np.concatenate([points[rows, columns], arrive[kinds, theirs]])
    # One line for each mentor, one for the gate, and one for each mentee.
    lines = np.concatenate([rows, np.full(len(kinds), mentors)])
    own = mentors + 1 + np.concatenate([columns, theirs])
    cells = np.arange(len(worth))
    matrix = coo_array(
        (np.ones(2 * len(worth)), (np.concatenate([lines, own]), np.concatenate([cells, cells])))
    )
    most = np.concatenate([np.ones(mentors), [k], np.ones(mentees)])
    solved = milp(
        -worth,
        constraints=LinearConstraint(matrix.tocsr(), -np.inf, most),
        integrality=np.ones(len(worth), np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    assert solved.fun is not None
    return -round(solved.fun)


def test_newcomers_with_several_places_have_a_bound_and_may_miss_it() -> None:
    # Each kind teaches three of six; two kinds teach all six, and a third one is good at first sight.
    arrive = np.array([[5, 5, 5, 0, 0, 0], [0, 0, 0, 5, 5, 5], [0, 6, 6, 6, 0, 0]])
    none = np.zeros(0, np.int64)
    six = np.ones(6, np.int64)
    problem = Problem(
        np.zeros((0, 6), np.int64), np.ones((0, 6), bool), none, six, none, 0 * six, "best"
    )
    chosen = best_together(Newcomers(problem, none, none, 2), arrive, np.full(3, 3), 2)
    # The first two kinds would gain 30.
    assert (chosen.kinds, chosen.gains, chosen.bound) == ((2, 1), (18, 10), 33)


def test_a_newcomer_with_several_places_makes_room_for_a_later_one() -> None:
    # The first fills a place for one point that the second fills for nine; nobody else wants to be met.
    arrive = np.array([[30, 1], [0, 9]])
    none, two = np.zeros(0, np.int64), np.ones(2, np.int64)
    problem = Problem(
        np.zeros((0, 2), np.int64), np.ones((0, 2), bool), none, two, none, 0 * two, "best"
    )
    chosen = best_together(Newcomers(problem, none, none, 2), arrive, np.full(2, 2), 2)
    assert (chosen.kinds, chosen.gains, chosen.bound) == ((0, 1), (31, 8), 39)


def test_a_bound_is_not_told_without_its_proof() -> None:
    one = np.array([1])
    problem = Problem(np.array([[5]]), np.ones((1, 1), bool), one, one, 0 * one, 0 * one, "best")
    none = np.zeros(0, np.int64)
    with pytest.raises(RmatchError, match="not optimal"):
        best_together(Newcomers(problem, none, none, 1), np.array([[0]]), one, 1)


def test_points_that_are_too_large_to_add_are_refused() -> None:
    one, none = np.array([1]), np.zeros(0, np.int64)
    problem = Problem(
        np.array([[2**58]]), np.ones((1, 1), bool), one, one, 0 * one, 0 * one, "best"
    )
    with pytest.raises(InvalidInputError, match="too large to add along a path"):
        Newcomers(problem, none, none, 1)
