"""Checking who stands in: rules, places and points, and by prices that nothing is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import is_whole
from rmatch.formulas import BARRED
from rmatch.rounds import Acceptance, FirstAnswers, Outcome, declining, expected, from_units
from rmatch.solve import semi_failures
from rmatch.utils.sides import SIDES
from rmatch.verification.differences import differences
from rmatch.verification.inputs import Inputs
from rmatch.verification.matching import checks, on_ones_own
from rmatch.verification.optimality import doubts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.rounds import Cell, StandIns


def stand_ins(inputs: Inputs, claimed: StandIns, about: Outcome) -> Iterator[str]:
    """Go through what stand-ins say that is not so.

    The probabilities are believed: nothing tells whether they are true.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    claimed : StandIns
        What somebody says about a matching.
    about : Outcome
        The matching on one's own people, checked before.

    Yields
    ------
    str
        What does not hold.
    """
    answers = claimed.first_answers
    acceptance = None if answers is None else answers.acceptance
    if not is_whole(claimed.r, 1) or len(claimed.proofs) != len(SIDES):
        yield "the stand-ins are for no number of declines"
        return
    if acceptance is not None and not _are_probabilities(acceptance, inputs):
        yield "the probabilities are not those of these people, or not from 0 to 1"
        return
    sides = declining(about, claimed.r, acceptance)
    for side, proof in zip(sides, claimed.proofs, strict=True):
        wrong = [
            f"instead of the {side.side}s: {each}" for each in semi_failures(side.shares, proof)
        ]
        yield from wrong
        if wrong:
            return
    best = None if answers is None else _best(inputs, answers, about)
    yield from differences(claimed, from_units(sides, claimed.proofs, best), "the stand-ins")
    if best is not None and acceptance is not None:
        yield from _doubts_of_best(inputs, best, acceptance)


def _are_probabilities(acceptance: Acceptance, inputs: Inputs) -> bool:
    given: list[Any] = [*acceptance.people.values(), *acceptance.pairs.values()]
    everybody = {*inputs.row, *inputs.column}
    whole = bool(acceptance.pairs) or everybody <= acceptance.people.keys()
    return whole and all(isinstance(each, float) and 0 <= each <= 1 for each in given)


def _best(inputs: Inputs, answers: FirstAnswers, about: Outcome) -> Outcome:
    """Return the matching that is said to expect the most, put together as a matching is."""
    total = sum(pair.points for pair in answers.best_pairs)
    return Outcome(inputs.scores, about.seed, answers.best_pairs, total, answers.steps)


def _doubts_of_best(inputs: Inputs, best: Outcome, acceptance: Acceptance) -> Iterator[str]:
    """Check that the other matching is one, and that none expects more."""
    *valid, _ = checks(inputs, best, on_ones_own(inputs, best)).values()
    for check in (*valid, doubts(Expected(inputs.scores, inputs.believed, acceptance), best)):
        yield from (f"the matching that expects the most: {failure}" for failure in check)


@dataclass(frozen=True, eq=False)
class Expected(Inputs):
    """The same people under expected points.

    Attributes
    ----------
    acceptance : Acceptance
        How likely everybody is to accept.
    """

    acceptance: Acceptance

    def matrix(self, *, protected: bool = True, side: str | None = None) -> NDArray[np.int64]:
        """Return the expected points of all pairs."""
        chances = self.acceptance.block(self.facts.mentors, self.facts.mentees)
        return expected(super().matrix(protected=protected, side=side), chances)

    def told(self, first: int, last: int) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
        """Return the expected points of some rows, which tell who may meet."""
        blind, points = (
            np.where(self.open[first:last], self.matrix(protected=each)[first:last], 2 * BARRED)
            for each in (False, True)
        )
        return blind, points

    def points_at(self, cells: Sequence[Cell], *, protected: bool) -> NDArray[np.int64]:
        """Return the expected points of single pairs, by the formulas for single pairs."""
        points = super().points_at(cells, protected=protected)
        chances = [
            self.acceptance.chance(self.facts.mentors[row], self.facts.mentees[column])
            for row, column in cells
        ]
        return expected(points, chances)
