"""What other pairs would cost the programme."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds.alternative import Alternative
from rmatch.rounds.bounds import bounds, intervals
from rmatch.rounds.groups.others import in_groups, other_groups
from rmatch.rounds.rematched import rematched
from rmatch.solve import Costs, all_costs, costs_for_mentee, costs_for_mentor

if TYPE_CHECKING:
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.player import Player
    from rmatch.rounds.step import Step

KEPT = 2**22
"""Up to so many pairs the whole matrix is kept, and costs are exact."""

REMATCHED = 2**22
"""Rounds of so many pairs together are solved anew, if need be, to find the cheapest of several pairs."""

LOOKED_AT = 4
"""How many times as many pairs as asked for are looked at beyond `KEPT`, those with the least slack first."""


def alternatives(
    outcome: Outcome, person: Player, k: int, *, kept: int = KEPT
) -> tuple[Alternative, ...]:
    """Return the other partners of a person that cost the programme least.

    Parameters
    ----------
    outcome : Outcome
        The matching, solved to the end for the most points.
    person : Player
        The person and the role.
    k : int
        How many.
    kept : int
        Of how many possible pairs the whole matrix is kept, so that costs are exact.

    Returns
    -------
    tuple of Alternative
        The cheapest first: by pairs lost, then by points lost, beyond `kept` by the least of both.
    """
    find = _exact if prod(outcome.scores.shape) <= kept else _bounded
    if in_groups(outcome):
        find = _in_groups
    return tuple(sorted(find(outcome, person, k), key=_rank)[:k])


def _in_groups(outcome: Outcome, person: Player, k: int) -> list[Alternative]:
    """Go through the partners of a person with whom a group may be formed."""
    scores, met = outcome.scores, _met(outcome, person)
    possible = np.flatnonzero(scores.open_block(*person.all_cells(scores.shape)).ravel())
    cells = (person.cell_with(other) for other in possible.tolist() if other not in met)
    return other_groups(outcome, cells, k)


def _rank(one: Alternative) -> tuple[int, int, bool]:
    return *one.at_least, bool(one.changes_places)


def _exact(outcome: Outcome, person: Player, k: int) -> list[Alternative]:
    """Solve with one partner after another, those first that may cost least, until no other one can be among the cheapest."""

    def costs_in(step: Step) -> Costs:
        costs_for = costs_for_mentor if person.side == "mentor" else costs_for_mentee
        problem, solution = step.problem(outcome.scores, outcome.locked_cells), step.solution
        assert step.certificate is not None
        return costs_for(problem, solution.rows, solution.cols, step.certificate, person.position)

    costs = bounds(outcome, costs_in)
    others = np.setdiff1d(np.flatnonzero(costs.possible), _met(outcome, person))
    order = others[np.lexsort((costs.points[others], costs.pairs[others]))]
    within_reach = max(k, REMATCHED // prod(outcome.scores.shape))
    found: list[Alternative] = []
    for other in order[:within_reach].tolist():
        at_least = int(costs.pairs[other]), int(costs.points[other])
        if sum(one.at_least <= at_least for one in found) >= k:
            break
        one = rematched(outcome, person.cell_with(other))
        assert one is not None
        found.append(one)
    return found


def _bounded(outcome: Outcome, person: Player, k: int) -> list[Alternative]:
    """Bound what the partners cost who have the least slack."""
    met = _met(outcome, person)
    scores, found = outcome.scores, []
    for other, least, most in intervals(outcome, person, LOOKED_AT * (k + len(met))):
        if other not in met:
            row, column = person.cell_with(other)
            points = int(scores.block(np.array([row]), np.array([column]))[0, 0])
            ids = scores.mentors[row], scores.mentees[column]
            found.append(
                Alternative(*ids, points, *least, most, changes_places=None, unit=outcome.unit)
            )
    return found


def _met(outcome: Outcome, person: Player) -> list[int]:
    made = [*outcome.steps[-1].cells, *outcome.locked_cells]
    return [person.partner_in(cell) for cell in made if person.is_in(cell)]


def all_pair_costs(outcome: Outcome, *, solved: int = REMATCHED) -> Costs:
    """Return what every possible pair would cost.

    Parameters
    ----------
    outcome : Outcome
        The matching, solved to the end for the most points.
    solved : int
        Up to how many pairs together rounds are solved anew where one problem does not tell the costs exactly.

    Returns
    -------
    Costs
        Of shape (mentors, mentees), bounds beyond `solved`. Pairs that are made cost nothing.
    """
    scores, locks = outcome.scores, outcome.locked_cells
    if in_groups(outcome):
        return _all_solved(outcome)

    def costs_in(step: Step) -> Costs:
        solution, proof = step.solution, step.certificate
        assert proof is not None
        return all_costs(step.problem(scores, locks), solution.rows, solution.cols, proof)

    costs = bounds(outcome, costs_in)
    rows, columns = np.array(outcome.steps[-1].cells, np.int64).reshape(-1, 2).T
    for lost in (costs.pairs, costs.points, costs.at_most):
        lost[rows, columns] = 0
    if prod(scores.shape) ** 2 <= solved:
        for row, column in np.argwhere(costs.possible & (costs.points < costs.at_most)).tolist():
            one = rematched(outcome, (row, column))
            assert one is not None
            costs.pairs[row, column] = one.pairs_lost
            costs.points[row, column] = costs.at_most[row, column] = one.points_lost
    return costs


def _all_solved(outcome: Outcome) -> Costs:
    """Return what every possible pair would cost, each by solving with it."""
    possible = outcome.scores.open_pairs.copy()
    pairs, points = np.zeros(possible.shape, np.int64), np.zeros(possible.shape, np.int64)
    made = {*outcome.steps[-1].cells, *outcome.locked_cells}
    for row, column in np.argwhere(possible).tolist():
        if (row, column) in made:
            continue
        one = rematched(outcome, (row, column))
        if one is None:
            possible[row, column] = False
        else:
            pairs[row, column], points[row, column] = one.at_least
    return Costs(pairs, points, possible, points)
