"""What proves an answer for fractional points: the same problem in whole multiples of a tiny unit."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.utils.loops import strips

if TYPE_CHECKING:
    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.problem import Problem

ROOM = 2**56
"""What sums of whole points along a path through everybody, and the bonuses of all pairs, must not exceed."""


class Units(NamedTuple):
    """A power of two that points are multiples of, or are rounded to.

    Attributes
    ----------
    exponent : int
        A point has two to the power of it.
    """

    exponent: int = 0

    @classmethod
    def of(cls, problem: Problem) -> Units:
        """Return units as fine as whole numbers can hold for the points of a problem; points for whole ones."""
        points = problem.points
        if points.dtype.kind != "f":
            return cls()
        largest = float(max(points.max(initial=0.0), -points.min(initial=0.0)))
        people = sum(problem.shape) + 5
        most = ROOM // (people * (_pairs(problem) + 5))
        # A power of two changes no digit of a float: only what is finer than the unit is rounded.
        return cls(math.floor(math.log2(most / largest)) - 1 if largest else 0)

    @property
    def unit(self) -> Fraction:
        """What one of them stands for."""
        return Fraction(2) ** -self.exponent

    def whole(self, points: Numbers) -> Whole:
        """Return points in these units."""
        if points.dtype.kind != "f":
            return points.astype(np.int64, copy=False)
        # The product is as exact as `ldexp`, and several times as fast, where the factor is a float at all.
        is_float = abs(self.exponent) < 1_000
        scaled = points * 2.0**self.exponent if is_float else np.ldexp(points, self.exponent)
        return np.rint(scaled).astype(np.int64)


def in_units(problem: Problem) -> tuple[Problem, Fraction]:
    """Return the problem with points rounded to multiples of a power of two, as fine as whole numbers can hold.

    Parameters
    ----------
    problem : Problem
        With fractional points.

    Returns
    -------
    whole : Problem
        With whole points.
    unit : Fraction
        What one of them stands for.

    Examples
    --------
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1]), np.array([0])
    >>> whole, unit = in_units(
    ...     Problem(np.array([[0.75]]), np.ones((1, 1), bool), one, one, none, none, "most")
    ... )
    >>> int(whole.points[0, 0]) * unit
    Fraction(3, 4)
    """
    units, points = Units.of(problem), np.empty(problem.points.shape, np.int64)
    for rows in strips(problem.shape):
        points[rows] = units.whole(problem.points[rows])
    return replace(problem, points=points), units.unit


def bound(problem: Problem, total: int, unit: Fraction) -> float:
    """Return what no matching can exceed: the best total in units, and half a unit for the rounding of each pair."""
    rounding = Fraction(_pairs(problem), 2)
    exact = float((total + rounding) * unit)
    return math.nextafter(exact, math.inf)


def _pairs(problem: Problem) -> int:
    """Return the most pairs that there can be places for."""
    return min(int(side.sum()) for side in problem.places)
