"""Distances and lines in the organisation chart, from who stands above whom."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas.arrays.sums import Near

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.formulas.facts import Facts


def nearness(facts: Facts, most: int, cap: int) -> Near:
    """Return what pairs lose because they are fewer steps apart along reporting lines than count.

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
        What is lost, 0 for people without a place in the chart.
    """
    from scipy.sparse import csr_array, hstack

    steps = np.arange(cap + 2)
    lost = most - most * np.minimum(steps, cap) // cap
    # Nobody stands above the highest boss, so there all is lost at once.
    highest = facts.columns.boss[:-1, None] < 0
    each = np.where(highest, lost[:cap], lost[:cap] - lost[2:])
    up, down = (_above(facts, side, cap) for side in facts.rows)
    ones = np.ones(len(facts.people), np.int64)
    # One row for each boss and each number of steps up to them.
    marks = hstack([_marks(line, ones) for line in up], format="csr")
    theirs = [
        reduce(add, (_marks(down[q], each[:, p + q]) for q in range(cap - p))) for p in range(cap)
    ]
    return Near(csr_array(marks), csr_array(hstack(theirs, format="csr").T))


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


def _above(facts: Facts, rows: NDArray[np.intp], steps: int) -> list[NDArray[np.int64]]:
    """Return who stands 0, 1, 2 … below so many steps above each of some people, -1 for nobody."""
    lines = [np.where(facts.columns.placed[rows], rows, -1)]
    for _ in range(steps - 1):
        lines.append(facts.columns.boss[lines[-1]])
    return lines


def _marks(line: NDArray[np.int64], numbers: NDArray[np.int64]) -> csr_array:
    """Return a row for each person, with the number of the one above them in that one's column."""
    from scipy.sparse import csr_array

    there = np.flatnonzero(line >= 0)
    cells = there, line[there]
    return csr_array((numbers[line[there]], cells), shape=(len(line), len(numbers)))
