"""Long loops in which whoever wants to stop a run is heard: over the rows of a matrix, and over anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rmatch.utils.stopping import AT_ONCE, listen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")

EVERY = 256
"""Of so many people or pairs it is enough to listen before the first, where each takes no time to speak of."""


def heard(items: Iterable[Item], phase: str, every: int = 1) -> Iterator[Item]:
    """Go through anything, and listen before each.

    Parameters
    ----------
    items : iterable
        What to go through.
    phase : str
        What is going on.
    every : int
        Of so many, listen before the first only: where each takes no time to speak of.

    Yields
    ------
    object
        One after the other.

    Raises
    ------
    StopError
        If the run is to stop.

    Examples
    --------
    >>> list(heard("ab", "rules"))
    ['a', 'b']
    """
    for position, item in enumerate(items):
        if not position % every:
            listen(phase)
        yield item


def strips(
    shape: tuple[int, int], phase: str | None = None, at_once: int = AT_ONCE
) -> Iterator[slice]:
    """Go through the rows of a matrix, and listen before each strip of them.

    Parameters
    ----------
    shape : tuple of int
        Of the matrix.
    phase : str, optional
        What is going on; without it nobody listens.
    at_once : int
        About how many pairs a strip has; one row at least.

    Yields
    ------
    slice
        Rows.

    Raises
    ------
    StopError
        If the run is to stop.

    Examples
    --------
    >>> list(strips((3, 100), "places", at_once=200))
    [slice(0, 2, None), slice(2, 3, None)]
    """
    rows, columns = shape
    height = max(at_once // max(columns, 1), 1)
    for first in range(0, rows, height):
        if phase is not None:
            listen(phase)
        yield slice(first, min(first + height, rows))
