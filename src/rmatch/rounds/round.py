"""One round: its locks, its places, and the problems that are solved one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import compatibility_of
from rmatch.people import Request
from rmatch.programme import counts_once, group_terms
from rmatch.rounds.beginning import beginning
from rmatch.rounds.capacity import Places, check_locks, check_minimums, locks_of
from rmatch.rounds.earlier import Earlier
from rmatch.rounds.groups.credit import credited
from rmatch.rounds.groups.problem import has_groups, pair_by_pair
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.pair import pairs_of
from rmatch.rounds.step import Step, check_size, implicit, posed
from rmatch.scoring import limits, side_points
from rmatch.solve import TieHash, solve, solve_stream, tie_hash
from rmatch.utils.log import LOG
from rmatch.utils.stopping import begin, unheard
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.rounds.capacity import Locks
    from rmatch.rounds.player import Cell, Player
    from rmatch.rounds.precedence import Precedence
    from rmatch.rounds.step import AnySolution, Decides
    from rmatch.scoring import Scores
    from rmatch.solve import Participation, Problem


@dataclass(frozen=True, eq=False)
class Round:
    """One round that is to be solved.

    Attributes
    ----------
    scores : Scores
        Points and permissions.
    seed : int or str
        Decides ties.
    absent : Player, optional
        Somebody who takes no part, whatever the requests say.
    asked : tuple of int, optional
        Row and column of a pair that is to be made as if the requests locked it.
    earlier : Earlier
        What it takes over from earlier rounds.
    near : Outcome, optional
        A round much like this one, at whose prices a long search begins.
    """

    scores: Scores
    seed: int | str
    absent: Player | None = None
    asked: Cell | None = None
    earlier: Earlier = field(default_factory=Earlier)
    near: Outcome | None = None

    def __post_init__(self) -> None:
        """Keep of a seed of numpy's, or of somebody's own class, what it says: a result is nothing but data."""
        said = str(self.seed) if isinstance(self.seed, str) else int(self.seed)
        object.__setattr__(self, "seed", said)

    def solve(self) -> Outcome:
        """Return who meets whom: the best matching."""
        steps = self._steps()
        cells = [*steps[-1].cells, *self.locks]
        with unheard():
            points = credited(self.scores, cells)
            pairs = pairs_of(self.scores, points, self.locks)
        total = sum(pair.points for pair in pairs)
        return Outcome(self.scores, self.seed, pairs, total, steps, waited=self.earlier.waited)

    def check(self) -> None:
        """Raise what :meth:`solve` would: for locks, minimums and quotas that cannot be met, or an objective without room."""
        programme, places = self.scores.programme, self.places
        is_total = compatibility_of(programme.objective).is_total
        if programme.quotas or group_terms(programme) or not is_total:
            self._steps()
        elif any(minimum.any() for minimum in places.minimums):
            # The total alone can always be made best; only minimums may be out of reach.
            self._step("places", places, "most")

    @cached_property
    def locks(self) -> Locks:
        """The locked pairs, checked."""
        absent, locks = self.absent, locks_of(self.scores)
        if absent is not None:
            locks = {cell: lock for cell, lock in locks.items() if not absent.is_in(cell)}
        if self.asked is not None:
            row, column = self.asked
            locks[self.asked] = Request(
                self.scores.mentors[row], self.scores.mentees[column], "lock"
            )
        check_locks(self.scores, self._all_places, locks)
        return locks

    @cached_property
    def places(self) -> Places:
        """What the locks leave of everybody's places and minimums, checked."""
        left = self._all_places.beside(self.locks)
        check_minimums(self.scores, left)
        return left

    @cached_property
    def ties(self) -> NDArray[np.uint64]:
        """What decides between equal totals, a number for every pair."""
        return tie_hash(self.seed, *self._names)

    @cached_property
    def _single_ties(self) -> TieHash:
        """The same numbers for single pairs, drawn once for all steps."""
        return TieHash(self.seed, *self._names)

    def problem(
        self,
        places: Places | None = None,
        participation: Participation | None = None,
        *,
        protected: bool,
        precedence: Precedence | None = None,
    ) -> Problem:
        """Return what is to be decided beside the locks, in one matrix.

        Parameters
        ----------
        places : Places, optional
            Most and fewest partners of everybody; without it what the locks leave.
        participation : {"most", "best"}, optional
            Whether as many pairs as possible come first; the programme's choice if absent.
        protected : bool
            Whether to count the share of protected attributes.
        precedence : Precedence, optional
            What comes before the points.

        Returns
        -------
        Problem
            With the locked pairs closed.
        """
        check_size(self.scores.shape)
        offered = self.places if places is None else places
        points = self.scores.points if protected else self.scores.blind_points
        how = participation or self.scores.programme.participation
        return posed(points, self._open_pairs, offered, how, precedence)

    @property
    def guards_places(self) -> bool:
        """Whether protected attributes count for the pairs, and must not for the places."""
        weighed = any(factor.protected for factor in self.scores.factors)
        return weighed and self.scores.programme.places == "without_protected"

    def at_once(self) -> Step:
        """Solve with protected attributes for places and pairs together, which no other way to decide them can exceed."""
        return self._step("pairs", self.places, self.scores.programme.participation)

    def blindly(self) -> Step:
        """Solve without protected attributes, which decides who gets a place."""
        return self._step("places", self.places, self.scores.programme.participation)

    def at_price(self, step: Step, gain: int, point: int) -> Step:
        """Solve a step of this round once more, with other weights of earlier pairs and of points."""
        assert step.precedence is not None  # without earlier pairs there is nothing to weigh
        weights = step.precedence.at_price(gain, point, step.places, self.scores.reach)
        asked = step.places, step.participation, weights
        solution = self._solution(*asked, protected=step.protected)
        return replace(step, solution=solution, precedence=weights).ended

    def _steps(self) -> tuple[Step, ...]:
        """Solve once where everybody gets a place or nothing protected counts, else settle the places first."""
        programme, places = self.scores.programme, self.places
        if not self.guards_places:
            return (self.at_once(),)
        everybody = int(places.mentor_capacity.sum())
        if programme.participation == "most" and everybody == places.mentee_capacity.sum():
            # If all places are filled, nothing was decided about who gets one, and one step is enough.
            hopeful = self.at_once()
            if len(hopeful.cells) == everybody:
                return (hopeful,)
        if compatibility_of(programme.objective).settles_places:
            problem = "'stable' settles at once who gets a place and who meets whom, and protected attributes count"
            remedy = "leave the criteria with protected attributes out, or say places='with_protected' and why"
            raise InvalidInputError([Fault("programme", "objective", problem, remedy)])
        # The second step has exactly the places of the first, and fills them all: the first shows that they can be.
        first = self.blindly()
        return first.ended, self._step("pairs", first.taken, "most", before=first)

    def _step(
        self,
        decides: Decides,
        places: Places,
        participation: Participation,
        *,
        before: Step | None = None,
    ) -> Step:
        protected = decides == "pairs"
        room = self.scores, places, self.locks
        precedence = self.earlier.precedence(*room, decides_places=before is None)
        # A share of the points says nothing where others count before them.
        begin(decides, to_its_end=decides == "places" or precedence is not None)
        LOG.debug("step %s begins: %d mentors × %d mentees", decides, *self.scores.shape)
        asked = places, participation, precedence
        solution = self._solution(*asked, protected=protected, before=before)
        ended = "to its end" if solution.proved else "stopped early"
        told = decides, ended, len(solution.rows), solution.route
        LOG.debug("step %s ends, %s: %d pairs, route %s", *told)
        objective = self.scores.programme.objective
        return Step(decides, protected, participation, places, solution, objective, precedence)

    def _solution(
        self,
        places: Places,
        participation: Participation,
        precedence: Precedence | None,
        *,
        protected: bool,
        before: Step | None = None,
    ) -> AnySolution:
        programme, names = self.scores.programme, self._names
        objective = programme.objective
        is_total = compatibility_of(objective).is_total
        if self.has_groups:
            from rmatch.rounds.groups.solved import solved_in_groups

            check_size(self.scores.shape)
            asked = self._open_pairs, places, list(self.locks), participation
            of_round = self.scores, self.seed, asked, precedence
            return solved_in_groups(*of_round, protected=protected, before=before)
        # A total is proved by prices, block by block, and needs no matrix; all else has to see it whole.
        if is_total and not programme.quotas and not self.scores.fits:
            of_step = places, participation, precedence
            large = implicit(self.scores, self.locks, *of_step, protected=protected)
            decides: Decides = "pairs" if protected else "places"
            warm = beginning(self.near, self.scores, decides, before, precedence)
            return solve_stream(large, ties=self._single_ties, names=names, before=warm)
        problem = self.problem(places, participation, protected=protected, precedence=precedence)
        if programme.quotas:
            return self._under_quotas(problem)
        if is_total:
            made = None if before is None else (before.solution.rows, before.solution.cols)
            return solve(problem, ties=self.ties, names=names, before=made)
        from rmatch.solve import solve_fair

        apart = compatibility_of(objective).sides is not None
        sides = side_points(self.scores, protected=protected) if apart else None
        return solve_fair(problem, objective, sides=sides, ties=self.ties, names=names)

    @cached_property
    def has_groups(self) -> bool:
        """Whether somebody may have several partners whose wants count once; refused where that goes with nothing else asked."""
        if not counts_once(self.scores.programme):
            refuse(pair_by_pair(self.scores))
        return has_groups(self.scores)

    def _under_quotas(self, problem: Problem) -> AnySolution:
        from rmatch.solve import solve_quota

        quotas, measured = self.scores.programme.quotas, self.scores.deciding_points
        # Locked pairs count for quotas, so they are handed on although nothing is left to decide about them.
        bounds = limits(self.scores.cohort, quotas, measured=measured, absent=self.absent)
        settled, names = self.locked_positions, self._names
        return solve_quota(problem, bounds, settled=settled, ties=self.ties, names=names)

    @cached_property
    def locked_positions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows and the columns of the locked pairs."""
        rows, columns = np.array(list(self.locks), np.int64).reshape(-1, 2).T
        return rows, columns

    @cached_property
    def _all_places(self) -> Places:
        """Everybody's places and minimums, the locked pairs not yet taken from them."""
        places = Places.of(self.scores)
        return places if self.absent is None else places.without(self.absent)

    @cached_property
    def _open_pairs(self) -> NDArray[np.bool_]:
        """The pairs that are left to decide on beside the locks."""
        allowed = self.scores.open_pairs.copy()
        allowed[self.locked_positions] = False
        return allowed

    @property
    def _names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.scores.mentors, self.scores.mentees
