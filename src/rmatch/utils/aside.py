"""Calls that nothing can stop, beside the thread that listens."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar
from weakref import WeakSet

from rmatch.utils.stopping import listen
from rmatch.utils.threads import awaited

Result = TypeVar("Result")

_LEFT: WeakSet[threading.Thread] = WeakSet()

LONG = 2**14
"""From so many numbers on a call is worth a thread."""


def aside(phase: str, size: int, call: Callable[[], Result]) -> Result:
    """Return what a call returns that nothing can stop, and go on listening meanwhile.

    The loops of other libraries hear neither limits nor the keyboard. They run in a thread of their own, which is left
    behind if the run is to stop: it goes on to its end, and nobody takes what it brings.

    Parameters
    ----------
    phase : str
        What is going on.
    size : int
        How many numbers the call works on; a few take no time.
    call : callable
        The call, which gives up the interpreter's lock.

    Returns
    -------
    object
        The result.

    Raises
    ------
    StopError
        If the run is to stop.
    """
    listen(phase)
    if size < LONG:
        return call()
    return all_aside(phase, [call])[0]


def all_aside(phase: str, calls: Sequence[Callable[[], Result]]) -> list[Result]:
    """Return what some calls return that nothing can stop, all of which run at once; see :func:`aside`.

    Parameters
    ----------
    phase : str
        What is going on.
    calls : sequence of callable
        The calls.

    Returns
    -------
    list
        Their results, in order.

    Raises
    ------
    StopError
        If the run is to stop.
    """
    found: list[Future[Result]] = [Future() for _ in calls]
    threads = [
        threading.Thread(target=_fulfil, args=each, daemon=True)
        for each in zip(found, calls, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        return [awaited(each, lambda: listen(phase)) for each in found]
    except BaseException:
        _LEFT.update(threads)
        raise


def left_behind() -> list[threading.Thread]:
    """Return the threads that still work for runs that have ended."""
    return [thread for thread in _LEFT if thread.is_alive()]


@atexit.register
def _wait() -> None:
    """Wait at the end of the program: HiGHS aborts a process that ends while it works."""
    for thread in left_behind():
        thread.join()


def _fulfil(found: Future[Result], call: Callable[[], Result]) -> None:
    try:
        found.set_result(call())
    except BaseException as error:  # noqa: BLE001  whatever it is, it is raised where somebody waits
        found.set_exception(error)
