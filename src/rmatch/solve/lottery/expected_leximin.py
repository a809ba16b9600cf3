"""Leximin in expectation: who expects the least expects as much as possible, then who expects the second least, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.lottery.balance import Balance
from rmatch.solve.lottery.capped import best_units, most_units
from rmatch.solve.lottery.polytope import Polytope
from rmatch.solve.lottery.rounding import next_steps, simple_fractions
from rmatch.solve.lottery.symmetry import groups, means
from rmatch.solve.lp.lexicographic import Solutions, steadily

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.lottery.capped import CappedProblem
    from rmatch.solve.lottery.gains import ExpectedGains
    from rmatch.solve.lp.lexicographic import Floats
    from rmatch.solve.network.network import Whole


FEW = 16
"""How many pairs of each person the programmes begin with."""


def leximin_units(
    capped: CappedProblem,
    grid: int,
    gains: ExpectedGains,
    balance: Balance | None = None,
    ties: NDArray[np.integer] | None = None,
) -> tuple[Whole, int]:
    r"""Return the units of each pair in the lottery that is leximin in what everybody expects to gain.

    Let :math:`g_i(x) = c_i + \sum_j u_{ij} x_{ij}` for the mentors and :math:`g_j(x) = c_j + \sum_i w_{ij} x_{ij}` for the
    mentees; whoever has no chance of a partner expects :math:`c`. Of all chances (with the most pairs, if these come
    first) the vector `g`, sorted, is the largest lexicographically, and then the total of the points is.

    One linear programme after another maximises `t` with :math:`g_p(x) \ge t` for all who are not settled yet [1]_. Whoever
    has a price in it cannot have more: :math:`g_p(x) = t` in all of its solutions (complementary slackness), and at
    least one person has one. So there are no more programmes than people. All solutions of the programmes so far are
    kept by :meth:`Solutions.narrowed`, without a bound on any `t`; those who were settled together stay equal.

    The vector is unique: of two different ones that are both leximin the mean would be better, because the chances are
    convex and `g` is linear. So people who can be exchanged expect the same in every answer, and the mean of an
    answer over such exchanges has the same vector and the same total.

    Parameters
    ----------
    capped : CappedProblem
        Limits, places and points, in units.
    grid : int
        The units of certainty.
    gains : ExpectedGains
        What everybody gains.
    balance : Balance, optional
        Differences between chances that must stay small.
    ties : numpy.ndarray of int, optional
        What decides where vector and total leave several answers open: the largest expected sum of these.

    Returns
    -------
    units : numpy.ndarray of int64
        Units, shape (mentors, mentees): simple fractions where these have equal gains for all who are settled together and
        keep all limits exactly; otherwise steps of the grid next to the answer, and limits and places hold exactly.
    grid : int
        The units of certainty: those of the simple fractions, or as given.

    Raises
    ------
    CutError
        If the fewest units are out of reach.
    InfeasibleError
        If the differences cannot be kept so small, or the programmes cannot be solved in floating point.

    References
    ----------
    .. [1] D. Nace and M. Pióro, "Max-min fairness and its applications to routing and load-balancing in communication
       networks: a tutorial", IEEE Communications Surveys & Tutorials 10(4), 2008. :doi:`10.1109/SURV.2008.080403`

    Examples
    --------
    >>> from rmatch.solve.lottery.capped import CappedProblem
    >>> from rmatch.solve.lottery.gains import ExpectedGains
    >>> worth, one, two, none = (
    ...     np.array([[5, 0], [3, 3]]),
    ...     np.array([1, 1]),
    ...     np.array([2, 2]),
    ...     np.array([0, 0]),
    ... )
    >>> capped = CappedProblem(worth, np.ones((2, 2), int), (none, two), (none, one), "most")
    >>> units, grid = leximin_units(capped, 1, ExpectedGains(worth, 0 * worth, (none, none)))
    >>> (units / grid).tolist()
    [[0.75, 0.0], [0.25, 1.0]]
    """
    best_units(capped)
    alone = balance is None
    balance = Balance.none(capped.limits.shape) if balance is None else balance
    polytope = Polytope.of(capped, grid, balance)
    if polytope.empty:
        return capped.limits, grid
    people = _People.of(gains, polytope)

    def run(zero: float) -> tuple[Floats, Whole]:
        start, used = polytope.start(zero, most=capped.participation == "most")
        settled, ranks = people.settled(start, used | people.promising, zero)
        for goal in (capped.points, ties):
            if goal is not None:
                wanted = np.zeros_like(settled.low)
                wanted[: polytope.all.low.size] = polytope.goal(goal[polytope.cells])
                best = settled.best(wanted)
                settled = settled.narrowed(best, zero)
        return polytope.matrix(best.values), ranks

    chances, ranks = steadily(run)
    members = groups(capped, gains.marks(capped.limits))
    found = simple_fractions(capped, grid, means(chances, members)) if alone else None
    if found is not None:
        # Rounded to simple fractions they are the answer only if those who were settled together still are equal.
        as_settled = people.same(gains.expected(*found), ranks)
        if as_settled and _complete(capped, *found, grid):
            return found
    return next_steps(balance.tightened(capped), chances * grid), grid


def _complete(capped: CappedProblem, units: Whole, fine: int, grid: int) -> bool:
    """Tell whether there are as many pairs as there have to be."""
    if capped.participation != "most":
        return True
    return int(units.sum()) * grid == most_units(capped) * fine


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Those whose gains depend on the chances, as lines of a linear programme.

    Attributes
    ----------
    who : numpy.ndarray of intp
        Their numbers, mentors first.
    gains : scipy.sparse.csr_array
        What each variable gives each of them, 1 for the most that any pair gives anybody.
    given : numpy.ndarray of float64
        What they have for certain, in the same units.
    promising : numpy.ndarray of bool
        The variables that give somebody most.
    """

    who: NDArray[np.intp]
    gains: Any
    given: Floats
    promising: NDArray[np.bool_]

    @classmethod
    def of(cls, gains: ExpectedGains, polytope: Polytope) -> _People:
        from scipy.sparse import csr_array

        (rows, columns), (mentors, mentees) = polytope.cells, polytope.shape
        both = gains.mentors[rows, columns], gains.mentees[rows, columns]
        amounts = np.concatenate(both).astype(np.float64)
        scale = max(float(np.abs(amounts).max(initial=0)), 1.0)
        people = np.concatenate([rows, mentors + columns])
        pairs = np.tile(np.arange(rows.size), 2)
        shape = mentors + mentees, polytope.all.low.size
        table = csr_array((amounts / scale, (people, pairs)), shape=shape)
        table.eliminate_zeros()
        who = np.flatnonzero(np.diff(table.indptr))
        given = np.concatenate(gains.given)[who] / scale
        return cls(who, table[who], given, _promising(amounts, polytope))

    def settled(
        self, found: Solutions, used: NDArray[np.bool_], zero: float
    ) -> tuple[Solutions, Whole]:
        """Return the leximin solutions of those found, and the rank of each person: 0, 1, … from who expects the least."""
        ranks = np.full(self.who.size, -1)
        while (ranks < 0).any():
            last = int(ranks.max()) + 1
            open_ones = ranks < 0
            stage = self._stage(found, np.where(open_ones, last, ranks), ~open_ones)
            # The last variable is what everybody who is not settled has at least.
            goal = np.append(np.zeros(stage.low.size - 1), 1.0)
            best = stage.best(goal, np.append(used, np.ones(last + 1, bool)))
            # The prices of those who are not settled add up to 1, so that at least one of them is settled now.
            prices = best.prices[-self.who.size :]
            ranks[open_ones & (prices > zero)] = last
            found, used = found.narrowed(best, zero), best.used[: used.size]
        return self._stage(found, ranks, ranks >= 0), ranks

    def _stage(self, found: Solutions, of: Whole, fixed: NDArray[np.bool_]) -> Solutions:
        """Add a variable for each rank, which those of it reach; whoever is fixed has no more."""
        from scipy.sparse import block_array, csr_array

        count, size = int(of.max(initial=-1)) + 1, of.size
        reach = csr_array((np.ones(size), (np.arange(size), of)), shape=(size, count))
        rest: Any = [[found.matrix, None], [-self.gains, reach]]
        return Solutions(
            matrix=block_array(rest, format="csc"),
            limits=np.concatenate([found.limits, self.given]),
            tight=np.concatenate([found.tight, fixed]),
            low=np.concatenate([found.low, np.full(count, -np.inf)]),
            high=np.concatenate([found.high, np.full(count, np.inf)]),
        )

    def same(self, expected: list[int], ranks: Whole) -> bool:
        """Tell whether those of one rank expect exactly the same."""
        of_each = zip(self.who.tolist(), ranks.tolist(), strict=True)
        found = {(rank, expected[who]) for who, rank in of_each}
        return len(found) == len(set(ranks.tolist()))


def _promising(amounts: Floats, polytope: Polytope) -> NDArray[np.bool_]:
    """Return a few variables for each person: the pairs that give most to one of the two, or to both together."""
    found = np.zeros(polytope.all.low.size, bool)
    mentors, mentees = np.split(amounts, 2)
    for amount in (np.maximum(mentors, mentees), mentors + mentees):
        for ends in polytope.cells:
            order = np.lexsort((-amount, ends))
            people = ends[order]
            # Person by person, the best pair first: how many better ones each has.
            better = np.arange(people.size) - np.searchsorted(people, people)
            found[order[better < FEW]] = True
    return found
