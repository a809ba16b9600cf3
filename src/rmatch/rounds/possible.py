"""The pairs that people without a partner could have made, looked up in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.scoring import NO_PAIRS
from rmatch.solve import ALLOWED
from rmatch.utils.sides import SIDES, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from rmatch.scoring import Scores

    Positions = NDArray[np.intp]
    Look = Callable[[Positions, Positions], NDArray[np.bool_]]

CELLS = 2**22
"""About so many pairs are looked at together."""
WEIGHED = {"exclude": 1, "self": 2}
"""What outweighs all rules, and how often."""


class Hopeless(NamedTuple):
    """What keeps somebody from every partner.

    Attributes
    ----------
    somebody : bool
        Whether there is anybody else at all.
    allowed : int
        How many partners no rule forbids.
    rules : tuple of str
        The rules that forbid the partner whom the fewest forbid.
    freed : int
        How many partners there would be without these.
    """

    somebody: bool
    allowed: int
    rules: tuple[str, ...]
    freed: int


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
    look : callable
        What :func:`looking_up` returns: where counts tell everything, nobody looks.
    free : numpy.ndarray of int64
        How many places each of the other side has left.
    """

    scores: Scores
    side: Side
    people: Positions
    look: Look
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
    def pairs(self) -> NDArray[np.bool_]:
        """Which pairs may be made."""
        everybody = np.arange(len(self.others))
        if self.side == "mentor":
            return self.look(self.people, everybody)
        return self.look(everybody, self.people).T

    @cached_property
    def partners(self) -> list[int]:
        """How many possible partners each of the people has."""
        known = None if self.scores.fits else self.scores.possible_partners
        if known is None:
            counts: list[int] = self.pairs.sum(axis=1).tolist()
        else:
            counts = known[SIDES.index(self.side)][self.people].tolist()
        return counts

    @cached_property
    def taken_by_some(self) -> list[bool]:
        """Whether any possible partner takes anybody at all."""
        takes = self.scores.cohort.capacity(self.other_side) > 0
        if takes.all():
            return [count > 0 for count in self.partners]
        return self._meets_some(takes)

    @cached_property
    def free_with_some(self) -> list[bool]:
        """Whether any possible partner has a place left."""
        return self._meets_some(self.free > 0)

    def _meets_some(self, others: NDArray[np.bool_]) -> list[bool]:
        """Return whether any possible partner of each of the people is among some."""
        if not others.any():
            return [False] * len(self.people)
        some: list[bool] = np.asarray((self.pairs & others).any(axis=1)).tolist()
        return some

    def hopeless(self, row: int) -> Hopeless:
        """Return what keeps somebody from every partner who has no possible one."""
        return self._hopeless[row]

    @cached_property
    def _hopeless(self) -> dict[int, Hopeless]:
        """The same of all of them, by their row."""
        rows = [row for row, count in enumerate(self.partners) if not count]
        return dict(zip(rows, _hopeless(self._verdicts(rows)), strict=True))

    def _verdicts(self, rows: list[int]) -> dict[str, NDArray[np.bool_]]:
        # Rules are asked for the hopeless alone: for a large programme all verdicts would not go into memory.
        hopeless = self.people[rows]
        everybody = np.arange(len(self.others))
        if self.side == "mentor":
            return dict(self.scores.verdicts(hopeless, everybody))
        return {name: verdict.T for name, verdict in self.scores.verdicts(everybody, hopeless)}


def _hopeless(verdicts: Mapping[str, NDArray[np.bool_]]) -> Iterator[Hopeless]:
    """Go through some people, a row of every verdict each."""
    people, others = verdicts["self"].shape
    if not others:
        yield from [Hopeless(somebody=False, allowed=0, rules=(), freed=0)] * people
        return
    # An exclusion is the last thing to give up, and nobody is ever their own partner: each outweighs all rules before it.
    burden, kept = np.zeros((people, others), np.int32), np.ones((people, others), bool)
    for name, may in verdicts.items():
        np.add(burden, 1 + WEIGHED.get(name, 0) * len(verdicts), out=burden, where=~may)
    easiest = np.arange(people), np.argmin(burden, axis=1)
    broken = [~may[easiest] for may in verdicts.values()]
    for given_up, may in zip(broken, verdicts.values(), strict=True):
        kept &= may | given_up[:, None]
    found = np.array([verdicts["self"].any(axis=1), (burden == 0).sum(axis=1), kept.sum(axis=1)])
    every = zip(found.T.tolist(), np.array(broken).T.tolist(), strict=True)
    for (somebody, allowed, freed), given_up in every:
        yield Hopeless(bool(somebody), allowed, tuple(compress(verdicts, given_up)), freed)


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
    others = scores.mentees if side == "mentor" else scores.mentors
    other_side: Side = "mentee" if side == "mentor" else "mentor"
    used = [taken.get(person, 0) for person in others]
    free = scores.cohort.capacity(other_side) - np.array(used, np.int64)
    size = max(CELLS // max(len(others), 1), 1)
    for first in range(0, len(people), size):
        yield Possible(scores, side, people[first : first + size], look, free)


def looking_up(scores: Scores) -> Look:
    """Return what tells of any block which of its pairs may be made."""
    if scores.fits:
        return scores.open_block
    mentors, mentees = scores.shape
    # Often everybody has a partner, and nobody looks.
    source = cache(lambda: scores.source(NO_PAIRS, protected=not scores.basis))

    def look(rows: Positions, columns: Positions) -> NDArray[np.bool_]:
        # All rows, or all columns, need no copy of what the source has for them.
        some_rows = None if len(rows) == mentors else rows
        some_columns = None if len(columns) == mentees else columns
        points = source().take(some_rows, some_columns).rows(0, len(rows))
        return points > ALLOWED

    return look
