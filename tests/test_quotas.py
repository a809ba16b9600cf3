"""Quotas in the words of a programme, as limits on the people's matrix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch.errors import QuotaError
from rmatch.objectives import Leximin
from rmatch.quotas import LARGEST, MeanParity, PairQuota, Quota, clashes, quota_faults
from rmatch.scoring import limits
from rmatch.solve.problem import Problem
from rmatch.solve.quota.best import solve_quota
from rmatch.solve.quota.limits import MeanBound, PairBound, quota_failures

if TYPE_CHECKING:
    from rmatch.quotas import AnyQuota

PEOPLE = rmatch.datasets.workforce(40, 30)
SCORES = rmatch.score(PEOPLE, rmatch.Programme(levels=rmatch.datasets.LEVELS))
COHORT = SCORES.cohort


def answer_of(person: int, dimension: str) -> set[str]:
    """Return the answers of one person that may be used for matching."""
    return set(COHORT.answers(dimension)[person])


def expected(quota: Quota | PairQuota, mentor: int, mentee: int) -> bool:
    one, other = answer_of(mentor, quota.dimension), answer_of(mentee, quota.dimension)
    if isinstance(quota, Quota):
        return quota.group in (one if quota.side == "mentor" else other)
    return bool(one and other) and bool(one & other) == (quota.pairs == "same")


DIMENSION = next(iter(PEOPLE.dimensions))
GROUP = next(
    iter(answer for person in COHORT.mentors.tolist() for answer in answer_of(person, DIMENSION))
)


@pytest.mark.parametrize(
    "quota",
    [
        Quota(DIMENSION, GROUP, "mentor", at_least=1),
        Quota(DIMENSION, GROUP.upper(), "mentor", at_most=1, each=True),
        PairQuota(DIMENSION, "same", at_least=1),
        PairQuota(DIMENSION, "different", at_most=3),
    ],
    ids=str,
)
def test_a_quota_counts_the_pairs_that_it_names(quota: Quota | PairQuota) -> None:
    (limit,) = limits(COHORT, [quota])
    assert isinstance(limit, PairBound)
    assert (limit.at_least, limit.at_most, limit.name) == (
        quota.at_least,
        quota.at_most,
        str(quota),
    )
    named = Quota(DIMENSION, GROUP, quota.side, at_least=1) if isinstance(quota, Quota) else quota
    for row, mentor in enumerate(COHORT.mentors.tolist()):
        for column, mentee in enumerate(COHORT.mentees.tolist()):
            place = column if getattr(quota, "each", False) else 0
            assert limit.part[row, column] == (place if expected(named, mentor, mentee) else -1)


def test_parity_has_a_group_for_each_answer() -> None:
    (limit,) = limits(COHORT, [MeanParity(DIMENSION, "mentee", within=7)])
    assert isinstance(limit, MeanBound)
    answers = sorted(
        {answer for person in COHORT.mentees.tolist() for answer in answer_of(person, DIMENSION)}
    )
    sizes = [
        sum(answer in answer_of(person, DIMENSION) for person in COHORT.mentees.tolist())
        for answer in answers
    ]
    assert sorted(int(group.sum()) for group in limit.groups) == sorted(sizes)


def test_people_are_matched_under_quotas() -> None:
    mentors, mentees = (np.ones(size, np.int64) for size in SCORES.shape)
    problem = Problem(
        SCORES.points, SCORES.open_pairs, mentors, mentees, 0 * mentors, 0 * mentees, "most"
    )
    free = solve_quota(problem, [])
    (count,) = limits(COHORT, [Quota(DIMENSION, GROUP, "mentor", at_least=1)])
    assert isinstance(count, PairBound)
    now = int((count.part[free.rows, free.cols] == 0).sum())
    found = limits(COHORT, [Quota(DIMENSION, GROUP, "mentor", at_least=now + 1)])
    solution = solve_quota(problem, found)
    assert not list(quota_failures(SCORES.points, (solution.rows, solution.cols), found))
    assert solution.total < free.total
    with pytest.raises(
        QuotaError, match=f"mentors with {DIMENSION} '{GROUP}': at least 31 cannot be met"
    ):
        solve_quota(problem, limits(COHORT, [Quota(DIMENSION, GROUP, "mentor", at_least=31)]))


@pytest.mark.parametrize(
    ("quota", "expected_fault"),
    [
        (Quota("shoe size", "44", "mentor", at_least=1), "nobody has a dimension 'shoe size'"),
        (
            Quota(DIMENSION, "nobody's answer", "mentee", at_least=1),
            "no mentee released that answer for matching",
        ),
    ],
    ids=str,
)
def test_what_the_people_do_not_have_is_named(quota: AnyQuota, expected_fault: str) -> None:
    with pytest.raises(rmatch.InvalidInputError, match=expected_fault):
        limits(COHORT, [quota])


def test_dimensions_that_nobody_released_are_named() -> None:
    records = [
        {"id": "a", "role": "mentor", "dimension:gender": "x"},
        {"id": "b", "role": "mentee", "dimension:gender": "y"},
    ]
    cohort = rmatch.score(rmatch.read_people(records)).cohort
    quotas: list[AnyQuota] = [
        PairQuota("gender", "same", at_least=1),
        MeanParity("gender", "mentor", 0),
    ]
    with pytest.raises(rmatch.InvalidInputError) as error:
        limits(cohort, quotas)
    assert [fault.problem.split(": ")[1] for fault in error.value.faults] == [
        "the mentors released no answer for matching",
        "the mentees released no answer for matching",
        "the mentors released fewer than two different answers for matching",
    ]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Quota("g", "a", "mentors", at_least=1), "side"),  # type: ignore[arg-type]  # what a user may do
        (lambda: Quota("g", "a", "mentor"), "at_least"),
        (lambda: Quota("g", "a", "mentor", at_least=2, at_most=1), "at_most"),
        (lambda: Quota("g", "a", "mentor", at_least=-1), "at_least"),
        (lambda: PairQuota("g", "equal", at_least=1), "pairs"),  # type: ignore[arg-type]  # what a user may do
        (lambda: MeanParity("g", "mentor", 0.5), "within"),  # type: ignore[arg-type]  # what a user may do
        (lambda: Quota("g", "a", "mentor", at_least=LARGEST + 1), "at_least"),
        (lambda: PairQuota("g", "same", at_most=2**63), "at_most"),
        (lambda: MeanParity("g", "mentor", 10**30), "within"),
    ],
    ids=["side", "nothing", "order", "negative", "pairs", "fraction", "many", "more", "far"],
)
def test_wrong_values_are_refused(make: Any, field: str) -> None:
    with pytest.raises(rmatch.InvalidInputError) as error:
        make()
    assert [fault.field for fault in error.value.faults] == [field]


def test_quotas_need_a_reason_where_the_dimension_is_protected() -> None:
    quota = Quota("gender", "a", "mentor", at_least=1)
    assert not list(quota_faults([quota], ["gender"], ""))
    assert not list(quota_faults([quota], [], "half of our customers are women"))
    assert [fault.field for fault in quota_faults([quota], [], " ")] == ["justification"]


def test_what_quotas_cannot_go_with_is_named() -> None:
    quota = PairQuota("site", "different", at_least=1)
    (fault,) = clashes([quota], Leximin())
    assert "'leximin'" in fault.problem
    (fault,) = quota_faults(["women"], [], "")
    assert "is no quota" in fault.problem


def test_the_largest_bounds_are_computed_with() -> None:
    people = rmatch.datasets.example()
    free = rmatch.match(people, rmatch.Programme(justification="few women lead"))
    loose = (MeanParity("gender", "mentor", LARGEST), PairQuota("gender", "same", at_most=LARGEST))
    kept = rmatch.match(people, replace(free.programme, quotas=loose))
    assert kept.pairs == free.pairs
    tight = PairQuota("gender", "same", at_most=0)
    bounds = [
        rmatch.match(people, replace(free.programme, quotas=each))
        for each in ((tight,), (tight, *loose))
    ]
    assert bounds[0].pairs == bounds[1].pairs != free.pairs
    out_of_reach = (*loose, Quota("gender", "Woman", "mentor", at_least=LARGEST))
    with pytest.raises(
        rmatch.InfeasibleError, match="at least 1\xa0000\xa0000\xa0000 cannot be met; 6 can"
    ):
        rmatch.match(people, replace(free.programme, quotas=out_of_reach))
