"""The algorithms there are, and what does not go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.columns import LARGEST, large_enough
from rmatch.solve.ties import TIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.problem import Problem

Route = Literal["dense", "flow", "columns", "greedy"]


def is_large(problem: Problem) -> bool:
    """Return whether column generation takes a problem."""
    points = problem.points
    if points.dtype.kind != "i" or not large_enough(points.size):
        return False
    return max(int(points.max(initial=0)), -int(points.min(initial=0))) <= LARGEST


def refuse_misfits(
    problem: Problem, ties: NDArray[np.integer] | None, *, fits: bool, route: Route
) -> None:
    """Raise an error if a route cannot solve a problem, or if there are ties that it cannot have."""
    faults = []
    if not fits:
        text = f"{route!r} cannot solve this problem"
        faults.append(Fault("", "route", text, "leave the route open"))
    if ties is not None and problem.points.dtype.kind == "f":
        faults.append(Fault("", "ties", "fractional points take none", "give whole points"))
    if ties is not None and ties.size and not 0 <= int(ties.min()) <= int(ties.max()) <= TIES:
        remedy = f"give whole numbers from 0 to {TIES}"
        faults.append(Fault("", "ties", "a value is out of range", remedy))
    if faults:
        raise InvalidInputError(faults)
