"""Rounds that an earlier rmatch wrote are read for ever: these files are never written anew, and none of them is taken away.

One of each kind of proof, with its people, as version 1 of the format had it before 0.1.0.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rmatch
from rmatch.errors import VerificationError
from rmatch.testing.adversaries import tampered

KEPT = Path(__file__).parent / "kept"
ROUNDS = {
    "round-1-prices.json": (2_330_692, 2_330_692),
    "round-1-cut.json": (2_303_862, 2_303_862),
    "round-1-tiers.json": (2_303_862, 2_303_862),
    "round-1-transformed.json": (2_303_862, 2_303_862),
    "round-1-quotas.json": (2_303_862, 2_303_862),
    "round-1-pairs.json": (2_176_396, 2_176_396),
}
"""Total and bound, by file."""


@pytest.mark.parametrize("name", ROUNDS)
def test_it_is_read_explained_and_verified(name: str) -> None:
    matching = rmatch.read_matching(KEPT / name)
    assert (matching.total, matching.bound) == ROUNDS[name]
    # What counted with each partner where nothing was said does so for ever, and what is written of it says so.
    assert matching.programme.count_topic == "each"
    assert rmatch.read_matching(matching.to_dict()).programme.count_topic == "each"
    given_round = matching.people, matching.programme, matching.requests
    assert rmatch.verify(matching, *given_round).total == matching.total
    for pair in matching.pairs:
        lines = matching.explain(pair.mentor, pair.mentee).lines
        assert sum(line.points for line in lines) == pair.points


@pytest.mark.parametrize("name", ROUNDS)
def test_it_is_read_without_its_people(name: str) -> None:
    whole = rmatch.read_matching(KEPT / name)
    document = json.loads((KEPT / name).read_text("utf-8"))
    for person in document["people"]:
        del person["whole"]
    without = rmatch.read_matching(document)
    assert without.pairs == whole.pairs
    assert without.partners == whole.partners
    given_round = whole.people, whole.programme, whole.requests
    assert rmatch.verify(without, *given_round).total == whole.total
    assert rmatch.read_matching(document, whole.people).total == whole.total
    forged = tampered(without, "pairs.0.points", without.pairs[0].points + 1)
    with pytest.raises(VerificationError):
        rmatch.verify(forged, *given_round)


def test_no_file_is_missing_and_every_kind_of_proof_is_there() -> None:
    assert {path.name for path in KEPT.iterdir()} == set(ROUNDS)
    documents = [json.loads((KEPT / name).read_text("utf-8")) for name in ROUNDS]
    assert {document["version"] for document in documents} == {1}
    kinds = {step["proof"]["kind"] for document in documents for step in document["steps"]}
    assert kinds == {"prices", "cut", "tiers", "transformed", "quotas", "pairs"}
    assert any("price_of_fair_places" in document for document in documents)
