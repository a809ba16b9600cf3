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


def faults_of(*arguments: Any, **options: Any) -> list[str]:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_requests(*arguments, **options)
    return [str(fault) for fault in caught.value.faults]


REQUESTS = """mentor,mentee,kind,rank,override_reason
,e1,lok,,
m2,e1,wish,0,
m2,e2,wish,zwei,
m2,m2,lock,,
m1,e2,exclude,1,
m1,e2,wish,1,because
"""


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text(REQUESTS)
    (tmp_path / "earlier.csv").write_text("mentor,mentee\n,e1\nm1,\n")
    (tmp_path / "wrong.csv").write_text("mentor,menty\nm1,e1\n")
    paths = {name: tmp_path / f"{name}.csv" for name in ("requests", "earlier", "wrong")}
    found = [
        "requests.csv, A2, mentor: is empty; give an id",
        "requests.csv, C2, kind: 'lok' is not a kind of request; did you mean 'lock'?",
        "requests.csv, D3, rank: 0; a wish may have a rank of 1 or more, nothing else has one",
        "requests.csv, D4, rank: 'zwei' is not a rank; give a whole number, 1 for the first wish",
        "requests.csv, B5, mentee: is the mentor; nobody is paired with themselves",
        "requests.csv, D6, rank: 1; a wish may have a rank of 1 or more, nothing else has one",
        "requests.csv, E7, override_reason: stands beside something else than a lock; only a lock overrides rules",
    ]  # fmt: skip
    earlier = ["earlier.csv, A2, mentor: is empty; give an id", "earlier.csv, B3, mentee: is empty; give an id"]  # fmt: skip
    wrong = ["wrong.csv, mentee: this column is missing; did you mean 'menty'? rename it mentee"]
    assert faults_of(paths["requests"]) == found
    assert faults_of(paths["requests"], previous=paths["earlier"]) == [*found, *earlier]
    assert faults_of(paths["requests"], previous=paths["wrong"]) == [*found, *wrong]


def test_a_missing_column_hides_no_fault_of_the_others() -> None:
    rows = [{"mentor": "", "kind": "lok", "rank": "one"}]
    assert faults_of(rows) == [
        "the list, mentee: this column is missing; add it",
        "the list, person 1, mentor: is empty; give an id",
        "the list, person 1, rank: 'one' is not a rank; give a whole number, 1 for the first wish",
        "the list, person 1, kind: 'lok' is not a kind of request; did you mean 'lock'?",
    ]


@pytest.mark.parametrize("called", ["Kim Lund", "kim.lund@x.org", "KIM.LUND+hr@x.org", "kim lund"])
@pytest.mark.parametrize("kind", ["lock", "exclude", "wish"])
def test_a_name_in_a_request_is_not_shown_and_the_id_is_said(called: str, kind: str) -> None:
    people = rmatch.read_people(
        [
            {"id": "m1", "role": "mentor", "years": 2, "name": "Kim Lund", "email": "kim.lund@x.org"},
            {"id": "e1", "role": "mentee", "years": 20, "name": "Bo Ray"},
        ]
    )  # fmt: skip
    requests = rmatch.read_requests([{"mentor": called, "mentee": "e1", "kind": kind}])
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.match(people, requests=requests)
    assert str(caught.value.faults[0]) == (
        f"{kind} (a name or an address) → 'e1', mentor: nobody has the id (a name or an address); "
        "give the id, 'm1': a request names people by id alone"
    )


@pytest.mark.parametrize("written", ["E-7", "#E7", "E07", "\u04157", "\uff25\uff17"])
def test_an_id_in_another_form_is_no_stranger(written: str) -> None:
    people = rmatch.read_people(
        [{"id": "E7", "role": "mentor", "years": 2}, {"id": "D2", "role": "mentee", "years": 20}]
    )
    asked = rmatch.read_requests([{"mentor": written, "mentee": "D2", "kind": "exclude"}])
    with pytest.raises(rmatch.InvalidInputError, match="did you mean 'E7'"):
        rmatch.match(people, requests=asked)
    earlier = rmatch.read_requests(previous=[{"mentor": written, "mentee": "D2"}])
    assert not rmatch.match(people, requests=earlier).pairs


def test_who_is_nobody_in_the_earlier_pairs_is_counted(people: rmatch.People) -> None:
    requests = rmatch.Requests((Request("gone", "e1", "previous"), Request("m1", "e9", "previous")))
    assert requests.fitted(people).notes == (
        "2 people of the earlier pairs are nobody in the table, and may have left",
    )


@pytest.mark.parametrize(
    "header",
    ["Mentor,Mentee", "Mentor ID,Mentee ID", "mentor_id,MENTEE-ID", "Mentor ID,Mentee ID,Mentor"],
)
def test_other_headers_of_earlier_pairs_are_read_and_noted(header: str) -> None:
    read = rmatch.read_requests(previous=f"{header}\nm1,e1{',Ada' * header.endswith(',Mentor')}\n")
    assert read.rows == (Request("m1", "e1", "previous"),)
    mentor, mentee, *_ = header.split(",")
    assert read.notes == (f"the text: 2 headers read: {mentor} as mentor, {mentee} as mentee",)


def test_other_headers_of_requests_are_read_and_a_fault_names_its_cell() -> None:
    read = rmatch.read_requests("Mentor ID,Mentee ID,Kind,Override reason\nm1,e1,lock,agreed\n")
    assert read.rows == (Request("m1", "e1", "lock", override_reason="agreed"),)
    (fault,) = faults_of("Mentor,Mentee,Kind\nm1,e1,lok\n")
    assert fault.startswith("the text, C2, kind: 'lok'")


def test_two_headers_that_may_be_meant_are_not_read() -> None:
    found = faults_of("Mentor ID,mentor_id,mentee,kind\nm1,m2,e1,lock\n")
    assert found[0] == "the text, mentor: this column is missing; did you mean 'mentor_id'? rename it mentor"  # fmt: skip


def test_what_the_cure_of_a_header_says_works() -> None:
    text = "mentro,mentee,kind,mentee name\nm1,e1,lock,Ada\n"
    missing, *strange = faults_of(text)
    assert missing.endswith("did you mean 'mentro'? rename it mentor")
    assert strange[1].endswith("'mentee name' is not a column of requests; take it out")
    cured = "mentor,mentee,kind\nm1,e1,lock\n"
    assert rmatch.read_requests(cured).rows == (Request("m1", "e1", "lock"),)


def test_titles_and_totals_of_pairs_are_noted() -> None:
    text = "Pairs of 2025,,\nmentor,mentee,kind\nm1,e1,lock\nTotal,1,\n"
    told = (
        "the text, row 1: above the headers, left out: 'Pairs of 2025'",
        "the text, row 4: no person but a total, left out: 'Total'",
    )
    assert rmatch.read_requests(text).notes == told
    assert rmatch.read_requests(previous=text).notes == told
