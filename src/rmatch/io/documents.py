"""TOML and JSON documents: read, checked against dataclasses, written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, meant, nearest
from rmatch.utils.files import read_all, read_bytes, write_text
from rmatch.utils.nesting import DEEPEST, too_deep
from rmatch.utils.text import numeral
from rmatch.utils.validation import path_faults, refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic import TypeAdapter

FORMATS = (".toml", ".json")
LONGEST = 2_000_000
"""The most characters of a TOML file: reading more takes seconds, and nobody writes as many."""
TOO_DEEP = f"it is nested more than {DEEPEST} deep"
_BETWEEN_KEYS = re.compile(r"[=,{}\[\]\n]")
MISPLACED = "it belongs to no table: in a TOML file it stands above the first [table]"

REMEDIES = {
    "dict_type": "give a table",
    "tuple_type": "give a list",
    "string_type": "give a text",
    "int_type": "give a whole number",
    "float_type": "give a number",
    "bool_type": "give true or false",
    "date_type": "give a day, such as 2026-06-01",
    "too_long": "give no more than {max_length} values",
}


def read_document(source: Any, what: str) -> Any:
    """Return what a TOML or JSON file holds.

    Parameters
    ----------
    source : str, Path, file-like object or mapping
        The file, or what reads one; a mapping is returned as it is.
    what : str
        What the document is, for errors.

    Returns
    -------
    object
        The document: a dict, or from a JSON file perhaps a list.

    Raises
    ------
    InvalidInputError
        If there is no such file, or it is not TOML or JSON.
    """
    if isinstance(source, Mapping):
        if too_deep(source):
            raise InvalidInputError(
                [Fault(what, "", TOO_DEEP, "give tables as they are documented")]
            )
        return dict(source)
    opened: Any = source if callable(getattr(source, "read", None)) else None
    refuse([] if opened else path_faults(what, source))
    path = Path(getattr(opened, "name", what) if opened else source)
    if not opened and path.suffix.lower() not in FORMATS:
        raise _wrong(
            what, path, f"{path.suffix!r} is not a format of a {what}", "give a .toml or .json file"
        )
    try:
        return parsed(opened or path)
    except OSError as error:
        raise _wrong(
            what, path, error.strerror or "cannot be read", "give a readable file"
        ) from None
    except UnicodeDecodeError:
        raise _wrong(what, path, "is not in UTF-8", "save it as UTF-8") from None
    except ValueError as error:
        hint = "mend the file; decimals take a point, keys with blanks or umlauts take quotes"
        raise _wrong(what, path, f"cannot be understood: {error}", hint) from None


def parsed(source: Path | IO[Any]) -> Any:
    """Return what a file holds: JSON if its name says so, or if it is open and begins so, else TOML.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is neither text nor the one or the other, or too long, or too deep for any document of rmatch.
    """
    data = read_bytes(source) if isinstance(source, Path) else read_all(source)
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # No TOML begins with a brace, and a file that is open has no name that says what it is.
    in_json = (
        source.suffix.lower() == ".json" if isinstance(source, Path) else text.lstrip()[:1] == "{"
    )
    try:
        document = json.loads(text) if in_json else _of_toml(text)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    if too_deep(document):
        raise ValueError(TOO_DEEP)
    return document


def _of_toml(text: str) -> Any:
    import tomllib  # importing rmatch does not need it

    if len(text) > LONGEST:
        message = f"it has more than {numeral(LONGEST)} characters"
        raise ValueError(message)
    # The time that a dotted key takes grows with the square of its parts.
    if any(part.count(".") > DEEPEST for part in _BETWEEN_KEYS.split(text)):
        raise ValueError(TOO_DEEP)
    return tomllib.loads(text)


def write_document(document: Mapping[str, Any], target: str | Path, what: str) -> None:
    """Write a TOML or JSON file, as the ending of its name says, whole or not at all.

    Parameters
    ----------
    document : mapping
        Plain data.
    target : str or Path
        The file.
    what : str
        What the document is, for errors.

    Raises
    ------
    InvalidInputError
        If the ending is neither.
    """
    refuse(path_faults(what, target))
    path = Path(target)
    if path.suffix.lower() not in FORMATS:
        raise _wrong(
            what, path, f"{path.suffix!r} is not a format of a {what}", "name a .toml or .json file"
        )
    if path.suffix.lower() == ".json":
        write_text(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    else:
        import tomli_w

        write_text(path, tomli_w.dumps(document))


def shaped(
    adapter: TypeAdapter[Any], document: Mapping[str, Any], what: str, items: Collection[str]
) -> tuple[Any, list[Fault], set[str]]:
    """Return a document as the dataclass that an adapter describes, without what does not fit into it.

    Parameters
    ----------
    adapter : TypeAdapter
        What is right; every key may be left out.
    document : mapping
        Plain data.
    what : str
        What the document is, for errors.
    items : collection of str
        Lists and tables of which only the wrong items are taken.

    Returns
    -------
    object
        An instance of the adapter's dataclass, made of the rest.
    list of Fault
        Every wrong key, named with the nearest right one, and every wrong value.
    set of str
        The keys of the document, or those that were meant, from which something was taken.

    Raises
    ------
    InvalidInputError
        If it holds what no file can hold.
    """
    from pydantic import ValidationError

    rest = json.loads(_json(document, what))
    faults: list[Fault] = []
    incomplete: set[str] = set()
    while True:
        try:
            return adapter.validate_json(json.dumps(rest), strict=True), faults, incomplete
        except ValidationError as error:
            details = error.errors()
        schema = adapter.json_schema()
        faults += (fault for detail in details for fault in _faults(detail, schema, what))
        # What is meant by a misspelt key is not missing.
        wrong = {tuple(detail["loc"][: 1 + (detail["loc"][0] in items)]) for detail in details}
        incomplete |= {meant(place[0], _keys(schema, [])) or str(place[0]) for place in wrong}
        for place in sorted(wrong, reverse=True):  # so that the numbers of a list still hold
            _take(rest, place)


def _json(document: Mapping[str, Any], what: str) -> str:
    try:
        return json.dumps(document)
    except TypeError as error:
        remedy = "use text, numbers, lists and tables"
        raise InvalidInputError([Fault(what, "", str(error), remedy)]) from None


def _take(document: dict[str, Any], place: tuple[Any, ...]) -> None:
    """Take a key, or one item below it, out of a document."""
    key, *item = place
    if item:
        del document[key][item[0]]
    else:
        del document[key]


def _faults(detail: Any, schema: dict[str, Any], what: str) -> Iterator[Fault]:
    *path, last = detail["loc"] or ("",)
    inner = detail.get("ctx", {}).get("error")
    if isinstance(inner, InvalidInputError):
        yield from inner.faults
    elif detail["type"] == "unexpected_keyword_argument":
        misplaced = bool(path) and last in _keys(schema, [])
        remedy = MISPLACED if misplaced else nearest(last, _keys(schema, path))
        yield Fault(what, ".".join(map(str, path)), f"unknown key {last!r}", remedy)
    elif detail["type"] == "union_tag_invalid":
        known = [tag.strip(" '") for tag in detail["ctx"]["expected_tags"].split(",")]
        yield Fault(
            what,
            ".".join(map(str, (*path, last))),
            f"unknown kind {detail['ctx']['tag']!r}",
            nearest(detail["ctx"]["tag"], known),
        )
    elif detail["type"] == "union_tag_not_found":
        yield Fault(what, ".".join(map(str, (*path, last, "kind"))), "is missing", "give it")
    elif detail["type"].startswith("missing"):
        yield Fault(what, ".".join(map(str, (*path, last))), "is missing", "give it")
    else:
        place = *path, last
        problem = f"{detail['input']!r} is not possible"
        yield Fault(what, ".".join(map(str, place)), problem, _remedy(detail, place, schema))


def _remedy(detail: Any, place: tuple[Any, ...], schema: dict[str, Any]) -> str:
    """Return what would be right, in the words of files: pydantic speaks of objects and arrays."""
    if detail["type"] == "dataclass_type":
        return f"give a table, whose keys are {', '.join(map(repr, _keys(schema, list(place))))}"
    if remedy := REMEDIES.get(detail["type"]):
        return remedy.format_map(detail.get("ctx", {}))
    return str(detail["msg"]).replace("Input should be", "give", 1)


def _keys(schema: dict[str, Any], path: list[Any]) -> list[str]:
    node = _resolved(schema, schema)
    for step in path:
        kind = node.get("discriminator", {}).get("mapping", {}).get(step)
        inner = node.get("properties", {}).get(step) or node.get("additionalProperties") or {}
        node = _resolved({"$ref": kind} if kind else inner, schema)
    return list(node.get("properties", {}))


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _resolved(schema["$defs"][node["$ref"].rsplit("/", 1)[1]], schema)
    for choice in node.get("anyOf", []):
        found = _resolved(choice, schema)
        if "properties" in found:
            return found
    return node


def _wrong(what: str, path: Path, problem: str, remedy: str) -> InvalidInputError:
    return InvalidInputError([Fault(what, str(path), problem, remedy)])
