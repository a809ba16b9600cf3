"""Checking that nothing is better: the certificates of a matching's steps, against all pairs, without the solver."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.formulas import broken_rules
from rmatch.objectives import compatibility_of
from rmatch.scoring import limits, side_points
from rmatch.solve import failures, fair_failures, quota_failures
from rmatch.verification.own import differing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from rmatch.formulas import Facts, Lines
    from rmatch.rounds import Outcome, Step
    from rmatch.solve import Ask

    Sides = tuple[NDArray[np.int64], NDArray[np.int64]]

SAMPLE = 14
"""So many mentors with so many mentees are compared with the scalar formulas, whether they meet or not."""


def doubts(lines: Lines, matching: Outcome) -> Iterator[str]:
    """Go through everything that keeps the certificates from proving a matching.

    The first step must be the problem that the people, the programme and the requests pose, beside the locks; a second
    one must give the same people as many partners as the first. In every step no pair may exceed its prices, in blocks of
    all pairs, and the prices must add up to the bound. The blocks themselves are compared with the scalar formulas on a
    sample of pairs.

    Parameters
    ----------
    lines : Lines
        The scalar formulas for the people, the programme and the requests.
    matching : Outcome
        What to check.

    Yields
    ------
    str
        What does not hold.
    """
    if not matching.steps:
        yield "there is no certificate"
        return
    yield from _chain(lines.facts, matching)
    yield from _sample(lines, matching)
    with _workers(matching) as executor:
        for step in matching.steps:
            yield from _step(matching, step, executor)


def _chain(facts: Facts, matching: Outcome) -> Iterator[str]:
    """Check that the steps are the questions that lead to this matching."""
    yield from _first_question(facts, matching)
    yield from _same_places(matching)
    last = matching.steps[-1]
    if not last.protected:
        yield "the points that decided who meets whom are not all points"
    row, column = matching.scores.cohort.row, matching.scores.cohort.column
    made = {(row[pair.mentor], column[pair.mentee]) for pair in matching.pairs if not pair.locked}
    if set(last.cells) != made:
        yield "the pairs that were proved are not those of the matching"


def _first_question(facts: Facts, matching: Outcome) -> Iterator[str]:
    first, programme = matching.steps[0], matching.programme
    most_kept = _same(first.places.capacities, _left(facts, matching, "most"))
    fewest_kept = _same(first.places.minimums, _left(facts, matching, "fewest"))
    if not (most_kept and fewest_kept):
        yield "the first problem that was solved has other capacities or minimums than the people and the programme"
    if {step.objective for step in matching.steps} != {programme.objective}:
        yield "the problem that was solved has another objective than the programme"
    if first.participation != programme.participation:
        yield f"the problem that was solved is for participation {first.participation!r}"


def _same_places(matching: Outcome) -> Iterator[str]:
    """Check that those meet who got a place without protected attributes, or that there was no such question."""
    first, *more = matching.steps
    if not more:
        everybody = max(int(side.sum()) for side in first.places.capacities)
        if _guarded(matching) and len(first.solution.rows) < everybody:
            yield "who gets a place was not decided without protected attributes"
        return
    last, given = more[-1], _counts(matching, first)
    asked_again = len(more) == 1 and last.participation == "most"
    if first.protected or not asked_again or not _same(last.places.capacities, given):
        yield "the second problem that was solved is not about the same places"
    if not _same(_counts(matching, last), given):
        yield "somebody has other places than those decided without protected attributes"


def _guarded(matching: Outcome) -> bool:
    """Return whether protected attributes count for the pairs but not for the places."""
    weighed = any(factor.protected for factor in matching.scores.factors)
    return weighed and matching.programme.places == "without_protected"


def _left(facts: Facts, matching: Outcome, what: str) -> Sides:
    """Return what the locks leave of everyone's places or minimums, by the scalar formulas."""
    sides = []
    for side in ("mentor", "mentee"):
        count = facts.capacity if what == "most" else facts.minimum
        left = {person: count(person, side) for person in getattr(facts, f"{side}s")}
        for pair in matching.pairs:
            left[getattr(pair, side)] -= pair.locked
        amounts = [max(left[person], 0) for person in getattr(matching.scores, f"{side}s")]
        sides.append(np.array(amounts, np.int64))
    return sides[0], sides[1]


def _same(one: Sides, other: Sides) -> bool:
    return all(np.array_equal(mine, yours) for mine, yours in zip(one, other, strict=True))


def _counts(matching: Outcome, step: Step) -> Sides:
    """Return how many partners a step gives to each mentor and to each mentee."""
    mentors, mentees = matching.scores.shape
    given = np.bincount(step.solution.rows, minlength=mentors)
    taken = np.bincount(step.solution.cols, minlength=mentees)
    return given, taken


def _sample(lines: Lines, matching: Outcome) -> Iterator[str]:
    """Compare some cells of the blocks with the rules and the formulas for single pairs."""
    scores = matching.scores
    dice = np.random.default_rng(len(matching.pairs))
    rows, columns = (_some(size, dice) for size in scores.shape)
    points = scores.block(rows, columns)
    verdicts = dict(scores.verdicts(rows, columns))
    mentors, mentees = scores.mentors, scores.mentees
    for i, j in np.ndindex(*points.shape):
        mentor, mentee = mentors[rows[i]], mentees[columns[j]]
        broken = {each.rule for each in broken_rules(lines.facts, mentor, mentee)}
        allowing = {rule for rule, allowed in verdicts.items() if allowed[i, j]}
        # Each rule has to be in exactly one of the two; named in the order of the programme.
        wrong = [rule for rule in verdicts if (rule in allowing) == (rule in broken)]
        pair = f"{mentor!r} with {mentee!r}"
        if wrong:
            yield f"{pair}: the rules say otherwise than the blocks ({', '.join(wrong)})"
        if int(points[i, j]) != lines.points(mentor, mentee):
            why = differing(lines.facts, matching, mentor, mentee)
            yield f"{pair}: the formulas give other points than the blocks{why}"


def _some(size: int, dice: np.random.Generator) -> NDArray[np.int64]:
    return np.sort(dice.choice(size, min(SAMPLE, size), replace=False))


def _step(matching: Outcome, step: Step, executor: Executor | None) -> Iterator[str]:
    if matching.programme.quotas:
        yield from _quota_step(matching, step)
        return
    if not compatibility_of(step.objective).is_total:
        yield from _fair_step(matching, step)
        return
    solution = step.solution
    try:
        proof = step.certificate
    except RmatchError as error:
        yield f"the step that decides {step.decides} cannot be proved: {error}"
        return
    if proof is None:
        yield f"the step that decides {step.decides} has no certificate"
        return
    rows, columns = solution.rows, solution.cols
    ask, points = _points(matching, rows, columns, protected=step.protected)
    total = int(points.sum())
    if total != solution.total:
        yield _miscounted(step, total)
    yield from failures(
        proof,
        (rows, columns, points),
        step.places.capacities,
        step.places.minimums,
        ask,
        most_pairs=step.participation == "most",
        bound=int(solution.bound),
        executor=executor,
    )


def _quota_step(matching: Outcome, step: Step) -> Iterator[str]:
    """Check the quotas, and that nobody has more or fewer partners than the step allows; they have no prices."""
    scores, places = matching.scores, step.places
    decided, solution = f"the step that decides {step.decides}", step.solution
    points = scores.points if step.protected else scores.blind_points
    quotas, measured = matching.programme.quotas, scores.deciding_points
    asked = limits(scores.cohort, quotas, measured=measured)
    # Locked pairs count for the quotas, though they were no part of what was decided.
    made = [*step.cells, *matching.locked_cells]
    rows, columns = np.array(made, np.int64).reshape(-1, 2).T
    yield from quota_failures(points, (rows, columns), asked)
    total = int(points[solution.rows, solution.cols].sum())
    if total != solution.total:
        yield f"{decided} is not worth {solution.total:,} points"
    counts = _counts(matching, step)
    for own, most, fewest in zip(counts, places.capacities, places.minimums, strict=True):
        too_many, too_few = own > most, own < fewest
        if (too_many | too_few).any():
            yield f"{decided} gives somebody too many or too few partners"


def _fair_step(matching: Outcome, step: Step) -> Iterator[str]:
    scores, solution = matching.scores, step.solution
    problem = step.problem(scores, matching.locked_cells)
    apart = compatibility_of(step.objective).sides is not None
    sides = side_points(scores, protected=step.protected) if apart else None
    total = int(problem.points[solution.rows, solution.cols].sum())
    if total != solution.total:
        yield _miscounted(step, total)
    yield from fair_failures(problem, solution, step.objective, sides)  # type: ignore[arg-type]


def _miscounted(step: Step, total: int) -> str:
    said = f"is said to have {step.solution.total:,} points, and has {total:,}"
    return f"the step that decides {step.decides} {said}"


def _points(
    matching: Outcome, rows: NDArray[np.int64], columns: NDArray[np.int64], *, protected: bool
) -> tuple[Ask, NDArray[np.int64]]:
    """Return all points that count for a step, by blocks of rows, and those of some pairs."""
    scores = matching.scores
    locked = np.array(matching.locked_cells, np.int64).reshape(-1, 2)
    if not scores.fits:
        # What may not be made is far below 0 there, so no mask is needed.
        source = scores.source(locked, protected=protected)
        return (lambda first, last: (source.rows(first, last), None)), source.at(rows, columns)
    points = scores.points if protected else scores.blind_points
    allowed = scores.open_pairs.copy()
    allowed[locked[:, 0], locked[:, 1]] = False

    def block(first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        return points[first:last], allowed[first:last]

    return block, points[rows, columns]


def _workers(matching: Outcome) -> AbstractContextManager[Executor | None]:
    if matching.scores.fits:
        return nullcontext()
    from rmatch.utils.threads import pool

    return pool()
