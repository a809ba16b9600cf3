"""The compiled searches of arcs that earn less with every unit, for large networks; they come with the extra `scale`.

They find the paths that :meth:`rmatch.solve.network.search.Search.path` finds, one after the other.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rmatch.solve.network.search import CLOSED, FAR
from rmatch.utils.compiled import compiled


class Board(NamedTuple):
    """What the searches know and change, as :class:`rmatch.solve.network.search.Search` has it, in whole numbers.

    Attributes
    ----------
    forward, backward, flow, excess, potential : numpy.ndarray of int64
        What one step more and one step less costs, units on each arc, what each node has left over, potentials.
    points, bend, capacity : numpy.ndarray of int64
        Of each arc: what its first unit earns, how fast that falls, and the most units.
    """

    forward: Any
    backward: Any
    flow: Any
    excess: Any
    potential: Any
    points: Any
    bend: Any
    capacity: Any


@compiled
def send(board: Board, step: int, first: int, budget: int) -> Any:
    """Send steps from one node after another as long as there is a way; return the node to go on from after so many searches."""
    size = board.potential.size
    distance, parent = np.empty(size, np.int64), np.empty(size, np.int64)
    done = np.empty(size, np.int64)
    for node in range(first, size):
        while board.excess[node] >= step:
            if budget == 0:
                return node
            budget -= 1
            end = _search(board, step, node, distance, parent, done)
            if end < 0:
                break
            _push(board, step, node, end, parent)
    return size


@compiled
def _search(board: Board, step: int, source: Any, distance: Any, parent: Any, done: Any) -> Any:
    """Find the nearest node that lacks a step, lower the potentials on the way, and return it; -1 if there is none."""
    rows, potential = board.forward.shape[0], board.potential
    distance[:] = CLOSED
    parent[:] = source
    distance[source] = 0
    final = np.full(potential.size, -1)
    count = 0
    while True:
        node = _nearest(distance)
        length = distance[node]
        if length >= FAR:
            return -1
        if board.excess[node] <= -step:
            break
        done[count] = node
        count += 1
        final[node] = length
        distance[node] = CLOSED
        begin, arcs = (
            (rows, board.forward[node]) if node < rows else (0, board.backward[node - rows])
        )
        for k in range(arcs.size):
            head = begin + k
            through = arcs[k] - potential[head] + length + potential[node]
            if final[head] < 0 and through < distance[head]:
                distance[head] = through
                parent[head] = node
    for k in range(count):
        potential[done[k]] += final[done[k]] - length
    return node


@compiled
def _nearest(distance: Any) -> int:
    nearest = 0
    for node in range(distance.size):
        if distance[node] < distance[nearest]:
            nearest = node
    return nearest


@compiled
def _push(board: Board, step: int, source: int, end: int, parent: Any) -> None:
    """Send a step along the path that was found, and measure its arcs anew."""
    rows = board.forward.shape[0]
    board.excess[source] -= step
    board.excess[end] += step
    while end != source:
        start = parent[end]
        row, column, units = (
            (start, end - rows, step) if start < end else (end, start - rows, -step)
        )
        flow = board.flow[row, column] + units
        board.flow[row, column] = flow
        points, bend = board.points[row, column], board.bend[row, column]
        has_room = flow + step <= board.capacity[row, column]
        board.forward[row, column] = bend * (2 * flow + step) - points if has_room else CLOSED
        back = points - bend * (2 * flow - step)
        board.backward[column, row] = back if flow >= step else CLOSED
        end = start
