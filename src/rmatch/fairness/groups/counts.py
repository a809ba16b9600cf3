"""The cells of tables of counts, the equations between them, and which of them are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sum:
    """One equation: some cells add up to another cell, or to everybody.

    Attributes
    ----------
    cells : tuple of int
        The parts.
    whole : int or None
        The cell that they add up to; None for everybody.
    """

    cells: tuple[int, ...]
    whole: int | None = None

    @property
    def all(self) -> tuple[int, ...]:
        """Every cell in the equation."""
        return self.cells if self.whole is None else (*self.cells, self.whole)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The cells of all tables about one side.

    Attributes
    ----------
    people, matched, gain : numpy.ndarray of int64
        How many people each cell has, how many of them are matched, and what these gain.
    table : numpy.ndarray of int64
        The table of each cell.
    least : numpy.ndarray of int64
        How many people a reader knows to be in a cell: 1 where its group would not be listed otherwise.
    open : numpy.ndarray of bool
        Cells of people who released nothing: how many there are need not be hidden for its own sake.
    sums : tuple of Sum
        The equations.
    """

    people: Whole
    matched: Whole
    gain: Whole
    table: Whole
    least: Whole
    open: Mask
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """What is not published.

    Attributes
    ----------
    people, matched : numpy.ndarray of bool
        Cells without the number of people; cells without the number of matched people, their rate and points.
    withheld : frozenset of int
        Tables of which nothing can be published, not even which groups there are.
    """

    people: Mask
    matched: Mask
    withheld: frozenset[int]
