"""How far a quota on numbers of pairs can be tightened while all others are kept: the strictest bound that can be met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from rmatch.errors import InvalidInputError, StopError
from rmatch.solve.lp.zero_one import LARGEST_SUM, UNBOUNDED, Program, solve_in_order
from rmatch.solve.network.network import Numbers
from rmatch.solve.problem import Problem
from rmatch.solve.quota.best import program_of, unsolvable, usable
from rmatch.solve.quota.limits import MeanBound, PairBound, Pairs, together
from rmatch.solve.quota.relaxation import Bound
from rmatch.utils.shown import Shown

Count = Literal["at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Strictest(Shown):
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


def kept_value(limit: PairBound | MeanBound, bound: Bound, points: Numbers, pairs: Pairs) -> int:
    """Return the strictest value of a bound that some pairs keep: a count, or a difference of means, rounded up.

    Parameters
    ----------
    limit : PairBound or MeanBound
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
    >>> limit = PairBound("on the diagonal", np.where(np.eye(2, dtype=bool), 0, -1), 1)
    >>> kept_value(
    ...     limit, "at_least", np.ones((2, 2), np.int64), (np.array([0, 1]), np.array([0, 0]))
    ... )
    1
    """
    if isinstance(limit, PairBound):
        counts = np.asarray(limit.units(*pairs).sum(1)).tolist()
        return min(counts, default=0) if bound == "at_least" else max(counts, default=0)
    weights, scale = limit.rows(points, *pairs)
    apart = np.abs(weights.sum(1)).tolist()
    rounded_up = [-(-each // one) for each, one in zip(apart, scale.tolist(), strict=True)]
    return max(rounded_up, default=0)


def strictest(
    problem: Problem,
    limit: PairBound,
    bound: Count,
    others: Sequence[PairBound | MeanBound],
    known: Pairs,
    *,
    settled: Pairs,
    keep_pairs: bool,
) -> Strictest:
    r"""Return how far one bound of a quota can be tightened.

    With the feasible matchings `X`, those that keep capacities, minimums and all other quotas, and the sets `S` of the
    limit, this is one of

    .. math:: \max_{x \in X} \min_S \sum_{(i,j) \in S} x_{ij}, \qquad \min_{x \in X} \max_S \sum_{(i,j) \in S} x_{ij},

    found by halving what is open: whether a bound can be kept is a linear or mixed-integer programme, the goal of which
    is the number of pairs in all sets, so that its answer and its bound leave little open. The matching found is a
    witness, on which the value is counted. How near to each other means of points can be brought is not asked for: that
    is as hard as to split numbers into two equal sums, and its answer an accident of arithmetic.

    Parameters
    ----------
    problem : Problem
        Capacities, minimums and points.
    limit : PairBound
        The quota; its own values do not matter.
    bound : {"at_least", "at_most"}
        Which of its bounds.
    others : sequence of PairBound or MeanBound
        Quotas that stay in force.
    known : tuple of two numpy.ndarray of int64
        A feasible matching.
    settled : tuple of two numpy.ndarray of int64
        Pairs that are made already, but count for the quotas.
    keep_pairs : bool
        Whether there have to be at least as many pairs as in the known matching.

    Returns
    -------
    Strictest
        The strictest value, and whether it is proved.

    Raises
    ------
    InvalidInputError
        If the problem is too large.

    Examples
    --------
    >>> from rmatch.solve.quota.limits import NOBODY
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[0, 1], [1, 0]]), np.ones((2, 2), bool), one, one, none, none, "most"
    ... )
    >>> limit = PairBound("on the diagonal", np.where(np.eye(2, dtype=bool), 0, -1), 1)
    >>> known = np.array([0, 1]), np.array([1, 0])
    >>> strictest(problem, limit, "at_least", [], known, settled=NOBODY, keep_pairs=True)
    Strictest(value=2, proved=True)
    """
    if faults := unsolvable(problem, [*others, limit]):
        raise InvalidInputError(faults)
    rows, cols = np.nonzero(usable(problem))
    up = 1 if bound == "at_least" else -1
    units, given = limit.units(rows, cols), np.asarray(limit.units(*settled).sum(1))
    goal = up * np.asarray(units.sum(0))
    # Both ends are such that more is stricter: `low` can be kept, and nothing beyond `high`.
    low = up * kept_value(limit, bound, problem.points, together(known, settled))
    high = low
    if limit.parts:
        everything = units.sum(1) + given
        high = int(everything.min(initial=LARGEST_SUM) if up > 0 else -given.max(initial=0))
    asked: int | None = None
    while low < high:
        # The first programme is without the swept quota: its goal alone says most, and redundant rows slow HiGHS down.
        kept = others if asked is None else [*others, replace(limit, **_only(bound, up * asked))]
        program = program_of(problem, (rows, cols), kept, settled)
        if keep_pairs:
            program = _with_pairs(program, len(known[0]), exactly=problem.participation == "most")
        try:
            best = solve_in_order(program, [goal])
        except StopError:
            return Strictest(up * low, proved=False)
        if best is None:
            assert asked is not None
            high = asked - 1
        else:
            pairs = together((rows[best.chosen > 0], cols[best.chosen > 0]), settled)
            low = max(low, up * kept_value(limit, bound, problem.points, pairs))
            # All sets together have at most so many pairs, and one of them no more than its share.
            most = best.bounds[0] + up * int(given.sum())
            high = min(high, most // limit.parts)
        asked = (low + high + 1) // 2
    return Strictest(up * low, proved=True)


def _only(bound: Count, value: int) -> dict[str, Any]:
    if bound == "at_least":
        return {"at_least": value, "at_most": None}
    return {"at_least": 0, "at_most": value}


def _with_pairs(program: Program, fewest: int, *, exactly: bool) -> Program:
    """Return the programme for matchings with at least so many pairs, or exactly so many where more are not possible."""
    from scipy.sparse import csr_array, vstack

    number_of_pairs = csr_array(np.ones((1, program.rows.shape[1]), np.int64))
    return replace(
        program,
        rows=vstack([program.rows, number_of_pairs], format="csr"),
        least=np.append(program.least, fewest),
        most=np.append(program.most, fewest if exactly else UNBOUNDED),
    )
