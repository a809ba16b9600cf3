"""Column generation: the certified optimum without a matrix. All but this file needs the extra `scale`."""

from __future__ import annotations

from rmatch.utils.compiled import available

LARGEST = 2**25
"""The magnitude of points up to which sums of 32 bits hold everything."""

COLUMNS_CELLS = 2**17
"""From so many pairs on column generation is faster than anything else, once it is compiled."""


def large_enough(pairs: int) -> bool:
    """Return whether problems of so many pairs go by column generation."""
    return pairs >= COLUMNS_CELLS and available()
