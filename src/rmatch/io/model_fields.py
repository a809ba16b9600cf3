"""Persons and programmes as fields of pydantic's models: read from JSON, written, described; every fault is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
TOPICS_WITH_NUMBERS = {"offers": None, "wants": 1}
"""What the number of a topic is that stands in a list."""
LIST_OF_TEXTS = {"type": "array", "items": {"type": "string"}}


def core_schema_of(kind: type, source: Any, handler: Callable[[Any], Any]) -> Any:
    """Return how pydantic reads and writes a person, by the types of the fields, or a programme, as its file has it."""
    from pydantic_core import core_schema

    if issubclass(kind, Person):
        return core_schema.no_info_wrap_validator_function(_checked, handler(source))
    written = core_schema.plain_serializer_function_ser_schema(programme_document)
    return core_schema.no_info_plain_validator_function(_read, serialization=written)


def json_schema_of(kind: type, schema: Any, handler: Any) -> dict[str, Any]:
    """Return what the JSON of a person or of a programme looks like."""
    if issubclass(kind, Person):
        described = handler(schema)
        if handler.mode == "validation":
            fields = handler.resolve_ref_schema(described)["properties"]
            for name in TOPICS_WITH_NUMBERS:
                fields[name] = {"anyOf": [fields[name], LIST_OF_TEXTS]}
        return dict(described)
    return {**_absolute(programme_schema(), HOME), "$id": HOME}


def _checked(given: Any, typed: Callable[[Any], Any]) -> Any:
    """Return a person in whom nothing is wrong but what only others can tell, such as who the manager is."""
    from pydantic_core import ValidationError

    try:
        person = typed(_numbered(given))
    except ValidationError as error:
        wrong = [_untold(line) for line in error.errors()]
        rest = _without(given, [line["loc"] for line in wrong])
        more = _faults({"id": "E1", **rest}) if isinstance(rest, Mapping) else []
        raise _error(Person, [*wrong, *more]) from None
    if faults := _faults(person):
        raise _error(Person, faults)
    return person


def _numbered(given: Any) -> Any:
    """Return a record whose topics are mappings: in a list, none has a level, and all have one priority."""
    if not isinstance(given, Mapping):
        return given
    lists = {
        name: dict.fromkeys(given[name], number)
        for name, number in TOPICS_WITH_NUMBERS.items()
        if isinstance(given.get(name), list | tuple)
        and all(isinstance(topic, str) for topic in given[name])
    }
    return {**given, **lists}


def _faults(person: Person | Mapping[str, Any]) -> list[Any]:
    """Return what is wrong with a person as lines of pydantic's error."""
    # Without a fault that only others can tell.
    if isinstance(person, Person):
        alone: Any = replace(person, role="both", manager_id=None)
    else:
        alone = {**person, "role": "both", "manager_id": None}
    try:
        read_people([alone])
    except InvalidInputError as error:
        return list(map(_line, error.faults))
    return []


def _untold(line: Any) -> Any:
    """Return a line of pydantic's error without the input: it may be private."""
    return {"type": line["type"], "loc": line["loc"], "ctx": line.get("ctx", {}), "input": None}


def _without(given: Any, places: Sequence[Sequence[Any]]) -> Any:
    """Return a record without what stands in some places."""
    here = {place[0] for place in places if len(place) == 1}
    deeper = [place for place in places if len(place) > 1]
    inside = {
        key: [place[1:] for place in deeper if place[0] == key]
        for key in {place[0] for place in deeper} - here
    }
    if isinstance(given, Mapping):
        return {
            key: _without(value, inside.get(key, ()))
            for key, value in given.items()
            if key not in here
        }
    if isinstance(given, list | tuple):
        return [
            _without(value, inside.get(key, ()))
            for key, value in enumerate(given)
            if key not in here
        ]
    return given


def _read(given: Any) -> Any:
    if isinstance(given, Programme):
        return given
    try:
        return read_programme(_table(given))
    except InvalidInputError as error:
        raise _error(Programme, list(map(_line, error.faults))) from None


def _table(given: Any) -> Mapping[str, Any]:
    """Return what is a table; a text would name a file, which nobody may ask for from outside."""
    if isinstance(given, Mapping):
        return given
    remedy = "give an object with the keys of a programme"
    raise InvalidInputError([Fault("programme", "", "it is not a table", remedy)])


def _error(kind: type, lines: list[Any]) -> Exception:
    from pydantic_core import ValidationError

    return ValidationError.from_exception_data(kind.__name__, lines)


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
