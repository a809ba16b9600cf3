"""Plans that an earlier rmatch wrote are read for ever: these files are never written anew, and none of them is taken away.

The first version of the format, before 0.1.0, in words that have changed since: rounds that are alike, pairs laid out around somebody who is away, rounds
decided one by one, and topics that count once.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.lifecycle import read_plan, replan

KEPT = Path(__file__).parent / "kept"
PLANS = {
    "plan-1-even.json": 6_864_691,
    "plan-1-away.json": 6_593_596,
    "plan-1-one-by-one.json": 7_053_404,
    "plan-1-once.json": 6_180_272,
}
"""The total, by file."""
people = rmatch.read_people(KEPT / "people.json")


@pytest.mark.parametrize("name", PLANS)
def test_it_is_read_verified_and_planned_again(name: str) -> None:
    plan = read_plan(KEPT / name, people)
    assert plan.total == PLANS[name] == rmatch.verify(plan, people).total
    assert (plan.terms.planned, plan.changes, plan.moved) == ((), None, ())
    counts = "once" if name == "plan-1-once.json" else "each"
    assert plan.scores.programme.count_topic == counts == plan.to_dict()["programme"]["count_topic"]
    rest = replan(plan, after=1)
    assert rest.changes is not None
    assert not rest.changes.broken
    rmatch.verify(rest, people)
    assert read_plan(rest.to_json(), people) == rest


@pytest.mark.parametrize("name", PLANS)
def test_it_is_read_without_its_people_where_it_says_who_takes_part(name: str) -> None:
    if name == "plan-1-one-by-one.json":
        with pytest.raises(InvalidInputError, match="who takes part"):
            read_plan(KEPT / name)
        return
    without, plan = read_plan(KEPT / name), read_plan(KEPT / name, people)
    assert without.calendar == plan.calendar
    document = json.loads((KEPT / name).read_text("utf-8"))
    said = {"count_topic": "each"} | document["programme"]
    assert without.to_dict() == document | {"version": 3, "programme": said}
    assert without.meetings == plan.meetings
    assert replan(without, after=1, people=people) == replan(plan, after=1)


def test_no_file_is_missing_and_all_are_of_the_first_version() -> None:
    assert {path.name for path in KEPT.iterdir()} == {*PLANS, "people.json"}
    documents = [json.loads((KEPT / name).read_text("utf-8")) for name in PLANS]
    assert {document["version"] for document in documents} == {1}
    assert {document["by_rounds"] is None for document in documents} == {True, False}
