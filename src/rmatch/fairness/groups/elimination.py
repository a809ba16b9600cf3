"""The equations among hidden cells, reduced exactly: which numbers they give, and which changes they allow."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.fairness.groups.counts import Mask, Sum, Whole

    Equation = dict[int, Fraction]


def determined(sums: Sequence[Sum], hidden: Mask) -> Mask:
    """Return the hidden cells whose number follows from the published ones by linear equations.

    Parameters
    ----------
    sums : sequence of Sum
        The equations.
    hidden : ndarray of bool
        The unknowns.

    Returns
    -------
    ndarray of bool
        The cells that stand alone in an equation of the reduced row echelon form.
    """
    alone = np.zeros(len(hidden), bool)
    for pivot, equation in _reduced(sums, hidden).items():
        # A pivot is in no other equation, so one with company can take any value that its company makes up for.
        alone[pivot] = len(equation) == 1
    return alone


def changes(sums: Sequence[Sum], hidden: Mask) -> Iterator[Whole]:
    """Go through whole numbers that change hidden cells and no sum, both ways: the basis of the equations' null space.

    Parameters
    ----------
    sums : sequence of Sum
        The equations.
    hidden : ndarray of bool
        The unknowns.

    Yields
    ------
    ndarray of int64
        What to add to each cell.
    """
    reduced = _reduced(sums, hidden)
    for free in np.flatnonzero(hidden).tolist():
        if free in reduced:
            continue
        change = {free: Fraction(1)}
        for pivot, equation in reduced.items():
            if free in equation:
                change[pivot] = -equation[free]
        denominator = math.lcm(*(part.denominator for part in change.values()))
        step = np.zeros(len(hidden), np.int64)
        step[list(change)] = [int(part * denominator) for part in change.values()]
        yield step
        yield -step


def _reduced(sums: Sequence[Sum], hidden: Mask) -> dict[int, Equation]:
    """Return the equations among the hidden cells in reduced row echelon form, by their pivots."""
    reduced: dict[int, Equation] = {}
    for total in sums:
        equation = {cell: Fraction(1) for cell in total.cells if hidden[cell]}
        if total.whole is not None and hidden[total.whole]:
            equation[total.whole] = Fraction(-1)
        for pivot in [cell for cell in equation if cell in reduced]:
            _subtract(equation, reduced[pivot], equation[pivot])
        if equation:
            _add(reduced, equation)
    return reduced


def _add(reduced: dict[int, Equation], equation: Equation) -> None:
    """Add an equation without any pivots, and remove its own pivot from the others."""
    pivot, leading = next(iter(equation.items()))
    scaled = {cell: factor / leading for cell, factor in equation.items()}
    for other in reduced.values():
        if pivot in other:
            _subtract(other, scaled, other[pivot])
    reduced[pivot] = scaled


def _subtract(equation: Equation, other: Equation, times: Fraction) -> None:
    for cell, factor in other.items():
        rest = equation.get(cell, Fraction(0)) - times * factor
        if rest:
            equation[cell] = rest
        else:
            # What is absent counts as zero, so that an equation's length tells how many unknowns it has.
            equation.pop(cell, None)
