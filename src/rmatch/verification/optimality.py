"""Checking that nothing is better: the certificates of a matching's steps, against all pairs, without the solver."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import RmatchError, StopError, is_whole
from rmatch.objectives import compatibility_of
from rmatch.rounds import has_groups, posed
from rmatch.scoring import limits
from rmatch.solve import Claim, certificate_of, quota_failures, worth_of_firsts
from rmatch.utils.loops import heard
from rmatch.utils.text import numeral
from rmatch.verification.chain import locked_cells, other_questions, partners_of
from rmatch.verification.differences import differences
from rmatch.verification.sample import sample
from rmatch.verification.walk import Priced, walk
from rmatch.verification.well_formed import LARGEST, is_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.rounds import Cell, Outcome, Step
    from rmatch.solve import Certificate, Problem
    from rmatch.verification.inputs import Inputs, Sides


def doubts(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Go through everything that keeps the certificates from proving a matching.

    The first step must be the problem that the people, the programme and the requests pose, beside the locks; a second
    one must give the same people as many partners as the first. In every step no pair may exceed its prices, and the
    prices must add up to the bound. All pairs are worked out by the formulas over arrays, and some of them by those for
    single pairs as well.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    matching : Outcome
        What to check, well formed.

    Yields
    ------
    str
        What does not hold.
    """
    yield from other_questions(inputs, matching)
    yield from sample(inputs)
    yield from _protected_most(inputs, matching)
    yield from _proved(inputs, matching.steps, locked_cells(inputs, matching))


def step_doubts(inputs: Inputs, step: Step, locked: list[Cell]) -> Iterator[str]:
    """Go through everything that keeps the certificate of one step, well formed, from proving it."""
    yield from _proved(inputs, [step], locked)


def _proved(inputs: Inputs, steps: Sequence[Step], locked: list[Cell]) -> Iterator[str]:
    """Check each step, all prices in one walk over the pairs."""
    every = [_Step(inputs, step, locked) for step in steps]
    yield from chain.from_iterable(step.doubts() for step in every)
    yield from walk(inputs, [step.priced for step in every if step.priced], locked)
    if has_groups(inputs.scores):
        from rmatch.verification.groups import ceiling_doubts

        yield from ceiling_doubts(inputs, steps, locked)


def _protected_most(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Check what protected attributes add to a pair at most, which the bound of a stopped run counts on."""
    if len(matching.steps) == 1 or all(step.solution.proved for step in matching.steps):
        return
    pairs, most = inputs.pairs, inputs.scores.protected_most
    for rows in heard(pairs.blocks(), "points"):
        added = pairs.points(*rows) - pairs.points(*rows, protected=False)
        if added.max(initial=0) > most:
            yield f"protected attributes add more than {numeral(most)} points to a pair"


class _Step:
    """One step of a matching, held against its problem."""

    def __init__(self, inputs: Inputs, step: Step, locked: list[Cell]) -> None:
        self.inputs, self.step, self.locked = inputs, step, locked
        self.name = f"the step that decides {step.decides}"
        self.priced: Priced | None = None

    def doubts(self) -> Iterator[str]:
        """Go through what does not hold whatever the prices are, and keep what prices have to prove."""
        step, solution = self.step, self.step.solution
        if has_groups(self.inputs.scores):
            from rmatch.verification.groups import group_doubts

            yield from group_doubts(self.inputs, step, self.locked, self.name)
            return
        points = self.inputs.points_at(step.cells, protected=step.protected)
        firsts = None
        if (first := step.precedence) is not None:
            points, firsts = first.single(points, solution.rows, solution.cols), first.firsts
        total = int(points.sum()) + worth_of_firsts(firsts, (solution.rows, solution.cols))
        if total != solution.total:
            said = f"is said to have {numeral(solution.total)} points, and has {numeral(total)}"
            yield f"{self.name} {said}"
            return
        if self.inputs.programme.quotas:
            yield from self._under_quotas()
        elif compatibility_of(step.objective).is_total:
            yield from self._by_prices(points)
        else:
            from rmatch.solve import fair_failures

            yield from fair_failures(self._problem, solution, step.objective, self._sides)  # type: ignore[arg-type]

    def _by_prices(self, points: NDArray[np.int64]) -> Iterator[str]:
        step, shape = self.step, self.inputs.pairs.shape
        solution: Any = step.solution
        bound, proved = solution.bound, solution.proved
        if not is_whole(bound, solution.total, LARGEST) or not isinstance(proved, bool):
            yield f"{self.name} has no bound from its {numeral(solution.total)} points on"
            return
        if proved and bound != solution.total:
            yield f"{self.name} is said to be the best, and its bound is {numeral(bound)}"
            return
        if solution.problem is not None:
            yield from differences(solution.problem, self._problem, f"{self.name}: its problem")
        if vars(solution).get("_in_units") is not None:
            yield f"{self.name} is said to be in parts of points, and these are whole"
        if solution.answer is not None:
            yield from self._answer(solution, points)
        try:
            proof = self._certificate()
        except StopError:
            raise
        except RmatchError as error:
            yield f"{self.name} cannot be proved: {error}"
            return
        if proof is None:
            yield f"{self.name} has no certificate"
            return
        if not is_certificate(proof, shape):
            yield f"{self.name} has prices that prove nothing: not one whole number for each person, or beyond 64 bits"
            return
        claim = Claim(
            proof,
            (solution.rows, solution.cols, points),
            step.places.capacities,
            step.places.minimums,
            most_pairs=proved and step.participation == "most",
            bound=bound,
            firsts=None if step.precedence is None else step.precedence.firsts,
        )
        self.priced = Priced(claim, step.protected, step.precedence)

    def _answer(self, solution: Any, points: NDArray[np.int64]) -> Iterator[str]:
        """Check that what column generation answered is what the step says, and what it has kept in store."""
        answer, name = solution.answer, f"{self.name}: its answer"
        yield from differences(answer.pairs, (solution.rows, solution.cols, points), name)
        yield from differences(solution.bound, answer.bound, f"{name}: its bound")
        yield from differences(solution.certificate, answer.certificate, f"{name}: its prices")
        nobody = np.zeros(0, np.int64)
        yield from differences(answer.missed, (nobody, nobody), f"{name}: its missed minimums")
        yield from differences(
            answer.firsts, solution.total - int(points.sum()), f"{name}: its first partners"
        )

    def _certificate(self) -> Certificate | None:
        """Return the prices that the step comes with, or has to come with: worked out from its pairs and its problem."""
        solution: Any = self.step.solution
        if solution.answer is not None:
            return solution.answer.certificate  # type: ignore[no-any-return]
        if solution.problem is None:
            return None
        kept: Certificate | None = vars(solution).get("certificate")
        if kept is not None:
            return kept
        return certificate_of(self._problem, solution.rows, solution.cols)

    def _under_quotas(self) -> Iterator[str]:
        """Check the quotas, and that nobody has more or fewer partners than the step allows; they have no prices."""
        inputs, step = self.inputs, self.step
        solution: Any = step.solution
        if not self._problem.allowed[solution.rows, solution.cols].all():
            yield f"{self.name} has a pair that may not be made"
        least = zip(
            (solution.bound, solution.most_pairs), (solution.total, len(step.cells)), strict=True
        )
        if not all(is_whole(bound, reached) for bound, reached in least):
            yield f"{self.name} has more points or pairs than it says are possible"
        deciding = inputs.matrix(protected=inputs.programme.places == "with_protected")
        asked = limits(inputs.scores.cohort, inputs.programme.quotas, measured=deciding)
        # Locked pairs count for the quotas, though they were no part of what was decided.
        made = [*step.cells, *self.locked]
        rows, columns = np.array(made, np.int64).reshape(-1, 2).T
        yield from quota_failures(inputs.matrix(protected=step.protected), (rows, columns), asked)
        counts = partners_of(step)
        places = step.places
        for own, most, fewest in zip(counts, places.capacities, places.minimums, strict=True):
            too_many, too_few = own > most, own < fewest
            if (too_many | too_few).any():
                yield f"{self.name} gives somebody too many or too few partners"

    @property
    def _problem(self) -> Problem:
        """What the step asks, made anew."""
        allowed = self.inputs.open.copy()
        for cell in self.locked:
            allowed[cell] = False
        step = self.step
        points = self.inputs.matrix(protected=step.protected)
        return posed(points, allowed, step.places, step.participation, step.precedence)

    @property
    def _sides(self) -> Sides | None:
        """What each side gains, where the two are compared apart."""
        if compatibility_of(self.step.objective).sides is None:
            return None
        mentors, mentees = (
            self.inputs.matrix(protected=self.step.protected, side=side)
            for side in ("mentor", "mentee")
        )
        return mentors, mentees
