"""Value objects: what is nothing but its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from types import MethodType
from typing import Any, ClassVar

import numpy as np


class Value:
    """Base of dataclasses that hold arrays or mappings: equal where their fields are, and so without a hash.

    What was worked out from the fields and kept is no part of a value: it is neither compared, nor copied, nor pickled,
    and worked out again where it is asked for.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, eq=False)
    ... class Prices(Value):
    ...     values: np.ndarray
    >>> Prices(np.array([1.0, np.nan])) == Prices(np.array([1.0, np.nan]))
    True
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is of the same class and holds the same."""
        if type(other) is not type(self):
            return NotImplemented
        return all(same(getattr(self, name), getattr(other, name)) for name in _compared(self))

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __getstate__(self: Any) -> object:
        """Return what is copied and pickled."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def _compared(value: Any) -> list[str]:
    return [each.name for each in fields(value) if each.compare]


def same(left: Any, right: Any) -> bool:
    """Tell whether two values are equal, arrays inside them cell by cell; not-a-number equals itself here.

    Examples
    --------
    >>> same([{"a": np.arange(3)}], [{"a": np.arange(3)}]), same(np.arange(3), np.arange(4))
    (True, False)
    """
    if left is right:
        return True
    if isinstance(left, np.ndarray):
        return isinstance(right, np.ndarray) and _same_cells(left, right)
    if isinstance(left, float):
        return bool(left == right or (left != left and right != right))  # noqa: PLR0124
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, tuple | list) and type(left) is type(right):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, MethodType) and isinstance(right, MethodType):
        return left.__func__ is right.__func__ and same(left.__self__, right.__self__)
    return bool(left == right)


def _same_cells(left: np.ndarray, right: np.ndarray) -> bool:
    return np.array_equal(left, right, equal_nan=left.dtype.kind == right.dtype.kind == "f")
