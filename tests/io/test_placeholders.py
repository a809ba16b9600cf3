"""Place-holders: what stands where nobody has answered yet is unknown, counted and shown with the line that undoes it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from rmatch import InvalidInputError
from rmatch.io import read_people, write_people
from rmatch.io.cells.placeholders import holds_place
from rmatch.people import Person

PLACES = """TBD|tbc|T.B.A.|tbd?|[TBD]|*TBD*|to be confirmed|Not applicable|N/A|n.a.|nil|null|NaN|<NA>|[redacted]|<redacted>|Confidential
    |(blank)|(leer)|--None--|- None -|<none>|-- select --|- Select -|--Select a department--|PLEASE SELECT|Please select...
    |Select one|Choose one|Select an option|Select option|Select from list|Select your answer|please specify|Enter your name
    |Type here|Your answer|Choose an item.|Click or tap here to enter text.|Loading...|Loading…|...loading|<Your level>|{{level}}
    |N.N.|nicht zugeordnet|No department|Keine Abteilung|Non affecté|Niet toegewezen|${grade}|«Grade»|%LEVEL%|___|pending
    |Unbekannt|nicht zutreffend|noch offen|wird nachgereicht|Bitte wählen|Bitte auswählen|Wählen Sie ein Element aus.
    |Wählen Sie Ihre Antwort aus|Klicken oder tippen Sie hier, um Text einzugeben.
    |Inconnu|À définir|à compléter|Veuillez sélectionner|Choisissez un élément.|Sélectionnez votre réponse
    |pendiente|Pendiente.|Por definir|No aplica|Elija un elemento.|Selecciona la respuesta|Da definire|Sem dados|Onbekend|N.v.t.
    |Kies een item.|Okänd|Uppgift saknas|Ukjent|Ei tietoa|Valitse|Nie dotyczy|Brak danych|Vyberte možnost|Lütfen seçiniz
    |Ismeretlen|Necunoscut|Не применимо|Выберите значение|Άγνωστο|请选择|待定|選択してください|未定|선택하세요|해당 없음|غير معروف"""
ANSWERS = """None|keine|Select|Select committee|Select and recruit people|Choose|Choose your own adventure games|Selecting suppliers
    |Loading|Loading bay|Blank|Default|Value|Nothing|Any|All|[x]|(5)|<5|5-10|Mon 9-11|C|R|Python|Data (advanced)|Type design
    |Pick-to-light|Enter|Offen|Laden|Ladenbau|Dim sum|Kies|Tom|Bos|Empty legs|Head of Pending Claims|Confidential computing
    |Missing persons unit|Null safety|Unknown unknowns|Hidden figures|Placeholder art|ada@x.org|<ada@x.org>|"TBD"|"""


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split("|")]


def staff(**cells: Any) -> list[dict[str, Any]]:
    other = {"id": "2", "role": "mentee", **dict.fromkeys(cells)}
    return [{"id": "1", "role": "mentor", **cells}, other]


def test_forms_and_lists_hold_places() -> None:
    assert [word for word in words(PLACES) if not holds_place(word)] == []
    assert [word for word in words(PLACES) if not holds_place(word.upper())] == []


def test_an_answer_holds_no_place() -> None:
    assert [word for word in words(ANSWERS) if holds_place(word)] == []


@pytest.mark.parametrize(
    ("field", "unknown"),
    [
        ("name", None), ("email", None), ("years", None), ("level", None), ("department", None), ("site", None),
        ("hours", None), ("time_zone", None), ("languages", ()), ("meeting_modes", ()), ("offers", {}), ("wants", {}),
        ("mentor_capacity", None), ("mentee_minimum", None), ("accepted_levels", ()), ("extra:club", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["TBD", "Please select"])
def test_a_place_holder_is_unknown_in_every_field_and_told(
    field: str, unknown: Any, text: str
) -> None:
    read = read_people(staff(**{field: text}))
    person = read.person(0)
    known = person.extra.get("club") if field == "extra:club" else getattr(person, field)
    assert known == unknown
    (note,) = read.notes
    assert note.startswith(f"the list, {field}: 1 place-holder read as unknown")
    assert (text in note) == (field not in {"name", "email", "extra:club"})


def test_in_an_answer_to_a_question_it_is_no_answer() -> None:
    rows = staff(**{"dimension:age": "Please select", "consent:age": "match"})
    read = read_people(rows)
    assert read.person(0).dimensions == {}
    assert any("1 place-holder" in note and "select" not in note for note in read.notes)


@pytest.mark.parametrize("field", ["level", "department", "site"])
@pytest.mark.parametrize("text", ["None", "keine", "aucun", "nothing"])
def test_no_grade_or_team_or_site_is_called_none(field: str, text: str) -> None:
    read = read_people(staff(**{field: text}))
    assert getattr(read.person(0), field) is None
    assert f"1 place-holder read as unknown: '{text}' (1)" in read.notes[0]


def test_none_may_be_the_answer_to_a_question() -> None:
    rows = staff(**{"dimension:religion": "None", "consent:religion": "match", "extra:car": "None"})
    person = read_people(rows).person(0)
    assert (person.dimensions, person.extra) == ({"religion": ("None",)}, {"car": "None"})


@pytest.mark.parametrize(
    ("field", "text"), [("level", "None"), ("site", "Pending"), ("offers", "Null")]
)
def test_the_line_that_a_note_gives_keeps_the_answer(field: str, text: str) -> None:
    rows = staff(**{field: text})
    found = re.search(r"mapping: (\[.*?\]) (.*)", read_people(rows).notes[0])
    assert found
    mapping = tomllib.loads(f"{found[1]}\n{found[2]}") | {"columns": {"id": "id", "role": "role"}}
    mapping["columns"][field] = field
    read = read_people(rows, mapping=mapping)
    assert getattr(read.person(0), field) in (text, {text: None})
    assert read.notes == ()


@pytest.mark.parametrize("text", ["TBD", "unknown", "<your id>", "to be assigned"])
def test_it_is_no_id_unless_in_quotes(text: str) -> None:
    rows = [{"id": text, "role": "mentor"}, {"id": "2", "role": "mentee"}]
    with pytest.raises(
        InvalidInputError, match="stands where no id is known; give the id; if it is one"
    ):
        read_people(rows)
    rows[0]["id"] = f'"{text}"'
    assert read_people(rows).person(0).id == text


def test_a_role_depends_on_no_place_holder() -> None:
    mapping = {
        "columns": {"id": "No"},
        "roles": {"mentor": [{"Exp": {"at_most": 7}}], "mentee": [{"Exp": {"at_least": 9}}]},
    }
    rows = [{"No": 1, "Exp": 3}, {"No": 2, "Exp": 12}, {"No": 3, "Exp": "TBD"}]
    assert [person.role for person in read_people(rows, mapping=mapping)] == [
        "mentor",
        "mentee",
        "none",
    ]


def test_two_without_an_address_are_no_one_human() -> None:
    rows = [
        {"id": "1", "role": "mentor", "email": "n/a", "name": "To be confirmed"},
        {"id": "2", "role": "mentee", "email": "N/A", "name": "To be confirmed"},
    ]
    assert [person.email for person in read_people(rows)] == [None, None]


def test_people_may_be_called_null() -> None:
    assert read_people(staff(name="Null")).person(0).name == "Null"


@pytest.mark.parametrize("kind", ["people.csv", "people.json"])
def test_what_python_says_is_written_and_read_back(tmp_path: Any, kind: str) -> None:
    person = Person(id="TBD", role="mentor", name="Redacted", level="None", site="TBD", manager_id=None,
                    languages=("Pending",), extra={"club": "Please select"})  # fmt: skip
    people = read_people([person, Person(id="2", role="mentee", manager_id="TBD")])
    write_people(people, tmp_path / kind)
    again = read_people(tmp_path / kind)
    assert (again.person(0), again.person(1)) == (person, people.person(1))
    assert again.notes == people.notes


def test_a_mark_without_a_letter_holds_no_place() -> None:
    assert not holds_place("\u0301")
