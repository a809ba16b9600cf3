"""Every result says itself as plain data, in one style, and JSON loses nothing of it."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch import datasets
from rmatch.quotas import PairQuota
from rmatch.utils.documents import Document, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = datasets.example()
ASKED = rmatch.Programme(justification="agreed")
MATCHING = rmatch.match(PEOPLE)
FIRST, SECOND = MATCHING.pairs[:2]
LOTTERY = rmatch.lottery(PEOPLE, cap="1/3")
RESULTS: dict[str, Any] = {
    "findings": rmatch.check(PEOPLE),
    "scores": MATCHING.scores,
    "pair": FIRST,
    "unmatched": MATCHING.unmatched[0],
    "explanation": MATCHING.explain(FIRST.mentor, SECOND.mentee),
    "for participants": MATCHING.explain(FIRST.mentor, FIRST.mentee, "participant"),
    "alternative": MATCHING.alternatives(FIRST.mentor)[0],
    "loss": MATCHING.loss_without(mentor=FIRST.mentor),
    "price of fair places": MATCHING.price_of_fair_places(),
    "fairness": MATCHING.fairness(),
    "verified": rmatch.verify(MATCHING, PEOPLE),
    "verified lottery": rmatch.verify(LOTTERY, PEOPLE),
    "frontier": rmatch.frontier(PEOPLE, alphas=[1]),
    "quota frontier": rmatch.frontier(
        PEOPLE, ASKED, quota=PairQuota("gender", "different", at_least=1)
    ),
    "lottery": LOTTERY,
}


@pytest.fixture(params=RESULTS)
def result(request: pytest.FixtureRequest) -> Any:
    return RESULTS[request.param]


def keys(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_a_result_is_plain_and_json_loses_nothing(result: Any, tmp_path: Path) -> None:
    document = result.to_dict()
    assert isinstance(result, Document)
    assert json.loads(result.to_json()) == document
    written = io.StringIO()
    result.to_json(written)
    result.to_json(tmp_path / "result.json")
    assert (tmp_path / "result.json").read_text("utf-8") == written.getvalue()
    assert written.getvalue() == f"{result.to_json()}\n"


def test_every_key_is_a_text_and_nobody_is_named(result: Any) -> None:
    document = result.to_dict()
    assert all(isinstance(key, str) for key in keys(document))
    names = {name for name in PEOPLE.name if name}
    assert names
    assert not any(name in result.to_json() for name in names)


def test_fractions_are_texts_and_points_are_whole() -> None:
    lottery = LOTTERY.to_dict()
    assert {pair["chance"] for pair in lottery["chances"]} == {"1/3"}
    assert lottery["total"] == str(LOTTERY.total)
    explained = RESULTS["explanation"].to_dict()
    assert explained["points"] == sum(line["points"] for line in explained["lines"])
    assert RESULTS["scores"].to_dict()["points"] == MATCHING.scores.points.tolist()
    choices = RESULTS["frontier"].to_dict()
    assert choices["choices"][choices["recommended"]]["name"] in choices["recommendation"]


def test_a_participant_is_told_no_points_in_json_either() -> None:
    told = RESULTS["for participants"].to_dict()
    assert (told["points"], told["lines"], told["others"]) == (None, [], [])
    assert told["sentences"]


def test_what_has_no_plain_form_is_refused() -> None:
    assert plain((np.int64(3), np.array([True]), Fraction(6, 3), float("nan"))) == [
        3,
        [True],
        "2",
        None,
    ]
    with pytest.raises(TypeError, match="set has no plain form"):
        plain({"pairs": {1, 2}})
