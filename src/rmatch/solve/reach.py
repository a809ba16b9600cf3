"""How far a quota on numbers of pairs can be tightened while all others are kept: the strictest bound that can be met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rmatch.errors import InvalidInputError, RmatchError
from rmatch.solve.limits import Limit, together
from rmatch.solve.linear import OPTIMAL, UNBOUNDED
from rmatch.solve.quota import program_of, unsolvable, usable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from rmatch.solve.limits import Pairs, Parity
    from rmatch.solve.linear import Program
    from rmatch.solve.network import Numbers, Whole
    from rmatch.solve.problem import Problem
    from rmatch.solve.relax import Bound

Count = Literal["at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Reach:
    """The strictest value of a bound.

    Attributes
    ----------
    value : int
        What some matching keeps.
    proved : bool
        Whether no matching keeps a stricter one; only a search that was stopped leaves that open.
    """

    value: int
    proved: bool


def strictest(limit: Limit | Parity, bound: Bound, points: Numbers, pairs: Pairs) -> int:
    """Return the strictest value of a bound that some pairs keep: a count, or a difference of means, rounded up.

    Parameters
    ----------
    limit : Limit or Parity
        The quota; its own values do not matter.
    bound : {"at_least", "at_most", "within"}
        Which of its bounds.
    points : numpy.ndarray of int64
        What each pair is worth.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair.

    Returns
    -------
    int
        The fewest pairs in one of the sets, the most, or the points by which two groups lie apart.

    Examples
    --------
    >>> limit = Limit("on the diagonal", np.where(np.eye(2, dtype=bool), 0, -1), 1)
    >>> strictest(limit, "at_least", np.ones((2, 2), np.int64), (np.array([0, 1]), np.array([0, 0])))
    1
    """
    if isinstance(limit, Limit):
        counts = np.asarray(limit.units(*pairs).sum(1)).tolist()
        return min(counts, default=0) if bound == "at_least" else max(counts, default=0)
    weights, scale = limit.rows(points, *pairs)
    apart = zip(np.abs(weights.sum(1)).tolist(), scale.tolist(), strict=True)
    return max((-(-difference // size) for difference, size in apart), default=0)


def reach(
    problem: Problem,
    limit: Limit,
    bound: Count,
    others: Sequence[Limit | Parity],
    known: Pairs,
    *,
    settled: Pairs,
    keep_pairs: bool,
    max_seconds: float | None = None,
) -> Reach:
    r"""Return how far one bound of a quota can be tightened.

    With the feasible matchings `X`, those that keep capacities, minimums and all other quotas, and the sets `S` of the
    limit, this is one of

    .. math:: \max_{x \in X} \min_S \sum_{(i,j) \in S} x_{ij}, \qquad \min_{x \in X} \max_S \sum_{(i,j) \in S} x_{ij},

    a mixed-integer programme with one more whole variable for the bound. The matching found is a witness, on which the
    value is counted. How near to each other means of points can be brought is not asked for: that is as hard as to
    split numbers into two equal sums, and its answer an accident of arithmetic.

    Parameters
    ----------
    problem : Problem
        Capacities, minimums and points.
    limit : Limit
        The quota; its own values do not matter.
    bound : {"at_least", "at_most"}
        Which of its bounds.
    others : sequence of Limit or Parity
        Quotas that stay in force.
    known : tuple of two numpy.ndarray of int64
        A feasible matching.
    settled : tuple of two numpy.ndarray of int64
        Pairs that are made already, but count for the quotas.
    keep_pairs : bool
        Whether there have to be at least as many pairs as in the known matching.
    max_seconds : float, optional
        When to stop searching.

    Returns
    -------
    Reach
        The strictest value, and whether it is proved.

    Raises
    ------
    InvalidInputError
        If the problem is too large.
    RmatchError
        If the solver's answer breaks a bound.

    Examples
    --------
    >>> from rmatch.solve.limits import NOBODY
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(np.array([[0, 1], [1, 0]]), np.ones((2, 2), bool), one, one, none, none, "most")
    >>> limit = Limit("on the diagonal", np.where(np.eye(2, dtype=bool), 0, -1), 1)
    >>> known = np.array([0, 1]), np.array([1, 0])
    >>> reach(problem, limit, "at_least", [], known, settled=NOBODY, keep_pairs=True)
    Reach(value=2, proved=True)
    """
    if faults := unsolvable(problem, [*others, limit]):
        raise InvalidInputError(faults)
    sign = -1 if bound == "at_least" else 1
    found = strictest(limit, bound, problem.points, together(known, settled))
    rows, cols = np.nonzero(usable(problem))
    base = program_of(problem, (rows, cols), others, settled)
    if keep_pairs:
        base = _with_pairs(base, len(known[0]))
    if not rows.size:
        return Reach(found, proved=True)
    answer = _highs(base, sign * limit.units(rows, cols), -sign * limit.units(*settled).sum(1), sign, max_seconds)
    if answer.x is None:
        return Reach(found, proved=False)
    chosen = np.rint(answer.x[:-1]).astype(np.int64)
    if base.broken(chosen).size:
        message = "the farthest bound of a quota was found with a matching that breaks another: please report it"
        raise RmatchError(message)
    pairs = rows[chosen > 0], cols[chosen > 0]
    value = strictest(limit, bound, problem.points, together(pairs, settled))
    proved = answer.status == OPTIMAL and value == round(sign * answer.mip_dual_bound)
    return Reach(min(value, found, key=lambda each: sign * each), proved)


def _with_pairs(base: Program, fewest: int) -> Program:
    from scipy.sparse import csr_array, vstack

    rows = vstack([base.rows, csr_array(np.ones((1, base.rows.shape[1]), np.int64))], format="csr")
    return replace(base, rows=rows, least=np.append(base.least, fewest), most=np.append(base.most, UNBOUNDED))


def _highs(base: Program, counted: csr_array, most: Whole, sign: int, seconds: float | None) -> Any:
    """Minimise `sign` × the bound `t` such that the signed counts in all sets are at most `sign` × `t`."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    sets, size = counted.shape
    fixed = hstack([base.rows, csr_array((base.rows.shape[0], 1), dtype=np.int64)], format="csr")
    swept = hstack([counted, csr_array(np.full((sets, 1), -sign))], format="csr")
    options: Any = {"mip_rel_gap": 0.0} | ({} if seconds is None else {"time_limit": seconds})
    return milp(
        np.append(np.zeros(size), sign),
        integrality=np.ones(size + 1, np.int64),
        # Without any set nothing ties the bound to the pairs.
        bounds=Bounds(0, np.append(np.ones(size), np.inf if sets else 0.0)),
        constraints=[
            LinearConstraint(fixed.astype(np.float64), *base.limits),
            LinearConstraint(swept.astype(np.float64), ub=most.astype(np.float64)),
        ],
        options=options,
    )
