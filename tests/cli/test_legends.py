"""What init makes of legends in headings, of answers that say a role, and of partners to be had."""

from __future__ import annotations

import csv
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from rmatch import read_people
from rmatch.cli.guess import draft
from rmatch.io import legend_of, taken_as_right

if TYPE_CHECKING:
    from pathlib import Path

IDS = ["A1", "A2", "A3", "A4"]
ROLES = {
    "mentor": [{"Staff ID": {"equals": ["A1", "A2"]}}],
    "mentee": [{"Staff ID": {"equals": ["A3", "A4"]}}],
}
TOPICS = ["Python", "Law", "Python", "Law"]


def text_of(path: Path, columns: dict[str, list[str]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow({"Staff ID": IDS, **columns})
        writer.writerows(zip(IDS, *columns.values(), strict=True))
    return draft(path).mapping


def options(legend: str) -> dict[str, list[str]]:
    stem = f"How confident are you in these topics? {legend}"
    return {f"{stem} [Python]": ["1", "2", "5", ""], f"{stem} [Law]": ["5", "4", "1", "3"]}


@pytest.mark.parametrize(
    "legend",
    [
        "(1 = expert, 5 = not at all)",
        "(1 = sehr sicher, 5 = unsicher)",
        "(1 - expert, 5 - not at all)",
        "1 = expert, 5 = not at all",
        "1 means expert and 5 means not at all",
        "1 to 5, where 1 is expert",
        "1 (very sure) to 5 (not at all)",
        "1 bis 5, wobei 1 = sehr sicher",
    ],
)
def test_a_turned_scale_of_options_is_turned_round_and_asked_about(
    legend: str, tmp_path: Path
) -> None:
    text = text_of(tmp_path / "staff.csv", options(legend))
    scale = tomllib.loads(text)["scales"]["CHECK"]["offers"]
    assert scale == {"1": 5, "2": 4, "3": 3, "4": "", "5": ""}
    line = next(line for line in text.splitlines() if line.startswith("[scales"))
    said = legend[1:-1] if legend.startswith("(") else legend
    assert f'turned round, as the heading says "{said}"' in line


@pytest.mark.parametrize("legend", ["1 = none, 5 = expert", "Rate 1 to 5 where 5 is expert"])
def test_a_legend_without_brackets_keeps_a_plain_scale_as_it_is(
    legend: str, tmp_path: Path
) -> None:
    text = text_of(tmp_path / "staff.csv", options(legend))
    scale = tomllib.loads(text)["scales"]["CHECK"]["offers"]
    assert scale == {"1": "", "2": "", "3": 3, "4": 4, "5": 5}
    assert "turned" not in text


@pytest.mark.parametrize(
    "heading", ["Question 3: Python", "Top 5: topics", "Q1 = Python", "In 2026 is it"]
)
def test_a_number_in_a_heading_is_no_legend(heading: str) -> None:
    assert legend_of(heading) is None


def test_a_legend_that_nobody_can_judge_is_quoted(tmp_path: Path) -> None:
    text = text_of(tmp_path / "staff.csv", options("(1 = blue, 5 = green)"))
    scale = tomllib.loads(text)["scales"]["CHECK"]["offers"]
    assert scale == {"1": "", "2": "", "3": 3, "4": 4, "5": 5}
    assert 'the heading says "1 = blue, 5 = green": which end is the better one?' in text


@pytest.mark.parametrize("legend", ["(1-5)", "(1 = not at all, 5 = expert)", ""])
def test_other_scales_stay_as_they_are(legend: str, tmp_path: Path) -> None:
    text = text_of(tmp_path / "staff.csv", options(legend))
    scale = tomllib.loads(text)["scales"]["CHECK"]["offers"]
    assert scale == {"1": "", "2": "", "3": 3, "4": 4, "5": 5}
    assert "heading says" not in text


def test_the_level_of_a_list_is_turned_round(tmp_path: Path) -> None:
    path, how = tmp_path / "staff.csv", "Comfortable alone (1 = expert, 5 = not at all)"
    text = text_of(path, {"Skills": TOPICS, how: ["1", "2", "5", "4"]})
    mapping = tomllib.loads(text)
    assert mapping["levels_by"]["CHECK"] == {"offers": how}
    assert mapping["scales"]["CHECK"]["offers"] == {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}
    plain = tomllib.loads(
        text_of(path, {"Skills": TOPICS, "Comfortable alone (1-5)": ["1", "2", "5", "4"]})
    )
    assert "scales" not in plain


@pytest.mark.parametrize("scaled", [True, False])
def test_reading_a_turned_scale_as_it_stands_is_warned_of(scaled: bool, tmp_path: Path) -> None:
    path, how = tmp_path / "staff.csv", "Comfortable alone (1 = expert, 5 = not at all)"
    mapping: Any = taken_as_right(
        tomllib.loads(text_of(path, {"Skills": TOPICS, how: ["1", "2", "5", "4"]}))
    )
    if not scaled:
        del mapping["scales"]
    mapping["roles"] = ROLES
    people = read_people(path, mapping=mapping)
    assert people.person(0).offers == {"Python": 5 if scaled else 1}
    warned = [note for note in people.notes if "low number is the better end" in note]
    assert len(warned) == (not scaled)
    assert all(note.startswith("WARNING: ") and '"1" = 5' in note for note in warned)


def test_reading_turned_options_as_they_stand_is_warned_of(tmp_path: Path) -> None:
    path, columns = tmp_path / "staff.csv", options("(1 = expert, 5 = not at all)")
    text_of(path, columns)
    mapping = {
        "columns": {"id": "Staff ID"},
        "option_columns": {"offers": dict(zip(columns, ["Python", "Law"], strict=True))},
        "roles": ROLES,
    }
    notes = [note for note in read_people(path, mapping=mapping).notes if "WARNING" in note]
    assert len([note for note in notes if "low number is the better end" in note]) == 2


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("I would like to be a...", ["Mentor", "Mentee", "Mentor", ""]),
        ("Which side are you on?", ["mentor", "mentee", "both", "mentee"]),
        ("Auf welcher Seite?", ["Mentorin", "Mentee", "Mentor", "Mentee"]),
        ("What would you like to learn?", ["Mentor", "Mentee", "Mentor", "Mentee"]),
    ],
)
def test_answers_that_say_a_role_are_asked_about(
    header: str, cells: list[str], tmp_path: Path
) -> None:
    mapping = tomllib.loads(text_of(tmp_path / "staff.csv", {header: cells}))
    assert mapping["columns"]["CHECK"]["role"] == header
    assert "wants" not in mapping["columns"]


def test_a_column_that_says_the_role_is_offered_first(tmp_path: Path) -> None:
    text = text_of(tmp_path / "staff.csv", {"Grade": ["P1", "P2", "P1", "P3"]})
    assert 0 < text.index('role = "…"') < text.index("#[[roles.mentor]]")


@pytest.mark.parametrize(
    "header",
    ["How many partners would you take on?", "Max partners", "Wie viele Partner möchtest du?"],
)
def test_partners_of_an_unclear_side_are_asked_about(header: str, tmp_path: Path) -> None:
    text = text_of(tmp_path / "staff.csv", {header: ["1", "2", "1", "1"]})
    assert tomllib.loads(text)["columns"]["CHECK"]["mentor_capacity"] == header
    assert "mentee_capacity" in text


@pytest.mark.parametrize("verb", ["vermitteln", "teilen"])
def test_more_words_for_what_is_taught(verb: str, tmp_path: Path) -> None:
    header = f"Welches Wissen kannst du {verb}?"
    mapping = tomllib.loads(text_of(tmp_path / "staff.csv", {header: TOPICS}))
    assert mapping["columns"]["offers"] == header


def test_ranks_of_what_to_learn_are_turned_round_and_asked_about(tmp_path: Path) -> None:
    stem = "Rank what you want to learn"
    columns = {
        f"{stem} - Python": ["", "", "1", "2"],
        f"{stem} - Law": ["", "", "2", "1"],
        f"{stem} - Video": ["", "", "3", ""],
    }
    text = text_of(tmp_path / "form.csv", columns)
    assert "1 is the first choice, if these are ranks" in text
    assert tomllib.loads(text)["scales"]["CHECK"]["wants"] == {"1": 3, "2": 2, "3": 1}


def test_headings_in_capitals_without_blanks_are_words(tmp_path: Path) -> None:
    columns = {
        "FIRSTNAME": ["Ada", "Bo", "Cy", "Di"],
        "LASTNAME": ["Lee", "May", "Noor", "Ott"],
        "JOBLEVEL": ["P1", "P2", "M1", "M1"],
        "HIREDATE": ["2019-01-13", "2020-02-01", "2001-03-01", "2002-04-01"],
    }
    found = tomllib.loads(text_of(tmp_path / "sf.csv", columns))["columns"]
    assert found["name"] == ["FIRSTNAME", "LASTNAME"]
    assert (found["level"], found["years"]) == ("JOBLEVEL", "HIREDATE")


def test_years_that_rmatch_reads_are_years(tmp_path: Path) -> None:
    cells = [
        "3 year(s), 4 month(s), 12 day(s)",
        "0 year(s), 4 month(s), 1 day(s)",
        "9 year(s), 0 month(s), 2 day(s)",
        "",
    ]
    text = text_of(tmp_path / "workday.csv", {"Length of Service": cells})
    assert tomllib.loads(text)["columns"]["years"] == "Length of Service"
