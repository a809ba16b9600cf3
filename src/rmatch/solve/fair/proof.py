"""Independent checking that a matching is the best for its objective: sums, comparisons, and no solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import RmatchError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Objective, Stable, Total, every_kind
from rmatch.solve.certificates.certificate import failures
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.columns import LARGEST
from rmatch.solve.fair.flow_proof import bottleneck_failures, leximin_failures
from rmatch.solve.fair.solution import FairSolution
from rmatch.solve.network.network import Numbers, Whole
from rmatch.solve.problem import Problem
from rmatch.solve.stable.blocking import accepted_pairs, blocking_pairs

Pairs = tuple[Whole, Whole]
Sides = tuple[Numbers, Numbers]
Check: TypeAlias = "Callable[[Problem, FairSolution, Any, Sides | None], Iterator[str]]"


SLACK = 1e-12
"""What the rounding of float64 may add to that of the whole numbers, as a share of all units."""

COARSEST = LARGEST - 1
"""The fewest units from the lowest to the highest of transformed points."""

LEFT_OUT = 1e-6
"""What float64 may add to the weight of all pairs that are made, beside one that was left out."""

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
    yield from CHECKS[type(objective)](problem, solution, objective, sides)


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
        more = f", and {blocking.count - 1:,} more" * (blocking.count > 1)
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
        if not _ordinal(problem, objective.alpha, len(solution.rows)):
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
    yield from _transform_failures(problem, last, pairs, alpha)
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
    except RmatchError as error:
        yield str(error)
        return
    matrix = problem.points.astype(np.int64)
    points = matrix[pairs]
    yield from failures(
        proof,
        (*pairs, points),
        (problem.mentor_capacity, problem.mentee_capacity),
        (problem.mentor_minimum, problem.mentee_minimum),
        lambda first, last: (matrix[first:last], problem.allowed[first:last]),
        most_pairs=problem.participation == "most",
        bound=int(points.sum()),
    )


def _transform_failures(
    problem: Problem, last: Problem, pairs: Pairs, alpha: float
) -> Iterator[str]:
    """Check the transformed points of the pairs that may be made, and that none was left out that could matter.

    They must be those of the objective, which the lowest and the highest of them give the scale for, up to half a unit of
    rounding each, and so fine that the units are many.
    """
    usable = _usable(problem)
    used = usable & last.allowed
    tiers, first = np.unique(problem.points[used], return_index=True)
    values = last.points[used][first].astype(np.int64)
    yield from _scale_failures(tiers.astype(np.float64), values, alpha, problem)
    left_out = problem.points[usable & ~last.allowed]
    if left_out.size and tiers.size:
        yield from _left_out_failures(problem.points[pairs], left_out, alpha)


def _scale_failures(
    tiers: NDArray[np.float64], values: Whole, alpha: float, problem: Problem
) -> Iterator[str]:
    """Check transformed points, given for each different number of points, from the fewest up."""
    if not tiers.size:
        return
    if (np.diff(values) < 0).any():
        yield "the transformed points do not rise with the points"
    # With this anchor no power is above 1, so that none overflows.
    anchor = float(tiers[-1] if alpha < 1 else tiers[0]) or 1.0
    if problem.participation == "best" and tiers[0] > 0:
        # The number of pairs is open, so that no points must stay 0: only below α = 1 are they worth anything finite.
        tiers, values = np.append(0.0, tiers), np.append(0, values)
    worth = _worth(tiers / anchor, alpha)
    steps, rise = int(values[-1]) - int(values[0]), float(worth[-1] - worth[0])
    if rise <= 0:
        return
    if steps < COARSEST:
        yield "the transformed points are too coarse to tell matchings apart"
        return
    off = np.abs((worth - worth[0]) / rise * steps - (values - values[0]))
    if not (off <= 0.5 + SLACK * steps).all():
        yield "the transformed points are not those of the objective"


def _worth(scaled: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    """Return the objective's own value of points, up to a constant."""
    with np.errstate(divide="ignore"):
        logs = np.log(scaled)
    worth: NDArray[np.float64] = logs if alpha == 1 else np.expm1((1 - alpha) * logs) / (1 - alpha)
    return worth


def _left_out_failures(made: Numbers, left_out: Numbers, alpha: float) -> Iterator[str]:
    """Check that each pair that was left out alone weighs more than all that are made, which only happens for α > 1."""
    if alpha <= 1:
        yield f"{left_out.size} pairs were left out"
        return
    best = left_out.max()
    with np.errstate(over="ignore"):
        together = float(((made / best) ** (1 - alpha)).sum())
    if together >= 1 + LEFT_OUT:
        yield f"pairs of up to {best} points were left out, and a matching with one could be better"


def _ordinal(problem: Problem, alpha: float, pairs: int) -> bool:
    """Return whether each tier outweighs all pairs of the next one."""
    if alpha <= 1:
        return False
    tiers = np.unique(problem.points[_usable(problem)]).astype(float)
    closest = np.diff(np.log(tiers)).min(initial=np.inf)
    return bool((alpha - 1) * closest > np.log(max(pairs, 1)))


def _usable(problem: Problem) -> NDArray[np.bool_]:
    """Return the pairs that some matching has: those that may be made by two people with a place."""
    placed = (problem.mentor_capacity > 0)[:, None] & (problem.mentee_capacity > 0)
    return problem.allowed & placed


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
