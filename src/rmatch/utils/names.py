"""What criteria and rules are called."""

from __future__ import annotations

from typing import Any

OWN = "custom"
"""The kind of every criterion and rule that is made of functions, and has a name instead."""


def name_of(item: Any) -> str:
    """Return what a criterion or rule is called: its kind, or the name that the user gave it.

    Examples
    --------
    >>> from rmatch.criteria import Reach
    >>> name_of(Reach(10))
    'reach'
    """
    return str(item.name if item.kind == OWN else item.kind)
