"""The case of a real programme, as far as two of its exports become one table."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from rmatch import match, read_people, read_programme
from rmatch.errors import InvalidInputError
from rmatch.io.join.several import read_tables
from rmatch.io.mapping.translation import Translation, translations

CASE = Path(__file__).parents[2].parent / "shared" / "data" / "cases" / "a-real-programme"
SOURCES = [CASE / "hris_export.csv", CASE / "survey_responses.csv"]
MAPPING: dict[str, Any] = {
    "unknown": [""],
    "join": {"key": {"Work E-Mail": "Email Address"}},
    "duplicates": {"keep": "newest", "by": "Timestamp"},
    "columns": {"id": "Employee ID"},
}

pytestmark = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")


def translation(**keys: Any) -> Translation:
    return translations(MAPPING | keys, ())[0]


def test_the_joined_rows_are_those_joined_by_hand() -> None:
    table = read_tables(SOURCES, translation())
    with (CASE / "joined_by_hand.csv").open(encoding="cp1252", newline="") as file:
        by_hand = list(csv.DictReader(file, delimiter=";"))
    assert not table.faults
    assert len(table) == len(by_hand) == 520
    common = [header for header in table.columns if header in by_hand[0]]
    assert len(common) == 15 + 25 - 1  # all of both, but for the address in the survey
    for header in common:
        read = [str(cell or "") for cell in table.columns[header]]
        assert read == [row[header] for row in by_hand], header


def test_what_was_joined_is_said_without_names() -> None:
    notes = read_tables(SOURCES, translation()).notes
    said = "\n".join(notes)
    assert "3 rows are left out as further answers of the same people" in said
    assert "joined by Work E-Mail = Email Address: 412 people in both" in said
    assert "only in hris_export.csv: 108 people, kept: 1000" in said
    assert "only in survey_responses.csv: 3 people, left out: survey_responses.csv, row " in said
    assert "nordhafen" not in said


def test_without_a_rule_the_double_submissions_are_faults() -> None:
    document = {key: value for key, value in MAPPING.items() if key != "duplicates"}
    table = read_tables(SOURCES, translations(document, ())[0])
    assert len(table.faults) == 3
    assert all('by = "Timestamp"' in fault.remedy for fault in table.faults)
    assert not any("@" in str(fault) for fault in table.faults)


def test_without_a_key_the_right_one_is_named() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_tables(SOURCES, Translation())
    assert 'key = { "Work E-Mail" = "Email Address" }' in caught.value.faults[0].remedy


ITEMS = {
    "Agile methods": "Agile, Scrum and Kanban",
    "Cloud basics": "Cloud basics (AWS, Azure)",
    "Data and dashboards": "Data, dashboards and Power BI",
    "Generative AI": "Generative AI (ChatGPT, Copilot)",
    "Gen Z expectations": "What Gen Z expects of an employer",
    "Low-code tools": "Low-code tools (Power Apps, Airtable)",
    "Social media": "Social media (TikTok, Instagram, Reels)",
    "Sustainability": "Sustainability, climate and ESG",
}
SKILLS = {
    "Agile methods": "Agile methods",
    "Cloud": "Cloud basics",
    "Dashboards / Power BI": "Data and dashboards",
    "Generative AI": "Generative AI",
    "Inclusive language": "Inclusive language",
    "Low-code": "Low-code tools",
    "TikTok and short video": "Social media",
    "ESG": "Sustainability",
    "Accessibility": "Digital accessibility",
}


def test_nothing_is_computed_outside() -> None:
    """Both exports as they are give the people that spreadsheet formulas made, and the same pairs."""
    by_hand = tomllib.loads((CASE / "mapping_by_hand.toml").read_text(encoding="utf-8"))
    columns = {name: header for name, header in by_hand["columns"].items() if name != "wants"}
    meant = {written: item for item, written in ITEMS.items()}
    mapping = by_hand | {
        "join": MAPPING["join"],
        "duplicates": MAPPING["duplicates"],
        "dates": {"on": "2026-03-01"},
        "columns": columns
        | {
            "years": "Hire Date",
            "offers": "Which topics could you teach a colleague? (tick all that apply)",
        },
        "separators": by_hand["separators"] | {"offers": ","},
        "options": {"offers": "learn"},
        "option_columns": {
            "offers": {f"How confident are you in: {name}": item for name, item in SKILLS.items()}
        },
        "scales": {"offers": {"1": "", "2": ""}},
        "ranks": {
            "wants": [
                f"Please rank what you would like to learn [{rank} choice]"
                for rank in ("1st", "2nd", "3rd")
            ]
        },
        "values": by_hand["values"] | {"offers": meant, "wants": meant},
    }
    people = read_people(SOURCES, mapping=mapping)
    expected = read_people(CASE / "joined_by_hand.csv", mapping=by_hand)
    assert people == expected
    programme = read_programme(CASE / "programme.toml")
    matching, known = match(people, programme), match(expected, programme)
    pairs = [(pair.mentor, pair.mentee) for pair in matching.pairs]
    assert len(pairs) == 112
    assert pairs == [(pair.mentor, pair.mentee) for pair in known.pairs]
