"""Persons and programmes as fields of pydantic's models: read from JSON, written, described; every fault is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.programme_file import programme_document, read_programme
from rmatch.io.programme_shape import PARTS, programme_schema
from rmatch.io.read import read_people
from rmatch.people import Person
from rmatch.programme import Programme

HOME = "https://rmatch.invalid/programme.json"
"""What a programme's schema is called inside another one: references of any other form pydantic takes for its own."""


def core_schema_of(kind: type, source: Any, handler: Callable[[Any], Any]) -> Any:
    """Return how pydantic reads and writes a person, by the types of the fields, or a programme, as its file has it."""
    from pydantic_core import core_schema

    if issubclass(kind, Person):
        return core_schema.no_info_after_validator_function(_checked, handler(source))
    written = core_schema.plain_serializer_function_ser_schema(programme_document)
    return core_schema.no_info_plain_validator_function(_read, serialization=written)


def json_schema_of(kind: type, schema: Any, handler: Callable[[Any], Any]) -> dict[str, Any]:
    """Return what the JSON of a person or of a programme looks like."""
    if issubclass(kind, Person):
        return dict(handler(schema))
    return {**_absolute(programme_schema(), HOME), "$id": HOME}


def _checked(person: Person) -> Person:
    """Return a person in whom nothing is wrong but what only others can tell, such as who the manager is."""
    alone = replace(person, role="both", manager_id=None)
    _told(lambda: read_people([alone]), "Person")
    return person


def _read(given: Any) -> Any:
    if isinstance(given, Programme):
        return given
    return _told(lambda: read_programme(_table(given)), "Programme")


def _table(given: Any) -> Mapping[str, Any]:
    """Return what is a table; a text would name a file, which nobody may ask for from outside."""
    if isinstance(given, Mapping):
        return given
    remedy = "give an object with the keys of a programme"
    raise InvalidInputError([Fault("programme", "", "it is not a table", remedy)])


def _told(step: Callable[[], Any], title: str) -> Any:
    """Return what a step comes to; what it refuses is pydantic's error, one line for each fault."""
    from pydantic_core import ValidationError

    try:
        return step()
    except InvalidInputError as error:
        raise ValidationError.from_exception_data(title, list(map(_line, error.faults))) from None


def _line(fault: Fault) -> Any:
    """Return a fault as a line of pydantic's error, without the input: it may be private."""
    from pydantic_core import InitErrorDetails, PydanticCustomError

    sentence = f"{fault.problem}; {fault.remedy}" if fault.remedy else fault.problem
    kind = PydanticCustomError("rmatch", "{sentence}", {"sentence": sentence})
    # The place of a fault of a person names whom it is about, which the field of the model does already.
    place = f"{fault.where}.{fault.field}" if fault.where.startswith(PARTS) else fault.field
    steps = [int(step) if step.isdigit() else step for step in place.split(".") if step]
    return InitErrorDetails(type=kind, loc=tuple(steps), input=None)


def _absolute(node: Any, home: str) -> Any:
    """Return a schema whose references name where it is at home: those of a model's own schema are others."""
    if isinstance(node, list):
        return [_absolute(each, home) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _absolute(value, home) for key, value in node.items()}
    return found | ({"$ref": home + node["$ref"]} if "$ref" in node else {})
