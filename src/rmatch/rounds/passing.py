"""Which of some pairs pass what is asked of blocks: many pairs without the whole matrix, and without a question for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from rmatch.rounds.player import Cell
    from rmatch.scoring import Scores

    Block = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.bool_]]

GROUP = 64
"""The number of pairs that are looked at together, in a square block of which they are the diagonal."""


def passing(block: Block, cells: Iterable[Cell]) -> list[Cell]:
    """Return those of some pairs that pass.

    Parameters
    ----------
    block : callable
        Tells which pairs of some rows with some columns pass, such as `Scores.open_block`.
    cells : iterable of (int, int)
        Row and column of each pair.

    Returns
    -------
    list of (int, int)
        Those that pass, in order.
    """
    ordered, found = sorted(cells), []
    for start in range(0, len(ordered), GROUP):
        group = ordered[start : start + GROUP]
        rows, columns = np.array(group, np.intp).T
        passed = block(rows, columns).diagonal().tolist()
        found += [cell for cell, passes in zip(group, passed, strict=True) if passes]
    return found


def open_cells(scores: Scores, cells: Iterable[Cell]) -> list[Cell]:
    """Return those of some pairs that may be made, in order: in a large round of what the rules tell of single pairs."""
    ordered = sorted(cells)
    rows, columns = np.array(ordered, np.intp).reshape(-1, 2).T
    told = None if scores.fits else scores.open_at(rows, columns)
    if told is None:
        return passing(scores.open_block, ordered)
    return [cell for cell, may in zip(ordered, told.tolist(), strict=True) if may]
