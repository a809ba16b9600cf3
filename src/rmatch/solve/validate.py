"""From what a caller passes to a problem, or to one error with every fault."""

from __future__ import annotations

import math
from dataclasses import replace
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.arrays import mask, matrix, opposite, places
from rmatch.solve.gaps import as_mask, gap_faults, without_gaps
from rmatch.solve.problem import Participation, Problem, own
from rmatch.utils.compiled import available
from rmatch.utils.memory import require
from rmatch.utils.text import numeral
from rmatch.utils.validation import choice, seen, truth

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from rmatch.solve.columns.blocks import Blocks
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.tables import Tables
    from rmatch.solve.gaps import Sparse
    from rmatch.solve.network.network import Numbers, Whole

PARTICIPATIONS = get_args(Participation)


class Given(NamedTuple):
    """What a caller says beside the points, as it was said: the arguments of `rmatch.assign`, with its defaults."""

    allowed: ArrayLike | Sparse | None = None
    mentor_capacity: ArrayLike = 1
    mentee_capacity: ArrayLike = 1
    mentor_minimum: ArrayLike = 0
    mentee_minimum: ArrayLike = 0
    participation: str = "most"
    min_points: float | None = None
    maximize: bool = True

    def places(
        self, shape: tuple[int | None, int | None], faults: list[Fault]
    ) -> tuple[tuple[Whole, Whole], tuple[Whole, Whole]]:
        """Return the capacities and the minimums of the mentors, and those of the mentees."""
        rows, columns = shape
        mentors = places(self.mentor_capacity, self.mentor_minimum, rows, "mentor", faults)
        mentees = places(self.mentee_capacity, self.mentee_minimum, columns, "mentee", faults)
        return mentors, mentees

    def choices(self) -> list[Fault]:
        """Return what is wrong with the other choices."""
        faults = choice("", "participation", self.participation, PARTICIPATIONS)
        least: object = self.min_points
        # Fractions are exact, and fit too.
        is_number = isinstance(least, Real) and not isinstance(least, bool)
        if least is not None and not (is_number and math.isfinite(least)):  # type: ignore[arg-type]  # it is a number
            problem = f"{least!r} is not a finite number"
            faults.append(Fault("", "min_points", problem, "give a number or None"))
        faults += truth("", "maximize", self.maximize)
        if least is not None and not self.maximize:
            problem = (
                "refuses pairs of few points, which are the best ones when points are minimised"
            )
            faults.append(Fault("", "min_points", problem, "forbid pairs in `allowed`"))
        return faults

    def problem(self, points: Numbers, allowed: Any, *sides: tuple[Whole, Whole]) -> Problem:
        """Return the problem, once nothing is wrong."""
        (mentor_capacity, mentor_minimum), (mentee_capacity, mentee_minimum) = sides
        return Problem(
            points=points,
            allowed=allowed,
            mentor_capacity=mentor_capacity,
            mentee_capacity=mentee_capacity,
            mentor_minimum=mentor_minimum,
            mentee_minimum=mentee_minimum,
            participation="best" if self.participation == "best" else "most",
        )


def read_problem(points: ArrayLike | Sparse, given: Given) -> Problem:
    """Return the problem that the arguments of `assign` describe, its points turned so that more is better.

    Its arrays may be the caller's: see :attr:`Problem.own`.

    Raises
    ------
    InvalidInputError
        With every fault of every argument.

    Examples
    --------
    >>> read_problem([[1, 2]], Given(min_points=2)).allowed.tolist()
    [[False, True]]
    """
    faults: list[Fault] = []
    whole, known = without_gaps(points, faults)
    numbers = matrix(whole, faults)
    allowed = mask(as_mask(given.allowed), numbers, faults)
    sides = given.places((None, None) if numbers is None else numbers.shape, faults)
    faults += given.choices()
    if faults or numbers is None:
        raise InvalidInputError(faults)
    if known is not None:
        allowed = allowed & known
    least = given.min_points
    if least is not None:
        # Whole points are compared with a whole number: a float might lie on the wrong side of a large one.
        allowed = allowed & (numbers >= (math.ceil(least) if numbers.dtype.kind == "i" else least))
    return given.problem(numbers if given.maximize else opposite(numbers), allowed, *sides)


def read_streamed(points: Tables | Blocks, given: Given) -> Problem | ImplicitProblem:
    """Return the problem that the arguments of `assign` describe: without a matrix where the extra `scale` is installed.

    Raises
    ------
    InvalidInputError
        With every fault of every argument, or because a matrix is too large.
    """
    faults = [*points.faults(), *given.choices()]
    if any(fault.where == "points" for fault in faults):
        raise InvalidInputError(faults)
    rows, columns = points.shape
    mentors, mentees = given.places(points.shape, faults)
    faults += _said_twice(type(points).__name__, given)
    if faults:
        raise InvalidInputError(faults)
    if available():
        from rmatch.solve.columns.problem import ImplicitProblem

        capacities, minimums = zip(mentors, mentees, strict=True)
        most_pairs = given.participation == "most"
        return ImplicitProblem.limited(points.source(), capacities, minimums, most_pairs=most_pairs)
    pairs = f"a matrix of {numeral(rows)} × {numeral(columns)} pairs"
    require(40 * rows * columns, pairs, "install reverse-mentoring[scale]")
    numbers, allowed = points.block(np.arange(rows), np.arange(columns))
    return given.problem(numbers, allowed, mentors, mentees)


def _said_twice(kind: str, given: Given) -> list[Fault]:
    """Return what is wrong with arguments for something that tables and blocks say themselves."""
    said = {
        "allowed": given.allowed is not None,
        "min_points": given.min_points is not None,
        "maximize": given.maximize is False,
    }
    remedy = f"say it in the {kind}"
    return [Fault("", name, f"cannot go with {kind}", remedy) for name in said if said[name]]


def read_sides(sides: Any) -> tuple[Numbers, Numbers]:
    """Return what each pair is worth to the mentor and to the mentee.

    Raises
    ------
    InvalidInputError
        If these are not two matrices of numbers.
    """
    listed = isinstance(sides, list | tuple | np.ndarray)
    if not listed or len(sides) != 2:
        problem = f"{len(sides)} matrices" if listed else f"{seen(sides)} is not possible"
        remedy = "give two: of the mentors and of the mentees"
        raise InvalidInputError([Fault("", "sides", problem, remedy)])
    faults = gap_faults(sides)
    if faults:
        raise InvalidInputError(faults)
    found = [matrix(side, faults) for side in sides]
    if faults:
        raise InvalidInputError([replace(fault, field="sides") for fault in faults])
    mentors, mentees = (own(side) for side in found if side is not None)
    return mentors, mentees
