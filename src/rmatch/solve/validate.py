"""From what a caller passes to a problem, or to one error with every fault."""

from __future__ import annotations

import math
from dataclasses import replace
from numbers import Real
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.columns import available
from rmatch.solve.network.network import UNLIMITED
from rmatch.solve.problem import Participation, Problem
from rmatch.utils.memory import require
from rmatch.utils.validation import choice, seen, truth

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from rmatch.solve.columns.inputs import Blocks, Tables
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.network.network import Numbers, Whole

PARTICIPATIONS = get_args(Participation)
LARGEST_WHOLE = 2**57
LARGEST_FLOAT = 2**1000
SHOWN = 5


def read_problem(
    points: ArrayLike,
    *,
    allowed: ArrayLike | None,
    mentor_capacity: ArrayLike,
    mentee_capacity: ArrayLike,
    mentor_minimum: ArrayLike,
    mentee_minimum: ArrayLike,
    participation: str,
    min_points: float | None,
    maximize: bool,
) -> Problem:
    """Return the problem that the arguments of `assign` describe, its points turned so that more is better.

    Raises
    ------
    InvalidInputError
        With every fault of every argument.

    Examples
    --------
    >>> one = {"mentor_capacity": 1, "mentee_capacity": 1, "mentor_minimum": 0, "mentee_minimum": 0}
    >>> rest = {"participation": "most", "min_points": 2, "maximize": True}
    >>> read_problem([[1, 2]], allowed=None, **one, **rest).allowed.tolist()
    [[False, True]]
    """
    faults: list[Fault] = []
    numbers = _points(points, faults)
    rows, columns = (None, None) if numbers is None else numbers.shape
    mask = _mask(allowed, numbers, faults)
    mentors = _places(mentor_capacity, mentor_minimum, rows, "mentor", "row", faults)
    mentees = _places(mentee_capacity, mentee_minimum, columns, "mentee", "column", faults)
    faults += _choices(participation, min_points, maximize=maximize)
    if faults or numbers is None:
        raise InvalidInputError(faults)
    if min_points is not None:
        mask = mask & (
            numbers >= (math.ceil(min_points) if numbers.dtype.kind == "i" else min_points)
        )
    return Problem(
        points=numbers if maximize else -numbers,
        allowed=mask,
        mentor_capacity=mentors[0],
        mentee_capacity=mentees[0],
        mentor_minimum=mentors[1],
        mentee_minimum=mentees[1],
        participation=_participation(participation),
    )


def read_streamed(
    points: Tables | Blocks,
    *,
    allowed: ArrayLike | None,
    mentor_capacity: ArrayLike,
    mentee_capacity: ArrayLike,
    mentor_minimum: ArrayLike,
    mentee_minimum: ArrayLike,
    participation: str,
    min_points: float | None,
    maximize: bool,
) -> Problem | ImplicitProblem:
    """Return the problem that the arguments of `assign` describe: without a matrix where the extra `scale` is installed.

    Raises
    ------
    InvalidInputError
        With every fault of every argument, or because a matrix is too large.
    """
    faults = [*points.faults(), *_choices(participation, min_points, maximize=maximize)]
    if any(fault.where == "points" for fault in faults):
        raise InvalidInputError(faults)
    rows, columns = points.shape
    mentors = _places(mentor_capacity, mentor_minimum, rows, "mentor", "row", faults)
    mentees = _places(mentee_capacity, mentee_minimum, columns, "mentee", "column", faults)
    kind = type(points).__name__
    given = {
        "allowed": allowed is not None,
        "min_points": min_points is not None,
        "maximize": maximize is False,
    }
    faults += [
        Fault("", name, f"cannot go with {kind}", f"say it in the {kind}")
        for name in given
        if given[name]
    ]
    if faults:
        raise InvalidInputError(faults)
    if available():
        from rmatch.solve.columns.problem import ImplicitProblem

        sides = (mentors[0], mentees[0]), (mentors[1], mentees[1])
        return ImplicitProblem.limited(points.source(), *sides, most_pairs=participation == "most")
    require(
        40 * rows * columns,
        f"a matrix of {rows:,} × {columns:,} pairs",
        "install reverse-mentoring[scale]",
    )
    matrix, mask = points.block(np.arange(rows), np.arange(columns))
    return Problem(
        matrix, mask, mentors[0], mentees[0], mentors[1], mentees[1], _participation(participation)
    )


def _participation(given: str) -> Participation:
    return "best" if given == "best" else "most"


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
        raise InvalidInputError(
            [Fault("", "sides", problem, "give two: of the mentors and of the mentees")]
        )
    faults: list[Fault] = []
    found = [_points(side, faults) for side in sides]
    if faults:
        raise InvalidInputError([replace(fault, field="sides") for fault in faults])
    mentors, mentees = (side for side in found if side is not None)
    return mentors, mentees


def _points(points: ArrayLike, faults: list[Fault]) -> Numbers | None:
    array = _array(points)
    if array is None or array.ndim != 2:
        found = "rows of unequal length" if array is None else f"{array.ndim} dimensions"
        faults.append(Fault("", "points", found, "give a matrix, mentors × mentees"))
        return None
    if array.dtype.kind in "biu" or _all_whole(array):
        return _bounded(array, LARGEST_WHOLE, faults).astype(np.int64)
    if array.dtype.kind == "f" and array.dtype.itemsize <= 8:
        return _bounded(_finite(array, faults), LARGEST_FLOAT, faults).astype(np.float64)
    faults.append(
        Fault("", "points", f"{array.dtype} is no type of points", "give whole numbers or float64")
    )
    return np.zeros(array.shape)


def _array(points: ArrayLike) -> NDArray[Any] | None:
    """Return the array, or None if its rows are ragged; whole numbers in a list stay whole, however large."""
    try:
        array = np.asarray(points)
    except ValueError:
        return None
    if array.dtype.kind == "f" and not hasattr(points, "dtype"):
        boxed = np.asarray(points, dtype=object)
        return boxed if boxed.size and _all_whole(boxed) else array
    return array


def _all_whole(array: NDArray[Any]) -> bool:
    return array.dtype.kind == "O" and all(
        isinstance(value, int | np.integer) for value in array.flat
    )


def _finite(array: NDArray[Any], faults: list[Fault]) -> NDArray[Any]:
    bad = ~np.isfinite(array)
    if not bad.any():
        return array
    cells = ", ".join(f"({i}, {j})" for i, j in np.argwhere(bad)[:SHOWN].tolist())
    more = f" and {bad.sum() - SHOWN} more" if bad.sum() > SHOWN else ""
    remedy = "give finite numbers; a forbidden pair is False in `allowed`"
    faults.append(
        Fault(
            f"{bad.sum()} cell{'s' * bool(bad.sum() > 1)} {cells}{more}",
            "points",
            "nan or infinite",
            remedy,
        )
    )
    return np.where(bad, 0, array)


def _bounded(array: NDArray[Any], largest: int, faults: list[Fault]) -> NDArray[Any]:
    """Return the array if it is small enough for sums along a path through everyone to be computed."""
    if not array.size:
        return array
    size, limit = max(int(array.max()), -int(array.min())), largest // (sum(array.shape) + 2)
    if size < limit:
        return array
    problem = f"a value of magnitude {size:.3g} is too large to be added up exactly"
    faults.append(
        Fault("", "points", problem, f"stay below {limit:.3g} for a matrix of this shape")
    )
    return np.zeros(array.shape)


def _mask(
    allowed: ArrayLike | None, points: Numbers | None, faults: list[Fault]
) -> NDArray[np.bool_]:
    mask = (
        np.ones(() if points is None else points.shape, bool)
        if allowed is None
        else np.asarray(allowed)
    )
    if mask.dtype.kind != "b" and mask.size:
        faults.append(
            Fault(
                "",
                "allowed",
                f"{mask.dtype} is no type of a mask",
                "give True or False for every pair",
            )
        )
    if points is not None and mask.shape != points.shape:
        faults.append(
            Fault(
                "",
                "allowed",
                f"has shape {mask.shape}",
                f"give {points.shape}, the shape of the points",
            )
        )
    return mask.astype(bool)


def _places(
    capacity: ArrayLike,
    minimum: ArrayLike,
    size: int | None,
    who: str,
    line: str,
    faults: list[Fault],
) -> tuple[Whole, Whole]:
    """Return the capacity and the minimum of each person on one side."""
    found = len(faults)
    most = _counts(capacity, size, f"{who}_capacity", line, faults)
    fewest = _counts(minimum, size, f"{who}_minimum", line, faults)
    if len(faults) == found and size is not None:
        faults += [
            Fault(
                f"{line} {i}",
                f"{who}_minimum",
                f"{fewest[i]} is above the capacity {most[i]}",
                "lower it",
            )
            for i in np.flatnonzero(fewest > most).tolist()
        ]
    return most, fewest


def _counts(
    value: ArrayLike, size: int | None, field: str, line: str, faults: list[Fault]
) -> Whole:
    given = np.asarray(value)
    if given.dtype.kind not in "iu" and given.size:
        faults.append(
            Fault(
                "",
                field,
                f"{given.dtype} does not count partners",
                "give whole numbers below 2**63",
            )
        )
        return np.zeros(size or 0, np.int64)
    if given.ndim and size is not None and given.shape != (size,):
        faults.append(
            Fault(
                "",
                field,
                f"has shape {given.shape}",
                f"give one number, or one for each {line}: {size}",
            )
        )
        return np.zeros(size, np.int64)
    faults += [
        Fault(
            f"{line} {i}" if given.ndim else "",
            field,
            f"{given.flat[i]} is negative",
            "give 0 or more",
        )
        for i in np.flatnonzero(given < 0).tolist()
    ]
    return np.broadcast_to(
        np.minimum(given, UNLIMITED).astype(np.int64), size if size is not None else given.shape
    )


def _choices(participation: object, min_points: object, *, maximize: object) -> list[Fault]:
    faults = choice("", "participation", participation, PARTICIPATIONS)
    fits = (
        not isinstance(min_points, bool)
        and isinstance(min_points, Real)
        and math.isfinite(min_points)
    )
    if min_points is not None and not fits:  # fractions are exact, and fit too
        faults.append(
            Fault(
                "", "min_points", f"{min_points!r} is not a finite number", "give a number or None"
            )
        )
    faults += truth("", "maximize", maximize)
    if min_points is not None and not maximize:
        problem = "refuses pairs of few points, which are the best ones when points are minimised"
        faults.append(Fault("", "min_points", problem, "forbid pairs in `allowed`"))
    return faults
