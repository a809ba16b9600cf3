"""Prices from the linear programme over pairs: near the best ones, and far quicker to find than over groups."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.groups.columns import UNIT, GroupPrices
from rmatch.utils.aside import LONG, aside
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.solve.groups.problem import Group, GroupProblem

    Reals = NDArray[np.float64]

FIRST = 12
"""So many pairs of everybody are taken to begin with: those that stand out among both people's others."""
MORE = 6
"""So many pairs of everybody are added at once, of those that exceed their prices."""
NEAR = 1e-5
"""Prices are near enough once the bound is above the linear programme by this share of it."""


class PairProgramme:
    r"""The linear programme over pairs, where each want is shared out among those who meet.

    .. math:: \max \sum r_{ij} x_{ij} + \sum g_{wi} z_{wi} \quad\text{subject to}\quad
       z_{wi} \le x_{ij}, \quad \sum_i z_{wi} \le 1

    with places and, if it is given, the number of pairs. With a price :math:`\pi_w` of each want, a pair is worth
    :math:`r_{ij} + \sum_w \max(0, g_{wi} - \pi_w)` less the prices of the two: so few pairs have to be in the programme,
    and those that are missing show.

    Parameters
    ----------
    problem : GroupProblem
        Any number of partners between two is allowed, with whomever.
    pairs : int, optional
        How many pairs there are to be.
    groups : sequence of tuple of int
        Groups that go together.
    """

    def __init__(self, problem: GroupProblem, pairs: int | None, groups: Sequence[Group]) -> None:
        self.problem, self.pairs = problem, pairs
        self.gains = problem.gains.toarray().astype(np.float64)
        sizes = [(min(own), max(own)) for own in problem.sizes]
        fewest, most = np.array(sizes, np.float64).reshape(-1, 2).T
        self.most = np.concatenate([problem.mentor_capacity, most])
        self.fewest = np.concatenate([problem.mentor_minimum, fewest])
        self.allowed = problem.allowed & (problem.mentor_capacity > 0)[:, None] & (most > 0)
        alone = np.where(self.allowed, problem.additive.points, np.nan)
        self.chosen = self._first(np.nan_to_num(alone - _means(alone, 1) - _means(alone, 0)))
        self.chosen[problem.pairs(groups)] = True

    def prices(self) -> GroupPrices:
        """Return prices of the mentors, and the bonus of a pair, near those at which the bound is lowest."""
        while self.chosen.any():
            listen("groups")
            answer = aside("groups", LONG, self._solved)
            if answer.ineqlin.marginals is None:
                message = f"the linear programme over pairs has no answer: {answer.message}"
                raise RmatchError(message)
            owned, wanted = self._duals(answer)
            each = -float(answer.eqlin.marginals[0]) if self.pairs is not None else 0.0
            over = np.where(self.allowed, self._worth(owned, wanted) - each, 0.0)
            missing = (over > 1 / 2) & ~self.chosen
            apart = float(over[missing].sum())
            if not missing.any() or apart <= NEAR * abs(answer.fun):
                mentors = np.rint(UNIT * owned[: self.problem.shape[0]]).astype(np.int64)
                # Only those who must have partners may cost less than nothing.
                low = np.where(self.problem.mentor_minimum > 0, mentors, np.maximum(mentors, 0))
                return GroupPrices(low, round(-UNIT * each))
            self.chosen |= missing & _largest(np.where(missing, over, 0.0), MORE)
        return GroupPrices(np.zeros(self.problem.shape[0], np.int64), 0)

    def _first(self, standing_out: Reals) -> NDArray[np.bool_]:
        lowest = standing_out.min(initial=0.0) - 1
        return self.allowed & _largest(np.where(self.allowed, standing_out, lowest), FIRST)

    def _worth(self, owned: Reals, wanted: Reals) -> Reals:
        """Return what every pair is worth above the prices of the two and of the wants."""
        worth = self.problem.rest.astype(np.float64)
        above = np.maximum(self.gains - wanted[:, None], 0)
        np.add.at(worth.T, self.problem.mentee, above)
        mentors = self.problem.shape[0]
        return worth - owned[:mentors, None] - owned[None, mentors:]

    def _duals(self, answer: Any) -> tuple[Reals, Reals]:
        """Return the prices of everybody and of the wants."""
        everybody, wants = len(self.most), len(self.gains)
        prices = -answer.ineqlin.marginals
        owned = prices[:everybody] - prices[everybody : 2 * everybody]
        return owned, prices[2 * everybody : 2 * everybody + wants]

    def _solved(self) -> Any:
        from scipy.optimize import linprog
        from scipy.sparse import csr_array

        part = _Part(self)
        both = part.matrix
        total = csr_array(np.concatenate([np.ones(part.size), np.zeros(part.gains)])[None, :])
        given = {} if self.pairs is None else {"A_eq": total, "b_eq": [self.pairs]}
        call = partial(
            linprog,
            -part.worth,
            A_ub=both,
            b_ub=np.concatenate(
                [self.most, -self.fewest, np.ones(len(self.gains)), np.zeros(part.gains)]
            ),
            bounds=(0, 1),
            method="highs-ds",
        )
        return call(**given)


class _Part:
    """The programme over the chosen pairs."""

    def __init__(self, whole: PairProgramme) -> None:
        self.whole = whole
        self.rows, self.columns = np.nonzero(whole.chosen)
        self.size = len(self.rows)
        place = np.zeros(whole.chosen.shape, np.int64)
        place[self.rows, self.columns] = np.arange(self.size)
        mentee = whole.problem.mentee
        self.want, mentor = np.nonzero((whole.gains > 0) & whole.chosen[:, mentee].T)
        self.pair = place[mentor, mentee[self.want]]
        self.gain = whole.gains[self.want, mentor]
        self.gains = len(self.want)

    @cached_property
    def worth(self) -> Reals:
        rest = self.whole.problem.rest[self.rows, self.columns]
        return np.concatenate([rest, self.gain]).astype(np.float64)

    @cached_property
    def matrix(self) -> csr_array:
        """Places and minimums of everybody, each want once, and no want without its pair."""
        from scipy.sparse import csr_array, vstack

        mentors, mentees = self.whole.problem.shape
        pairs, gains = np.arange(self.size), np.arange(self.gains)
        wide = self.size + self.gains
        own = np.concatenate([self.rows, mentors + self.columns]), np.tile(pairs, 2)
        people = csr_array((np.ones(2 * self.size), own), shape=(mentors + mentees, wide))
        wants = csr_array(
            (np.ones(self.gains), (self.want, self.size + gains)),
            shape=(len(self.whole.gains), wide),
        )
        both = np.tile(gains, 2), np.concatenate([self.size + gains, self.pair])
        signs = np.concatenate([np.ones(self.gains), -np.ones(self.gains)])
        needs = csr_array((signs, both), shape=(self.gains, wide))
        whole: csr_array = vstack([people, -people, wants, needs], format="csr")
        return whole


def _means(points: Reals, axis: int) -> Reals:
    known = np.maximum((~np.isnan(points)).sum(axis=axis, keepdims=True), 1)
    means: Reals = np.nansum(points, axis=axis, keepdims=True) / known
    return means


def _largest(values: Reals, count: int) -> NDArray[np.bool_]:
    """Mark the largest of each row and of each column, so many or all that there are."""
    found = np.zeros(values.shape, bool)
    for axis in (0, 1):
        some = min(count, values.shape[axis])
        if some:
            order = np.argsort(-values, axis=axis, kind="stable")
            np.put_along_axis(found, np.take(order, range(some), axis=axis), True, axis=axis)
    return found
