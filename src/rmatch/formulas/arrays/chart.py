"""Distances and lines in the organisation chart, from who stands above whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.formulas.arrays.block import Cells
from rmatch.formulas.arrays.sums import Marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Everybody
    from rmatch.formulas.facts import Facts


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Sums of rows of a table in which there is hardly anything.

    Attributes
    ----------
    marks : Marks
        The rows that each mentor counts, each of them once.
    worth : Marks
        The table: the mentees in each row, and what they have.
    width : int
        The number of mentees.
    """

    marks: Marks
    worth: Marks
    width: int

    @property
    def peak(self) -> int:
        """What no sum exceeds, whatever its sign."""
        most = np.abs(self.worth.numbers).max(initial=0)
        return int(self.marks.times.max(initial=0) * most)

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found = np.zeros((last - first, self.width), np.int64)
        self.add_to(found, first, last)
        return found

    def add_to(self, sums: NDArray[Any], first: int, last: int) -> None:
        """Add what the mentors from a first to before a last one have with all mentees."""
        marks = self.marks.between(first, last)
        theirs = self.worth.of(marks.kinds)
        places = np.repeat(marks.mentors * self.width, theirs.times) + theirs.kinds
        np.add.at(sums.reshape(-1), places, theirs.numbers.astype(sums.dtype))

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what single pairs have."""
        keys = self.worth.mentors * self.width + self.worth.kinds
        table, marks = Cells(self.width, keys, self.worth.numbers), self.marks.of(rows)
        return marks.summed(table.at(marks.kinds, np.repeat(columns, marks.times)))

    def within(self, some: Everybody) -> Near:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        mentors, mentees = some
        marks = self.marks.only(mentors[self.marks.mentors])
        return Near(marks, self.worth.only(mentees[self.worth.kinds]), self.width)


def nearness(facts: Facts, most: int, cap: int) -> Near:
    """Return what pairs get less because they are fewer steps apart along reporting lines than count.

    Two people are `p + q` steps apart where the boss `p` steps above the one is the boss `q` steps above the other, for the
    smallest such numbers. All who stand above that boss stand above both, one step more for each of the two: so what is lost
    at `d` steps is a sum over the bosses they have in common, of what is lost at their steps beyond what is lost at two more.

    Parameters
    ----------
    facts : Facts
        Who reports to whom.
    most : int
        What pairs get who are so far apart that more does not count.
    cap : int
        Where counting ends.

    Returns
    -------
    Near
        What is lost, negative, and 0 for people without a place in the chart.
    """
    steps = np.arange(cap + 2)
    lost = most - most * np.minimum(steps, cap) // cap
    # Nobody stands above the highest boss, so there all is lost at once.
    highest = facts.columns.boss[:-1, None] < 0
    each = np.where(highest, lost[:cap], lost[:cap] - lost[2:])
    up, down = (_above(facts, side, cap) for side in facts.rows)
    size, count = len(facts.people), len(facts.mentees)
    # One kind for each number of steps up from a mentor, and the boss who is reached by them.
    kinds = (up + size * np.arange(len(up))[:, None]).T[up.T >= 0]
    starts = np.concatenate([[0], np.cumsum(np.count_nonzero(up >= 0, axis=0))])
    marks = Marks(starts, kinds, np.ones(len(kinds), np.int64))
    p, q = np.nonzero(np.add.outer(np.arange(len(up)), np.arange(len(down))) < cap)
    way, mentee = np.nonzero(down[q] >= 0)
    bosses = down[q[way], mentee]
    theirs = bosses + size * p[way]
    order = np.lexsort((mentee, theirs))
    lost_there = -each[bosses, (p + q)[way]]
    worth = Marks.gathered(theirs[order], mentee[order], lost_there[order], size * len(up))
    return Near(marks, worth, count)


def in_line(facts: Facts, steps: int | None) -> NDArray[np.int64]:
    """Return the pairs of which one stands above the other, by so many steps at most.

    Parameters
    ----------
    facts : Facts
        Who reports to whom.
    steps : int, optional
        How far up counts; all the way if absent.

    Returns
    -------
    numpy.ndarray of int64
        The pairs, as row × mentees + column; some may be there twice.
    """
    people, boss = facts.people, facts.columns.boss
    row, column = np.full(len(people) + 1, -1), np.full(len(people) + 1, -1)
    for place, rows in zip((row, column), facts.rows, strict=True):
        place[rows] = np.arange(len(rows))
    width, person, above = len(facts.rows[1]), np.arange(len(people)), boss[:-1]
    found = [np.zeros(0, np.int64)]
    climbed = 0
    most = len(people) if steps is None else steps
    while climbed < most and (above >= 0).any():
        for lower, upper in ((person, above), (above, person)):
            there = (row[lower] >= 0) & (column[upper] >= 0)
            found.append(row[lower[there]] * width + column[upper[there]])
        above, climbed = boss[above], climbed + 1
    return np.concatenate(found)


def _above(facts: Facts, rows: NDArray[np.intp], steps: int) -> NDArray[np.int64]:
    """Return who stands 0, 1, 2 … below so many steps above each of some people, a row a step, -1 for nobody."""
    lines = [np.where(facts.columns.placed[rows], rows, -1)]
    while len(lines) < steps and (lines[-1] >= 0).any():
        lines.append(facts.columns.boss[lines[-1]])
    return np.stack(lines)
