"""What was changed of a rematch or of its price list is rejected, honest ones are accepted, and the solver is not asked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from profiles import tries

import rmatch
from rmatch.errors import InvalidInputError, VerificationError
from rmatch.matching import read_bundle, write_bundle
from rmatch.people import ROLES, Request, Requests, Response, Responses
from rmatch.rounds import BrokenPair
from rmatch.testing.adversaries import tampered, tamperings
from rmatch.verification import Vouched, field_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rmatch.matching import Matching

KEEPS = ("pairs", "optimum")
JUSTIFIED: dict[str, Any] = {"places": "with_protected", "justification": "agreed"}


def a_rematch(keep: Any = "pairs", **choices: Any) -> Matching:
    """Return a rematch in which pairs are kept, new, declined, over, forbidden, and left by somebody."""
    people = rmatch.datasets.workforce(12, 9, seed=5)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **choices)
    autumn = rmatch.match(people, programme, seed="autumn")
    one, two, three, four = [(pair.mentor, pair.mentee) for pair in autumn.pairs[:4]]
    role = people.role.copy()
    role[people.id.index(three[0])] = ROLES["none"]
    answers = Response(*one, "declined"), Response(*two, "ended")
    return rmatch.rematch(
        autumn,
        replace(people, role=role),
        requests=Requests((Request(*four, "exclude"),)),
        responses=Responses(answers),
        keep=keep,
    )


def own(matching: Matching) -> Any:
    """Return the people, the programme and the requests of a matching."""
    return matching.people, matching.programme, matching.requests


@pytest.mark.parametrize("keep", KEEPS)
@pytest.mark.parametrize(
    "choices",
    [{}, JUSTIFIED, {"participation": "best", "mentee_capacity": 2, "count_topic": "each"}],
)
def test_an_honest_rematch_is_verified_without_the_solver(keep: str, choices: Any) -> None:
    matching = a_rematch(keep, **choices)
    assert matching.changes is not None
    assert {pair.cause for pair in matching.changes.broken} >= {"declined", "ended", "left", "rule"}
    prices = matching.price_of_changes()
    for pair in matching.steps:
        assert pair.certificate is not None
    for step in prices.steps:
        assert step.certificate is not None
    with patch("rmatch.rounds.round.solve", None), patch("rmatch.rounds.round.solve_stream", None):
        verified = rmatch.verify(matching, *own(matching))
        assert rmatch.verify(prices, *own(matching), of=matching).checks[-1] == "price list"
    assert "changes" in verified.checks
    assert verified.believed == ("earlier pairs",)


@pytest.mark.parametrize("keep", KEEPS)
def test_nothing_of_a_rematch_can_be_changed_that_is_vouched_for(keep: str) -> None:
    matching = a_rematch(keep)
    accepted = []
    for each in tamperings(matching.changes, seed=3, count=tries(1_000)):
        name = f"changes.{each.field}".rstrip(".")
        row = field_of("matching", name)
        assert row is not None
        try:
            rmatch.verify(replace(matching, changes=each.result), *own(matching))
        except VerificationError:
            continue
        if row.vouched is Vouched.EXACTLY:
            accepted.append((name, each.change))
    for each in tamperings(matching.steps, seed=4, count=tries(1_000)):
        row = field_of("matching", f"steps.{each.field}".rstrip("."))
        try:
            rmatch.verify(replace(matching, steps=each.result), *own(matching))
        except VerificationError:
            continue
        assert row is not None
        if row.vouched is Vouched.EXACTLY:
            accepted.append((each.field, each.change))
    assert not accepted


def test_nothing_of_a_price_list_can_be_changed_that_is_vouched_for() -> None:
    matching = a_rematch()
    prices = matching.price_of_changes()
    assert len(prices.prices) > 1
    accepted = []
    for each in tamperings(prices, seed=3, count=tries(1_000)):
        row = field_of("price_list", each.field)
        assert row is not None, each.field
        try:
            rmatch.verify(each.result, *own(matching), of=matching)
        except VerificationError:
            continue
        if row.vouched is Vouched.EXACTLY:
            accepted.append((each.field, each.change))
    assert not accepted
    worse = replace(prices, prices=prices.prices[:-1], steps=prices.steps[:-1])
    rmatch.verify(worse, *own(matching), of=matching)  # a list of fewer lines is as true
    with pytest.raises(VerificationError, match="from fewer changes to more points"):
        rmatch.verify(
            replace(prices, prices=prices.prices[::-1], steps=prices.steps[::-1]),
            *own(matching),
            of=matching,
        )
    with pytest.raises(InvalidInputError, match="is not what it is about"):
        rmatch.verify(prices, *own(matching))


def forged(matching: Matching, position: int, **fields: Any) -> Matching:
    """Return a rematch that tells something else of one broken pair."""
    assert matching.changes is not None
    broken = list(matching.changes.broken)
    broken[position] = replace(broken[position], **fields)
    return replace(matching, changes=replace(matching.changes, broken=tuple(broken)))


def test_lies_about_broken_pairs_are_found() -> None:
    matching = a_rematch()
    assert matching.changes is not None
    causes = [pair.cause for pair in matching.changes.broken]
    left = causes.index("left")
    rule = causes.index("rule")
    lies = [
        forged(matching, left, cause="declined", people=()),
        forged(matching, left, cause="ended", people=()),
        forged(matching, causes.index("declined"), cause="left"),
        forged(matching, rule, rules=("junior_mentor",)),
        forged(matching, rule, cause="gave_way", rules=(), reason="pairs"),
        replace(matching, changes=None),
        replace(matching, changes=replace(matching.changes, keep="optimum")),
        replace(
            matching, changes=replace(matching.changes, new=(), kept=matching.changes.kept[1:])
        ),
    ]
    moved = matching.changes.kept[0]
    unkept = replace(
        matching.changes, kept=matching.changes.kept[1:], new=(*matching.changes.new, moved)
    )
    lies.append(replace(matching, changes=unkept))
    pair = next(
        pair for pair in matching.pairs if (pair.mentor, pair.mentee) not in matching.changes.kept
    )
    other = BrokenPair(pair.mentor, matching.changes.kept[0][1], "gave_way", to=(), reason="pairs")
    more = replace(matching.changes, broken=(*matching.changes.broken, other))
    lies.append(replace(matching, changes=more))
    for lie in lies:
        with pytest.raises(VerificationError):
            rmatch.verify(lie, *own(matching))


@pytest.mark.parametrize("keep", KEEPS)
def test_a_rematch_is_kept_and_read_again(keep: str, tmp_path: Path) -> None:
    matching = a_rematch(keep)
    text = matching.to_json()
    assert json.loads(text)["version"] == 3
    with_people, without = rmatch.read_matching(text, matching.people), rmatch.read_matching(text)
    for read in (with_people, without):
        assert read == matching
        assert read.changes == matching.changes
        assert read.to_json() == text
    assert rmatch.verify(without, *own(matching)).checks.count("changes") == 1
    bundle = tmp_path / "round.zip"
    write_bundle(matching, bundle, salt=b"s" * 32)
    assert not any(
        person in rmatch.read_matching(bundle).to_json() for person in matching.people.id
    )
    again = read_bundle(bundle, matching.people, matching.requests, salt=b"s" * 32)
    rmatch.verify(again, *own(matching))
    assert again.changes is not None
    assert again.changes.kept == matching.changes.kept  # type: ignore[union-attr]


def test_a_changed_document_is_refused() -> None:
    matching = a_rematch()
    document = matching.to_dict()
    changes: tuple[Callable[[Any], object], ...] = (
        lambda told: told["kept"].pop(),
        lambda told: told["new"].pop(),
        lambda told: told["broken"].append({**told["broken"][0], **document["changes"]["kept"][0]}),
        lambda told: told.update(keep="everything"),
    )
    for change in changes:
        forged_document = json.loads(json.dumps(document))
        change(forged_document["changes"])
        with pytest.raises(InvalidInputError):
            rmatch.read_matching(forged_document)
    forged_document = json.loads(json.dumps(document))
    forged_document["changes"]["broken"][0]["cause"] = "left"
    with pytest.raises(InvalidInputError, match="changes"):
        rmatch.read_matching(forged_document, matching.people)
    assert tampered(matching, "changes.keep", "optimum").changes is not None
