"""Between what the cost of a pair lies, where who gets a place is decided before who meets whom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds.round import Round
from rmatch.solve import Costs, Matched, interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.player import Cell, Player
    from rmatch.rounds.step import Step
    from rmatch.scoring import Scores

    Lost = tuple[int, int]
    """Pairs and points."""


def bounds(outcome: Outcome, costs_in: Callable[[Step], Costs]) -> Costs:
    """Return bounds on what pairs cost, from the problems of the round.

    Parameters
    ----------
    outcome : Outcome
        The matching, solved to the end.
    costs_in : callable
        Returns what the pairs cost in the problem of one step.

    Returns
    -------
    Costs
        Exact where one problem decides everything. Else the points lie between two bounds: a lock gives no more points
        than it would if protected attributes decided places, too, and no fewer than without these attributes.
    """
    this_round = Round(outcome.scores, outcome.seed)
    first, last = outcome.steps[0], outcome.steps[-1]
    if not this_round.guards_places:
        return costs_in(last)
    one_step = first is last
    at_once = last if one_step else this_round.at_once()
    blindly = this_round.blindly() if one_step else first
    # Both problems have the same matchings, so what is possible and how many pairs are lost is the same in both.
    most, fewest = costs_in(at_once), costs_in(blindly)
    total = int(last.solution.total)
    least = most.points + (total - int(at_once.solution.total))
    at_most = fewest.points + (total - int(blindly.solution.total) - _taken_away(outcome))
    if one_step:
        # As long as everybody has a place, one problem still decides everything.
        at_most = np.where(most.pairs == 0, least, at_most)
    return Costs(most.pairs, least, most.possible, at_most)


def intervals(outcome: Outcome, person: Player, k: int) -> Iterator[tuple[int, Lost, Lost | None]]:
    """Go through the partners with the least slack, with bounds on what they cost, without a matrix.

    Parameters
    ----------
    outcome : Outcome
        The matching, solved to the end.
    person : Player
        The person and the role.
    k : int
        How many partners.

    Yields
    ------
    tuple
        The partner's position, the least that is lost, and the most if that is known.
    """
    step = outcome.steps[0]
    assert step.certificate is not None
    matched = Matched(
        rows=step.solution.rows,
        cols=step.solution.cols,
        certificate=step.certificate,
        capacities=step.places.capacities,
        minimums=step.places.minimums,
        look=partial(_look, outcome.scores, set(outcome.locked_cells), step.protected),
    )
    # A pair costs at least its slack, so the cheapest are likely among those with the least.
    order = np.argsort(_slack(outcome.scores, step, person), kind="stable")
    for other in order[:k].tolist():
        found = interval(matched, *person.cell_with(other))
        if found is not None:
            yield other, *_with_protected(outcome, found.lower, found.upper)


def _with_protected(outcome: Outcome, lower: Lost, upper: Lost | None) -> tuple[Lost, Lost | None]:
    """Widen bounds of the first step by what protected attributes can change in a second one."""
    first, *second = outcome.steps
    if not second:
        # Where not everybody has a place any more, a second step would follow, with fewer points.
        second_follows = Round(outcome.scores, outcome.seed).guards_places and upper and upper[0]
        return lower, None if second_follows else upper
    shift = int(second[-1].solution.total) - int(first.solution.total)
    added = _pairs(first) * outcome.scores.protected_most
    least = lower[0], lower[1] + shift - added
    most = None if upper is None else (upper[0], upper[1] + shift - _taken_away(outcome))
    return least, most


def _taken_away(outcome: Outcome) -> int:
    """Return what protected attributes add to the points of all pairs at least: 0 or less."""
    return _pairs(outcome.steps[0]) * outcome.scores.protected_least


def _pairs(step: Step) -> int:
    """Return how many pairs there can be."""
    mentors, mentees = step.places.capacities
    return min(int(mentors.sum()), int(mentees.sum()))


def _slack(scores: Scores, step: Step, person: Player) -> NDArray[np.int64]:
    """Return by how much the prices of the two exceed the points, for each partner of a person."""
    proof = step.certificate
    assert proof is not None
    mentor_side = person.side == "mentor"
    own, others = (proof.u, proof.v) if mentor_side else (proof.v, proof.u)
    prices = own[person.position] + others
    block = person.all_cells(scores.shape)
    points = scores.block(*block, protected=step.protected).ravel()
    possible = scores.open_block(*block).ravel()
    return np.where(possible, prices - points, np.iinfo(np.int64).max)


def _look(
    scores: Scores,
    locked: AbstractSet[Cell],
    protected: bool,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the points of some pairs, and which of them may be made beside the locks."""
    points = scores.block(rows, columns, protected=protected)
    possible = scores.open_block(rows, columns).diagonal()
    cells = zip(rows.tolist(), columns.tolist(), strict=True)
    free = [cell not in locked for cell in cells]
    return points.diagonal(), possible & np.array(free, bool)
