"""Other partners of a person where topics count once, and what each would cost: what a pair adds depends on its group."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Status, StopError
from rmatch.rounds.alternative import Alternative
from rmatch.rounds.groups.whole import prices_of, whoever_is_placed
from rmatch.rounds.rematched import rematched
from rmatch.scoring import Coverage
from rmatch.solve import GroupSolution, TieHash, ceiling_of, most_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.player import Cell

SOLVED = 2**15
"""Rounds of so many pairs together are solved anew to tell what pairs cost; beyond, prices of mentors bound it."""


def in_groups(outcome: Outcome) -> bool:
    """Tell whether a matching was made of groups."""
    return isinstance(outcome.steps[-1].solution, GroupSolution)


def counts_all_pairs(outcome: Outcome) -> bool:
    """Tell whether a matching was made of groups, and is known to have as many pairs as possible where that comes first."""
    found = [step.solution for step in outcome.steps]
    return all(
        isinstance(one, GroupSolution) and one.most_pairs in {None, len(one.rows)} for one in found
    )


def other_groups(outcome: Outcome, cells: Iterable[Cell], k: int) -> list[Alternative]:
    """Return the pairs that cost least, the round solved with one after another until no further one can be cheaper.

    Parameters
    ----------
    outcome : Outcome
        A matching of groups, with as many pairs as possible where that comes first.
    cells : iterable of (int, int)
        Row and column of each pair that may be made and is not.
    k : int
        How many are asked for.

    Returns
    -------
    list of Alternative
        What each costs exactly; in the place of those that were not solved with the least that a pair costs.
    """
    exact: list[Alternative] = []
    bounded: list[Alternative] = []
    size, proved = prod(outcome.scores.shape), outcome.status is Status.OPTIMAL
    left = max(k, SOLVED // size) if proved and size <= SOLVED else 0
    for at_least, cell in sorted(_at_least(outcome, list(cells))):
        known = [one.at_least for one in (*exact, *bounded)]
        if sum(one <= (0, at_least) for one in known) >= k or (not left and len(exact) >= k):
            break
        one: Alternative | None = _bounded(outcome, cell, at_least)
        if left:
            left -= 1
            try:
                one = rematched(outcome, cell)
            except StopError:
                left = 0
        if one is not None:
            (exact if one.exact else bounded).append(one)
    return [*sorted(exact, key=lambda one: one.at_least), *bounded][:k]


def _at_least(outcome: Outcome, cells: list[Cell]) -> Iterator[tuple[int, Cell]]:
    """Go through the least that each pair costs in points, if it costs no pair, by the prices of the mentors.

    Whoever may hold a place, these prices bound the points of all groups with as many pairs that have the pair.
    """
    scores, (first, last) = outcome.scores, (outcome.steps[0], outcome.steps[-1])
    parts, allowed = Coverage.of(scores), scores.open_pairs.copy()
    for cell in outcome.locked_cells:
        allowed[cell] = False
    posed = scores.cohort, scores.programme, (parts.rest, parts.mentee, parts.gains)
    problem, pairs = whoever_is_placed(posed, allowed, outcome.locked_cells, first)
    prices = prices_of(first)
    if last is not first:
        # They are those of points without protected attributes.
        known = last.solution.rows, last.solution.cols
        ties = TieHash(outcome.seed, scores.mentors, scores.mentees)
        ceiling, _ = ceiling_of(problem, pairs, known, None, ties)
        prices = prices if ceiling is None else ceiling.proof.prices
    bounds, total = most_with(problem, prices, pairs, cells), int(last.solution.total)
    # Where one problem decided everything, no groups with as many pairs have more points.
    best = last is first and outcome.status is Status.OPTIMAL
    for cell, bound in zip(cells, bounds, strict=True):
        if bound is not None:
            yield total - (min(bound, total) if best else bound), cell


def _bounded(outcome: Outcome, cell: Cell, at_least: int) -> Alternative:
    """Return the least that a pair costs, with the points that it has alone."""
    scores, (row, column) = outcome.scores, cell
    points = int(scores.block(np.array([row]), np.array([column]))[0, 0])
    ids = scores.mentors[row], scores.mentees[column]
    return Alternative(*ids, points, 0, at_least, None, changes_places=None, unit=outcome.unit)
