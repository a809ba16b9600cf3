"""The two sides of the master as compiled code sees them: people, their arcs, and lists of the chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole

NONE = -1
"""The end of a list of chosen arcs."""


class Side(NamedTuple):
    """One side of the master: its people, and the arcs in the order of its people.

    Attributes
    ----------
    start, other, points : numpy.ndarray
        Person `i` has the arcs ``start[i]`` to ``start[i + 1]``: to whom, and for how many points.
    cross : numpy.ndarray of int32
        The position of each arc in the order of the other side.
    chosen : numpy.ndarray of bool
        Whether the arc is in the matching.
    head, follow : numpy.ndarray of int32
        The first chosen arc of each person, and after each chosen arc the next one of the same person.
    price, taken, most, fewest, first : numpy.ndarray of int64
        Prices, partners now, capacities, minimums, and what the first partner is worth.
    """

    start: Whole
    other: NDArray[np.int32]
    points: Whole
    cross: NDArray[np.int32]
    chosen: NDArray[np.bool_]
    head: NDArray[np.int32]
    follow: NDArray[np.int32]
    price: Whole
    taken: Whole
    most: Whole
    fewest: Whole
    first: Whole


@compiled
def floor(side: Side, node: int, count: int, must: int) -> int:
    """Return the lowest price of someone with places left at so many partners."""
    # Below a minimum a place may stay empty only at a price that outweighs everything else.
    if count < side.fewest[node]:
        return -must
    # Nor may somebody stay without a partner unless the first one costs more than it is worth.
    return -side.first[node] if count == 0 else 0


@compiled
def link(side: Side, node: int, position: int) -> None:
    """Choose an arc, as seen from one side."""
    side.chosen[position] = True
    side.follow[position] = side.head[node]
    side.head[node] = position
    side.taken[node] += 1


@compiled
def unlink(side: Side, node: int, position: int) -> None:
    """Give up an arc, as seen from one side."""
    side.chosen[position] = False
    side.taken[node] -= 1
    following = side.follow[position]
    at = side.head[node]
    if at == position:
        side.head[node] = following
        return
    # A list is as long as a person has partners, which is short: to walk it costs next to nothing.
    while side.follow[at] != position:
        at = side.follow[at]
    side.follow[at] = following


@compiled
def violated(side: Side, node: int, must: int) -> bool:
    """Return whether someone has places left at a price that says they should be filled."""
    taken = side.taken[node]
    if taken >= side.most[node]:
        return False
    lowest = floor(side, node, taken, must)
    return bool(side.price[node] > lowest)


@compiled
def is_open(side: Side, node: int) -> bool:
    """Return whether someone may have one more partner at the price that is set."""
    taken = side.taken[node]
    if taken >= side.most[node]:
        return False
    lowest = -side.first[node] if taken == 0 else 0
    return bool(side.price[node] >= lowest or taken < side.fewest[node])
