"""The chances of a lottery over people: everybody's places first, then who meets whom."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from rmatch.lotteries.parity import by_protected
from rmatch.objectives import compatibility_of
from rmatch.scoring import side_points
from rmatch.solve import CappedProblem, ExpectedGains, best_chances, scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.lotteries.asked import Asked
    from rmatch.rounds import Round
    from rmatch.solve import Balance, Problem

    Chances = tuple[NDArray[np.int64], int]
    """The units of each pair, mentors × mentees, and the units of certainty."""


def chances_of(this_round: Round, asked: Asked) -> Chances:
    """Return the chances of all pairs in units, and the units of certainty.

    Where protected attributes count, everybody's expected number of partners is decided without them first.

    Parameters
    ----------
    this_round : Round
        The people and their points.
    asked : Asked
        What to keep to.

    Returns
    -------
    units : numpy.ndarray of int64
        Chances, mentors × mentees; 0 for the locked pairs.
    grid : int
        The units of certainty.
    """
    # Places first and pairs after them: so who differs in protected attributes alone has the same chance of a place.
    at_once = not _places_come_first(this_round, asked)
    problem = this_round.problem(protected=at_once)
    steps = asked.steps
    capped = scaled(problem, asked.limits, steps)
    compared = ["places", "points"] if at_once else ["places"]
    balance = asked.balance(this_round, *compared)
    units, grid = _best(this_round, asked, capped, steps, problem, balance, protected=at_once)
    if at_once:
        return units, grid
    return _with_places(this_round, asked, units, grid)


def gains_of(this_round: Round, *, protected: bool) -> ExpectedGains | None:
    """Return what everybody gains if that is what is compared, their locked pairs included."""
    scores = this_round.scores
    if not compatibility_of(scores.programme.objective).gains_by_lot:
        return None
    mentors, mentees = side_points(scores, protected=protected)
    # Locked pairs are no part of what is decided, and still somebody who has one is better off than others.
    locked = np.zeros(scores.shape, np.int64)
    locked[this_round.locked_positions] = 1
    certain = (mentors * locked).sum(axis=1), (mentees * locked).sum(axis=0)
    return ExpectedGains(mentors, mentees, certain)


def _places_come_first(this_round: Round, asked: Asked) -> bool:
    """Tell whether places have to be settled first, so that protected attributes do not decide who gets one."""
    scores = this_round.scores
    if scores.programme.places == "with_protected":
        return False
    weighed = any(factor.protected for factor in scores.factors)
    return weighed or by_protected(scores, asked.parity)


def _with_places(this_round: Round, asked: Asked, units: NDArray[np.int64], grid: int) -> Chances:
    """Return the best chances of pairs while everybody expects as many partners as they have in others."""
    pairing = this_round.problem(protected=True)
    mentors, mentees = units.sum(axis=1), units.sum(axis=0)
    # The limits are whole in steps, and the grid may be finer: what both share is taken out first, so nothing is rounded.
    common = gcd(grid, asked.steps)
    limits = asked.limits // (asked.steps // common) * (grid // common)
    capped = CappedProblem(
        points=pairing.points.astype(np.int64),
        limits=np.where(pairing.allowed, limits, 0),
        mentors=(mentors, mentors),
        mentees=(mentees, mentees),
        participation="best",  # how many pairs there are is settled by the places
    )
    balance = asked.balance(this_round, "points")
    if balance is not None:
        # The chances of the places are on the grid, which may be some steps off what the differences allow.
        balance = balance.wider(4 / asked.steps)
    return _best(this_round, asked, capped, grid, pairing, balance, protected=True)


def _best(
    this_round: Round,
    asked: Asked,
    capped: CappedProblem,
    grid: int,
    problem: Problem,
    balance: Balance | None,
    *,
    protected: bool,
) -> Chances:
    scores = this_round.scores
    return best_chances(
        capped,
        grid,
        problem,
        spread=asked.spread,
        gains=gains_of(this_round, protected=protected),
        balance=balance,
        ties=this_round.ties,
        names=(scores.mentors, scores.mentees),
    )
