"""Checking that no groups are better: the prices of their mentors, against all groups, without the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import RmatchError, StopError, is_whole
from rmatch.rounds import group_problem
from rmatch.solve import group_failures
from rmatch.verification.chain import partners_of
from rmatch.verification.well_formed import LARGEST, is_group_proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Cell, Step
    from rmatch.solve import GroupProblem, GroupSolution
    from rmatch.verification.inputs import Inputs


def group_doubts(inputs: Inputs, step: Step, locked: list[Cell], name: str) -> Iterator[str]:
    """Go through what keeps the proofs of a step from showing that no groups are better.

    What everybody brings for each want is worked out by the formulas over arrays, and the best group of every leader at the
    prices is looked for anew.

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
    if step.precedence is not None:
        yield f"{name} lets something come before the points of groups"
        return
    allowed = inputs.open.copy()
    for cell in locked:
        allowed[cell] = False
    if not allowed[solution.rows, solution.cols].all():
        yield f"{name} has a pair that may not be made"
        return
    parts = inputs.taken_apart(protected=step.protected)
    cohort, programme = inputs.scores.cohort, inputs.programme
    asked = allowed, step.places, locked, step.participation
    try:
        problem = group_problem(cohort, programme, parts, *asked)
        yield from _groups(problem, solution, name)
    except StopError:
        raise
    except RmatchError as error:
        yield f"{name} cannot be proved: {error}"
        return
    counts = partners_of(step)
    for own, most, fewest in zip(counts, step.places.capacities, step.places.minimums, strict=True):
        if ((own > most) | (own < fewest)).any():
            yield f"{name} gives somebody too many or too few partners"
    yield from _proofs(problem, solution, name)


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
        yield f"{name} is said to have {solution.total:,} points, and has {total:,}"


def _proofs(problem: GroupProblem, solution: GroupSolution, name: str) -> Iterator[str]:
    pairs = len(solution.rows) if problem.participation == "most" else None
    most: Any = solution.most_pairs
    if not is_whole(solution.bound, solution.total, LARGEST):
        yield f"{name} has no bound from its {solution.total:,} points on"
        return
    if (most is None) != (pairs is None) or (pairs is not None and not is_whole(most, pairs)):
        yield f"{name} does not say how many pairs there can be"
        return
    proofs = [(problem, solution.points_proof, pairs, solution.bound)]
    if pairs is not None:
        proofs.append((problem.counting, solution.pairs_proof, None, most))  # type: ignore[arg-type]
    elif solution.pairs_proof is not None:
        yield f"{name} proves a number of pairs that nobody asked for"
    for asked, proof, number, bound in proofs:
        if not is_group_proof(proof, problem.shape):
            yield f"{name} has prices that prove nothing: not one whole number for each mentor, or beyond 64 bits"
            return
        for failure in group_failures(asked, proof, number, bound):
            yield f"{name}: {failure}"
