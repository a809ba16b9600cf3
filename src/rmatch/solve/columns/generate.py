"""Column generation: a master over a few arcs, and passes over all pairs that find what it lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rmatch.solve.certificate import Certificate
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.pricing import Found, passed
from rmatch.solve.columns.start import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from rmatch.solve.columns.problem import Large
    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.start import Warm
    from rmatch.solve.network import Whole

LATER = 4
"""How many pairs of each person a pass adds."""

PARTLY = 0.7
"""Below this share of all pairs, a pass looks only at those whose prices have fallen."""

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Answer:
    """The best matching so far and what bounds all others.

    Attributes
    ----------
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each pair, sorted.
    certificate : Certificate
        Prices for these pairs.
    bound : int
        The most points of any matching with as many pairs or more; the points of the pairs, once that is proved.
    missed : tuple of two numpy.ndarray of int64
        Rows and columns below their minimum, which no matching avoids once everything is proved.
    passes : float
        How often all pairs were looked at.
    arcs : int
        How many pairs were candidates.
    proved : bool
        Whether no pair exceeds its prices, so that nothing is better.
    decided : bool
        Whether ties were decided.
    seconds : dict of str to float
        Where the time went.
    """

    pairs: tuple[Whole, Whole, Whole]
    certificate: Certificate
    bound: int
    missed: tuple[Whole, Whole]
    passes: float = 0.0
    arcs: int = 0
    proved: bool = False
    decided: bool = False
    seconds: dict[str, float] = field(default_factory=lambda: {"start": 0.0, "master": 0.0, "passes": 0.0})

    @property
    def total(self) -> int:
        """The points of all pairs."""
        return int(self.pairs[2].sum())


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop early.

    Attributes
    ----------
    max_seconds : float
        After so many seconds.
    gap : float
        When the bound exceeds the points by no more than this share of them.
    progress : callable, optional
        Told now and then: gets the answer so far, and the seconds since the beginning.
    """

    max_seconds: float = math.inf
    gap: float = 0.0
    progress: Callable[[Answer, float], None] | None = None

    def reached(self, answer: Answer, seconds: float) -> bool:
        """Return whether to stop now."""
        if self.progress:
            self.progress(answer, seconds)
        near = self.gap > 0 and answer.passes > 0 and answer.bound - answer.total <= self.gap * abs(answer.total)
        return near or seconds > self.max_seconds


class _StopError(Exception):
    """A limit is reached."""


NO_LIMITS = Limits()


class Generation:
    r"""One run: the master, and the prices under which all pairs were looked at.

    A linear programme with a variable for every pair is solved over a few of them [1]_: its prices :math:`u, v` prove
    the matching optimal unless some other pair has :math:`p_{ij} > u_i + v_j`. A pass over all pairs finds those; the
    most valuable ones of each person are added, and the master goes on from where it was.

    Parameters
    ----------
    large : Large
        The problem.
    executor : concurrent.futures.Executor
        Where blocks of rows are worked on.
    limits : Limits
        When to stop early. An interrupt from the keyboard stops in the same way.
    warm : Warm, optional
        Where to start from instead of a sample.

    References
    ----------
    .. [1] A. Volgenant, "Linear and semi-assignment problems: a core oriented approach", Computers & Operations Research
       23(10), 1996. :doi:`10.1016/0305-0548(96)00010-X`
    """

    def __init__(self, large: Large, executor: Executor, limits: Limits = NO_LIMITS, warm: Warm | None = None) -> None:
        self.large, self.executor, self.limits, self.begun = large, executor, limits, monotonic()
        self.warm = warm
        rows, columns = large.source.shape
        self.looked: tuple[Whole, Whole] | None = None
        self.full = np.zeros(rows, bool)
        none = np.zeros(0, np.int64)
        empty = Certificate(np.zeros(rows, np.int64), np.zeros(columns, np.int64), large.bonus)
        everything = int(min(side.sum() for side in large.capacities)) * max(large.source.highest, 0)
        self.answer = Answer((none, none, none), empty, everything, (none, none))

    def run(self) -> Answer:
        """Work until the end, or until a limit or the keyboard says stop."""
        try:
            self.work()
        except (_StopError, KeyboardInterrupt):
            return self.answer
        return self.answer

    def work(self) -> None:
        """Add pairs that are worth more than their prices until there are none."""
        prices, found = self._timed("start", lambda: start(self.large, self.executor, self._pause, self.warm))
        self.master = Master(self.large.capacities, self.large.minimums, prices, self.large.must)
        while self._timed("master", partial(self._improved, found)):
            found = self._timed("passes", self._violators)
            self._pause()
        self.answer.proved = True

    def _improved(self, found: Found) -> bool:
        """Add what was found to the master and solve it, or return that there was nothing new."""
        points = self.large.source.at(found.rows, found.columns) + self.large.bonus
        if not self.master.add(found.rows, found.columns, points) and self.looked is not None:
            return False
        self.master.solve(self._pause)
        (rows, columns, points), (u, v) = self.master.pairs, self.master.prices
        self.answer.pairs = rows, columns, points - self.large.bonus
        self.answer.arcs = len(self.master.keys)
        self.answer.certificate = Certificate(u.copy(), v.copy(), self.large.bonus)
        self.answer.missed = self.master.missed
        return True

    def _violators(self) -> Found:
        """Look at all pairs, or at those of people whose prices have fallen since they were looked at."""
        u, v = self.answer.certificate.u - self.large.bonus, self.answer.certificate.v
        keep = max(LATER, self.master.spare + 1), LATER
        rows, columns = self._fallen(u, v)
        share = sum(
            len(some) / max(size, 1) for some, size in zip((rows, columns), self.large.source.shape, strict=True)
        )
        found = (
            self._partly(u, v, rows, columns, keep) if share < PARTLY else self._passed(self.large.source, u, v, keep)
        )
        self.answer.passes += min(share, 1.0)
        # What nobody had room to write down belongs to a row whose list is full.
        self.full = np.bincount(found.rows, minlength=len(u)) >= keep[0]
        self.looked = u, v
        self._bounded(found)
        return found

    def _fallen(self, u: Whole, v: Whole) -> tuple[Whole, Whole]:
        """Return the rows and columns to look at: all rows at first."""
        if self.looked is None:
            return np.arange(len(u)), np.zeros(0, np.int64)
        # Prices of one side may rise by what those of the other side fall by.
        shift = int(np.median(u - self.looked[0])) if u.size else 0
        return np.flatnonzero((u - shift < self.looked[0]) | self.full), np.flatnonzero(v + shift < self.looked[1])

    def _partly(self, u: Whole, v: Whole, rows: Whole, columns: Whole, keep: tuple[int, int]) -> Found:
        source = self.large.source
        first = self._passed(source.take(rows=rows), u[rows], v, keep)
        second = self._passed(source.take(columns=columns), u, v[columns], keep)
        return Found(
            np.concatenate([rows[first.rows], second.rows]),
            np.concatenate([first.columns, columns[second.columns]]),
            np.concatenate([first.gain, second.gain]),
        )

    def _passed(self, source: Source, u: Whole, v: Whole, keep: tuple[int, int]) -> Found:
        return passed(source, (u, v), keep, self.executor, pause=self._pause)

    def _bounded(self, found: Found) -> None:
        """Raise the prices of one side by what its best pairs exceed them: these prices bound every matching."""
        answer, capacities = self.answer, self.large.capacities
        open_pairs = ~self.master.chosen(found.rows, found.columns)
        excess = [np.zeros(size, np.int64) for size in self.large.source.shape]
        for most, people in zip(excess, (found.rows, found.columns), strict=True):
            np.maximum.at(most, people[open_pairs], found.gain[open_pairs])
        slack = min(int((places * most).sum()) for places, most in zip(capacities, excess, strict=True))
        bound = answer.certificate.bound(answer.pairs, capacities, self.large.minimums) + slack
        answer.bound = min(answer.bound, bound)

    def _pause(self) -> None:
        """Stop where the limits say so, and tell how far the run is."""
        if self.limits.reached(self.answer, monotonic() - self.begun):
            raise _StopError

    def _timed(self, what: str, task: Callable[[], Result]) -> Result:
        before = monotonic()
        try:
            return task()
        finally:
            self.answer.seconds[what] += monotonic() - before
