"""The least that has to give so that one more person has a partner and nobody loses theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.errors import Fault
from rmatch.objectives import compatibility_of
from rmatch.rounds.fixes.gives import Give
from rmatch.rounds.fixes.openings import NO_WAY, Openings
from rmatch.rounds.fixes.paths import Network, Path, shortest
from rmatch.utils.sides import SIDES, Side
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from rmatch.rounds.fixes.catalogue import Catalogue
    from rmatch.rounds.outcome import Outcome

Seeker = tuple[str, Side]
"""Somebody without a partner, and in which role."""
LARGEST = 16_000_000
"""The most pairs that are looked at."""


class Least(NamedTuple):
    """The least that has to give.

    Attributes
    ----------
    whom : tuple of (str, str)
        Who gets a partner, and in which role.
    gives : tuple of Give
        What gives; none where a place is free and was not needed for the pairs.
    cost : int
        What that costs together.
    made, broken : tuple of (str, str)
        The pairs, mentor and mentee, that would be made and taken apart.
    """

    whom: tuple[Seeker, ...]
    gives: tuple[Give, ...]
    cost: int
    made: tuple[tuple[str, str], ...]
    broken: tuple[tuple[str, str], ...]


def fix_faults(matching: Outcome, asked: str) -> Iterator[Fault]:
    """Go through what keeps a fix from being told by places and permissions alone."""
    programme = matching.programme
    for name in ("quotas", "group_sizes", "one_per_department"):
        if getattr(programme, name):
            yield Fault(asked, name, "one more pair may break them", "ask a matching without them")
    if compatibility_of(programme.objective).by_consent:
        problem = "whoever would rather stay alone cannot be given a partner"
        yield Fault(asked, "objective", problem, "ask a matching of another objective")
    mentors, mentees = matching.scores.shape
    if mentors * mentees > LARGEST:
        yield Fault(asked, "people", "there are too many pairs", "ask for some of the people")


def seekers(matching: Outcome) -> list[Seeker]:
    """Return everybody who plays a role and has no partner in it."""
    return [(one.id, one.role) for one in matching.unmatched if one.role != "none"]


def placed_in(matching: Outcome) -> list[Seeker]:
    """Return everybody who has a partner, and in which role."""
    sides: list[tuple[set[str], Side]] = [
        ({pair[place] for pair in matching.id_pairs}, role) for place, role in enumerate(SIDES)
    ]
    return [(one, role) for people, role in sides for one in sorted(people)]


@dataclass(frozen=True, eq=False)
class Search:
    """Looks for the least that has to give, for whoever asks.

    Attributes
    ----------
    matching : Outcome
        Who meets whom.
    openings : Openings
        What each pair costs.
    """

    matching: Outcome
    openings: Openings

    @classmethod
    def of(cls, matching: Outcome, catalogue: Catalogue) -> Search:
        """Look at every pair once."""
        return cls(matching, Openings.of(matching.scores, catalogue))

    def without(self, made: Sequence[tuple[str, str]]) -> Search:
        """Return the same search in which some pairs are never made."""
        never, cohort = self.openings.never.copy(), self.matching.scores.cohort
        for mentor, mentee in made:
            never[cohort.row[mentor], cohort.column[mentee]] = True
        return replace(self, openings=replace(self.openings, never=never))

    def least(self, whom: Sequence[Seeker]) -> Least | None:
        """Return the least that has to give so that one of some people has a partner; nothing where all is not enough.

        What is given up for all is tried set by set, the cheapest first, and for each of these the rest is a shortest path:
        nothing cheaper is left out.
        """
        best: tuple[int, Path, Side, frozenset[str]] | None = None
        everything = frozenset(self.openings.for_all)
        floor = self._cheapest(whom, everything, int(NO_WAY))
        if floor is None:
            return None
        if not everything:
            return self._told(floor[0].cost, *floor, everything)
        for given_up, price in _sets(self.openings.for_all):
            listen("fixes")
            limit = int(NO_WAY) if best is None else best[0]
            if price + floor[0].cost >= limit:
                break
            found = self._cheapest(whom, given_up, limit - price)
            if found is not None:
                best = price + found[0].cost, *found, given_up
        return None if best is None else self._told(*best)

    def _cheapest(
        self, whom: Sequence[Seeker], given_up: frozenset[str], below: int
    ) -> tuple[Path, Side] | None:
        best: tuple[Path, Side] | None = None
        costs = self.openings.costs(given_up)
        for side in SIDES:
            asking = [one for one, role in whom if role == side]
            if asking:
                network = _network(self.matching, self.openings.catalogue, costs, side, asking)
                path = shortest(network, below if best is None else best[0].cost)
                if path is not None:
                    best = path, side
        return best

    def _told(self, cost: int, path: Path, side: Side, given_up: frozenset[str]) -> Least:
        scores, openings = self.matching.scores, self.openings
        turned = side == "mentor"

        def ids(pair: tuple[int, int]) -> tuple[str, str]:
            row, column = pair[::-1] if turned else pair
            return scores.mentors[row], scores.mentees[column]

        needy = scores.mentors if turned else scores.mentees
        whom = needy[path.made[0][1]]
        gives = [*_for_all(openings, given_up)]
        for pair in path.made:
            row, column = pair[::-1] if turned else pair
            gives += openings.gives(row, column, given_up, whom)
        gives += _ends(self.matching, openings.catalogue, path, side)
        made, broken = (tuple(map(ids, pairs)) for pairs in (path.made, path.broken))
        return Least(((whom, side),), tuple(gives), cost, made, broken)


def _sets(costs: Mapping[str, int]) -> Iterator[tuple[frozenset[str], int]]:
    """Go through the subsets of what has a cost, the cheapest first."""
    names, number = sorted(costs), count()
    heap: list[tuple[int, int, tuple[int, ...]]] = [(0, next(number), ())]
    while heap:
        price, _, chosen = heappop(heap)
        yield frozenset(names[place] for place in chosen), price
        for place in range(chosen[-1] + 1 if chosen else 0, len(names)):
            heappush(heap, (price + costs[names[place]], next(number), (*chosen, place)))


def _for_all(openings: Openings, given_up: frozenset[str]) -> Iterator[Give]:
    costs = openings.for_all
    for name in sorted(given_up):
        if name == "min_points":
            yield Give("min_points", costs[name])
        else:
            yield Give("rules", costs[name], what=name)


def _network(
    matching: Outcome, catalogue: Catalogue, costs: np.ndarray, side: Side, asking: Sequence[str]
) -> Network:
    cohort = matching.scores.cohort
    turned = side == "mentor"
    other: Side = "mentee" if turned else "mentor"
    cells = sorted((cohort.row[one], cohort.column[two]) for one, two in matching.id_pairs)
    pairs = np.array(cells, np.int64).reshape(-1, 2)
    takers, needy = pairs.T[::-1] if turned else pairs.T
    cost = (costs.T if turned else costs).copy()
    cost[takers, needy] = NO_WAY
    places = cohort.row if turned else cohort.column
    locked = {tuple(cell) for cell in matching.locked_cells}
    release = [_or_no_way(catalogue.locks) if cell in locked else 0 for cell in cells]
    has = np.bincount(needy, minlength=cost.shape[1])
    taken = np.bincount(takers, minlength=cost.shape[0])
    more = _or_no_way(catalogue.capacities)
    start = np.full(cost.shape[1], NO_WAY)
    mine = [places[one] for one in asking]
    start[mine] = np.where(cohort.capacity(side)[mine] > 0, 0, more)
    room = np.where(taken < cohort.capacity(other), 0, more)
    least = np.maximum(cohort.minimum(side), 1)
    spare = np.where(has > least, 0, np.where(has > 1, _or_no_way(catalogue.minimums), NO_WAY))
    return Network(cost, takers, needy, np.array(release, np.int64), start, room, spare)


def _or_no_way(cost: int | None) -> int:
    return int(NO_WAY) if cost is None else cost


def _ends(matching: Outcome, catalogue: Catalogue, path: Path, side: Side) -> Iterator[Give]:
    """Go through what gives at the two ends of a path, and the locks on it."""
    scores, turned = matching.scores, side == "mentor"
    cohort = scores.cohort
    needy, takers = (scores.mentors, scores.mentees) if turned else (scores.mentees, scores.mentors)
    other: Side = "mentee" if turned else "mentor"
    first = path.made[0][1]
    if cohort.capacity(side)[first] < 1:
        yield Give("capacities", _or_no_way(catalogue.capacities), needy[first], role=side)
    locked = set(matching.locked_cells)
    for pair in path.broken:
        row, column = pair[::-1] if turned else pair
        if (row, column) in locked:
            yield Give(
                "locks", _or_no_way(catalogue.locks), scores.mentors[row], scores.mentees[column]
            )
    if path.lessened >= 0:
        who = needy[path.lessened]
        if len(_with(matching, who, side)) <= cohort.minimum(side)[path.lessened]:
            yield Give("minimums", _or_no_way(catalogue.minimums), who, role=side)
        return
    last = path.made[-1][0]
    if len(_with(matching, takers[last], other)) >= cohort.capacity(other)[last]:
        yield Give("capacities", _or_no_way(catalogue.capacities), takers[last], role=other)


def _with(matching: Outcome, who: str, side: Side) -> list[tuple[str, str]]:
    place = SIDES.index(side)
    return [pair for pair in matching.id_pairs if pair[place] == who]
