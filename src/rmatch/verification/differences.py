"""Where something that was claimed is not what it was found to be."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.utils.loops import EVERY, heard
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    Met = set[tuple[int, int]]


CHOSEN = tuple(
    f"rmatch.{room}" for room in ("programme", "criteria", "rules", "objectives", "quotas")
)
"""Where what the organiser chose is kept."""


def differences(
    claimed: Any, found: Any, where: str, *, left_out: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Go through the places at which something differs from what was found, whatever a cache says.

    Values count as the same if they are of one type and equal; what cannot be compared, such as two functions, does not
    differ. In what the organiser chose, 45 and 45.0 are one number: a file makes no difference between them.

    Parameters
    ----------
    claimed : object
        What a result holds.
    found : object
        What was worked out anew.
    where : str
        What it is called.
    left_out : frozenset of str
        Fields of the outermost object that are not compared.

    Yields
    ------
    str
        The place, and nothing of what stands there: it may be private.
    """
    yield from _differences(claimed, found, where, set(), left_out)


def _differences(
    claimed: Any,
    found: Any,
    where: str,
    met: Met,
    left_out: frozenset[str] = frozenset(),
    *,
    chosen: bool = False,
) -> Iterator[str]:
    pair = id(claimed), id(found)
    if claimed is found or pair in met:
        return
    met.add(pair)
    if type(claimed) is not type(found):
        if chosen and _is_one_number(claimed, found):
            return
        yield f"{where} is no {type(found).__name__}"
    elif is_dataclass(found):
        yield from _in_fields(claimed, found, where, met, left_out, chosen=chosen)
    elif isinstance(found, dict):
        yield from _in_mapping(claimed, found, where, met, chosen=chosen)
    elif isinstance(found, tuple | list):
        yield from _in_sequence(claimed, found, where, met, chosen=chosen)
    elif not _same(claimed, found):
        yield f"{where} is not what it should be"


def _in_fields(
    claimed: Any,
    found: Any,
    where: str,
    met: Met,
    left_out: frozenset[str],
    *,
    chosen: bool,
) -> Iterator[str]:
    names = [each.name for each in fields(found) if each.compare]
    # What was kept from an earlier question is no field, and answers the next one all the same. Where it is kept may be of
    # somebody else's class: what is really there, only the true one tells.
    known = {each.name for each in fields(found)}
    # What is worked out from a criterion lies in the same room, and is of no kind.
    chosen = chosen or (type(found).__module__.startswith(CHOSEN) and hasattr(found, "kind"))
    cached = sorted(set(dict.keys(getattr(claimed, "__dict__", {}))) - known)
    for name in [*names, *cached]:
        if name in left_out:
            continue
        if not hasattr(found, name):
            yield f"{where}.{name} does not belong there"
            continue
        mine, theirs = getattr(claimed, name, None), getattr(found, name)
        yield from _differences(mine, theirs, f"{where}.{name}", met, chosen=chosen)


def _in_mapping(claimed: Any, found: Any, where: str, met: Met, *, chosen: bool) -> Iterator[str]:
    if claimed.keys() != found.keys() or list(claimed) != list(found):
        yield f"{where} has other entries"
        return
    for key, value in found.items():
        if not _plainly_same(claimed[key], value):
            yield from _differences(claimed[key], value, f"{where}[…]", met, chosen=chosen)


def _in_sequence(claimed: Any, found: Any, where: str, met: Met, *, chosen: bool) -> Iterator[str]:
    if len(claimed) != len(found):
        yield f"{where} has {numeral(len(claimed))} entries, not {numeral(len(found))}"
        return
    entries = heard(zip(claimed, found, strict=True), "differences", EVERY)
    for position, (mine, theirs) in enumerate(entries):
        if not _plainly_same(mine, theirs):
            yield from _differences(mine, theirs, f"{where}[{position}]", met, chosen=chosen)


def _plainly_same(claimed: Any, found: Any) -> bool:
    """Tell whether two are one object, or equal numbers or texts: most are, and there are many."""
    if claimed is found:
        return True
    return type(claimed) is type(found) and type(found) in (int, str) and claimed == found


def _is_one_number(claimed: Any, found: Any) -> bool:
    return {type(claimed), type(found)} == {int, float} and claimed == found


def _same(claimed: Any, found: Any) -> bool:
    if isinstance(found, np.ndarray):
        numbers = found.dtype.kind == "f"
        same_kind = claimed.dtype == found.dtype and claimed.shape == found.shape
        return same_kind and np.array_equal(claimed, found, equal_nan=numbers)
    if isinstance(found, float):
        return claimed == found or (math.isnan(claimed) and math.isnan(found))
    if getattr(type(found), "__eq__", None) is object.__eq__:
        return True
    return bool(claimed == found)
