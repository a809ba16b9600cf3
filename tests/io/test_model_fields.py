"""Persons and programmes as fields of pydantic's models: what FastAPI reads, writes and describes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import strategies
from hypothesis import given
from jsonschema import Draft202012Validator
from profiles import examples
from pydantic import BaseModel, TypeAdapter, ValidationError

import rmatch


class Order(BaseModel):
    person: rmatch.Person
    programme: rmatch.Programme = rmatch.Programme()


ADA = {"id": "E7", "role": "mentor", "years": 3, "offers": {"python": 4}}


def errors_of(**given: Any) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate_json(json.dumps({"person": ADA} | given))
    return [(error["loc"], error["msg"]) for error in caught.value.errors()]


@examples(25)
@given(strategies.people(), strategies.programmes(own=False))
def test_what_is_written_is_read_back(people: rmatch.People, programme: rmatch.Programme) -> None:
    checker = Draft202012Validator(Order.model_json_schema())
    order = Order(person=people.person(0), programme=replace(programme, rules=()))
    text = order.model_dump_json()
    again = Order.model_validate_json(text)
    assert again.programme == order.programme
    assert alone(again.person) == alone(order.person)
    checker.validate(json.loads(text))


def alone(person: rmatch.Person) -> rmatch.Person:
    """Return a person as it is read among others, whoever the manager is."""
    others = [rmatch.Person(id="none", role="none"), rmatch.Person(id="both", role="both")]
    return rmatch.read_people([replace(person, manager_id=None), *others]).person(0)


def test_every_fault_of_a_person_is_an_error_of_its_own() -> None:
    assert errors_of(person=ADA | {"years": -3, "hours": "banana"}) == [
        (("person", "years"), "'-3' is negative; give 0 to 80 years"),
        (
            ("person", "hours"),
            "'banana' is not an interval of hours; write days and intervals on quarter hours like Mon 09:00-12:00; Tue 13:00-17:00",
        ),
    ]


def test_what_only_others_can_tell_is_no_fault_of_a_person() -> None:
    order = Order.model_validate({"person": ADA | {"manager_id": "somebody else"}})
    assert order.person.manager_id == "somebody else"
    assert order.person.role == "mentor"


def test_types_that_are_wrong_are_errors_of_pydantic() -> None:
    places = {place for place, _ in errors_of(person={"id": 7, "role": "chief"})}
    assert places == {("person", "id"), ("person", "role")}


def test_a_wrong_type_hides_no_other_fault() -> None:
    wrong = {"role": "chief", "years": -3, "hours": "banana", "mentor_capacity": -1, "ofers": {}}
    offers = {"python": "expert", "ai": 12, "law": 3}
    places = {place for place, _ in errors_of(person=ADA | wrong | {"offers": offers})}
    expected = {(name,) for name in wrong} | {("offers", "python"), ("offers",)}
    assert places == {("person", *place) for place in expected}
    nameless = {"role": "mentor", "years": -3, "languages": ["de", 7, "x" * 9_000]}
    places = {place for place, _ in errors_of(person=nameless)}
    assert places == {
        ("person", *place) for place in [("id",), ("years",), ("languages", 1), ("languages",)]
    }


def test_topics_without_numbers_may_be_a_list() -> None:
    given = {"person": ADA | {"offers": ["python", "ai"], "wants": ["law"]}}
    Draft202012Validator(Order.model_json_schema()).validate(given)
    for order in (Order.model_validate(given), Order.model_validate_json(json.dumps(given))):
        read = rmatch.read_people([given["person"], {"id": "E8", "role": "mentee"}]).person(0)
        assert order.person.offers == read.offers == {"python": None, "ai": None}
        assert order.person.wants == read.wants == {"law": 1}
    written = Order.model_json_schema(mode="serialization")["properties"]["person"]
    assert written["properties"]["wants"]["type"] == "object"


def test_no_error_of_a_person_holds_what_was_given() -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate({"person": ADA | {"name": {"Canary": 1}, "email": 7, "years": -3}})
    assert "Canary" not in str(caught.value)
    assert {error["input"] for error in caught.value.errors()} == {None}


def test_every_fault_of_a_programme_is_an_error_of_its_own() -> None:
    wrong = {"mentor_capacty": 2, "criteria": {"expertise": {"weight": -1}}}
    places = {place for place, _ in errors_of(programme=wrong)}
    assert places == {
        ("programme",),
        ("programme", "criteria", "expertise", "weight"),
    }


def test_a_key_that_no_person_has_is_an_error_of_its_own() -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate({"person": ADA | {"ofers": {"python": 3}}})
    assert [error["loc"] for error in caught.value.errors()] == [("person", "ofers")]


def test_a_text_is_no_programme_and_no_file_is_read_for_it(tmp_path: Any) -> None:
    file = tmp_path / "programme.json"
    file.write_text("{}")
    ((place, message),) = errors_of(programme=str(file))
    assert place == ("programme",)
    assert message == "it is not a table; give an object with the keys of a programme"


def test_an_error_holds_no_value_of_a_person() -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate(
            {"person": ADA | {"dimensions": {"gender": ("Canary",) * 99}, "years": 99}}
        )
    assert "Canary" not in str(caught.value.errors()[0])


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_stands_alone(mode: Any) -> None:
    schema = Order.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate({"person": ADA, "programme": {"mentor_capacity": 2}})
    assert schema["properties"]["programme"]["properties"]["mentor_capacity"]["minimum"] == 0


def test_many_at_once() -> None:
    people = TypeAdapter(list[rmatch.Person]).validate_python([ADA, ADA | {"id": "E8"}])
    assert [person.id for person in people] == ["E7", "E8"]
