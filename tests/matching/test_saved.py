"""A matching that is kept reads back equal, explains its pairs, and is verified elsewhere without being solved again."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import strategies
from hypothesis import given
from kinds_of_round import ROUNDS, Round, a_round
from profiles import examples

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.solve import jonker_volgenant

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rmatch.matching import Matching

PLACES = ("without_protected", "with_protected")


def check_kept(matching: Matching, given_round: Round) -> None:
    """Check that a matching reads back from every way it may be kept, and is verified."""
    people, own = given_round[0], None
    if matching.to_dict()["own"]:
        own = given_round[1]
    text = matching.to_json()
    assert json.loads(text) == matching.to_dict()
    without = rmatch.read_matching(text, programme=own)
    anew = {
        "without people": without,
        "with people": rmatch.read_matching(text, people, own),
        "people whole": rmatch.read_matching(matching.to_dict(people="whole"), programme=own),
    }
    for name, read in anew.items():
        assert read == matching, name
        assert matching == read, name
        assert hash(read) == hash(matching), name
        assert read.to_json() == text, name
        assert rmatch.verify(read, *given_round).total == matching.total, name
    assert without.partners == matching.partners
    assert without.unmatched == matching.unmatched
    for fact in ("bound", "claim", "status", "route", "gap", "requests", "programme"):
        assert getattr(without, fact) == getattr(matching, fact), fact
    for pair in matching.pairs:
        told = matching.explain(pair.mentor, pair.mentee)
        kept = without.explain(pair.mentor, pair.mentee)
        assert (kept.points, kept.lines, kept.broken) == (told.points, told.lines, told.broken)
        two: Any = pair.mentor, pair.mentee, "participant"
        assert without.explain(*two) == matching.explain(*two)


@pytest.mark.parametrize("kind", ROUNDS)
def test_every_kind_of_round_reads_back(kind: str) -> None:
    given_round = a_round(kind)
    check_kept(rmatch.match(*given_round), given_round)


@examples(40)
@given(strategies.rounds(places=PLACES, some=True), strategies.seeds())
def test_any_round_reads_back(drawn: Round, seed: int | str) -> None:
    check_kept(rmatch.match(*drawn, seed=seed), drawn)


def test_equal_runs_give_equal_bytes() -> None:
    texts = {rmatch.match(*a_round("two steps")).to_json() for _ in range(2)}
    assert len(texts) == 1


SCRIPT = """
import sys
import rmatch
people = rmatch.datasets.workforce(7, 5, seed=3)
programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
text = rmatch.match(people, programme, seed="spring").to_json()
read = rmatch.read_matching(open(sys.argv[1], encoding="utf-8").read())
assert rmatch.verify(read, people, programme, rmatch.Requests()).total == read.total
assert read == rmatch.match(people, programme, seed="spring")
sys.stdout.reconfigure(encoding="utf-8", newline="")
sys.stdout.write(text)
"""


def test_another_process_verifies_it_and_writes_the_same_bytes(tmp_path: Path) -> None:
    people = rmatch.datasets.workforce(7, 5, seed=3)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    path = tmp_path / "round.json"
    rmatch.match(people, programme, seed="spring").to_json(path)
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", SCRIPT, str(path)]
    ran = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert ran.stdout == path.read_bytes()


def test_other_rounds_are_not_equal() -> None:
    people, programme, requests = a_round("two steps")
    matching = rmatch.match(people, programme, requests)
    others = [
        rmatch.match(people, programme, requests, seed=1),
        rmatch.match(people, programme),
        rmatch.match(people.take(range(1, len(people))), programme),
    ]
    assert all(matching != other for other in others)
    first, *rest = people
    shoes = rmatch.read_people([replace(first, extra={"shoe size": "39"}), *rest])
    same_pairs = rmatch.match(shoes, programme, requests)
    assert same_pairs.pairs == matching.pairs
    assert same_pairs != matching
    assert matching != matching.to_dict()
    assert matching == rmatch.match(people, programme, requests)


def test_from_wherever_it_is(tmp_path: Path) -> None:
    matching = rmatch.match(*a_round("two steps"))
    path = tmp_path / "round.json"
    matching.to_json(path)
    stream = io.StringIO()
    matching.to_json(stream)
    text = matching.to_json()
    assert path.read_text("utf-8") == stream.getvalue() == text
    schema = {"$schema": "https://example.org/round.json", **matching.to_dict()}
    for source in (path, str(path), text, io.StringIO(text), io.BytesIO(text.encode()), schema):
        assert rmatch.read_matching(source) == matching


def test_what_needs_the_people_says_so_and_the_cure_works() -> None:
    rest: list[Any]
    people, *rest = a_round("two steps")
    matching = rmatch.match(people, *rest)
    text = matching.to_json()
    without = rmatch.read_matching(text)
    pair = matching.pairs[0]
    met = matching.partners[pair.mentor]
    stranger = next(other.mentee for other in matching.pairs if other.mentee not in met)
    asked: dict[str, Callable[[Any], Any]] = {
        "alternatives": lambda one: one.alternatives(pair.mentor, side="mentor"),
        "costs": lambda one: one.costs().points.tolist(),
        "fairness": lambda one: str(one.fairness(effect=False)),
        "scores": lambda one: one.scores.points.tolist(),
        "people": lambda one: one.people,
        "price": lambda one: str(one.price_of_fair_places()),
        "loss": lambda one: one.loss_without(mentor=pair.mentor),
        "strangers": lambda one: one.explain(pair.mentor, stranger).points,
        "whole": lambda one: one.to_json(people="whole"),
        "names": lambda one: one.to_json(include=["name"]),
    }
    again = rmatch.read_matching(text, people)
    for name, ask in asked.items():
        with pytest.raises(
            InvalidInputError, match=r"rmatch\.read_matching\(source, people="
        ) as caught:
            ask(without)
        assert len(caught.value.faults) == 1, name
        assert ask(again) == ask(matching), name


def test_it_pickles_and_prints_without_people() -> None:
    matching = rmatch.match(*a_round("two steps"))
    without = rmatch.read_matching(matching.to_dict())
    assert pickle.loads(pickle.dumps(without)) == without
    assert repr(without) == repr(matching)
    assert without._repr_html_() == matching._repr_html_()
    for table in ("pairs", "people"):
        mine, theirs = (one.to_frame(table, backend="pandas") for one in (without, matching))
        assert mine.equals(theirs)


def test_everybody_who_is_not_as_they_were_is_named_at_once() -> None:
    rest: list[Any]
    people, *rest = a_round("two steps")
    text = rmatch.match(people, *rest).to_json()
    first, second, *others = people
    changed = {"id": second.id, "role": second.role, "level": second.level, "years": 1}
    new = {"id": "new", "role": "mentor", "level": rmatch.datasets.LEVELS[0]}
    given_people = rmatch.read_people([*others, changed, new])
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_matching(text, given_people)
    told = {(fault.field, fault.problem) for fault in caught.value.faults}
    assert told == {
        (f"id {first.id!r}", "is missing"),
        (f"id {second.id!r}", "is changed"),
        ("id 'new'", "is new"),
    }


def test_the_order_of_the_people_does_not_matter() -> None:
    rest: list[Any]
    people, *rest = a_round("two steps")
    matching = rmatch.match(people, *rest)
    turned = people.take(range(len(people) - 1, -1, -1))
    assert rmatch.read_matching(matching.to_json(), turned) == matching


@pytest.mark.parametrize("seconds", [1e-9])
def test_a_run_that_was_stopped_comes_back_with_its_bound(seconds: float) -> None:
    pytest.importorskip("numba")
    people = rmatch.datasets.workforce(600, 500, seed=4)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    matching = rmatch.match(people, programme, max_seconds=seconds)
    assert matching.status == "feasible"
    read = rmatch.read_matching(matching.to_json())
    assert read.status == "feasible"
    assert read == matching
    assert read.bound == matching.bound > matching.total
    assert rmatch.verify(read, people, programme).total == matching.total


@pytest.mark.parametrize(("written_out", "route"), [(0, "columns"), (2**24, "dense")])
def test_what_is_compiled_reads_back(
    written_out: int, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", written_out)
    people = rmatch.datasets.workforce(400, 330, seed=4)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    matching = rmatch.match(people, programme)
    assert matching.route == route
    read = rmatch.read_matching(matching.to_json())
    assert read == matching
    assert rmatch.verify(read, people, programme).total == matching.total


def test_the_price_of_fair_places_is_kept_with_its_proof() -> None:
    given_round = a_round("two steps")
    matching = rmatch.match(*given_round)
    text = matching.to_json(price_of_fair_places=True)
    for people in (None, given_round[0]):
        read = rmatch.read_matching(text, people)
        assert str(read.price_of_fair_places()) == str(matching.price_of_fair_places())
        assert "price of fair places" in rmatch.verify(read, *given_round).checks
        assert read.to_json(price_of_fair_places=True) == text
