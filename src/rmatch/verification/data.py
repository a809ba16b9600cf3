"""Whether a result is nothing but data, so that no code of somebody else's answers what it is asked."""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.utils.loops import EVERY
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALARS = type(None), bool, int, float, str, Fraction
ROWS = tuple, list, set, frozenset
INPUTS = "scores"
"""What holds people and programme is compared with one's own, criteria and rules of one's own included."""


def no_data(given: Any, where: str) -> Iterator[str]:
    """Go through what is no plain value: of a class of somebody else's, which may answer each question otherwise.

    Parameters
    ----------
    given : object
        A result, or something in it.
    where : str
        What it is called.

    Yields
    ------
    str
        The place.
    """
    yield from _no_data(given, where, set())


def _no_data(given: Any, where: str, met: set[int]) -> Iterator[str]:
    kind = type(given)
    if kind in SCALARS or (kind is np.ndarray and not given.dtype.hasobject) or id(given) in met:
        return
    met.add(id(given))
    if not len(met) % EVERY:
        listen("data")
    if kind in ROWS or kind is dict or _is_ours(kind):
        for name, held in _held(given):
            yield from _no_data(held, f"{where}{name}", met)
    else:
        yield f"{where} is no plain value"


def _is_ours(kind: type) -> bool:
    """Tell whether a class is the one that this library has under its name."""
    if kind.__module__.partition(".")[0] != __name__.partition(".")[0]:
        return False
    return getattr(sys.modules.get(kind.__module__), kind.__qualname__, None) is kind


def _held(given: Any) -> Iterator[tuple[str, Any]]:
    """Go through what something of a known class holds but for scalars, also in store beside its fields, and where."""
    if isinstance(given, dict):
        yield from ((", its keys", key) for key in given if type(key) not in SCALARS)
        yield from (("[…]", value) for value in given.values() if type(value) not in SCALARS)
    elif isinstance(given, ROWS):
        entries = enumerate(given)
        yield from ((f"[{at}]", each) for at, each in entries if type(each) not in SCALARS)
    elif is_dataclass(given):
        kept = getattr(given, "__dict__", None)
        # Such a dictionary may be of anybody's class, too: what it really holds, only the true one tells.
        kind: Any = type(given)
        names = _names(kind)
        for name in names if kept is None else sorted({*names, *dict.keys(kept)}):
            held = getattr(given, name, None)
            if name != INPUTS and type(held) not in SCALARS:
                yield f".{name}", held


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(sorted(each.name for each in fields(kind)))
