"""Where blocks of rows are worked on."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor


def pool() -> ThreadPoolExecutor:
    """Return as many threads as there are processors for this process."""
    return ThreadPoolExecutor(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )


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
        Called before each; may raise.
    """
    futures = [executor.submit(task, *some) for some in arguments]
    try:
        for future in futures:
            pause()
            yield future.result()
    finally:
        for future in futures:
            future.cancel()
