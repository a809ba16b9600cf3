"""The sum of what several blocks say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.formulas.arrays.block import Cells
from rmatch.formulas.arrays.chart import Near
from rmatch.formulas.arrays.own import Own
from rmatch.formulas.arrays.sums import Kinds, Sums
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block


@dataclass(frozen=True, slots=True, eq=False)
class Pile:
    """Blocks that are added up, all sums of rows in one product.

    Attributes
    ----------
    sums : Sums
        The sums of rows.
    near, cells, own : tuple
        All other blocks, by their kind.
    """

    sums: Sums
    near: tuple[Near, ...]
    cells: tuple[Cells, ...]
    own: tuple[Own, ...]

    @classmethod
    def of(cls, blocks: Iterable[Block], shape: tuple[int, int], beside: int = 0) -> Pile:
        """Pile up some blocks, in 32 bits where no sum can leave them, whatever it is `beside`."""
        given = list(blocks)
        near = tuple(block for block in given if isinstance(block, Near))
        cells = tuple(block for block in given if isinstance(block, Cells))
        own = tuple(block for block in given if isinstance(block, Own))
        sums = [block for block in given if isinstance(block, Sums | Kinds)]
        others: list[Block] = [*near, *cells, *own]
        beside += sum(map(peak_of, others))
        return cls(Sums.added(sums, shape, beside), near, cells, own)

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found = np.zeros((last - first, self.sums.worth.shape[1]), self.sums.worth.dtype)
        self.add_to(found, first, last)
        return found

    def add_to(self, found: NDArray[Any], first: int, last: int) -> None:
        """Add the same to something."""
        self.sums.add_to(found, first, last)
        for near in self.near:
            near.add_to(found, first, last)
        flat = found.reshape(-1)
        for cells in self.cells:
            places, values = cells.in_rows(first, last)
            flat[places] += values.astype(found.dtype)
        for own in self.own:
            found += own(first, last).astype(found.dtype)


def peak_of(block: Block) -> int:
    """Return what no points of a block exceed, whatever their sign."""
    if isinstance(block, Cells):
        return int(np.abs(block.values).max(initial=0))
    return block.peak if isinstance(block, Sums | Kinds | Near) else MOST
