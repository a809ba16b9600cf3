"""Requests: read from tables, refused with every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import rmatch
from rmatch.people import Request

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"mentor": "m1", "mentee": "e1", "kind": "lock", "override_reason": "agreed before"},
    {"mentor": "m2", "mentee": "e1", "kind": "exclude"},
    {"mentor": "m1", "mentee": "e2", "kind": "wish", "rank": 2},
    {"mentor": "m9", "mentee": "e9", "kind": "previous"},
]
EXPECTED = (
    Request("m1", "e1", "lock", override_reason="agreed before"),
    Request("m2", "e1", "exclude"),
    Request("m1", "e2", "wish", rank=2),
    Request("m9", "e9", "previous"),
)


@pytest.fixture
def people() -> rmatch.People:
    return rmatch.read_people(
        [{"id": f"m{number}", "role": "mentor", "years": 2} for number in (1, 2)]
        + [{"id": f"e{number}", "role": "mentee", "years": 20} for number in (1, 2)]
    )


def test_every_source_reads_alike(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS)
    frame.to_csv(tmp_path / "requests.csv", index=False)
    frame.to_csv(tmp_path / "excel.csv", index=False, sep=";", encoding="utf-8-sig")
    frame.to_excel(tmp_path / "requests.xlsx", index=False)
    for source in (
        ROWS,
        frame,
        tmp_path / "requests.csv",
        tmp_path / "excel.csv",
        tmp_path / "requests.xlsx",
    ):
        assert rmatch.read_requests(source).rows == EXPECTED


def test_requests_are_returned_as_they_are() -> None:
    requests = rmatch.Requests(EXPECTED)
    assert rmatch.read_requests(requests) is requests
    assert rmatch.read_requests() == rmatch.Requests()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [{"mentor": "m1", "mentee": "e1", "kind": "lok"}],
            "'lok' is not a kind of request; did you mean 'lock'?",
        ),
        ([{"mentor": "m1", "kind": "lock"}], "mentee: this column is missing"),
        ([{"mentor": "m1", "mentee": "", "kind": "lock"}], "mentee: is empty"),
        (
            [{"mentor": "m1", "mentee": "e1", "kind": "wish", "rank": "first"}],
            "'first' is not a rank",
        ),
        (
            [{"mentor": "m1", "mentee": "e1", "kind": "wish", "rank": 0}],
            "a wish may have a rank of 1 or more",
        ),
        ([{"mentor": "m1", "mentee": "e1", "kind": "lock", "rank": 1}], "nothing else has one"),
        (
            [{"mentor": "m1", "mentee": "e1", "kind": "wish", "override_reason": "x"}],
            "only a lock overrides rules",
        ),
        ([{"mentor": "m1", "mentee": "m1", "kind": "lock"}], "nobody is paired with themselves"),
        (
            [{"mentor": "m1", "mentee": "e1", "kind": "lock", "because": "x"}],
            "'because' is not a column of requests",
        ),
    ],
)
def test_what_is_wrong_is_named(rows: list[dict[str, Any]], expected: str) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_requests(rows)
    assert expected in str(caught.value)


def test_requests_that_do_not_fit_the_people_come_all_at_once(people: rmatch.People) -> None:
    wrong = [
        {"mentor": "m3", "mentee": "e1", "kind": "lock"},
        {"mentor": "e1", "mentee": "m1", "kind": "wish"},
        {"mentor": "m1", "mentee": "e7", "kind": "exclude"},
        {"mentor": "m1", "mentee": "e2", "kind": "lock"},
        {"mentor": "m1", "mentee": "e2", "kind": "lock"},
    ]
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.match(people, requests=rmatch.read_requests(wrong))
    text = str(caught.value)
    assert len(caught.value.faults) == 5
    for part in (
        "nobody has the id 'm3'",
        "'e1' takes no part as a mentor",
        "'e7'",
        "is given 2 times",
    ):
        assert part in text


def test_an_earlier_pair_may_name_people_who_have_left(people: rmatch.People) -> None:
    requests = rmatch.Requests((Request("gone", "e1", "previous"), Request("m1", "e1", "previous")))
    pairs = {(pair.mentor, pair.mentee) for pair in rmatch.match(people, requests=requests).pairs}
    assert pairs == {("m1", "e2"), ("m2", "e1")}


def test_an_exclusion_holds_either_way_round(people: rmatch.People) -> None:
    requests = rmatch.Requests((Request("e1", "m1", "exclude"),))
    assert not rmatch.score(people, requests=requests).allowed[0, 0]


def test_a_table_of_requests_is_read_before_it_is_matched(people: rmatch.People) -> None:
    table: Any = ROWS
    with pytest.raises(
        rmatch.InvalidInputError, match=r"give Requests: rmatch\.read_requests reads"
    ):
        rmatch.match(people, requests=table)


def test_earlier_pairs_are_also_taken_as_a_list_of_pairs(people: rmatch.People) -> None:
    matching = rmatch.match(people)
    expected = rmatch.read_requests(previous=matching)
    assert expected.rows
    assert rmatch.read_requests(previous=matching.pairs) == expected
