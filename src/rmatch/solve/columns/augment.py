"""The compiled inner loops of the master: shortest augmenting paths that touch only what they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole

FAR = 2**62
NONE = -1


class Side(NamedTuple):
    """One side of the master: its people, and the arcs in the order of its people.

    Attributes
    ----------
    start, other, points : numpy.ndarray
        Person `i` has the arcs ``start[i]`` to ``start[i + 1]``: to whom, and for how many points.
    cross : numpy.ndarray of int32
        The place of each arc in the order of the other side.
    chosen : numpy.ndarray of bool
        Whether the arc is in the matching.
    head, follow : numpy.ndarray of int32
        The first chosen arc of each person, and after each chosen arc the next one of the same person.
    price, taken, most, fewest : numpy.ndarray of int64
        Prices, partners now, capacities and minimums.
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


class Room(NamedTuple):
    """Working memory of the searches for one orientation: distances and ways there, the heap, and what was touched."""

    near: Whole
    far: Whole
    near_by: NDArray[np.int32]
    far_by: NDArray[np.int32]
    keys: Whole
    nodes: NDArray[np.int32]
    stack: NDArray[np.int32]
    touched: NDArray[np.int32]


@compiled
def floor(side: Side, node: int, count: int, must: int) -> int:
    """Return the lowest price of someone with places left at so many partners."""
    return -must if count < side.fewest[node] else 0


@compiled
def _push(keys: Any, nodes: Any, size: int, key: int, node: int) -> int:
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
def _pop(keys: Any, nodes: Any, size: int) -> int:
    """Take the smallest off the heap, which then lies right behind the others."""
    top_key, top_node = keys[0], nodes[0]
    size -= 1
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


@compiled
def link(side: Side, node: int, place: int) -> None:
    """Choose an arc, as seen from one side."""
    side.chosen[place] = True
    side.follow[place] = side.head[node]
    side.head[node] = place
    side.taken[node] += 1


@compiled
def unlink(side: Side, node: int, place: int) -> None:
    """Give up an arc, as seen from one side."""
    side.chosen[place] = False
    side.taken[node] -= 1
    at = side.head[node]
    if at == place:
        side.head[node] = side.follow[place]
        return
    while side.follow[at] != place:
        at = side.follow[at]
    side.follow[at] = side.follow[place]


@compiled
def violated(side: Side, node: int, must: int) -> bool:
    """Return whether someone has places left at a price that says they should be filled."""
    return bool(
        side.taken[node] < side.most[node]
        and side.price[node] > floor(side, node, side.taken[node], must)
    )


@compiled
def search(near: Side, far: Side, room: Room, source: int, must: int) -> int:
    """Fill one more place of `source`, or lower its price to the floor, along a shortest path; return the work done."""
    best = near.price[source] - floor(near, source, near.taken[source], must)
    end = ~source
    room.near[source] = 0
    room.touched[0] = ~source
    touched, size, work = 1, 0, 0
    room.stack[0] = source
    stacked = 1
    while True:
        while stacked:
            stacked -= 1
            node = room.stack[stacked]
            base = room.near[node] + near.price[node]
            first, last = near.start[node], near.start[node + 1]
            work += last - first
            for place in range(first, last):
                to = near.other[place]
                length = base + far.price[to] - near.points[place]
                if length < best and length < room.far[to] and not near.chosen[place]:
                    if room.far[to] == FAR:
                        room.touched[touched] = to
                        touched += 1
                    room.far[to] = length
                    room.far_by[to] = place
                    if far.taken[to] < far.most[to]:
                        rest = length + max(0, floor(far, to, far.taken[to], must) - far.price[to])
                        if rest < best:
                            best, end = rest, to
                    if length < best:
                        size = _push(room.keys, room.nodes, size, length, to)
        if size == 0 or room.keys[0] >= best:
            break
        length, node = room.keys[0], room.nodes[0]
        size = _pop(room.keys, room.nodes, size)
        if node < 0:
            if length == room.near[~node]:
                room.stack[0] = ~node
                stacked = 1
            continue
        if length > room.far[node]:
            continue
        place = far.head[node]
        while place != NONE:
            back = far.other[place]
            through = length - (near.price[back] + far.price[node] - far.points[place])
            if through < best and through < room.near[back]:
                if room.near[back] == FAR:
                    room.touched[touched] = ~back
                    touched += 1
                room.near[back] = through
                room.near_by[back] = place
                rest = through + near.price[back] - floor(near, back, near.taken[back] - 1, must)
                if rest < best:
                    best, end = rest, ~back
                if through == length:
                    room.stack[stacked] = back
                    stacked += 1
                elif through < best:
                    size = _push(room.keys, room.nodes, size, through, ~back)
            place = far.follow[place]
    for k in range(touched):
        node = room.touched[k]
        if node < 0:
            near.price[~node] -= max(0, best - room.near[~node])
            room.near[~node] = FAR
        else:
            far.price[node] += max(0, best - room.far[node])
            room.far[node] = FAR
    _augment(near, far, room, source, end)
    return work + touched


@compiled
def _augment(near: Side, far: Side, room: Room, source: int, end: int) -> None:
    """Change partners along the path that ends at someone with a place left, or at ``~node`` that gives up a partner."""
    while True:
        if end >= 0:
            place = room.far_by[end]
            node = far.other[near.cross[place]]
            link(near, node, place)
            link(far, end, near.cross[place])
        else:
            node = ~end
        if node == source:
            return
        place = room.near_by[node]
        end = near.other[far.cross[place]]
        unlink(far, end, place)
        unlink(near, node, far.cross[place])


@compiled
def settle(near: Side, far: Side, room: Room, must: int, start: int, budget: int) -> int:
    """Search for everyone from `start` on until the work exceeds the budget; return who comes next."""
    node, work, size = start, 0, near.price.size
    while node < size and work < budget:
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
        for place in range(near.start[node], near.start[node + 1]):
            if not near.chosen[place]:
                top = max(top, near.points[place] - far.price[near.other[place]])
        if top > near.price[node]:
            near.price[node] = top
            place = near.head[node]
            while place != NONE:
                following = near.follow[place]
                to = near.other[place]
                if near.points[place] < top + far.price[to]:
                    unlink(near, node, place)
                    unlink(far, to, near.cross[place])
                place = following


@compiled
def _open(side: Side, node: int) -> bool:
    """Return whether someone may have one more partner at the price that is set."""
    return bool(
        side.taken[node] < side.most[node]
        and (side.price[node] >= 0 or side.taken[node] < side.fewest[node])
    )


@compiled
def greedy(near: Side, far: Side) -> None:
    """Choose tight arcs as long as both ends have places left."""
    for node in range(near.price.size):
        for place in range(near.start[node], near.start[node + 1]):
            to = near.other[place]
            tight = near.points[place] == near.price[node] + far.price[to]
            if tight and not near.chosen[place] and _open(near, node) and _open(far, to):
                link(near, node, place)
                link(far, to, near.cross[place])
