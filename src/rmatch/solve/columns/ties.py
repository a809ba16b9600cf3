"""Ties at any size: the second level over the tight pairs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns.contradiction import contradiction
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.pricing import tight_pairs
from rmatch.solve.columns.problem import Large
from rmatch.solve.columns.start import Warm

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from rmatch.solve.columns.generate import Answer
    from rmatch.solve.columns.source import Source
    from rmatch.solve.network.network import Whole

    Ties = Callable[[Whole, Whole], Whole]

TIGHT = 2**19
"""Up to so many tight pairs all of them are written down."""


def decide(
    large: Large,
    answer: Answer,
    ties: Ties,
    executor: Executor,
    pause: Callable[[], None] = lambda: None,
) -> None:
    r"""Replace the pairs by the optimal ones with the largest sum of ties.

    By complementary slackness a matching is optimal exactly when it holds all pairs with :math:`p_{ij} > u_i + v_j`,
    none with less, fills everyone at a price above 0 and gives nobody at a price below 0 more than the minimum. What
    remains is a problem over the pairs with :math:`p_{ij} = u_i + v_j`. Where they are many and their ties a hash, it
    is solved by column generation in its turn.

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
    """
    proof, (rows, columns, points) = answer.certificate, answer.pairs
    prices = proof.u - proof.bonus, proof.v
    forced = points > prices[0][rows] + prices[1][columns]
    fixed, free = np.stack([rows, columns])[:, forced], np.stack([rows, columns])[:, ~forced]
    choice = _choice(large, answer, fixed, large.source.drawn(prices, ties))
    tight = tight_pairs(large.source, prices, TIGHT, executor, pause)
    if tight is None:
        chosen = _generated(choice, free, executor, pause)
    else:
        chosen = _chosen(choice, _open(large, prices, np.stack(tight), fixed), pause)
    pairs = np.concatenate([fixed, chosen], axis=1)
    rows, columns = pairs[:, np.lexsort((pairs[1], pairs[0]))]
    answer.pairs = rows, columns, large.source.at(rows, columns)


def _choice(large: Large, answer: Answer, forced: Whole, source: Source) -> Large:
    """Return the problem that the forced pairs leave open."""
    most, fewest = [], []
    prices = answer.certificate.u, answer.certificate.v
    for price, places, minimum, taken in zip(
        prices, large.capacities, large.minimums, forced, strict=True
    ):
        count = np.bincount(taken, minlength=len(price))
        most.append(np.where(price < 0, minimum, places) - count)
        fewest.append(np.maximum(np.where(price > 0, places, minimum) - count, 0))
    return Large.limited(source, (most[0], most[1]), (fewest[0], fewest[1]), most_pairs=False)


def _chosen(choice: Large, tight: Whole, pause: Callable[[], None]) -> Whole:
    """Return the best choice among tight pairs that are written down."""
    rows, columns = tight
    nothing = np.zeros(choice.source.shape[0], np.int64), np.zeros(choice.source.shape[1], np.int64)
    master = Master(choice.capacities, choice.minimums, nothing, choice.must)
    master.add(rows, columns, choice.source.at(rows, columns))
    master.solve(pause)
    return tight[:, master.chosen(rows, columns)]


def _generated(choice: Large, known: Whole, executor: Executor, pause: Callable[[], None]) -> Whole:
    """Return the best choice among all tight pairs, from a known one on."""
    from rmatch.solve.columns.generate import Generation

    rows, columns = choice.source.shape
    nothing = np.zeros(rows, np.int64), np.zeros(columns, np.int64)
    generation = Generation(choice, executor, lambda *_: pause(), Warm(nothing, known[0], known[1]))
    generation.work()
    return np.stack(generation.answer.pairs[:2])


def _open(large: Large, prices: tuple[Whole, Whole], pairs: Whole, fixed: Whole) -> Whole:
    """Return which of the pairs are not forced; those that exceed their prices must be among the fixed ones."""
    rows, columns = pairs
    over = large.source.at(rows, columns) > prices[0][rows] + prices[1][columns]
    width = large.source.shape[1]
    # All pairs were looked at once more, which makes sure of the proof.
    if not np.isin(pairs[0, over] * width + pairs[1, over], fixed[0] * width + fixed[1]).all():
        raise contradiction(large, "a pair that exceeds its prices was overlooked")
    return pairs[:, ~over]
