"""JSON files: a list of people, ``{"people": [...]}``, or a SCIM 2.0 list of users."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.faults import refusal
from rmatch.io.tables.layout import UNSAID, Layout
from rmatch.io.tables.records import tabulate_records

if TYPE_CHECKING:
    from rmatch.io.tables.table import Table

_SHAPES = 'give a list of people, {"people": [...]}, or a SCIM list with "Resources"'


def json_table(text: str, name: str, layout: Layout = UNSAID) -> Table:
    """Read the text of a JSON file into raw columns of typed values.

    Parameters
    ----------
    text : str
        What the file says.
    name : str
        What to call it.
    layout : Layout
        Where topics stand.

    Returns
    -------
    Table
        The columns; nested values under dotted paths.

    Raises
    ------
    InvalidInputError
        If it is not JSON, or none of the shapes.
    """
    repeated: list[str] = []
    document = _document(text, name, repeated)
    table = tabulate_records(name, _people(document, name), layout.whole)
    table.notes.extend(_missing_pages(document, name))
    table.faults.extend(
        Fault(name, key, "an object has this key twice", "keep one")
        for key in dict.fromkeys(repeated)
    )
    return table


def _document(text: str, name: str, repeated: list[str]) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            repeated.extend(
                key for key, count in Counter(key for key, _ in pairs).items() if count > 1
            )
        return record

    try:
        return json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise refusal(
            name, f"the file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        ) from None
    except (ValueError, RecursionError):
        raise refusal(
            name,
            "the file is JSON that nobody could have meant: nested too deeply, or with too long a number",
            _SHAPES,
        ) from None


def _people(document: Any, name: str) -> list[Any]:
    people = document
    if isinstance(document, dict):
        people = document.get("Resources") if "Resources" in document else document.get("people")
        if "people" in document and document.keys() - {"people", "$schema"}:
            raise refusal(name, "there are other keys beside 'people'", _SHAPES)
    if not isinstance(people, list):
        raise refusal(name, "the file holds no list of people", _SHAPES)
    return people


def _missing_pages(document: Any, name: str) -> list[str]:
    if not isinstance(document, dict) or "Resources" not in document:
        return []
    total, here = document.get("totalResults"), len(document["Resources"])
    return (
        [f"{name} holds {here} of {total} users"] if isinstance(total, int) and total > here else []
    )
