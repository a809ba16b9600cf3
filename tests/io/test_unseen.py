"""Characters that nobody sees change nothing: cells and headers are read as they look, and how many is said."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch import InvalidInputError
from rmatch.io import read_people
from rmatch.utils.spelling import visible

if TYPE_CHECKING:
    from pathlib import Path

UNSEEN = {
    "byte order mark": "\ufeff",
    "space without width": "\u200b",
    "word joiner": "\u2060",
    "joiner": "\u200d",
    "soft hyphen": "\xad",
    "left-to-right mark": "\u200e",
    "override": "\u202e",
    "isolate": "\u2068",
    "bell": "\x07",
    "escape": "\x1b",
    "control of the second kind": "\x9b",
    "choice of shape": "\ufe0f",
    "tag": "\U000e0041",
}
HEADER = "id,role,level,offers,manager_id\n"


@pytest.mark.parametrize("mark", UNSEEN.values(), ids=UNSEEN)
def test_a_character_that_nobody_sees_changes_nothing_and_is_told(mark: str) -> None:
    rows = f"1{mark},mentor,Le{mark}ad,Pyt{mark}hon,2\n2,mentee,{mark},,{mark}\n"
    people = read_people(io.StringIO(HEADER + rows))
    mentor, mentee = people.person(0), people.person(1)
    assert (mentor.id, mentor.level, mentor.offers) == ("1", "Lead", {"Python": None})
    assert (mentee.level, mentee.manager_id) == (None, None)
    (note,) = people.notes
    assert note == (
        "the buffer: 5 cells are read without what nobody sees in them: A2, C2, C3, D2, E3"
    )


@pytest.mark.parametrize("mark", UNSEEN.values(), ids=UNSEEN)
def test_a_header_is_found_by_what_it_looks_like(mark: str) -> None:
    text = HEADER.replace("level", f"le{mark}vel") + "1,mentor,Lead,,\n2,mentee,,,\n"
    people = read_people(io.StringIO(text))
    assert people.person(0).level == "Lead"
    assert people.notes == ("the buffer: headers read without what nobody sees in them: C1",)


@pytest.mark.parametrize(
    "blank", ["\xa0", "\u202f", "\u2003", "\u3000", "\u2800", "\u3164", "\u2028"]
)
def test_blanks_of_all_kinds_are_one(blank: str) -> None:
    rows = [
        {"id": "1", "role": "mentor", "level": f"Senior{blank}Analyst", "years": f"5{blank}years"},
        {"id": "2", "role": "mentee", "level": blank},
    ]
    people = read_people(rows)
    assert (people.person(0).level, people.person(0).years) == ("Senior Analyst", 5.0)
    assert people.person(1).level is None
    assert "3 cells are read without what nobody sees" in people.notes[0]


def test_letters_with_their_accents_apart_are_the_same_letters() -> None:
    rows = [
        {"id": "Zoe\u0301", "role": "mentor", "site": "Zu\u0308rich"},
        {"id": "2", "role": "mentee", "manager_id": "Zo\xe9", "site": "Z\xfcrich"},
    ]
    people = read_people(rows)
    assert {person.site for person in people} == {"Z\xfcrich"}
    assert people.person(1).manager_id == people.person(0).id


def test_ids_that_differ_in_nothing_else_are_one_id() -> None:
    rows = [{"id": "E1", "role": "mentor"}, {"id": "E1\u200b", "role": "mentee"}]
    with pytest.raises(InvalidInputError, match="'E1' is also the id of person 1"):
        read_people(rows)


@pytest.mark.parametrize(
    "text", ["\u0646\u0645\u06cc\u200c\u062e\u0648\u0627", "क्\u200dष", "👩\u200d💻"]
)
def test_joiners_that_shape_letters_and_pictures_stay(text: str) -> None:
    people = read_people(
        [{"id": "1", "role": "mentor", "site": text}, {"id": "2", "role": "mentee"}]
    )
    assert (people.person(0).site, people.notes) == (text, ())


@given(
    st.text(
        st.sampled_from("ae\u0301\u200b\u200c\u200d\xa0\u2003\u0646\u1e00 \n\x0b\x1b")
        | st.characters()
    )
)
def test_what_is_read_as_it_looks_stays_so(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("kind", ["json", "dict", "frame", "list"])
def test_every_source_is_read_as_it_looks(tmp_path: Path, kind: str) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "role": "mentor", "le\u200bvel": "Le\xadad", "languages": ["e\u200bn"]},
        {"id": "2", "role": "mentee", "le\u200bvel": "", "languages": []},
    ]
    path = tmp_path / "people.json"
    path.write_text(json.dumps(rows))
    columns = {header: [row[header] for row in rows] for header in rows[0]}
    frame = pytest.importorskip("polars").DataFrame(columns)
    sources = {"json": path, "dict": columns, "frame": frame, "list": rows}
    people = read_people(sources[kind])
    assert (people.person(0).level, people.person(0).languages) == ("Lead", ("en",))
    assert any(
        "3 cells are read without" in note and "header level" in note for note in people.notes
    )


def test_two_headers_that_look_the_same_are_refused() -> None:
    rows = [{"id": "1", "role": "mentor", "level": "a", "level\u200b": "b"}]
    with pytest.raises(InvalidInputError, match="two columns have this header"):
        read_people(rows)


def test_a_mapping_is_read_as_it_looks() -> None:
    text = "id,role,Job\xa0grade\n1,mentor,Le\u200bad\n2,mentee,\n"
    for grade in ("Job\xa0grade", "Job grade"):
        mapping = {"columns": {"level": grade}, "values": {"level": {"Le\u200bad": "L"}}}
        assert read_people(io.StringIO(text), mapping=mapping).person(0).level == "L"


def test_an_answer_without_consent_is_not_told() -> None:
    rows = [{"id": "1", "role": "both", "dimension:age": "25\u200b"}, {"id": "2", "role": "both"}]
    assert not any("nobody sees" in note for note in read_people(rows).notes)


def test_signs_as_html_writes_them_are_the_signs_and_told() -> None:
    rows = [
        {"id": "1", "role": "mentor", "offers": "R&amp;D;Caf&eacute;s", "department": "S&#38;OP"},
        {"id": "2", "role": "mentee", "department": "Q&A;P&L;"},
    ]
    people = read_people(rows)
    assert people.person(0).offers == {"Cafés": None, "R&D": None}
    assert [person.department for person in people] == ["S&OP", "Q&A;P&L;"]
    assert people.notes == (
        "the list: 2 cells hold signs as HTML writes them, read as the signs: person 1, person 1",
    )


def test_a_tick_drawn_as_a_picture_is_a_tick() -> None:
    rows = [
        {"id": "1", "role": "mentor", "Law": "\u2714\ufe0f", "AI": "\u2716\ufe0f"},
        {"id": "2", "role": "mentee"},
    ]
    people = read_people(rows, mapping={"option_columns": {"offers": {"Law": "Law", "AI": "AI"}}})
    assert people.person(0).offers == {"Law": None}
