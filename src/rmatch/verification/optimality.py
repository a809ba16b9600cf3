"""Checking that nothing is better: the certificates of a matching's steps, against all pairs, without the solver."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import RmatchError
from rmatch.formulas import broken_rules
from rmatch.objectives import Total, over_people
from rmatch.scoring import limits, side_points
from rmatch.solve import failures, fair_failures, quota_failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from rmatch.formulas import Facts, Lines
    from rmatch.matching.matching import Matching
    from rmatch.rounds.step import Places, Step
    from rmatch.solve import Ask

SAMPLE = 14
"""So many mentors with so many mentees are compared with the scalar formulas, whether they meet or not."""


def doubts(lines: Lines, matching: Matching) -> Iterator[str]:
    """Go through everything that keeps the certificates from proving a matching.

    The first step must be the problem that the people, the programme and the requests pose, beside the locks; a second
    one must give the same people as many partners as the first. In every step no pair may exceed its prices, in blocks of
    all pairs, and the prices must add up to the bound. The blocks themselves are compared with the scalar formulas on a
    sample of pairs.

    Parameters
    ----------
    lines : Lines
        The scalar formulas for the people, the programme and the requests.
    matching : Matching
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


def _chain(facts: Facts, matching: Matching) -> Iterator[str]:
    first, *more = matching.steps
    programme, last = matching.programme, matching.steps[-1]
    if not _same(first.capacities, _left(facts, matching, "most")) or not _same(
        first.minimums, _left(facts, matching, "fewest")
    ):
        yield "the first problem that was solved has other capacities or minimums than the people and the programme"
    if {step.objective for step in matching.steps} != {programme.objective}:
        yield "the problem that was solved has another objective than the programme"
    if first.participation != programme.participation:
        yield f"the problem that was solved is for participation {first.participation!r}"
    if not last.protected:
        yield "the points that decided who meets whom are not all points"
    if more:
        counts = _counts(matching, first.solution.rows, first.solution.cols)
        if (
            first.protected
            or len(more) > 1
            or last.participation != "most"
            or not _same(last.capacities, counts)
        ):
            yield "the second problem that was solved is not about the same places"
        if not _same(_counts(matching, last.solution.rows, last.solution.cols), counts):
            yield "somebody has other places than those decided without protected attributes"
    elif _guarded(matching) and len(last.solution.rows) < max(
        int(side.sum()) for side in first.capacities
    ):
        yield "who gets a place was not decided without protected attributes"
    chosen = set(zip(last.solution.rows.tolist(), last.solution.cols.tolist(), strict=True))
    row, column = matching.scores.cohort.row, matching.scores.cohort.column
    made = {(row[pair.mentor], column[pair.mentee]) for pair in matching.pairs if not pair.locked}
    if chosen != made:
        yield "the pairs that were proved are not those of the matching"


def _guarded(matching: Matching) -> bool:
    """Return whether protected attributes count for the pairs but not for the places."""
    weighed = any(factor.protected for factor in matching.scores.factors)
    return weighed and matching.programme.places == "without_protected"


def _left(facts: Facts, matching: Matching, what: str) -> Places:
    """Return what the locks leave of everyone's places or minimums, by the scalar formulas."""
    sides = []
    for side, ids in (("mentor", facts.mentors), ("mentee", facts.mentees)):
        order = getattr(matching.scores, f"{side}s")
        least = getattr(facts.programme, f"{side}_minimum")
        own = {person: facts.capacity(person, side) if what == "most" else least for person in ids}
        for pair in matching.pairs:
            own[getattr(pair, side)] -= pair.locked
        sides.append(np.array([max(own[person], 0) for person in order], np.int64))
    return sides[0], sides[1]


def _same(one: Places, other: Places) -> bool:
    return all(np.array_equal(mine, yours) for mine, yours in zip(one, other, strict=True))


def _counts(matching: Matching, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Places:
    mentors, mentees = matching.scores.shape
    return np.bincount(rows, minlength=mentors), np.bincount(columns, minlength=mentees)


def _sample(lines: Lines, matching: Matching) -> Iterator[str]:
    """Compare some cells of the blocks with the rules and the formulas for single pairs."""
    scores = matching.scores
    dice = np.random.default_rng(len(matching.pairs))
    rows, columns = (
        np.sort(dice.choice(size, min(SAMPLE, size), replace=False)) for size in scores.shape
    )
    points, allowed = scores.block(rows, columns), scores.allowed_block(rows, columns)
    for i, j in np.ndindex(*points.shape):
        mentor, mentee = scores.mentors[rows[i]], scores.mentees[columns[j]]
        if bool(allowed[i, j]) == bool(broken_rules(lines.facts, mentor, mentee)):
            yield f"{mentor!r} with {mentee!r}: the rules say otherwise than the blocks"
        if int(points[i, j]) != lines.points(mentor, mentee):
            yield f"{mentor!r} with {mentee!r}: the formulas give other points than the blocks"


def _step(matching: Matching, step: Step, executor: Executor | None) -> Iterator[str]:
    if matching.programme.quotas:
        yield from _quota_step(matching, step)
        return
    if not isinstance(step.objective, Total):
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
    if int(points.sum()) != solution.total:
        yield f"the step that decides {step.decides} is said to have {solution.total:,} points, and has {points.sum():,}"
    yield from failures(
        proof,
        (rows, columns, points),
        step.capacities,
        step.minimums,
        ask,
        most_pairs=step.participation == "most",
        bound=int(solution.bound),
        executor=executor,
    )


def _quota_step(matching: Matching, step: Step) -> Iterator[str]:
    """Check the quotas, and that nobody has more or fewer partners than the step allows; they have no prices."""
    scores, solution = matching.scores, step.solution
    settled = np.array(matching.settled, np.int64).reshape(-1, 2)
    rows, columns = (
        np.concatenate([solution.rows, settled[:, 0]]),
        np.concatenate([solution.cols, settled[:, 1]]),
    )
    points = scores.points if step.protected else scores.blind_points
    found = limits(scores.cohort, matching.programme.quotas, measured=scores.deciding_points)
    yield from quota_failures(points, (rows, columns), found)
    if int(points[solution.rows, solution.cols].sum()) != solution.total:
        yield f"the step that decides {step.decides} is not worth {solution.total:,} points"
    counts = _counts(matching, solution.rows, solution.cols)
    for own, most, fewest in zip(counts, step.capacities, step.minimums, strict=True):
        if (own > most).any() or (own < fewest).any():
            yield f"the step that decides {step.decides} gives somebody too many or too few partners"


def _fair_step(matching: Matching, step: Step) -> Iterator[str]:
    scores, solution = matching.scores, step.solution
    problem = step.problem(scores, matching.settled)
    sides = side_points(scores, protected=step.protected) if over_people(step.objective) else None
    total = int(problem.points[solution.rows, solution.cols].sum())
    if total != solution.total:
        yield f"the step that decides {step.decides} is said to have {solution.total:,} points, and has {total:,}"
    yield from fair_failures(problem, solution, step.objective, sides)  # type: ignore[arg-type]


def _points(
    matching: Matching, rows: NDArray[np.int64], columns: NDArray[np.int64], *, protected: bool
) -> tuple[Ask, NDArray[np.int64]]:
    """Return all points that count for a step, by blocks of rows, and those of some pairs."""
    scores = matching.scores
    settled = np.array(matching.settled, np.int64).reshape(-1, 2)
    if not scores.fits:
        source = scores.source(settled, protected=protected)
        return (lambda first, last: (source.rows(first, last), None)), source.at(rows, columns)
    points = scores.points if protected else scores.blind_points
    allowed = scores.open_pairs.copy()
    allowed[settled[:, 0], settled[:, 1]] = False
    return (lambda first, last: (points[first:last], allowed[first:last])), points[rows, columns]


def _workers(matching: Matching) -> AbstractContextManager[Executor | None]:
    if matching.scores.fits:
        return nullcontext()
    from rmatch.utils.threads import pool

    return pool()
