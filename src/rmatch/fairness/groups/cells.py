"""Into which cells the tables split people, by what they released for reports."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.fairness.groups.counts import Sum
from rmatch.people import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from rmatch.people import People

    Dimensions = tuple[str, ...]
    Released = Sequence[str | None]

MOST_CELLS = 5_000


class Cell(NamedTuple):
    """The people with certain answers.

    Attributes
    ----------
    dimensions : tuple of str
        The questions that the cell's table crosses.
    answers : tuple of str or None
        An answer to each; None for those who released none.
    """

    dimensions: Dimensions
    answers: tuple[str | None, ...]

    def without(self, number: int) -> Cell:
        """Return the cell in which one of the questions does not count."""
        before, after = slice(number), slice(number + 1, None)
        dimensions = self.dimensions[before] + self.dimensions[after]
        answers = self.answers[before] + self.answers[after]
        return Cell(dimensions, answers)


def released(people: People, dimension: str, rows: NDArray[np.intp]) -> list[str | None]:
    """Return what some people answered and released for reports; None for the others.

    Parameters
    ----------
    people : People
        Everybody.
    dimension : str
        The question.
    rows : ndarray of int
        Whose answers.

    Returns
    -------
    list of str or None
        Several answers of one person in one text.
    """
    nobody = np.zeros(len(people), np.uint8)
    consent = people.consent.get(dimension, nobody)[rows]
    may_report = (consent & PURPOSES["report"]) != 0
    # An answer without this consent is treated like no answer, so that nothing tells the two apart.
    answers = people.dimensions[dimension].take(rows)
    return [
        "; ".join(own) or None if may else None
        for own, may in zip(answers, may_report.tolist(), strict=True)
    ]


def crossings(known: Sequence[str], intersections: Sequence[Sequence[str]]) -> list[Dimensions]:
    """Return every dimension, every intersection and everything between, the smaller first."""
    asked: set[Dimensions] = {(name,) for name in known}
    for names in intersections:
        ordered = sorted(set(names))
        for size in range(2, len(ordered) + 1):
            asked.update(combinations(ordered, size))
    return sorted(asked, key=lambda dimensions: (len(dimensions), dimensions))


def cells_of(tables: Sequence[Dimensions], answers: Mapping[str, Released]) -> list[Cell]:
    """Return every combination of answers, also those of nobody, so that a cell's being there tells nothing."""
    possible: dict[str, Released] = {}
    for name, given in answers.items():
        named = {answer for answer in given if answer is not None}
        possible[name] = [*sorted(named), None]
    # Counted before anything is listed: a few questions too many make millions.
    sizes = {name: len(options) for name, options in possible.items()}
    count = sum(math.prod(sizes[name] for name in dimensions) for dimensions in tables)
    if count > MOST_CELLS:
        problem = f"{count:,} groups are too many to keep apart"
        remedy = "cross fewer dimensions"
        raise InvalidInputError([Fault("fairness", "intersections", problem, remedy)])
    cells = []
    for dimensions in tables:
        options = [possible[name] for name in dimensions]
        cells += [Cell(dimensions, combination) for combination in product(*options)]
    return cells


def equations(cells: Sequence[Cell]) -> Iterator[Sum]:
    """Go through the equations: a table with one dimension adds up to everybody, a larger one to every smaller one."""
    position = {cell: number for number, cell in enumerate(cells)}
    parts: dict[tuple[Dimensions, Cell | None], list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        crossed = len(cell.dimensions)
        for left_out in range(crossed):
            margin = cell.without(left_out) if crossed > 1 else None
            parts[cell.dimensions, margin].append(number)
    for (_, margin), numbers in parts.items():
        whole = None if margin is None else position[margin]
        yield Sum(tuple(numbers), whole)
