"""All matchings that are as good as the best: those that agree with prices that prove one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.network.network import Whole
from rmatch.solve.problem import Problem
from rmatch.utils.values import Value

Both = tuple[Whole, Whole]


@dataclass(frozen=True, slots=True, eq=False)
class OptimalFace(Value):
    """What all best matchings of a problem share, and what is left to choose among them.

    Attributes
    ----------
    settled : tuple of two numpy.ndarray of int64
        Row and column of each pair that all of them have.
    allowed : numpy.ndarray of bool, shape (mentors, mentees)
        The pairs that some may have and others not.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each mentor and of each mentee, the settled ones among them.
    """

    settled: Both
    allowed: NDArray[np.bool_]
    capacities: Both
    minimums: Both


def optimal_matchings(problem: Problem, proof: Certificate) -> OptimalFace:
    r"""Return what a matching has to have, and may have, to be as good as the best.

    By complementary slackness [1]_ a matching has as many points as the best one exactly when it agrees with the prices: it
    makes every pair that exceeds its two prices and none that falls short of them, and gives everybody a number of partners
    that earns the most at their price. Such a number is every one from a fewest to a most, also where the first partner is
    worth something of its own. If as many pairs as possible come first, the bonus of the prices has seen to that.

    Parameters
    ----------
    problem : Problem
        Whole points.
    proof : Certificate
        Prices that prove a matching of the problem the best one: their bound is its total.

    Returns
    -------
    OptimalFace
        The choice that is left.

    References
    ----------
    .. [1] A. Schrijver, "Combinatorial Optimization", Springer, 2003, section 17.

    Examples
    --------
    Two of three mentors may teach, and one has waited:

    >>> from rmatch.solve.certificates.duals import certificate_of
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.ones(3, np.int64), np.zeros(3, np.int64)
    >>> problem = Problem(
    ...     points=np.zeros((3, 1), np.int64),
    ...     allowed=np.ones((3, 1), bool),
    ...     mentor_capacity=one,
    ...     mentee_capacity=np.array([2]),
    ...     mentor_minimum=none,
    ...     mentee_minimum=none[:1],
    ...     participation="most",
    ...     firsts=(np.array([0, 5, 0]), none[:1]),
    ... )
    >>> proof = certificate_of(problem, np.array([0, 1]), np.array([0, 0]))
    >>> face = optimal_matchings(problem, proof)
    >>> settled = np.isin(np.arange(3), face.settled[0])
    >>> (face.minimums[0] + settled > 0).tolist()
    [False, True, False]
    """
    over = problem.points + (proof.bonus - proof.u[:, None] - proof.v)
    worths = problem.firsts or (0 * proof.u, 0 * proof.v)
    ranges = [
        _best_counts(*side)
        for side in zip(
            (proof.u, proof.v),
            (problem.mentor_capacity, problem.mentee_capacity),
            (problem.mentor_minimum, problem.mentee_minimum),
            worths,
            strict=True,
        )
    ]
    (least_out, most_out), (least_into, most_into) = ranges
    rows, columns = np.nonzero(problem.allowed & (over > 0))
    return OptimalFace(
        (rows, columns),
        problem.allowed & (over == 0),
        (most_out, most_into),
        (least_out, least_into),
    )


def _best_counts(price: Whole, most: Whole, fewest: Whole, worth: Whole) -> Both:
    """Return the fewest and the most partners that earn the most: so many times the price, and the worth of a first one."""
    first = np.maximum(fewest, np.minimum(most, 1))
    least, at_most = np.where(price > 0, most, first), np.where(price < 0, first, most)
    # With nobody who must be there, having no partner earns nothing; so does a first one who costs what they are worth.
    free = (fewest == 0) & (price <= 0)
    earned = price + worth
    none_is_best = free & np.where(price < 0, earned <= 0, worth == 0)
    never = free & (price < 0) & (earned < 0)
    return np.where(none_is_best, 0, least), np.where(never, 0, at_most)
