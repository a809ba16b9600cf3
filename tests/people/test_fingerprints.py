"""A fingerprint changes with what counts, and holds nothing that could be tried out or that nobody released."""

from __future__ import annotations

from typing import Any

import pytest

import rmatch
from rmatch.people import Fingerprints

RECORD: dict[str, Any] = {
    "id": "a",
    "role": "mentor",
    "years": 3,
    "name": "Ada",
    "email": "ada@example.org",
    "offers": "Python; caring",
    "lived_topics": "caring",
    "dimension:gender": "Woman",
    "consent:gender": "match",
    "dimension:work mode": "Remote",
    "consent:work mode": "match",
    "dimension:age": "old",
    "consent:age": "report",
    "extra:club": "chess",
}
OTHER = {"id": "b", "role": "mentee"}


def prints(**changes: Any) -> Fingerprints:
    people = rmatch.read_people([{**RECORD, **changes}, OTHER])
    return Fingerprints.of(people, ["work mode"])


def test_the_same_people_have_the_same_in_any_order() -> None:
    turned = Fingerprints.of(rmatch.read_people([OTHER, RECORD]), ["work mode"])
    assert prints() == turned
    assert list(turned.each) == ["b", "a"]


@pytest.mark.parametrize(
    "changes",
    [{"years": 4}, {"role": "both"}, {"offers": "Rust"}, {"dimension:work mode": "Office"}],
)
def test_what_counts_and_is_open_changes_ones_own(changes: dict[str, Any]) -> None:
    assert prints(**changes).each["a"] != prints().each["a"]
    assert prints(**changes).each["b"] == prints().each["b"]
    assert list(prints().differences(prints(**changes))) == [("a", "changed")]


@pytest.mark.parametrize(
    "changes",
    [
        {"dimension:gender": "Man"},
        {"lived_topics": "", "offers": "Python"},
        {"email": "other@example.org"},
        {"extra:club": "go"},
        {"consent:lived_topics": "display"},
    ],
)
def test_what_could_be_tried_out_changes_that_of_all_alone(changes: dict[str, Any]) -> None:
    assert prints(**changes).each == prints().each
    assert prints(**changes).together != prints().together
    assert list(prints().differences(prints(**changes))) == [("", "changed")]


@pytest.mark.parametrize(
    "changes",
    [{"name": "Eve"}, {"dimension:age": "young"}, {"offers": "python; CARING"}],
)
def test_what_does_not_count_changes_nothing(changes: dict[str, Any]) -> None:
    assert prints(**changes) == prints()
