"""How deep mappings and lists lie in each other: what is walked by recursion has to end somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEPEST = 50
"""No document and no record of rmatch comes near it."""
_SIMPLE = frozenset({str, int, float, bool, type(None)})


def too_deep(value: Any) -> bool:
    """Tell whether a value is nested more than :data:`DEEPEST` deep.

    Examples
    --------
    >>> too_deep({"a": [{"b": 1}]})
    False
    >>> for _ in range(60):
    ...     value = [value] if _ else []
    >>> too_deep(value)
    True
    """
    level = [value]
    for _ in range(DEEPEST):
        inside = (each.values() if isinstance(each, Mapping) else each for each in level)
        level = [each for every in inside for each in every if _holds_more(each)]
        if not level:
            return False
    return True


def _holds_more(value: Any) -> bool:
    # Nearly all values are simple, and there may be millions of them.
    return type(value) not in _SIMPLE and isinstance(value, Mapping | list | tuple)
