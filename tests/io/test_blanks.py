"""Cells without a letter or a digit, which people put where they know nothing, and errors inside lists."""

from __future__ import annotations

import io

import pytest

from rmatch import InvalidInputError
from rmatch.io import read_people, write_people
from rmatch.people import Person

TEXTS = ("level", "site", "department", "manager_id", "hours", "time_zone", "years")
BARE = ("-", "–", "—", "--", "?", "???", "...", "…", ".", "/", "_", "(-)", " - ", "\N{MINUS SIGN}")


@pytest.mark.parametrize("mark", BARE)
def test_a_mark_alone_is_unknown_and_counted(mark: str) -> None:
    cells = dict.fromkeys((*TEXTS, "languages"), mark)
    rows = [
        {"id": "1", "role": "mentor", "offers": "Python", **cells},
        {"id": "2", "role": "mentee", "wants": "Python"},
    ]
    people = read_people(rows)
    person = people.person(0)
    assert [getattr(person, field) for field in TEXTS] == [None] * len(TEXTS)
    assert person.languages == ()
    (note,) = people.notes
    assert "dashes, question marks and their like count as unknown" in note
    assert all(f"1 in {field}" in note for field in cells)


def test_in_double_quotes_it_is_a_value() -> None:
    rows = [
        {"id": "1", "role": "mentor", "level": '"-"', "languages": '"?"; en; -'},
        {"id": "2", "role": "mentee"},
    ]
    person = read_people(rows).person(0)
    assert (person.level, person.languages) == ("-", ("?", "en"))


@pytest.mark.parametrize("name", ["people.csv", "people.json"])
@pytest.mark.parametrize("mark", BARE)
def test_it_is_written_and_read_back(tmp_path: object, name: str, mark: str) -> None:
    person = Person(id="1", role="mentor", level=mark.strip(), languages=(mark.strip(),))
    people = read_people([person, Person(id="2", role="mentee")])
    write_people(people, f"{tmp_path}/{name}")
    again = read_people(f"{tmp_path}/{name}")
    assert (again.person(0), again.notes) == (people.person(0), ())


@pytest.mark.parametrize("mark", ["*", "***", "+", "★★"])
def test_what_may_be_a_grade_is_kept(mark: str) -> None:
    rows = [{"id": "1", "role": "mentor", "level": mark}, {"id": "2", "role": "mentee"}]
    assert read_people(rows).person(0).level == mark


def test_in_a_capacity_it_is_a_fault() -> None:
    rows = [
        {"id": "1", "role": "mentor", "mentor_capacity": "-"},
        {"id": "2", "role": "mentee"},
    ]
    with pytest.raises(InvalidInputError, match="'-' is not a number"):
        read_people(rows)


def test_an_error_value_inside_a_list_is_no_topic() -> None:
    text = "id,role,offers,wants\n1,mentor,Python; #N/A,\n2,mentee,,#REF!; Python\n"
    people = read_people(io.StringIO(text))
    assert (people.person(0).offers, people.person(1).wants) == ({"Python": None}, {"Python": 1})
    assert (
        sum("with the error value of a spreadsheet in a list" in note for note in people.notes) == 2
    )
