"""The price of fair places is the difference from what protected attributes could reach if they decided places."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.criteria import Diversity, ExperienceGap
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.objectives import MaxMin

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.people import People, Requests
    from rmatch.programme import Programme

    Round = tuple[People, Programme, Requests]

PROGRAMME = rmatch.Programme(
    criteria=(Diversity(1), ExperienceGap(1, by="years", full=(10, 40), zero=(0, 50))), rules=()
)


def one_place_for_two(*, gap: int) -> rmatch.People:
    """Return two mentors, of whom one differs from the mentee, for one place; the other one has a wider gap by some years."""
    answers: dict[str, Any] = {"consent:age": "match"}
    rows = [
        {"id": "same", "role": "mentor", "years": 12 - gap, "dimension:age": "old", **answers},
        {"id": "other", "role": "mentor", "years": 12, "dimension:age": "young", **answers},
        {"id": "e", "role": "mentee", "years": 20, "dimension:age": "old", **answers},
    ]
    return rmatch.read_people(rows)


def test_fair_places_cost_what_protected_attributes_would_add() -> None:
    matching = rmatch.match(one_place_for_two(gap=1), PROGRAMME)
    assert [pair.mentor for pair in matching.pairs] == ["same"]
    price = matching.price_of_fair_places()
    assert (price.points, price.with_protected.total) == (450_000, 900_000)
    assert price.share == 0.5
    assert str(price) == (
        "The price of fair places: 45 of a pair's 100 (50 %). If protected attributes decided places, too, "
        "1 pair, on average 90 of 100, would be possible, and no more."
    )
    assert rmatch.verify(price.with_protected).checks[-1] == "optimal"


def test_the_price_names_nobody_who_would_have_a_place_by_protected_attributes() -> None:
    price = rmatch.match(one_place_for_two(gap=1), PROGRAMME).price_of_fair_places()
    assert [pair.mentor for pair in price.with_protected.pairs] == ["other"]
    assert repr(price) == "PlacesPrice(pairs=1, total=450000)"


def test_between_equals_the_seed_decides_and_the_total_says_so() -> None:
    people = one_place_for_two(gap=0)
    matchings = [rmatch.match(people, PROGRAMME, seed=seed) for seed in range(8)]
    assert {matching.total for matching in matchings} == {400_000, 900_000}
    for matching in matchings:
        assert "between equals by the seed" in matching.claim
        assert "for the place-holders" in rmatch.verify(matching).checks[-1]
        assert matching.total + matching.price_of_fair_places().points == 900_000


@examples(40)
@given(strategies.rounds(minimums=True, places=("without_protected", "with_protected")))
def test_the_price_is_that_of_another_programme(drawn: Round) -> None:
    people, programme, requests = drawn
    try:
        matching = rmatch.match(people, programme, requests)
    except InfeasibleError:
        return
    price = matching.price_of_fair_places()
    deciding = replace(programme, places="with_protected", justification="to compare")
    other = rmatch.match(people, deciding, requests)
    assert price.points == other.total - matching.total
    assert len(price.with_protected.pairs) == len(other.pairs)
    if programme.min_points is None:
        assert price.points >= 0
    rmatch.verify(price.with_protected)


def test_the_price_is_written_when_asked(tmp_path: Path) -> None:
    matching = rmatch.match(one_place_for_two(gap=1), PROGRAMME)
    matching.to_json(tmp_path / "plain.json")
    assert "price_of_fair_places" not in json.loads((tmp_path / "plain.json").read_text("utf-8"))
    matching.to_json(tmp_path / "priced.json", price_of_fair_places=True)
    document = json.loads((tmp_path / "priced.json").read_text("utf-8"))
    assert document["claim"] == matching.claim
    price = document["price_of_fair_places"]
    assert price.pop("steps")
    assert price.pop("with_protected")
    assert price == {
        "points": 450_000,
        "share": 0.5,
        "pairs_with_protected": 1,
        "total_with_protected": 900_000,
    }


def test_the_price_is_in_the_fairness_report() -> None:
    people = one_place_for_two(gap=1)
    report = rmatch.match(people, PROGRAMME).fairness()
    effect = report.effect
    assert effect.price == 450_000
    assert "The price of fair places: all pairs together would be 45 higher" in " ".join(
        str(report).split()
    )
    decided = replace(PROGRAMME, places="with_protected", justification="agreed")
    assert rmatch.match(people, decided).fairness().effect.price is None


def test_nothing_protected_costs_nothing() -> None:
    programme = replace(PROGRAMME, criteria=PROGRAMME.criteria[1:])
    matching = rmatch.match(one_place_for_two(gap=1), programme)
    assert matching.price_of_fair_places().with_protected is matching
    assert str(matching.price_of_fair_places()).startswith("The price of fair places: nothing.")


def test_a_price_is_in_points() -> None:
    people = one_place_for_two(gap=1)
    matching = rmatch.match(people, replace(PROGRAMME, objective=MaxMin()))
    with pytest.raises(InvalidInputError, match="prices are in points, and the objective is"):
        matching.price_of_fair_places()
