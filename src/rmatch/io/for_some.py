"""The key `for` of a rule or criterion in a programme's file: for which part of the people it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.people import CONDITION_COLUMNS, DIMENSION, EXTRA, NUMERIC, OPERATORS, Only
from rmatch.utils.sides import SIDES
from rmatch.utils.validation import seen

KEY = "for"
REMEDY = 'write for.mentee = { level = ["Head", "Director"] }, for.mentor, or both'


def taken_out(document: dict[str, Any], parts: tuple[str, ...]) -> dict[tuple[str, str], Any]:
    """Take the key out of every rule and criterion of a document, which itself is changed, but no table inside.

    Parameters
    ----------
    document : dict
        The programme.
    parts : tuple of str
        The tables that hold criteria and rules.

    Returns
    -------
    dict of (str, str) to object
        What the key holds, by part and kind.

    Examples
    --------
    >>> document = {"rules": {"other_site": {"for": {"mentee": {"level": "Head"}}}}}
    >>> taken_out(document, ("rules",)), document
    ({('rules', 'other_site'): {'mentee': {'level': 'Head'}}}, {'rules': {'other_site': {}}})
    """
    found = {}
    for part in parts:
        table = document.get(part)
        if not isinstance(table, Mapping):
            continue
        document[part] = dict(table)
        for kind, values in table.items():
            if isinstance(values, Mapping) and KEY in values:
                found[part, kind] = values[KEY]
                document[part][kind] = {key: own for key, own in values.items() if key != KEY}
    return found


def restricted_to(item: Any, asked: Any, where: str, faults: list[Fault]) -> Any:
    """Return a rule or criterion for the people that a file names.

    Parameters
    ----------
    item : Rule or Criterion
        What holds for them.
    asked : object
        What the key holds.
    where : str
        The part and kind, for faults.
    faults : list of Fault
        Where to note what has no meaning.

    Returns
    -------
    Only
        The same for some; the item itself where there are faults.
    """
    if not isinstance(asked, Mapping):
        faults.append(Fault("programme", f"{where}.{KEY}", f"{seen(asked)} is no table", REMEDY))
        return item
    strange = [side for side in asked if side not in SIDES]
    for side in strange:
        problem = f"{seen(side)} is no side"
        faults.append(Fault("programme", f"{where}.{KEY}", problem, nearest(side, SIDES)))
    if strange:
        return item
    try:
        return Only(item, **asked)
    except InvalidInputError as error:
        faults.extend(error.faults)
        return item


def described(schema: dict[str, Any], parts: tuple[str, ...]) -> None:
    """Add the key to every rule and criterion of a programme's schema."""
    for part in parts:
        for choice in schema["$defs"][part.capitalize()]["properties"].values():
            (name,) = [each["$ref"] for each in choice["anyOf"] if "$ref" in each]
            kind = schema["$defs"][name.rsplit("/", 1)[1]]
            kind.setdefault("properties", {})[KEY] = {"$ref": "#/$defs/For"}
    schema["$defs"] |= _definitions()


def _definitions() -> dict[str, Any]:
    side = {"anyOf": [{"$ref": "#/$defs/Conditions"}, _list_of({"$ref": "#/$defs/Conditions"})]}
    return {
        "For": {
            "description": "For which pairs it holds: conditions on the mentor, on the mentee or on both.",
            "type": "object",
            "properties": dict.fromkeys(SIDES, side),
            "additionalProperties": False,
            "minProperties": 1,
        },
        "Conditions": {
            "description": "What a person has to meet, column by column: a value, any of a list, or operators.",
            "type": "object",
            "properties": {column: _asked(column) for column in CONDITION_COLUMNS},
            "patternProperties": {f"^({DIMENSION}|{EXTRA}).+": _asked(EXTRA)},
            "additionalProperties": False,
            "minProperties": 1,
        },
    }


def _asked(column: str) -> dict[str, Any]:
    one = (
        {"type": "number", "minimum": 0, "maximum": 80}
        if column == "years"
        else {"type": ["string", "integer"]}
    )
    any_of = {"anyOf": [one, _list_of(one)]}
    operators = [
        operator
        for operator in OPERATORS
        if (operator not in NUMERIC or column in {"years", "level"})
        and not (column == "years" and operator.endswith("contains"))
    ]
    tests = {operator: one if operator in NUMERIC else any_of for operator in operators}
    table = {
        "type": "object",
        "properties": tests,
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"anyOf": [*any_of["anyOf"], table]}


def _list_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1}
