"""The best few of the many for each of a few people, in compiled loops over a matrix as it lies."""

from __future__ import annotations

from typing import Any

from rmatch.utils.compiled import compiled, inlined

CHUNK = 128
"""So many pairs are looked through together for whether any is worth noting."""


@inlined
def _note(points: Any, others: Any, slot: int, worth: Any, other: int) -> int:
    """Note a pair in place of the least one, and return where the least one is then."""
    points[slot] = worth
    others[slot] = other
    for k in range(points.size):
        slot = k if points[k] < points[slot] else slot
    return slot


@compiled
def of_rows(points: Any, allowed: Any, most: Any, others: Any, first: int, last: int) -> None:
    """Write down the most points of each of some rows, and their columns; without a mask all pairs are allowed."""
    for i in range(first, last):
        slot = 0
        for begin in range(0, points.shape[1], CHUNK):
            some = points[i, begin : begin + CHUNK]
            above = 0
            for j in range(some.size):
                above += some[j] > most[i, slot]
            if above:
                for j in range(some.size):
                    if some[j] > most[i, slot] and (not allowed.size or allowed[i, begin + j]):
                        slot = _note(most[i], others[i], slot, some[j], begin + j)


@compiled
def of_columns(points: Any, allowed: Any, most: Any, others: Any, first: int, last: int) -> None:
    """Write down the most points of each column in some rows, and these rows."""
    columns = points.shape[1]
    least = most[:, 0].copy()
    slots = others[:, 0].copy()
    slots[:] = 0
    for i in range(first, last):
        for begin in range(0, columns, CHUNK):
            some, bar = points[i, begin : begin + CHUNK], least[begin : begin + CHUNK]
            above = 0
            for j in range(some.size):
                above += some[j] > bar[j]
            if above:
                for j in range(some.size):
                    if some[j] > bar[j] and (not allowed.size or allowed[i, begin + j]):
                        own, column = most[begin + j], begin + j
                        slots[column] = _note(own, others[column], slots[column], some[j], i)
                        bar[j] = own[slots[column]]
