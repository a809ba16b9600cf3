"""How far a bound can be tightened is what trying every set of pairs says, whatever counts beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from profiles import examples
from solve.brute import Case, Pairs, cases, feasible
from solve.stable.markets import indices

from rmatch.errors import InvalidInputError
from rmatch.solve.problem import Problem
from rmatch.solve.quota.limits import NOBODY, PairBound
from rmatch.solve.quota.strictest import Strictest, strictest
from rmatch.utils.stopping import StoppingRule

if TYPE_CHECKING:
    from rmatch.solve.quota.strictest import Count

COUNTS: tuple[Count, ...] = ("at_least", "at_most")


@st.composite
def limits(
    draw: st.DrawFn, shape: tuple[int, int], at_least: int = 0, at_most: int | None = None
) -> PairBound:
    """Return one to three sets of pairs, of any form, or those of the people of one side."""
    parts, size = draw(st.integers(1, 3)), shape[0] * shape[1]
    part = np.array(
        draw(st.lists(st.integers(-1, parts - 1), min_size=size, max_size=size)), np.int64
    ).reshape(shape)
    form = draw(st.sampled_from(["any", "each", "everybody"]))
    if form != "any":
        side = draw(st.sampled_from([0, 1]))
        parts, part = (
            shape[side],
            np.where((part >= 0) | (form == "everybody"), np.indices(shape)[side], -1),
        )
    return PairBound("any", part, parts, at_least, at_most)


@st.composite
def contended(draw: st.DrawFn) -> Case:
    """Draw a problem in which few mentors are shared by many mentees, so that a sum alone says little about the least."""
    mentors, mentees = draw(st.sampled_from([(1, 3), (2, 3), (3, 3), (2, 4)]))
    places = draw(st.lists(st.integers(0, 2), min_size=mentors, max_size=mentors))
    return Case(
        [[0] * mentees] * mentors,
        [[True] * mentees] * mentors,
        places,
        [draw(st.integers(1, 3))] * mentees,
        [0] * mentors,
        [0] * mentees,
        draw(st.sampled_from(["most", "best"])),
    )


def counted(limit: PairBound, pairs: list[tuple[int, int]]) -> list[int]:
    return [sum(limit.part[pair] == number for pair in pairs) for number in range(limit.parts)]


@examples(400)
@given(st.one_of(cases(), contended()), st.data(), st.sampled_from(COUNTS), st.booleans())
def test_the_strictest_bound_is_that_of_brute_force(
    case: Case, data: Any, bound: Count, keep_pairs: bool
) -> None:
    cells = [(i, j) for i in range(case.shape[0]) for j in range(case.shape[1])]
    made = data.draw(st.lists(st.sampled_from(cells), max_size=3, unique=True)) if cells else []
    shut = [
        [can and (i, j) not in made for j, can in enumerate(line)]
        for i, line in enumerate(case.allowed)
    ]
    case = replace(case, allowed=shut)
    limit, other = (
        data.draw(limits(case.shape)),
        data.draw(limits(case.shape, at_most=data.draw(st.integers(0, 3)))),
    )
    matchings = [
        pairs
        for pairs in feasible(case)
        if max(counted(other, [*pairs, *made]), default=0) <= other.at_most
    ]
    if not matchings:
        reject()
    known: Pairs = data.draw(st.sampled_from(matchings))
    if case.participation == "most":
        known = max(matchings, key=lambda pairs: (len(pairs), pairs == known))
    kept = [pairs for pairs in matchings if len(pairs) >= len(known) or not keep_pairs]
    worst = [counted(limit, [*pairs, *made]) for pairs in kept]
    least, most = (
        max(min(each, default=0) for each in worst),
        min(max(each, default=0) for each in worst),
    )
    found = strictest(
        case.problem,
        limit,
        bound,
        [other],
        indices(known),
        settled=indices(frozenset(made)),
        keep_pairs=keep_pairs,
    )
    assert found == Strictest(least if bound == "at_least" else most, proved=True)


def test_where_the_sum_misleads_the_bound_is_halved() -> None:
    """All seven pairs of the first set are possible together; one of the second costs two of them, and no two are possible."""
    part = np.full((7, 7), -1)
    np.fill_diagonal(part, 0)
    part[6, :3] = 1
    limit, one, none = PairBound("two sets", part, 2), np.ones(7, np.int64), np.zeros(7, np.int64)
    problem = Problem(np.zeros((7, 7), np.int64), part >= 0, one, one, none, none, "most")
    known = np.arange(7), np.arange(7)
    for keep_pairs, value in ((True, 0), (False, 1)):
        found = strictest(
            problem, limit, "at_least", [], known, settled=NOBODY, keep_pairs=keep_pairs
        )
        assert found == Strictest(value, proved=True)


CROSS = PairBound("on the diagonal", np.where(np.eye(2, dtype=bool), 0, -1), 1)
ONE, NONE = np.ones(2, np.int64), np.zeros(2, np.int64)
SQUARE = Problem(np.zeros((2, 2), np.int64), np.ones((2, 2), bool), ONE, ONE, NONE, NONE, "most")
DIAGONAL = np.arange(2), np.arange(2)


def test_a_search_that_is_stopped_tells_what_was_known() -> None:
    for bound in COUNTS:
        with StoppingRule(0.0):
            known = strictest(SQUARE, CROSS, bound, [], DIAGONAL, settled=NOBODY, keep_pairs=True)
        assert known == Strictest(2, proved=bound == "at_least")  # no more than two are possible


def test_what_is_too_large_is_refused() -> None:
    points, one, none = (
        np.zeros((1_001, 1_001), np.int64),
        np.ones(1_001, int),
        np.zeros(1_001, int),
    )
    large = Problem(points, points == 0, one, one, none, none, "most")
    diagonal = np.arange(1_001), np.arange(1_001)
    cross = PairBound("on the diagonal", np.where(np.eye(1_001, dtype=bool), 0, -1), 1)
    with pytest.raises(
        InvalidInputError,
        match="1\xa0002\xa0001 pairs may be made, and with quotas 1\xa0000\xa0000 is the most",
    ):
        strictest(large, cross, "at_most", [], diagonal, settled=NOBODY, keep_pairs=True)
