"""How long a run may take: limits, a wish to cancel, the keyboard, and word of how far it is."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from time import monotonic
from types import TracebackType
from typing import Self, TypeAlias

from rmatch.errors import StopError
from rmatch.utils.keyboard import Keyboard
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import LOG
from rmatch.utils.progress import Progress, relative_gap
from rmatch.utils.validation import refuse

AT_ONCE = 2**21
"""About so many pairs are worked on between two looks whether a run is to stop."""
LOOKED_EVERY = 0.05
"""The fewest seconds between two calls of a function that says whether a run is to be cancelled."""
LATE = "seconds were over"
"""What a run without time left is told."""
HEEDED_FROM = 0.01
"""The seconds from which on a run listens to the keyboard: to be heard costs as much as a small run, which loses nothing."""
TOLD_EVERY = 0.1
"""The fewest seconds between two words of how far a run is."""

Cancel: TypeAlias = threading.Event | Callable[[], object]
"""What is set, or answers something true, once a run is to end; of another kind of event its `is_set`."""


class StoppingRule:
    """The limits of one run, which begins when this is made.

    Whatever runs within its ``with`` block is held to it: every long loop calls :func:`listen`, which raises
    :class:`StopError` once the run is to end, and again whenever it is asked. A rule within another one ends with it.

    Where the host has left the keyboard to Python, the first Ctrl-C within the block asks the run to stop, and the second
    one raises :class:`KeyboardInterrupt` at once; so does the first one in the first hundredth of a second, when nothing is
    lost. A handler of the host's own stays where it is. Only the main thread hears the keyboard.

    Parameters
    ----------
    max_seconds : float, optional
        Stop after so many seconds.
    gap : float
        Stop when the bound exceeds the points by no more than this share of them. Who gets a place is always decided to the
        end: a bound on one choice of people says nothing about another.
    progress : callable, optional
        Told now and then, with a :class:`Progress`.
    cancel : threading.Event or callable, optional
        Stop once it is set, or once it returns something true.
    handle_signals : bool
        Whether to listen to the keyboard.

    Raises
    ------
    InvalidInputError
        For limits that are no numbers from 0 on, something else than a function to tell, or than a flag to look at.
    """

    def __init__(
        self,
        max_seconds: float | None = None,
        gap: float = 0.0,
        progress: Callable[[Progress], None] | None = None,
        *,
        cancel: Cancel | None = None,
        handle_signals: bool = True,
    ) -> None:
        refuse(limit_faults(max_seconds, gap, progress, cancel, handle_signals))
        self.max_seconds = math.inf if max_seconds is None else max_seconds
        self.gap, self.progress = gap, progress
        self._cancel, self._handles_signals = cancel, handle_signals
        self.why = ""
        self._keyboard, self._may_listen = Keyboard(), False
        self.failed: BaseException | None = None
        self._begun = monotonic()
        self._told = self._looked = -math.inf
        self._outer: StoppingRule | None = None
        self.begin("")

    @property
    def seconds(self) -> float:
        """The time since the beginning."""
        return monotonic() - self._begun

    @property
    def seconds_left(self) -> float:
        """What is left of the time; infinite where it is not limited."""
        left = max(self.max_seconds - self.seconds, 0.0)
        return left if self._outer is None else min(left, self._outer.seconds_left)

    def begin(self, step: str, *, to_its_end: bool = False) -> None:
        """Name what is decided now, such as ``"places"`` or ``"pairs"``, and whether it runs to its end, whatever the gap."""
        self._step = step
        self._enough = 0.0 if to_its_end else self.gap
        self._gaps = [(self.seconds, math.inf)] * 2
        self._known: tuple[float, int, int, int | None] = 0.0, 0, 0, None

    def check(self, phase: str, passes: float, pairs: int, points: tuple[int, int]) -> None:
        """Look with the points of the best matching so far and their bound, which may be near enough to each other."""
        total, bound = points
        self._known = passes, pairs, total, bound
        self.look(phase)
        if passes > 0 and 0 < relative_gap(bound, total) <= self._enough:
            message = "the bound is near enough"
            LOG.info("stopped after %.3f s: %s", self.seconds, message)
            raise StopError(message)

    def count(self, phase: str, passes: float) -> None:
        """Look with how much of the work is behind."""
        self._known = passes, *self._known[1:]
        self.look(phase)

    def look(self, phase: str) -> None:
        """Tell how far the run is, and raise :class:`StopError` if it is to stop.

        What goes wrong in the caller's own functions is kept in `failed`, so that nobody takes it for a fault of the run.
        """
        try:
            self._look(phase)
        except StopError:
            raise
        except BaseException as error:
            self.failed = error
            raise

    def _look(self, phase: str) -> None:
        seconds = self.seconds
        if self._may_listen and seconds > HEEDED_FROM:
            self._heed()
        if seconds - self._told > TOLD_EVERY:
            self._told = seconds
            self._tell(phase, seconds)
        if not self.why:
            self.why = self._reason(seconds)
            if self.why:
                LOG.info("stopped after %.3f s: %s", seconds, self.why)
        if self.why:
            message = f"the run was stopped before it had a result: {self.why}"
            raise StopError(message)
        if self._outer is not None:
            self._outer.look(phase)

    def _tell(self, phase: str, seconds: float) -> None:
        passes, pairs, total, bound = self._known
        gap = math.inf if bound is None else relative_gap(bound, total)
        LOG.debug("%s: %s, %d pairs, gap %.2g", self._step, phase, pairs, gap)
        if self.progress:
            remaining = self._remaining(total, gap)
            self.progress(
                Progress(self._step, phase, passes, pairs, total, bound, seconds, remaining)
            )

    @property
    def over(self) -> bool:
        """Whether the run has been told to stop."""
        return bool(self.why) or (self._outer is not None and self._outer.over)

    def _reason(self, seconds: float) -> str:
        """Return why the run is to stop, if it is."""
        if self._keyboard.interrupted:
            return "interrupted"
        if seconds > self.max_seconds:
            return f"{self.max_seconds:g} {LATE}"
        flag = self._cancel
        if flag is None:
            return ""
        if isinstance(flag, threading.Event):
            return "cancelled" if flag.is_set() else ""
        # A function may take its time, and is not asked all the time.
        if seconds - self._looked > LOOKED_EVERY:
            self._looked = seconds
            return "cancelled" if flag() else ""
        return ""

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
        return max(min(left, self.max_seconds - self.seconds), 0.0)

    def __enter__(self) -> Self:
        """Hold to it what runs from here on."""
        self._outer = _CURRENT.get()
        self._token: Token[StoppingRule | None] = _CURRENT.set(self)
        self._may_listen = self._handles_signals
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the keyboard back; an interrupt that has left nothing to return is one."""
        _CURRENT.reset(self._token)
        self._may_listen = False
        self._keyboard.give_back()
        if kind is not None and issubclass(kind, StopError) and self._keyboard.interrupted:
            raise KeyboardInterrupt

    def _heed(self) -> None:
        """Listen to the keyboard; a rule around this one comes first, as it lasts longer."""
        if self._outer is not None:
            self._outer._heed()
        if self._may_listen:
            self._may_listen = not self._keyboard.take()


_CURRENT: ContextVar[StoppingRule | None] = ContextVar("stopping", default=None)
"""What the run that is going on here is held to; other threads have their own."""


@contextmanager
def unheard() -> Iterator[None]:
    """Put together what was found, whatever says stop meanwhile: what runs within is held to nothing."""
    token = _CURRENT.set(None)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def begin(step: str, *, to_its_end: bool = False) -> None:
    """Name what is decided from here on, such as ``"places"`` or ``"pairs"``, and whether it runs to its end, whatever the gap."""
    rule = _CURRENT.get()
    if rule is not None:
        rule.begin(step, to_its_end=to_its_end)


def listen(phase: str) -> None:
    """Raise :class:`StopError` if the run that is going on here is to stop; to be called every tenth of a second or so.

    Parameters
    ----------
    phase : str
        What is going on.
    """
    rule = _CURRENT.get()
    if rule is not None:
        rule.look(phase)


def report(phase: str, passes: float, pairs: int, points: tuple[int, int]) -> None:
    """Listen, and tell the points of the best matching so far and their bound; see :meth:`StoppingRule.check`."""
    rule = _CURRENT.get()
    if rule is not None:
        rule.check(phase, passes, pairs, points)


def count(phase: str, passes: float) -> None:
    """Listen, and tell how much of the work is behind: so many passes, or tiers."""
    rule = _CURRENT.get()
    if rule is not None:
        rule.count(phase, passes)


def share(of: int) -> StoppingRule:
    """Return the limits of the first of so many searches that share what is left of the time."""
    left = seconds_left()
    return StoppingRule(None if left == math.inf else left / of, handle_signals=False)


@contextmanager
def half() -> Iterator[None]:
    """Stop what runs within once half of the time that is left is over; the other half is left for what follows."""
    rule = _CURRENT.get()
    if rule is not None:
        whole, rule.max_seconds = rule.max_seconds, rule.seconds + rule.seconds_left / 2
    try:
        yield
    finally:
        if rule is not None:
            rule.max_seconds = whole
            rule.why = "" if LATE in rule.why else rule.why


def seconds_left() -> float:
    """Return what is left of the time of the run that is going on here; infinite where it is not limited."""
    rule = _CURRENT.get()
    return math.inf if rule is None else rule.seconds_left


def told_to_stop() -> bool:
    """Return whether the run that is going on here is to stop, which somebody has heard already."""
    rule = _CURRENT.get()
    return rule is not None and rule.over
