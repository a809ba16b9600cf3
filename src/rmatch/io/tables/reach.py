"""How far the sheets of a workbook reach and how much text they hold: a reader makes room for all of it, a small file or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from rmatch.io.tables.grid import COLUMNS

CELLS = 5_000_000
"""All sheets are held as rectangles, and so many cells take 200 MB."""
TEXT = 100_000_000
"""Each cell holds a text of its own, although a file may write it once for all of them."""


@dataclass(slots=True)
class Reach:
    """What the members of a workbook add up to.

    Attributes
    ----------
    cells : int
        The cells of all sheets, each a rectangle that begins at A1.
    columns : int
        The columns of the widest.
    text : int
        The characters that stand in cells which are repeated, as often as they are.
    lengths : list of int
        Of each text that cells share, in the order in which they name it.
    sharing : Counter
        How many cells share which of them, by its number.
    """

    cells: int = 0
    columns: int = 0
    text: int = 0
    lengths: list[int] = field(default_factory=list)
    sharing: Counter[int] = field(default_factory=Counter)

    @property
    def characters(self) -> int:
        """How much text the cells hold that may be written once for several."""
        known = range(len(self.lengths))
        uses = ((which, many) for which, many in self.sharing.items() if which in known)
        return (
            self.text + sum(self.lengths) + sum(self.lengths[which] * many for which, many in uses)
        )

    @property
    def is_too_far(self) -> bool:
        """Whether nobody has room for so many cells."""
        return self.cells > CELLS or self.columns > COLUMNS

    def add(self, rows: int, columns: int) -> None:
        """Take in a sheet."""
        self.cells += rows * columns
        self.columns = max(self.columns, columns)

    def share(self, lengths: list[int]) -> None:
        """Take in the texts that cells share; of two such lists, nobody knows which one a reader takes."""
        self.lengths = [max(pair) for pair in zip_longest(self.lengths, lengths, fillvalue=0)]
