"""Every document has a JSON Schema: made from what reads and writes it, and every document that is written is right by it."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import schemas
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.io import SCHEMAS, programme_document, schema, write_people
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

ROOT = Path(__file__).parents[1]
PEOPLE = rmatch.datasets.example()
MATCHING = rmatch.match(PEOPLE, rmatch.datasets.example_programme())


@cache
def validator(name: str) -> Validator:
    return jsonschema.Draft202012Validator(schema(name))


def check(name: str, document: Any) -> None:
    validator(name).validate(json.loads(json.dumps(document, default=str)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_file_is_what_is_made_anew(name: str) -> None:
    """After a change of a document: python tests/schemas.py."""
    text = (schemas.FOLDER / f"{name}.json").read_text("utf-8")
    assert text == schemas.text_of(schemas.SCHEMAS[name]())


def test_none_is_forgotten() -> None:
    assert {path.stem for path in schemas.FOLDER.glob("*.json")} == set(SCHEMAS)
    assert set(schemas.SCHEMAS) == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_says_which_version_of_what(name: str) -> None:
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$id"].startswith(f"urn:rmatch:schema:{name}:")
    assert found["title"]
    assert found["description"]
    for inner in found.get("$defs", {}).values():
        assert inner.get("description") or name == "mapping"


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(InvalidInputError, match="did you mean 'round'"):
        schema("rounds")


# Documents that are written.


@examples(30)
@given(strategies.people())
def test_people(tmp_path_factory: pytest.TempPathFactory, people: rmatch.People) -> None:
    path = tmp_path_factory.mktemp("people") / "people.json"
    write_people(people, path)
    check("people", json.loads(path.read_text("utf-8")))


@examples(20)
@given(strategies.rounds(own=False))
def test_results(drawn: Any) -> None:
    people, programme, requests = drawn
    check("findings", rmatch.check(people, programme, requests).to_dict())
    matching = rmatch.match(people, programme, requests)
    for pair in matching.pairs:
        for audience in ("admin", "participant"):
            two = pair.mentor, pair.mentee
            check("explanation", matching.explain(*two, audience).to_dict())
    check("fairness", matching.fairness().to_dict())


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"objective": MaxMin()},
        {"objective": Leximin()},
        {"objective": AlphaFair(2)},
        {"objective": Stable(), "places": "with_protected", "justification": "agreed"},
    ],
)
@pytest.mark.parametrize("seconds", [None, 1e-6])
def test_rounds(chosen: dict[str, Any], seconds: float | None) -> None:
    if seconds and isinstance(chosen.get("objective"), Stable):
        seconds = None  # stopped, it has no answer yet
    matching = rmatch.match(PEOPLE, rmatch.Programme(**chosen), max_seconds=seconds)
    check("round", matching.to_dict(people="whole", include=["name", "email"]))
    check("programme", programme_document(matching.programme, complete=True))


def test_kept_rounds_and_prices() -> None:
    for path in (ROOT / "tests" / "matching" / "kept").iterdir():
        check("round", json.loads(path.read_text("utf-8")))
    check("round", MATCHING.to_dict(price_of_fair_places=True))


def test_whole_people_in_a_round_are_people() -> None:
    document = MATCHING.to_dict(people="whole")
    check("people", [person["whole"] for person in document["people"]])
    check("requests", document["requests"])


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/**/mapping*.toml")), ids=str)
def test_mappings_of_the_examples(path: Path) -> None:
    check("mapping", tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/**/programme*.toml")), ids=str)
def test_programmes_of_the_examples(path: Path) -> None:
    check("programme", tomllib.loads(path.read_text("utf-8")))


# A document may name its schema.


def test_a_document_may_name_its_schema(tmp_path: Path) -> None:
    own = {"$schema": "https://example.org/a.json"}
    records = [{"id": "a", "role": "mentor", "years": 1}, {"id": "b", "role": "mentee"}]
    (tmp_path / "people.json").write_text(json.dumps({**own, "people": records}), "utf-8")
    assert rmatch.read_people(tmp_path / "people.json") == rmatch.read_people(records)
    mapping = {"columns": {"id": "id", "role": "role"}, "ignore": ["years"]}
    assert len(rmatch.read_people(records, mapping={**own, **mapping})) == 2
    assert rmatch.read_programme({**own, "name": "Spring"}).name == "Spring"
    assert rmatch.read_matching({**own, **MATCHING.to_dict()}) == MATCHING
    documents: dict[str, Any] = {
        "people": {"people": records},
        "mapping": mapping,
        "programme": {"name": "Spring"},
        "round": MATCHING.to_dict(),
        "findings": rmatch.check(PEOPLE).to_dict(),
        "explanation": MATCHING.explain(
            MATCHING.pairs[0].mentor, MATCHING.pairs[0].mentee
        ).to_dict(),
        "fairness": MATCHING.fairness().to_dict(),
    }
    for name, document in documents.items():
        check(name, {**own, **document})
        assert not validator(name).is_valid({**document, "no such key": 1}), name


# What is accepted and refused all the same: a kind of the list, an instance each.


def _changed_round(**changes: Any) -> Any:
    return {**MATCHING.to_dict(), **changes}


REFUSED: dict[str, tuple[str, Any, Any]] = {
    "one id twice": (
        "people",
        [{"id": "a", "role": "mentor"}, {"id": "a", "role": "mentor"}],
        rmatch.read_people,
    ),
    "a word nobody understands": (
        "people",
        [{"id": "a", "role": "mentro"}],
        rmatch.read_people,
    ),
    "a column that is not there": (
        "mapping",
        {"columns": {"id": "No"}},
        lambda mapping: rmatch.read_people([{"id": "a"}], mapping=mapping),
    ),
    "the inner table of a key": (
        "mapping",
        {"dates": {"nonsense": 1}},
        lambda mapping: rmatch.read_people([{"id": "a", "role": "mentor"}], mapping=mapping),
    ),
    "a quota without a justification": (
        "programme",
        {"places": "with_protected"},
        rmatch.read_programme,
    ),
    "somebody with themselves": (
        "requests",
        [{"mentor": "a", "mentee": "a", "kind": "lock"}],
        rmatch.read_requests,
    ),
    "a day that may be two": (
        "responses",
        [{"mentor": "a", "mentee": "b", "status": "ended", "date": "3/4/2026"}],
        rmatch.io.read_responses,
    ),
    "ids of nobody": ("round", _changed_round(mentors=["nobody"]), rmatch.read_matching),
    "said twice": ("round", _changed_round(claim="The best."), rmatch.read_matching),
    "a programme that is refused by itself": (
        "round",
        _changed_round(programme={"mentor_capacity": -1}),
        rmatch.read_matching,
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_accepted_and_refused_all_the_same(kind: str) -> None:
    name, document, read = REFUSED[kind]
    check(name, document)
    with pytest.raises(InvalidInputError):
        read(document)
