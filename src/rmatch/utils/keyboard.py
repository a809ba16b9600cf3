"""The keyboard, while a run listens to it."""

from __future__ import annotations

import signal
import threading
from typing import Any


class Keyboard:
    """Hears Ctrl-C in place of Python, from `take` to `give_back`: the first one is noted, the second one is raised.

    Attributes
    ----------
    interrupted : bool
        Whether there was a first one.
    """

    def __init__(self) -> None:
        self.interrupted = self._taken = False

    def take(self) -> bool:
        """Begin, where the host has left the keyboard to Python; return whether this is the main thread, which alone hears it."""
        if threading.current_thread() is not threading.main_thread():
            return False
        self._taken = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._taken:
            signal.signal(signal.SIGINT, self.hear)
        return True

    def give_back(self) -> None:
        """End."""
        if self._taken:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def hear(self, *_: Any) -> None:
        """Take notice."""
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True
