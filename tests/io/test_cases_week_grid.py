"""Week grids: one column a slot. The case from the field, and further ones of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rmatch
from rmatch.criteria import Logistics
from rmatch.rules import OverlappingHours

CASE = Path(__file__).parents[2].parent / "shared" / "data" / "cases" / "week-grid"


def minutes(people: rmatch.People, mentor: str, mentee: str) -> str:
    """Return what an explanation says of two people's time."""
    programme = rmatch.Programme(criteria=(Logistics(1),), rules=())
    told = rmatch.match(people, programme).explain(mentor, mentee)
    return next(line.sentence for line in told.lines if line.subject == "hours")


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_the_case() -> None:
    mapping = {
        "columns": {"id": "Code"},
        "hours_grid": "found",
        "mentors": {"columns": {"offers": "Can teach"}},
        "mentees": {"columns": {"wants": "Wants"}},
        "ignore": [],
    }
    people = rmatch.read_people(
        mentors=CASE / "mentors.csv", mentees=CASE / "mentees.csv", mapping=mapping
    )
    assert {person.id: person.hours for person in people} == {
        "M1": "Mon 09:00-11:00",
        "M2": "Tue 09:00-11:00",
        "M3": "Mon 14:00-16:00; Tue 14:00-16:00",
        "L1": "Mon 09:00-11:00",
        "L2": "Tue 09:00-11:00; Tue 14:00-16:00",
    }
    assert minutes(people, "M1", "L1") == "both can meet 120 minutes a week, on every day of 2026"
    assert minutes(people, "M1", "L2") == "no time in which both can meet on every day of 2026"
    assert minutes(people, "M3", "L2").startswith("both can meet 120 minutes")
    programme = rmatch.Programme(rules=(OverlappingHours(minutes=120),))
    pairs = rmatch.match(people, programme).pairs
    assert {(pair.mentor, pair.mentee) for pair in pairs} in (
        {("M1", "L1"), ("M2", "L2")},
        {("M1", "L1"), ("M3", "L2")},
    )


def test_a_form_that_repeats_the_question_in_german() -> None:
    """The days are in German, as all headers together tell, and a cell repeats what was ticked."""
    question = "Wann passt es dir? [{}]"
    ticks = {"Mo 9-11 Uhr": "Mo 9-11 Uhr", "Di 9-11 Uhr": "", "Do 14:30-16 Uhr": "Do 14:30-16 Uhr"}
    row = {question.format(slot): cell for slot, cell in ticks.items()}
    form = [
        {"Nr": 1, "Rolle": "mentor", **row},
        {"Nr": 2, "Rolle": "mentee", **dict.fromkeys(row, "nein")},
    ]
    mapping = {"columns": {"id": "Nr", "role": "Rolle"}, "hours_grid": "found"}
    people = rmatch.read_people(form, mapping=mapping)
    assert people.hours == ("Mon 09:00-11:00; Thu 14:30-16:00", None)
    silent = "the list: 1 person ticks no slot of the week: their hours are unknown"
    assert people.notes == (silent,)


def test_a_column_a_day_with_times_in_the_cells() -> None:
    form = [
        {"Code": "A", "Side": "both", "lundi": "9h-11h; 14h-15h", "mardi": "", "dimanche": "non"}
    ]
    mapping = {
        "columns": {"id": "Code", "role": "Side"},
        "hours_grid": ["lundi", "mardi", "dimanche"],
    }
    people = rmatch.read_people(form, mapping=mapping)
    assert people.hours == ("Mon 09:00-11:00; Mon 14:00-15:00",)


def test_a_column_a_time_with_days_in_the_cells() -> None:
    """A form's grid of tick boxes: times are its rows, days its columns."""
    form = [
        {
            "Code": "A",
            "Side": "both",
            "Free [8:00-10:00]": "Monday, Thursday",
            "Free [17-19]": "yes",
        }
    ]
    mapping = {
        "columns": {"id": "Code", "role": "Side"},
        "hours_grid": ["Free [8:00-10:00]", "Free [17-19]"],
    }
    hours = "Mon 08:00-10:00; Thu 08:00-10:00; Mon-Fri 17:00-19:00"
    assert rmatch.read_people(form, mapping=mapping).hours == (hours,)


@pytest.mark.parametrize(
    ("grid", "cells", "problem"),
    [
        ("found", {"Slot 1": 1}, "hours_grid: no header names a day and a time"),
        (["Mon 9-11", "Wed 9-11"], {"Mon 9-11": 1}, "'Wed 9-11' is not a column of the table; did you mean 'Mon 9-11'?"),
        (["Comments"], {"Comments": "x"}, "'Comments' names neither a day nor a time"),
        ("all", {"Mon 9-11": 1}, "is neither found nor a list of headers"),
        ("found", {"Mon 9-11": "if need be"}, "'if need be' is neither yes nor no"),
        (["Monday"], {"Monday": "x"}, "'x' says no time of day"),
        ("found", {"Di 9-11": 1}, "'Di 9-11' names different days in different languages"),
    ],
)  # fmt: skip
def test_wrong_grids(grid: Any, cells: dict[str, Any], problem: str) -> None:
    form = [{"Code": "A", "Side": "both", **cells}]
    mapping = {"columns": {"id": "Code", "role": "Side"}, "hours_grid": grid}
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_people(form, mapping=mapping)
    assert problem in str(caught.value)


def test_the_cure_of_another_word_works() -> None:
    form = [{"Code": "A", "Side": "both", "Mon 9-11": "if need be"}]
    mapping: dict[str, Any] = {
        "columns": {"id": "Code", "role": "Side"},
        "hours_grid": "found",
        "values": {"hours": {"if need be": "yes"}},
    }
    assert rmatch.read_people(form, mapping=mapping).hours == ("Mon 09:00-11:00",)


def test_a_grid_and_a_column_are_one_too_many() -> None:
    form = [{"Code": "A", "Side": "both", "Mon 9-11": 1, "Free": "9-11"}]
    mapping = {"columns": {"id": "Code", "role": "Side", "hours": "Free"}, "hours_grid": "found"}
    with pytest.raises(rmatch.InvalidInputError, match="from a column and from a week grid"):
        rmatch.read_people(form, mapping=mapping)


def test_one_side_has_a_grid_and_the_other_a_column() -> None:
    mentors = [{"Code": "M", "Mo 9-11 Uhr": 1, "Di 14-16 Uhr": "x"}]
    mentees = [{"Code": "E", "Frei": "Dienstags 15-17 Uhr"}]
    mapping: dict[str, Any] = {"columns": {"id": "Code"}}
    mapping["mentors"] = {"hours_grid": "found"}
    mapping["mentees"] = {"columns": {"hours": "Frei"}}
    people = rmatch.read_people(mentors=mentors, mentees=mentees, mapping=mapping)
    assert people.hours == ("Mon 09:00-11:00; Tue 14:00-16:00", "Tue 15:00-17:00")
    assert minutes(people, "M", "E").startswith("both can meet 60 minutes a week")
