"""The command line: ``rmatch match people.csv --out pairs.csv``."""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

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
    if argv is None:
        # The process is the command's own. It loads a thousand modules and makes next to no cycles, so that looking
        # for garbage would take a tenth of its time and find nothing, and another fifth where the interpreter ends.
        gc.disable()
        atexit.register(gc.freeze)
        from rmatch.cli.streams import apart

        apart()
    from rmatch.cli.entry import run

    code = run(argv)
    if argv is None:
        from rmatch.cli.interrupts import leave

        leave(code)
    return code
