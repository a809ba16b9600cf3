"""Certificates for matchings of any route: they hold for every optimum, and there is none for anything else."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from solve.brute import Case, Pairs, cases, feasible, optima

import rmatch
from rmatch.datasets import LEVELS
from rmatch.errors import InfeasibleError, InvalidInputError, RmatchError
from rmatch.scoring import score
from rmatch.solve.assignment import assign
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.claim import failures
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.problem import Problem
from rmatch.solve.total import solve


def ends(pairs: Pairs) -> tuple[Any, Any]:
    rows, cols = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return rows, cols


def against(problem: Problem, rows: Any, cols: Any, certificate: Certificate) -> list[str]:
    """Return what the checker has against a certificate."""
    points: Any = problem.points
    return list(
        failures(
            certificate,
            (rows, cols, problem.points[rows, cols]),
            (problem.mentor_capacity, problem.mentee_capacity),
            (problem.mentor_minimum, problem.mentee_minimum),
            lambda first, last: (points[first:last], problem.allowed[first:last]),
            most_pairs=problem.participation == "most",
            bound=int(points[rows, cols].sum()),
        )
    )


@given(cases())
def test_every_optimum_has_a_certificate_that_holds(case: Case) -> None:
    for pairs in optima(case):
        rows, cols = ends(pairs)
        assert not against(case.problem, rows, cols, certificate_of(case.problem, rows, cols))


@given(cases())
def test_other_matchings_have_none(case: Case) -> None:
    best = set(optima(case))
    others = [pairs for pairs in feasible(case) if pairs not in best]
    for pairs in others[:: len(others) // 20 + 1]:
        with pytest.raises(RmatchError, match="not optimal"):
            certificate_of(case.problem, *ends(pairs))


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("shape", [(40, 40), (25, 70), (70, 25)])
def test_people_get_a_certificate(shape: tuple[int, int], participation: Any) -> None:
    scores = score(rmatch.datasets.workforce(*shape), rmatch.Programme(levels=LEVELS))
    rng = np.random.default_rng(0)
    mentors, mentees = (rng.integers(0, 4, size) for size in shape)
    must, must_too = (side * (rng.random(side.size) < 0.1) for side in (mentors, mentees))
    problem = Problem(
        scores.points - 500_000, scores.open_pairs, mentors, mentees, must, must_too, participation
    )
    solution = solve(problem, route="flow")
    certificate = certificate_of(problem, solution.rows, solution.cols)
    assert not against(problem, solution.rows, solution.cols, certificate)
    with pytest.raises(RmatchError, match="not optimal"):
        certificate_of(problem, *_exchanged(problem, solution.rows, solution.cols))


def _exchanged(problem: Problem, rows: Any, cols: Any) -> tuple[Any, Any]:
    """Return the matching after an exchange of two partners that loses points."""
    for first in range(len(rows)):
        for second in range(first):
            swapped = cols.copy()
            swapped[[first, second]] = cols[[second, first]]
            if len({*zip(rows.tolist(), swapped.tolist(), strict=True)}) < len(rows):
                continue
            allowed = problem.allowed[rows, swapped].all()
            if allowed and problem.points[rows, swapped].sum() < problem.points[rows, cols].sum():
                return rows, swapped
    raise AssertionError("no exchange loses points")


def test_points_that_labels_cannot_hold_are_refused() -> None:
    one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    problem = Problem(np.full((2, 2), 2**54), np.ones((2, 2), bool), one, one, none, none, "most")
    with pytest.raises(InvalidInputError, match="too large for exact prices of 2 × 2 pairs"):
        certificate_of(problem, np.arange(2), np.arange(2))


def test_points_of_forbidden_pairs_do_not_count() -> None:
    one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    problem = Problem(
        np.array([[1, 2**62], [-(2**62), 1]]), np.eye(2, dtype=bool), one, one, none, none, "most"
    )
    both = np.arange(2)
    assert not against(problem, both, both, certificate_of(problem, both, both))


@given(cases(), st.floats(1e-9, 1e9))
def test_the_bound_of_fractional_points_is_true_and_near(case: Case, scale: float) -> None:
    points = np.sqrt(np.abs(case.matrix.astype(np.float64)) + 0.1) * scale
    try:
        answer = assign(points, **case.options)
    except InfeasibleError:
        assert not list(feasible(case))
        return
    same_size = [
        pairs
        for pairs in feasible(case)
        if len(pairs) == len(answer.pairs) or case.participation == "best"
    ]
    best = max(math.fsum(points[pair] for pair in pairs) for pairs in same_size)
    assert answer.total <= best <= answer.bound
    assert answer.gap < 1e-9 or not answer.total
    assert answer.certificate is not None
    assert float(answer.unit) <= scale * 1e-9 or not points.size
