"""Pairs that need no detour: a quick beginning, which often is all that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.loops import EVERY, heard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole


def at_once(ways: NDArray[np.bool_], wanted: Whole, room: Whole, phase: str) -> tuple[Whole, Whole]:
    """Return rows and columns of pairs, each of them once: whoever has the fewest ways takes the first that are left.

    Parameters
    ----------
    ways : numpy.ndarray of bool
        Who may take what, shape (rows, columns).
    wanted, room : numpy.ndarray of int64
        How many columns each row takes at most, and how many rows each column.
    phase : str
        What is going on.

    Examples
    --------
    >>> ways = np.array([[True, True], [True, False]])
    >>> one = np.array([1, 1])
    >>> [own.tolist() for own in at_once(ways, one, one, "places")]
    [[1, 0], [0, 1]]
    """
    left, free = room.tolist(), room > 0
    rows: list[int] = []
    columns: list[int] = []
    for row in heard(np.argsort(ways.sum(1), kind="stable").tolist(), phase, EVERY):
        within_reach = ways[row] & free
        if wanted[row] == 1:
            first = int(within_reach.argmax())
            taken = [first] if within_reach[first] else []
        else:
            taken = np.flatnonzero(within_reach)[: wanted[row]].tolist()
        for column in taken:
            left[column] -= 1
            free[column] = left[column] > 0
        rows += [row] * len(taken)
        columns += taken
    return np.array(rows, np.int64), np.array(columns, np.int64)
