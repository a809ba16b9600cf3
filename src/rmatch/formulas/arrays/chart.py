"""Distances and lines in the organisation chart, from who stands above whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.formulas.arrays.block import Block
    from rmatch.formulas.facts import Facts


def steps_apart(facts: Facts, cap: int) -> Block:
    """Return the steps between all pairs along reporting lines, at most so many.

    Two people are `p + q` steps apart where the boss `p` steps above the one is the boss `q` steps above the other, for the
    smallest such numbers.

    Parameters
    ----------
    facts : Facts
        Who reports to whom.
    cap : int
        Where counting ends.

    Returns
    -------
    callable
        The steps of some mentors with all mentees.
    """
    mentors, mentees = (_lines(facts, side, cap) for side in facts.sides)
    up, down = ([_marks(facts, line) for line in lines] for lines in (mentors, mentees))
    # The longest ways come first, so that the shortest one is written last and stays.
    ways = sorted(((p, q) for p in range(cap) for q in range(cap - p)), key=sum, reverse=True)
    across = [each.T.tocsr() for each in down]

    def block(first: int, last: int) -> NDArray[np.int64]:
        steps = np.full((last - first, len(facts.mentees)), cap, np.int64)
        for p, q in ways:
            steps[(up[p][first:last] @ across[q]).nonzero()] = p + q
        return steps

    return block


def in_line(facts: Facts, steps: int | None) -> Iterator[tuple[str, str]]:
    """Go through the pairs of which one stands above the other, by so many steps at most.

    Parameters
    ----------
    facts : Facts
        Who reports to whom.
    steps : int, optional
        How far up counts; all the way if absent.

    Yields
    ------
    tuple of str
        A mentor and a mentee.
    """
    mentors, mentees = map(set, facts.sides)
    for person in facts.person:
        for boss in facts.above(person, steps)[1:]:
            if person in mentors and boss in mentees:
                yield person, boss
            if boss in mentors and person in mentees:
                yield boss, person


def _lines(facts: Facts, people: list[str], steps: int) -> list[NDArray[np.int64]]:
    """Return who stands 0, 1, 2 … below so many steps above each of some people, -1 for nobody."""
    lines = np.full((steps, len(people)), -1)
    for column, person in enumerate(people):
        above = facts.above(person, steps - 1)
        lines[: len(above), column] = [facts.row[boss] for boss in above]
    return list(lines)


def _marks(facts: Facts, line: NDArray[np.int64]) -> csr_array:
    """Return a row for each person, in which the one above them is marked."""
    from scipy.sparse import csr_array

    rows = np.flatnonzero(line >= 0)
    ones = np.ones(len(rows), np.int32)
    return csr_array((ones, (rows, line[rows])), shape=(len(line), len(facts.row)))
