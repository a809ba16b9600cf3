"""A matching claims what was proved of it, and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import rmatch
from rmatch.criteria import ExperienceGap, Expertise
from rmatch.objectives import AlphaFair
from rmatch.people import Request, Requests
from rmatch.quotas import PairQuota

BUT = "but for the rounding of its sums"
WORD = "by the word of the linear programme"
PLACES = (
    "who holds a place was decided without protected attributes, and between equals by the seed"
)


def test_a_total_is_claimed_for_those_alone_who_hold_the_places() -> None:
    people = rmatch.datasets.example()
    two_steps = rmatch.match(people)
    assert len(two_steps.steps) == 2
    assert "no other pairs of these people have more points" in two_steps.claim
    assert two_steps.claim in repr(two_steps)
    assert two_steps.claim in two_steps._repr_html_()
    assert rmatch.verify(two_steps).checks[-1].startswith("optimal for the place-holders")
    programme = rmatch.Programme(criteria=(rmatch.criteria.Expertise(1),))
    one_step = rmatch.match(people, programme)
    assert one_step.claim == "As many pairs as possible; among as many, no others have more points."
    assert one_step.claim not in repr(one_step)
    assert rmatch.verify(one_step).checks[-1] == "optimal"


@pytest.mark.parametrize(
    ("chosen", "claimed"),
    [
        (
            {"participation": "best"},
            f"{PLACES}; no other pairs of these people have more points.",
        ),
        (
            {"participation": "best", "criteria": (Expertise(1),)},
            "no others have more points.",
        ),
        (
            {"objective": "max_min", "criteria": (Expertise(1),)},
            "as many pairs as possible; among as many, no others are better by the objective 'max_min'.",
        ),
        (
            {"objective": AlphaFair(0.5)},
            f"as many pairs as possible; {PLACES}; no other pairs of these people are better by the objective 'alpha_fair', but for the rounding of its sums.",
        ),
        (
            {"objective": "stable", "criteria": (Expertise(1),)},
            "no two people would rather have each other than the partners they have.",
        ),
        (
            {
                "justification": "agreed",
                "quotas": (PairQuota("gender", "different", at_least=1),),
                "criteria": (Expertise(1),),
            },
            f"as many pairs as possible; among as many, no others have more points and keep the quotas, {WORD}.",
        ),
    ],
)
def test_the_claim_is_about_what_was_asked(chosen: dict[str, Any], claimed: str) -> None:
    matching = rmatch.match(rmatch.datasets.example(), rmatch.Programme(**chosen))
    assert matching.claim == claimed[0].upper() + claimed[1:]


@pytest.mark.parametrize(("alpha", "but"), [(0, ""), (0.5, BUT), (1, BUT), (2, BUT), (1e6, "")])
@pytest.mark.parametrize("criteria", [(Expertise(1),), rmatch.Programme().criteria])
def test_where_sums_are_rounded_the_check_says_so_too(
    alpha: float, but: str, criteria: tuple[Any, ...]
) -> None:
    """Neighbours may have the same rounded sum, and then the lesser one may be what was found."""
    chosen: dict[str, Any] = {"criteria": criteria, "objective": AlphaFair(alpha), "min_points": 1}
    matching = rmatch.match(rmatch.datasets.example(), rmatch.Programme(**chosen))
    assert (BUT in matching.claim) == bool(but)
    word, *holders = rmatch.verify(matching).checks[-1].split(" for the place-holders")
    assert word == f"optimal {but}".strip()
    assert len(holders) == len(matching.steps) - 1


def test_locked_pairs_are_no_part_of_what_was_proved() -> None:
    first = rmatch.match(rmatch.datasets.example()).pairs[0]
    lock = Requests((Request(first.mentor, first.mentee, "lock"),))
    claim = rmatch.match(rmatch.datasets.example(), requests=lock).claim
    assert claim.startswith("Beside 1 locked pair; as many pairs as possible; who holds a place")


def test_a_run_that_was_stopped_claims_a_bound() -> None:
    people = rmatch.datasets.workforce(400, 330, seed=4)
    matching = rmatch.match(people, max_seconds=0)
    assert (
        matching.claim
        == f"Stopped early: all pairs together may have up to {matching.unit.size(matching.bound - matching.total)} more."
    )


def test_the_rounding_that_is_told_is_that_of_who_meets_whom() -> None:
    """Whether sums are rounded may differ between the steps; the sentence is about the last."""
    programme = rmatch.Programme(objective=AlphaFair(2))
    matching = rmatch.match(rmatch.datasets.workforce(2, 2, seed=1), programme)
    assert [step.rounds_sums for step in matching.steps] == [False, True]
    assert matching.claim.endswith("but for the rounding of its sums.")


@pytest.mark.parametrize("chosen", [{}, {"objective": "leximin"}])
def test_a_claim_says_where_a_topic_counts_with_each_partner(chosen: dict[str, Any]) -> None:
    people = rmatch.datasets.example()
    told = "a topic that several partners teach counted with each of them."
    circles = rmatch.Programme(
        levels=rmatch.datasets.LEVELS, mentee_capacity=2, count_topic="each", **chosen
    )
    matching = rmatch.match(people, circles)
    assert matching.claim.endswith(told)
    assert matching.claim in repr(matching)
    single = replace(circles, mentee_capacity=1)
    assert told not in rmatch.match(people, single).claim
    untaught = replace(circles, criteria=(ExperienceGap(1),))
    assert told not in rmatch.match(people, untaught).claim
