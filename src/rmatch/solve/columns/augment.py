"""The compiled inner loops of the master: shortest augmenting paths that touch only what they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rmatch.solve.columns.heap import pop, push
from rmatch.solve.columns.sides import NONE, floor, is_open, link, unlink, violated
from rmatch.utils.compiled import compiled, inlined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rmatch.solve.columns.sides import Side
    from rmatch.solve.network.network import Whole

FAR = 2**62
"""The distance of someone who was not reached."""


class Room(NamedTuple):
    """Working memory of the searches for one orientation.

    Attributes
    ----------
    near, far : numpy.ndarray of int64
        The distance of each person of the searching side and of the other; `FAR` between two searches.
    near_by, far_by : numpy.ndarray of int32
        The last arc on the way there, in the order of the far side and of the near side.
    keys, nodes : numpy.ndarray
        A heap of distances, and whose they are: ``~i`` for person `i` of the near side.
    stack : numpy.ndarray of int32
        People of the near side that are as near as the nearest on the heap.
    touched : numpy.ndarray of int32
        Whose distances are known, in the same code.
    """

    near: Whole
    far: Whole
    near_by: NDArray[np.int32]
    far_by: NDArray[np.int32]
    keys: Whole
    nodes: NDArray[np.int32]
    stack: NDArray[np.int32]
    touched: NDArray[np.int32]


@compiled
def search(near: Side, far: Side, room: Room, source: int, must: int) -> int:
    """Fill one more place of `source`, or lower its price to the floor, along a shortest path; return the work done.

    The length of an arc that is not chosen is its two prices less its points, and of a chosen one that turned round;
    neither is below 0. A path ends where it is `best`: at ``end`` of the far side, who has a place left, or at ``~end``
    of the near side, who gives up a partner; the rest of its length is what the price there still has to fall.
    """
    # Without any path the price of the source itself falls to its floor.
    best = near.price[source] - floor(near, source, near.taken[source], must)
    end = ~source
    room.near[source] = 0
    room.touched[0] = ~source
    room.stack[0] = source
    touched, stacked, size, work = 1, 1, 0, 0
    while True:
        while stacked:
            stacked -= 1
            node = room.stack[stacked]
            work += near.start[node + 1] - near.start[node]
            best, end, touched, size = _ahead(near, far, room, node, must, best, end, touched, size)
        if size == 0 or room.keys[0] >= best:
            break
        size = pop(room.keys, room.nodes, size)
        length, node = room.keys[size], room.nodes[size]
        # Whoever came nearer since is on the heap a second time: the longer one of the two is
        # stale.
        if node < 0:
            if length == room.near[~node]:
                room.stack[0] = ~node
                stacked = 1
        elif length == room.far[node]:
            best, end, touched, size, stacked = _back(
                near, far, room, node, must, best, end, touched, size
            )
    _reprice(near, far, room, touched, best)
    _augment(near, far, room, source, end)
    return work + touched


@inlined
def _ahead(
    near: Side,
    far: Side,
    room: Room,
    node: int,
    must: int,
    best: int,
    end: int,
    touched: int,
    size: int,
) -> tuple[int, int, int, int]:
    """Go over the arcs of a person of the near side that are not chosen; return `best`, `end`, `touched` and `size`."""
    base = room.near[node] + near.price[node]
    for position in range(near.start[node], near.start[node + 1]):
        to = near.other[position]
        length = base + far.price[to] - near.points[position]
        if length < best and length < room.far[to] and not near.chosen[position]:
            if room.far[to] == FAR:
                room.touched[touched] = to
                touched += 1
            room.far[to] = length
            room.far_by[to] = position
            taken = far.taken[to]
            if taken < far.most[to]:
                lowest = floor(far, to, taken, must)
                rest = length + max(0, lowest - far.price[to])
                if rest < best:
                    best = rest
                    end = to
            # Of a path that ends here nothing is left to follow; one that is nearer may lead on.
            if length < best:
                size = push(room.keys, room.nodes, size, length, to)
    return best, end, touched, size


@inlined
def _back(
    near: Side,
    far: Side,
    room: Room,
    node: int,
    must: int,
    best: int,
    end: int,
    touched: int,
    size: int,
) -> tuple[int, int, int, int, int]:
    """Go over the chosen arcs of a person of the far side; return what :func:`_ahead` does, and how many are stacked."""
    length = room.far[node]
    price = far.price[node]
    stacked = 0
    position = far.head[node]
    while position != NONE:
        back = far.other[position]
        loss = near.price[back] + price - far.points[position]
        through = length - loss
        if through < best and through < room.near[back]:
            if room.near[back] == FAR:
                room.touched[touched] = ~back
                touched += 1
            room.near[back] = through
            room.near_by[back] = position
            lowest = floor(near, back, near.taken[back] - 1, must)
            rest = through + near.price[back] - lowest
            if rest < best:
                best = rest
                end = ~back
            # Chosen arcs are mostly tight: those people need not pass through the heap.
            if through == length:
                room.stack[stacked] = back
                stacked += 1
            elif through < best:
                size = push(room.keys, room.nodes, size, through, ~back)
        position = far.follow[position]
    return best, end, touched, size, stacked


@inlined
def _reprice(near: Side, far: Side, room: Room, touched: int, best: int) -> None:
    """Move the prices of all who are nearer than the end of the path, and forget the distances.

    The length of an arc ahead changes by what its head is nearer than the end, less what its tail is: since the head is
    at most as much farther as the arc is long, the length stays 0 or more. Likewise for chosen arcs, and along the path
    all lengths become 0, so that it may be turned round. Who was not reached is at least as far as the end.
    """
    for k in range(touched):
        node = room.touched[k]
        if node < 0:
            near.price[~node] -= max(0, best - room.near[~node])
            room.near[~node] = FAR
        else:
            far.price[node] += max(0, best - room.far[node])
            room.far[node] = FAR


@inlined
def _augment(near: Side, far: Side, room: Room, source: int, end: int) -> None:
    """Change partners along the path that ends at someone with a place left, or at ``~node`` that gives up a partner."""
    while True:
        if end >= 0:
            position = room.far_by[end]
            cross = near.cross[position]
            node = far.other[cross]
            link(near, node, position)
            link(far, end, cross)
        else:
            node = ~end
        if node == source:
            return
        position = room.near_by[node]
        cross = far.cross[position]
        end = near.other[cross]
        unlink(far, end, position)
        unlink(near, node, cross)


@compiled
def settle(near: Side, far: Side, room: Room, must: int, start: int, budget: int) -> int:
    """Search for everyone from `start` on until the work exceeds the budget; return who comes next."""
    node, work, size = start, 0, near.price.size
    while node < size and work < budget:
        # A search violates nobody who came before: no price of their side rises in it, and who
        # gives up a partner ends at the floor. Nor does it violate the other side: where places are
        # left a price rises no higher than the floor, for there a path would have ended.
        if violated(near, node, must):
            work += search(near, far, room, node, must)
        else:
            node += 1
            work += 1
    return node


@compiled
def restore(near: Side, far: Side) -> None:
    """Raise prices until no open arc is worth more than its two prices, and give up chosen arcs that are worth less."""
    for node in range(near.price.size):
        top = near.price[node]
        for position in range(near.start[node], near.start[node + 1]):
            if not near.chosen[position]:
                worth = near.points[position] - far.price[near.other[position]]
                top = max(top, worth)
        # Now no open arc of this person exceeds its prices. Chosen ones may fall short of them: to
        # give those up leaves places free, and that is what searches mend.
        if top > near.price[node]:
            near.price[node] = top
            _give_up(near, far, node)


@compiled
def _give_up(near: Side, far: Side, node: int) -> None:
    """Give up the chosen arcs of a person that are worth less than their two prices."""
    position = near.head[node]
    while position != NONE:
        following = near.follow[position]
        to = near.other[position]
        if near.points[position] < near.price[node] + far.price[to]:
            unlink(near, node, position)
            unlink(far, to, near.cross[position])
        position = following


@compiled
def greedy(near: Side, far: Side) -> None:
    """Choose tight arcs as long as both ends have places left."""
    for node in range(near.price.size):
        for position in range(near.start[node], near.start[node + 1]):
            to = near.other[position]
            # A tight arc may be chosen or not. To choose it breaks nothing, and saves a search of
            # one step.
            tight = near.points[position] == near.price[node] + far.price[to]
            if tight and not near.chosen[position] and is_open(near, node) and is_open(far, to):
                link(near, node, position)
                link(far, to, near.cross[position])
