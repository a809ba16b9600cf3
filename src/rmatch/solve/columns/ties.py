"""Ties at any size: the second level over the tight pairs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns.master import Master
from rmatch.solve.columns.pricing import tight_pairs
from rmatch.solve.columns.report import contradiction
from rmatch.solve.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from rmatch.solve.columns.generate import Answer
    from rmatch.solve.columns.problem import Large
    from rmatch.solve.network import Whole

    Ties = Callable[[Whole, Whole], Whole]

TIGHT = 2**23
"""The most tight pairs in one block of rows among which ties are decided."""


def decide(
    large: Large, answer: Answer, ties: Ties, executor: Executor, pause: Callable[[], None] = lambda: None
) -> bool:
    r"""Replace the pairs by the optimal ones with the largest sum of ties, and return whether that was possible.

    By complementary slackness a matching is optimal exactly when it holds all pairs with :math:`p_{ij} > u_i + v_j`,
    none with less, fills everyone at a price above 0 and gives nobody at a price below 0 more than the minimum. What
    remains is a problem over the pairs with :math:`p_{ij} = u_i + v_j`.

    Parameters
    ----------
    large : Large
        The problem.
    answer : Answer
        Its optimal answer.
    ties : callable
        Returns the second level of single pairs: from 0 to ``2**32``.
    executor : concurrent.futures.Executor
        Where blocks of rows are worked on.
    pause : callable
        Called now and then; may raise, and then the pairs stay as they are.

    Returns
    -------
    bool
        False if there are too many tight pairs.
    """
    proof = answer.certificate
    tight = tight_pairs(large.source, (proof.u - proof.bonus, proof.v), TIGHT, executor, pause)
    if tight is None:
        return False
    rows, columns = tight
    points = large.source.at(rows, columns)
    forced = points + proof.bonus > proof.u[rows] + proof.v[columns]
    fixed, free = (np.stack([rows, columns, points])[:, some] for some in (forced, ~forced))
    _check(large, answer, fixed)
    master = _choice(large, answer, fixed[:2])
    master.add(free[0], free[1], ties(free[0], free[1]))
    master.solve(pause)
    found = np.concatenate([fixed, free[:, master.chosen(free[0], free[1])]], axis=1)
    rows, columns, points = found[:, np.lexsort((found[1], found[0]))]
    answer.pairs = rows, columns, points
    return True


def _choice(large: Large, answer: Answer, forced: Whole) -> Master:
    """Return an empty master for what the forced pairs leave open."""
    most, fewest = [], []
    prices = answer.certificate.u, answer.certificate.v
    for price, places, minimum, taken in zip(prices, large.capacities, large.minimums, forced, strict=True):
        count = np.bincount(taken, minlength=len(price))
        most.append(np.where(price < 0, minimum, places) - count)
        fewest.append(np.maximum(np.where(price > 0, places, minimum) - count, 0))
    zeros = tuple(np.zeros_like(price) for price in prices)
    must = 4 * (TIES + 1) * (sum(large.source.shape) + 2)
    return Master((most[0], most[1]), (fewest[0], fewest[1]), (zeros[0], zeros[1]), must)


def _check(large: Large, answer: Answer, fixed: Whole) -> None:
    """Make sure of the proof, since all pairs were looked at once more: what exceeds its prices must be chosen."""
    width = large.source.shape[1]
    if not np.isin(fixed[0] * width + fixed[1], answer.pairs[0] * width + answer.pairs[1]).all():
        raise contradiction(large, "a pair that exceeds its prices was overlooked")
