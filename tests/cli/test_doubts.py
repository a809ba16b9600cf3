"""Headings that sound like a field and mean something else are asked about, and never read in silence."""

from __future__ import annotations

import csv
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from rmatch.cli.guess import draft
from rmatch.io import read_people

if TYPE_CHECKING:
    from pathlib import Path

IDS = ["A1", "A2", "A3", "A4"]
TRAPS = {
    "Desired skills": ["python", "law", "python, law", ""],
    "Skills I lack": ["python", "law", "python, law", ""],
    "When are you not available?": ["09:00-10:00", "", "", "13:00-14:00"],
    "How would you not like to meet?": ["online", "", "in person", ""],
    "How many mentees have you had before?": ["0", "3", "2", "0"],
    "How many years until your retirement?": ["30", "5", "10", "20"],
    "Start date of your current role": ["01.02.2020", "03.04.2021", "05.06.2022", "07.08.2023"],
    "Years until retirement": ["30", "5", "10", "20"],
    "Wann kannst du nicht?": ["09:00-10:00", "", "", "13:00-14:00"],
    "Previous department": ["HR", "IT", "HR", "IT"],
    "Pay grade of manager": ["M1", "M2", "M1", "M1"],
    "Gender of your manager": ["w", "m", "w", "w"],
    "Country": ["DE", "FR", "DE", "UK"],
    "Cost center": ["4100", "4200", "4100", "4100"],
}
AGREED = ["Yes", "No", "Yes", "No"]


def drafted(path: Path, columns: dict[str, list[str]]) -> dict[str, Any]:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return tomllib.loads(draft(path).mapping)


@pytest.mark.parametrize("header", TRAPS)
def test_a_heading_that_may_mean_something_else_is_not_read(header: str, tmp_path: Path) -> None:
    mapping = drafted(tmp_path / "staff.csv", {"Staff ID": IDS, header: TRAPS[header]})
    sure = {name: source for name, source in mapping["columns"].items() if name != "CHECK"}
    assert sure == {"id": "Staff ID"}


@pytest.mark.parametrize(
    "header",
    [
        "I do not agree that my gender may be used to form pairs.",
        "Ich stimme nicht zu, dass mein Gender für Paare genutzt wird.",
    ],
)
def test_who_disagrees_is_never_taken_for_agreeing(header: str, tmp_path: Path) -> None:
    columns = {"Staff ID": IDS, "Gender": ["w", "m", "w", "m"], header: AGREED}
    mapping = drafted(tmp_path / "staff.csv", columns)
    assert not any(name.startswith("consent:") for name in mapping["columns"])
    assert set(mapping.get("values", {})) <= {"CHECK"}


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Was könntest du anderen beibringen?", ["Python", "Recht", "Python", ""], "offers"),
        ("Que voudriez-vous apprendre ?", ["Python", "Droit", "Python", ""], "wants"),
        ("¿Qué idiomas habla?", ["es", "en", "es", "en"], "languages"),
        ("Eintrittsdatum", ["01.02.2020", "03.04.2021", "05.06.2022", "07.08.2023"], "years"),
        ("How many years have you worked?", ["3", "5", "10", "20"], "years"),
        ("What is your age group?", ["18-24", "25-34", "25-34", "18-24"], "dimension:age group"),
        ("Besoldungsgruppe", ["A13", "A14", "A13", "A15"], "level"),
    ],
)
def test_questions_in_other_words_are_read(
    header: str, cells: list[str], field: str, tmp_path: Path
) -> None:
    mapping = drafted(tmp_path / "staff.csv", {"Staff ID": IDS, header: cells})
    assert mapping["columns"][field] == header


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["Mentor", "Mentoré", "Mentorée", "mentor"], {"Mentoré": "mentee", "Mentorée": "mentee"}),
        (["Mentorin", "Mentee", "Mentorin", ""], {"Mentorin": "mentor"}),
        (["Mentor", "I want to be mentored", "Mentor", "Not a mentor"], {}),
    ],
)
def test_roles_in_other_words(cells: list[str], values: dict[str, str], tmp_path: Path) -> None:
    mapping = drafted(tmp_path / "staff.csv", {"Staff ID": IDS, "Role": cells})
    assert mapping["columns"]["role"] == "Role"
    assert mapping.get("values", {}).get("role", {}) == values


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Vorgesetzte/r", ["Abt, Eva", "Abt, Eva", "Cox, Ute", "Cox, Ute"]),
        ("Team lead", ["Eva Abt", "Jan Cox", "Ute Dorn", "Eva Abt"]),
        ("Schwerbehindert", ["ja", "nein", "nein", "nein"]),
        ("How old are you?", ["18-29", "30-39", "30-39", "18-29"]),
        ("Health condition", ["asthma", "asthma", "", ""]),
        ("Private phone", ["0151 1", "0151 1", "0151 2", ""]),
        ("Anything else?", ["I am on leave until May, sorry"] * 4),
    ],
)
def test_private_cells_are_never_shown(header: str, cells: list[str], tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    drafted(path, {"Staff ID": IDS, header: cells})
    line = next(line for line in draft(path).mapping.splitlines() if f'"{header}"' in line)
    assert not any(cell in line.rpartition(" filled")[2] for cell in cells if cell)


@pytest.mark.parametrize("heading", ["Start Date", "Date joined"])
def test_when_somebody_answered_is_not_when_they_were_hired(heading: str, tmp_path: Path) -> None:
    times = [f"02/13/2026 {hour}:05:00 {half}" for hour in (9, 11) for half in ("AM", "PM")]
    columns = {"Staff ID": IDS, heading: times, "How many years?": ["2", "20", "3", "30"]}
    assert drafted(tmp_path / "form.csv", columns)["columns"]["years"] == "How many years?"


@pytest.mark.parametrize("clock", [" 00:00:00", "T00:00:00Z", " 12:00:00 AM", "T22:00:00.000Z"])
def test_a_day_of_hire_may_be_written_with_midnight(clock: str, tmp_path: Path) -> None:
    days = [f"{year}-03-15{clock}" for year in (2001, 2015, 2019, 2023)]
    mapping = drafted(tmp_path / "staff.csv", {"Staff ID": IDS, "Hire date": days})
    assert mapping["columns"]["years"] == "Hire date"


SIGNED_UP_TWICE = """Timestamp,Mail,Role,Teach,Learn
2026-01-01 10:00,ada@x.example,mentor,Python,
2026-01-02 10:00,ada@x.example,mentor,Video,
2026-01-02 10:00,bo@x.example,mentee,,Video
"""


@pytest.mark.parametrize("timed", [True, False])
def test_addresses_that_repeat_are_offered_as_ids_with_a_choice(
    tmp_path: Path, timed: bool
) -> None:
    lines = SIGNED_UP_TWICE.splitlines()
    rows = lines if timed else [line.partition(",")[2] for line in lines]
    source = tmp_path / "form.csv"
    source.write_text("\n".join(rows))
    text = draft(source).mapping
    assert "1 row has the address of another one" in text
    for suggested in ('#id = "Mail"', "#duplicates = "):
        assert f"\n{suggested}" in text
        text = text.replace(f"\n{suggested}", f"\n{suggested[1:]}")
    (tmp_path / "mapping.toml").write_text(text)
    people = read_people(source, mapping=tmp_path / "mapping.toml")
    assert [list(person.offers) for person in people] == [["Video"], []]


def test_addresses_that_nobody_shares_need_no_choice(tmp_path: Path) -> None:
    source = tmp_path / "form.csv"
    source.write_text(
        SIGNED_UP_TWICE.replace(
            "10:00,ada@x.example,mentor,Video", "10:00,cy@x.example,mentor,Video"
        )
    )
    assert "duplicates" not in draft(source).mapping
