"""A saved round that somebody has changed is refused where it is read, or where it is verified, or the list says that it may be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from profiles import tries

import rmatch
from rmatch.errors import InvalidInputError, RmatchError, VerificationError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable
from rmatch.people import Request, Requests
from rmatch.quotas import MeanParity
from rmatch.testing.adversaries import document_tamperings, tampered
from rmatch.verification import Vouched, field_of

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme

    Round = tuple[People, Programme, Requests]

SINGLE: dict[str, Any] = {"places": "with_protected", "justification": "agreed by the council"}
PARITY = MeanParity("education", "mentee", within=400_000)
KINDS: dict[str, dict[str, Any]] = {
    "two steps": {"mentor_capacity": 2},
    "one step": SINGLE,
    "max-min": {"objective": MaxMin()},
    "leximin over people": {"objective": Leximin("people"), **SINGLE},
    "α-fair below 1": {"objective": AlphaFair(0.5), **SINGLE},
    "α-fair by tiers": {"objective": AlphaFair(1e6), **SINGLE},
    "stable": {"objective": Stable(), **SINGLE},
    "quotas": {"quotas": (PARITY,), "unprotected": ("education",)},
}


def a_round(kind: str) -> Round:
    people = rmatch.datasets.workforce(7, 5, seed=3)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **KINDS[kind])
    scores = rmatch.score(people, programme)
    row, column = np.argwhere(scores.open_pairs)[0]
    lock = Request(scores.mentors[row], scores.mentees[column], "lock", override_reason="both ask")
    return people, programme, Requests((lock,))


def document(kind: str, given_round: Round) -> dict[str, Any]:
    """Return a document with all that may be asked for."""
    asked = {"include": ["name"], "price_of_fair_places": kind == "two steps"}
    whole = "whole" if kind == "one step" else "fingerprints"
    return rmatch.match(*given_round).to_dict(people=whole, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_vouched_for_cannot_be_changed(kind: str) -> None:
    given_round = a_round(kind)
    honest = document(kind, given_round)
    rmatch.verify(rmatch.read_matching(honest), *given_round)
    for each in document_tamperings(honest, seed=len(kind), count=tries(4_000 // len(KINDS))):
        row = field_of("saved", each.field)
        assert row is not None, f"no row is about {each.field}"
        try:
            rmatch.verify(rmatch.read_matching(each.result), *given_round)
        except RmatchError:
            continue
        assert row.vouched is not Vouched.EXACTLY, (each.field, each.change)


@pytest.mark.parametrize("kind", ["two steps", "quotas"])
def test_so_it_is_where_the_people_are_given_at_reading(kind: str) -> None:
    given_round = a_round(kind)
    honest = document(kind, given_round)
    for each in document_tamperings(honest, seed=1, count=tries(200)):
        try:
            rmatch.verify(rmatch.read_matching(each.result, given_round[0]), *given_round)
        except RmatchError:
            continue
        row = field_of("saved", each.field)
        assert row is not None
        assert row.vouched is not Vouched.EXACTLY, (each.field, each.change)


def test_a_true_round_of_other_people_is_found() -> None:
    given_round = a_round("two steps")
    read = rmatch.read_matching(document("two steps", given_round))
    first, *rest = given_round[0]
    others = rmatch.read_people([replace(first, extra={"shoe size": "39"}), *rest])
    with pytest.raises(VerificationError, match="the saved round: fingerprint is not what"):
        rmatch.verify(read, others, *given_round[1:])


def test_a_true_round_of_another_programme_is_found() -> None:
    people, programme, requests = a_round("two steps")
    read = rmatch.read_matching(document("two steps", (people, programme, requests)))
    other = replace(programme, name="another")
    with pytest.raises(VerificationError, match=r"the saved round: programme\.name"):
        rmatch.verify(read, people, other, requests)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("programme", rmatch.Programme()),
        ("requests", Requests()),
        ("mentors", ()),
        ("mentees", ("nobody",)),
        ("without_data", ("growth",)),
        ("protected_most", 1),
        ("unmatched", ()),
        ("told", {}),
        ("document", {}),
        ("document", {"people": [], "rmatch": "0"}),
    ],
)
def test_what_is_kept_says_what_the_document_says(field: str, value: object) -> None:
    given_round = a_round("two steps")
    read = rmatch.read_matching(rmatch.match(*given_round).to_dict())
    rmatch.verify(read, *given_round)
    with pytest.raises(VerificationError):
        rmatch.verify(tampered(read, f"scores.{field}", value), *given_round)


def test_without_people_there_is_nothing_to_verify_it_against() -> None:
    read = rmatch.read_matching(document("two steps", a_round("two steps")))
    with pytest.raises(InvalidInputError, match=r"people: nobody is given, .*; give your own"):
        rmatch.verify(read)
