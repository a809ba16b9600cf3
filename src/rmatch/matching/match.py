"""The main call: people, programme and requests in, the best matching out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.matching.matching import Matching, Pair
from rmatch.objectives import Stable, Total, over_people
from rmatch.rounds.capacity import places_of, seats_beside, taken
from rmatch.rounds.locks import locked
from rmatch.rounds.step import Step
from rmatch.scoring import WHOLE, limits, score, side_points
from rmatch.solve import (
    Problem,
    Solution,
    StoppingRule,
    TieHash,
    solve,
    solve_fair,
    solve_quota,
    solve_stream,
    tie_hash,
)
from rmatch.utils.memory import require
from rmatch.utils.validation import refuse, seed_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.people import People, Requests
    from rmatch.programme import Programme
    from rmatch.rounds.capacity import Seats
    from rmatch.rounds.locks import Locks
    from rmatch.rounds.step import AnySolution, Decides, Places
    from rmatch.scoring import Scores
    from rmatch.solve import Large, Participation, Progress

__all__ = ["Task", "match", "taken"]

GROUP = 64
"""The number of pairs whose points are worked out at once, in a square block."""


def match(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    seed: int | str = 0,
    max_seconds: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
) -> Matching:
    r"""Return the best matching of mentors and mentees.

    With the points :math:`p_{ij}`, the allowed pairs `A` and the capacities :math:`c_i`, :math:`d_j`, the pairs
    :math:`x_{ij} \in \{0, 1\}` solve

    .. math::

        \max \sum_{(i,j) \in A} p_{ij} x_{ij} \quad\text{subject to}\quad
        \sum_j x_{ij} \le c_i,\ \sum_i x_{ij} \le d_j,\ \sum_{ij} x_{ij} = K

    where `K` is the largest number of pairs possible (with ``participation="best"``, `K` is free). Among equal totals a
    hash of the seed and the two ids decides, so the same people get the same partners in any order of the rows. Where
    somebody must stay out, who gets a place is decided without the protected attributes, and the pairing among those
    people with them.

    Parameters
    ----------
    people : People
        Everybody; see :func:`rmatch.read_people`.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    seed : int or str
        Decides ties. Change it, for the name of the round say, to give people with identical data new chances.
    max_seconds : float, optional
        Stop a long run after about so many seconds, with the best matching so far and a bound on what could be better.
    gap : float
        Stop a long run when the bound exceeds the points by no more than this share of them; 0.01 is one per cent.
    progress : callable, optional
        Told now and then how far a long run is, with a :class:`rmatch.solve.Progress`.

    Returns
    -------
    Matching
        The pairs with their points, and a reason for everybody without a partner.

    Raises
    ------
    InvalidInputError
        With everything in which people, programme and requests do not fit each other.
    InfeasibleError
        If locks break rules or capacities, or minimums are out of reach, with the people concerned.
    StopError
        If a run was stopped before every minimum was met.

    Notes
    -----
    Ctrl-C stops a long run as `max_seconds` does; pressed twice, it raises :class:`KeyboardInterrupt` at once. Only
    column generation, which large programmes go by, takes so long that it listens: what is solved in a second is solved
    to the end.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> matching.total == sum(pair.points for pair in matching.pairs)
    True
    >>> matching.bound == matching.total
    True
    """
    refuse(seed_faults("match", seed))
    with StoppingRule(max_seconds, gap, progress) as stopping:
        return Task(score(people, programme, requests), seed, stopping).matching()


@dataclass(frozen=True, eq=False)
class Task:
    """One matching to be made.

    Attributes
    ----------
    scores : Scores
        Points and permissions.
    seed : int or str
        Decides ties.
    stopping : StoppingRule
        When to stop early.
    absent : tuple of str and int, optional
        Side and row or column of somebody who takes no part, whatever the requests say.
    """

    scores: Scores
    seed: int | str
    stopping: StoppingRule = field(default_factory=StoppingRule)
    absent: tuple[str, int] | None = None

    def matching(self) -> Matching:
        """Return the best matching."""
        steps = self._steps()
        solution = steps[-1].solution
        chosen = [*zip(solution.rows.tolist(), solution.cols.tolist(), strict=True), *self.locks]
        points, mentors, mentees = self._points(chosen), self.scores.mentors, self.scores.mentees
        pairs = tuple(
            Pair(
                mentor=mentors[row],
                mentee=mentees[column],
                points=points[row, column],
                locked=(row, column) in self.locks,
                override_reason=self.locks[row, column].override_reason
                if (row, column) in self.locks
                else "",
            )
            for row, column in sorted(chosen)
        )
        total = sum(pair.points for pair in pairs)
        return Matching(scores=self.scores, seed=self.seed, pairs=pairs, total=total, steps=steps)

    def check(self) -> None:
        """Raise what :meth:`matching` would: for locks, minimums and quotas that cannot be met, or an objective without room."""
        programme = self.scores.programme
        if programme.quotas or not isinstance(programme.objective, Total):
            self._steps()
        elif any(least.any() for least in self._seats[1]):
            self._step("places", self._seats, "most", protected=False)

    @cached_property
    def locks(self) -> Locks:
        """The locked pairs, checked."""
        return locked(self.scores, self._capacities, self.absent)

    def problem(
        self,
        seats: Seats | None = None,
        participation: Participation | None = None,
        *,
        protected: bool,
    ) -> Problem:
        """Return what is to be decided beside the locks, in one matrix.

        Parameters
        ----------
        seats : tuple, optional
            Most and fewest partners of each mentor and each mentee; without it what the locks leave of everyone's.
        participation : {"most", "best"}, optional
            Whether as many pairs as possible come first; the programme's choice if absent.
        protected : bool
            Whether to count the share of protected attributes.

        Returns
        -------
        Problem
            With the locked pairs closed.
        """
        self._check_size()
        capacities, minimums = seats or self._seats
        points = self.scores.points if protected else self.scores.blind_points
        how = participation or self.scores.programme.participation
        return Problem(points, self._open, *capacities, *minimums, how)

    @cached_property
    def _capacities(self) -> Places:
        return places_of(self.scores, self.absent)

    def _points(self, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return the points of some pairs, worked out by groups of mentors."""
        found: dict[tuple[int, int], int] = {}
        for start in range(0, len(pairs), GROUP):
            rows, columns = np.array(pairs[start : start + GROUP], np.intp).T
            points = self.scores.block(rows, columns).diagonal().tolist()
            found |= dict(zip(pairs[start : start + GROUP], points, strict=True))
        return found

    def _steps(self) -> tuple[Step, ...]:
        """Solve once where everybody gets a place or nothing protected counts, else settle the places first."""
        programme, seats = self.scores.programme, self._seats
        if programme.places == "with_protected" or not any(
            factor.protected for factor in self.scores.factors
        ):
            return (self._step("pairs", seats, programme.participation, protected=True),)
        (mentors, mentees), _ = seats
        if programme.participation == "most" and mentors.sum() == mentees.sum():
            hopeful = self._step("pairs", seats, "most", protected=True)
            if len(hopeful.solution.rows) == mentors.sum():
                return (hopeful,)
        if isinstance(programme.objective, Stable):
            problem = "'stable' settles at once who gets a place and who meets whom, and protected attributes count"
            remedy = "leave the criteria with protected attributes out, or say places='with_protected' and why"
            raise InvalidInputError([Fault("programme", "objective", problem, remedy)])
        places = self._step("places", seats, programme.participation, protected=False)
        return places, self._step(
            "pairs", taken(places), "most", protected=True, before=places.solution
        )

    @cached_property
    def _seats(self) -> Seats:
        """What the locks leave of everyone's places and minimums."""
        return seats_beside(self.scores, self._capacities, self.locks, self.absent)

    def _step(
        self,
        decides: Decides,
        seats: Seats,
        participation: Participation,
        *,
        protected: bool,
        before: AnySolution | None = None,
    ) -> Step:
        self.stopping.begin(decides)
        solution = self._solved(seats, participation, protected=protected, before=before)
        objective = self.scores.programme.objective
        return Step(decides, protected, participation, *seats, solution, objective)

    def _solved(
        self,
        seats: Seats,
        participation: Participation,
        *,
        protected: bool,
        before: AnySolution | None,
    ) -> AnySolution:
        names, objective = (
            (self.scores.mentors, self.scores.mentees),
            self.scores.programme.objective,
        )
        quotas = self.scores.programme.quotas
        if isinstance(objective, Total) and not quotas and not self.scores.fits:
            large = self._large(seats, participation, protected=protected)
            known = before if isinstance(before, Solution) else None
            return solve_stream(
                large, ties=self._hash, names=names, stopping=self.stopping, before=known
            )
        problem = self.problem(seats, participation, protected=protected)
        if quotas:
            settled = np.array(list(self.locks), np.int64).reshape(-1, 2).T
            left = (
                None
                if self.stopping.max_seconds == math.inf
                else self.stopping.max_seconds - self.stopping.seconds
            )
            return solve_quota(
                problem,
                limits(
                    self.scores.cohort,
                    quotas,
                    measured=self.scores.deciding_points,
                    absent=self.absent,
                ),
                settled=(settled[0], settled[1]),
                ties=self.ties,
                names=names,
                max_seconds=None if left is None else max(left, 0.0),
            )
        if isinstance(objective, Total):
            return solve(problem, ties=self.ties, names=names)
        sides = side_points(self.scores, protected=protected) if over_people(objective) else None
        return solve_fair(problem, objective, sides=sides, ties=self.ties, names=names)

    def _check_size(self) -> None:
        rows, columns = self.scores.shape
        pairs = f"a matrix of {rows:,} × {columns:,} pairs, and several of them,"
        remedy = "install reverse-mentoring[scale]"
        require(60 * rows * columns, pairs, remedy)
        if rows * columns > WHOLE:
            raise InvalidInputError([Fault("people", "pairs", f"{pairs} are too many", remedy)])

    def _large(self, seats: Seats, participation: Participation, *, protected: bool) -> Large:
        from rmatch.solve import Large

        locks = np.array(list(self.locks), np.int64).reshape(-1, 2)
        source = self.scores.source(locks, protected=protected)
        return Large.limited(source, *seats, most_pairs=participation == "most")

    @cached_property
    def _open(self) -> NDArray[np.bool_]:
        """The pairs that are left to decide on beside the locks."""
        rows, columns = np.array(list(self.locks), np.intp).reshape(-1, 2).T
        allowed = self.scores.open_pairs.copy()
        allowed[rows, columns] = False
        return allowed

    @cached_property
    def _hash(self) -> TieHash:
        return TieHash(self.seed, self.scores.mentors, self.scores.mentees)

    @cached_property
    def ties(self) -> NDArray[np.uint64]:
        """What decides between equal totals, a number for every pair."""
        return tie_hash(self.seed, self.scores.mentors, self.scores.mentees)
