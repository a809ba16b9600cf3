"""Independent checking that a matching is the best for its objective: sums, comparisons, and no solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from typing import Any, TypeAlias

import numpy as np

from rmatch.errors import RmatchError, StopError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Objective, Stable, Total, every_kind
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.claim import failures
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.fair.alpha_proof import ordinal, transform_failures
from rmatch.solve.fair.flow_proof import bottleneck_failures, flow_failures, leximin_failures
from rmatch.solve.fair.solution import FairSolution
from rmatch.solve.network.network import Numbers, Whole
from rmatch.solve.problem import Problem
from rmatch.solve.stable.blocking import accepted_pairs, blocking_pairs
from rmatch.utils.text import numeral

Pairs = tuple[Whole, Whole]
Sides = tuple[Numbers, Numbers]
Check: TypeAlias = "Callable[[Problem, FairSolution, Any, Sides | None], Iterator[str]]"


NO_PROOF = "there is no proof"


def fair_failures(
    problem: Problem, solution: FairSolution, objective: Objective, sides: Sides | None
) -> Iterator[str]:
    r"""Go through everything that keeps a solution from being proved the best for its objective.

    That there are no more pairs is proved by prices for points of 0. For max-min and α-fairness prices prove the last
    sum, over the pairs that are good enough or over transformed points. These must rise with the points, and be
    :math:`f_\alpha` up to half a unit.

    Parameters
    ----------
    problem : Problem
        What was solved.
    solution : FairSolution
        The pairs and their proofs.
    objective : Objective
        What they are the best for.
    sides : tuple of two numpy.ndarray, optional
        What each pair is worth to the mentor and to the mentee, for leximin over people.

    Yields
    ------
    str
        What does not hold.
    """
    if solution.ceiling is not None:
        yield from _stopped(problem, solution, objective, sides)
    else:
        yield from CHECKS[type(objective)](problem, solution, objective, sides)


def _stopped(
    problem: Problem, solution: FairSolution, objective: Objective, sides: Sides | None
) -> Iterator[str]:
    """Check what is said of a run that was stopped: places, the bound on the points, and as much as was settled."""
    pairs, ceiling = (solution.rows, solution.cols), solution.ceiling
    assert ceiling is not None
    if type(objective) is Stable:
        yield from stable_failures(problem, pairs, sides)
    yield from flow_failures(problem.network(len(pairs[0])), pairs)
    matrix = problem.points.astype(np.int64)
    try:
        held = ceiling.rows, ceiling.cols
        answer = ceiling.answer
        proof = certificate_of(problem, *held) if answer is None else answer.certificate
        yield from _by_prices(problem, held, proof, most_pairs=False, bound=int(solution.bound))
    except StopError:
        raise
    except RmatchError as error:
        yield f"the bound cannot be proved: {error}"
    if solution.bound < int(matrix[pairs].sum()):
        yield "the pairs have more points than are said to be possible"
    if solution.bottleneck is not None:
        yield from bottleneck_failures(problem, pairs, solution.bottleneck, stopped=True)
    measures = (problem.points,) if sides is None else sides
    if solution.proofs or solution.up_to > -inf:
        yield from leximin_failures(problem, pairs, measures, solution.proofs, solution.up_to)


def stable_failures(problem: Problem, pairs: Pairs, sides: Sides | None) -> Iterator[str]:
    """Go through everything that keeps a matching from being stable; which of the stable ones it is, is not checked.

    Parameters
    ----------
    problem : Problem
        What was solved.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair.
    sides : tuple of two numpy.ndarray, optional
        What each pair is worth to the mentor and to the mentee.

    Yields
    ------
    str
        What does not hold.
    """
    if sides is None:
        yield "what each side gains is missing"
        return
    accepted = accepted_pairs(problem, sides)
    capacities = problem.mentor_capacity, problem.mentee_capacity
    if not accepted[pairs].all():
        yield "a pair is not accepted by both"
    if len(set(zip(*(own.tolist() for own in pairs), strict=True))) != len(pairs[0]):
        yield "a pair is there twice"
    for own, most in zip(pairs, capacities, strict=True):
        if (np.bincount(own, minlength=len(most)) > most).any():
            yield "somebody has more partners than places"
    blocking = blocking_pairs(sides, accepted, capacities, pairs, listed=1)
    if blocking.count:
        row, column = blocking.pairs[0].tolist()
        more = f", and {numeral(blocking.count - 1)} more" * (blocking.count > 1)
        yield f"mentor {row} and mentee {column} would rather have each other{more}"


def _stable(
    problem: Problem, solution: FairSolution, _: Stable, sides: Sides | None
) -> Iterator[str]:
    yield from stable_failures(problem, (solution.rows, solution.cols), sides)


def _total(problem: Problem, solution: FairSolution, _: Total, __: Sides | None) -> Iterator[str]:
    if not _nobody(problem, solution):
        yield from _sum_failures(problem, (solution.rows, solution.cols))


def _max_min(
    problem: Problem, solution: FairSolution, _: MaxMin, __: Sides | None
) -> Iterator[str]:
    if _nobody(problem, solution):
        return
    yield from _number_failures(problem, solution)
    pairs, proof = (solution.rows, solution.cols), solution.bottleneck
    if proof is not None:
        yield from bottleneck_failures(problem, pairs, proof)
        good = problem.allowed & (problem.points >= proof.value)
        yield from _sum_failures(replace(problem, allowed=good), pairs)
    elif solution.rows.size:
        yield NO_PROOF


def _leximin(
    problem: Problem, solution: FairSolution, _: Leximin, sides: Sides | None
) -> Iterator[str]:
    if _nobody(problem, solution):
        return
    yield from _number_failures(problem, solution)
    measures = (problem.points,) if sides is None else sides
    yield from leximin_failures(problem, (solution.rows, solution.cols), measures, solution.proofs)


def _alpha_fair(
    problem: Problem, solution: FairSolution, objective: AlphaFair, sides: Sides | None
) -> Iterator[str]:
    if objective.alpha == 0:
        yield from _total(problem, solution, Total(), sides)
    elif solution.proofs:
        # For α so large that each tier outweighs all pairs of the next one the answer is that of leximin.
        yield from _leximin(problem, solution, Leximin(), None)
        if not ordinal(problem, objective.alpha, len(solution.rows)):
            yield f"the leximin matching was not shown to be the best for α = {objective.alpha:g}"
    elif not _nobody(problem, solution):
        yield from _number_failures(problem, solution)
        yield from _transformed(problem, solution, objective.alpha)


def _transformed(problem: Problem, solution: FairSolution, alpha: float) -> Iterator[str]:
    table = solution.rounded
    if table is None:
        if solution.rows.size:
            yield NO_PROOF
        return
    if not table.is_in_order:
        yield "the transformed points are no table of whole numbers"
        return
    pairs = solution.rows, solution.cols
    values, known = table.looked_up(problem.points)
    last = replace(problem, points=values, allowed=problem.allowed & known)
    yield from transform_failures(problem, last, pairs, alpha)
    yield from _sum_failures(last, pairs)


def _nobody(problem: Problem, solution: FairSolution) -> bool:
    """Return whether nobody is matched because nobody may be: then there is nothing to prove."""
    return not len(solution.rows) and not problem.allowed.any()


def _number_failures(problem: Problem, solution: FairSolution) -> Iterator[str]:
    """Check that there are no more pairs: with points of 0 their number is all that prices can prove."""
    nothing = replace(problem, points=0 * problem.points)
    yield from _sum_failures(nothing, (solution.rows, solution.cols))


def _sum_failures(problem: Problem, pairs: Pairs) -> Iterator[str]:
    try:
        proof = certificate_of(problem, *pairs)
    except StopError:
        raise
    except RmatchError as error:
        yield str(error)
        return
    bound = int(problem.points[pairs].sum())
    yield from _by_prices(
        problem, pairs, proof, most_pairs=problem.participation == "most", bound=bound
    )


def _by_prices(
    problem: Problem, pairs: Pairs, proof: Certificate, *, most_pairs: bool, bound: int
) -> Iterator[str]:
    matrix = problem.points.astype(np.int64)
    yield from failures(
        proof,
        (*pairs, matrix[pairs]),
        (problem.mentor_capacity, problem.mentee_capacity),
        (problem.mentor_minimum, problem.mentee_minimum),
        lambda first, last: (matrix[first:last], problem.allowed[first:last]),
        most_pairs=most_pairs,
        bound=bound,
    )


CHECKS: dict[type[Any], Check] = every_kind(
    {
        Total: _total,
        AlphaFair: _alpha_fair,
        MaxMin: _max_min,
        Leximin: _leximin,
        Stable: _stable,
    }
)
"""How the proof for the objectives of each kind is checked."""
