"""The least that has to give so that several more people have a partner: an integer programme with a charge for each thing."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import StopError
from rmatch.rounds.fixes.gives import Give
from rmatch.rounds.fixes.least import Least, Search, Seeker, placed_in
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.rounds.fixes.openings import Reason

MANY = 10**9
HALF = 0.5
INFEASIBLE = 2


@dataclass(eq=False)
class _Programme:
    """Columns with their costs, and rows with their bounds."""

    costs: list[int] = field(default_factory=list)
    gives: dict[Hashable, tuple[int, Give]] = field(default_factory=dict)
    entries: list[tuple[int, int, int]] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def column(self, cost: int = 0, *, whole: bool = False) -> int:
        """Add a column from 0 to 1."""
        self.costs.append(cost)
        self.whole.append(int(whole))
        return len(self.costs) - 1

    def give(self, key: Hashable, give: Give) -> int:
        """Return the column of something that gives, the same for the same key."""
        if key not in self.gives:
            self.gives[key] = self.column(give.cost, whole=True), give
        return self.gives[key][0]

    def row(self, entries: dict[int, int], least: int, most: int = MANY) -> None:
        """Add a row."""
        number = len(self.least)
        self.entries += [(number, column, value) for column, value in entries.items()]
        self.least.append(least)
        self.most.append(most)


def least_for_several(
    search: Search, whom: Sequence[Seeker], k: int, max_seconds: float | None
) -> tuple[Least, int] | None:
    """Return the least that has to give so that so many of some people have a partner, and what it costs at least.

    What gives is paid for once, however many pairs it opens. Whether pairs are made is left continuous: for whole things
    that give, the places of two sides are a network, whose corners are whole.

    Parameters
    ----------
    search : Search
        The matching, and what each pair costs.
    whom : sequence of (str, str)
        Who asks, and in which role.
    k : int
        How many of them.
    max_seconds : float, optional
        Stop after so many, with the best so far.

    Returns
    -------
    tuple of Least and int, or None
        Nothing where all that may give is not enough.
    """
    programme = _Programme()
    pairs = dict(_pairs(search, programme))
    asking = _places(search, programme, pairs, whom, k)
    found = _solved(programme, max_seconds)
    if found.status == INFEASIBLE:
        return None
    if found.x is None:
        message = "it was stopped before anything was found"
        raise StopError(message)
    chosen = found.x > HALF
    gives = tuple(give for column, give in programme.gives.values() if chosen[column])
    placed = tuple(one for one, column in asking.items() if chosen[column])
    cost = sum(give.cost for give in gives)
    bound = cost if found.status == 0 else min(cost, ceil(found.mip_dual_bound - 1e-6))
    scores, before = search.matching.scores, search.matching.id_pairs
    cells = [cell for cell, column in pairs.items() if chosen[column]]
    after = {(scores.mentors[row], scores.mentees[column]) for row, column in cells}
    made, broken = tuple(sorted(after - before)), tuple(sorted(before - after))
    return Least(placed, gives, cost, made, broken), bound


def _solved(programme: _Programme, max_seconds: float | None) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows, columns, values = np.array(programme.entries, np.int64).reshape(-1, 3).T
    shape = len(programme.least), len(programme.costs)
    matrix = csr_array((values.astype(float), (rows, columns)), shape=shape)
    return milp(
        programme.costs,
        integrality=np.array(programme.whole),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, programme.least, programme.most),
        options={} if max_seconds is None else {"time_limit": max_seconds},
    )


def _pairs(search: Search, programme: _Programme) -> Iterator[tuple[tuple[int, int], int]]:
    """Go through the pairs that can be made, each with its column, and say what opens it."""
    openings, matching = search.openings, search.matching
    catalogue, scores = openings.catalogue, matching.scores
    locked = set(matching.locked_cells)
    for cell in np.ndindex(*scores.shape):
        if cell in locked:
            column, entries = programme.column(), {}
            if catalogue.locks is not None:
                two = scores.mentors[cell[0]], scores.mentees[cell[1]]
                give = Give("locks", catalogue.locks, *two)
                entries = {programme.give(("lock", *two), give): 1}
            programme.row({column: 1, **entries}, 1, 1)
            yield cell, column
            continue
        if openings.never[cell]:
            continue
        against = [each for each in openings.reasons if each.forbids[cell]]
        opened = [dict(_opens(search, programme, each, cell)) for each in against]
        if all(opened):
            column = programme.column()
            for entries in opened:
                programme.row({column: -1, **entries}, 0)
            yield cell, column


def _opens(
    search: Search, programme: _Programme, reason: Reason, cell: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Go through the columns of what opens a pair that one reason forbids."""
    openings = search.openings
    for give in openings.ways(reason, *cell):
        yield programme.give((give.kind, give.who, give.what), give), 1


def _places(
    search: Search,
    programme: _Programme,
    pairs: dict[tuple[int, int], int],
    whom: Sequence[Seeker],
    k: int,
) -> dict[Seeker, int]:
    """Say how many partners everybody may have and must have; return the columns of those who ask."""
    matching, catalogue = search.matching, search.openings.catalogue
    cohort, asking = matching.scores.cohort, {}
    keep = {*placed_in(matching)}
    for side, role in enumerate(SIDES):
        own: dict[int, dict[int, int]] = {}
        for cell, column in pairs.items():
            own.setdefault(cell[side], {})[column] = 1
        ids = matching.scores.mentors if role == "mentor" else matching.scores.mentees
        room, must = cohort.capacity(role).tolist(), cohort.minimum(role).tolist()
        for place, who in enumerate(ids):
            entries = own.get(place, {})
            more, less = {}, {}
            if catalogue.capacities is not None:
                give = Give("capacities", catalogue.capacities, who, role=role)
                more = {programme.give(("capacities", role, who), give): -1}
            if catalogue.minimums is not None and must[place] > 1:
                give = Give("minimums", catalogue.minimums, who, role=role)
                less = {programme.give(("minimums", role, who), give): 1}
            programme.row({**entries, **more}, -1, max(room[place], 0))
            programme.row({**entries, **less}, must[place])
            if (who, role) in keep:
                programme.row(entries, 1)
            if (who, role) in whom:
                asking[who, role] = programme.column(whole=True)
                programme.row({**entries, asking[who, role]: -1}, 0)
    programme.row(dict.fromkeys(asking.values(), 1), k)
    return asking
