"""A binary heap of compiled code: the smallest key first, each with a node."""

from __future__ import annotations

from typing import Any

from rmatch.utils.compiled import compiled


@compiled
def push(keys: Any, nodes: Any, size: int, key: int, node: int) -> int:
    """Put a node on the heap, and return its new size; there must be room for one more."""
    # The new one rises until its parent is as small: only parents are moved.
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] <= key:
            break
        keys[at] = keys[up]
        nodes[at] = nodes[up]
        at = up
    keys[at] = key
    nodes[at] = node
    return size + 1


@compiled
def pop(keys: Any, nodes: Any, size: int) -> int:
    """Take the smallest off the heap, which then lies right behind the others."""
    top_key, top_node = keys[0], nodes[0]
    size -= 1
    # The last one takes the top and sinks, past the smaller of two children each time.
    key, node, at = keys[size], nodes[size], 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and keys[down + 1] < keys[down]:
            down += 1
        if keys[down] >= key:
            break
        keys[at] = keys[down]
        nodes[at] = nodes[down]
        at = down
    keys[at] = key
    nodes[at] = node
    keys[size] = top_key
    nodes[size] = top_node
    return size
