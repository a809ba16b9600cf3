"""Doing something with all rows of a matrix, some of them at a time, on all processors."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen
from rmatch.utils.threads import each, pool

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

STRIP = 2**19
"""About how many pairs are worth a task of their own."""


def by_strips(
    shape: tuple[int, int],
    task: Callable[[int, int], Result],
    at_once: int = 0,
    pause: Callable[[], None] = lambda: listen("dense"),
) -> list[Result]:
    """Do something with some rows at a time, side by side where there are many pairs, and return what comes of it.

    Parameters
    ----------
    shape : tuple of int
        Of the matrix.
    task : callable
        Is given the first of some rows and the one after the last.
    at_once : int
        About how many pairs a strip has at least.
    pause : callable
        Called while others are at work; may raise.
    """
    blocks = [(some.start, some.stop) for some in strips(shape, at_once=max(at_once, STRIP))]
    if len(blocks) == 1:
        return [task(*blocks[0])]
    with pool() as executor:
        return list(each(executor, task, blocks, pause))
