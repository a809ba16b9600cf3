"""The case `one-declines`: the file of a result is given back, as earlier pairs or as pairs to keep."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import rmatch
from rmatch.errors import InvalidInputError

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "one-declines"
needs_cases = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")


@needs_cases
def test_a_result_is_read_as_earlier_pairs() -> None:
    previous = rmatch.read_requests(previous=CASE / "pairs.csv")
    assert [(row.mentor, row.mentee) for row in previous.of_kind("previous")] == [
        ("m1", "L2"),
        ("m2", "L1"),
        ("m3", "L3"),
    ]


@needs_cases
def test_a_result_without_a_kind_is_a_fault_whose_cure_works(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_requests(CASE / "pairs.csv")
    [fault] = caught.value.faults
    assert str(fault) == (
        "pairs.csv, kind: the column is missing: this looks like the file of a result; "
        "give it as previous (--previous), or add the column: lock keeps its pairs"
    )
    with (CASE / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row | {"kind": "lock"} for row in csv.DictReader(file) if row["mentor"] != "m3"]
    people = rmatch.read_people(CASE / "people.csv")
    requests = rmatch.read_requests(rows)
    matching = rmatch.match(people, rmatch.Programme(rules=()), requests)
    assert {("m1", "L2"), ("m2", "L1")} <= {(pair.mentor, pair.mentee) for pair in matching.pairs}


def test_a_result_that_rmatch_wrote_goes_back_as_locks(tmp_path: Path) -> None:
    matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    written = tmp_path / "autumn.csv"
    matching.to_table(written)
    lines = written.read_text(encoding="utf-8-sig").splitlines()
    kept = tmp_path / "keep.csv"
    kept.write_text("\n".join([f"{lines[0]},kind", *(f"{line},lock" for line in lines[1:])]))
    assert len(rmatch.read_requests(kept).of_kind("lock")) == len(matching.pairs)


def test_a_table_of_pairs_with_a_slip_is_still_refused() -> None:
    with pytest.raises(InvalidInputError, match="'point' is not a column of requests"):
        rmatch.read_requests([{"mentor": "1", "mentee": "2", "kind": "lock", "point": 3}])


@needs_cases
def test_one_says_no_and_the_others_stay() -> None:
    people, programme = rmatch.read_people(CASE / "people.csv"), rmatch.Programme(rules=())
    no = rmatch.people.Response("m3", "L3", "declined", by="mentor")
    responses = rmatch.people.Responses((no,))
    later = rmatch.rematch(CASE / "pairs.csv", people, programme=programme, responses=responses)
    made = {(pair.mentor, pair.mentee) for pair in later.pairs}
    assert made == {("m1", "L2"), ("m2", "L1"), ("m4", "L3")}
    assert later.changes is not None
    assert [pair.sentence for pair in later.changes.broken] == ["It was declined."]
    assert later.price_of_changes().prices[0].changes == 0
