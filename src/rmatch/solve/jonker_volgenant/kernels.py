"""The compiled inner loops of the dense route: reductions that match most rows, and shortest augmenting paths for the rest.

Costs, prices and lengths are doubled, and a column that is taken weighs one less than its price: so it is one farther than
one that is free at the same price. Where several columns are nearest, the least number is that of a free one, and is even.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.utils.compiled import compiled, inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.int32 | np.int64]
    Places = NDArray[np.int32]

CHUNK = 64
"""So many columns are looked through together for whether the nearest is among them."""
NOBODY = -1
"""The row of a free column, and the column of a row that has none yet."""
ALONE = -2
"""The column of a row that stays without one."""
DONE = -1
"""The length of a column that is final: nothing shortens it, and without a sign it is the longest."""


class Board(NamedTuple):
    """What is known of the rows and the columns while they are matched.

    Attributes
    ----------
    cost : numpy.ndarray of int32 or int64
        Twice what each pair costs, 0 or more, shape (rows, columns).
    weight : numpy.ndarray
        Twice the price of each column, less 1 where it is taken.
    row_of, column_of : numpy.ndarray of int32
        Who is matched with whom.
    length, unsigned : numpy.ndarray
        How far each column is in the search that goes on, and the same memory without signs.
    trial : numpy.ndarray
        Lengths through one row.
    by : numpy.ndarray of int32
        The last row on the way to each column.
    least : numpy.ndarray
        The least length of each chunk, without sign.
    done, final : numpy.ndarray
        Columns whose lengths are final, and these lengths, not doubled.
    """

    cost: Cells
    weight: Cells
    row_of: Places
    column_of: Places
    length: Cells
    unsigned: NDArray[np.uint32 | np.uint64]
    trial: Cells
    by: Places
    least: NDArray[np.uint32 | np.uint64]
    done: Places
    final: NDArray[np.int64]


@compiled
def blank(cost: Any, length: Any, unsigned: Any) -> Board:
    """Return a board with nothing on it, in memory for the costs and the lengths."""
    rows, columns = cost.shape
    return Board(
        cost,
        np.zeros(columns, cost.dtype),
        np.full(columns, NOBODY, np.int32),
        np.full(rows, NOBODY, np.int32),
        length,
        unsigned,
        np.empty(columns, cost.dtype),
        np.zeros(columns, np.int32),
        np.zeros(-(-columns // CHUNK), unsigned.dtype),
        np.empty(columns, np.int32),
        np.empty(columns, np.int64),
    )


@compiled
def reduce_columns(board: Board, far: int) -> bool:
    """Give each column the price of its cheapest pair, and match that pair if the row has none; tell if all columns have one.

    Only where all columns will be taken: the price of one that stays free has to be 0.
    """
    cost, weight, by = board.cost, board.weight, board.by
    rows, columns = cost.shape
    for j in range(columns):
        weight[j] = cost[0, j]
        by[j] = 0
    for i in range(1, rows):
        for j in range(columns):
            less = cost[i, j] < weight[j]
            weight[j] = cost[i, j] if less else weight[j]
            by[j] = i if less else by[j]
    for j in range(columns):
        if weight[j] >= far:
            return False
        if board.column_of[by[j]] == NOBODY:
            match_two(board, by[j], j)
    return True


@inlined
def match_two(board: Board, row: int, column: int) -> None:
    """Match two; whoever the column had before has nobody then."""
    before = board.row_of[column]
    if before == NOBODY:
        board.weight[column] -= 1
    else:
        board.column_of[before] = NOBODY
    board.row_of[column] = row
    board.column_of[row] = column


@compiled
def _lowest(values: Any) -> Any:
    low = values[0]
    for k in range(values.size):
        low = values[k] if values[k] < low else low  # noqa: FURB136 - the call is not vectorised
    return low


@compiled
def two_least(board: Board, row: int) -> tuple[int, int, int]:
    """Return the least two of the lengths from a row to the columns, and where the first one is."""
    cost, weight, trial = board.cost[row], board.weight, board.trial
    for j in range(weight.size):
        trial[j] = cost[j] - weight[j]
    at = 0
    first = second = 2**62
    for begin in range(0, weight.size, CHUNK):
        some = trial[begin : begin + CHUNK]
        if _lowest(some) < second:
            for j in range(some.size):
                if some[j] < first:
                    second = first
                    first = some[j]
                    at = begin + j
                elif some[j] < second:
                    second = some[j]
    return first, second, at


@compiled
def reduce_rows(board: Board, stay: int, far: int, looks: int) -> None:
    """Match rows with their nearest columns, whose prices fall until the second nearest are as near; most are matched so.

    A row that loses its column to another one is next. After so many looks the rest is left to searches.
    """
    for start in range(board.column_of.size):
        row = start
        while board.column_of[row] == NOBODY and looks > 0:
            looks -= 1
            near, next_near, column = two_least(board, row)
            least = near >> 1
            second = min(next_near >> 1, stay)
            if least >= stay:
                board.column_of[row] = ALONE
                break
            before = board.row_of[column]
            if second >= far // 2 or (before != NOBODY and least == second):
                break
            board.weight[column] -= 2 * (second - least)
            match_two(board, row, column)
            if before != NOBODY:
                row = before


@compiled
def _reach(board: Board, row: Any, base: Any) -> Any:
    """Shorten the lengths of all columns that are nearer through a row, and return the least of those not done."""
    cost, weight, length, by = board.cost[row], board.weight, board.length, board.by
    # Numbers as narrow as those in the arrays: of these more are worked on at once.
    narrow, row = length.dtype.type, by.dtype.type(row)
    base = narrow(base)
    for j in range(weight.size):
        through = narrow(cost[j] - weight[j] + base)
        shorter = through < length[j]
        length[j] = through if shorter else length[j]
        by[j] = row if shorter else by[j]
    for chunk in range(board.least.size):
        begin = chunk * CHUNK
        board.least[chunk] = _lowest(board.unsigned[begin : begin + CHUNK])
    return _lowest(board.least)


@compiled
def _finish(board: Board, nearest: Any, done: int) -> int:
    """Note which columns are the nearest, up to the first free one, and return how many are done."""
    for chunk in range(board.least.size):
        if board.least[chunk] == nearest:
            begin = chunk * CHUNK
            for j in range(begin, min(begin + CHUNK, board.weight.size)):
                if board.unsigned[j] == nearest:
                    board.done[done] = j
                    board.final[done] = nearest >> 1
                    done += 1
                    if board.row_of[j] == NOBODY:
                        return done
                    board.length[j] = DONE
    return done


@compiled
def _search(board: Board, source: int, stay: int, far: int) -> int:
    """Match one more row along a shortest path, and return how many rows were looked through: 0 if no path is below `far`.

    A path ends at a free column, or at a row that stays alone. A price falls by what its column is nearer than that end: it
    becomes the cost of the way there less the length of the whole path, and so no price falls farther below 0 than a path is long.
    """
    board.length[:] = 2 * far
    done, looked, best, end = 0, 0, stay, source
    nearest = level = _reach(board, source, 0)
    while True:
        if looked == done:
            half, level = int(nearest >> 1), nearest
            if half >= best:
                column = NOBODY
                break
            if half >= far // 2:
                return 0
            done = _finish(board, nearest, done)
        column = board.done[looked]
        if board.row_of[column] == NOBODY:
            best = board.final[looked]
            break
        row, length = board.row_of[column], board.final[looked]
        own = board.cost[row, column] - board.weight[column] - 1
        if length + stay - own // 2 < best:
            best, end = length + stay - own // 2, row
        looked += 1
        nearest = _reach(board, row, 2 * length - own)
        if nearest <= level:
            # As near as those looked through now: a free column ends the search, and others are among them.
            if nearest < level:
                looked = done
            done = _finish(board, nearest, done)
    for k in range(done):
        board.weight[board.done[k]] -= 2 * max(0, best - board.final[k])
    _change(board, source, column, end)
    return looked + 1


@inlined
def _change(board: Board, source: int, column: int, end: int) -> None:
    """Change columns along the path that ends at a free one, or else at a row that gives up its own."""
    if column == NOBODY:
        column = board.column_of[end]
        board.column_of[end] = ALONE
        if end == source:
            return
    else:
        board.weight[column] -= 1
    while True:
        row = board.by[column]
        following = board.column_of[row]
        board.row_of[column] = row
        board.column_of[row] = column
        if row == source:
            return
        column = following


@compiled
def augment(board: Board, free: Any, first: int, stay: int, far: int, budget: int) -> int:
    """Match one row after another until the work exceeds the budget, and return which one comes next.

    Where no path is below `far`, or prices get too low for lengths to be held, it is ``~next``.
    """
    for position in range(first, free.size):
        if budget < 0:
            return position
        looked = _search(board, free[position], stay, far)
        # Nothing bounds how far prices fall but the lengths of paths, and these only where a row may stay alone.
        if looked == 0 or (stay > far and _lowest(board.weight) < -2 * far):
            return ~position
        budget -= looked * board.weight.size
    return len(free)
