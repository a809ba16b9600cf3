"""Column generation: the certified optimum without a matrix. All but this file needs the extra `scale`."""

from __future__ import annotations

from rmatch.utils.compiled import ONE_COMMAND, available

LARGEST = 2**25
"""The magnitude of points up to which sums of 32 bits hold everything."""

COLUMNS_CELLS = 2**17
"""From so many pairs on column generation is faster than anything else, once it is compiled."""

COMMAND_CELLS = 2**19
"""The same in a process that runs one command: it has to load the compiler, and what was compiled, first."""


def large_enough(pairs: int) -> bool:
    """Return whether problems of so many pairs go by column generation."""
    least = max(COLUMNS_CELLS, COMMAND_CELLS) if ONE_COMMAND.is_set() else COLUMNS_CELLS
    return pairs >= least and available()
