"""Results as plain data, all in one style: what JSON says of them, and nothing that JSON has no word for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from math import isfinite
from types import MappingProxyType
from typing import Any, ClassVar, overload

from rmatch.utils.files import Target, write_text
from rmatch.utils.shown import Shown

UNWRITTEN = MappingProxyType({"written": False})
"""The metadata of a field that says how a result is told, and is not written with it."""


class Document(Shown):
    """A result that says itself as plain data, and as JSON.

    Keys are the names of its attributes. What is several is a list, points are whole numbers, and an exact fraction is a
    text such as ``"1/3"``.
    """

    __slots__ = ()
    _besides: ClassVar[tuple[str, ...]] = ()
    """The properties that are told beside the fields."""

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data: dicts, lists, texts, numbers, true, false and None.

        Returns
        -------
        dict
            By the names of the attributes.
        """
        result: Any = self
        names = (*written(result), *self._besides)
        return {name: plain(getattr(self, name)) for name in names}

    @overload
    def to_json(self, path: None = None) -> str: ...

    @overload
    def to_json(self, path: Target) -> None: ...

    def to_json(self, path: Target | None = None) -> str | None:
        """Return the result as JSON, or write it to a file.

        Parameters
        ----------
        path : str, Path or text file, optional
            Where to write; a path is written whole or not at all.

        Returns
        -------
        str or None
            The text, if it is not written.
        """
        text = json_text(self.to_dict())
        if path is None:
            return text
        write_text(path, f"{text}\n")
        return None


def json_text(document: Any) -> str:
    """Return plain data as the JSON that rmatch writes."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)


def plain(value: Any) -> Any:
    """Return what JSON has a word for: a result by its fields, a fraction and a day as a text, no number where there is none.

    Parameters
    ----------
    value : object
        A result, or what is in one.

    Returns
    -------
    object
        Dicts, lists, texts, numbers, true, false and None.

    Raises
    ------
    TypeError
        For anything else: what is in a result is to be said on purpose.

    Examples
    --------
    >>> plain({"total": Fraction(1, 3), "gap": float("inf"), "pairs": (("a", "b"),)})
    {'total': '1/3', 'gap': None, 'pairs': [['a', 'b']]}
    """
    if isinstance(value, Document):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in written(value)}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):  # an array, or what numpy makes of one value
        return plain(value.tolist())
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    message = f"{type(value).__name__} has no plain form"
    raise TypeError(message)


def written(value: Any) -> list[str]:
    """Return the names of the fields of a result, or of a class of results, that are written.

    Parameters
    ----------
    value : dataclass
        Either of the two.
    """
    return [field.name for field in fields(value) if field.metadata != UNWRITTEN]
