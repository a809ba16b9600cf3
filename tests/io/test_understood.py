"""What was understood of every column: all cells are counted, and nothing private is shown."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.people import people_of

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.people import ColumnRead

STAFF = """\
No;Full name;Mail;Exp;Unit;Skills;Age;May we;Part;Badge;Hobby
7;Ada Example;ada@example.org;3;Data;python, ai;25-34;match;mentor;x;chess
8;Bo Sample;;k. A.;Data;python;35-44;;mentor;;
9;Cy Specimen;cy@example.org;24,5;;;;match; report;mentee;y;go
"""
MAPPING: dict[str, Any] = {
    "columns": {
        "id": "No",
        "name": "Full name",
        "email": "Mail",
        "years": "Exp",
        "department": "Unit",
        "offers": "Skills",
        "dimension:age": "Age",
        "consent:age": "May we",
    },
    "extra": ["Hobby"],
    "unknown": ["k. A."],
    "ignore": ["Badge"],
    "separators": {"offers": ","},
    "roles": {
        "mentor": [{"Part": {"equals": "mentor"}}],
        "mentee": [{"Part": {"equals": "mentee"}}],
    },
}


@pytest.fixture
def people(tmp_path: Path) -> rmatch.People:
    path = tmp_path / "staff.csv"
    path.write_text(STAFF.replace("match; report", '"match; report"'), encoding="utf-8")
    return rmatch.read_people(path, mapping=MAPPING)


def columns(people: rmatch.People) -> dict[str, ColumnRead]:
    assert people.understood is not None
    return {each.column: each for each in people.understood.columns}


def test_every_cell_of_every_column_is_counted_once(people: rmatch.People) -> None:
    assert [each.cells for each in columns(people).values()] == [3] * 11


@pytest.mark.parametrize(
    ("column", "fields", "read", "unknown", "dropped", "examples"),
    [
        ("No", ("id",), 3, 0, 0, ("7", "8", "9")),
        ("Full name", ("name",), 3, 0, 0, ()),
        ("Mail", ("email",), 2, 1, 0, ()),
        ("Exp", ("years",), 2, 1, 0, ("3", "24,5")),
        ("Unit", ("department",), 2, 1, 0, ("Data",)),
        ("Skills", ("offers",), 2, 1, 0, ("python, ai", "python")),
        ("Age", ("dimension:age",), 1, 1, 1, ()),
        ("May we", ("consent:age",), 2, 1, 0, ()),
        ("Part", ("role",), 3, 0, 0, ()),
        ("Badge", (), 0, 1, 2, ()),
        ("Hobby", ("extra:Hobby",), 2, 1, 0, ()),
    ],
)
def test_what_was_understood_of_each_column(
    people: rmatch.People,
    column: str,
    fields: Any,
    read: int,
    unknown: int,
    dropped: int,
    examples: Any,
) -> None:
    own = columns(people)[column]
    assert (own.fields, own.read, own.dropped) == (fields, read, dropped)
    assert own.unknown + own.refused == unknown
    assert own.examples == examples


def test_nothing_private_is_printed(people: rmatch.People) -> None:
    text = str(people.understood)
    for secret in ("Ada", "example.org", "25-34", "chess"):
        assert secret not in text
    assert "nobody reads, ignored by the mapping: J Badge (2)" in text
    assert "D Exp" in text


def test_a_manager_given_by_name_is_no_example() -> None:
    rows = [
        {"id": "1", "role": "mentee", "manager_id": ""},
        {"id": "2", "role": "mentor", "manager_id": "1"},
        {"id": "3", "role": "mentor", "manager_id": "Ada Example"},
    ]
    people = rmatch.read_people(rows, mapping={"unknown_managers": "outside"})
    assert columns(people)["manager_id"].examples == ("1",)


def test_it_goes_with_the_people_and_makes_no_difference(people: rmatch.People) -> None:
    bare = replace(people, understood=None)
    assert bare == people
    assert replace(people, role=people.role).understood == people.understood
    assert pickle.loads(pickle.dumps(people)).understood == people.understood
    assert people.take([0]).understood is None
    assert people_of({"id": ["a"], "role": [1]}).understood is None


def test_two_tables_are_told_apart() -> None:
    mentors = [{"id": "a", "years": 1}]
    mentees = [{"id": "x", "years": 20}, {"id": "y", "years": None}]
    people = rmatch.read_people(mentors=mentors, mentees=mentees)
    assert people.understood is not None
    assert [(each.column, each.cells) for each in people.understood.columns] == [
        ("id", 1),
        ("years", 1),
        ("id", 2),
        ("years", 2),
    ]


def test_accepted_levels_and_sites_that_nobody_has_are_noted() -> None:
    rows = [
        {
            "id": "1",
            "role": "mentor",
            "level": "P1",
            "site": "York",
            "accepted_sites": "York, Leeds",
        },
        {"id": "2", "role": "mentor", "level": "P1", "site": "York", "accepted_levels": "any"},
        {"id": "3", "role": "mentee", "level": "D1", "site": "Leeds", "accepted_levels": "p1"},
    ]
    assert rmatch.read_people(rows).notes == (
        "accepted_levels: 'any' is read as every level: person 2",
        (
            "WARNING: accepted_sites: 'York, Leeds' is no site that anybody has: person 1; where others are meant, say which in a"
            ' mapping: [values.accepted_sites] "York, Leeds" = "…; …", or "" for all'
        ),
    )
