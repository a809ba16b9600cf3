"""The JSON Schemas that ship with the package."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from rmatch.utils.validation import choice, refuse

SCHEMAS = (
    "people",
    "mapping",
    "programme",
    "requests",
    "responses",
    "round",
    "plan",
    "findings",
    "explanation",
    "fairness",
)


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a document.

    A schema says of each part what it may be. What only shows beside other parts, or beside people, whoever reads the document
    says: :doc:`/reference/schemas`.

    Parameters
    ----------
    name : {"people", "mapping", "programme", "requests", "responses", "round", "plan", "findings", "explanation", "fairness"}
        The document: what :func:`rmatch.read_people` and the others read as JSON, or what results say as plain data.

    Returns
    -------
    dict
        A schema of the draft 2020-12; the same as ``rmatch/schema/*.json`` in the package.

    Raises
    ------
    InvalidInputError
        For an unknown name.

    Examples
    --------
    >>> schema("round")["$id"]
    'urn:rmatch:schema:round:1'
    """
    refuse(choice("schema", "name", name, SCHEMAS))
    text = files("rmatch").joinpath("schema", f"{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
