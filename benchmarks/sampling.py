"""Where the time goes: now and then the stack of the main thread is looked at, and the time since then goes to a room.

A profiler that hears of every call makes little functions look slow; this one costs a fraction of a per cent. The time of a
long step in compiled code counts whole, for the signal is heard at its end; the time in which the main thread waits for
others counts for what they were asked to do.
"""

from __future__ import annotations

import signal
from collections import defaultdict
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

EVERY = 0.002
"""The seconds between two looks."""
COLUMNS = "rmatch.solve.columns"
PHASES = {
    "coarse start": (f"{COLUMNS}.start",),
    "ties": (f"{COLUMNS}.ties", "rmatch.solve.ties"),
    "master": (f"{COLUMNS}.master",),
    "passes over all pairs": (f"{COLUMNS}.pricing",),
    "dense solver": ("rmatch.solve.jonker_volgenant",),
    "certificate": ("rmatch.solve.certificates",),
    "reading a matrix": ("rmatch.solve.validate",),
    "other solving": ("rmatch.solve",),
    "verifier's pass": ("rmatch.formulas.arrays",),
    "verifier's formulas": ("rmatch.formulas",),
    "people": ("rmatch.people",),
    "points": ("rmatch.scoring", "rmatch.criteria", "rmatch.rules"),
    "the rest": ("",),
}
"""The modules of each phase. A stack belongs to the first phase of which a module is in it."""


class Sampler:
    """Adds up the seconds of each phase, for each stage of `measure.by_stages`."""

    def __init__(self) -> None:
        self.spent: list[dict[str, float]] = []
        self._then = 0.0

    def clear(self) -> None:
        """Forget what was seen."""
        self.spent = []

    @contextmanager
    def watching(self, stage: int) -> Iterator[None]:
        """Look on while a stage runs."""
        while len(self.spent) <= stage:
            self.spent.append(defaultdict(float))
        spent = self.spent[stage]

        def look(_: int, frame: FrameType | None) -> None:
            now = perf_counter()
            spent[_phase(frame)] += now - self._then
            self._then = now

        before = signal.signal(signal.SIGALRM, look)
        self._then = perf_counter()
        signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _phase(frame: FrameType | None) -> str:
    """Return the phase of a stack."""
    modules = set()
    while frame is not None:
        modules.add(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    return next(
        phase
        for phase, begins in PHASES.items()
        if any(module.startswith(begins) for module in modules)
    )
