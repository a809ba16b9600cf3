"""What the limits of a run may be."""

from __future__ import annotations

import threading

from rmatch.errors import Fault
from rmatch.utils.validation import function, number, seen, truth


def limit_faults(
    max_seconds: object = None,
    gap: object = 0.0,
    progress: object = None,
    cancel: object = None,
    handle_signals: object = True,
) -> list[Fault]:
    """Return what is wrong with the limits of a run; see `StoppingRule`."""
    wrong_flag = not (cancel is None or callable(cancel) or isinstance(cancel, threading.Event))
    remedy = "give a threading.Event, or a function that returns whether to stop"
    return [
        *(() if max_seconds is None else number("", "max_seconds", max_seconds, 0)),
        *number("", "gap", gap, 0),
        *(() if progress is None else function("", "progress", progress)),
        *([Fault("", "cancel", f"{seen(cancel)} is no flag", remedy)] if wrong_flag else ()),
        *truth("", "handle_signals", handle_signals),
    ]
