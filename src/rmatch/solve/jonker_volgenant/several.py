"""Several places on both sides, compiled: shortest augmenting paths between people, no two of whom are a pair twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.jonker_volgenant.answered import answered
from rmatch.utils.compiled import compiled
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.columns.answer import Answer
    from rmatch.solve.network.network import Whole
    from rmatch.solve.problem import Problem

FAR = 2**61
"""No path is as long as this."""
MOST = 2**56
"""The most that it may cost to leave a place empty."""
BUDGET = 2**24
"""How many pairs are looked at between two looks whether the run is to stop."""
NOBODY = -1


class Table(NamedTuple):
    """What is known of the rows and the columns while their places are filled.

    A pair that is not made costs the prices of the two or more, and one that is made these or less. The price of a column
    with room is 0, and others are below; that of a row is at most what it costs to leave a place empty.

    Attributes
    ----------
    cost : numpy.ndarray of int64
        What each pair costs, 0 or more, shape (rows, columns); `FAR` where it is not allowed, and so much more once it is made.
    made : numpy.ndarray of bool
        The pairs, same shape.
    room : numpy.ndarray of int64
        How many places of each column are left.
    row_price, column_price, row_length, column_length : numpy.ndarray of int64
        The prices, and how far each is in the search that goes on.
    row_by, column_by : numpy.ndarray of int64
        The last one of the other side on the way to each.
    row_done, column_done : numpy.ndarray of bool
        Whether a length is final.
    """

    cost: Whole
    made: NDArray[np.bool_]
    room: Whole
    row_price: Whole
    column_price: Whole
    row_length: Whole
    column_length: Whole
    row_by: Whole
    column_by: Whole
    row_done: NDArray[np.bool_]
    column_done: NDArray[np.bool_]

    @classmethod
    def of(cls, cost: Whole, room: Whole, stay: int) -> Table:
        """Return a table without pairs, on which each row pays what its cheapest pair costs."""
        rows, columns = cost.shape
        price = np.minimum(cost.min(1), stay), np.zeros(columns, np.int64)
        length, by, done = (
            (np.empty(rows, kind), np.empty(columns, kind)) for kind in (np.int64, np.int64, bool)
        )
        return cls(cost, np.zeros(cost.shape, bool), room, *price, *length, *by, *done)


def best_of_several(problem: Problem) -> Answer | None:
    """Return the best pairs of a problem without minimums, or None where its points are too large.

    The places of one row after another are filled along shortest paths, on which pairs are made and unmade in turn, as in
    :func:`rmatch.solve.network.transport.transport`. A place that stays empty costs more than all that the points can differ
    by, or what no points are worth if the number of pairs does not count.
    """
    turned = _places(problem.transposed) < _places(problem)
    side = problem.transposed if turned else problem
    high = int(side.points.max(where=side.allowed, initial=0))
    low = int(side.points.min(where=side.allowed, initial=0))
    bonus = (_places(side) + 1) * (high - low) + 1 if side.participation == "most" else 0
    stay = high + bonus
    if max(high - low, stay) > MOST:
        return None
    cost = np.ascontiguousarray(np.where(side.allowed, high - side.points.astype(np.int64), FAR))
    table, row = Table.of(cost, side.mentee_capacity.copy(), stay), 0
    while row < len(cost):
        listen("dense")
        row = fill(table, side.mentor_capacity, stay, row, BUDGET)
    rows, columns = (table.made.T if turned else table.made).nonzero()
    u, v = stay - table.row_price, -table.column_price
    proof = Certificate(v, u, bonus) if turned else Certificate(u, v, bonus)
    return answered(problem, (rows, columns), proof)


def _places(problem: Problem) -> int:
    """Return how many places the mentors can fill, each with another mentee."""
    return int(np.minimum(problem.mentor_capacity, problem.shape[1]).sum())


@compiled
def fill(table: Table, places: Whole, stay: int, first: int, budget: int) -> int:
    """Fill the places of one row after another until the work exceeds the budget, and return which row comes next."""
    for row in range(first, places.size):
        if budget < 0:
            return row
        # Who has places beyond all columns tries one more: no place that cannot be filled has a price.
        for _ in range(min(places[row], table.room.size + 1)):
            end, steps = _search(table, row, stay)
            budget -= steps * table.room.size
            if end == row:
                # Who leaves one place empty does no better with the next one.
                break
    return places.size


@compiled
def _search(table: Table, source: int, stay: int) -> tuple[int, int]:
    """Fill a place of a row along a shortest path, and return the row where it ends, and how many steps were looked at.

    It ends at a column with room, or at a row that leaves a place empty, which may be the first one.
    """
    table.row_length[:] = FAR
    table.column_length[:] = FAR
    table.row_done[:] = False
    table.column_done[:] = False
    table.row_length[source] = 0
    best, end, steps = FAR, NOBODY, 0
    while True:
        steps += 1
        row, length = _nearest_row(table)
        column, beyond = _nearest_column(table)
        if min(length, beyond) >= best:
            column = NOBODY
            break
        if length <= beyond:
            if length + stay - table.row_price[row] < best:
                best, end = length + stay - table.row_price[row], row
            _from_row(table, row)
        elif table.room[column] > 0:
            best, end = beyond, NOBODY
            break
        else:
            _from_column(table, column)
    for i in range(table.row_done.size):
        if table.row_done[i]:
            table.row_price[i] += best - table.row_length[i]
    for j in range(table.column_done.size):
        if table.column_done[j]:
            table.column_price[j] -= best - table.column_length[j]
    _change(table, source, column, end)
    return end, steps


@compiled
def _nearest_row(table: Table) -> tuple[int, int]:
    """Return the nearest row that is not done, and how far it is."""
    at, least = NOBODY, FAR
    for i in range(table.row_length.size):
        if table.row_length[i] < least and not table.row_done[i]:
            at, least = i, table.row_length[i]
    return at, least


@compiled
def _nearest_column(table: Table) -> tuple[int, int]:
    """Return the nearest column that is not done, one with room if there are several, and how far it is."""
    at, least = NOBODY, FAR
    for j in range(table.room.size):
        nearer = table.column_length[j] < least or (
            table.column_length[j] == least and table.room[j] > 0
        )
        if nearer and not table.column_done[j]:
            at, least = j, table.column_length[j]
    return at, least


@compiled
def _from_row(table: Table, row: int) -> None:
    """Shorten the ways to columns by pairs that this row could make: a length that is final gets no shorter."""
    table.row_done[row] = True
    base = table.row_length[row] - table.row_price[row]
    cost, price = table.cost[row], table.column_price
    length, by = table.column_length, table.column_by
    for j in range(cost.size):
        through = base + cost[j] - price[j]
        shorter = through < length[j]
        length[j] = through if shorter else length[j]
        by[j] = row if shorter else by[j]


@compiled
def _from_column(table: Table, column: int) -> None:
    """Shorten the ways to rows by pairs that this column could give up: a length that is final gets no shorter."""
    table.column_done[column] = True
    base = table.column_length[column] + table.column_price[column]
    for i in range(table.row_price.size):
        if table.made[i, column]:
            length = base + table.row_price[i] - (table.cost[i, column] - FAR)
            if length < table.row_length[i]:
                table.row_length[i] = length
                table.row_by[i] = column


@compiled
def _change(table: Table, source: int, column: int, end: int) -> None:
    """Make and unmake the pairs along the path, which ends at a column, or else at a row."""
    if column != NOBODY:
        table.room[column] -= 1
    elif end == source:
        return
    else:
        column = table.row_by[end]
        _set(table, end, column, False)
    while True:
        row = table.column_by[column]
        _set(table, row, column, True)
        if row == source:
            return
        column = table.row_by[row]
        _set(table, row, column, False)


@compiled
def _set(table: Table, row: int, column: int, made: bool) -> None:
    table.made[row, column] = made
    table.cost[row, column] += FAR if made else -FAR
