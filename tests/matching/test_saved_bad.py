"""Documents that are no saved round, or no whole one, or of another time: one clear error each, with places and a cure."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import strategies

import rmatch
from rmatch.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE = rmatch.datasets.example()
MATCHING = rmatch.match(PEOPLE)
TEXT = MATCHING.to_json()


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Return the document after a change."""
    document: dict[str, Any] = json.loads(TEXT)
    change(document)
    return document


def refused(source: Any, people: Any = None) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_matching(source, people)
    return [str(fault) for fault in caught.value.faults]


def deep(levels: int) -> Any:
    return [] if levels == 0 else [deep(levels - 1)]


def test_a_newer_format_names_the_versions_that_are_read() -> None:
    newer = changed(lambda one: one.update(version=4, rmatch="9.1.0"))
    assert refused(newer) == [
        (
            "saved round, version: it was written in version 4 of the format, by rmatch 9.1.0; "
            "this rmatch reads version 1 and 2 and 3: install a newer one"
        )
    ]


@pytest.mark.parametrize("version", [0, -1, 1.0, True, None, "1", [1]])
def test_no_version_is_told_as_such(version: object) -> None:
    (fault,) = refused(changed(lambda one: one.update(version=version)))
    assert fault.startswith("saved round, version:")
    assert "this rmatch reads 1" in fault


@pytest.mark.parametrize("share", [0, 1, 40, 400, len(TEXT) // 2, len(TEXT) - 3])
def test_a_truncated_document_says_where_it_ends(share: int, tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    path.write_text(TEXT[:share], "utf-8")
    (fault,) = refused(path)
    assert "is not JSON" in fault
    assert "it ends there" in fault


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{}", "this is no saved round"),
        ('{"pairs": []}', "this is no saved round"),
        ("{nonsense", "is not JSON"),
        (StringIO("[1, 2]"), "a list is none"),
        (StringIO("7"), "an int is none"),
        ({"a": object()}, "holds what no JSON file can"),
        ({"a": float("nan")}, "holds what no JSON file can"),
        ({"a": 10**5000}, "holds what no JSON file can"),
        ({1: 2}, "this is no saved round"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": 1e999}', "this is no saved round"),
        ('{"a": ' + "9" * 5000 + "}", "cannot be understood"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested more than 50 deep"),
        ({"a": deep(80)}, "nested more than 50 deep"),
        ('{"format": "rmatch round", "format": "x"}', "this key twice"),
        (7, "an int is no source of one"),
        (None, "a NoneType is no source of one"),
        (b"{}", "a bytes is no source of one"),
        ("no such file.json", "no such file.json: No such file"),
    ],
)
def test_what_is_no_saved_round(source: Any, words: str) -> None:
    (fault,) = refused(source)
    assert words in fault
    assert fault.startswith("saved round")
    assert ";" in fault  # and a cure


def test_not_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    path.write_bytes(TEXT.encode("utf-16"))
    assert refused(path)[0].startswith("saved round: it is not in UTF-8")


def test_a_byte_order_mark_is_none(tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    path.write_text(TEXT, "utf-8-sig")
    assert rmatch.read_matching(path) == MATCHING
    assert rmatch.read_matching("\ufeff" + TEXT) == MATCHING


def test_every_wrong_part_is_told_at_once_with_its_place() -> None:
    def change(one: dict[str, Any]) -> None:
        one["pairs"][0]["points"] = "many"
        one["pairs"][1]["lines"][2]["known"] = 1
        one["steps"][0]["proof"]["kind"] = "price"
        one["people"][3]["shoe"] = 39
        del one["claim"]
        one["total"] = 2**70

    assert {fault.split(";")[0] for fault in refused(changed(change))} == {
        "saved round, pairs[0].points: is not what it should be",
        "saved round, pairs[1].lines[2].known: is not what it should be",
        "saved round, steps[0].proof.kind: is no kind of proof",
        "saved round, people[3].shoe: is no part of a saved round",
        "saved round, claim: is missing",
        "saved round, total: is not what it should be",
    }


def test_what_does_not_fit_the_rest_is_told_at_once_with_its_place() -> None:
    def change(one: dict[str, Any]) -> None:
        one["pairs"][0]["mentor"] = "nobody"
        one["steps"][0]["pairs"][0] = [99, 0]
        one["steps"][1]["places"]["mentor_capacity"].append(1)
        one["unmatched"][0]["id"] = "stranger"
        one["mentees"].append(one["mentees"][0])
        one["programme"]["criteria"]["expertise"]["weight"] = -3
        one["requests"] = [
            {"mentor": "a", "mentee": "a", "kind": "lock", "rank": None, "override_reason": ""}
        ]

    places = " ".join(refused(changed(change)))
    for place in (
        "pairs[0].mentor",
        "steps[0].pairs",
        "steps[1].places.mentor_capacity",
        "unmatched[0].id",
        "mentees: somebody is there twice",
        "criteria.expertise, weight",
        "lock 'a' → 'a', mentee: is the mentor",
    ):
        assert place in places


def test_an_edit_by_hand_is_found_where_the_document_contradicts_itself() -> None:
    def change(one: dict[str, Any]) -> None:
        one["pairs"][0]["points"] += 1
        one["people"][0]["partners"] = []
        one["bound"] += 5

    places = refused(changed(change))
    for place in ("people[0].partners", "bound"):
        assert any(place in fault for fault in places)
    assert all("was changed by hand" in fault for fault in places)


def test_an_edit_that_only_people_contradict_is_found_with_them() -> None:
    document = changed(lambda one: one["unmatched"][0].update(sentence="Not liked."))
    assert rmatch.read_matching(document).unmatched[0].sentence == "Not liked."
    assert refused(document, PEOPLE) == [
        (
            "saved round, unmatched[0].sentence: does not follow from the rest: it was changed by hand; "
            "give the document as rmatch wrote it"
        )
    ]
    with pytest.raises(rmatch.VerificationError, match=r"unmatched\[0\]\.sentence"):
        rmatch.verify(rmatch.read_matching(document), PEOPLE)


def test_words_of_another_version_are_taken_as_they_are() -> None:
    def change(one: dict[str, Any]) -> None:
        one["rmatch"] = "0.0.9"
        one["unmatched"][0]["sentence"] = "So it was put then."
        one["claim"] = "It was the best then, too."

    read = rmatch.read_matching(changed(change))
    assert read.unmatched[0].sentence == "So it was put then."
    assert rmatch.verify(read, PEOPLE).total == MATCHING.total

    def change_more(one: dict[str, Any]) -> None:
        change(one)
        one["bound"] += 1

    more = changed(change_more)
    assert "bound" in refused(more)[0]


def test_no_error_shows_a_value_of_somebody() -> None:
    document = json.loads(MATCHING.to_json(people="whole", include=["name", "email"]))
    secret = "Zebediah Secret"
    for where in ("name", "email"):
        broken = json.loads(json.dumps(document))
        broken["people"][0][where] = [secret]
        assert secret not in " ".join(refused(broken))
        broken["people"][0][where] = secret
        assert secret not in " ".join(refused(broken))
    document["people"][0]["whole"]["dimensions"]["gender"] = [secret]
    assert secret not in " ".join(refused(document))


def test_functions_of_ones_own_are_in_no_document() -> None:
    own = strategies.told_apart(1)
    programme = rmatch.Programme(criteria=(own,))
    matching = rmatch.match(PEOPLE, programme)
    text = matching.to_json()
    with pytest.raises(
        InvalidInputError, match=r"rmatch\.read_matching\(source, programme="
    ) as caught:
        rmatch.read_matching(text)
    assert own.name in str(caught.value)
    read = rmatch.read_matching(text, programme=programme)
    assert read == matching
    assert rmatch.read_matching(text, PEOPLE, programme) == matching
    assert rmatch.verify(read, PEOPLE, programme).total == matching.total
    with pytest.raises(InvalidInputError, match="is not that of this round"):
        rmatch.read_matching(text, programme=rmatch.Programme())
    assert matching == rmatch.match(PEOPLE, programme)
    assert matching != rmatch.match(PEOPLE, replace(programme, name="another"))
