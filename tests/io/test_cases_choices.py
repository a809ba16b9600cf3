"""Cases from the field: flags of roles, a level beside a list, and a survey whose options hold commas."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from rmatch.io import read_people

CASES = Path(__file__).parents[3] / "shared" / "data" / "cases"
here = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")


@here
def test_a_week_grid_with_the_level_of_the_list() -> None:
    mapping = {
        "columns": {"id": "Code"},
        "mentors": {
            "columns": {"offers": "Can teach"},
            "levels_by": {"offers": "Comfortable alone (1-5)"},
        },
        "mentees": {"columns": {"wants": "Wants"}},
    }
    folder = CASES / "week-grid"
    people = read_people(
        mentors=folder / "mentors.csv", mentees=folder / "mentees.csv", mapping=mapping
    )
    assert [person.offers for person in people][:3] == [{"python": 5}, {"python": 1}, {"video": 2}]


def test_levels_in_words_beside_a_list() -> None:
    staff = [
        {"id": "a", "role": "mentor", "Themen": "SQL; BI", "Wie sicher?": "4 von 5"},
        {"id": "b", "role": "mentor", "Themen": "SQL", "Wie sicher?": "gar nicht"},
        {"id": "c", "role": "mentee", "Themen": "", "Wie sicher?": "Keine Angabe"},
    ]
    mapping = {
        "columns": {"offers": "Themen"},
        "levels_by": {"offers": "Wie sicher?"},
        "scales": {"offers": {"gar nicht": ""}},
    }
    people = read_people(staff, mapping=mapping)
    assert [person.offers for person in people] == [{"SQL": 4, "BI": 4}, {}, {}]


@here
def test_flags_make_roles() -> None:
    folder = CASES / "choice-columns"
    people = read_people(folder / "signups.csv", mapping=folder / "m.toml")
    assert [person.role for person in people] == ["mentor", "both", "both", "mentee", "mentee"]
    assert [person.mentor_capacity for person in people] == [3, 1, 1, 0, None]


CONFIDENT = "How confident are you in: "
TEACH = "Which topics could you teach a colleague? (tick all that apply)"
RANK = "Please rank what you would like to learn [{} choice]"
AS_TAUGHT = {
    "TikTok and short video": "Social media",
    "Generative AI": "Generative AI",
    "Dashboards / Power BI": "Data and dashboards",
    "Inclusive language": "Inclusive language",
    "Agile methods": "Agile methods",
    "Cloud": "Cloud basics",
    "ESG": "Sustainability",
    "Accessibility": "Digital accessibility",
    "Low-code": "Low-code tools",
}
SURVEY: dict[str, Any] = {
    "columns": {"id": "row", "offers": TEACH},
    "separators": {"offers": ","},
    "options": {"offers": "learn"},
    "option_columns": {"offers": {CONFIDENT + skill: topic for skill, topic in AS_TAUGHT.items()}},
    "scales": {"offers": {"1": "", "2": ""}},
    "ranks": {"wants": [RANK.format(nth) for nth in ("1st", "2nd", "3rd")]},
    "topics": {
        "Social media (TikTok, Instagram, Reels)": "Social media",
        "Generative AI (ChatGPT, Copilot)": "Generative AI",
        "Data, dashboards and Power BI": "Data and dashboards",
        "Agile, Scrum and Kanban": "Agile methods",
        "Cloud basics (AWS, Azure)": "Cloud basics",
        "Sustainability, climate and ESG": "Sustainability",
        "Low-code tools (Power Apps, Airtable)": "Low-code tools",
        "What Gen Z expects of an employer": "Gen Z expectations",
    },
    "roles": {
        "mentor": [{"How would you like to take part?": {"contains": "mentor"}}],
        "mentee": [{"How would you like to take part?": {"contains": "mentee"}}],
    },
}


def by_hand(cell: str, least: int | None) -> dict[str, int | None]:
    items = [item.strip().partition(":") for item in cell.split(";") if item.strip()]
    return {topic: int(number) if number else least for topic, _, number in items}


@here
@pytest.mark.parametrize("options", ["learn", "known"])
def test_a_real_survey_gives_what_formulas_gave(options: str) -> None:
    folder = CASES / "a-real-programme"
    with (folder / "survey_responses.csv").open(newline="", encoding="utf-8") as file:
        rows = [{"row": number, **row} for number, row in enumerate(csv.DictReader(file))]
    with (folder / "joined_by_hand.csv").open(newline="", encoding="cp1252") as file:
        joined = {row["Work E-Mail"].casefold(): row for row in csv.DictReader(file, delimiter=";")}
    plain = {topic: topic for topic in ("Cyber security basics", "Inclusive language", "Digital accessibility", "Networking inside the company",
             "Strategy and finance basics", "Negotiation", "Leading teams", "Career planning", "Stakeholder management", "Public speaking")}  # fmt: skip
    known = "learn" if options == "learn" else [*SURVEY["topics"], *plain]
    # Without the addresses, by which three people are found to have answered twice.
    answers = [{key: cell for key, cell in row.items() if key != "Email Address"} for row in rows]
    people = read_people(answers, mapping=SURVEY | {"options": {"offers": known}})
    seen = 0
    for person, row in zip(people, rows, strict=True):
        hand = joined.get(str(row["Email Address"]).casefold().strip(), {})
        if hand.get("Timestamp") == row["Timestamp"]:
            assert person.offers == by_hand(hand["Teaches"], None)
            assert person.wants == by_hand(hand["Wants"], 1)
            seen += 1
    assert seen > 400


def test_a_survey_in_other_words() -> None:
    staff = [
        {"id": "a", "role": "mentor", "Kann ich": "Präsentieren (vor Ort, online)|Excel", "SQL": "sehr gut", "Wunsch 1": "", "Wunsch 2": ""},
        {"id": "b", "role": "mentor", "Kann ich": "Excel", "SQL": "-", "Wunsch 1": "", "Wunsch 2": ""},
        {"id": "c", "role": "mentee", "Kann ich": "", "SQL": "gut", "Wunsch 1": "Excel", "Wunsch 2": "Präsentieren (vor Ort, online)"},
    ]  # fmt: skip
    mapping = {
        "columns": {"offers": "Kann ich"},
        "separators": {"offers": "|"},
        "option_columns": {"offers": {"SQL": "SQL"}},
        "scales": {"offers": {"sehr gut": 5, "gut": 3, "-": ""}},
        "ranks": {"wants": ["Wunsch 1", "Wunsch 2"]},
    }
    people = read_people(staff, mapping=mapping)
    assert people.person(0).offers == {
        "Excel": None,
        "Präsentieren (vor Ort, online)": None,
        "SQL": 5,
    }
    assert people.person(1).offers == {"Excel": None}
    assert people.person(2).wants == {"Excel": 2, "Präsentieren (vor Ort, online)": 1}
