"""Column generation: a master over a few arcs, and passes over all pairs that find what it lacks."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.columns.answer import Answer
from rmatch.solve.columns.looked import Looked, share, together, views
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.pricing import passed, tight_pairs
from rmatch.solve.columns.start import Start, band, start, trivial
from rmatch.solve.columns.ties import decide
from rmatch.solve.columns.tuning import DEFAULT
from rmatch.solve.network.network import worth_of_firsts

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.solve.columns.answer import Warm
    from rmatch.solve.columns.pricing import Found
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.tuning import Tuning
    from rmatch.solve.columns.workers import Workers
    from rmatch.solve.network.network import Whole
    from rmatch.solve.ties import Ties

Result = TypeVar("Result")


class Generation:
    r"""One run: the master, and the prices under which all pairs were looked at.

    A linear programme with a variable for every pair is solved over a few of them [1]_: its prices :math:`u, v` prove
    the matching optimal unless some other pair has :math:`p_{ij} > u_i + v_j`. A pass over all pairs finds those; the
    most valuable ones of each person are added, and the master goes on from where it was.

    Parameters
    ----------
    problem : ImplicitProblem
        The problem.
    workers : Workers
        Where blocks of rows are worked on.
    check : callable
        Told now and then what is going on and the answer so far; raises :class:`StopError` to end the run.
    before : Warm, optional
        A matching to begin with, and its prices.
    tuning : Tuning, optional
        Sizes of samples, lists and blocks.

    References
    ----------
    .. [1] A. Volgenant, "Linear and semi-assignment problems: a core oriented approach", Computers & Operations Research
       23(10), 1996. :doi:`10.1016/0305-0548(96)00010-X`
    """

    def __init__(
        self,
        problem: ImplicitProblem,
        workers: Workers,
        check: Callable[[str, Answer], None] = lambda *_: None,
        before: Warm | None = None,
        tuning: Tuning = DEFAULT,
    ) -> None:
        self.problem = problem
        self.workers = workers
        self.check = check
        if before is not None:
            allowed = problem.source.at(*before.pairs) >= problem.source.lowest
            before = before.within(allowed, problem.capacities)
        self.before = before
        self.tuning = tuning
        self.phase: str = "start"
        self.master: Master | None = None
        self.begun = False
        self.looked = Looked.nothing(problem.source)
        none = np.zeros(0, np.int64)
        rows, columns = self.before.pairs if self.before else (none, none)
        points = problem.source.at(rows, columns)
        certificate, bound = trivial(problem)
        self.answer: Answer = Answer(
            (rows, columns, points),
            certificate,
            bound,
            missed=(none, none),
            firsts=worth_of_firsts(problem.firsts, (rows, columns)),
        )
        # The pairs that the prices of the answer were made for.
        self.certified: tuple[Whole, Whole, Whole] = none, none, none

    def run(self) -> Answer:
        """Work until the end, or until somebody says stop."""
        try:
            self.work()
        except StopError:
            self._concluded()
        return self.answer

    def work(self) -> None:
        """Add pairs that are worth more than their prices until there are none."""
        problem = self.problem
        self._pause()
        prices, found, self.looked = self._timed("start", self._started)
        self._pause()
        master = Master(problem.capacities, problem.minimums, prices, problem.must, problem.firsts)
        self.master = master
        while self._timed("master", partial(self._improved, master, found)):
            found = self._timed("passes", partial(self._violators, master))
            self._pause()
        # The last pass has found nothing new: no pair outside the master exceeds these prices.
        proof = Certificate(*master.prices, problem.bonus)
        self.answer.certificate = proof
        self.answer.proved = True
        self.answer.bound = self._bound_of(proof)

    def decide(self, ties: Ties) -> None:
        """Decide among equal answers, as long as nobody says stop."""
        with suppress(StopError):
            self._timed("ties", partial(self._decided, ties))
            self.answer.decided = True

    def _started(self) -> Start:
        return start(
            self.problem, self.workers, self._pause, self._solved, self.before, self.tuning
        )

    def _decided(self, ties: Ties) -> None:
        decide(self.problem, self.answer, ties, self._tight(), self._solved, self._pause)

    def _solved(self, problem: ImplicitProblem, before: Warm | None = None) -> Answer:
        """Return the answer to a part of this problem; whatever stops this run stops there too."""
        part = Generation(problem, self.workers, lambda *_: self._pause(), before, self.tuning)
        part.work()
        return part.answer

    def _improved(self, master: Master, found: Found) -> bool:
        """Add what was found to the master and solve it, or return that nothing in it is better."""
        rows, columns = found.rows, found.columns
        better = (found.gain > 0) & ~master.chosen(rows, columns)
        points = self.problem.source.at(rows, columns)
        master.add(rows, columns, points + self.problem.bonus)
        # At first nothing better means no candidates, and says nothing about all pairs.
        if self.begun and not better.any():
            return False
        before = None if self.begun else self.before
        master.solve(self._pause, None if before is None else before.pairs)
        self.begun = True
        self._taken(master)
        return True

    def _taken(self, master: Master) -> None:
        """Take over the matching of the master."""
        rows, columns, worth = master.pairs
        points = worth - self.problem.bonus
        self.answer.pairs = rows, columns, points
        self.answer.firsts = worth_of_firsts(self.problem.firsts, (rows, columns))
        self.answer.arcs = len(master.keys)
        self.answer.missed = master.missed

    def _concluded(self) -> None:
        """Keep the better one of the last two matchings, and prices that bound what it can be exceeded by."""
        answer, problem = self.answer, self.problem
        if self.master is not None:
            rows, _, _ = answer.pairs
            *found, worth = self.master.pairs
            before = answer.total + problem.bonus * len(rows)
            if int(worth.sum()) + worth_of_firsts(problem.firsts, tuple(found)) > before:
                self._taken(self.master)
        answer.missed = self._below_minimum(0), self._below_minimum(1)
        # These prices were made for other pairs, which might exceed them now that they are not
        # used.
        answer.certificate = answer.certificate.without(self.certified, answer.pairs)
        _, most = trivial(problem)
        answer.bound = min(self._bound_of(answer.certificate), most)

    def _below_minimum(self, side: int) -> Whole:
        minimum = self.problem.minimums[side]
        partners = np.bincount(self.answer.pairs[side], minlength=len(minimum))
        return np.flatnonzero(partners < minimum)

    def _bound_of(self, certificate: Certificate) -> int:
        problem = self.problem
        return certificate.bound(
            self.answer.pairs, problem.capacities, problem.minimums, problem.firsts
        )

    def _violators(self, master: Master) -> Found:
        """Look at all pairs, or at those of people whose prices have fallen below what is known of their pairs."""
        source, prices = self.problem.source, master.in_points(self.problem.bonus)
        look = partial(passed, workers=self.workers, pause=self._pause, tuning=self.tuning)
        first, later = self.tuning.first, self.tuning.later
        if prices[0].size and not self.looked.margin:
            # Hardly a row has so many pairs within half of what half of the rows have them within.
            margin = -band(source, prices, (first, 0), look, self.tuning) // 2
            self.looked = self.looked._replace(margin=margin)
        # A pass also finds chosen arcs that are worth more than their prices: with one place more
        # than any row has of these, a row still tells of a pair that is new.
        keep = max(first if self.looked.margin else later, master.spare + 1), later
        look = partial(look, keep=keep, above=-self.looked.margin)
        some = self.looked.fallen(prices, self.tuning.partly)
        seen = [(view, look(view.source, view.prices)) for view in views(source, prices, some)]
        found = together(seen, source.shape[0])
        self.looked = self.looked.after(prices, some, found.rest)
        self.answer.passes += share(some, source.shape)
        self._bounded(master, found)
        return found

    def _tight(self) -> tuple[Whole, Whole] | None:
        """Return the pairs that are worth no less than their prices, or nothing if they are too many to write down."""
        assert self.master is not None
        source, prices = self.problem.source, self.master.in_points(self.problem.bonus)
        some = self.looked.fallen(prices, self.tuning.partly, reached=True)
        rows, columns = self.master.reaching
        pairs = [rows * source.shape[1] + columns]
        for view in views(source, prices, some):
            found = tight_pairs(view.source, view.prices, self.workers, self._pause, self.tuning)
            if found is None:
                return None
            rows, columns = found
            pairs.append(view.rows[rows] * source.shape[1] + view.columns[columns])
        return np.divmod(np.unique(np.concatenate(pairs)), max(source.shape[1], 1))

    def _bounded(self, master: Master, found: Found) -> None:
        """Raise the prices of one side by what its best pairs exceed them: these prices bound every matching."""
        answer = self.answer
        rows, columns, gain, _ = found
        unused = ~master.chosen(rows, columns)
        gain = gain[unused]
        for side, people in enumerate((rows[unused], columns[unused])):
            prices = [price.copy() for price in master.prices]
            # The best pair of everybody is among those found, so that after this none exceeds its
            # prices; pairs that were not looked at have not become worth more than theirs.
            excess = np.zeros_like(prices[side])
            np.maximum.at(excess, people, gain)
            prices[side] += excess
            certificate = Certificate(prices[0], prices[1], self.problem.bonus)
            bound = self._bound_of(certificate)
            if bound <= answer.bound:
                answer.certificate, answer.bound = certificate, bound
                self.certified = answer.pairs
            if not excess.any():
                break

    def _pause(self) -> None:
        self.check(self.phase, self.answer)

    def _timed(self, phase: str, task: Callable[[], Result]) -> Result:
        self.phase = phase
        before = monotonic()
        try:
            return task()
        finally:
            self.answer.seconds[phase] += monotonic() - before
