"""Calls that nothing can stop, beside the thread that listens."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
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
    found: Future[Result] = Future()
    thread = threading.Thread(target=_fulfil, args=(found, call), daemon=True)
    thread.start()
    try:
        return awaited(found, lambda: listen(phase))
    except BaseException:
        _LEFT.add(thread)
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
