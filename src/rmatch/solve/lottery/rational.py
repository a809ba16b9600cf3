"""Numbers as they are written: 0.45 is 9/20."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rmatch.errors import Fault, InvalidInputError, is_whole
from rmatch.solve.network.network import Whole
from rmatch.utils.text import numeral
from rmatch.utils.validation import seen

Number: TypeAlias = int | float | str | Fraction

FINEST = 10**9
"""The most steps of a cap."""
SHOWN = 3


def fraction(given: object) -> Fraction | None:
    """Return the number that was written; none if it is no number.

    Examples
    --------
    >>> fraction(0.45), fraction("1/3"), fraction("a third")
    (Fraction(9, 20), Fraction(1, 3), None)
    """
    written = isinstance(given, int | float | str | Fraction | np.number)
    if not written or isinstance(given, bool | np.bool_):
        return None
    try:
        return given if isinstance(given, Fraction) else Fraction(str(given))
    except (ValueError, ZeroDivisionError):
        return None


def whole(points: ArrayLike) -> tuple[Any, int]:
    """Return points as whole numbers and the parts of a point that these count.

    What is no matrix of floats is returned as it is, for others to judge.

    Examples
    --------
    >>> whole([[0.5, 0.2]])
    (array([[5, 2]]), 10)
    """
    try:
        array = np.asarray(points)
    except ValueError:
        return points, 1
    if array.dtype.kind != "f" or not np.isfinite(array).all():
        return points, 1
    different, where = np.unique(array, return_inverse=True)
    exact = [Fraction(str(value)) for value in different.tolist()]
    scale = lcm(*(value.denominator for value in exact))
    numerators = [int(value * scale) for value in exact]
    if any(abs(numerator) >= 2**62 for numerator in numerators):
        problem = "have too many decimals to be counted exactly"
        raise InvalidInputError([Fault("", "points", problem, "round them, or give whole numbers")])
    return np.array(numerators, np.int64)[where].reshape(array.shape), scale


def read_cap(cap: object, shape: tuple[int, int], grid: object) -> tuple[Whole, int]:
    """Return the limit of each pair in units, and the units of certainty: a multiple of `grid`.

    Raises
    ------
    InvalidInputError
        With every value that is no limit.

    Examples
    --------
    >>> limits, grid = read_cap([[1, "1/2"]], (1, 2), 3)
    >>> limits.tolist(), grid
    ([[6, 3]], 6)
    """
    given = np.asarray(cap, dtype=object) if not isinstance(cap, np.ndarray) else cap
    faults = []
    if not is_whole(grid, 1, FINEST):
        faults.append(
            Fault("", "grid", f"{grid!r}", f"give a whole number up to {numeral(FINEST)}")
        )
    if given.shape not in {(), shape}:
        remedy = f"give one number, or a matrix of {shape}"
        faults.append(Fault("", "cap", f"has shape {given.shape}", remedy))
    values, wrong = [], []
    for raw in given.reshape(-1).tolist():
        value = fraction(raw)
        if value is None or not 0 <= value <= 1:
            wrong.append(raw)
        else:
            values.append(value)
    remedy = "give a number from 0 to 1, such as '1/2'"
    faults += [Fault("", "cap", f"{seen(raw)} is no chance", remedy) for raw in wrong[:SHOWN]]
    if faults:
        raise InvalidInputError(faults)
    return _limits(values, given, shape, int(str(grid)))


def _limits(
    values: list[Fraction], given: NDArray[Any], shape: tuple[int, int], grid: int
) -> tuple[Whole, int]:
    steps = lcm(grid, *(value.denominator for value in values))
    if steps > FINEST**2:
        problem = f"the limits need steps of 1/{numeral(steps)}"
        raise InvalidInputError([Fault("", "cap", problem, "give limits with small denominators")])
    units = [int(value * steps) for value in values]
    limits = np.array(units, np.int64).reshape(given.shape)
    return np.broadcast_to(limits, shape), steps


def read_spread(spread: object) -> Fraction:
    """Return how fast a pair's points fall with its chance.

    Raises
    ------
    InvalidInputError
        If it is no number above 0 and up to 1.
    """
    value = fraction(spread)
    if value is None or not 0 < value <= 1:
        remedy = "give a number above 0 and up to 1, such as '1/2'"
        raise InvalidInputError([Fault("", "spread", f"{spread!r}", remedy)])
    return value
