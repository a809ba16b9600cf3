"""The shape of a programme's file: a dataclass of its own, in which criteria and rules are tables named by their kind.

Pydantic checks it, at the boundary and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, fields, make_dataclass
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from rmatch.io.for_some import described
from rmatch.io.installed import BUILT_IN, STRICT, shape_of
from rmatch.objectives import NAMED, Objective
from rmatch.programme import COUNTS, Programme
from rmatch.quotas import AnyQuota

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import TypeAdapter

PARTS = ("criteria", "rules")


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
    for name, (least, most) in COUNTS.items():
        found["properties"][name] |= {"minimum": least, "maximum": most}
    described(found, PARTS)
    found["properties"]["dates"]["maxItems"] = 2
    found["properties"]["crossed"]["items"]["minItems"] = 2
    found["properties"]["objective"] = _named_or(found["properties"]["objective"])
    found["properties"] = {"$schema": {"type": "string"}, **found["properties"]}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$id": "urn:rmatch:schema:programme:1", **found}


def adapter_with(own: Mapping[str, Mapping[str, type]]) -> TypeAdapter[Any]:
    """Return what reads a file that may name the criteria and rules of other packages, by part and kind."""
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

    hints = {name: _in_tuples(hint) for name, hint in get_type_hints(Programme).items()}
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


def _in_tuples(hint: Any) -> Any:
    """Return the type of what a programme keeps: it takes any sequence, and keeps a tuple."""
    if get_origin(hint) is not Sequence:
        return hint
    (item,) = get_args(hint)
    return GenericAlias(tuple, (_in_tuples(item), ...))


def _tables(name: str, kinds: Mapping[str, type]) -> Any:
    columns = [(kind, item | None, None) for kind, item in kinds.items()]
    namespace = {"__pydantic_config__": STRICT, "__doc__": f"The {name.lower()} by their kind."}
    return make_dataclass(name, columns, namespace=namespace) | None


def _default(column: Any) -> Any:
    return field(default=None if column.name in {"criteria", "rules"} else column.default)


def _named_or(table: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an objective that may also be given by its name."""
    return {
        "anyOf": [{"enum": list(NAMED), "type": "string"}, {"oneOf": table["oneOf"]}],
        "default": "total",
    }
