"""The other partners that people could have: how good, and what they would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InvalidInputError
from rmatch.rounds import Outcome, Pair, Round, cost_of, every_cost, has_groups, kept_of
from rmatch.solve import Costs
from rmatch.utils.sides import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray


LOOKED_AT = 2**23
"""Up to so many possible pairs everybody's partner is compared with everybody whom they could have."""
COSTED = 2**18
"""Up to so many possible pairs it is told who is the cheapest other partner, where one problem tells all costs exactly."""
SOLVED = 2**23
"""Rounds of so many pairs together are solved anew, to tell what the best other partners would cost."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What another pair would cost the round, exactly.

    Attributes
    ----------
    pairs, points : int
        How much less there would be.
    places : bool
        Whether it is known to change who has a place.
    cheapest : bool
        Whether no other partner of the person would cost less.
    """

    pairs: int
    points: int
    places: bool
    cheapest: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a partner stands among all whom somebody could have.

    Attributes
    ----------
    rank : int
        1 if no possible partner would have more points, 2 if one would, ….
    possible : int
        How many partners are possible, as far as rules and places go.
    best : int
        The points with the best of them, or with the partner where that is more.
    other : str or None
        The id of another partner: the one that costs the round least, or where that is not known, the best.
    points : int
        The points with that one.
    cost : Cost or None
        What the round would lose by it; None where it is not known.
    """

    rank: int
    possible: int
    best: int
    other: str | None
    points: int
    cost: Cost | None


Standings = dict[tuple[str, str], dict[Side, Standing]]


def standings(matching: Outcome, listed: Sequence[Pair]) -> Standings:
    """Return how the partners in some pairs stand, for both sides; nothing where that is not worked out.

    Parameters
    ----------
    matching : Outcome
        The round.
    listed : sequence of Pair
        The pairs.
    """
    if not compared(matching):
        return {}
    scores, costs = matching.scores, _costs(matching)
    left = Round(scores, matching.seed).places  # beside the locked pairs
    room = np.logical_and.outer(*(capacity > 0 for capacity in left.capacities))
    whole = _Side(scores.points, scores.open_pairs & room, costs)
    met = np.zeros(scores.shape, bool)
    cells = {
        (pair.mentor, pair.mentee): (
            scores.cohort.row[pair.mentor],
            scores.cohort.column[pair.mentee],
        )
        for pair in matching.pairs
    }
    rows, columns = np.array(list(cells.values()), np.intp).reshape(-1, 2).T
    met[rows, columns] = True
    found: Standings = {}
    solved = costs is None and 2 * len(listed) * prod(scores.shape) <= SOLVED
    for pair in listed:
        row, column = cells[pair.mentor, pair.mentee]
        mentor = whole.standing(row, met[row], pair.points, scores.mentees)
        mentee = whole.turned.standing(column, met[:, column], pair.points, scores.mentors)
        if solved:
            mentor = _solved(matching, mentor, pair.mentor, mentor.other)
            mentee = _solved(matching, mentee, mentee.other, pair.mentee)
        found[pair.mentor, pair.mentee] = {"mentor": mentor, "mentee": mentee}
    return found


def _solved(
    matching: Outcome, standing: Standing, mentor: str | None, mentee: str | None
) -> Standing:
    """Return a standing with what the other pair would cost, by solving the round with it."""
    if mentor is None or mentee is None:
        return standing
    found = cost_of(matching, mentor, mentee)
    if found is None or not found.exact:
        return standing
    cost = Cost(found.pairs_lost, found.points_lost, bool(found.changes_places), cheapest=False)
    return replace(standing, cost=cost)


def compared(matching: Outcome) -> bool:
    """Tell whether partners are compared: with the people, up to a size, and where a pair's points are its own."""
    if kept_of(matching.scores) is not None or has_groups(matching.scores):
        return False
    return prod(matching.scores.shape) <= LOOKED_AT


def _costs(matching: Outcome) -> Costs | None:
    """Return what every pair would cost, where it is known exactly."""
    if prod(matching.scores.shape) > COSTED:
        return None
    try:
        costs = every_cost(matching, solved=0)
    except (
        InvalidInputError
    ):  # after a run that was stopped, under quotas, or for another objective
        return None
    return costs if np.array_equal(costs.points, costs.at_most) else None


@dataclass(frozen=True)
class _Side:
    """Everybody's possible partners, a row for each person."""

    points: NDArray[np.int64]
    possible: NDArray[np.bool_]
    costs: Costs | None

    @cached_property
    def turned(self) -> _Side:
        """The same for the other side."""
        costs = self.costs
        if costs is not None:
            columns = (costs.pairs.T, costs.points.T, costs.possible.T, costs.at_most.T)
            costs = Costs(*columns)
        return _Side(self.points.T, self.possible.T, costs)

    def standing(
        self, person: int, met: NDArray[np.bool_], own: int, ids: Sequence[str]
    ) -> Standing:
        """Return how the partner of somebody stands, who has so many points."""
        points, possible = self.points[person], self.possible[person]
        rank = 1 + int((possible & (points > own)).sum())
        best = max(own, int(points[possible].max(initial=0)))
        others = np.flatnonzero(possible & ~met)
        if self.costs is not None:
            others = others[self.costs.possible[person][others]]
        if not others.size:
            return Standing(rank, int(possible.sum()), best, None, 0, None)
        other, cost = self._chosen(person, others)
        return Standing(rank, int(possible.sum()), best, ids[other], int(points[other]), cost)

    def _chosen(self, person: int, others: NDArray[np.intp]) -> tuple[int, Cost | None]:
        """Return the other partner who costs least, of several the one with the most points, or else the best."""
        points, costs = self.points[person], self.costs
        if costs is None:
            return int(others[points[others].argmax()]), None
        pairs, lost = costs.pairs[person], costs.points[person]
        other = int(others[np.lexsort((-points[others], lost[others], pairs[others]))[0]])
        return other, Cost(int(pairs[other]), int(lost[other]), places=False, cheapest=True)
