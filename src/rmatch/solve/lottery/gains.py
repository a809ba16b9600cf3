"""What everybody gains, where a lottery is about that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import ArrayLike

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import Objective, compatibility_of, named, objective_fault
from rmatch.solve.lottery.rational import whole
from rmatch.solve.network.network import Whole
from rmatch.solve.validate import read_sides
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

LARGEST = 90_000
"""The most possible pairs of a lottery that is leximin."""


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedGains(Value):
    """What everybody gains from each pair, and from what is certain already.

    Attributes
    ----------
    mentors, mentees : numpy.ndarray of int64
        What each pair is worth to its mentor and to its mentee, shape (mentors, mentees).
    given : tuple of two numpy.ndarray of int64
        What each mentor and each mentee has for certain.
    """

    mentors: Whole
    mentees: Whole
    given: tuple[Whole, Whole]

    def expected(self, units: Whole, grid: int) -> list[int]:
        """Return what everybody expects, mentors first, in units: Python's own integers, of any size."""
        rows, columns = np.nonzero(units)
        counts = units[rows, columns].tolist()
        mentors = len(units)
        found = [amount * grid for side in self.given for amount in side.tolist()]
        for i, j, count in zip(rows.tolist(), columns.tolist(), counts, strict=True):
            found[i] += count * int(self.mentors[i, j])
            found[mentors + j] += count * int(self.mentees[i, j])
        return found

    def marks(self, limits: Whole) -> tuple[Whole, Whole]:
        """Return lines of numbers for each mentor and each mentee, the same for those who do not differ in gains."""
        mentors, mentees = (np.where(limits > 0, side, 0) for side in (self.mentors, self.mentees))
        return (
            np.column_stack([mentors, mentees, self.given[0]]),
            np.column_stack([mentors.T, mentees.T, self.given[1]]),
        )


def size_fault(shape: tuple[int, int]) -> Fault | None:
    """Return what is wrong with leximin for too many pairs."""
    rows, columns = shape
    if rows * columns <= LARGEST:
        return None
    problem = (
        f"{numeral(rows)} × {numeral(columns)} pairs are too many for a lottery that is leximin"
    )
    remedy = f"at most {numeral(LARGEST)}: draw within parts of them, or maximise the total"
    return Fault("", "points", problem, remedy)


def read_gains(
    objective: Objective | str,
    sides: tuple[ArrayLike, ArrayLike] | None,
    shape: tuple[int, int],
    *,
    spread: object,
) -> ExpectedGains | None:
    """Return what everybody gains from each pair if the objective is about that.

    Parameters
    ----------
    objective : Total, Leximin or str
        What is best in expectation.
    sides : tuple of two array_like, optional
        What each pair is worth to the mentor and to the mentee.
    shape : tuple of int
        That of the points.
    spread : object
        Whether chances are to be shared out too; None if not.

    Returns
    -------
    ExpectedGains or None
        None for the total.

    Raises
    ------
    InvalidInputError
        If the objective is not for lotteries, or the rest does not fit it.
    """
    if faults := list(_misfits(named(objective), sides, shape, spread=spread)):
        raise InvalidInputError(faults)
    return None if sides is None else _gains(sides, shape)


def _misfits(
    objective: Objective, sides: object, shape: tuple[int, int], *, spread: object
) -> Iterator[Fault]:
    if fault := objective_fault(objective, "most"):
        yield fault
        return
    fits = compatibility_of(objective)
    if fits.lottery is not None:
        problem = f"{objective.kind!r} is not for lotteries: {fits.lottery}"
        yield Fault("", "objective", problem, "take 'total' or Leximin(over='people')")
    elif fits.spread is not None and spread is not None:
        problem = f"does not go with {objective.kind!r}: {fits.spread}"
        yield Fault("", "spread", problem, "leave it out")
    if fits.gains_by_lot and sides is None:
        yield Fault("", "sides", f"{fits.sides}", "give two matrices of points")
    elif fits.gains_by_lot and (fault := size_fault(shape)):
        yield fault
    elif not fits.gains_by_lot and sides is not None:
        remedy = "leave them out, or say Leximin(over='people')"
        yield Fault("", "sides", "are for leximin over people alone", remedy)


def _gains(sides: tuple[ArrayLike, ArrayLike], shape: tuple[int, int]) -> ExpectedGains:
    """Return what everybody gains, in whole numbers of the same unit."""
    read_sides(sides)
    (mentors, one), (mentees, other) = (whole(side) for side in sides)
    remedy = f"give {shape}, that of the points"
    faults = [
        Fault("", "sides", f"the points of the {who} have shape {np.shape(side)}", remedy)
        for who, side in (("mentors", mentors), ("mentees", mentees))
        if np.shape(side) != shape
    ]
    if faults:
        raise InvalidInputError(faults)
    # What a mentor gains is compared with what a mentee gains: both in the same parts of a point.
    unit = lcm(one, other)
    in_units = np.asarray(mentors) * (unit // one), np.asarray(mentees) * (unit // other)
    gains, worth = (side.astype(np.int64) for side in read_sides(in_units))
    nothing = np.zeros(shape[0], np.int64), np.zeros(shape[1], np.int64)
    return ExpectedGains(gains, worth, nothing)
