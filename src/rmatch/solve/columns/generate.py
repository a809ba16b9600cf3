"""Column generation: a master over a few arcs, and passes over all pairs that find what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rmatch.solve.columns.certificate import Certificate
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.pricing import passed, pool
from rmatch.solve.columns.start import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from rmatch.solve.columns.pricing import Found
    from rmatch.solve.columns.problem import Large
    from rmatch.solve.network import Whole

LATER = 4
"""How many pairs of each person a pass adds."""

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
    seconds : dict of str to float
        Where the time went.
    """

    pairs: tuple[Whole, Whole, Whole]
    certificate: Certificate
    bound: int
    missed: tuple[Whole, Whole]
    passes: float = 0.0
    arcs: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"start": 0.0, "master": 0.0, "passes": 0.0})

    @property
    def total(self) -> int:
        """The points of all pairs."""
        return int(self.pairs[2].sum())


def generate(large: Large, executor: Executor | None = None) -> Answer:
    """Return the best matching, with its certificate."""
    if executor is None:
        with pool() as threads:
            return Generation(large, threads).run()
    return Generation(large, executor).run()


class Generation:
    """One run: the master, and the prices under which all pairs were looked at."""

    def __init__(self, large: Large, executor: Executor) -> None:
        self.large, self.executor = large, executor
        rows, columns = large.source.shape
        none = np.zeros(0, np.int64)
        empty = Certificate(np.zeros(rows, np.int64), np.zeros(columns, np.int64), large.bonus)
        pairs = int(min(side.sum() for side in large.capacities))
        self.answer = Answer((none, none, none), empty, pairs * max(large.source.highest, 0), (none, none))

    def run(self) -> Answer:
        """Add pairs that are worth more than their prices until there are none."""
        prices, found = self._timed("start", lambda: start(self.large, self.executor))
        self.master = Master(self.large.capacities, self.large.minimums, prices, self.large.must)
        while self._timed("master", lambda: self._improved(found)):
            found = self._timed("passes", self._violators)
        return self.answer

    def _improved(self, found: Found) -> bool:
        """Add what was found to the master and solve it, or return that there was nothing new."""
        points = self.large.source.at(found.rows, found.columns) + self.large.bonus
        if not self.master.add(found.rows, found.columns, points) and self.answer.passes:
            return False
        import os
        t=monotonic(); q=len(self.master.keys)
        self.master.solve()
        if "TRACE" in os.environ: print("   master", self.large.source.shape, q, round(monotonic()-t,3), self.master.spare, len(self.master.pairs[0]), [int(f(x)) for x in self.master.prices for f in (np.min,np.median,np.max)], flush=True)
        rows, columns, points = self.master.pairs
        self.answer.pairs = rows, columns, points - self.large.bonus
        self.answer.arcs = len(self.master.keys)
        self.answer.certificate = Certificate(*(price.copy() for price in self.master.prices), self.large.bonus)
        self.answer.missed = self.master.missed
        return True

    def _violators(self) -> Found:
        """Look at all pairs, or at those whose prices have fallen since they were looked at."""
        u, v = self.answer.certificate.u - self.large.bonus, self.answer.certificate.v
        keep = max(LATER, self.master.spare + 1), LATER
        self.answer.passes += 1
        import os
        t=monotonic()
        r= passed(self.large.source, (u, v), keep, self.executor)
        if "TRACE" in os.environ: print("   pass", round(monotonic()-t,3), len(r.rows),flush=True)
        return r

    def _timed(self, what: str, task: Callable[[], Result]) -> Result:
        before = monotonic()
        try:
            return task()
        finally:
            self.answer.seconds[what] += monotonic() - before
