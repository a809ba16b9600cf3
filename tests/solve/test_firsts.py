"""First partners that are worth something on top: every route and the certificate agree with trying everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from solve.brute import Case, Pairs, cases, feasible, total

from rmatch.errors import InfeasibleError, RmatchError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.claim import failures
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.certificates.face import optimal_matchings
from rmatch.solve.columns import LARGEST
from rmatch.solve.network.network import worth_of_firsts
from rmatch.solve.problem import Problem
from rmatch.solve.total import Solution, solve


@st.composite
def with_firsts(draw: st.DrawFn) -> tuple[Case, Problem]:
    case = draw(cases())
    sides = [
        np.array(draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)), np.int64)
        for size in case.shape
    ]
    return case, replace(case.problem, firsts=(sides[0], sides[1]))


def worth(case: Case, problem: Problem, pairs: Pairs) -> int:
    rows, columns = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return total(case, pairs) + worth_of_firsts(problem.firsts, (rows, columns))


def best(case: Case, problem: Problem) -> tuple[int, list[Pairs]]:
    """Return the best worth and who reaches it, by trying every set of pairs."""
    every = list(feasible(case))
    if case.participation == "most":
        most = max(map(len, every), default=0)
        every = [pairs for pairs in every if len(pairs) == most]
    reached = [worth(case, problem, pairs) for pairs in every]
    top = max(reached, default=0)
    return top, [pairs for pairs, value in zip(every, reached, strict=True) if value == top]


def proof_failures(problem: Any, solution: Any, certificate: Any, **changed: Any) -> list[str]:
    rows, cols = solution.rows, solution.cols
    claims: dict[str, Any] = {
        "most_pairs": problem.participation == "most",
        "bound": solution.total,
        "firsts": problem.firsts,
    }
    return list(
        failures(
            certificate,
            (rows, cols, problem.points[rows, cols]),
            (problem.mentor_capacity, problem.mentee_capacity),
            (problem.mentor_minimum, problem.mentee_minimum),
            lambda first, last: (problem.points[first:last], problem.allowed[first:last]),
            **claims | changed,
        )
    )


@given(with_firsts(), st.sampled_from([None, "flow", "columns"]), st.integers(0, 2**32))
@examples(400)
def test_every_route_finds_the_best_with_what_first_partners_are_worth(
    drawn: tuple[Case, Problem], route: Any, seed: int
) -> None:
    case, problem = drawn
    ties = np.random.default_rng(seed).integers(0, 2**20, case.shape)
    if not any(True for _ in feasible(case)):
        with pytest.raises(InfeasibleError):
            solve(problem, ties=ties)
        return
    top, reached = best(case, problem)
    if abs(problem.points).max(initial=0) > LARGEST and route == "columns":
        route = None
    found = solve(problem, ties=ties, route=route)
    pairs = frozenset(zip(found.rows.tolist(), found.cols.tolist(), strict=True))
    assert found.total == top
    assert pairs in reached
    heaviest = max(sum(int(ties[cell]) for cell in one) for one in reached)
    assert sum(int(ties[cell]) for cell in pairs) == heaviest
    assert proof_failures(problem, found, found.certificate) == []
    assert found.bound == top


@given(with_firsts(), st.data())
@examples(100)
def test_prices_prove_what_is_best_and_nothing_else(
    drawn: tuple[Case, Problem], data: st.DataObject
) -> None:
    case, problem = drawn
    every = list(feasible(case))
    if not every:
        return
    _, reached = best(case, problem)
    pairs = data.draw(st.sampled_from(every))
    rows, columns = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    if pairs in reached:
        proof = certificate_of(problem, rows, columns)
        found = Solution(rows, columns, problem.total(rows, columns), "flow", problem)
        assert proof_failures(problem, found, proof) == []
        return
    with pytest.raises(RmatchError, match="not optimal"):
        certificate_of(problem, rows, columns)


@given(with_firsts())
@examples(50)
def test_a_first_partner_who_is_not_worth_it_is_no_proof(drawn: tuple[Case, Problem]) -> None:
    case, problem = drawn
    if not any(True for _ in feasible(case)):
        return
    found = solve(problem)
    assert found.certificate is not None
    assert problem.firsts is not None
    more = problem.firsts[0] + 1, problem.firsts[1]
    if len(found.rows) and len(set(found.rows.tolist())) < len(more[0]):
        wrong = proof_failures(problem, found, found.certificate, firsts=more)
        assert any("bound is said" in each for each in wrong)


@given(with_firsts(), st.data())
@examples(200)
def test_whatever_the_prices_no_matching_exceeds_their_bound(
    drawn: tuple[Case, Problem], data: st.DataObject
) -> None:
    case, problem = drawn
    every = list(feasible(case))
    rows, columns = case.shape
    if not every or not rows or not columns:
        return
    pairs = data.draw(st.sampled_from(every))
    v = np.array(data.draw(st.lists(st.integers(-12, 12), min_size=columns, max_size=columns)))
    # The lowest prices of the mentors at which no pair that may be made is worth more than the two.
    worth = np.where(problem.allowed, problem.points - v, -12)
    proof = Certificate(worth.max(1), v, 0)
    made = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    bound = proof.bound(
        (made[0], made[1], problem.points[made[0], made[1]]),
        (problem.mentor_capacity, problem.mentee_capacity),
        (problem.mentor_minimum, problem.mentee_minimum),
        problem.firsts,
    )
    assert all(
        bound >= worth_of_firsts(problem.firsts, cells_of(other)) + total(case, other)
        for other in every
    )


def cells_of(pairs: Pairs) -> tuple[Any, Any]:
    rows, columns = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return rows, columns


@given(with_firsts())
@examples(400)
def test_prices_say_which_sets_of_pairs_are_as_good_as_the_best(
    drawn: tuple[Case, Problem],
) -> None:
    case, problem = drawn
    every = list(feasible(case))
    if not every:
        return
    found = solve(problem)
    proof = certificate_of(problem, found.rows, found.cols)
    face = optimal_matchings(problem, proof)
    settled = frozenset(zip(*(side.tolist() for side in face.settled), strict=True))

    def agrees(pairs: Pairs) -> bool:
        counts = [
            np.bincount([cell[side] for cell in pairs], minlength=size)
            for side, size in enumerate(case.shape)
        ]
        room = zip(counts, face.minimums, face.capacities, strict=True)
        return (
            settled <= pairs
            and all(face.allowed[cell] for cell in pairs - settled)
            and all(((low <= own) & (own <= high)).all() for own, low, high in room)
        )

    assert {pairs for pairs in every if agrees(pairs)} == set(best(case, problem)[1])
