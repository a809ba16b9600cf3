"""Bad input: one error that lists every fault and shows no private value."""

from __future__ import annotations

import csv
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people
from rmatch.people import Person

if TYPE_CHECKING:
    from pathlib import Path

TWO = [{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}]


def faults(source: Any = None, **options: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_people(source, **options)
    assert all(fault.remedy or fault.problem for fault in caught.value.faults)
    assert str(pickle.loads(pickle.dumps(caught.value.faults))) == str(caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def file(folder: Path, text: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_malformed_cell_is_listed() -> None:
    rows = [
        {
            "id": "a",
            "role": "boss",
            "years": -1,
            "offers": "u:0; v",
            "wants": "z:high",
            "hours": "mornings",
            "time_zone": "Mars",
        },
        {
            "id": "b",
            "role": "",
            "years": "200",
            "offers": "u:10",
            "mentor_capacity": "1.5",
            "consent:lived_topics": "yes",
        },
        {
            "id": "",
            "role": "mentor",
            "years": "ten",
            "hours": "09:10-12:00",
            "mentee_capacity": -1,
            "time_zone": "+15:00",
        },
        {
            "id": "d",
            "role": "mentee",
            "years": float("inf"),
            "offers": "u:2; U:3",
            "hours": "09:00-09:00",
            "wants": ":3",
        },
    ]
    assert faults(rows) == [
        "person 1 (id 'a'), role: 'boss' is not a role; give mentor, mentee, both or none",
        "person 1 (id 'a'), years: '-1' is negative; give 0 to 80 years",
        "person 1 (id 'a'), offers: 'u:0' has a number that is not a whole number from 1 to 9; write u:1 to u:9, or u alone",
        ("person 1 (id 'a'), wants: 1 text without a level behind topics: 'high' (1); give each one in a mapping: [scales.wants] "
        '"high" = 1 to 9, or "" for no; where they belong to the names of the topics: levels = false'),
        ("person 1 (id 'a'), hours: 'mornings' is not an interval of hours; "
        "write days and intervals on quarter hours like Mon 09:00-12:00; Tue 13:00-17:00"),
        ("person 1 (id 'a'), time_zone: 'Mars' is not a time zone; "
        "write an offset like +02:00, UTC, or a name like Europe/Berlin"),
        # What may be read of somebody is asked before everything else.
        ("person 2 (id 'b'), consent:lived_topics: the value is not a purpose; "
        "give match, report, display, several with ; or nothing, or say what each answer means in a mapping: "
        '[values."consent:…"] "Yes" = "match"'),
        "person 2 (id 'b'), role: the role is not known; give mentor, mentee, both or none",
        "person 2 (id 'b'), years: '200' is more than 80; give 0 to 80 years",
        "person 2 (id 'b'), offers: 'u:10' has a number that is not a whole number from 1 to 9; write u:1 to u:9, or u alone",
        "person 2 (id 'b'), mentor_capacity: '1.5' is not a whole number from 0 to 1\xa0000\xa0000; give one, or nothing",
        "person 3, id: the id is empty; every person needs one",
        ("person 3, years: 'ten' is a number in words; "
        'write 10, or say it in a mapping: [values.years] "ten" = "10"'),
        ("person 3, hours: '09:10-12:00' has a bound that is not a quarter hour of the day; "
        "write days and intervals on quarter hours like Mon 09:00-12:00; Tue 13:00-17:00"),
        ("person 3, time_zone: '+15:00' is not an offset of quarter hours within 14 hours; "
        "write an offset like +02:00, UTC, or a name like Europe/Berlin"),
        "person 3, mentee_capacity: '-1' is not a whole number from 0 to 1\xa0000\xa0000; give one, or nothing",
        "person 4 (id 'd'), years: 'inf' is not a number; write digits, like 7 or 7,5",
        "person 4 (id 'd'), offers: 'U' is given twice with different numbers; give each topic once",
        ("person 4 (id 'd'), wants: ':3' has no number after its last colon; write topic:number, put a topic with a colon "
        'in double quotes ("AWS: EC2"), or set levels = false in a mapping'),
        "person 4 (id 'd'), hours: '09:00-09:00' is an empty interval; write 00:00-24:00 for the whole day",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        {"name": "Secret\0", "email": ["Secret@a", "Secret@b"]},
        {"lived_topics": "Secret\0"},
        {"lived_topics": {"Secret": 1}},
        {"dimension:age": "Secret" * 20_000, "consent:age": "match"},
        {"extra:club": "Secret" * 20_000},
        {"lived_topics": "Secret" * 20_000},
    ],
)
def test_private_values_are_never_shown(row: dict[str, Any]) -> None:
    found = faults([*TWO, {"id": "c", "role": "none", **row}])
    assert len(found) == len([key for key in row if not key.startswith("consent")])
    assert not any("Secret" in fault for fault in found)
    assert all("id 'c'" in fault for fault in found)


def test_number_in_a_condition_is_not_shown() -> None:
    mapping = {
        "columns": {"id": "No"},
        "roles": {
            "mentor": [{"Born": {"at_least": 1990}}],
            "mentee": [{"Born": {"at_most": 1980}}],
        },
    }
    rows = [
        {"No": 1, "Born": "1991"},
        {"No": 2, "Born": "1970"},
        {"No": 3, "Born": "secret"},
        {"No": 4, "Born": None},
    ]
    assert faults(rows, mapping=mapping) == [
        ("person 3 (id '3'), Born: the value is not a number; "
        "a role depends on it: correct it, or list it in the mapping's `unknown`")
    ] * 2  # fmt: skip


def test_duplicate_ids_and_unknown_managers_and_circles() -> None:
    rows = [
        {"id": "a", "role": "mentor", "manager_id": "b"},
        {"id": "b", "role": "mentee", "manager_id": "a"},
        {"id": "a", "role": "mentee", "manager_id": "x9"},
        {"id": "c", "role": "mentee", "manager_id": "a"},
    ]
    assert faults(rows) == [
        (
            "manager_id: 1 person has a manager whose id nobody has: 'x9' (person 3 (id 'a')); "
            'add the managers with role none, or say unknown_managers = "outside" in a mapping; of what calls '
            'somebody in another way, say whose id it is ("" for nobody) under [values.manager_id]'
        ),
        (
            "person 1, manager_id: 2 people manage each other in a circle: 'a' → 'b' → 'a'; "
            "correct or empty one of their cells: person 1, person 2"
        ),
        (
            "person 3, id: 'a' is also the id of person 1; give every person one row and an id of their own, "
            'or say at the top of a mapping: duplicates = { keep = "last" }'
        ),
    ]


def test_managers_outside() -> None:
    people = read_people(
        [{**TWO[0], "manager_id": "x"}, {**TWO[1], "manager_id": "a"}],
        mapping={"unknown_managers": "outside"},
    )
    assert people.manager_id == (None, "a")
    assert people.notes == ("1 person has a manager outside the input: read as having none",)


@pytest.mark.parametrize(
    ("roles", "side"), [(("mentor", "none"), "mentee"), (("mentee", "mentee"), "mentor")]
)
def test_empty_side(roles: tuple[Any, Any], side: str) -> None:
    (fault,) = faults([Person(id=str(place), role=role) for place, role in enumerate(roles)])
    assert fault.startswith(
        f"role: there is no {side}; at least one person must be {side} or both; read were "
    )


def test_nobody(tmp_path: Path) -> None:
    assert faults([]) == ["the list: there is nobody in it; give one row a person"]
    assert faults(file(tmp_path, "id,role\n")) == [
        "people.csv: there is nobody in it; give one row a person"
    ]
    assert faults(file(tmp_path, "")) == [
        "people.csv: the table is empty; give a row of headers and one row a person"
    ]


def test_unknown_headers() -> None:
    found = faults([{**TWO[0], "Departement": "x", "gender": "x"}, TWO[1]])
    assert len(found) == 2
    assert (
        "'Departement' is not a column of rmatch; did you mean 'department'? prefix it with"
        in found[0]
    )
    assert "'gender' is not a column of rmatch; prefix it with" in found[1]


def test_missing_headers() -> None:
    found = faults([{"name": "x", "years": -1}])
    assert [fault.split(";")[0] for fault in found] == [
        "the list, id: the column is missing",
        "the list, role: the column is missing",
        "person 1, years: '-1' is negative",
    ]


def test_consent_without_a_dimension() -> None:
    found = faults([{**TWO[0], "dimension:gender": "x", "consent:gendr": "match"}, TWO[1]])
    assert found == [
        "the list, consent:gendr: there is no column dimension:gendr; did you mean 'gender'?"
    ]


def test_ragged_rows(tmp_path: Path) -> None:
    text = "id,role,years\na,mentor,1\nb,mentee\nc,mentee,1,2\n\nd,boss,1\ne,mentee,1,\n"
    assert [fault.split(";")[0] for fault in faults(file(tmp_path, text))] == [
        "people.csv, row 3: the row has 2 cells under 3 headers",
        "people.csv, row 4: the row has 4 cells under 3 headers",
        "people.csv, B6 (id 'd'), role: 'boss' is not a role",
    ]


def test_headers_twice_or_empty(tmp_path: Path) -> None:
    found = faults(file(tmp_path, "id,role,,role\na,mentor,x,mentor\nb,mentee,,mentee\n"))
    assert found == [
        "people.csv, C1: the column has no header; give it one",
        "people.csv, D1, role: two columns have this header; rename one of them",
    ]


def test_huge_cell(tmp_path: Path) -> None:
    found = faults(file(tmp_path, f"id,role,site\na,mentor,x\nb,boss,{'y' * 10_000_000}\n"))
    assert (
        found[0]
        == "people.csv, row 3: a cell has more than 100\xa0000 characters; shorten it; nothing after it was read"
    )
    assert csv.field_size_limit() == 131_072
    (large,) = faults(file(tmp_path, f"id,role,site\na,both,{'y' * 100_001}\n"))
    assert large.startswith("people.csv, C2 (id 'a'), site: 'yyy")
    assert large.endswith("…' has 100\xa0001 characters; give at most 5000")
    assert len(large) < 200


@pytest.mark.parametrize(
    "data",
    [
        b"id,role\n\x81\x8d,mentor\n",
        b"id,role\na\0,mentor\n",
        b"\xff\xfea",
    ],
)
def test_no_text(tmp_path: Path, data: bytes) -> None:
    (found,) = faults(file(tmp_path, data))
    assert found.startswith("people.csv: the file is no")
    assert "save it as 'CSV UTF-8'" in found


def test_broken_quotes(tmp_path: Path) -> None:
    found = faults(file(tmp_path, 'id,role\na,"mentor\nb,mentee\n'))
    assert found[0].startswith("people.csv, row 2: the quotes are broken (")


def test_no_such_source(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert faults(tmp_path / "folder.csv") == ["folder.csv: this is a directory; give a file in it"]
    assert faults(tmp_path)[0].startswith(f"{tmp_path.name}: this is a directory")
    assert "there is no such file" in faults(tmp_path / "none.csv")[0]
    assert (
        "is not a kind of file that is read; did you mean '.xlsx'?"
        in faults(tmp_path / "people.xslx")[0]
    )
    assert faults(7) == [
        "int: this cannot be read; give a path, a buffer, a dataframe, a dict of columns, or a list of people"
    ]
    assert "it is not clear what to read" in faults()[0]
    assert "it is not clear what to read" in faults(mentors=TWO)[0]
    assert "it is not clear what to read" in faults(TWO, mentors=TWO, mentees=TWO)[0]
    assert faults([1, "x", *TWO])[:2] == [
        "person 1: this is not a record; give a mapping of fields to values",
        "person 2: this is not a record; give a mapping of fields to values",
    ]


def test_both_files_are_reported(tmp_path: Path) -> None:
    found = faults(mentors=tmp_path / "a.csv", mentees=tmp_path / "b.csv")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "the file is not JSON: "),
        ("3", "the file holds no list of people"),
        ('{"staff": []}', "the file holds no list of people"),
        ('{"people": [], "more": 1}', "there are other keys beside 'people'"),
        ("[" * 100_000, "too deep"),
        (
            '[{"id": "a", "id": "b", "role": "both"}]',
            "people.json, id: an object has this key twice",
        ),
    ],
)
def test_bad_json(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in faults(file(tmp_path, text, "people.json"))[0]


def test_bad_workbook(tmp_path: Path) -> None:
    assert (
        "the file is not an Excel workbook" in faults(file(tmp_path, "id,role", "people.xlsx"))[0]
    )
