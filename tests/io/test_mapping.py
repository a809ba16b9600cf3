"""Mappings: foreign exports are read as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people
from rmatch.people import Person

if TYPE_CHECKING:
    from pathlib import Path

STAFF = [
    {"No": "7", "first": "Ada", "last": "X", "Exp": "3", "Job": "Analyst", "Skills": "Py|ML", "More": "py", "Age": "NA", "role": "?"},
    {"No": "2", "first": "Grace", "last": "-", "Exp": "24,5", "Job": "Senior VP, Data", "Skills": "-", "More": "", "Age": "55+", "role": "?"},
    {"No": "3", "first": "Bo", "last": "Y", "Exp": "-", "Job": "-", "Skills": "", "More": "AI: basics", "Age": "-", "role": "?"},
]  # fmt: skip
MAPPING: dict[str, Any] = {
    "ignore": ["role"],
    "unknown": ["-"],
    "levels": False,
    "extra": ["Job"],
    "columns": {
        "id": "No",
        "name": ["first", "last"],
        "years": "Exp",
        "offers": ["Skills", "More"],
        "dimension:age": "Age",
    },
    "separators": {"offers": "|", "dimension:age": ""},
    "values": {"offers": {"Py": "Python", "PY": "Python"}, "dimension:age": {"55+": "55 or older"}},
    "roles": {
        "mentor": [{"Exp": {"at_most": 7}}],
        "mentee": [
            {"Exp": {"at_least": 15}, "Job": {"not_equals": ["Clerk", "Temp"]}},
            {"Job": {"contains": "chief"}},
        ],
    },
    "consent": {"all": "match; report", "reason": "a survey"},
}


def faults(mapping: Any, source: Any = STAFF, **options: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_people(None if options else source, mapping=mapping, **options)
    return [str(fault) for fault in caught.value.faults]


def test_a_mapping_says_everything() -> None:
    people = read_people(STAFF, mapping=MAPPING)
    consent = {"age": ("match", "report")}
    assert list(people) == [
        Person(id="7", role="mentor", name="Ada X", years=3.0, offers={"ML": None, "Python": None}, dimensions={"age": ("NA",)}, consent=consent, extra={"Job": "Analyst"}),
        Person(id="2", role="mentee", name="Grace -", years=24.5, dimensions={"age": ("55 or older",)}, consent=consent, extra={"Job": "Senior VP, Data"}),
        Person(id="3", role="none", name="Bo Y", offers={"AI: basics": None}, consent=consent),
    ]  # fmt: skip
    assert people.notes == ("consent is given by mapping: a survey",)


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(MAPPING))
    (tmp_path / "m.toml").write_text(
        """
        ignore = ["role"]
        unknown = ["-"]
        levels = false
        extra = ["Job"]
        [columns]
        id = "No"
        name = ["first", "last"]
        years = "Exp"
        offers = ["Skills", "More"]
        "dimension:age" = "Age"
        [separators]
        offers = "|"
        "dimension:age" = ""
        [values.offers]
        Py = "Python"
        [values."dimension:age"]
        "55+" = "55 or older"
        [[roles.mentor]]
        Exp = { at_most = 7 }
        [[roles.mentee]]
        Exp = { at_least = 15 }
        Job = { not_equals = ["Clerk", "Temp"] }
        [[roles.mentee]]
        Job = { contains = "chief" }
        [consent]
        all = "match; report"
        reason = "a survey"
        """
    )
    expected = read_people(STAFF, mapping=MAPPING)
    assert read_people(STAFF, mapping=tmp_path / "m.json") == expected
    assert read_people(STAFF, mapping=str(tmp_path / "m.toml")) == expected


def test_every_wrong_key_is_listed() -> None:
    mapping = {
        "kolumns": {},
        "levels": "no",
        "unknown": "NA",
        "unknown_managers": "ok",
        "extra": [1],
        "columns": {"yeers": "Exp", "years": ["Exp", "No"], "level": 3},
        "separators": {"years": ";", "offers": 1},
        "values": {"role": "x"},
        "roles": {
            "boss": [],
            "mentor": {},
            "mentee": [{"Exp": {"at_leest": 3}}, {"Exp": {"at_least": "x"}}, {"Exp": 3}],
        },
        "consent": {"all": "yes"},
        "mentees": {},
        "mentors": {},
    }
    found = faults(mapping)
    starts = [
        "mapping, mentors: this part is for two tables",
        "mapping, mentees: this part is for two tables",
        "mapping, kolumns: is not a key of a mapping; did you mean 'columns'?",
        "mapping, levels: 'no' is not a choice",
        "mapping, unknown: is not a list of texts",
        "mapping, unknown_managers: 'ok' is not a choice",
        "mapping, extra: is not a list of texts",
        "mapping, columns.yeers: is not a column of rmatch; did you mean 'years'?",
        "mapping, columns.years: takes one source column",
        "mapping, columns.level: is not a source column",
        "mapping, separators.years: the field is no list",
        "mapping, separators.offers: 1 is not a text",
        "mapping, values.role: is not a table of values",
        "mapping, roles.boss: is not a role that can be derived",
        "mapping, roles.mentor: is not a list of conditions",
        "mapping, roles.mentee.Exp.at_leest: is not an operator; did you mean 'at_least'?",
        "mapping, roles.mentee.Exp.at_least: does not compare with a number",
        "mapping, roles.mentee.Exp: is not a condition",
        "mapping, consent.reason: is missing",
        "mapping, consent.all: 'yes' is not a purpose",
    ]
    assert len(found) == len(starts)
    assert all(fault.startswith(start) for fault, start in zip(found, starts, strict=True)), found


@pytest.mark.parametrize(
    ("wrong", "close"),
    [
        ({"table": {"sheeet": "Staff"}}, "table.sheeet 'sheet'"),
        ({"join": {"key": "No", "keeep": "left"}}, "join.keeep 'keep'"),
        ({"duplicates": {"keep": "last", "bye": "No"}}, "duplicates.bye 'by'"),
        ({"dates": {"onn": "2026-03-01"}}, "dates.onn 'on'"),
        ({"managers": {"buy": "name"}}, "managers.buy 'by'"),
        ({"wishes": {"mentees": ["More"]}}, "wishes.mentees 'mentee'"),
        ({"options": {"offers": {"resst": "keep"}}}, "options.offers.resst 'rest'"),
    ],
)
def test_what_a_part_of_a_mapping_does_not_know_is_a_fault(wrong: Any, close: str) -> None:
    place, meant = close.split()
    [found] = [fault for fault in faults(wrong) if fault.startswith(f"mapping, {place}: ")]
    assert meant in found


def test_columns_that_the_source_does_not_have() -> None:
    mapping = {
        "ignore": ["roel", "role"],
        "columns": {"id": "No", "years": "Expp", "offers": ["Skills", "Moar"]},
        "roles": {
            "mentor": [{"Jobs": {"equals": "Analyst"}}],
            "mentee": [{"Exp": {"at_least": 1}}],
        },
        "consent": {"gender": "match", "reason": "x"},
        "unknown": ["-"],
    }
    assert faults(mapping) == [
        "mapping, columns.years: 'Expp' is not a column of the list; did you mean 'Exp'?",
        "mapping, columns.offers: 'Moar' is not a column of the list; did you mean 'More'?",
        "mapping, ignore: 'roel' is not a column of the list; did you mean 'role'?",
        "mapping, roles.mentor: 'Jobs' is not a column of the list; did you mean 'Job'?",
        "mapping, consent.gender: there is no dimension 'gender'; known are 'all', 'lived_topics'",
    ]


def test_roles_come_from_one_place() -> None:
    conditions = {"mentor": [{"Exp": {"at_most": 7}}], "mentee": [{"Exp": {"at_least": 8}}]}
    mapping = {"unknown": ["-"], "columns": {"id": "No"}, "roles": conditions}
    assert faults(mapping)[0].startswith(
        "mapping, roles: roles come from a column and from conditions; drop one of them"
    )
    tested = {**mapping, "roles": {**conditions, "mentor": [{"role": {"contains": "?"}}]}}
    assert [each.role for each in read_people(STAFF, mapping=tested)] == [
        "mentor",
        "both",
        "mentor",
    ]


def test_unknown_meets_only_negative_conditions() -> None:
    def role(test: dict[str, Any]) -> str:
        mapping = {"roles": {"mentor": [{"x": test}], "mentee": [{"id": {"equals": "b"}}]}}
        return (
            read_people(
                [{"id": "a", "x": "NA"}, {"id": "b", "x": "1"}, {"id": "c", "x": 1}],
                mapping=mapping,
            )
            .person(0)
            .role
        )

    for test in ({"at_least": 0}, {"at_most": 9}, {"equals": "1"}, {"contains": "1"}):
        assert role(test) == "none"
    for test in ({"not_equals": "na"}, {"not_contains": "n"}):
        assert role(test) == "mentor"


def test_a_column_of_consent_wins() -> None:
    rows = [
        {
            "id": "a",
            "role": "both",
            "dimension:age": "x",
            "consent:age": "",
            "dimension:sex": "y",
            "lived_topics": "z",
        },
        {
            "id": "b",
            "role": "none",
            "dimension:age": "x",
            "consent:age": "report",
            "dimension:sex": "y",
            "lived_topics": "z",
        },
    ]
    consent = {"all": "match", "lived_topics": "display", "reason": "x"}
    people = read_people(rows, mapping={"consent": consent})
    assert people.person(0).consent == {"sex": ("match",), "lived_topics": ("display",)}
    assert people.person(1).consent == {
        "age": ("report",),
        "sex": ("match",),
        "lived_topics": ("display",),
    }
    assert [each.dimensions for each in people] == [{"sex": ("y",)}, {"age": ("x",), "sex": ("y",)}]


def test_left_out_columns_are_noted() -> None:
    rows = [{"id": "a", "role": "both", "Departement": "x", "level": "L1"}]
    people = read_people(
        rows,
        mapping={
            "columns": {"dimension:grade": "level"},
            "consent": {"all": "match", "reason": "x"},
        },
    )
    assert people.level == (None,)
    assert people.person(0).dimensions == {"grade": ("L1",)}
    assert people.notes[0] == "the list: 1 column is not in the mapping and left out: Departement"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("m.toml", "id = ", "the mapping is not TOML"),
        ("m.json", "{", "the mapping is not JSON"),
        ("m.json", "[]", "the mapping is no object"),
    ],
)
def test_unreadable_mappings(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (tmp_path / name).write_text(text)
    assert problem in faults(tmp_path / name)[0]
    assert "the mapping cannot be read" in faults(tmp_path / "none.toml")[0]
    assert "an int is no mapping" in faults(3)[0]
    assert "need no mapping" in faults({}, read_people([Person(id="a", role="both")]))[0]


MENTORS = [
    {
        "id": "a",
        "years": 3,
        "offers": "u",
        "languages": "en; de",
        "dimension:age": "1",
        "consent:age": "match",
        "site": "",
    },
    {
        "id": "b",
        "years": 5,
        "offers": "v",
        "languages": "en",
        "dimension:age": "2",
        "consent:age": "match",
        "site": "here",
    },
]
MENTEES = [
    {
        "id": "b",
        "years": 5.0,
        "wants": "u:2",
        "languages": ["EN"],
        "mentee_capacity": 2,
        "site": "here",
    },
    {
        "id": "c",
        "years": 20,
        "wants": "v",
        "languages": "",
        "mentee_capacity": None,
        "site": "there",
    },
]


def test_two_tables() -> None:
    people = read_people(mentors=MENTORS, mentees=MENTEES)
    assert [(each.id, each.role) for each in people] == [
        ("a", "mentor"),
        ("b", "both"),
        ("c", "mentee"),
    ]
    assert people.person(1) == Person(
        id="b", role="both", years=5.0, offers={"v": None}, wants={"u": 2}, languages=("en",), site="here",
        dimensions={"age": ("2",)}, consent={"age": ("match",)}, mentee_capacity=2,
    )  # fmt: skip
    assert people.person(2).dimensions == {}


def test_the_two_rows_of_one_person_must_agree() -> None:
    other = {
        "id": "b",
        "years": 6,
        "languages": "fr",
        "site": "",
        "dimension:age": "3",
        "consent:age": "report",
        "name": "B",
    }
    with pytest.raises(InvalidInputError) as caught:
        read_people(mentors=MENTORS, mentees=[other])
    assert [str(fault) for fault in caught.value.faults] == [
        f"mentors person 2 (id 'b'), {field}: differs from mentees person 1; let both rows say the same"
        for field in ("years", "languages", "consent:age", "dimension:age")
    ]


def test_a_role_column_must_fit_its_table() -> None:
    mentors = [{"id": "a", "role": "both"}, {"id": "b", "role": "Mentor"}]
    assert [each.role for each in read_people(mentors=mentors, mentees=[{"id": "c"}])] == [
        "both",
        "mentor",
        "mentee",
    ]
    with pytest.raises(InvalidInputError) as caught:
        read_people(
            mentors=mentors, mentees=[{"id": "c", "role": "mentor"}, {"id": "d", "role": "none"}]
        )
    assert [str(fault) for fault in caught.value.faults] == [
        f"mentees person {place} (id {name!r}), role: {role!r} stands in the table of mentees; "
        "give mentee or both, or ignore the column"
        for place, name, role in [(1, "c", "mentor"), (2, "d", "none")]
    ]


def test_parts_for_one_table() -> None:
    mapping = {
        "columns": {"id": "Mail"},
        "extra": ["Club"],
        "mentors": {"columns": {"offers": "Can"}, "extra": ["Badge"]},
        "mentees": {"columns": {"wants": "Wish"}, "values": {"wants": {"AI": "ML"}}},
    }
    people = read_people(
        mentors=[{"Mail": "a", "Club": "x", "Can": "ML", "Badge": "1"}],
        mentees=[{"Mail": "b", "Club": "y", "Wish": "AI"}],
        mapping=mapping,
    )
    assert list(people) == [
        Person(id="a", role="mentor", offers={"ML": None}, extra={"Badge": "1", "Club": "x"}),
        Person(id="b", role="mentee", wants={"ML": 1}, extra={"Club": "y"}),
    ]
    with pytest.raises(InvalidInputError, match="this part holds something else than its tables"):
        read_people(mentors=MENTORS, mentees=MENTEES, mapping={"mentors": {"roles": {}}})


def test_two_tables_need_no_conditions() -> None:
    mapping = {"roles": {"mentor": [{"years": {"at_most": 3}}]}}
    assert faults(mapping, mentors=MENTORS, mentees=MENTEES) == [
        "mapping, roles: two tables give the roles themselves; leave it out"
    ]


@pytest.mark.parametrize("given", [list, lambda records: json.dumps(records).encode()])
@pytest.mark.parametrize("path", ["has", "profile.has"])
def test_topics_with_levels_in_records_stand_under_any_name(given: Any, path: str) -> None:
    def record(number: str, part: str, topics: dict[str, Any]) -> dict[str, Any]:
        inner = {"profile": {"has": topics}} if "." in path else {"has": topics}
        return {"No": number, "Part": part, "wants": {"law": 2}, **inner}

    records = [record("1", "mentor", {"AWS: EC2": 4, "ai": None}), record("2", "mentee", {})]
    columns = {"id": "No", "role": "Part", "offers": path}
    people = read_people(given(records), mapping={"columns": columns})
    assert people.person(0).offers == {"AWS: EC2": 4, "ai": None}
    assert people.person(1).offers == {}
    assert people.person(1).wants == {"law": 2}
    columns["site"] = path
    del columns["offers"]
    with pytest.raises(InvalidInputError, match=f"'{path}' is not a column of .*{path}\\."):
        read_people(given(records), mapping={"columns": columns})
