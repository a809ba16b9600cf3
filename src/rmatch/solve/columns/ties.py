"""Ties at any size: the draw among equal totals over the tight pairs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve.columns.answer import Warm
from rmatch.solve.columns.contradiction import contradiction
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.problem import ImplicitProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.columns.answer import Answer
    from rmatch.solve.columns.source import Source
    from rmatch.solve.network.network import Whole
    from rmatch.solve.ties import Ties

    Solved = Callable[[ImplicitProblem, Warm], Answer]


def decide(
    problem: ImplicitProblem,
    answer: Answer,
    ties: Ties,
    tight: tuple[Whole, Whole] | None,
    solved: Solved,
    pause: Callable[[], None] = lambda: None,
) -> None:
    r"""Replace the pairs by the optimal ones with the largest sum of ties.

    By complementary slackness a matching is optimal exactly when it holds all pairs with :math:`p_{ij} > u_i + v_j`,
    none with less, fills everyone at a price above 0 and gives nobody at a price below 0 more than the minimum; where the
    first partner is worth something, a price has to be as far below 0 before somebody has none. What remains is a problem over the pairs with :math:`p_{ij} = u_i + v_j`. Where they are many and their ties a hash, it
    is solved by column generation in its turn.

    Parameters
    ----------
    problem : ImplicitProblem
        The problem.
    answer : Answer
        Its optimal answer.
    ties : callable
        Returns the ties of single pairs: from 0 to ``2**32``.
    tight : tuple of two numpy.ndarray of int64, or None
        The pairs that are worth no less than their prices, each once; nothing if they are too many to write down.
    solved : callable
        Returns the answer to a problem, from a known matching on; may raise what `pause` may.
    pause : callable
        Called now and then; may raise, and then the pairs stay as they are.
    """
    source, proof = problem.source, answer.certificate
    # In points: what a pair counts beside them comes off the one row's price that every pair has.
    u, v = prices = proof.u - proof.bonus, proof.v
    rows, columns, points = answer.pairs
    forced = points > u[rows] + v[columns]
    pairs = np.stack([rows, columns])
    fixed = pairs[:, forced]
    choice = _choice(problem, answer, fixed, source.drawn(prices, ties))
    if tight is None:
        # Too many to write down: the pairs at hand are one choice, and the run goes on from there.
        known = pairs[:, ~forced]
        chosen = _generated(choice, known, solved)
    else:
        open_pairs = _open(problem, prices, np.stack(tight), fixed)
        chosen = _chosen(choice, open_pairs, pause)
    rows, columns = np.concatenate([fixed, chosen], axis=1)
    order = np.lexsort((columns, rows))
    rows = rows[order]
    columns = columns[order]
    answer.pairs = rows, columns, source.at(rows, columns)


def _choice(
    problem: ImplicitProblem, answer: Answer, forced: Whole, source: Source
) -> ImplicitProblem:
    """Return the problem that the forced pairs leave open."""
    most, fewest = [], []
    prices = answer.certificate.u, answer.certificate.v
    for price, places, fewest_partners, taken, first in zip(
        prices,
        problem.capacities,
        problem.minimums,
        forced,
        problem.firsts,
        strict=True,
    ):
        count = np.bincount(taken, minlength=len(price))
        # A place at a price above 0 is filled in every optimum, and below 0 none beyond the
        # minimum, but for a first partner who is worth more than the price is below 0.
        may_have_one = (first > 0) & (price + first >= 0)
        has_one = (first > 0) & (price + first > 0)
        once = np.minimum(places, 1)
        upper = np.where(price < 0, np.maximum(fewest_partners, once * may_have_one), places)
        lower = np.where(price > 0, places, np.maximum(fewest_partners, once * has_one))
        most.append(upper - count)
        fewest.append(np.maximum(lower - count, 0))
    return ImplicitProblem.limited(
        source,
        capacities=(most[0], most[1]),
        minimums=(fewest[0], fewest[1]),
        most_pairs=False,
    )


def _chosen(choice: ImplicitProblem, tight: Whole, pause: Callable[[], None]) -> Whole:
    """Return the best choice among tight pairs that are written down."""
    rows, columns = tight
    master = Master(
        choice.capacities, choice.minimums, _nothing(choice), choice.must, choice.firsts
    )
    worth = choice.source.at(rows, columns)
    master.add(rows, columns, worth)
    master.solve(pause)
    chosen = master.chosen(rows, columns)
    return tight[:, chosen]


def _generated(choice: ImplicitProblem, known: Whole, solved: Solved) -> Whole:
    """Return the best choice among all tight pairs, from a known one on."""
    rows, columns = known
    warm = Warm(_nothing(choice), rows, columns)
    rows, columns, _ = solved(choice, warm).pairs
    return np.stack([rows, columns])


def _nothing(choice: ImplicitProblem) -> tuple[Whole, Whole]:
    """Return prices of 0."""
    rows, columns = choice.shape
    return np.zeros(rows, np.int64), np.zeros(columns, np.int64)


def _open(
    problem: ImplicitProblem, prices: tuple[Whole, Whole], pairs: Whole, fixed: Whole
) -> Whole:
    """Return which of the pairs are not forced; those that exceed their prices must be among the fixed ones."""
    u, v = prices
    rows, columns = pairs
    points = problem.source.at(rows, columns)
    over = points > u[rows] + v[columns]
    _, width = problem.shape
    keys = rows * width + columns
    exceeding = keys[over]
    fixed_rows, fixed_columns = fixed
    known = fixed_rows * width + fixed_columns
    # Where all pairs were looked at once more, that makes sure of the proof.
    if not np.isin(exceeding, known).all():
        raise contradiction(problem, "a pair that exceeds its prices was overlooked")
    return pairs[:, ~over]
