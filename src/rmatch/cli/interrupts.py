"""Ctrl-C, and the wish of the system that the process ends: a command hears both in the same way."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rmatch.cli.streams import say
from rmatch.errors import StopError
from rmatch.utils.aside import left_behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def heard_by(handler: Callable[..., None]) -> Iterator[None]:
    """Let a function hear both within the block; what the process was started deaf to stays unheard."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    listening = [number for number, old in before.items() if old is not signal.SIG_IGN]
    for number in listening:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number in listening:
            signal.signal(number, before[number])


@contextmanager
def interrupting() -> Iterator[threading.Event]:
    """Let a signal interrupt what is done, wherever it is, and give what is set then.

    Whatever it comes out of may make another error of it, or drop it with a word about that.
    """
    heard, told = threading.Event(), sys.unraisablehook

    def interrupt(*_: Any) -> None:
        heard.set()
        raise KeyboardInterrupt

    sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else told(lost)
    try:
        with heard_by(interrupt):
            yield heard
    finally:
        sys.unraisablehook = told


@contextmanager
def asking() -> Iterator[threading.Event]:
    """Give what the first signal sets, so that a run ends with what it has; a second one interrupts it."""
    asked = threading.Event()

    def heard(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    try:
        with heard_by(heard):
            yield asked
    except StopError:
        if asked.is_set():
            raise KeyboardInterrupt from None
        raise


@contextmanager
def patience(what: str) -> Iterator[None]:
    """Let a first signal pass with a word about what is still to be done; a second one interrupts."""
    asked = False

    def heard(*_: Any) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        say(f"{what}; press Ctrl-C again to stop without a result")

    with heard_by(heard):
        yield


def leave(code: int) -> None:
    """Let nothing change the exit code any more, and end at once if something still works that nobody waits for."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if left_behind():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
