"""Wishes for people, as they stand in a sign-up table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.people import Request, Requests

if TYPE_CHECKING:
    from pathlib import Path

SIGNUPS: tuple[dict[str, object], ...] = (
    {"id": "00101", "role": "mentor", "name": "Ana Ost", "email": "ana@example.org"},
    {"id": "00102", "role": "mentor", "name": "Bo Lin", "email": "bo@example.org"},
    {"id": "00103", "role": "both", "name": "Cam Lee", "email": "cam@example.org"},
    {"id": "00201", "role": "mentee", "name": "Di Fox", "email": "di@example.org"},
)


def signups(
    *wishes: object, headers: tuple[str, ...] = ("1st choice mentor", "2nd choice mentor")
) -> list[dict[str, object]]:
    """Return sign-ups in which the last person names others."""
    return [*SIGNUPS[:-1], {**SIGNUPS[-1], **dict(zip(headers, wishes, strict=False))}]


def read(rows: object, wishes: object) -> Requests:
    mapping = {"wishes": wishes}
    people = rmatch.read_people(rows, mapping=mapping)
    return rmatch.read_requests(rows, mapping=mapping, people=people)


RANKED = {"mentee": ["1st choice mentor", "2nd choice mentor"]}
ONE = {"mentee": "1st choice mentor"}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("00101", "00102", "2 by id"),
        ("101", "102", "2 by an id in another form"),
        ("ana@example.org", "BO@Example.org", "2 by e-mail address"),
        ("Ana Ost", "Lin, Bo", "2 by name"),
        ("Ana Ost (00101)", "00102", "1 by id, 1 by an id beside the name"),
    ],
)
def test_ranked_columns_are_ranked_wishes(first: str, second: str, said: str) -> None:
    requests = read(signups(first, second), RANKED)
    assert requests.rows == (
        Request("00101", "00201", "wish", 1),
        Request("00102", "00201", "wish", 2),
    )
    assert requests.notes == (f"2 wishes read: {said}",)


@pytest.mark.parametrize(
    "cell",
    [
        "00101 00102",
        "101;102",
        "00101, 00102",
        "Ana Ost; Lin, Bo",
        "Ana Ost and Bo Lin",
        "ana@example.org\nbo@example.org",
        ["00101", "00102"],
    ],
)
def test_one_column_holds_several_people_without_an_order(cell: str | list[str]) -> None:
    requests = read(signups(cell), ONE)
    assert requests.rows == (
        Request("00101", "00201", "wish"),
        Request("00102", "00201", "wish"),
    )


def test_mentors_wish_for_mentees() -> None:
    rows = [{**SIGNUPS[0], "whom": "Di Fox"}, *SIGNUPS[1:]]
    assert read(rows, {"mentor": "whom"}).rows == (Request("00101", "00201", "wish"),)


def test_wishes_that_name_nobody_are_counted_and_listed_without_names(tmp_path: Path) -> None:
    table = tmp_path / "signups.csv"
    table.write_text(
        "id,role,name,mentors\n1,mentor,Ana Ost,1\n2,mentee,Bo Lin,Eve Nobody\n3,mentee,Cy Ray,9\n4,mentee,Di Fox,2\n5,both,Ed Poe,5\n"
    )
    requests = read(table, {"mentee": ["mentors"]})
    assert not requests.rows
    assert requests.notes == (
        "1 wish is not read, people who are no mentees wish: signups.csv, D2",
        "2 wishes are not read, nobody is called like that: signups.csv, D3, signups.csv, D4 '9'",
        "1 wish is not read, the one wished for is no mentor: signups.csv, D5",
        "1 wish is not read, people wish for themselves: signups.csv, D6",
    )


def test_two_people_of_one_name_are_a_fault_that_the_mapping_settles() -> None:
    twins = [{**SIGNUPS[0], "name": "Bo Lin"}, *signups("Bo Lin")[1:]]
    with pytest.raises(InvalidInputError) as caught:
        read(twins, ONE)
    [fault] = caught.value.faults
    assert str(fault) == (
        "person 4, wishes: the one who is wished for may be 2 people; "
        "say whose id it is under [wishes.values] in a mapping"
    )
    requests = read(twins, {**ONE, "values": {"bo lin": "00102"}})
    assert requests.rows == (Request("00102", "00201", "wish"),)


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        (
            {"mentee": ["3rd choice"]},
            "mapping, wishes.mentee: '3rd choice' is not a column of the list; known are 'id'",
        ),
        ({"mentee": 3}, "mapping, wishes.mentee: is not a list of source columns"),
        (
            {"leader": ["x"]},
            "mapping, wishes.leader: is not known; known are 'mentee', 'mentor', 'values'",
        ),
        ("x", "mapping, wishes: is not a table"),
        ({**ONE, "values": 3}, "mapping, wishes.values: is not a table"),
    ],
)
def test_wrong_keys(wishes: object, message: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(signups("00101"), wishes)
    assert str(caught.value.faults[0]).startswith(message)


def test_people_are_no_topics_that_are_ranked() -> None:
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people(signups("00101"), mapping={"ranks": {"wishes": ["1st choice mentor"]}})
    assert "wishes for people stand under [wishes]" in str(caught.value)


def test_wishes_need_people_and_columns() -> None:
    with pytest.raises(InvalidInputError, match="give people= as read_people read them"):
        rmatch.read_requests(signups("00101"), mapping={"wishes": ONE})
    people = rmatch.read_people(signups("00101"), mapping={})
    with pytest.raises(InvalidInputError, match="names no columns of wishes"):
        rmatch.read_requests(signups("00101"), mapping={}, people=people)


def test_a_table_a_side_holds_the_wishes_of_its_side() -> None:
    mentors = [{"No": "7", "Name": "Ana Ost"}, {"No": "8", "Name": "Bo Lin"}]
    mentees = [{"No": "2", "Name": "Cy Ray", "Preferred mentors": "7 8"}]
    mapping = {
        "columns": {"id": "No", "name": "Name"},
        "wishes": {"mentee": ["Preferred mentors"]},
    }
    sides = {"mentors": mentors, "mentees": mentees}
    people = rmatch.read_people(**sides, mapping=mapping)
    requests = rmatch.read_requests(**sides, mapping=mapping, people=people)
    assert [request.mentor for request in requests.rows] == ["7", "8"]
    assert not [note for note in people.notes if "left out" in note]
    assert people.understood is not None
    [column] = [one for one in people.understood.columns if one.column == "Preferred mentors"]
    assert (column.fields, column.read, column.examples) == (("wishes",), 1, ())


@pytest.mark.parametrize(
    "cell",
    [
        "E1 or E2",
        "1. Kim Lund 2. Bo Ray",
        "1) Kim Lund\n2) Bo Ray",
        "Kim Lund, then Bo Ray",
        "Lund, Kim oder Ray, Bo",
    ],
)
def test_several_people_in_other_words(cell: str) -> None:
    staff = [
        {"id": "E1", "role": "mentor", "name": "Kim Lund"},
        {"id": "E2", "role": "mentor", "name": "Bo Ray"},
        {"id": "D1", "role": "mentee", "name": "Cy Dee", "wish": cell},
    ]
    mapping = {"wishes": {"mentee": ["wish"]}}
    people = rmatch.read_people(staff, mapping=mapping)
    rows = rmatch.read_requests(staff, mapping=mapping, people=people).rows
    assert [row.mentor for row in rows] == ["E1", "E2"]


@pytest.mark.parametrize("cell", ["K. Lund", "Kim (Sales) Lund", "Lund Kim-Ann"])
def test_whom_an_unread_wish_may_mean_is_said_by_id(cell: str) -> None:
    staff = [
        {"id": "E1", "role": "mentor", "name": "Kim Lund"},
        {"id": "D1", "role": "mentee", "name": "Cy Dee", "wish": cell},
    ]
    mapping = {"wishes": {"mentee": ["wish"]}}
    people = rmatch.read_people(staff, mapping=mapping)
    (note,) = rmatch.read_requests(staff, mapping=mapping, people=people).notes
    assert note == "1 wish is not read, nobody is called like that: person 2, perhaps 'E1'"
