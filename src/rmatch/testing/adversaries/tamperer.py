"""A tamperer: changes any field of any result, down to single numbers of an array and to what is kept in store."""

from __future__ import annotations

import copy
from dataclasses import fields, is_dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.utils.documents import UNWRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Step = tuple[str, Any]
    Path = tuple[Step, ...]

FIRST = 3
"""So many entries of a row of anything are changed, and the last one; the others are like them."""

DEEPEST = 12
"""How far down fields of fields are changed."""


class Tampering(NamedTuple):
    """A result in which one thing was changed.

    Attributes
    ----------
    field : str
        What was changed, such as ``"pairs.points"``: the names of fields, without positions.
    change : str
        How, in words.
    result : object
        The result; all of it but that field is that of the honest one.
    """

    field: str
    change: str
    result: Any


class _Node(NamedTuple):
    field: str
    path: Path
    value: Any


def tamperings(result: Any, seed: int, count: int) -> Iterator[Tampering]:
    """Go through changes of a result, one at a time, each drawn anew.

    The outermost fields are equally likely, and so are the fields within each of them, however many entries they have.
    Whatever was kept in store from an earlier question is changed too, where it is there.

    Parameters
    ----------
    result : object
        Any result that is made of dataclasses, tuples, mappings and arrays. It is left as it is.
    seed : int
        Decides.
    count : int
        How many.

    Yields
    ------
    Tampering
        A changed copy.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> first = next(tamperings(matching, seed=1, count=1))
    >>> first.result is matching
    False
    """
    dice = Random(seed)  # no secret: the same seed has to make the same changes
    by_field: dict[str, dict[str, list[_Node]]] = {}
    for node in _nodes(result, "", (), set()):
        outermost = node.field.partition(".")[0]
        by_field.setdefault(outermost, {}).setdefault(node.field, []).append(node)
    for _ in range(count):
        found = None
        while found is None:
            fields_within = by_field[dice.choice(sorted(by_field))]
            node = dice.choice(fields_within[dice.choice(sorted(fields_within))])
            found = _changed(result, node, dice)
        yield found


def tampered(result: Any, field: str, value: Any) -> Any:
    """Return a copy of a result in which a field has another value, also one that is only kept in store.

    Parameters
    ----------
    result : object
        The result.
    field : str
        The names of fields from the outermost on, positions as numbers: ``"steps.0.solution.total"``.
    value : object
        What is to stand there.

    Returns
    -------
    object
        The copy.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> tampered(matching, "pairs.0.points", 7).pairs[0].points
    7
    """
    path: list[Step] = [
        ("entry", int(name)) if name.isdecimal() else ("field", name) for name in field.split(".")
    ]
    return _put(result, tuple(path), value)


def _changed(result: Any, node: _Node, dice: Random) -> Tampering | None:
    """Return a result with one change of a node, or nothing where the change drawn is none."""
    change, value = dice.choice(list(_changes(node.value, dice)))
    if _same(node.value, value):
        return None
    return Tampering(node.field, change, _put(result, node.path, value))


def _nodes(value: Any, field: str, path: Path, met: set[int]) -> Iterator[_Node]:
    """Go through everything in a result that can be changed: each object once, wherever it stands first."""
    if path:
        yield _Node(field, path, value)
    is_large = isinstance(value, tuple | list | dict | np.ndarray) or is_dataclass(value)
    if not is_large or id(value) in met or len(path) > DEEPEST:
        return
    met.add(id(value))
    for step, inner in _parts(value):
        named = step[0] == "field"
        name = f"{field}.{step[1]}".lstrip(".") if named else field
        yield from _nodes(inner, name, (*path, step), met)


def _parts(value: Any) -> Iterator[tuple[Step, Any]]:
    if is_dataclass(value):
        own = (each.name for each in fields(value) if each.metadata != UNWRITTEN)
        names = dict.fromkeys(own) | getattr(value, "__dict__", {})
        yield from ((("field", name), getattr(value, name)) for name in names)
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        yield from ((("field", name), getattr(value, name)) for name in value._fields)
    elif isinstance(value, tuple | list):
        positions = {*range(min(FIRST, len(value))), *range(len(value))[-1:]}
        yield from ((("entry", position), value[position]) for position in sorted(positions))
    elif isinstance(value, dict):
        yield from ((("entry", key), value[key]) for key in list(value)[:FIRST])


def _put(whole: Any, path: Path, value: Any) -> Any:
    """Return a copy in which something stands at a place."""
    if not path:
        return value
    (kind, name), rest = path[0], path[1:]
    if kind == "field" and isinstance(whole, tuple):
        return whole._replace(**{name: _put(getattr(whole, name), rest, value)})  # type: ignore[attr-defined]
    if kind == "field":
        made = copy.copy(whole)
        inner = _put(getattr(whole, name), rest, value)
        # What is kept in store goes where it is kept, also where it hides behind a property.
        if name in getattr(made, "__dict__", ()):
            made.__dict__[name] = inner
        else:
            object.__setattr__(made, name, inner)
        return made
    if isinstance(whole, dict):
        return whole | {name: _put(whole[name], rest, value)}
    entries = list(whole)
    entries[name] = _put(entries[name], rest, value)
    return type(whole)(entries)


def _changes(value: Any, dice: Random) -> Iterator[tuple[str, Any]]:
    """Go through what a value may be changed to: something near it, something far, something of another kind."""
    yield "nothing", None
    yield "a text", "nonsense"
    yield "no number", float("nan")
    if (disguise := _disguised(value)) is not None:
        yield "the same, of a class of somebody else's", disguise
    if isinstance(value, bool):
        yield from [("the opposite", not value)] * 4
    elif isinstance(value, int | float | Fraction):
        yield from (("one more", value + 1), ("one less", value - 1), ("the negative", -value))
        yield from (("far more", value + 10**6), ("very far more", value + 2**62), ("zero", 0))
        yield "another kind of number", float(value) if isinstance(value, int) else 5
    elif isinstance(value, str):
        yield from (("more text", f"{value}x"), ("no text", ""), ("the text turned", value[::-1]))
        yield from (("a known word", word) for word in ("most", "best", "pairs", "places"))
    elif isinstance(value, np.ndarray):
        yield from _array_changes(value, dice)
    elif isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        yield from _row_changes(value, dice)
    elif isinstance(value, dict):
        yield "empty", {}
        yield "an entry less", dict(list(value.items())[1:])
        yield "the entries turned", dict(zip(value, list(value.values())[::-1], strict=True))


def _disguised(value: Any) -> Any:
    """Return what looks the same and is of a class that may answer otherwise, where there can be one."""
    kind = type(value)
    if kind in (int, float, str, tuple, list, dict):
        return type("Disguise", (kind,), {})(value)
    if isinstance(value, np.ndarray):
        return value.view(type("Disguise", (np.ndarray,), {}))
    if not is_dataclass(value):
        return None
    made: Any = object.__new__(type("Disguise", (kind,), {}))
    for name in [*(each.name for each in fields(kind)), *getattr(value, "__dict__", ())]:
        object.__setattr__(made, name, getattr(value, name))
    return made


def _row_changes(value: Any, dice: Random) -> Iterator[tuple[str, Any]]:
    kind, entries = type(value), list(value)
    yield from (("empty", kind()), ("turned", kind(entries[::-1])), ("doubled", kind(entries * 2)))
    if not entries:
        return
    at, other = dice.randrange(len(entries)), dice.randrange(len(entries))
    yield "an entry less", kind(entries[:at] + entries[at + 1 :])
    yield "an entry twice", kind([*entries, entries[at]])
    swapped = list(entries)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    yield "two entries swapped", kind(swapped)
    yield "another kind of row", entries if kind is tuple else tuple(entries)


def _array_changes(value: NDArray[Any], dice: Random) -> Iterator[tuple[str, Any]]:
    yield from (("turned", value[::-1].copy()), ("another kind of entries", value.astype(object)))
    yield from (("another shape", value[None]), ("entries less", value[1:].copy()))
    if not value.size or value.dtype.kind not in "biuf":
        return
    where = dice.randrange(value.size)
    for words, by in (("one more", 1), ("one less", -1), ("far more", 10**6), ("too much", 2**61)):
        changed = value.astype(np.int64) if value.dtype.kind in "iu" else value.copy()
        if value.dtype.kind == "b":
            changed.flat[where] = not changed.flat[where]
        else:
            changed.flat[where] += by
        yield words, changed.astype(value.dtype)
    raised = value.astype(np.float64) + 10**6
    yield "all far more", raised.astype(value.dtype) if value.dtype.kind in "iu" else raised


def _same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and bool((one == other).all())
    if isinstance(one, tuple | list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_same(*pair) for pair in pairs)
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if is_dataclass(one):
        return one is other or repr(one) == repr(other)
    return bool(one == other) or one is other
