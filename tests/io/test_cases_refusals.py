"""Cases from the field: forms on which people decline to answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmatch.io import read_people

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "refusals"
CONSENT = {"all": "match; report", "reason": "asked"}


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_the_case() -> None:
    people = read_people(CASE / "p.csv", mapping=CASE / "mapping.toml")
    answers = {person.id: person.dimensions for person in people}
    assert answers["e1"] == {}
    assert answers["L1"] == {}
    assert set(answers["e2"]["gender"]) == {"Woman", "Non-binary"}
    assert answers["L3"]["gender"] == ("Prefer to self-describe: genderfluid",)
    assert (
        "p.csv: refusals to answer count as unknown: 2 in Gender, 2 in Race/Ethnicity"
        in people.notes
    )
    assert people.understood is not None
    counts = {column.column: column.refused for column in people.understood.columns}
    assert counts["Gender"] == 2


def test_a_german_form() -> None:
    staff = [
        {"Nr": 1, "Rolle": "mentor", "Geschlecht": "Möchte ich nicht angeben", "Sprachen": "Deutsch, Englisch", "Zeit": "k. A."},
        {"Nr": 2, "Rolle": "mentee", "Geschlecht": "Selbstbezeichnung: agender", "Sprachen": "keine Angabe", "Zeit": "09:00-12:00"},
    ]  # fmt: skip
    mapping = {
        "columns": {
            "id": "Nr",
            "role": "Rolle",
            "dimension:gender": "Geschlecht",
            "languages": "Sprachen",
            "hours": "Zeit",
        },
        "separators": {"languages": ","},
        "consent": CONSENT,
    }
    first, second = read_people(staff, mapping=mapping)
    assert (first.dimensions, first.hours, first.languages) == ({}, None, ("Deutsch", "Englisch"))
    assert (second.dimensions, second.languages) == (
        {"gender": ("Selbstbezeichnung: agender",)},
        (),
    )


def test_a_form_in_three_languages_with_numbered_answers() -> None:
    answers = [
        "1 - Homme",
        "99 - Je préfère ne pas répondre",
        "Vil ikke oppgi",
        "Wolę nie odpowiadać / Prefer not to say",
    ]
    staff = [
        {"id": number, "role": "mentee" if number else "mentor", "sexe": answer, "equipe": answer, "places": answer if number else "2 collègues"}
        for number, answer in enumerate(answers)
    ]  # fmt: skip
    mapping = {
        "columns": {"dimension:sexe": "sexe", "department": "equipe", "mentor_capacity": "places"},
        "consent": CONSENT,
    }
    people = read_people(staff, mapping=mapping)
    assert [person.dimensions for person in people] == [{"sexe": ("1 - Homme",)}, {}, {}, {}]
    assert [person.department for person in people] == ["1 - Homme", None, None, None]
    assert [person.mentor_capacity for person in people] == [2, None, None, None]
