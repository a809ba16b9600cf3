"""A tamperer of documents: changes any leaf, list or table of what a result was written as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from rmatch.testing.adversaries.tamperer import Tampering

Path = tuple[str | int, ...]
WORDS = ("most", "best", "pairs", "places", "dense", "columns", "mentor", "mentee", "optimal")


def document_tamperings(document: Mapping[str, Any], seed: int, count: int) -> Iterator[Tampering]:
    """Go through changes of a document, one at a time, each drawn anew.

    Every place of the document, such as ``"pairs.points"``, is equally likely, however often it is there.

    Parameters
    ----------
    document : mapping
        Plain data, as JSON has it. It is left as it is.
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
    >>> first = next(document_tamperings({"pairs": [{"points": 7}]}, seed=1, count=1))
    >>> first.result == {"pairs": [{"points": 7}]}
    False
    """
    dice = Random(seed)  # no secret: the same seed has to make the same changes
    by_place: dict[str, list[Path]] = {}
    for path in _paths(document, ()):
        by_place.setdefault(_named(path), []).append(path)
    for _ in range(count):
        found = None
        while found is None:
            place = dice.choice(sorted(by_place))
            path = dice.choice(by_place[place])
            change, value = dice.choice(list(_changes(_at(document, path), dice)))
            if not _same(value, _at(document, path)):
                found = Tampering(place, change, _put(document, path, value))
        yield found


def _paths(value: Any, path: Path) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _paths(inner, (*path, position))


def _named(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _put(value: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    step: Any = path[0]
    copied: Any = dict(value) if isinstance(value, Mapping) else list(value)
    copied[step] = _put(copied[step], path[1:], new)
    return copied


def _changes(value: Any, dice: Random) -> Iterator[tuple[str, Any]]:
    """Go through what a value may be changed to: something near it, something far, something of another kind."""
    yield from (("nothing", None), ("a text", "nonsense"), ("a list", [1]), ("a table", {"a": 1}))
    if isinstance(value, bool):
        yield from [("the opposite", not value)] * 4
    elif isinstance(value, int | float):
        yield from (("one more", value + 1), ("one less", value - 1), ("the negative", -value))
        yield from (("far more", value + 10**6), ("too much", value + 2**62), ("zero", 0))
        yield from (("another kind of number", float(value)), ("beyond all", 10**400))
    elif isinstance(value, str):
        yield from (("more text", f"{value}x"), ("no text", ""), ("the text turned", value[::-1]))
        yield "a known word", dice.choice(WORDS)
    elif isinstance(value, list):
        yield from (("empty", []), ("turned", value[::-1]), ("doubled", value * 2))
        if value:
            at = dice.randrange(len(value))
            yield "an entry less", value[:at] + value[at + 1 :]
            yield "an entry twice", [*value, value[at]]
    elif isinstance(value, Mapping):
        yield from (("empty", {}), ("an entry more", {**value, "more": 1}))
        if value:
            gone = dice.choice(sorted(value))
            yield "an entry less", {key: inner for key, inner in value.items() if key != gone}


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
