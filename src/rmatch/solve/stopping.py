"""How long a run may take: limits, the keyboard, and word of how far it is."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Any, Self

from rmatch.errors import Fault, StopError
from rmatch.utils.validation import function, number, refuse

TOLD_EVERY = 0.1
"""The fewest seconds between two words of how far a run is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    step : str
        What is being decided: ``"places"`` or ``"pairs"``.
    phase : str
        What is going on: ``"start"``, ``"master"``, ``"passes"`` or ``"ties"``.
    passes : float
        How often all possible pairs were looked at.
    pairs, total : int
        The best matching so far, and its points.
    bound : int
        What no matching with as many pairs can exceed.
    seconds : float
        Time since the beginning.
    remaining : float or None
        An estimate of the seconds that this step still takes, once the bound has come down twice.
    """

    step: str
    phase: str
    passes: float
    pairs: int
    total: int
    bound: int
    seconds: float
    remaining: float | None

    @property
    def gap(self) -> float:
        """The distance from the points to the bound, as a share of the points; infinite without points."""
        return relative_gap(self.bound, self.total)


def relative_gap(bound: float, total: float) -> float:
    """Return how far a bound exceeds a total, as a share of the total.

    Examples
    --------
    >>> relative_gap(110, 100), relative_gap(7, 7), relative_gap(5, 0)
    (0.1, 0.0, inf)
    """
    if bound == total:
        return 0.0
    return (bound - total) / abs(total) if total else math.inf


def limit_faults(max_seconds: object, gap: object = 0.0, progress: object = None) -> list[Fault]:
    """Return what is wrong with the limits of a run; see `StoppingRule`."""
    return [
        *(() if max_seconds is None else number("", "max_seconds", max_seconds, 0)),
        *number("", "gap", gap, 0),
        *(() if progress is None else function("", "progress", progress)),
    ]


class StoppingRule:
    """The limits of one run, which begins when this is made.

    Within its ``with`` block the first Ctrl-C asks the run to stop at the next moment at which it has a matching; the
    second one raises :class:`KeyboardInterrupt` at once. Only the main thread hears the keyboard.

    Parameters
    ----------
    max_seconds : float, optional
        Stop after so many seconds.
    gap : float
        Stop when the bound exceeds the points by no more than this share of them. Who gets a place is always decided to the
        end: a bound on one choice of people says nothing about another.
    progress : callable, optional
        Told now and then, with a :class:`Progress`.

    Raises
    ------
    InvalidInputError
        For limits that are no numbers from 0 on, or something else than a function to tell.
    """

    def __init__(
        self,
        max_seconds: float | None = None,
        gap: float = 0.0,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        refuse(limit_faults(max_seconds, gap, progress))
        self.max_seconds = math.inf if max_seconds is None else max_seconds
        self.gap, self.progress = gap, progress
        self._enough = gap
        self.asked = self.heard = False
        self._begun = monotonic()
        self._told = -math.inf
        self._step, self._gaps = "", [(0.0, math.inf)] * 2

    @property
    def seconds(self) -> float:
        """The time since the beginning."""
        return monotonic() - self._begun

    def begin(self, step: str) -> None:
        """Name what is decided now, ``"places"`` or ``"pairs"``."""
        self._step = step
        self._enough = 0.0 if step == "places" else self.gap
        self._gaps = [(self.seconds, math.inf)] * 2

    def check(self, phase: str, passes: float, pairs: int, points: tuple[int, int]) -> None:
        """Tell how far the run is, with its points and their bound; raise :class:`StopError` if it is to stop."""
        total, bound = points
        gap = relative_gap(bound, total)
        if self.progress and self.seconds - self._told > TOLD_EVERY:
            self._told = self.seconds
            remaining = self._remaining(total, gap)
            self.progress(
                Progress(self._step, phase, passes, pairs, total, bound, self.seconds, remaining)
            )
        near_enough = passes > 0 and 0 < gap <= self._enough
        if self.asked or self.seconds > self.max_seconds or near_enough:
            self.heard = True
            raise StopError

    def _remaining(self, total: int, gap: float) -> float | None:
        """Extrapolate: a gap falls by about the same factor every second, until it is less than one point."""
        if gap < self._gaps[-1][1]:
            self._gaps.append((self.seconds, gap))
        (before, wide), (now, narrow) = self._gaps[-2:]
        goal = max(self._enough, 1 / max(abs(total), 1))
        if not 0 < narrow < wide < math.inf or narrow <= goal:
            return None
        rate = math.log(wide / narrow) / max(now - before, TOLD_EVERY)
        since = self.seconds - now
        left = math.log(narrow / goal) / rate - since
        allowed = self.max_seconds - self.seconds
        return max(min(left, allowed), 0.0)

    def __enter__(self) -> Self:
        """Listen to the keyboard."""
        self._before = None
        if threading.current_thread() is threading.main_thread():
            self._before = signal.getsignal(signal.SIGINT)
        if callable(self._before):
            signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the keyboard back; a wish to stop that nobody has heard is an interrupt after all."""
        if callable(self._before):
            signal.signal(signal.SIGINT, self._before)
        if self.asked and not self.heard and kind is None:
            raise KeyboardInterrupt

    def _interrupted(self, *_: Any) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
