"""The command line: ``rmatch match people.csv --out pairs.csv``."""

from __future__ import annotations

import atexit
import gc
import signal

TYPE_CHECKING = False  # see :mod:`rmatch`
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process if absent.

    Returns
    -------
    int
        The exit code; ``rmatch --help`` lists them.
    """
    waiting: list[int] = []
    if argv is None:
        _hold_back(waiting)
        # The process is the command's own. It loads a thousand modules and makes next to no cycles, so that looking
        # for garbage would take a tenth of its time and find nothing, and another fifth where the interpreter ends.
        gc.disable()
        atexit.register(gc.freeze)
        from rmatch.cli.streams import apart
        from rmatch.utils.compiled import ONE_COMMAND

        ONE_COMMAND.set()
        apart()
    from rmatch.cli.entry import run

    code = run(argv, waiting)
    if argv is None:
        from rmatch.cli.interrupts import leave

        leave(code)
    return code


def _hold_back(waiting: list[int]) -> None:
    """Let signals wait: what breaks off a module that is loaded is a traceback, and so it is after a command's answer."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            try:
                signal.signal(number, lambda heard, _: waiting.append(heard))
            except ValueError:  # another thread than the main one hears none
                return
