"""Criteria of one's own: whether they bring what is needed, and the points of blocks of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.built_in import BUILT_IN, BuiltIn
from rmatch.criteria.criterion import METHODS, Criterion
from rmatch.criteria.custom import Custom
from rmatch.criteria.some import Inside, restricted
from rmatch.criteria.table import Factor
from rmatch.errors import Fault, InvalidInputError
from rmatch.people import Cohort, Only, People, bare
from rmatch.utils.names import OWN, kind_faults, method_faults, name_of
from rmatch.utils.own import asked
from rmatch.utils.points import MOST
from rmatch.utils.sides import WHOSE
from rmatch.utils.validation import choice, number, truth
from rmatch.utils.values import Value

AnyCriterion: TypeAlias = BuiltIn | Custom | Criterion | Only

GROUP = 64
"""The number of single pairs that are asked for at once, in a square block."""
SHOWN = 5
"""How many wrong cells an error names."""


def criterion_faults(criterion: Any) -> Iterator[Fault]:
    """Go through what a criterion of one's own lacks, or has wrong; a built-in one has checked itself.

    Examples
    --------
    >>> [fault.problem for fault in criterion_faults(Custom("x", lambda mentors, mentees: []))]
    ["'x' has no formula and no words, so it can be neither explained nor verified"]
    """
    criterion = bare(criterion)
    if type(criterion) in BUILT_IN.values():
        return
    if not (isinstance(criterion, Custom) and criterion.kind == OWN):
        wrong = kind_faults("criteria", criterion, BUILT_IN)
        if wrong:
            yield from wrong
            return
    yield from method_faults("criteria", criterion, METHODS)
    where = f"criterion {name_of(criterion)!r}"
    yield from choice(where, "side", getattr(criterion, "side", None), WHOSE)
    yield from truth(where, "protected", getattr(criterion, "protected", None))
    if getattr(criterion, "weight", "") is not None:
        yield from number(where, "weight", getattr(criterion, "weight", "nothing"), 0)


def factors_of(criterion: AnyCriterion, cohort: Cohort, most: int) -> Sequence[Factor]:
    """Return at most `most` whole points for every pair of a cohort, nothing where there is no data."""
    if isinstance(criterion, BuiltIn):
        return criterion.factors(cohort, most)
    if isinstance(criterion, Only):
        return _for_some(criterion, cohort, most)
    return [OwnPoints(criterion, cohort, most)]


def _for_some(criterion: Only, cohort: Cohort, most: int) -> list[Factor]:
    """Return the factors of a criterion with nothing for the pairs outside."""
    everyone = (np.arange(len(side)) for side in (cohort.mentors, cohort.mentees))
    inside = Inside.of_sides(*criterion.inside(cohort, *everyone))
    protected = not criterion.dimensions <= set(cohort.terms.unprotected)
    factors = factors_of(criterion.item, cohort, most)
    return [restricted(factor, inside, protected=protected) for factor in factors]


@dataclass(frozen=True, slots=True, eq=False)
class OwnPoints(Value):
    """The points of a criterion of one's own for one cohort.

    Attributes
    ----------
    criterion : Criterion
        The criterion.
    cohort : Cohort
        The people.
    most : int
        What a share of 1 is worth.
    """

    criterion: Custom | Criterion
    cohort: Cohort
    most: int

    @property
    def protected(self) -> bool:
        """Whether a protected attribute has a share in the points."""
        return self.criterion.protected

    def parts(self) -> None:
        """Return nothing: a function of the user's own is known by blocks only."""

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        people = self.cohort.matchable(protected=self.criterion.protected)
        mentors = people.take(self.cohort.mentors[rows])
        mentees = people.take(self.cohort.mentees[columns])
        return points(self.criterion, mentors, mentees, self.most)

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""
        found = [np.zeros(0, np.int64)]
        # A function of the user's own answers blocks: of small ones the diagonal is used, which wastes little.
        for start in range(0, len(rows), GROUP):
            part = slice(start, start + GROUP)
            found.append(self.block(rows[part], columns[part]).diagonal())
        return np.concatenate(found)


def points(
    criterion: Custom | Criterion, mentors: People, mentees: People, most: int
) -> NDArray[np.int64]:
    """Return whole points: the values of a block as they are, or their share of `most`.

    Parameters
    ----------
    criterion : Criterion
        The criterion.
    mentors, mentees : People
        The two groups.
    most : int
        What a share of 1 is worth; not used without a weight.

    Returns
    -------
    ndarray of int64, shape (mentors, mentees)
        The points, rounded half to even.

    Raises
    ------
    InvalidInputError
        If the block has another shape, or values that are not finite or out of range.
    """
    if not len(mentors) or not len(mentees):
        return np.zeros((len(mentors), len(mentees)), np.int64)
    where, shares = f"criterion {name_of(criterion)!r}", criterion.weight is not None
    values = _numbers(where, asked(where, criterion, "block", mentors, mentees))
    bounds = (0.0, 1.0) if shares else (-MOST, MOST)
    faults = list(_value_faults(where, values, mentors, mentees, bounds))
    if faults:
        raise InvalidInputError(faults)
    return np.rint(values * most if shares else values).astype(np.int64)


def _numbers(where: str, returned: Any) -> NDArray[np.float64]:
    try:
        return np.asarray(returned, np.float64)
    except (TypeError, ValueError):  # whose message may quote a private value
        fault = Fault(where, "values", "are not all numbers", "return a matrix of numbers")
        raise InvalidInputError([fault]) from None


def _value_faults(
    where: str,
    values: NDArray[np.float64],
    mentors: People,
    mentees: People,
    bounds: tuple[float, float],
) -> Iterator[Fault]:
    shape = len(mentors), len(mentees)
    if values.shape != shape:
        yield Fault(where, "shape", f"{values.shape}", f"return {shape}, mentors × mentees")
        return
    low, high = bounds
    outside = ~((values >= low) & (values <= high))
    if outside.any():
        problem = f"{_cells(values, outside, mentors, mentees)} out of range"
        yield Fault(where, "values", problem, f"return {low:g} to {high:g}")
    # Judged cell by cell, so that a part of the pairs is refused for what all of them are.
    vanishing = (np.rint(values) == 0) & (values != 0)
    if high == MOST and vanishing.any():
        problem = f"{_cells(values, vanishing, mentors, mentees)} round to 0 points"
        yield Fault(where, "values", problem, "give whole points, or a weight if these are shares")


def _cells(
    values: NDArray[np.float64], wrong: NDArray[np.bool_], mentors: People, mentees: People
) -> str:
    """Return how many cells are wrong, with the first of them."""
    places = np.argwhere(wrong).tolist()
    listed = [
        f"{mentors.id[i]!r} with {mentees.id[j]!r}: {float(values[i, j])!r}"
        for i, j in places[:SHOWN]
    ]
    more = " …" * (len(places) > SHOWN)
    return f"{len(places)} of {values.size} cells ({'; '.join(listed)}{more})"
