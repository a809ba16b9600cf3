"""Whatever rmatch answers, verification accepts it: of every objective, with locks, minimums, two steps and quotas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from profiles import tries

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable, Total
from rmatch.people import Requests
from rmatch.quotas import MeanParity, PairQuota, Quota
from rmatch.rules import JuniorMentor, Only, OtherSite

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme

    Round = tuple[People, Programme, Requests]

BOTH = ("without_protected", "with_protected")
OBJECTIVES = st.one_of(
    st.sampled_from([Total(), MaxMin(), Leximin(), Leximin("people")]),
    st.builds(
        Stable, st.sampled_from(("mentors", "mentees")), st.sampled_from(("proposer", "total"))
    ),
    st.sampled_from((0, 0.3, 0.5, 1, 1.1, 1.5, 2, 3, 5, 10, 40, 1e6)).map(AlphaFair),
)


def accepted(drawn: Round, seed: int, **chosen: Any) -> None:
    """Check that an answer, where there is one, is accepted by its own people and by those inside."""
    people, programme, requests = drawn
    try:
        programme = replace(programme, **chosen)
        matching = rmatch.match(people, programme, requests, seed=seed)
    except (InfeasibleError, InvalidInputError):
        return
    verified = rmatch.verify(matching, people, programme, requests)
    assert (verified.pairs, verified.total) == (len(matching.pairs), matching.total)
    assert (verified.people, verified.believed) == (len(people), ())
    assert rmatch.verify(matching).checks == verified.checks


@settings(max_examples=tries(3_500))
@given(
    strategies.rounds(minimums=True, places=BOTH, some=True),
    OBJECTIVES,
    st.sampled_from(("most", "most", "best")),
    st.integers(0, 9),
)
def test_people_of_all_kinds(drawn: Round, objective: Any, participation: str, seed: int) -> None:
    accepted(drawn, seed, objective=objective, participation=participation)


@settings(max_examples=tries(3_500))
@given(
    strategies.bare_rounds(minimums=True, places=BOTH),
    OBJECTIVES,
    st.sampled_from(("most", "most", "best")),
    st.sampled_from((0, 1, 1)),
    st.integers(0, 9),
)
def test_matrices_with_many_ties(
    drawn: Round, objective: Any, participation: str, least: int, seed: int
) -> None:
    # From α = 1 on points of 0 are refused.
    accepted(drawn, seed, objective=objective, participation=participation, min_points=least)


@pytest.mark.parametrize(
    "seed", [np.int64(5), np.uint8(3), np.str_("spring"), 2**70, type("Name", (str,), {})("autumn")]
)
def test_whatever_may_be_a_seed_is_accepted_and_kept_as_what_it_says(seed: Any) -> None:
    drawn = rmatch.datasets.example(), rmatch.datasets.example_programme(), Requests()
    matching = rmatch.match(*drawn, seed=seed)
    assert (type(matching.seed), matching.seed) in {(int, seed), (str, seed)}
    rmatch.verify(matching, *drawn)
    lottery = rmatch.lottery(*drawn, cap="1/2", seed=seed)
    rmatch.verify(lottery, *drawn)
    rmatch.verify(lottery.draw(seed), *drawn, of=lottery, seed=seed)


def test_what_was_asked_before_changes_nothing() -> None:
    """A matching keeps in store what it was asked; other questions leave other things there."""
    people = rmatch.datasets.example()
    for_some = Only(OtherSite(), mentor={"years": {"at_least": 1}})
    programme = rmatch.Programme(rules=(JuniorMentor(), for_some))
    matching = rmatch.match(people, programme)
    first = matching.pairs[0]
    for question in (
        lambda: matching.explain(first.mentor, first.mentee),
        lambda: matching.explain(first.mentor, matching.pairs[-1].mentee),
        lambda: matching.alternatives(first.mentor),
        matching.costs,
        lambda: matching.loss_without(mentor=first.mentor),
        matching.fairness,
        lambda: matching.unmatched,
    ):
        question()
        assert rmatch.verify(matching, people, programme, Requests()).pairs == len(matching.pairs)


COUNTS = st.integers(1, 2)
GROUPS = st.sampled_from(
    [(name, answer) for name, own in strategies.ANSWERS.items() for answer in own]
)
SIDES = st.sampled_from(("mentor", "mentee"))
NAMES = st.sampled_from(sorted(strategies.ANSWERS))
MOST = st.sampled_from((None, 2, 3))
QUOTAS = st.one_of(
    st.builds(
        lambda group, *rest: Quota(*group, *rest), GROUPS, SIDES, COUNTS, MOST, st.booleans()
    ),
    st.builds(PairQuota, NAMES, st.sampled_from(("same", "different")), COUNTS, MOST),
    st.builds(MeanParity, NAMES, SIDES, st.sampled_from((10**5, 5 * 10**5, 10**6))),
)


@settings(max_examples=tries(3_500))
@given(strategies.rounds(minimums=True, places=BOTH), QUOTAS, st.booleans(), st.integers(0, 9))
def test_quotas(drawn: Round, quota: Any, open_to_all: bool, seed: int) -> None:
    people, programme, _ = drawn
    accepted(
        drawn,
        seed,
        objective=Total(),
        quotas=(quota,),
        justification="agreed by the council",
        unprotected=tuple(people.dimensions) if open_to_all else programme.unprotected,
    )


def test_a_price_that_was_asked_for_is_held_against_its_own_proof_and_not_solved_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By column generation no two runs take the same time, so that a price solved once more was another one."""
    pytest.importorskip("numba")
    people = rmatch.datasets.workforce(400, 330, seed=4)
    drawn = people, rmatch.Programme(levels=rmatch.datasets.LEVELS), Requests()
    matching = rmatch.match(*drawn)
    assert matching.price_of_fair_places().with_protected.route == "columns"
    monkeypatch.setattr("rmatch.rounds.round.Round.solve", None)
    assert "price of fair places" in rmatch.verify(matching, *drawn).checks
