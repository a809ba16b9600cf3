"""Programmes in TOML and JSON: read, written, described by a schema.

The file's shape is a dataclass of its own, in which criteria and rules are tables named by their kind; pydantic checks
it, here at the boundary and nowhere else.
"""

from __future__ import annotations

from dataclasses import asdict, field, fields, make_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.documents import read_document, validated, write_document
from rmatch.io.for_some import KEY, described, restricted_to, taken_out
from rmatch.io.installed import BUILT_IN, GROUPS, STRICT, installed, made, shape_of
from rmatch.io.mapping.unsettled import settled
from rmatch.objectives import NAMED, TOTAL, Objective
from rmatch.people import Only, bare
from rmatch.programme import COUNTS, MOST_LEVELS, Programme
from rmatch.quotas import AnyQuota
from rmatch.utils.names import OWN
from rmatch.utils.validation import instance, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic import TypeAdapter

PARTS = ("criteria", "rules")
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
    doubts: list[Fault] = []
    document = settled(document, lambda *doubt: doubts.append(Fault("programme", *doubt)))
    refuse(doubts)
    document.pop("$schema", None)
    if isinstance(document.get("dates"), list):
        document["dates"] = [_plain(each) for each in document["dates"]]
    if isinstance(document.get("objective"), str):
        document["objective"] = {"kind": document["objective"]}
    asked = taken_out(document, PARTS)
    own = {part: _installed(part, document.get(part)) for part in PARTS}
    shape = validated(_adapter_with(own), document, "programme")
    values = {column.name: getattr(shape, column.name) for column in fields(shape)}
    faults: list[Fault] = []
    for part in PARTS:
        table = values.pop(part)
        if table is not None:
            items = {
                kind: made(part, own[part][kind], getattr(table, kind))
                if kind in own[part]
                else getattr(table, kind)
                for kind in document[part]
            }
            values[part] = tuple(
                restricted_to(item, asked[part, kind], f"{part}.{kind}", faults)
                if (part, kind) in asked
                else item
                for kind, item in items.items()
            )
    refuse(faults)
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
        If the programme has criteria or rules made of functions, or of classes that no installed package gives.

    Examples
    --------
    >>> from rmatch import Programme
    >>> from rmatch.criteria import Growth
    >>> programme_document(Programme(criteria=(Growth(1),), rules=()))
    {'criteria': {'growth': {'weight': 1}}, 'rules': {}}
    """
    refuse(instance("programme", "", programme, Programme, READER))
    refuse(fault for part in PARTS for fault in _unwritable(part, getattr(programme, part)))
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
    for part in PARTS:
        plain[part] = {item.kind: _written(item) for item in getattr(programme, part)}
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
        If the programme has criteria or rules that no file can name, or the ending is neither.
    """
    write_document(programme_document(programme), path, "programme")


def programme_schema() -> dict[str, Any]:
    """Return the JSON Schema of a programme's file.

    It describes what every reader understands, and so the built-in criteria and rules alone: with any other kind allowed
    it would let misspelt ones pass.

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
    described(found, PARTS)
    found["properties"]["dates"]["maxItems"] = 2
    found["properties"]["objective"] = _named_or(found["properties"]["objective"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _installed(part: str, table: Any) -> dict[str, type]:
    """Return what installed packages give for the kinds of a table; anything but a table is refused later."""
    return installed(part, table) if isinstance(table, dict) else {}


def _unwritable(part: str, items: Iterable[Any]) -> Iterator[Fault]:
    """Go through the criteria or rules that no file can name."""
    for item in map(bare, items):
        if item.kind == OWN:
            problem = "is a function: no file holds it"
            remedy = "write a programme without them, and add them in Python after reading"
            yield Fault("programme", repr(item.name), problem, remedy)
        elif item.kind not in BUILT_IN[part] and not _is_installed(part, item):
            problem = "is given by no installed package: no file can name it"
            remedy = f"make its class an entry point of the group {GROUPS[part]}"
            yield Fault("programme", repr(item.kind), problem, remedy)


def _is_installed(part: str, item: Any) -> bool:
    return installed(part, [item.kind]).get(item.kind) is type(item)


def _values(item: Any) -> Any:
    """Return the values of a criterion or rule, those that it is made of."""
    made_of = {column.name for column in fields(item) if column.init}
    return _plain({name: value for name, value in asdict(item).items() if name in made_of})


def _written(item: Any) -> Any:
    """Return a criterion or rule as it stands in a file, with the people that it is for."""
    values = _values(bare(item))
    return values | {KEY: item.document()} if isinstance(item, Only) else values


def _adapter_with(own: Mapping[str, Mapping[str, type]]) -> TypeAdapter[Any]:
    if not any(own.values()):
        return _adapter()
    shapes = {
        part: {kind: shape_of(part, kind, item) for kind, item in kinds.items()}
        for part, kinds in own.items()
    }
    return _made_adapter({part: BUILT_IN[part] | shapes[part] for part in PARTS})


@cache
def _adapter() -> TypeAdapter[Any]:
    return _made_adapter(BUILT_IN)


def _made_adapter(kinds: Mapping[str, Mapping[str, Any]]) -> TypeAdapter[Any]:
    from pydantic import Discriminator, TypeAdapter

    hints = get_type_hints(Programme)
    hints |= {part: _tables(part.capitalize(), kinds[part]) for part in PARTS}
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
    """Return what a file can hold: dates as texts, no numpy types, and without nothing, as the default says it anyway."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value
