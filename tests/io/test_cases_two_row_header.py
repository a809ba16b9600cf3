"""Cases from the field: one column an option, with a tick, the option's own words, or the word of a scale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people, read_table

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "two-row-header"
here = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")

LIKERT = {
    "option_columns": {"offers": {"Python": "Python", "Short video": "Short video"}},
    "scales": {"offers": {"Very Confident": 5, "Confident": 4, "Somewhat": 2, "Not Confident": ""}},
}


@here
def test_a_scale_a_skill() -> None:
    people = read_people(CASE / "likert.csv", mapping=LIKERT)
    assert [person.offers for person in people] == [
        {"Python": 5},
        {"Python": 2, "Short video": 4},
        {},
    ]
    assert people.person(2).wants == {"Python": 1, "Short video": 1}


@here
def test_the_word_of_the_scale_is_never_a_topic() -> None:
    with pytest.raises(InvalidInputError, match="no name, but an answer: 'Very Confident'"):
        read_people(CASE / "likert.csv", mapping={"columns": {"offers": ["Python", "Short video"]}})


@here
def test_ticks_that_repeat_the_option() -> None:
    teach, learn = "Which topics can you teach? - ", "Which topics would you like to learn? - "
    other = "Other (please specify)"
    mapping = {
        "columns": {"id": "Respondent ID", "email": "Email Address", "years": "How many years have you worked?"},
        "option_columns": {
            "offers": {f"{teach}Python": "Python", f"{teach}Short video": "Short video", teach + other: {"text": "keep"}},
            "wants": {f"{learn}Python": "Python", f"{learn}Short video": "Short video", learn + other: {"text": "drop"}},
        },
        "roles": {
            "mentor": [{"Are you a junior or a leader?": {"equals": "Junior"}}],
            "mentee": [{"Are you a junior or a leader?": {"equals": "Leader"}}],
        },
    }  # fmt: skip
    people = read_people(CASE / "surveymonkey.csv", mapping=mapping)
    assert [person.offers or person.wants for person in people] == [
        {"Python": None},
        {"Short video": None, "podcasts": None},
        {"Short video": 1},
        {"Python": 1},
    ]
    assert (
        f"surveymonkey.csv, {teach}{other}: 1 cell with free text, kept as an item: 'podcasts' (1)"
        in people.notes
    )


def test_a_matrix_of_ticks_in_french() -> None:
    staff: list[dict[str, Any]] = [
        {"id": "a", "role": "mentor", "Compétences [Excel]": "Oui", "Compétences [Prise de parole]": "Non", "Langues [Français]": "X"},
        {"id": "b", "role": "mentee", "Compétences [Excel]": "", "Compétences [Prise de parole]": "", "Langues [Français]": ""},
    ]  # fmt: skip
    mapping = {
        "option_columns": {
            "offers": {
                "Compétences [Excel]": "Excel",
                "Compétences [Prise de parole]": "Prise de parole",
            },
            "languages": {"Langues [Français]": "fr"},
        }
    }
    people = read_people(staff, mapping=mapping)
    assert people.person(0).offers == {"Excel": None}
    assert people.person(0).languages == ("fr",)
    assert people.person(1).languages == ()


def test_a_matrix_of_agreement_with_refusals() -> None:
    questions = {"I could explain: budgets": "budgets", "I could explain: hiring": "hiring"}
    staff = [
        {"id": "a", "role": "mentor", **dict(zip(questions, ["Strongly agree", "Prefer not to answer"], strict=True))},
        {"id": "b", "role": "mentor", **dict(zip(questions, ["disagree", "4 out of 5"], strict=True))},
        {"id": "c", "role": "mentee", **dict.fromkeys(questions)},
    ]  # fmt: skip
    scale = {"strongly agree": 5, "Disagree": ""}
    mapping = {"option_columns": {"offers": questions}, "scales": {"offers": scale}}
    people = read_people(staff, mapping=mapping)
    assert [person.offers for person in people] == [{"budgets": 5}, {"hiring": 4}, {}]
    with pytest.raises(InvalidInputError, match="'disagree'") as caught:
        read_people(staff, mapping=mapping | {"scales": {"offers": {"strongly agree": 5}}})
    assert len(caught.value.faults) == 1


def test_groups_that_are_named_above_each_of_their_columns() -> None:
    table = read_table(
        ",,,Can teach,Can teach,Wants,Wants\nid,role,years,Python,Video,Python,Video\n"
        "E1,mentor,2,x,,,\nE2,mentee,20,,,x,x\n"
    )
    assert not table.faults
    joined = ["Can teach - Python", "Can teach - Video", "Wants - Python", "Wants - Video"]
    assert list(table.columns) == ["id", "role", "years", *joined]
