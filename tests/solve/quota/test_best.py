"""Group quotas: the best matching that keeps them, by trying everything; and the cheapest change where there is none."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from solve.brute import Case, Pairs, cases, feasible, total
from solve.stable.markets import as_pairs, indices

from rmatch.errors import InfeasibleError, InvalidInputError, QuotaError, StopError
from rmatch.solve.lp.zero_one import coarse, solve_in_order, solve_one
from rmatch.solve.problem import Problem
from rmatch.solve.quota.best import QuotaSolution, program_of, solve_quota
from rmatch.solve.quota.limits import (
    NOBODY,
    MeanBound,
    PairBound,
    nested,
    partners_bound,
    quota_failures,
)
from rmatch.solve.quota.relaxation import Change, cost
from rmatch.solve.ties import tie_hash
from rmatch.utils.stopping import StoppingRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike

    from rmatch.solve.lp.zero_one import Program
    from rmatch.solve.quota.limits import Side

SIDES: tuple[Side, Side] = ("mentor", "mentee")


def kept(case: Case, pairs: Pairs, limit: PairBound | MeanBound) -> bool:
    """Return whether a matching keeps a quota, counted pair by pair."""
    if isinstance(limit, PairBound):
        counts = [sum(limit.part[pair] == k for pair in pairs) for k in range(limit.parts)]
        most = len(pairs) if limit.at_most is None else limit.at_most
        return all(limit.at_least <= count <= most for count in counts)
    side = 0 if limit.side == "mentor" else 1
    means = [
        Fraction(sum(case.points[i][j] for i, j in pairs if group[(i, j)[side]]), int(group.sum()))
        for group in limit.groups
        if group.any()
    ]
    return not means or max(means) - min(means) <= limit.within


@st.composite
def quotas(
    draw: st.DrawFn, shape: tuple[int, int], *, counts_only: bool = False
) -> list[PairBound | MeanBound]:
    """Draw up to three quotas of any kind."""
    drawn: list[PairBound | MeanBound] = []
    for number in range(draw(st.integers(1, 3))):
        side: Side = draw(st.sampled_from(SIDES))
        own, other = shape if side == "mentor" else shape[::-1]
        kind = draw(st.sampled_from(["all", "each", "pairs"] + ["parity"] * (not counts_only)))
        least, most = draw(st.integers(0, 2)), draw(st.sampled_from([None, 0, 1, 2]))
        most = None if most is None else max(least, most)
        member = np.array(draw(st.lists(st.booleans(), min_size=own, max_size=own)), bool)
        if kind == "parity":
            drawn.append(
                MeanBound(f"q{number}", side, (member, ~member), draw(st.sampled_from([0, 1, 40])))
            )
        elif kind == "pairs":
            other_member = np.array(
                draw(st.lists(st.booleans(), min_size=shape[1], max_size=shape[1])), bool
            )
            mentor = np.resize(member, shape[0]) if member.size else np.zeros(shape[0], bool)
            drawn.append(
                PairBound(
                    f"q{number}", np.where(mentor[:, None] != other_member, 0, -1), 1, least, most
                )
            )
        else:
            drawn.append(
                partners_bound(
                    f"q{number}",
                    member,
                    side,
                    other,
                    at_least=least,
                    at_most=most,
                    each=kind == "each",
                )
            )
    return drawn


def best_of(case: Case, found: list[Pairs]) -> tuple[int, int]:
    return max(
        (len(pairs) if case.participation == "most" else 0, total(case, pairs)) for pairs in found
    )


@examples(150)
@given(cases(), st.data())
def test_quotas_are_kept_at_the_least_loss(case: Case, data: Any) -> None:
    limits = data.draw(quotas(case.shape))
    matchings = list(feasible(case))
    good = [pairs for pairs in matchings if all(kept(case, pairs, limit) for limit in limits)]
    if not good:
        with pytest.raises(InfeasibleError) as error:
            solve_quota(case.problem, limits)
        assert isinstance(error.value, QuotaError) == bool(matchings)
        return
    ties = tie_hash(data.draw(st.integers(0, 3)), *map(range, case.shape))
    solution = solve_quota(case.problem, limits, ties=ties)
    chosen = as_pairs(solution.rows, solution.cols)
    assert chosen in good
    assert (len(chosen) if case.participation == "most" else 0, solution.total) == best_of(
        case, good
    )
    assert solution.total == total(case, chosen)
    assert solution.proved
    assert solution.gap == 0
    if solution.route in {"lp", "milp"}:
        rank = [(len(x) if case.participation == "most" else 0, total(case, x)) for x in good]
        equal = [x for x, value in zip(good, rank, strict=True) if value == max(rank)]
        second = coarse(ties)
        assert sum(int(second[pair]) for pair in chosen) == max(
            sum(int(second[pair]) for pair in x) for x in equal
        )


@given(cases(), st.data())
def test_counting_the_quotas_needs_no_solver(case: Case, data: Any) -> None:
    limits = data.draw(quotas(case.shape))
    matchings = list(feasible(case))
    if matchings:
        pairs = data.draw(st.sampled_from(matchings))
        failed = list(quota_failures(case.matrix, indices(pairs), limits))
        assert bool(failed) == (not all(kept(case, pairs, limit) for limit in limits))


@given(cases(minimums=False), st.data())
def test_settled_pairs_count(case: Case, data: Any) -> None:
    limits = data.draw(quotas(case.shape))
    matchings = [
        pairs for pairs in feasible(case) if all(kept(case, pairs, limit) for limit in limits)
    ]
    pairs = data.draw(st.sampled_from(matchings)) if matchings else frozenset()
    if pairs:
        i, j = lock = data.draw(st.sampled_from(sorted(pairs)))
        problem = case.problem
        allowed = problem.allowed.copy()
        allowed[lock] = False
        rest = replace(
            problem,
            allowed=allowed,
            mentor_capacity=problem.mentor_capacity - np.eye(case.shape[0], dtype=int)[i],
            mentee_capacity=problem.mentee_capacity - np.eye(case.shape[1], dtype=int)[j],
        )
        solution = solve_quota(rest, limits, settled=(np.array([i]), np.array([j])))
        chosen = as_pairs(solution.rows, solution.cols) | {lock}
        with_lock = [other for other in matchings if lock in other]
        assert chosen in with_lock
        assert (len(chosen) if case.participation == "most" else 0, total(case, chosen)) == best_of(
            case, with_lock
        )


def relaxed(
    limits: Sequence[PairBound | MeanBound], bounds: Sequence[tuple[int, int | None]]
) -> list[PairBound | MeanBound]:
    return [
        replace(limit, at_least=low, at_most=high)
        if isinstance(limit, PairBound)
        else replace(limit, within=low)
        for limit, (low, high) in zip(limits, bounds, strict=True)
    ]


def choices(limit: PairBound | MeanBound, widest: int) -> Iterator[tuple[int, int | None]]:
    if isinstance(limit, MeanBound):
        return ((within, None) for within in range(limit.within, max(widest, limit.within) + 1))
    highs = [None] if limit.at_most is None else list(range(limit.at_most, 10))
    return product(range(limit.at_least + 1), highs)


def price(
    limits: Sequence[PairBound | MeanBound], bounds: Sequence[tuple[int, int | None]], scale: int
) -> float:
    paid = 0.0
    for limit, (low, high) in zip(limits, bounds, strict=True):
        if isinstance(limit, MeanBound):
            paid += cost(Change("", "within", limit.within, low), scale)
        else:
            paid += cost(Change("", "at_least", limit.at_least, low))
            if limit.at_most is not None and high is not None:
                paid += cost(Change("", "at_most", limit.at_most, high))
    return paid


@examples(60)
@given(cases(), st.data())
def test_the_change_is_enough_and_no_cheaper_one_is(case: Case, data: Any) -> None:
    case = replace(case, points=[[value % 5 for value in row] for row in case.points])
    limits = data.draw(quotas(case.shape))
    matchings = list(feasible(case))
    if not matchings or any(all(kept(case, x, limit) for limit in limits) for x in matchings):
        return
    with pytest.raises(QuotaError) as error:
        solve_quota(case.problem, limits)
    out, into = case.problem.places
    usable = case.problem.allowed & (out > 0)[:, None] & (into > 0)
    scale = max(int(case.matrix[usable].max(initial=0)), 1)
    paid = sum(cost(change, scale) for change in error.value.changes)
    options = list(product(*(choices(limit, 16) for limit in limits)))
    options.sort(key=lambda bounds: price(limits, bounds, scale))
    cheapest = next(
        price(limits, bounds, scale)
        for bounds in options
        if any(all(kept(case, x, limit) for limit in relaxed(limits, bounds)) for x in matchings)
    )
    assert paid == pytest.approx(cheapest)
    changed = {(change.name, change.bound): change.possible for change in error.value.changes}
    weaker = [
        replace(limit, within=changed.get((limit.name, "within"), limit.within))
        if isinstance(limit, MeanBound)
        else replace(
            limit,
            at_least=changed.get((limit.name, "at_least"), limit.at_least),
            at_most=changed.get((limit.name, "at_most"), limit.at_most),
        )
        for limit in limits
    ]
    solve_quota(case.problem, weaker)


def every_pair(problem: Problem) -> tuple[Any, Any]:
    rows, cols = np.nonzero(problem.allowed)
    return rows, cols


def vertex(program: Program, goal: Any) -> Any:
    """Return a best solution of a programme whose numbers may be fractions."""
    return milp(
        -goal,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(program.rows.astype(float), *program.limits),
    )


def square(points: ArrayLike, participation: Any = "most") -> Problem:
    matrix = np.array(points)
    mentors, mentees = (np.ones(size, np.int64) for size in matrix.shape)
    return Problem(matrix, matrix > -1, mentors, mentees, 0 * mentors, 0 * mentees, participation)


def test_one_row_over_pairs_makes_the_linear_programme_fractional() -> None:
    problem = square([[0, 1], [1, 0]])
    same = PairBound("same group", np.array([[0, -1], [-1, 0]]), 1, at_least=1)
    solution = solve_quota(problem, [same])
    assert (solution.route, solution.total) == ("milp", 0)
    pairs = every_pair(problem)
    program = program_of(problem, pairs, [same], NOBODY)
    assert not program.integral
    half = vertex(program, problem.points[pairs])
    assert half.x.tolist() == [0.5] * 4
    assert -half.fun == 1


def test_nested_groups_are_solved_by_a_linear_programme() -> None:
    rng = np.random.default_rng(0)
    points = rng.integers(0, 100, (12, 9))
    problem = replace(square(points.tolist()), mentee_capacity=np.full(9, 2))
    inner, outer = np.arange(12) < 4, np.arange(12) < 10
    limits = [
        partners_bound("inner", inner, "mentor", 9, at_most=1, each=True),
        partners_bound("outer", outer, "mentor", 9, at_least=1, each=True),
        partners_bound("all", np.arange(9) < 3, "mentee", 12, at_least=6, each=False),
    ]
    solution = solve_quota(problem, limits)
    assert solution.route == "lp"
    assert not list(quota_failures(points, (solution.rows, solution.cols), limits))
    pairs = every_pair(problem)
    program = replace(program_of(problem, pairs, limits, NOBODY), integral=False)
    checked = solve_in_order(program, [np.ones(108, np.int64), points[pairs]])
    assert checked is not None
    assert checked.values == (len(solution.rows), solution.total)


def test_crossing_groups_are_not_nested() -> None:
    rows, cols = np.divmod(np.arange(9), 3)
    one, other = np.array([True, True, False]), np.array([False, True, True])

    def sets(*limits: PairBound) -> Any:
        from scipy.sparse import vstack

        return vstack([limit.units(rows, cols) for limit in limits], format="csr")

    crossing = [partners_bound("", members, "mentor", 3, each=True) for members in (one, other)]
    assert nested(sets(crossing[0]), rows, cols, (3, 3))
    assert not nested(sets(*crossing), rows, cols, (3, 3))
    both_sides = (
        partners_bound("", one, "mentor", 3, each=False),
        partners_bound("", other, "mentee", 3, each=False),
    )
    assert nested(sets(*both_sides), rows, cols, (3, 3))


@given(cases(minimums=False), st.data())
def test_every_vertex_of_a_nested_programme_is_whole(case: Case, data: Any) -> None:
    limits = data.draw(quotas(case.shape, counts_only=True))
    pairs = every_pair(case.problem)
    program = program_of(case.problem, pairs, limits, NOBODY)
    if program.integral and len(pairs[0]):
        answer = vertex(program, np.array(data.draw(st.permutations(range(len(pairs[0]))))))
        if answer.x is not None:
            np.testing.assert_allclose(answer.x, np.rint(answer.x), atol=1e-7)


def test_a_quota_that_holds_by_itself_changes_nothing() -> None:
    quota_of_two = partners_bound(
        "all", np.array([True, True]), "mentor", 2, at_least=2, each=False
    )
    assert solve_quota(square([[3, 1], [1, 3]]), [quota_of_two]).route == "dense"


def test_the_error_says_what_is_possible() -> None:
    problem = square([[1, 2], [3, 4], [5, 6]])
    three = partners_bound(
        "places of group A", np.array([True, True, True]), "mentor", 2, at_least=3, each=False
    )
    with pytest.raises(
        QuotaError, match="places of group A: at least 3 cannot be met; 2 can"
    ) as error:
        solve_quota(problem, [three])
    assert error.value.changes == (Change("places of group A", "at_least", 3, 2),)


def test_a_low_quota_is_the_last_to_be_lowered() -> None:
    problem = square([[1], [1], [1], [1]], "most")
    problem = replace(problem, mentee_capacity=np.array([3]))
    many = partners_bound(
        "many", np.array([True, True, True, False]), "mentor", 1, at_least=3, each=False
    )
    few = partners_bound(
        "few", np.array([False, False, False, True]), "mentor", 1, at_least=1, each=False
    )
    with pytest.raises(QuotaError) as error:
        solve_quota(problem, [many, few])
    assert error.value.changes == (Change("many", "at_least", 3, 2),)


def test_what_cannot_be_solved_exactly_is_refused() -> None:
    limit = partners_bound("all", np.array([True, True]), "mentor", 2, at_least=2, each=False)
    with pytest.raises(InvalidInputError, match="whole points"):
        solve_quota(replace(square([[1, 1], [1, 1]]), points=np.full((2, 2), 0.5)), [limit])
    with pytest.raises(InvalidInputError, match="1\xa0002\xa0001 pairs may be made"):
        solve_quota(square(np.ones((1_001, 1_001), np.int64)), [])
    far = MeanBound("apart", "mentor", (np.array([True, False]), np.array([False, True])), 0)
    with pytest.raises(InvalidInputError, match="told apart"):
        solve_quota(square([[2**49, 2**49], [2**49, 2**49]]), [far])


def test_sets_that_cross_each_other_go_to_different_families() -> None:
    rows = cols = np.arange(3)
    triangle = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]])
    assert nested(csr_array(triangle[:2]), rows, cols, (3, 3))
    assert not nested(csr_array(triangle), rows, cols, (3, 3))


def test_a_settled_pair_fills_its_quota_in_the_programme_too() -> None:
    points = [[9, 9, 9], [0, 5, 9], [0, 9, 5]]
    problem = replace(
        square(points), mentor_capacity=np.array([0, 1, 1]), mentee_capacity=np.array([0, 1, 1])
    )
    first = partners_bound(
        "first", np.array([True, False, False]), "mentor", 3, at_least=1, at_most=1, each=False
    )
    diagonal = PairBound("diagonal", np.where(np.eye(3) > 0, 0, -1), 1, at_least=3)
    solution = solve_quota(problem, [first, diagonal], settled=(np.array([0]), np.array([0])))
    assert as_pairs(solution.rows, solution.cols) == {(1, 1), (2, 2)}
    assert solution.route == "milp"


def test_a_cap_is_raised_only_where_that_is_cheaper() -> None:
    everybody = np.array([True, True, True])
    quotas_of_all = [
        partners_bound("cap", everybody, "mentor", 3, at_most=1, each=False),
        partners_bound("floor", everybody, "mentor", 3, at_least=3, each=False),
    ]
    with pytest.raises(QuotaError) as error:
        solve_quota(square([[1] * 3] * 3), quotas_of_all)
    assert error.value.changes == (Change("floor", "at_least", 3, 1),)
    quotas_of_all[0] = replace(quotas_of_all[0], at_most=2)
    with pytest.raises(QuotaError) as error:
        solve_quota(square([[1] * 3] * 3), quotas_of_all)
    assert error.value.changes in [
        (Change("floor", "at_least", 3, 2),),
        (Change("cap", "at_most", 2, 3),),
    ]


def test_a_stopped_programme_keeps_what_it_has() -> None:
    rng = np.random.default_rng(0)
    problem = square(rng.integers(0, 10**6, (60, 60)).tolist())
    group = np.arange(60) < 24
    parity = MeanBound("means", "mentor", (group, ~group), 10)
    with StoppingRule(0.0), pytest.raises(StopError, match="stopped before it had an answer"):
        solve_quota(problem, [parity])
    pairs, value = every_pair(problem), problem.points.ravel().astype(np.int64)
    program = program_of(problem, pairs, [replace(parity, within=10**6)], NOBODY)
    known = np.eye(60, dtype=np.int64).ravel()
    with StoppingRule(0.0):
        found = solve_one(program, value, known)
    assert found is not None
    assert int(value @ found[0]) >= int(value @ known)
    assert found[1] >= solve_quota(problem, []).total


def test_an_open_gap_is_told() -> None:
    nobody = np.zeros(0, np.int64)
    stopped = QuotaSolution(nobody, nobody, 80, "milp", 100, 0)
    assert not stopped.proved
    assert stopped.gap == 0.25
    assert not QuotaSolution(nobody, nobody, 80, "milp", 80, 3).proved
