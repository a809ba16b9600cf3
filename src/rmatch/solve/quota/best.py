"""The best matching under group quotas: by a linear programme where they are nested, else by a mixed-integer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.feasibility import Names
from rmatch.solve.lp.zero_one import LARGEST_SUM, UNBOUNDED, Program, coarse, solve_in_order
from rmatch.solve.network.network import Numbers, Whole
from rmatch.solve.problem import Problem
from rmatch.solve.quota.limits import NOBODY, MeanBound, PairBound, Pairs, nested, quota_failures
from rmatch.solve.quota.relaxation import refusal
from rmatch.solve.total import solve
from rmatch.utils.progress import relative_gap
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from scipy.sparse import csr_array


QuotaRoute = Literal["dense", "flow", "columns", "greedy", "lp", "milp"]

LARGEST_CHOICE = 1_000_000
"""The most allowed pairs of a programme with quotas."""


@dataclass(frozen=True, slots=True, eq=False)
class QuotaSolution(Value):
    """The best pairs that keep every quota.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int
        Their points.
    route : {"dense", "flow", "columns", "greedy", "lp", "milp"}
        The algorithm: none of the last two if the best matching without quotas keeps them by itself.
    bound : int
        What no matching of as many pairs exceeds that keeps the quotas: the total, unless the run was stopped.
    most_pairs : int
        What no number of pairs exceeds: their own, unless the run was stopped.
    """

    rows: Whole
    cols: Whole
    total: int
    route: QuotaRoute
    bound: int
    most_pairs: int

    @property
    def proved(self) -> bool:
        """Whether nothing is better; only a run that was stopped leaves that open."""
        return self.bound == self.total and self.most_pairs == len(self.rows)

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return relative_gap(self.bound, self.total)

    @property
    def certificate(self) -> None:
        """No prices; that the quotas are kept can be counted, see `quota_failures`."""
        return


def solve_quota(
    problem: Problem,
    limits: Sequence[PairBound | MeanBound],
    *,
    settled: Pairs = NOBODY,
    ties: NDArray[np.integer] | None = None,
    names: Names | None = None,
) -> QuotaSolution:
    r"""Return the matching with the most pairs, then the most points, that keeps every quota.

    Beside the capacities and minimums of the problem,

    .. math:: a_q \le \sum_{(i,j) \in S} x_{ij} \le b_q \text{ for every set } S \text{ of a limit } q, \qquad
       \left| \tfrac{1}{n_g} \sum_{i \in g} p_{ij} x_{ij} - \tfrac{1}{n_h} \sum_{i \in h} p_{ij} x_{ij} \right| \le e.

    If the sets with those of each person split into two nested families, every vertex is whole [1]_ and the route is
    ``"lp"``; else the route is ``"milp"``. First the largest number of pairs `K` that the quotas admit is found (unless the
    participation is ``"best"``), then the most points with exactly `K`, then the largest ties: three problems one
    after the other, in whole numbers.

    Parameters
    ----------
    problem : Problem
        What to solve, with whole points.
    limits : sequence of PairBound or MeanBound
        The quotas.
    settled : tuple of two numpy.ndarray of int64
        Pairs that are made already and are no part of the problem, but count for the quotas: locked ones.
    ties : numpy.ndarray of int, optional
        What decides among equal totals; without nested quotas or room for them, their leading bits.
    names : tuple of two sequences, optional
        What an error calls the people.

    Returns
    -------
    QuotaSolution
        The pairs, the route and what it proves. If the run was stopped, the best matching so far.

    Raises
    ------
    QuotaError
        If the quotas cannot be met, with the cheapest change that makes them possible.
    InfeasibleError
        If the minimums alone are out of reach.
    InvalidInputError
        If the points are fractional or the problem is too large.
    StopError
        If the run was stopped before there was any matching that keeps the quotas.

    References
    ----------
    .. [1] E. Budish, Y.-K. Che, F. Kojima and P. Milgrom, "Designing random allocation mechanisms: theory and
       applications", American Economic Review 103(2), 2013. :doi:`10.1257/aer.103.2.585`

    Examples
    --------
    >>> from rmatch.solve.quota.limits import partners_bound
    >>> from rmatch.solve.problem import Problem
    >>> one, none = np.array([1, 1]), np.array([0, 0])
    >>> problem = Problem(
    ...     np.array([[7], [5]]), np.ones((2, 1), bool), one, one[:1], none, none[:1], "most"
    ... )
    >>> quota = partners_bound(
    ...     "juniors abroad", np.array([False, True]), "mentor", 1, at_least=1, each=False
    ... )
    >>> solve_quota(problem, [quota]).rows.tolist()
    [1]
    """
    if faults := unsolvable(problem, limits):
        raise InvalidInputError(faults)
    free = solve(problem, ties=ties, names=names)
    made = free.rows, free.cols
    most = problem.participation == "most"
    if not list(quota_failures(problem.points, made, limits, settled)):
        places = min(int(side.sum()) for side in problem.places)
        most_pairs = len(free.rows) if free.proved or not most else places
        return QuotaSolution(*made, int(free.total), free.route, int(free.bound), most_pairs)
    rows, cols = np.nonzero(usable(problem))
    pairs = rows, cols
    program = program_of(problem, pairs, limits, settled)
    goals = [problem.points[pairs].astype(np.int64)]
    if most:
        goals.insert(0, np.ones(len(rows), np.int64))
    if ties is not None:
        goals.append(coarse(ties[pairs]))
    # No quota makes more pairs possible, so that their number without quotas is a bound to be tried first.
    hoped = len(free.rows) if most and free.proved else None
    best = solve_in_order(program, goals, hoped=hoped)
    if best is None:
        base = program_of(problem, pairs, [], settled)
        raise refusal(base, problem.points, pairs, limits, settled)
    chosen = best.chosen > 0
    # The points are the second goal where the number of pairs is the first.
    total, bound = best.values[most], best.bounds[most]
    most_pairs = best.bounds[0] if most else int(chosen.sum())
    if free.proved and (not most or int(chosen.sum()) == hoped):
        # No quota makes more points possible with as many pairs.
        bound = min(bound, int(free.total))
    return QuotaSolution(rows[chosen], cols[chosen], total, program.route, bound, most_pairs)


def program_of(
    problem: Problem, pairs: Pairs, limits: Sequence[PairBound | MeanBound], settled: Pairs
) -> Program:
    """Return the feasible matchings as 0-1 vectors over some pairs.

    Parameters
    ----------
    problem : Problem
        Capacities, minimums and points.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair that may be made.
    limits : sequence of PairBound or MeanBound
        The quotas.
    settled : tuple of two numpy.ndarray of int64
        Pairs that count beside them.

    Returns
    -------
    Program
        Mentors, mentees, and then the quotas in their order.
    """
    from scipy.sparse import csr_array, vstack

    size = len(pairs[0])
    ones, each = np.ones(size, np.int64), np.arange(size)
    rows = [
        csr_array((ones, (own, each)), shape=(people, size))
        for own, people in zip(pairs, problem.points.shape, strict=True)
    ]
    least, most = [problem.mentor_minimum, problem.mentee_minimum], [*problem.places]
    for limit in limits:
        found, fewest, largest = _rows_of(limit, problem.points, pairs, settled)
        rows.append(found)
        least.append(fewest)
        most.append(largest)
    counts = [
        found for found, limit in zip(rows[2:], limits, strict=True) if isinstance(limit, PairBound)
    ]
    # Bounds on means are weighted sums, and only counts of nested sets have whole vertices.
    whole = len(counts) == len(limits)
    if whole and counts:
        whole = nested(vstack(counts, format="csr"), *pairs, problem.points.shape)
    return Program(
        vstack(rows, format="csr"), np.concatenate(least), np.concatenate(most), integral=whole
    )


def _rows_of(
    limit: PairBound | MeanBound, points: Numbers, pairs: Pairs, settled: Pairs
) -> tuple[csr_array, Whole, Whole]:
    """Return the rows of a quota over some pairs, and their bounds less what is settled already."""
    from scipy.sparse import csr_array

    if isinstance(limit, PairBound):
        given = limit.units(*settled).sum(1)
        open_end = np.full(limit.parts, UNBOUNDED)
        most = open_end if limit.at_most is None else limit.at_most - given
        return limit.units(*pairs), limit.at_least - given, most
    weights, scale = limit.rows(points, *pairs)
    given = limit.rows(points, *settled)[0].sum(1)
    apart = limit.within * scale
    return csr_array(weights), -apart - given, apart - given


def usable(problem: Problem) -> NDArray[np.bool_]:
    """Return which pairs can be part of a matching: those that may be made by two people with a place."""
    out, into = problem.places
    placed = (out > 0)[:, None] & (into > 0)
    found: NDArray[np.bool_] = problem.allowed & placed
    return found


def unsolvable(problem: Problem, limits: Sequence[PairBound | MeanBound]) -> list[Fault]:
    """Return why a problem is no problem for quotas: it is too large, or its points are fractional."""
    if problem.points.dtype.kind == "f":
        text = "are fractional, and quotas are solved in whole numbers"
        return [Fault("", "points", text, "give whole points")]
    pairs = np.nonzero(usable(problem))
    faults, size = [], len(pairs[0])
    if size > LARGEST_CHOICE:
        text = f"{numeral(size)} pairs may be made, and with quotas {numeral(LARGEST_CHOICE)} is the most"
        remedy = "match parts of the organisation one by one, or drop the quotas"
        faults.append(Fault("", "people", text, remedy))
    for limit in limits:
        if isinstance(limit, PairBound):
            continue
        weights, _ = limit.rows(problem.points, *pairs)
        largest = np.abs(weights.astype(np.float64)).sum(1).max(initial=0)
        if largest > LARGEST_SUM:
            text = "adds up to numbers too large to be told apart"
            faults.append(Fault("", limit.name, text, "use coarser points"))
    return faults
