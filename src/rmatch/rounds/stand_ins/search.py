"""Finding who stands in: as many pairs as possible have somebody, as different people as possible, then the most points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, faults_in
from rmatch.programme import group_terms
from rmatch.rounds.capacity import Places
from rmatch.rounds.stand_ins.acceptance import read_acceptance
from rmatch.rounds.stand_ins.first_answers import (
    Expecting,
    FirstAnswers,
    chances_of,
    expectable,
    expected,
    expected_total,
    poisson_binomial,
)
from rmatch.rounds.stand_ins.stand_in import StandIn, StandIns
from rmatch.solve import LoadProblem, TieHash, balance_loads
from rmatch.utils.memory import require
from rmatch.utils.sides import SIDES, Side
from rmatch.utils.validation import refuse, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from numpy.typing import NDArray

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.pair import Pair
    from rmatch.rounds.stand_ins.acceptance import Acceptance
    from rmatch.rounds.step import Step
    from rmatch.solve import SemiMatching

    class Best(Protocol):
        """Whatever has pairs and the steps that led to them."""

        @property
        def pairs(self) -> tuple[Pair, ...]:
            """Who meets whom."""

        @property
        def steps(self) -> tuple[Step, ...]:
            """What was solved."""

    Whole = NDArray[np.int64]


def find_stand_ins(matching: Outcome, r: int, accept: Any) -> StandIns:
    """Return who stands in for whom; see :meth:`rmatch.Matching.stand_ins`."""
    faults = whole("stand_ins", "r", r, 1)
    if matching.programme.quotas:
        problem = "whoever stands in may break the quotas"
        faults.append(Fault("stand_ins", "quotas", problem, "ask a matching without quotas"))
    for name in group_terms(matching.programme):
        problem = "whoever stands in may not fit the group"
        faults.append(Fault("stand_ins", name, problem, "ask a matching without it"))
    beside = [] if accept is None else list(expectable(matching))
    given: list[Acceptance] = []
    if accept is not None and not beside:
        faults += faults_in(lambda: given.append(read_acceptance(accept, matching.scores)))
    refuse([*faults, *beside])
    acceptance = next(iter(given), None)
    sides = declining(matching, int(r), acceptance)
    mentors, mentees = (balance_loads(side.shares, side.ties) for side in sides)
    best = None
    if acceptance is not None:
        best = Expecting(matching.scores, matching.seed, acceptance=acceptance).solve()
    return from_units(sides, (mentors, mentees), best)


def declining(matching: Outcome, r: int, acceptance: Acceptance | None) -> list[Declining]:
    """Return what is to be decided for both sides, in the order of :data:`SIDES`."""
    return [Declining(matching, side, r, acceptance) for side in SIDES]


def from_units(
    sides: Sequence[Declining], proofs: tuple[SemiMatching, SemiMatching], best: Best | None
) -> StandIns:
    """Return what the units of both sides come to, in ids and points.

    Parameters
    ----------
    sides : sequence of Declining
        What was to be decided.
    proofs : tuple of two SemiMatching
        What was decided for each.
    best : Best or None
        The pairs and steps of the matching that expects the most points, where probabilities were given.
    """
    mentors, mentees = (side.told(proof.units) for side, proof in zip(sides, proofs, strict=True))
    matching, r, acceptance = sides[0].matching, sides[0].r, sides[0].acceptance
    answers = None
    if acceptance is not None and best is not None:
        answers = FirstAnswers(
            acceptance,
            expected_total(matching.pairs, acceptance),
            poisson_binomial(chances_of(matching.pairs, acceptance)),
            asking_order(matching.pairs, [*mentors, *mentees]),
            best.pairs,
            best.steps,
            unit=matching.unit,
        )
    return StandIns(r, mentors, mentees, answers, proofs)


def asking_order(
    pairs: Sequence[Pair], stand_ins: Sequence[StandIn]
) -> tuple[tuple[str, str], ...]:
    """Return the pairs, those whose stand-in is worth most first.

    Whoever of those who share a stand-in declines first gets them: in this order it is the one where they are worth most.
    """
    worth = dict.fromkeys(((pair.mentor, pair.mentee) for pair in pairs), -1.0)
    for each in stand_ins:
        if each.points is not None and each.chance is not None:
            pair = each.mentor, each.mentee
            worth[pair] = max(worth[pair], each.points * each.chance)
    return tuple(sorted(worth, key=lambda pair: -worth[pair]))


@dataclass(frozen=True, eq=False)
class Declining:
    """One side of a matching, any of whom may decline, and who could take their places.

    A row stands for somebody of the other side with a pair, who needs a stand-in for each of their pairs; a column for
    somebody of this side with a place left. Protected attributes do not count.

    Attributes
    ----------
    matching : Outcome
        The matching.
    side : {"mentor", "mentee"}
        The side of those who decline.
    r : int
        So many pairs may decline at once.
    acceptance : Acceptance or None
        How likely everybody is to accept; with it points are expected points.
    """

    matching: Outcome
    side: Side
    r: int
    acceptance: Acceptance | None

    @cached_property
    def made(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The position of each pair's two: who may decline, and who stays."""
        cohort = self.matching.scores.cohort
        cells = [(cohort.row[p.mentor], cohort.column[p.mentee]) for p in self.matching.pairs]
        mentors, mentees = np.array(cells, np.intp).reshape(-1, 2).T
        return (mentors, mentees) if self.side == "mentor" else (mentees, mentors)

    @cached_property
    def staying(self) -> NDArray[np.intp]:
        """The positions of those who stay: the rows."""
        return np.unique(self.made[1])

    @cached_property
    def room(self) -> Whole:
        """The places that each of the side has left."""
        places = Places.of(self.matching.scores)
        own = places.mentor_capacity if self.side == "mentor" else places.mentee_capacity
        return own - np.bincount(self.made[0], minlength=len(own))

    @cached_property
    def free(self) -> NDArray[np.intp]:
        """The positions of those who have places left: the columns."""
        return np.flatnonzero(self.room > 0)

    @cached_property
    def shares(self) -> LoadProblem:
        """The problem: who needs how many stand-ins, and for how many pairs each may be one."""
        require(60 * len(self.staying) * len(self.free), "the stand-ins of so many pairs", "")
        needed = np.bincount(self.made[1])[self.staying]
        # Twice for the same one is in order only where no two of their pairs decline at once.
        most = needed if self.r == 1 else np.minimum(needed, 1)
        capacity = np.where(self._may, most[:, None], 0)
        # Whoever has as many places as pairs may decline at once stands in for any number of pairs.
        room = self.room[self.free]
        room = np.minimum(np.where(room < self.r, room, needed.sum()), capacity.sum(0))
        points = self._points if self.acceptance is None else expected(self._points, self._chances)
        return LoadProblem(points, capacity, needed, room)

    @cached_property
    def _points(self) -> Whole:
        block: Whole = self._block(partial(self.matching.scores.block, protected=False))
        return block

    @cached_property
    def ties(self) -> Whole:
        """What decides between equals."""
        scores = self.matching.scores
        ties = TieHash(self.matching.seed, scores.mentors, scores.mentees)
        drawn: Whole = self._block(lambda rows, columns: ties(rows[:, None], columns))
        return drawn

    def told(self, units: Whole) -> tuple[StandIn, ...]:
        """Return who stands in for each pair, where each one's stand-ins are known."""
        left = units.copy()
        # Of somebody's stand-ins the one of most points is for the pair that is least likely to last.
        order = np.argsort(-self.shares.points, axis=1, kind="stable").tolist()
        rows = np.searchsorted(self.staying, self.made[1]).tolist()
        found: dict[int, StandIn] = {}
        for number in self._doubtful_first():
            row = rows[number]
            column = next((each for each in order[row] if left[row, each]), None)
            if column is not None:
                left[row, column] -= 1
            found[number] = self._stand_in(number, row, column)
        return tuple(found[number] for number in range(len(found)))

    def _doubtful_first(self) -> list[int]:
        pairs, acceptance = self.matching.pairs, self.acceptance
        chances = [1.0] * len(pairs) if acceptance is None else chances_of(pairs, acceptance)
        return sorted(range(len(pairs)), key=chances.__getitem__)

    def _stand_in(self, number: int, row: int, column: int | None) -> StandIn:
        pair, scores = self.matching.pairs[number], self.matching.scores
        made = partial(StandIn, pair.mentor, pair.mentee, self.side, unit=self.matching.unit)
        if column is None:
            return made()
        ids = scores.mentors if self.side == "mentor" else scores.mentees
        person, points = ids[self.free[column]], int(self._points[row, column])
        chance = None if self.acceptance is None else float(self._chances[row, column])
        return made(person, points, chance)

    @cached_property
    def _may(self) -> NDArray[np.bool_]:
        """Who may stand in for whose partner: a pair that may be made, is not made, and is not sure to be declined."""
        may: NDArray[np.bool_] = self._block(self.matching.scores.open_block).copy()
        gone, stay = self.made
        free = np.isin(gone, self.free)
        may[np.searchsorted(self.staying, stay[free]), np.searchsorted(self.free, gone[free])] = (
            False
        )
        return may if self.acceptance is None else may & (self._chances > 0)

    @cached_property
    def _chances(self) -> NDArray[np.float64]:
        scores, acceptance = self.matching.scores, self.acceptance
        assert acceptance is not None

        def chances(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float64]:
            mentors = [scores.mentors[row] for row in rows.tolist()]
            return acceptance.block(mentors, [scores.mentees[each] for each in columns.tolist()])

        block: NDArray[np.float64] = self._block(chances)
        return block

    def _block(self, ask: Callable[[Any, Any], Any]) -> Any:
        """Return the answers for all who stay with all who are free, those who stay in rows."""
        if self.side == "mentor":
            return np.asarray(ask(self.free, self.staying)).T
        return np.asarray(ask(self.staying, self.free))
