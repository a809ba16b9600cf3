"""Numbers as people and spreadsheets write them: read, or refused with a cure that works; minimums that cannot hold are told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rmatch import InvalidInputError
from rmatch.io import read_people


def staff(role: str = "mentor", **cells: Any) -> list[dict[str, Any]]:
    other = "mentee" if role == "mentor" else "mentor"
    return [{"id": "1", "role": role, **cells}, {"id": "2", "role": other}]


def mapping(**more: Any) -> dict[str, Any]:
    return {"columns": {"id": "id", "role": "role", "years": "years"}, **more}


@pytest.mark.parametrize(
    "text", ["2015", "since 2015", "seit 2015", "1995", "depuis 1998", "2015.0"]
)
def test_a_calendar_year_is_no_number_of_years(text: str) -> None:
    rows = staff(years=float(text) if text == "2015.0" else text)
    with pytest.raises(InvalidInputError, match="looks like a calendar year") as caught:
        read_people(rows)
    line = re.search(r"\[dates\] on = (\S+)", str(caught.value))
    assert line
    people = read_people(rows, mapping=mapping(dates={"on": line[1]}))
    assert (people.person(0).years or 0) > 10
    assert any("calendar year read as its middle" in note for note in people.notes)


@pytest.mark.parametrize(
    ("text", "years"),
    [("P2Y6M", 2.5), ("P18M", 1.5), ("P3Y", 3), ("P1Y2M10DT2H30M", 1.19), ("P26W", 0.5), ("½", 0.5), ("¾", 0.75), ("1½", 1.5)],
)  # fmt: skip
def test_durations_and_fractions_are_read(text: str, years: float) -> None:
    assert read_people(staff(years=text)).person(0).years == years


@pytest.mark.parametrize("text", ["P", "PT", "Python", "P2", "Y2M"])
def test_what_looks_like_a_duration_is_none(text: str) -> None:
    with pytest.raises(InvalidInputError, match="is not a number"):
        read_people(staff(years=text))


@pytest.mark.parametrize("field", ["mentor_capacity", "mentee_capacity", "mentor_minimum"])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2-Jan", "damaged by a spreadsheet: 1-2"),
        ("Feb 1", "damaged by a spreadsheet: 1-2"),
        ("2026-01-02", "damaged by a spreadsheet: 1-2"),
        ("03.02.2026", "damaged by a spreadsheet: 2-3"),
        ("2-3", "is a band"),
        ("1 or 2", "is a band"),
        ("2 bis 4", "is a band"),
        ("50 %", "is a share"),
        ("two", "is a number in words"),
        ("Fünf", "is a number in words"),
        ("two hundred", "is not a number of people"),
        ("1:30:00", "is not a number of people"),
        ("none", "is not a number of people"),
        ("unlimited", "is not a number of people"),
    ],
)
def test_no_number_of_people_has_a_cure_that_works(field: str, text: str, problem: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_people(staff(**{field: text}))
    (fault,) = caught.value.faults
    if field == "mentor_minimum" and not text[0].isdigit():
        assert "is not a minimum" in fault.problem
        return
    assert problem in fault.problem
    cure = re.search(r"write how many, like (\d+)", fault.remedy or "")
    assert cure
    assert getattr(read_people(staff(**{field: cure[1]})).person(0), field) == int(cure[1])


@pytest.mark.parametrize(
    ("text", "number"), [("two", 2), ("Fünf", 5), ("three mentees", 3), ("zwei Personen", 2)]
)
def test_a_number_in_words_has_a_cure_with_that_number(text: str, number: int) -> None:
    for field, told in (
        ("mentor_capacity", f"write how many, like {number}"),
        ("years", f'write {number}, or say it in a mapping: [values.years] "{text}" = "{number}"'),
    ):
        if field == "mentor_capacity" or " " not in text:
            with pytest.raises(InvalidInputError) as caught:
                read_people(staff(**{field: text}))
            assert [fault.remedy for fault in caught.value.faults] == [told]


@pytest.mark.parametrize(("role", "side"), [("mentor", "mentee"), ("mentee", "mentor")])
def test_a_minimum_on_the_other_side_is_told(role: str, side: str) -> None:
    (note,) = read_people(staff(role, **{f"{side}_minimum": 1})).notes
    assert note == f"{side}_minimum: 1 person is no {side}, and it changes nothing: person 1"


@pytest.mark.parametrize("places", [0, 1])
def test_a_minimum_above_the_places_is_warned_of(places: int) -> None:
    (note,) = read_people(staff(mentor_minimum=2, mentor_capacity=places)).notes
    assert note.startswith("WARNING: mentor_minimum: 1 person must get more partners than")
    assert "person 1" in note


def test_a_minimum_that_can_hold_needs_no_note() -> None:
    rows = staff(mentor_minimum=2, mentor_capacity=2, mentee_minimum=0)
    assert read_people(rows).notes == ()
    assert read_people(staff(mentor_minimum=2)).notes == ()
