"""The pairs that people without a partner could have made, looked up in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.scoring import NO_PAIRS
from rmatch.solve import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from rmatch.scoring import Scores

    Positions = NDArray[np.intp]
    Points = Callable[[], NDArray[np.integer]]
    Look = Callable[[Positions, Positions], tuple[Points, NDArray[np.bool_]]]

CELLS = 2**22
"""About so many pairs are looked at together."""


@dataclass(frozen=True, eq=False)
class Possible:
    """The pairs that some people of one side could have made: a row a person, a column somebody of the other side.

    Attributes
    ----------
    scores : Scores
        Points and permissions.
    side : {"mentor", "mentee"}
        The role of the people.
    people : numpy.ndarray of int
        Their positions in the scores.
    pairs : numpy.ndarray of bool
        Which pairs may be made.
    free : numpy.ndarray of int64
        How many places each of the other side has left.
    points : callable
        Returns the points of all these pairs.
    """

    scores: Scores
    side: str
    people: Positions
    pairs: NDArray[np.bool_]
    free: NDArray[np.int64]
    points: Points

    @property
    def other_side(self) -> str:
        """The role of their partners."""
        return "mentee" if self.side == "mentor" else "mentor"

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The ids behind the columns."""
        return self.scores.mentees if self.side == "mentor" else self.scores.mentors

    @cached_property
    def capacities(self) -> list[int]:
        """How many partners each of the people takes."""
        own: list[int] = self.scores.cohort.capacity(self.side)[self.people].tolist()
        return own

    @cached_property
    def partners(self) -> list[int]:
        """How many possible partners each of the people has."""
        counts: list[int] = self.pairs.sum(axis=1).tolist()
        return counts

    @cached_property
    def taken_by_some(self) -> list[bool]:
        """Whether any possible partner takes anybody at all."""
        some: list[bool] = np.asarray(self._takers.any(axis=1)).tolist()
        return some

    @cached_property
    def free_with_some(self) -> list[bool]:
        """Whether any possible partner has a place left."""
        with_room = self.pairs & (self.free > 0)
        some: list[bool] = np.asarray(with_room.any(axis=1)).tolist()
        return some

    @cached_property
    def nearest(self) -> list[tuple[str, int]]:
        """The possible partner with the most points for each of the people, and these."""
        points = self.points()
        lowest = np.iinfo(points.dtype).min
        of_takers = np.where(self._takers, points, lowest)
        best = of_takers.argmax(axis=1)
        most = points[np.arange(len(best)), best]
        ids = [self.others[column] for column in best.tolist()]
        return list(zip(ids, most.tolist(), strict=True))

    def verdicts(self, row: int) -> dict[str, NDArray[np.bool_]]:
        """Return which partners each rule allows somebody who has no possible one."""
        return {name: verdict[self._hopeless[row]] for name, verdict in self._verdicts.items()}

    @cached_property
    def _takers(self) -> NDArray[np.bool_]:
        return self.pairs & (self.scores.cohort.capacity(self.other_side) > 0)

    @cached_property
    def _hopeless(self) -> dict[int, int]:
        """The rows of those who have no possible partner, numbered."""
        rows = [row for row, count in enumerate(self.partners) if not count]
        return {row: number for number, row in enumerate(rows)}

    @cached_property
    def _verdicts(self) -> dict[str, NDArray[np.bool_]]:
        # Rules are asked for the hopeless alone: for a large programme all verdicts would not go into memory.
        hopeless = self.people[list(self._hopeless)]
        everybody = np.arange(len(self.others))
        if self.side == "mentor":
            return dict(self.scores.verdicts(hopeless, everybody))
        return {name: verdict.T for name, verdict in self.scores.verdicts(everybody, hopeless)}


def possible_pairs(
    scores: Scores, side: str, people: Positions, taken: Mapping[str, int], look: Look
) -> Iterator[Possible]:
    """Go through what some people of a side could have had, block by block.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    side : {"mentor", "mentee"}
        The role of the people.
    people : numpy.ndarray of int
        Their positions in the scores, ascending.
    taken : mapping of str to int
        How many places of each of the other side are taken.
    look : callable
        What :func:`looking_up` returns.

    Yields
    ------
    Possible
        As many people as are looked at together.
    """
    mentor_side = side == "mentor"
    others = scores.mentees if mentor_side else scores.mentors
    other_side = "mentee" if mentor_side else "mentor"
    everybody = np.arange(len(others))
    used = [taken.get(person, 0) for person in others]
    free = scores.cohort.capacity(other_side) - np.array(used, np.int64)
    size = max(CELLS // max(len(others), 1), 1)
    for first in range(0, len(people), size):
        some = people[first : first + size]
        if mentor_side:
            points, pairs = look(some, everybody)
            yield Possible(scores, side, some, pairs, free, points)
        else:
            points, pairs = look(everybody, some)
            yield Possible(scores, side, some, pairs.T, free, partial(_transposed, points))


def looking_up(scores: Scores) -> Look:
    """Return what gives the points that decide places, of any block, and which of its pairs may be made."""
    protected = not scores.basis
    if scores.fits:
        return lambda rows, columns: (
            partial(scores.block, rows, columns, protected=protected),
            scores.open_block(rows, columns),
        )
    source = scores.source(NO_PAIRS, protected=protected)
    mentors, mentees = scores.shape

    def look(rows: Positions, columns: Positions) -> tuple[Points, NDArray[np.bool_]]:
        # All rows, or all columns, need no copy of what the source has for them.
        some_rows = None if len(rows) == mentors else rows
        some_columns = None if len(columns) == mentees else columns
        points = source.take(some_rows, some_columns).rows(0, len(rows))
        return lambda: points, points > ALLOWED

    return look


def _transposed(points: Points) -> NDArray[np.integer]:
    return points().T
