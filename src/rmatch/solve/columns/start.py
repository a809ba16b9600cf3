"""Where to begin: coarse prices from a sample, and the most promising pairs under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.solve.columns.pricing import Found, passed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from rmatch.solve.columns.generate import Answer
    from rmatch.solve.columns.problem import Large
    from rmatch.solve.columns.source import Source
    from rmatch.solve.network.network import Whole

SMALL = 2**16
"""Up to so many pairs all of them are candidates."""

PART = 1 / 8
"""The share of the people in the sample."""

FIRST = 8
"""How many pairs of each person are candidates at first."""

AROUND = 5
"""Over how many of the best pairs in the sample a price is averaged."""


class Warm(NamedTuple):
    """What is known beforehand from a problem much the same.

    Attributes
    ----------
    prices : tuple of two numpy.ndarray of int64
        Prices of rows and columns, in points.
    rows, columns : numpy.ndarray of int64
        A matching, whose pairs are candidates too.
    """

    prices: tuple[Whole, Whole]
    rows: Whole
    columns: Whole

    @classmethod
    def of(cls, answer: Answer) -> Warm:
        """Return the prices and the pairs of an answer."""
        proof = answer.certificate
        return cls(
            (_in_points(proof.u, proof.bonus), _in_points(proof.v, proof.bonus)), *answer.pairs[:2]
        )

    def among(self, rows: Whole, columns: Whole) -> Warm:
        """Return the same for some of the people."""
        place = [np.full(len(price), -1) for price in self.prices]
        place[0][rows], place[1][columns] = np.arange(len(rows)), np.arange(len(columns))
        mine, theirs = place[0][self.rows], place[1][self.columns]
        both = (mine >= 0) & (theirs >= 0)
        return Warm((self.prices[0][rows], self.prices[1][columns]), mine[both], theirs[both])


def start(
    large: Large, executor: Executor, pause: Callable[[], None], warm: Warm | None = None
) -> tuple[tuple[Whole, Whole], Found]:
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
    pause : callable
        Called now and then; may raise.
    warm : Warm, optional
        Where to start from instead of a sample.

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
    u, v = warm.prices if warm else _coarse(large, executor, pause)
    keep = _share(FIRST, columns, rows), _share(FIRST, rows, columns)
    found = passed(large.source, (u, v), keep, executor, all_gains=True, pause=pause)
    if warm:
        found = Found(
            np.append(found.rows, warm.rows),
            np.append(found.columns, warm.columns),
            np.append(found.gain, 0 * warm.rows),
        )
    return (
        np.zeros(rows, np.int64),
        np.maximum(v + large.bonus * _columns_scarce(large), 0),
    ), found


def _columns_scarce(large: Large) -> bool:
    """Return whether the columns have fewer places, so that they rather than the rows command the bonus of a pair."""
    return bool(large.capacities[1].sum() < large.capacities[0].sum())


def _share(most: int, others: int, own: int) -> int:
    """Return how many pairs someone needs who is one of so many: fewer on a side that is much the longer one."""
    return min(most, -(-most * 2 * others // own) if own > 4 * others else most)


def _everything(source: Source) -> Found:
    points = source.rows(0, source.shape[0])
    rows, columns = np.nonzero(points > source.lowest - 1)
    return Found(rows, columns, points[rows, columns].astype(np.int64))


def _coarse(large: Large, executor: Executor, pause: Callable[[], None]) -> tuple[Whole, Whole]:
    """Return prices in points."""
    from rmatch.solve.columns.generate import Generation

    dice = np.random.default_rng(0)
    rows, columns = (
        np.sort(dice.choice(size, max(1, int(size * PART)), replace=False))
        for size in large.source.shape
    )
    # Whatever stops the whole run stops here too.
    sample = Generation(large.part(rows, columns), executor, lambda *_: pause())
    sample.work()
    u, v = Warm.of(sample.answer).prices
    return (
        _level(large.source.take(columns=columns), (None, v), executor),
        _level(large.source.take(rows=rows), (u, None), executor),
    )


def _in_points(prices: Whole, bonus: int) -> Whole:
    """Take the bonus of a pair off, as often as a price holds it: points alone are far less."""
    return prices - bonus * ((prices + bonus // 2) // max(bonus, 1))


def _level(source: Source, prices: tuple[Whole | None, Whole | None], executor: Executor) -> Whole:
    """Return the mean of the best few gains at the prices of the other side."""
    side = 0 if prices[0] is None else 1
    own = np.zeros(source.shape[side], np.int64)
    known = tuple(own if price is None else price for price in prices)
    keep = (AROUND * (side == 0), AROUND * (side == 1))
    found = passed(source, (known[0], known[1]), keep, executor, all_gains=True)
    sums = np.zeros(len(own), np.int64)
    np.add.at(sums, found[side], found.gain)
    return sums // np.maximum(np.bincount(found[side], minlength=len(own)), 1)
