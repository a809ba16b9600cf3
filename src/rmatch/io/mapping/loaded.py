"""Mapping documents from wherever they are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.io.documents import TOO_DEEP, parsed
from rmatch.io.faults import refusal
from rmatch.utils.nesting import too_deep
from rmatch.utils.spelling import all_visible
from rmatch.utils.validation import a_kind

if TYPE_CHECKING:
    Document = Mapping[str, Any]

NAME = "mapping"


def loaded(mapping: str | os.PathLike[str] | Document) -> tuple[str, Document]:
    """Return a mapping document as its reader sees it, as tables are read, and what to call it.

    Parameters
    ----------
    mapping : path or mapping
        A TOML or JSON file, or what it would hold.

    Returns
    -------
    str, mapping
        The name and the document.

    Raises
    ------
    InvalidInputError
        If the file cannot be read, or is no mapping.
    """
    if isinstance(mapping, Mapping):
        if too_deep(mapping):
            raise refusal(
                NAME, f"the mapping is not to be read: {TOO_DEEP}", "mappings are not nested so"
            )
        return NAME, _visible(mapping)
    if not isinstance(mapping, str | os.PathLike):
        raise refusal(
            NAME, f"{a_kind(mapping)} is no mapping", "give a TOML or JSON path, or a dict"
        )
    path = Path(mapping)
    try:
        document = parsed(path)
    except OSError as error:
        raise refusal(
            path.name, f"the mapping cannot be read: {error.strerror}", "give a TOML or JSON file"
        ) from None
    except ValueError as error:
        raise refusal(
            path.name, f"the mapping is not {path.suffix[1:].upper() or 'TOML'}: {error}"
        ) from None
    if not isinstance(document, Mapping):
        raise refusal(path.name, "the mapping is no object", 'give {"columns": {...}}')
    return path.name, _visible(document)


def _visible(document: Document) -> Document:
    """Return a document as its reader sees it, without the name of its schema."""
    found: dict[str, Any] = all_visible(document)
    return {key: value for key, value in found.items() if key != "$schema"}
