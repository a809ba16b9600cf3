"""Checking that no groups are better: the prices of their mentors, against all groups, without the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import RmatchError, StopError, is_whole
from rmatch.rounds import Left, by_prices, first_aims, group_problem, weighed, whoever_is_placed
from rmatch.solve import failures, group_failures
from rmatch.utils.text import numeral
from rmatch.verification.chain import partners_of
from rmatch.verification.differences import differences
from rmatch.verification.well_formed import LARGEST, is_group_proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.rounds import Cell, Step
    from rmatch.solve import GroupProblem, GroupSolution, Problem
    from rmatch.verification.inputs import Inputs


def group_doubts(inputs: Inputs, step: Step, locked: list[Cell], name: str) -> Iterator[str]:
    """Go through what keeps the proofs of a step from showing that no groups are better.

    What everybody brings for each want is worked out by the formulas over arrays, and the best group of every leader at the
    prices is looked for anew. Where something comes before the points, its own prices are held against all pairs first, and
    the groups against those alone that agree with these.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    step : Step
        What to check, well formed.
    locked : list of (int, int)
        Row and column of each locked pair.
    name : str
        What the step is called.

    Yields
    ------
    str
        What does not hold.
    """
    solution: Any = step.solution
    allowed = inputs.open.copy()
    for cell in locked:
        allowed[cell] = False
    if not allowed[solution.rows, solution.cols].all():
        yield f"{name} has a pair that may not be made"
        return
    asked = allowed, step.places, locked, step.participation
    first, reach = step.precedence, inputs.scores.reach
    aims, left = first_aims(asked, first, reach), None
    wrong = list(_aims(aims, solution, name))
    yield from wrong
    if wrong:
        return
    try:
        parts = weighed(inputs.taken_apart(protected=step.protected), step.places, first, reach)
        cohort, programme = inputs.scores.cohort, inputs.programme
        problem = group_problem(cohort, programme, parts, *asked)
        yield from _groups(problem, solution, name)
        if aims is not None and solution.aims.proved:
            left = Left.of(
                problem, (cohort, programme, parts), asked, (aims, solution.aims.answer.certificate)
            )
    except StopError:
        raise
    except RmatchError as error:
        yield f"{name} cannot be proved: {error}"
        return
    counts = partners_of(step)
    for own, most, fewest in zip(counts, step.places.capacities, step.places.minimums, strict=True):
        if ((own > most) | (own < fewest)).any():
            yield f"{name} gives somebody too many or too few partners"
    yield from _proofs(left or Left.all_of(problem), solution, name)


def ceiling_doubts(inputs: Inputs, steps: Sequence[Step], locked: list[Cell]) -> Iterator[str]:
    """Go through what keeps some steps from showing that no groups have more points, whoever gets a place.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    steps : sequence of Step
        Steps that are right each by itself.
    locked : list of (int, int)
        Row and column of each locked pair.

    Yields
    ------
    str
        What does not hold.
    """
    first, last = steps[0], steps[-1]
    for step in steps:
        ceiling: Any = step.solution.ceiling  # type: ignore[union-attr]
        if ceiling is None:
            continue
        if step is not last or len(steps) == 1 or first.solution.proved:
            yield f"the step that decides {step.decides} bounds groups of other places, which nobody asked for"
            return
        allowed = inputs.open.copy()
        for cell in locked:
            allowed[cell] = False
        parts = inputs.taken_apart(protected=True)
        posed = inputs.scores.cohort, inputs.programme, parts
        problem, pairs = whoever_is_placed(posed, allowed, locked, first)
        for failure in group_failures(problem, ceiling.proof, pairs, ceiling.bound):
            yield f"whoever gets a place: {failure}"


def _aims(aims: Problem | None, solution: Any, name: str) -> Iterator[str]:
    """Check the prices of what comes before the points."""
    first, name = solution.aims, f"{name}, in what comes before its points,"
    if (first is None) != (aims is None):
        yield f"{name} proves what nobody asked for, or nothing"
        return
    if aims is None:
        return
    pairs, answer = (solution.rows, solution.cols), first.answer
    points = aims.points.astype(np.int64)
    total, of_pairs = aims.total(*pairs), (*pairs, points[pairs])
    expected = by_prices(aims, pairs, answer.certificate, answer.bound, proved=answer.proved)
    wrong = list(differences(first, expected, name))
    yield from wrong
    if wrong:
        return
    places = (
        (aims.mentor_capacity, aims.mentee_capacity),
        (aims.mentor_minimum, aims.mentee_minimum),
    )
    if answer.proved and answer.certificate.bound(of_pairs, *places, aims.firsts) != total:
        yield f"{name} has prices that do not say which groups do as much"
        return
    for failure in failures(
        answer.certificate,
        of_pairs,
        *places,
        lambda start, stop: (points[start:stop], aims.allowed[start:stop]),
        most_pairs=answer.proved and aims.participation == "most",
        bound=answer.bound,
        firsts=aims.firsts,
    ):
        yield f"{name} {failure}"


def _groups(problem: GroupProblem, solution: GroupSolution, name: str) -> Iterator[str]:
    """Check the sizes and kinds of the groups, and their points."""
    groups = []
    for column, leader in enumerate(problem.leaders):
        rows = solution.rows[solution.cols == column]
        places = np.searchsorted(leader.mentors, rows)
        known = places < len(leader.mentors)
        if not known.all() or not (leader.mentors[places] == rows).all():
            yield f"{name} has a pair without a place"
            return
        groups.append(tuple(places.tolist()))
        if not leader.admits(groups[-1]):
            yield f"{name} has a group of a size, or with departments, that the programme does not allow"
    total = problem.worth(groups)
    if total != solution.total:
        yield f"{name} is said to have {numeral(solution.total)} points, and has {numeral(total)}"


def _proofs(left: Left, solution: GroupSolution, name: str) -> Iterator[str]:
    problem, settled = left.problem, len(left.settled[0])
    pairs = len(solution.rows) if problem.participation == "most" else None
    most: Any = solution.most_pairs
    if not is_whole(solution.bound, solution.total, LARGEST):
        yield f"{name} has no bound from its {numeral(solution.total)} points on"
        return
    if (most is None) != (pairs is None) or (pairs is not None and not is_whole(most, pairs)):
        yield f"{name} does not say how many pairs there can be"
        return
    number = None if pairs is None else pairs - settled
    proofs = [(problem, solution.points_proof, number, solution.bound - left.worth)]
    if pairs is not None:
        by_pairs: Any = solution.pairs_proof
        proofs.append((problem.counting, by_pairs, None, most - settled))
    elif solution.pairs_proof is not None:
        yield f"{name} proves a number of pairs that nobody asked for"
    for asked, proof, so_many, bound in proofs:
        if not is_group_proof(proof, problem.shape):
            yield f"{name} has prices that prove nothing: not one whole number for each mentor, or beyond 64 bits"
            return
        for failure in group_failures(asked, proof, so_many, bound):
            yield f"{name}: {failure}"
