"""Where blocks of rows are worked on, and how what is worked on is waited for."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.loops import strips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

Result = TypeVar("Result")

LISTENED = 0.05
"""So many seconds the listening thread waits at a time."""
THREADS = "RMATCH_THREADS"
"""The variable of the environment that says how many threads to take; read whenever threads are begun."""
MOST = 1_024


def threads() -> int:
    """Return how many threads work at once: as many as the environment says, or as there are processors for this process.

    Raises
    ------
    InvalidInputError
        If the environment says something else than a whole number from 1 on.
    """
    asked = os.environ.get(THREADS)
    if asked is None:
        there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return there or 1
    if not (asked.isdecimal() and 0 < int(asked) <= MOST):
        remedy = f"say a whole number from 1 to {MOST}, or leave it out"
        raise InvalidInputError([Fault("environment", THREADS, f"{asked[:20]!r} is none", remedy)])
    return int(asked)


def pool() -> ThreadPoolExecutor:
    """Return as many threads as may work at once."""
    return ThreadPoolExecutor(threads())


def each(
    executor: Executor,
    task: Callable[..., Any],
    arguments: list[tuple[Any, ...]],
    pause: Callable[[], None],
) -> Iterator[Any]:
    """Yield what a task returns for each of some arguments, in their order; those not begun are cancelled at the end.

    Parameters
    ----------
    executor : concurrent.futures.Executor
        Where the task runs.
    task : callable
        The task.
    arguments : list of tuple
        What it is given, one after the other.
    pause : callable
        Called before each, and while it is waited for; may raise.
    """
    futures = [executor.submit(task, *some) for some in arguments]
    try:
        for future in futures:
            pause()
            yield awaited(future, pause)
    finally:
        for future in futures:
            future.cancel()


def by_strips(
    shape: tuple[int, int],
    task: Callable[[int, int], Result],
    at_once: int,
    pause: Callable[[], None],
) -> list[Result]:
    """Do something with all rows of a matrix, some of them at a time, on all processors, and return what comes of it.

    Parameters
    ----------
    shape : tuple of int
        Of the matrix.
    task : callable
        Is given the first of some rows and the one after the last.
    at_once : int
        About how many pairs are worth a task of their own.
    pause : callable
        Called while others are at work; may raise.
    """
    blocks = [(some.start, some.stop) for some in strips(shape, at_once=at_once)]
    if len(blocks) == 1:
        return [task(*blocks[0])]
    with pool() as executor:
        return list(each(executor, task, blocks, pause))


def awaited(future: Future[Result], pause: Callable[[], None]) -> Result:
    """Return what comes of work that is done elsewhere; `pause` is called now and then, and may raise."""
    while True:
        try:
            return future.result(LISTENED)
        except TimeoutError:
            # The time that is over may be the task's own.
            if future.done():
                return future.result()
            pause()
