"""Column generation: a master over a few arcs, and passes over all pairs that find what it lacks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.pricing import Found, passed
from rmatch.solve.columns.start import start
from rmatch.solve.columns.ties import decide

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from rmatch.solve.columns.problem import Large
    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.start import Warm
    from rmatch.solve.columns.ties import Ties
    from rmatch.solve.network.network import Whole

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
        Prices that bound all matchings.
    bound : int
        What no matching with as many pairs as these or more can exceed.
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
    seconds: dict[str, float] = field(
        default_factory=lambda: {"start": 0.0, "master": 0.0, "passes": 0.0, "ties": 0.0}
    )

    @property
    def total(self) -> int:
        """The points of all pairs."""
        return int(self.pairs[2].sum())


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
    look : callable
        Told now and then what is going on and the answer so far; raises :class:`StopError` to end the run.
    before : Warm, optional
        A matching to begin with, and its prices.

    References
    ----------
    .. [1] A. Volgenant, "Linear and semi-assignment problems: a core oriented approach", Computers & Operations Research
       23(10), 1996. :doi:`10.1016/0305-0548(96)00010-X`
    """

    def __init__(
        self,
        large: Large,
        executor: Executor,
        look: Callable[[str, Answer], None] = lambda *_: None,
        before: Warm | None = None,
    ) -> None:
        self.before = before
        self.large, self.executor, self.look, self.phase = large, executor, look, "start"
        self.master: Master | None = None
        self.looked: tuple[Whole, Whole] | None = None
        self.full = np.zeros(large.source.shape[0], bool)
        none = np.zeros(0, np.int64)
        rows, columns = (before.rows, before.columns) if before else (none, none)
        trivial, bound = _trivial(large)
        self.certified = none, none, none
        self.answer = Answer(
            (rows, columns, large.source.at(rows, columns)), trivial, bound, (none, none)
        )

    def run(self) -> Answer:
        """Work until the end, or until somebody says stop."""
        try:
            self.work()
        except (StopError, KeyboardInterrupt):
            self._concluded()
        return self.answer

    def work(self) -> None:
        """Add pairs that are worth more than their prices until there are none."""
        self._pause()
        prices, found = self._timed(
            "start", lambda: start(self.large, self.executor, self._pause, self.before)
        )
        self.master = Master(self.large.capacities, self.large.minimums, prices, self.large.must)
        while self._timed("master", partial(self._improved, self.master, found)):
            found = self._timed("passes", partial(self._violators, self.master))
            self._pause()
        proof = Certificate(*self.master.prices, self.large.bonus)
        self.answer.certificate, self.answer.proved = proof, True
        self.answer.bound = proof.bound(
            self.answer.pairs, self.large.capacities, self.large.minimums
        )

    def decide(self, ties: Ties) -> None:
        """Decide among equal answers, as long as nobody says stop."""
        with suppress(StopError, KeyboardInterrupt):
            self._timed(
                "ties", lambda: decide(self.large, self.answer, ties, self.executor, self._pause)
            )
            self.answer.decided = True

    def _improved(self, master: Master, found: Found) -> bool:
        """Add what was found to the master and solve it, or return that there was nothing new."""
        points = self.large.source.at(found.rows, found.columns) + self.large.bonus
        if not master.add(found.rows, found.columns, points) and self.looked is not None:
            return False
        master.solve(self._pause)
        self._taken(master)
        return True

    def _taken(self, master: Master) -> None:
        """Take over the matching of the master."""
        rows, columns, points = master.pairs
        self.answer.pairs = rows, columns, points - self.large.bonus
        self.answer.arcs, self.answer.missed = len(master.keys), master.missed

    def _concluded(self) -> None:
        """Keep the better one of the last two matchings, and prices that bound what it can be exceeded by."""
        answer, master = self.answer, self.master
        if master is not None and int(
            master.pairs[2].sum()
        ) > answer.total + self.large.bonus * len(answer.pairs[0]):
            self._taken(master)
        counts = (
            np.bincount(own, minlength=len(some))
            for own, some in zip(answer.pairs, self.large.minimums, strict=False)
        )
        few = [
            np.flatnonzero(count < some)
            for count, some in zip(counts, self.large.minimums, strict=True)
        ]
        answer.missed = few[0], few[1]
        answer.certificate = answer.certificate.without(self.certified, answer.pairs)
        bound = answer.certificate.bound(answer.pairs, self.large.capacities, self.large.minimums)
        answer.bound = min(bound, _trivial(self.large)[1])

    def _violators(self, master: Master) -> Found:
        """Look at all pairs, or at those of people whose prices have fallen since they were looked at."""
        u, v = master.prices[0] - self.large.bonus, master.prices[1].copy()
        keep = max(LATER, master.spare + 1), LATER
        rows, columns = self._fallen(u, v)
        share = sum(
            len(some) / max(size, 1)
            for some, size in zip((rows, columns), self.large.source.shape, strict=True)
        )
        found = (
            self._partly(u, v, rows, columns, keep)
            if share < PARTLY
            else self._passed(self.large.source, u, v, keep)
        )
        self.answer.passes += min(share, 1.0)
        # What nobody had room to write down belongs to a row whose list is full.
        self.full = np.bincount(found.rows, minlength=len(u)) >= keep[0]
        self.looked = u, v
        self._bounded(master, found)
        return found

    def _fallen(self, u: Whole, v: Whole) -> tuple[Whole, Whole]:
        """Return the rows and columns to look at: all rows at first."""
        if self.looked is None:
            return np.arange(len(u)), np.zeros(0, np.int64)
        # Prices of one side may rise by what those of the other side fall by.
        shift = int(np.median(u - self.looked[0])) if u.size else 0
        return np.flatnonzero((u - shift < self.looked[0]) | self.full), np.flatnonzero(
            v + shift < self.looked[1]
        )

    def _partly(
        self, u: Whole, v: Whole, rows: Whole, columns: Whole, keep: tuple[int, int]
    ) -> Found:
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

    def _bounded(self, master: Master, found: Found) -> None:
        """Raise the prices of one side by what its best pairs exceed them: these prices bound every matching."""
        answer, large = self.answer, self.large
        open_pairs = ~master.chosen(found.rows, found.columns)
        for side, people in enumerate((found.rows, found.columns)):
            prices = [price.copy() for price in master.prices]
            excess = np.zeros_like(prices[side])
            np.maximum.at(excess, people[open_pairs], found.gain[open_pairs])
            prices[side] += excess
            certificate = Certificate(prices[0], prices[1], large.bonus)
            bound = certificate.bound(answer.pairs, large.capacities, large.minimums)
            if bound <= answer.bound:
                answer.certificate, answer.bound, self.certified = certificate, bound, answer.pairs

    def _pause(self) -> None:
        self.look(self.phase, self.answer)

    def _timed(self, what: str, task: Callable[[], Result]) -> Result:
        self.phase, before = what, monotonic()
        try:
            return task()
        finally:
            self.answer.seconds[what] += monotonic() - before


def _trivial(large: Large) -> tuple[Certificate, int]:
    """Return prices that nothing exceeds, all of them on the side with fewer places, and the bound they mean."""
    top = max(large.source.highest, 0)
    sums = [int(places.sum()) for places in large.capacities]
    prices = [np.zeros(len(places), np.int64) for places in large.capacities]
    prices[sums[1] < sums[0]] += top + large.bonus
    return Certificate(prices[0], prices[1], large.bonus), min(sums) * top
