"""What a worker elsewhere does: it keeps points on a shelf, and works on blocks of them."""

from __future__ import annotations

import os
import platform
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from rmatch.solve.columns.part import own

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from rmatch.solve.columns.source import Source

SHELVED = 6
"""So many points a worker keeps: those of a problem, and some of their rows or columns."""

Place = tuple[str, int]
"""A worker's machine and process."""

_SHELF: OrderedDict[str, Source] = OrderedDict()
"""The points by their keys; those that were asked for last are the last."""
_LOCK = threading.Lock()


class Order(NamedTuple):
    """What a worker is asked.

    Attributes
    ----------
    number : tuple of str and int
        Not the same twice: executors may take what they are asked twice for the same.
    keys : tuple of str
        The keys of the points of a problem, and of what is taken of them, one of the other.
    first : int
        The position of the first key whose points come along.
    parcels : tuple
        These points, or how they are taken of those before them.
    task : callable
        Is given the points of the last key, and the arguments.
    arguments : tuple
        The arguments.
    """

    number: tuple[str, int]
    keys: tuple[str, ...]
    first: int
    parcels: tuple[Any, ...]
    task: Callable[..., Any]
    arguments: tuple[Any, ...]


class Reply(NamedTuple):
    """What a worker answers.

    Attributes
    ----------
    place : tuple of str and int
        Machine and process.
    thread : int
        The thread.
    lacks : int or None
        The position of the first key whose points are missing, if any are.
    failed : Exception or None
        What the task has raised, if it has.
    result : object
        What it has returned.
    """

    place: Place
    thread: int
    lacks: int | None = None
    failed: Exception | None = None
    result: Any = None


def work(order: Order) -> Reply:
    """Do what is asked, or say what is missing."""
    here = (platform.node(), os.getpid()), threading.get_ident()
    with _LOCK:
        lacks = _taken_in(order)
        if lacks is not None:
            return Reply(*here, lacks=lacks)
        source = _SHELF[order.keys[-1]]
    try:
        result = order.task(source, *map(own, order.arguments))
    except Exception as error:  # noqa: BLE001  whatever it is, it is raised where somebody waits
        return Reply(*here, failed=error)
    return Reply(*here, result=result)


def _taken_in(order: Order) -> int | None:
    """Put on the shelf what came along, or return the position of what is missing."""
    keys = order.keys
    lacks = first_lacking(keys, _SHELF)
    if lacks < order.first and lacks < len(keys):
        return lacks
    for position in range(lacks, len(keys)):
        parcel = order.parcels[position - order.first]
        _SHELF[keys[position]] = (
            parcel(_SHELF[keys[position - 1]]) if position else parcel.writable()
        )
    # What all others are taken of goes last.
    for key in reversed(keys):
        if key in _SHELF:
            _SHELF.move_to_end(key)
    while len(_SHELF) > SHELVED:
        _SHELF.popitem(last=False)
    return None


def first_lacking(keys: tuple[str, ...], held: Container[str]) -> int:
    """Return the position after the last of the keys that are held."""
    there = (position for position, key in enumerate(keys, 1) if key in held)
    return max(there, default=0)
