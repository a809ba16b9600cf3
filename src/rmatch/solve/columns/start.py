"""Where to begin: coarse prices from a sample, and the most promising pairs under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns.pricing import Found, passed

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from rmatch.solve.columns.problem import Large
    from rmatch.solve.columns.source import Source
    from rmatch.solve.network import Whole

SMALL = 2**16
"""Up to so many pairs all of them are candidates."""

PART = 1 / 8
"""The share of the people in the sample."""

FIRST = 8
"""How many pairs of each person are candidates at first."""

AROUND = 5
"""Over how many of the best pairs in the sample a price is averaged."""


def start(large: Large, executor: Executor) -> tuple[tuple[Whole, Whole], Found]:
    r"""Return prices to start from, and candidates.

    The best matching of a random sample of both sides has prices :math:`u, v`. In all linear programmes of this form
    the price of a column is what the best of the rows would gain by it, :math:`\max_i (p_{ij} - u_i)`; over the rows of
    the sample alone that is a price for every column, in the sample or not, and likewise for every row. The mean of the
    best few such gains is a little lower, as prices are where there are more to choose from.

    Parameters
    ----------
    large : Large
        The problem.
    executor : concurrent.futures.Executor
        Where blocks of rows are worked on.

    Returns
    -------
    prices : tuple of two numpy.ndarray of int64
        Prices of the rows, all 0, and of the columns.
    found : Found
        Candidates.
    """
    rows, columns = large.source.shape
    if rows * columns <= SMALL:
        return (np.zeros(rows, np.int64), np.zeros(columns, np.int64)), _everything(large.source)
    u, v = _coarse(large, executor)
    keep = _share(FIRST, columns, rows), _share(FIRST, rows, columns)
    found = passed(large.source, (u, v), keep, executor, all_gains=True)
    return (np.zeros(rows, np.int64), np.maximum(v, 0)), found


def _share(most: int, others: int, own: int) -> int:
    """Return how many pairs someone needs who is one of so many: fewer on a side that is much the longer one."""
    return min(most, -(-most * 2 * others // own) if own > 4 * others else most)


def _everything(source: Source) -> Found:
    points = source.rows(0, source.shape[0])
    rows, columns = np.nonzero(points > source.lowest - 1)
    return Found(rows, columns, points[rows, columns])


def _coarse(large: Large, executor: Executor) -> tuple[Whole, Whole]:
    """Return prices in points."""
    from rmatch.solve.columns.generate import Generation

    dice = np.random.default_rng(0)
    rows, columns = (np.sort(dice.choice(size, max(1, int(size * PART)), replace=False)) for size in large.source.shape)
    proof = Generation(large.part(rows, columns), executor).run().certificate
    u, v = proof.u - proof.bonus, proof.v
    return (
        _mean(passed(large.source.take(columns=columns), (0 * u[:1].repeat(large.source.shape[0]), v), (AROUND, 0), executor, all_gains=True), 0, large.source.shape[0]),
        _mean(passed(large.source.take(rows=rows), (u, np.zeros(large.source.shape[1], np.int64)), (0, AROUND), executor, all_gains=True), 1, large.source.shape[1]),
    )


def _mean(found: Found, side: int, size: int) -> Whole:
    counts = np.maximum(np.bincount(found[side], minlength=size), 1)
    sums = np.zeros(size, np.int64)
    np.add.at(sums, found[side], found.gain)
    return sums // counts
