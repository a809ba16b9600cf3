"""Fairness reports and explanations that somebody has changed are rejected, and honest ones are accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from profiles import tries

import rmatch
from rmatch.errors import InvalidInputError, VerificationError
from rmatch.people import Requests
from rmatch.testing.adversaries import tamperings
from rmatch.verification import Vouched, field_of

if TYPE_CHECKING:
    from rmatch.matching import Matching

Round = tuple[Any, ...]


@pytest.fixture(scope="module")
def given_round() -> Round:
    return rmatch.datasets.example(), rmatch.datasets.example_programme(), Requests()


@pytest.fixture(scope="module")
def matching(given_round: Round) -> Matching:
    return rmatch.match(*given_round)


def test_a_report_says_nothing_else_than_the_matching(
    matching: Matching, given_round: Round
) -> None:
    report = matching.fairness()
    verified = rmatch.verify(report, *given_round, of=matching)
    assert verified.checks[-1] == "figures"
    for each in tamperings(report, seed=1, count=tries(400)):
        row = field_of("report", each.field)
        assert row is not None
        try:
            rmatch.verify(each.result, *given_round, of=matching)
        except VerificationError:
            continue
        assert row.vouched is not Vouched.EXACTLY, (each.field, each.change)


def test_a_report_of_another_matching_is_rejected(matching: Matching, given_round: Round) -> None:
    people, programme, _ = given_round
    fewer = rmatch.match(people.take(range(1, len(people))), programme)
    with pytest.raises(VerificationError, match="report"):
        rmatch.verify(fewer.fairness(), *given_round, of=matching)
    with pytest.raises(InvalidInputError, match="is not what it is about"):
        rmatch.verify(matching.fairness(), *given_round)


def test_a_report_beside_an_earlier_one_is_verified_beside_it(
    matching: Matching, given_round: Round
) -> None:
    people, programme, _ = given_round
    before = rmatch.match(people.take(range(1, len(people))), programme)
    report = matching.fairness(since=[before])
    verified = rmatch.verify(report, *given_round, of=matching, since=[before])
    assert verified.believed == ("earlier rounds",)
    assert str(verified).endswith("figures; believed: earlier rounds")


@pytest.mark.parametrize("audience", ["admin", "participant"])
def test_an_explanation_says_nothing_else_than_the_formulas(
    matching: Matching, given_round: Round, audience: Any
) -> None:
    first = matching.pairs[0]
    explanation = matching.explain(first.mentor, first.mentee, audience)
    assert rmatch.verify(explanation, *given_round, of=matching).checks[-1] == "reasons"
    for each in tamperings(explanation, seed=3, count=tries(400)):
        row = field_of("explanation", each.field)
        assert row is not None
        try:
            rmatch.verify(each.result, *given_round, of=matching)
        except VerificationError:
            continue
        by_solving = audience == "admin" and row.vouched is Vouched.NOT
        assert by_solving, (each.field, each.change)
