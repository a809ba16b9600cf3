"""The change of one partner of a group that costs the programme least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rmatch.programme import Unit
from rmatch.scoring import Coverage
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.rounds.outcome import Outcome

    Whole = NDArray[np.int64]

NEVER = -(2**62)


@dataclass(frozen=True, slots=True, repr=False)
class Swap(Document):
    """One partner of a group against another mentor.

    Attributes
    ----------
    leaves, joins : str
        The mentor who would go, and the one who would come.
    exchanged_with : str or None
        The mentee from whose group the one comes, and to whom the other goes; None where that mentor has a place left.
    points : int
        What the total would have more: less than 0, or 0, where it is the best.
    unit : Unit
        What points are told in.
    """

    leaves: str
    joins: str
    exchanged_with: str | None
    points: int
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    def __str__(self) -> str:
        """Return the swap as a sentence."""
        place = "who has a place left"
        if self.exchanged_with is not None:
            place = f"in exchange with {called(self.exchanged_with)}"
        gap = self.unit.gap(self.points)
        return f"The next-best swap: {called(self.joins)} for {called(self.leaves)}, {place}, {gap} in all."


def best_swap(matching: Outcome, groups: Mapping[str, Sequence[str]], mentee: str) -> Swap | None:
    """Return the change of one partner of a mentee after which the total is the largest.

    The partner leaves for a mentor with a place left, or changes places with a partner of somebody else. Where who holds a
    place was decided in a step of its own, only those who hold one are looked at. Locked pairs stay.

    Parameters
    ----------
    matching : Outcome
        The round.
    groups : mapping of str to sequence of str
        The mentors of each mentee.
    mentee : str
        Whose group.

    Returns
    -------
    Swap or None
        None where no change is possible.
    """
    found = list(_Swapping(matching, groups).swaps(mentee))
    return max(found, key=lambda swap: swap.points, default=None)


class _Swapping:
    """What the groups of a matching are worth, and would be with somebody else."""

    def __init__(self, matching: Outcome, groups: Mapping[str, Sequence[str]]) -> None:
        scores, self.unit = matching.scores, matching.unit
        self.scores = scores
        self.coverage, self.open = Coverage.of(scores), scores.open_pairs
        self.row, self.column = scores.cohort.row, scores.cohort.column
        self.groups = {mentee: [self.row[one] for one in own] for mentee, own in groups.items()}
        self.locked = set(matching.locked_cells)
        held = np.bincount(
            [row for rows in self.groups.values() for row in rows], minlength=scores.shape[0]
        )
        self.free = scores.cohort.capacity("mentor") > held
        if len(matching.steps) > 1:
            self.free[:] = False

    def swaps(self, mentee: str) -> Iterator[Swap]:
        names, own = self.scores.mentors, self.groups[mentee]
        for leaving in own:
            if (leaving, self.column[mentee]) in self.locked:
                continue
            gains = self._with_each(mentee, leaving)
            free = np.where(self.free, gains, NEVER)
            best = int(free.argmax())
            if free[best] > NEVER:
                yield Swap(names[leaving], names[best], None, int(free[best]), unit=self.unit)
            for other, theirs in self.groups.items():
                for joining in theirs if other != mentee else ():
                    locked = (joining, self.column[other]) in self.locked
                    if locked or gains[joining] == NEVER:
                        continue
                    back = int(self._with_each(other, joining, [leaving])[0])
                    if back > NEVER:
                        points = int(gains[joining]) + back
                        yield Swap(names[leaving], names[joining], other, points, unit=self.unit)

    def _with_each(self, mentee: str, leaving: int, joining: Sequence[int] | None = None) -> Whole:
        """Return what a group would be worth more with each mentor instead of a member; never, if that is not possible."""
        column, own = self.column[mentee], self.groups[mentee]
        others = np.arange(len(self.row)) if joining is None else np.array(joining, np.int64)
        rest = [row for row in own if row != leaving]
        wants = np.flatnonzero(self.coverage.mentee == column)
        gains = self.coverage.gains[wants].toarray()
        have = gains[:, rest].max(axis=1, initial=0)
        adds = self.coverage.rest[:, column] + np.maximum(gains - have[:, None], 0).sum(axis=0)
        possible = self.open[others, column] & ~np.isin(others, own)
        possible &= np.array([self._goes_with(int(one), rest) for one in others], bool)
        return np.where(possible, adds[others] - adds[leaving], NEVER)

    def _goes_with(self, row: int, rest: Sequence[int]) -> bool:
        """Tell whether a mentor may be in a group with others."""
        if not self.scores.programme.one_per_department or not rest:
            return True
        cohort = self.scores.cohort
        stated = [cohort.people.department[cohort.mentors[one]] for one in (row, *rest)]
        return all(stated) and len(set(stated)) == len(stated)
