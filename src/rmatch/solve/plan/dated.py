"""Who meets whom in which round where rounds differ: somebody is away, or a pair may meet again after some rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.lp.zero_one import UNBOUNDED, IntegerOptimum, Program, solve_in_order
from rmatch.solve.network.network import Whole
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Places: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64]]
LARGEST_CHOICE = 1_000_000
"""The most meetings that are possible, a pair in a round each, in a mixed-integer programme."""


class Gains(NamedTuple):
    """What pairs bring for wants, of which each counts once.

    Attributes
    ----------
    want : numpy.ndarray of int64
        For which want.
    pair : numpy.ndarray of int64
        The position of the pair that brings it.
    points : numpy.ndarray of int64
        What it is worth.
    wants : int
        How many wants there are.
    """

    want: Whole
    pair: Whole
    points: Whole
    wants: int

    @classmethod
    def none(cls) -> Gains:
        """Return no gains at all."""
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, nothing, 0)


class Goal(NamedTuple):
    """What counts.

    Attributes
    ----------
    meetings : numpy.ndarray of int64
        What each possible meeting is worth.
    gains : Gains
        What counts once beside them.
    """

    meetings: Whole
    gains: Gains


@dataclass(frozen=True, eq=False)
class DatedProblem(Value):
    r"""Who may meet whom in which round.

    With :math:`x_{pt}` for a meeting of the pair `p` in the round `t`

    .. math:: l_{it} \le \sum_{p \ni i} x_{pt} \le c_{it}, \qquad \sum_t \sum_{p \ni i} x_{pt} \le L_i, \qquad
       \sum_{s = t}^{t + g} x_{ps} \le 1,

    for everybody `i`, and a pair that must meet does so at least once.

    Attributes
    ----------
    rows, columns : numpy.ndarray of int64
        Mentor and mentee of each pair.
    open : numpy.ndarray of bool, shape (pairs, rounds)
        When each pair may meet.
    capacities, minimums : tuple of two numpy.ndarray of int64, shape (mentors, rounds) and (mentees, rounds)
        Most and fewest partners of everybody in each round.
    loads : tuple of two numpy.ndarray of int64
        Most meetings of everybody over all rounds.
    gap : int
        So many rounds, `g`, lie between two meetings of a pair at least.
    musts : numpy.ndarray of int64
        The positions of the pairs that must meet.
    """

    rows: Whole
    columns: Whole
    open: NDArray[np.bool_]
    capacities: Places
    minimums: Places
    loads: tuple[Whole, Whole]
    gap: int
    musts: Whole

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return int(self.open.shape[1])

    @cached_property
    def meetings(self) -> tuple[Whole, Whole]:
        """Pair and round of everything that may be: the unknowns."""
        pairs, rounds = np.nonzero(self.open)
        return pairs, rounds

    def where(self, chosen: Whole) -> NDArray[np.int64]:
        """Return row, column and round of each of the meetings that are marked."""
        met = chosen > 0
        pairs, rounds = (own[met] for own in self.meetings)
        return np.stack([self.rows[pairs], self.columns[pairs], rounds], axis=1)

    def refuse_too_large(self) -> None:
        """Raise :class:`InvalidInputError` for more than a mixed-integer programme can decide about."""
        size = len(self.meetings[0])
        if size > LARGEST_CHOICE:
            problem = f"{numeral(size)} meetings are possible, and where rounds differ {numeral(LARGEST_CHOICE)} is the most"
            remedy = "plan parts of the organisation one by one, or fewer rounds"
            raise InvalidInputError([Fault("plan", "people", problem, remedy)])

    @cached_property
    def program(self) -> Program:
        """What is feasible, over the meetings."""
        from scipy.sparse import csr_array, vstack

        parts = [*self._of_everybody(), *self._of_pairs()]
        size = len(self.meetings[0])
        empty = csr_array((0, size), dtype=np.int64)
        rows = vstack([empty, *(part[0] for part in parts)], format="csr")
        least, most = (
            np.concatenate([np.zeros(0, np.int64), *(part[place] for part in parts)])
            for place in (1, 2)
        )
        return Program(rows, least, most, integral=False)

    def _of_everybody(self) -> Iterator[tuple[csr_array, Whole, Whole]]:
        pairs, rounds = self.meetings
        for place, own in enumerate((self.rows, self.columns)):
            capacity, minimum = self.capacities[place], self.minimums[place]
            whose = own[pairs] * self.rounds + rounds
            yield _sums(whose, capacity.size), minimum.ravel(), capacity.ravel()
            load = self.loads[place]
            yield _sums(own[pairs], len(load)), np.zeros_like(load), load

    def _of_pairs(self) -> Iterator[tuple[csr_array, Whole, Whole]]:
        pairs, rounds = self.meetings
        count = len(self.rows)
        for first in range(max(self.rounds - self.gap, 1)):
            within = (first <= rounds) & (rounds <= first + self.gap)
            yield _sums(pairs, count, within), np.zeros(count, np.int64), np.ones(count, np.int64)
        number = len(self.musts)
        yield _sums(pairs, count)[self.musts], np.ones(number, np.int64), np.full(number, UNBOUNDED)

    def best(self, goals: Sequence[Goal], *, most: bool) -> IntegerOptimum | None:
        """Return the meetings that are best by one goal after the other, as many as possible if that is asked for.

        Parameters
        ----------
        goals : sequence of Goal
            What counts, the most important first; at least one.
        most : bool
            Whether as many meetings as possible come before all of them.

        Returns
        -------
        IntegerOptimum or None
            Over the meetings, and then over the gains; none if the minimums are out of reach.
        """
        size = len(self.meetings[0])
        program, vectors, width = self.program, [], size
        if most:
            vectors.append(np.ones(size, np.int64))
        for goal in goals:
            program = self._with(program, goal.gains)
            between = np.zeros(width - size, np.int64)
            vectors.append(np.concatenate([goal.meetings, between, goal.gains.points]))
            width += len(goal.gains.points)
        whole = [np.concatenate([own, np.zeros(width - len(own), np.int64)]) for own in vectors]
        return solve_in_order(program, whole)

    def _with(self, program: Program, gains: Gains) -> Program:
        """Return what is feasible with some more unknowns, the gains: one for each want, of a pair that meets."""
        from scipy.sparse import csr_array, hstack

        pairs, size, width = self.meetings[0], len(gains.points), program.rows.shape[1]
        if not size:
            return program

        def beside(rows: csr_array, more: csr_array) -> csr_array:
            between = csr_array((rows.shape[0], width - rows.shape[1]), dtype=np.int64)
            return csr_array(hstack([rows, between, more]))

        none = csr_array((program.rows.shape[0], size), dtype=np.int64)
        wide = replace(program, rows=beside(program.rows, none))
        bring = beside(-_sums(pairs, len(self.rows))[gains.pair], _sums(np.arange(size), size))
        once = beside(
            csr_array((gains.wants, len(pairs)), dtype=np.int64), _sums(gains.want, gains.wants)
        )
        wide = _with_rows(wide, bring, np.full(size, -UNBOUNDED), np.zeros(size, np.int64))
        return _with_rows(
            wide, once, np.zeros(gains.wants, np.int64), np.ones(gains.wants, np.int64)
        )

    def evenly(
        self, times: Whole, waits: tuple[Whole, Whole], staying: Whole | None = None
    ) -> Whole | None:
        """Return when each pair meets that meets so often: as evenly as possible, who has waited as early as possible.

        Parameters
        ----------
        times : numpy.ndarray of int64
            How often each pair meets.
        waits : tuple of two numpy.ndarray of int64
            For how many rounds each mentor and each mentee has waited.
        staying : numpy.ndarray of int64, optional
            1 for each possible meeting that was planned: as many as possible stay, before anything else.

        Returns
        -------
        numpy.ndarray of int64 or None
            Over the meetings; none if they cannot meet so often.
        """
        some = np.flatnonzero(times)
        fewer = replace(
            self,
            rows=self.rows[some],
            columns=self.columns[some],
            open=self.open[some],
            musts=np.zeros(0, np.int64),
        )
        held = np.isin(self.meetings[0], some)
        chosen = fewer._evenly(times[some], waits, None if staying is None else staying[held])
        if chosen is None:
            return None
        found = np.zeros(self.open.shape, np.int64)
        found[some[fewer.meetings[0]], fewer.meetings[1]] = chosen
        return found[self.meetings]

    def _evenly(
        self, times: Whole, waits: tuple[Whole, Whole], staying: Whole | None
    ) -> Whole | None:
        pairs, rounds = self.meetings
        exact = _with_rows(self.program, _sums(pairs, len(times)), times, times)
        first = np.zeros(len(pairs), np.int64) if staying is None else staying
        possible = solve_in_order(exact, [first])
        if possible is None:
            return None
        exact = exact.fixed(first, possible.values[0])
        sizes = _sums(rounds, self.rounds)
        fewest, most = divmod(int(times.sum()), self.rounds)
        goal = self._early(waits)
        for apart in range(int(times.sum()) + 1):
            low = np.full(self.rounds, max(fewest - apart // 2, 0))
            high = np.full(self.rounds, fewest + (most > 0) + (apart + 1) // 2)
            found = solve_in_order(_with_rows(exact, sizes, low, high), [goal])
            if found is not None:
                return found.chosen
        return None

    def _early(self, waits: tuple[Whole, Whole]) -> Whole:
        """Return what a meeting is worth to people who have waited: more, the earlier it is."""
        pairs, rounds = self.meetings
        waited = waits[0][self.rows[pairs]] + waits[1][self.columns[pairs]]
        return waited * (self.rounds - rounds)


def _with_rows(program: Program, rows: csr_array, least: Whole, most: Whole) -> Program:
    from scipy.sparse import vstack

    return Program(
        vstack([program.rows, rows], format="csr"),
        np.concatenate([program.least, least]),
        np.concatenate([program.most, most]),
        integral=False,
    )


def _sums(whose: Whole, count: int, some: NDArray[np.bool_] | None = None) -> csr_array:
    """Return the rows that add up, for each of so many, what is theirs of all or of some unknowns."""
    from scipy.sparse import csr_array

    of = np.arange(len(whose)) if some is None else np.flatnonzero(some)
    return csr_array((np.ones(len(of), np.int64), (whose[of], of)), shape=(count, len(whose)))
