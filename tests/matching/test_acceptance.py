"""People say which levels and sites of partners they accept, and how many partners they must get."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch.criteria import Expertise
from rmatch.errors import InfeasibleError, InvalidInputError, VerificationError
from rmatch.rules import Accepted
from rmatch.verification import verify

if TYPE_CHECKING:
    from rmatch.matching import Matching
    from rmatch.rules.acceptance import Who

PEOPLE = (
    {"id": "m1", "role": "mentor", "level": "4", "site": "NY", "accepted_levels": "1; 2"},
    {"id": "m2", "role": "mentor", "level": "5", "site": "CA"},
    {"id": "m3", "role": "mentor", "site": "CA", "accepted_sites": "ca; tx"},
    {"id": "L1", "role": "mentee", "level": "1", "site": "NY", "accepted_levels": ["4"]},
    {"id": "L2", "role": "mentee", "level": "3", "site": "TX"},
    {"id": "L3", "role": "mentee", "accepted_sites": "NY"},
)
BOTH = {("m1", "L1"), ("m2", "L2"), ("m3", "L2")}


def allowed(whose: Who) -> set[tuple[str, str]]:
    """Return the pairs that the rule allows."""
    people = rmatch.read_people(PEOPLE)
    scores = rmatch.score(people, rmatch.Programme(rules=(Accepted(whose),)))
    rows, columns = np.nonzero(scores.allowed)
    return {(scores.mentors[i], scores.mentees[j]) for i, j in zip(rows, columns, strict=True)}


@pytest.mark.parametrize(
    ("whose", "pairs"),
    [
        ("both", BOTH),
        ("mentor", BOTH | {("m2", "L1"), ("m2", "L3")}),
        ("mentee", BOTH | {("m1", "L2"), ("m1", "L3")}),
    ],
)
def test_levels_and_sites_that_people_accept(whose: Who, pairs: set[tuple[str, str]]) -> None:
    assert allowed(whose) == pairs


def test_the_default_programme_keeps_to_it_and_formulas_agree() -> None:
    people = rmatch.read_people(
        [{**row, "years": 5 + 20 * (row["role"] == "mentee")} for row in PEOPLE]
    )
    matching = rmatch.match(people, rmatch.Programme(criteria=(Expertise(1),)))
    assert {(pair.mentor, pair.mentee) for pair in matching.pairs} <= BOTH
    verify(matching)
    told = matching.explain("m1", "L2")
    assert "the mentor does not accept the mentee's level" in str(told)
    assert "the mentor accepts certain sites only, and the mentee's is not known" in str(
        matching.explain("m3", "L3")
    )


def test_why_nobody_is_accepted() -> None:
    rows = [{**row, "accepted_sites": "Mars"} if row["role"] == "mentor" else row for row in PEOPLE]
    matching = rmatch.match(rmatch.read_people(rows), rmatch.Programme(rules=(Accepted(),)))
    assert not matching.pairs
    assert any(
        "each of the two must accept the other's level and site" in one.sentence
        for one in matching.unmatched
    )


def test_an_accepted_level_that_the_programme_does_not_list_is_a_fault() -> None:
    programme = rmatch.Programme(levels=("1", "2", "3", "4", "5"))
    rows = [{**row, "accepted_levels": "4; 7"} if row["id"] == "L2" else row for row in PEOPLE]
    with pytest.raises(InvalidInputError) as caught:
        rmatch.score(rmatch.read_people(rows), programme)
    [fault] = caught.value.faults
    assert str(fault).startswith(
        "person 5 (id 'L2'), accepted_levels: '7' is not in the programme's levels"
    )


def test_the_rule_takes_no_other_word() -> None:
    accepted: Any = Accepted  # typed loosely, for what is wrong on purpose
    with pytest.raises(InvalidInputError, match="accepted, whose: 'leader'"):
        accepted("leader")


LEARNERS = (
    {"id": "m1", "role": "mentor", "offers": "python"},
    {"id": "m2", "role": "mentor", "offers": "video"},
    {"id": "m3", "role": "mentor", "offers": "accessibility"},
    {
        "id": "L1",
        "role": "mentee",
        "wants": "accessibility",
        "mentee_capacity": 2,
        "mentee_minimum": 2,
    },
    {"id": "L2", "role": "mentee", "wants": "python", "mentee_minimum": 0},
    {"id": "L3", "role": "mentee", "wants": "video"},
)
bare = partial(rmatch.Programme, criteria=(Expertise(1),), rules=())


def partners(matching: Matching, person: str) -> int:
    """Return how many partners somebody has."""
    return sum(person in {pair.mentor, pair.mentee} for pair in matching.pairs)


def test_one_person_needs_two_partners_and_the_others_need_none() -> None:
    matching = rmatch.match(rmatch.read_people(LEARNERS), bare())
    assert partners(matching, "L1") == 2
    assert "minimums" in verify(matching).checks


def test_ones_own_minimum_goes_before_that_of_the_programme() -> None:
    people = rmatch.read_people(LEARNERS)
    with pytest.raises(InfeasibleError):
        rmatch.match(people, bare(mentee_minimum=2, mentee_capacity=2))
    assert rmatch.match(people, bare(mentee_minimum=0)).pairs
    spared = [{**row, "mentee_minimum": 0} if row["id"] == "L3" else row for row in LEARNERS]
    matching = rmatch.match(rmatch.read_people(spared), bare(mentee_minimum=1))
    assert partners(matching, "L1") == 2
    assert partners(matching, "L3") + partners(matching, "L2") == 1


def test_a_minimum_above_the_capacity_names_the_person() -> None:
    rows = [{**row, "mentor_minimum": 2} if row["id"] == "m2" else row for row in LEARNERS]
    with pytest.raises(
        InfeasibleError, match="the minimum is above the capacity of 'm2'"
    ) as caught:
        rmatch.match(rmatch.read_people(rows), bare())
    assert caught.value.mentors == ("m2",)


def test_minimums_that_contradict_each_other_name_the_people() -> None:
    rows = [
        {**row, "mentee_minimum": 2, "mentee_capacity": 2} if row["role"] == "mentee" else row
        for row in LEARNERS
    ]
    with pytest.raises(InfeasibleError) as caught:
        rmatch.match(rmatch.read_people(rows), bare())
    assert set(caught.value.mentees) < {"L1", "L2", "L3"}


def test_verification_goes_by_the_persons_own_minimum() -> None:
    from dataclasses import replace

    matching = rmatch.match(rmatch.read_people(LEARNERS), bare())
    fewer = tuple(pair for pair in matching.pairs if pair.mentee != "L1")
    with pytest.raises(VerificationError, match="mentee 'L1' has 0 partners, and the minimum is 2"):
        verify(replace(matching, pairs=fewer))


def test_what_people_accept_is_told_where_no_rule_goes_by_it() -> None:
    people = rmatch.read_people(PEOPLE)
    found = [str(one.sentence) for one in rmatch.check(people, rmatch.Programme(rules=()))]
    sentence = (
        "accepted_levels and accepted_sites without effect: the programme has no rule accepted"
    )
    assert sentence in found
    assert sentence not in [
        one.sentence for one in rmatch.check(people, rmatch.Programme(rules=(Accepted(),)))
    ]
