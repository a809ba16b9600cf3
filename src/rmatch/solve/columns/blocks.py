"""Points without a matrix, as a function of blocks of pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.validation import a_kind, function, seen, whole
from rmatch.utils.values import Value

if TYPE_CHECKING:  # compiled where it is imported, and so only where it is needed
    from rmatch.solve.columns.source import Source


Indices = NDArray[np.intp]
Answered = tuple[NDArray[np.int64], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Blocks(Value):
    """Points that a function gives for any block of pairs.

    Attributes
    ----------
    shape : tuple of int
        The number of mentors and of mentees.
    function : callable
        Gets rows and columns, and returns whole points and permissions, both of shape (rows, columns). It is called from
        several threads.
    lowest, highest : int
        Bounds on the points of allowed pairs.
    """

    shape: tuple[int, int]
    function: Callable[[Indices, Indices], Answered]
    lowest: int
    highest: int

    def block(self, rows: Indices, columns: Indices) -> Answered:
        """Return the points of some mentors with some mentees, and which of them may meet.

        Raises
        ------
        InvalidInputError
            If the function does not return what it should.
        """
        answer: Any = self.function(rows, columns)
        if not (isinstance(answer, tuple) and len(answer) == 2):
            problem = f"returned {a_kind(answer)}"
            raise _refused(problem, "return points and permissions, both arrays")
        points, allowed = answer
        shape = len(rows), len(columns)
        found = points[allowed]
        whole_points = points.dtype.kind in "iu" and points.shape == shape
        if not whole_points or allowed.dtype.kind != "b":
            problem = f"returned {points.dtype} of shape {points.shape} and {allowed.dtype}"
            raise _refused(problem, f"return whole numbers of shape {shape}, and a mask of it")
        if not found.size:
            return points.astype(np.int64), allowed
        lowest, highest = found.min(), found.max()
        # A bound that is not kept would let sums leave 32 bits, or a proof prove too little.
        if lowest < self.lowest or highest > self.highest:
            problem = f"returned points from {lowest} to {highest}"
            raise _refused(problem, f"stay in {self.lowest} … {self.highest}")
        return points.astype(np.int64), allowed

    def source(self) -> Source:
        """Return the same for column generation."""
        from rmatch.solve.columns.source import Source

        return Source.of_blocks(self.shape, self.block, self.lowest, self.highest)

    def faults(self) -> Iterator[Fault]:
        """Go through what is wrong with the arguments."""
        strange = [
            *whole("points", "lowest", self.lowest, None),
            *whole("points", "highest", self.highest, None),
        ]
        yield from strange
        yield from function("points", "function", self.function)
        if not strange and self.lowest > self.highest:
            problem = f"{self.lowest} is above {self.highest}"
            yield Fault("points", "lowest", problem, "give bounds")
        shape: Any = self.shape
        if not isinstance(shape, tuple):
            yield _shape_fault(seen(shape))
        elif len(shape) != 2 or any(whole("points", "shape", size) for size in shape):
            yield _shape_fault(shape)


def _refused(problem: str, remedy: str) -> InvalidInputError:
    return InvalidInputError([Fault("points", "function", problem, remedy)])


def _shape_fault(shape: object) -> Fault:
    remedy = "give the numbers of mentors and mentees"
    return Fault("points", "shape", f"{shape} is not possible", remedy)
