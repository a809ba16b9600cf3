"""The main call: people, programme and requests in, the best matching out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.formulas import broken_rules
from rmatch.matching import Matching, Pair
from rmatch.people import natural
from rmatch.scoring import score
from rmatch.solve.problem import Problem
from rmatch.solve.routes import solve
from rmatch.solve.ties import tie_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.requests import Request, Requests
    from rmatch.scoring import Scores
    from rmatch.solve.routes import Solution


def match(
    people: People, programme: Programme | None = None, requests: Requests | None = None, *, seed: int | str = 0
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

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> matching.total == sum(pair.points for pair in matching.pairs)
    True
    """
    return Task(score(people, programme, requests), seed).matching()


@dataclass(frozen=True, eq=False)
class Task:
    """One matching to be made.

    Attributes
    ----------
    scores : Scores
        Points and permissions.
    seed : int or str
        Decides ties.
    """

    scores: Scores
    seed: int | str

    def matching(self) -> Matching:
        """Return the best matching."""
        solution = self._solution()
        chosen = [*zip(solution.rows.tolist(), solution.cols.tolist(), strict=True), *self.locks]
        points, mentors, mentees = self.scores.points, self.scores.mentors, self.scores.mentees
        pairs = tuple(
            Pair(
                mentor=mentors[row],
                mentee=mentees[column],
                points=int(points[row, column]),
                locked=(row, column) in self.locks,
                override_reason=self.locks[row, column].override_reason if (row, column) in self.locks else "",
            )
            for row, column in sorted(chosen)
        )
        total = sum(pair.points for pair in pairs)
        return Matching(scores=self.scores, seed=self.seed, pairs=pairs, total=total, route=solution.route)

    def check(self) -> None:
        """Raise :class:`InfeasibleError` if the locks or the minimums cannot be met."""
        problem = self._problem(np.zeros(self.scores.shape, np.int64))
        if problem.mentor_minimum.any() or problem.mentee_minimum.any():
            self._solved(problem)

    @cached_property
    def locks(self) -> dict[tuple[int, int], Request]:
        """The locked pairs, checked."""
        cohort = self.scores.cohort
        locks = {
            (cohort.row[lock.mentor], cohort.column[lock.mentee]): lock for lock in cohort.requests.of_kind("lock")
        }
        problems = [*self._broken(locks), *self._crowded(locks)]
        if problems:
            mentors = sorted({lock.mentor for _, concerned in problems for lock in concerned}, key=natural)
            mentees = sorted({lock.mentee for _, concerned in problems for lock in concerned}, key=natural)
            message = "\n  ".join(["the locks cannot be kept:", *(problem for problem, _ in problems)])
            raise InfeasibleError(message, mentors, mentees)
        return locks

    def _broken(self, locks: dict[tuple[int, int], Request]) -> Iterator[tuple[str, list[Request]]]:
        for (row, column), lock in locks.items():
            if self.scores.allowed[row, column]:
                continue
            pair = f"{lock.mentor!r} → {lock.mentee!r}"
            for broken in broken_rules(self.scores.facts, lock.mentor, lock.mentee):
                if broken.rule == "exclude":
                    yield f"{pair}: both locked and excluded; take one back", [lock]
                elif not lock.override_reason:
                    remedy = "take the lock back, or give its override_reason"
                    yield f"{pair} breaks {broken.rule}: {broken.sentence}; {remedy}", [lock]

    def _crowded(self, locks: dict[tuple[int, int], Request]) -> Iterator[tuple[str, list[Request]]]:
        for side, capacity in zip(("mentor", "mentee"), self._capacities, strict=True):
            places = dict(zip(getattr(self.scores, f"{side}s"), capacity.tolist(), strict=True))
            own: dict[str, list[Request]] = defaultdict(list)
            for lock in locks.values():
                own[getattr(lock, side)].append(lock)
            for person, theirs in own.items():
                room = places[person]
                if len(theirs) > room:
                    counts = f"{len(theirs)} lock{'s' * (len(theirs) != 1)} and {room} place{'s' * (room != 1)}"
                    yield f"{side} {person!r} has {counts}", theirs

    @cached_property
    def _capacities(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self.scores.cohort.capacity("mentor"), self.scores.cohort.capacity("mentee")

    def _solution(self) -> Solution:
        """Solve once where everybody gets a place or nothing protected counts, else settle the places first."""
        programme = self.scores.cohort.programme
        if programme.places == "with_protected" or not any(factor.protected for factor in self.scores.factors):
            return self._solved(self._problem(self.scores.points))
        problem = self._problem(self.scores.blind_points)
        places = problem.mentor_capacity, problem.mentee_capacity
        if programme.participation == "most" and places[0].sum() == places[1].sum():
            hopeful = self._solved(replace(problem, points=self.scores.points))
            if len(hopeful.rows) == places[0].sum():
                return hopeful
        placed = self._solved(problem)
        return self._solved(
            replace(
                problem,
                points=self.scores.points,
                participation="most",
                mentor_capacity=np.bincount(placed.rows, minlength=len(places[0])),
                mentee_capacity=np.bincount(placed.cols, minlength=len(places[1])),
                mentor_minimum=np.zeros_like(places[0]),
                mentee_minimum=np.zeros_like(places[1]),
            )
        )

    def _problem(self, points: NDArray[np.int64]) -> Problem:
        """Return what is left to decide beside the locks."""
        programme = self.scores.cohort.programme
        rows, columns = np.array(list(self.locks), np.intp).reshape(-1, 2).T
        allowed = self.scores.open_pairs.copy()
        allowed[rows, columns] = False
        taken = np.bincount(rows, minlength=len(allowed)), np.bincount(columns, minlength=allowed.shape[1])
        capacities = [capacity - locked for capacity, locked in zip(self._capacities, taken, strict=True)]
        minimums = [
            np.maximum(least - locked, 0)
            for least, locked in zip((programme.mentor_minimum, programme.mentee_minimum), taken, strict=True)
        ]
        self._check_minimums(capacities, minimums)
        return Problem(
            points,
            allowed,
            mentor_capacity=capacities[0],
            mentee_capacity=capacities[1],
            mentor_minimum=minimums[0],
            mentee_minimum=minimums[1],
            participation=programme.participation,
        )

    def _check_minimums(self, capacities: list[NDArray[np.int64]], minimums: list[NDArray[np.int64]]) -> None:
        short = [np.flatnonzero(least > capacity) for capacity, least in zip(capacities, minimums, strict=True)]
        mentors = [self.scores.mentors[row] for row in short[0].tolist()]
        mentees = [self.scores.mentees[column] for column in short[1].tolist()]
        if mentors or mentees:
            people = ", ".join(map(repr, [*mentors, *mentees]))
            message = f"the minimum is above the capacity of {people}"
            raise InfeasibleError(message, mentors, mentees)

    def _solved(self, problem: Problem) -> Solution:
        return solve(problem, ties=self._ties, names=(self.scores.mentors, self.scores.mentees))

    @cached_property
    def _ties(self) -> NDArray[np.uint64]:
        """Numbers for the pairs, of no more bits than ties among all of them need, so that sums stay small."""
        rows, columns = self.scores.shape
        bits = min(32, (1000 * rows * columns).bit_length())
        return tie_hash(self.seed, self.scores.mentors, self.scores.mentees) >> np.uint64(32 - bits)
