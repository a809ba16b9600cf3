"""The compiled search through what a flow leaves open, for large networks; it comes with the extra `scale`.

It finds what :meth:`rmatch.solve.network.residual.Residual.nearest` finds without it, by the same ways.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from rmatch.utils.compiled import compiled

CHUNK = 64
"""So many arcs are looked at together for whether any of them leads on: few do."""


@compiled
def search(ahead: Any, also: Any, back: Any, sender: Any, ends: Any) -> Any:
    """Return the nearest goals, how each column and row was reached, and which were (breadth first).

    Parameters
    ----------
    ahead, also : numpy.ndarray of bool
        Two conditions that an arc ahead has to meet, shape (rows, columns).
    back : numpy.ndarray of bool
        The arcs back, shape (columns, rows).
    sender : numpy.ndarray of int64
        The only row that may send to each column, or -1 where there may be several.
    ends : tuple of two numpy.ndarray of bool
        The rows where ways begin, and the columns where they may end.
    """
    sources, goals = ends
    by_row, by_column = np.full(goals.size, -1), np.full(sources.size, -1)
    new_rows, new_columns = ~sources, np.ones(goals.size, np.bool_)
    seen, found = sources.copy(), np.zeros(goals.size, np.bool_)
    front = np.flatnonzero(sources)
    hits = front[:0]
    while front.size:
        for row in front:
            _spread(ahead[row], also[row], new_columns, by_row, row)
        # Neither new any more nor told of before.
        reached = np.flatnonzero(new_columns == found)
        found[reached] = True
        hits = reached[goals[reached]]
        if hits.size:
            break
        for column in reached:
            row = sender[column]
            if row < 0:
                _spread(back[column], back[column], new_rows, by_column, column)
            elif back[column, row] and new_rows[row]:
                by_column[row] = column
                new_rows[row] = False
        front = np.flatnonzero(new_rows == seen)
        seen[front] = True
    return hits, by_row, by_column, seen, found


@compiled
def _spread(steps: Any, also: Any, new: Any, by: Any, node: Any) -> None:
    """Note that what is new was reached from a node."""
    for begin in range(0, steps.size, CHUNK):
        end = min(begin + CHUNK, steps.size)
        if _any(steps[begin:end], also[begin:end], new[begin:end]):
            for j in range(begin, end):
                if steps[j] and also[j] and new[j]:
                    by[j] = node
                    new[j] = False


@compiled
def _any(steps: Any, also: Any, new: Any) -> bool:
    some = False
    for k in range(steps.size):
        some |= steps[k] & also[k] & new[k]
    return some
