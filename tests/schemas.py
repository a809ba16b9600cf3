"""The JSON Schemas of the documents of rmatch, made from what reads and writes them; `python tests/schemas.py` writes them anew.

Those of results come from their classes, that of a saved round from what pydantic checks, that of people from the list of columns.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import rmatch
from rmatch.checking import Findings
from rmatch.fairness import Fairness
from rmatch.io import COLUMNS, programme_schema
from rmatch.io.mapping.keys import KEYS
from rmatch.matching import Explanation
from rmatch.people import ANSWERING, REQUEST_KINDS, RESPONSE_STATUSES
from rmatch.rounds.plan.shape import plan_adapter
from rmatch.rounds.saved.shape import round_adapter
from rmatch.utils.documents import UNWRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Schema = dict[str, Any]

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
FOLDER = Path(rmatch.__file__).parent / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
TEXT: Schema = {"type": "string"}
SELF: Schema = {"type": "string", "description": "where the schema of this document is"}
SPACES = re.compile(r"\s+")


def headed(name: str, title: str, description: str, schema: Schema) -> Schema:
    """Return a schema with what tells it from all others."""
    head = {
        "$schema": DIALECT,
        "$id": f"urn:rmatch:schema:{name}:{VERSION}",
        "title": title,
        "description": description,
    }
    rest = {key: value for key, value in schema.items() if key not in head}
    if "properties" in rest:
        rest["properties"] = {"$schema": SELF, **rest["properties"]}
    return {**head, **rest}


# Results, by their classes.


def of_result(
    name: str, kind: type[Any], *, left_out: tuple[str, ...] = (), beside: tuple[str, ...] = ()
) -> Schema:
    """Return the schema of what a result says as plain data."""
    defs: Schema = {}
    schema = _object(kind, defs, left_out, beside)
    title = kind.__name__
    return headed(name, title, _first(kind), {**schema, "$defs": dict(sorted(defs.items()))})


def _object(
    kind: type[Any], defs: Schema, left_out: tuple[str, ...] = (), beside: tuple[str, ...] = ()
) -> Schema:
    hints, told = get_type_hints(kind), _attributes(kind)
    properties: Schema = {}
    for each in fields(kind):
        if each.metadata == UNWRITTEN:
            continue
        if each.name not in (*left_out, *UNTOLD.get(kind.__name__, ())):
            about = {"description": told[each.name]} if each.name in told else {}
            properties[each.name] = {**_of(hints[each.name], defs), **about}
    for each in (*getattr(kind, "_besides", ()), *BESIDE.get(kind.__name__, ()), *beside):
        found = getattr(kind, each)
        properties[each] = {
            **_of(get_type_hints(found.fget)["return"], defs),
            "description": _bare(found.__doc__ or ""),
        }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


UNTOLD = {"Understood": ("places",)}
BESIDE = {"GroupTable": ("difference", "ratio", "below_four_fifths")}
"""What some say as plain data otherwise than by their fields."""
SIMPLE: dict[Any, Schema] = {
    str: TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    # What is no number, or beyond all numbers, is null in JSON.
    float: {"type": ["number", "null"]},
    NoneType: {"type": "null"},
    Fraction: {"type": "string", "pattern": r"^-?[0-9]+(/[0-9]+)?$"},
}


def _of(hint: Any, defs: Schema) -> Schema:
    if hint in SIMPLE:
        return dict(SIMPLE[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_of(one, defs) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (tuple, list) and inner[-1] is not Ellipsis and origin is tuple:
        return {
            "type": "array",
            "prefixItems": [_of(one, defs) for one in inner],
            "minItems": len(inner),
            "maxItems": len(inner),
        }
    if origin in (tuple, list):
        return {"type": "array", "items": _of(inner[0], defs)}
    if origin is not None and issubclass(origin, dict):
        return {"type": "object", "additionalProperties": _of(inner[1], defs)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    assert is_dataclass(hint), hint
    assert isinstance(hint, type)
    if hint.__name__ not in defs:
        defs[hint.__name__] = {}
        defs[hint.__name__] = {"description": _first(hint), **_object(hint, defs)}
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _first(kind: type[Any]) -> str:
    return _bare((kind.__doc__ or "").strip().split("\n")[0])


def _bare(text: str) -> str:
    """Return a text of a docstring without roles, in one line."""
    return SPACES.sub(" ", re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)).strip()


def _attributes(kind: type[Any]) -> dict[str, str]:
    """Return what the docstrings of a class and its bases say of each attribute."""
    told: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        section = (base.__doc__ or "").partition("Attributes\n")[2]
        for names, text in re.findall(
            r"^    ([\w, ]+) : [^\n]*\n((?:        [^\n]*\n|\n(?=        ))+)",
            f"{section}\n",
            re.MULTILINE,
        ):
            told |= dict.fromkeys(names.split(", "), _bare(text))
    return told


# What is read.

ITEMS: Schema = {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": TEXT}]}
NUMBERED: Schema = {
    "anyOf": [
        *ITEMS["anyOf"],
        {"type": "object", "additionalProperties": {"type": ["integer", "null"]}},
    ]
}
NUMBER: Schema = {"type": ["number", "string", "null"]}
CELLS: dict[str, Schema] = {
    "id": {"type": ["string", "integer"]},
    "role": {"type": ["string", "null"]},
    "set": ITEMS,
    "consent": ITEMS,
    "display": ITEMS,
    "levels": NUMBERED,
    "priorities": NUMBERED,
    "years": NUMBER,
    "capacity": NUMBER,
    "minimum": NUMBER,
    "boss": {"type": ["string", "integer", "null"]},
}
GROUPS = {"dimension:": "dimensions", "consent:": "consent", "extra:": "extra"}


def people() -> Schema:
    """Return the schema of people as JSON: a list, or a table with one."""
    properties: Schema = {}
    for column in COLUMNS:
        cell = CELLS.get(column.kind, {"type": ["string", "number", "null"]})
        if "<" not in column.header and ":" not in column.header:
            properties[column.header] = {**cell, "description": f"{column.meaning} ({column.type})"}
    for prefix, group in GROUPS.items():
        column = next(each for each in COLUMNS if each.header == f"{prefix}<name>")
        cell = {"type": ["string", "number", "null"]} if group == "extra" else ITEMS
        about = f"by name: {column.meaning}"
        properties[group] = {"type": "object", "additionalProperties": cell, "description": about}
    person = {
        "type": "object",
        "description": "one person; the fields are the columns of a table of people",
        "properties": properties,
        "patternProperties": {f"^{prefix}": {} for prefix in GROUPS},
        "required": ["id"],
        "additionalProperties": False,
    }
    some = {"type": "array", "items": {"$ref": "#/$defs/Person"}}
    table = {
        "type": "object",
        "properties": {"$schema": SELF, "people": some},
        "required": ["people"],
        "additionalProperties": False,
    }
    about = (
        "Everybody of a programme, without a mapping: a list of people, or a table that holds one."
    )
    return headed("people", "People", about, {"anyOf": [some, table], "$defs": {"Person": person}})


def requests() -> Schema:
    """Return the schema of requests as JSON."""
    ids = {"type": ["string", "integer"]}
    row = {
        "type": "object",
        "description": "one request about one pair",
        "properties": {
            "mentor": {**ids, "description": "the id of the mentor"},
            "mentee": {**ids, "description": "the id of the mentee"},
            "kind": {"enum": list(REQUEST_KINDS), "description": "what is asked for"},
            "rank": {"type": ["integer", "string", "null"], "description": "of a wish, from 1"},
            "override_reason": {
                "type": ["string", "null"],
                "description": "why a lock may break a rule; kept in the result",
            },
        },
        "required": ["mentor", "mentee", "kind"],
    }
    about = "Locks, exclusions, earlier pairs and wishes: a list with one object a request."
    return headed("requests", "Requests", about, {"type": "array", "items": row})


def responses() -> Schema:
    """Return the schema of responses as JSON."""
    ids = {"type": ["string", "integer"]}
    text = {"type": ["string", "null"]}
    row = {
        "type": "object",
        "description": "what became of one pair",
        "properties": {
            "mentor": {**ids, "description": "the id of the mentor"},
            "mentee": {**ids, "description": "the id of the mentee"},
            "status": {"enum": list(RESPONSE_STATUSES), "description": "what became of the pair"},
            "date": {**text, "description": "since when, like 2026-10-29"},
            "by": {
                "type": ["string", "integer", "null"],
                "description": f"who answered: {', '.join(filter(None, ANSWERING))}, or the id of one of the two",
            },
            "reason_code": {**text, "description": "why, in a code of one's own"},
            "override_reason": {
                **text,
                "description": "why a pair that stays may break a rule; kept in the result",
            },
        },
        "required": ["mentor", "mentee", "status"],
    }
    about = "What became of the pairs of an earlier round: a list with one object a response."
    return headed("responses", "Responses", about, {"type": "array", "items": row})


KEY_TYPES: dict[str, Schema] = {
    "ignore": {"type": "array", "items": TEXT},
    "extra": {"type": "array", "items": TEXT},
    "unknown": {"type": "array", "items": TEXT},
    "unknown_managers": {"enum": ["fault", "outside"]},
    "levels": {"type": "boolean"},
    "columns": {
        "type": "object",
        "additionalProperties": {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]},
    },
    "separators": {"type": "object", "additionalProperties": TEXT},
    "levels_by": {"type": "object", "additionalProperties": TEXT},
    "roles": {
        "type": "object",
        "properties": {
            side: {"type": "array", "items": {"type": "object", "minProperties": 1}}
            for side in ("mentor", "mentee")
        },
        "additionalProperties": False,
    },
    "consent": {"type": "object", "additionalProperties": TEXT},
}
KEY_WORDS = {
    "table": "how the table is laid out",
    "tables": "how single files are laid out, by their names",
    "ignore": "source columns that are left out on purpose",
    "unknown": "cells that say that a value is not known",
    "unknown_managers": "whether a manager who is nobody in the input is a fault",
    "levels": "whether topics may carry numbers",
    "extra": "source columns that are kept for criteria and rules of one's own",
    "columns": "the source column of each field, or several that make one",
    "separators": "what stands between the items of a list, by field",
    "values": "what cells or items mean, by field",
    "options": "the options of a question with several choices, by field",
    "option_columns": "source columns that stand for one item each, by field",
    "scales": "the words of a scale and their levels, by field",
    "ranks": "the columns of the first, second, … choice, by field",
    "levels_by": "the column with the level of a whole list, by field",
    "topics": "what topics count as",
    "roles": "on which conditions somebody is a mentor or a mentee",
    "consent": "consent that may be assumed, by dimension, and the reason for it",
    "join": "how several tables about the same people are joined",
    "duplicates": "which of several rows of one person counts",
    "dates": "how days are written, and to which day years are counted",
    "managers": "what the cells of managers hold",
    "wishes": "the columns in which people name others",
    "hours_grid": "the columns of a grid of hours in a week",
}


def mapping() -> Schema:
    """Return the schema of a mapping: one table, or one for each side."""
    assert set(KEY_WORDS) == set(KEYS)
    keys = {name: {**KEY_TYPES.get(name, {}), "description": KEY_WORDS[name]} for name in KEYS}
    own = {"type": "object", "properties": keys, "additionalProperties": False}
    sides = {
        side: {"$ref": "#/$defs/Table", "description": f"how the table of the {side} is read"}
        for side in ("mentors", "mentees")
    }
    about = "How a foreign table of people is read."
    whole = {**own, "properties": {**keys, **sides}, "$defs": {"Table": own}}
    return headed("mapping", "Mapping", about, whole)


def saved_round() -> Schema:
    """Return the schema of a saved round, by what pydantic checks."""
    found = round_adapter().json_schema()
    about = found.pop("description")
    found.pop("title")
    for name, text in _told_of_a_round():
        found["properties"][name]["description"] = text
    return headed("round", "Saved round", about, found)


def saved_plan() -> Schema:
    """Return the schema of a saved plan, by what pydantic checks."""
    found = plan_adapter().json_schema()
    about = found.pop("description")
    found.pop("title")
    return headed("plan", "Saved plan", about, found)


def _told_of_a_round() -> Iterator[tuple[str, str]]:
    """Go through what the reference says of each key."""
    table = (REFERENCE / "saved-round.md").read_text("utf-8").partition("## Keys")[2]
    for keys, text in re.findall(
        r"^\| (`[^|]*`) \| ([^|]*) \|$", table.partition("\n\nA line")[0], re.MULTILINE
    ):
        for name in re.findall(r"`(\w+)`", keys):
            yield name, re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)


def programme() -> Schema:
    """Return the schema of a programme."""
    return programme_schema()


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "people": people,
    "mapping": mapping,
    "programme": programme,
    "requests": requests,
    "responses": responses,
    "round": saved_round,
    "plan": saved_plan,
    "findings": lambda: of_result("findings", Findings),
    "explanation": lambda: of_result("explanation", Explanation),
    "fairness": lambda: of_result(
        "fairness", Fairness, left_out=("points", "people", "blocking_pairs"), beside=("worst",)
    ),
}


def text_of(schema: Schema) -> str:
    """Return a schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, make in SCHEMAS.items():
        (FOLDER / f"{name}.json").write_text(text_of(make()), "utf-8")
