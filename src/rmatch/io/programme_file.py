"""Programmes in TOML and JSON: read, written, described by a schema.

The file's shape is a dataclass of its own, in which criteria and rules are tables named by their kind; pydantic checks
it, here at the boundary and nowhere else.
"""

from __future__ import annotations

from dataclasses import asdict, field, fields, make_dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import numpy as np

from rmatch.criteria import BUILT_IN as CRITERIA
from rmatch.errors import Fault, InvalidInputError
from rmatch.io.documents import read_document, validated, write_document
from rmatch.objectives import NAMED, TOTAL, Objective
from rmatch.programme import COUNTS, MOST_LEVELS, Programme
from rmatch.quotas import AnyQuota
from rmatch.rules import BUILT_IN as RULES
from rmatch.utils.validation import instance, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import TypeAdapter

STRICT = {"extra": "forbid"}
READER = "give a Programme: rmatch.read_programme reads a file"


def read_programme(source: str | Path | Mapping[str, Any]) -> Programme:
    """Read a programme from a TOML or JSON file, or from the same structure as a mapping.

    Parameters
    ----------
    source : str, Path or mapping
        The file, or what it would hold.

    Returns
    -------
    Programme
        The programme. A file that has a table ``criteria`` (or ``rules``) names all of them; without it the default
        ones hold.

    Raises
    ------
    InvalidInputError
        With every wrong key, named with the nearest right one, and every wrong value.

    Examples
    --------
    >>> programme = read_programme({"criteria": {"expertise": {"weight": 1}}, "mentor_capacity": 2})
    >>> [criterion.kind for criterion in programme.criteria]
    ['expertise']
    """
    document = read_document(source, "programme")
    if not isinstance(document, dict):
        raise InvalidInputError(
            [Fault("programme", str(source), "is not a table", "put the keys at the top")]
        )
    document.pop("$schema", None)
    if isinstance(document.get("objective"), str):
        document["objective"] = {"kind": document["objective"]}
    shape = validated(_adapter(), document, "programme")
    values = {column.name: getattr(shape, column.name) for column in fields(shape)}
    for part in ("criteria", "rules"):
        table = values.pop(part)
        if table is not None:
            values[part] = tuple(getattr(table, kind) for kind in document[part])
    return Programme(**values)


def programme_document(programme: Programme) -> dict[str, Any]:
    """Return a programme as plain data, as it stands in a file.

    Parameters
    ----------
    programme : Programme
        What the organiser chose.

    Returns
    -------
    dict
        What :func:`rmatch.read_programme` reads back without loss.

    Raises
    ------
    InvalidInputError
        If the programme has criteria or rules of the user's own: functions cannot be written.

    Examples
    --------
    >>> from rmatch import Programme
    >>> from rmatch.criteria import Growth
    >>> programme_document(Programme(criteria=(Growth(1),), rules=()))
    {'criteria': {'growth': {'weight': 1}}, 'rules': {}}
    """
    refuse(instance("programme", "", programme, Programme, READER))
    own = [item.name for item in (*programme.criteria, *programme.rules) if item.kind == "custom"]  # type: ignore[attr-defined]  # only these have names
    if own:
        remedy = "write a programme without them, and add them in Python after reading"
        raise InvalidInputError(
            [
                Fault("programme", repr(name), "is a function: no file holds it", remedy)
                for name in own
            ]
        )
    plain = {
        column.name: _plain(getattr(programme, column.name))
        for column in fields(programme)
        if column.name not in {"criteria", "rules", "objective", "quotas"}
        and getattr(programme, column.name) != column.default
    }
    if programme.objective != TOTAL:
        plain["objective"] = _objective(programme.objective)
    if programme.quotas:
        plain["quotas"] = [_plain(asdict(quota)) for quota in programme.quotas]
    for part in ("criteria", "rules"):
        plain[part] = {item.kind: _plain(asdict(item)) for item in getattr(programme, part)}
    return plain


def write_programme(programme: Programme, path: str | Path) -> None:
    """Write a programme to a TOML or JSON file, as the name's ending says.

    Parameters
    ----------
    programme : Programme
        What the organiser chose.
    path : str or Path
        The file to write.

    Raises
    ------
    InvalidInputError
        If the programme has criteria or rules of the user's own, or the ending is neither.
    """
    write_document(programme_document(programme), path, "programme")


def programme_schema() -> dict[str, Any]:
    """Return the JSON Schema of a programme's file.

    Returns
    -------
    dict
        A schema of the draft 2020-12; the same as ``rmatch/schema/programme.json`` in the package.

    Examples
    --------
    >>> programme_schema()["title"]
    'Programme'
    """
    found = _adapter().json_schema()
    for node in (found, *found["$defs"].values()):
        node["description"] = node.get("description", "").split("\n")[0]
        if "weight" in node.get("properties", {}):
            node["properties"]["weight"]["minimum"] = 0
        if "alpha" in node.get("properties", {}):
            node["properties"]["alpha"]["minimum"] = 0
        if "kind" in node.get("properties", {}):
            node["required"] = [*node.get("required", []), "kind"]
    for name, least in COUNTS.items():
        found["properties"][name] |= {"minimum": least} | (
            {"maximum": MOST_LEVELS} if name == "topic_levels" else {}
        )
    found["properties"]["objective"] = _named_or(found["properties"]["objective"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import Discriminator, TypeAdapter

    hints = get_type_hints(Programme) | {
        "criteria": _tables("Criteria", CRITERIA),
        "rules": _tables("Rules", RULES),
    }
    hints["objective"] = Annotated[Objective, Discriminator("kind")]
    hints["quotas"] = tuple[Annotated[AnyQuota, Discriminator("kind")], ...]
    columns = [(column.name, hints[column.name], _default(column)) for column in fields(Programme)]
    shape = make_dataclass(
        "Programme",
        columns,
        namespace={"__pydantic_config__": STRICT, "__doc__": Programme.__doc__},
    )
    return TypeAdapter(shape)


def _tables(name: str, kinds: Mapping[str, type]) -> Any:
    columns = [(kind, item | None, None) for kind, item in kinds.items()]
    namespace = {"__pydantic_config__": STRICT, "__doc__": f"The {name.lower()} by their kind."}
    return make_dataclass(name, columns, namespace=namespace) | None


def _default(column: Any) -> Any:
    return field(default=None if column.name in {"criteria", "rules"} else column.default)


def _objective(objective: Objective) -> str | dict[str, Any]:
    """Return the name alone of an objective that needs no values."""
    return objective.kind if NAMED.get(objective.kind) == objective else _plain(asdict(objective))


def _named_or(table: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an objective that may also be given by its name."""
    return {
        "anyOf": [{"enum": list(NAMED), "type": "string"}, {"oneOf": table["oneOf"]}],
        "default": "total",
    }


def _plain(value: Any) -> Any:
    """Return what a file can hold: without nothing, which the default says anyway, and without numpy's types."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value
