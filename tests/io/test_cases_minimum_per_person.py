"""The case `minimum-per-person`: a number of partners a person, which differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.verification import verify

if TYPE_CHECKING:
    from rmatch.matching import Matching

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "minimum-per-person"


def partners(matching: Matching) -> dict[str, int]:
    """Return how many partners each mentee has."""
    made = [pair.mentee for pair in matching.pairs]
    return {one: made.count(one) for one in made}


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_the_leader_who_asks_for_two_gets_two() -> None:
    people = rmatch.read_people(CASE / "people.csv")
    programme = rmatch.read_programme(CASE / "programme.toml")
    bare = rmatch.Programme(criteria=programme.criteria, rules=())
    matching = rmatch.match(people, bare)
    verify(matching)
    assert partners(matching)["L1"] == 2
    assert len(matching.pairs) == 3


def test_reviewers_who_must_have_at_least_some_papers() -> None:
    rows = [
        *(
            {"id": f"r{n}", "role": "mentor", "mentor_capacity": 3, "mentor_minimum": n}
            for n in (0, 1, 2)
        ),
        *({"id": f"p{n}", "role": "mentee"} for n in range(3)),
    ]
    matching = rmatch.match(rmatch.read_people(rows), rmatch.Programme(rules=()))
    verify(matching)
    made = [pair.mentor for pair in matching.pairs]
    assert (made.count("r1"), made.count("r2")) == (1, 2)


def test_a_minimum_with_words_is_read_and_a_maximum_is_none() -> None:
    cells = ["at least 2", "mindestens 1", "2 mentees", ""]
    rows = [{"id": str(n), "role": "both", "mentor_minimum": cell} for n, cell in enumerate(cells)]
    assert rmatch.read_people(rows).mentor_minimum.tolist() == [2, 1, 2, -1]
    rows[0]["mentor_minimum"] = "up to 2"
    with pytest.raises(InvalidInputError, match="'up to 2' is not a minimum"):
        rmatch.read_people(rows)


def test_a_foreign_header_and_a_minimum_out_of_reach() -> None:
    rows = [
        {"No": 1, "plays": "mentor", "At least": ""},
        {"No": 2, "plays": "mentee", "At least": "2"},
        {"No": 3, "plays": "mentee", "At least": "0"},
    ]
    mapping = {"columns": {"id": "No", "role": "plays", "mentee_minimum": "At least"}}
    people = rmatch.read_people(rows, mapping=mapping)
    with pytest.raises(InfeasibleError) as caught:
        rmatch.match(people, rmatch.Programme(rules=(), mentee_capacity=2))
    assert caught.value.mentees == ("2",)
