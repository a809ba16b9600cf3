"""The pairs that people without a partner could have made, looked up in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.scoring import NO_PAIRS
from rmatch.solve import ALLOWED
from rmatch.utils.sides import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from rmatch.scoring import Scores

    Positions = NDArray[np.intp]
    Look = Callable[[Positions, Positions], NDArray[np.bool_]]

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
    """

    scores: Scores
    side: Side
    people: Positions
    pairs: NDArray[np.bool_]
    free: NDArray[np.int64]

    @property
    def other_side(self) -> Side:
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
        takers = self.pairs & (self.scores.cohort.capacity(self.other_side) > 0)
        some: list[bool] = np.asarray(takers.any(axis=1)).tolist()
        return some

    @cached_property
    def free_with_some(self) -> list[bool]:
        """Whether any possible partner has a place left."""
        with_room = self.pairs & (self.free > 0)
        some: list[bool] = np.asarray(with_room.any(axis=1)).tolist()
        return some

    def verdicts(self, row: int) -> dict[str, NDArray[np.bool_]]:
        """Return which partners each rule allows somebody who has no possible one."""
        return {name: verdict[self._hopeless[row]] for name, verdict in self._verdicts.items()}

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
    scores: Scores, side: Side, people: Positions, taken: Mapping[str, int], look: Look
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
    other_side: Side = "mentee" if mentor_side else "mentor"
    everybody = np.arange(len(others))
    used = [taken.get(person, 0) for person in others]
    free = scores.cohort.capacity(other_side) - np.array(used, np.int64)
    size = max(CELLS // max(len(others), 1), 1)
    for first in range(0, len(people), size):
        some = people[first : first + size]
        if mentor_side:
            yield Possible(scores, side, some, look(some, everybody), free)
        else:
            yield Possible(scores, side, some, look(everybody, some).T, free)


def looking_up(scores: Scores) -> Look:
    """Return what tells of any block which of its pairs may be made."""
    if scores.fits:
        return scores.open_block
    source = scores.source(NO_PAIRS, protected=not scores.basis)
    mentors, mentees = scores.shape

    def look(rows: Positions, columns: Positions) -> NDArray[np.bool_]:
        # All rows, or all columns, need no copy of what the source has for them.
        some_rows = None if len(rows) == mentors else rows
        some_columns = None if len(columns) == mentees else columns
        points = source.take(some_rows, some_columns).rows(0, len(rows))
        return points > ALLOWED

    return look
