"""Quotas that cannot be met: the cheapest change that makes them possible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rmatch.errors import QuotaError, RmatchError
from rmatch.solve.quota.limits import PairBound
from rmatch.utils.aside import LONG, aside
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.solve.lp.zero_one import Program
    from rmatch.solve.network.network import Numbers, Whole
    from rmatch.solve.quota.limits import MeanBound, Pairs

Bound = Literal["at_least", "at_most", "within"]
WORDS = {"at_least": "at least", "at_most": "at most", "within": "within"}


@dataclass(frozen=True, slots=True)
class Change:
    """One bound that has to give way.

    Attributes
    ----------
    name : str
        What the organiser calls the quota.
    bound : {"at_least", "at_most", "within"}
        Which of its bounds.
    asked, possible : int
        The bound as it is, and as it would have to be.
    """

    name: str
    bound: Bound
    asked: int
    possible: int

    def __str__(self) -> str:
        """Return the change in words."""
        return f"{self.name}: {WORDS[self.bound]} {numeral(self.asked)} cannot be met; {numeral(self.possible)} can"


def cost(change: Change, scale: int = 1) -> float:
    r"""Return what a change costs: the lower a quota is already, the dearer each further step.

    To lower `at least` :math:`a` to :math:`b` costs :math:`\sum_{t=b+1}^{a} 1/t`: the last partner of a group costs as
    much as the first half of many. To raise `at most` :math:`a` to :math:`b` costs :math:`(b - a)/(a + 1)`, and to let
    means lie apart `within` :math:`b` instead of :math:`a` points :math:`(b - a)/s`, a share of the most points of a pair.

    Parameters
    ----------
    change : Change
        The change.
    scale : int
        The most points of a pair, :math:`s`.

    Returns
    -------
    float
        The cost.

    Examples
    --------
    >>> cost(Change("women", "at_least", 3, 2)) < cost(Change("women", "at_least", 2, 1))
    True
    """
    if change.bound == "at_least":
        return sum(1 / t for t in range(change.possible + 1, change.asked + 1))
    whole = change.asked + 1 if change.bound == "at_most" else scale
    return (change.possible - change.asked) / whole


def refusal(
    base: Program,
    points: Numbers,
    pairs: Pairs,
    limits: Sequence[PairBound | MeanBound],
    settled: Pairs,
) -> QuotaError:
    """Return the error that says what would have to change.

    Every bound gets whole steps by which it may give way, at their `cost`; the least total cost is a mixed-integer
    programme. A quota for each person stays one number for all. The matching found is a witness: the changed quotas are
    checked on it in whole numbers.

    Parameters
    ----------
    base : Program
        Capacities and minimums alone, which can be met.
    points : numpy.ndarray of int64
        What each pair is worth.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair that may be made.
    limits : sequence of PairBound or MeanBound
        Quotas that cannot be met.
    settled : tuple of two numpy.ndarray of int64
        Pairs that are made already.

    Returns
    -------
    QuotaError
        With the changes.

    Raises
    ------
    RmatchError
        If the changes found do not make the quotas possible.
    """
    scale = max(int(np.abs(points[pairs]).max(initial=0)), 1)
    slacks = [slack for limit in limits for slack in _slacks(limit, points, pairs, settled, scale)]
    steps, chosen = _cheapest(base, slacks)
    given_up = list(zip(slacks, steps.tolist(), strict=True))
    possible = [slack.start + slack.sign * step for slack, step in given_up]
    changes = [
        Change(slack.name, slack.bound, slack.asked, value)
        for slack, value in zip(slacks, possible, strict=True)
        if value != slack.asked
    ]
    still_broken = any(slack.broken(chosen, step) for slack, step in given_up)
    if base.broken(chosen).size or still_broken:
        message = "the quotas cannot be met, and the changes that were found do not help: please report it"
        raise RmatchError(message)
    return QuotaError(changes)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Slack:
    """One bound that may give way: `rows @ x` against `sign` × the bound, by steps that cost more and more."""

    name: str
    bound: Bound
    asked: int
    start: int
    sign: int
    rows: csr_array
    limit: Whole
    step: Whole
    costs: NDArray[np.float64]
    most: float

    def broken(self, chosen: Whole, steps: int) -> bool:
        used, allowed = self.rows @ chosen, self.limit + self.step * steps
        return bool((used > allowed).any())


def _slacks(
    limit: PairBound | MeanBound, points: Numbers, pairs: Pairs, settled: Pairs, scale: int
) -> Iterator[_Slack]:
    if not isinstance(limit, PairBound):
        yield _within(limit, points, pairs, settled, scale)
        return
    units, given = limit.units(*pairs), limit.units(*settled).sum(1)
    if limit.at_least:
        yield _at_least(limit, units, given)
    if limit.at_most is not None:
        yield _at_most(limit, units, given, limit.at_most)


def _within(limit: MeanBound, points: Numbers, pairs: Pairs, settled: Pairs, scale: int) -> _Slack:
    from scipy.sparse import csr_array

    weights, one = limit.rows(points, *pairs)
    given = limit.rows(points, *settled)[0].sum(1)
    # Neither group may lie above the other: each difference stands here with both signs.
    both_ways, both = np.concatenate([weights, -weights]), np.concatenate([one, one])
    return _Slack(
        name=limit.name,
        bound="within",
        asked=limit.within,
        start=limit.within,
        sign=1,
        rows=csr_array(both_ways),
        limit=limit.within * both - np.concatenate([given, -given]),
        step=both,
        costs=np.array([1 / scale]),
        most=np.inf,
    )


def _at_least(limit: PairBound, units: csr_array, given: Whole) -> _Slack:
    # What all pairs together cannot reach is given up at once; each further step costs more than the one before.
    possible = int((units.sum(1) + given).min(initial=limit.at_least))
    start = min(limit.at_least, possible)
    return _Slack(
        name=limit.name,
        bound="at_least",
        asked=limit.at_least,
        start=start,
        sign=-1,
        rows=-units,
        limit=given - start,
        step=np.ones_like(given),
        costs=1 / np.arange(max(start, 1), 0, -1),
        most=1.0,
    )


def _at_most(limit: PairBound, units: csr_array, given: Whole, most: int) -> _Slack:
    return _Slack(
        name=limit.name,
        bound="at_most",
        asked=most,
        start=most,
        sign=1,
        rows=units,
        limit=most - given,
        step=np.ones_like(given),
        costs=np.array([1 / (most + 1)]),
        most=np.inf,
    )


def _cheapest(base: Program, slacks: Sequence[_Slack]) -> tuple[Whole, Whole]:
    """Return by how many steps each bound gives way, and a matching for which that is enough."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_diag, csr_array, hstack, vstack

    pairs, sizes = base.rows.shape[1], [len(slack.costs) for slack in slacks]
    steps = sum(sizes)
    # The variables are the pairs, and then the steps of each bound, which take their share off its rows.
    give = [-np.outer(slack.step, np.ones(size)) for slack, size in zip(slacks, sizes, strict=True)]
    rows = hstack([vstack([slack.rows for slack in slacks]), block_diag(give)], format="csr")
    fixed = hstack([base.rows, csr_array((base.rows.shape[0], steps))], format="csr")
    costs = [slack.costs for slack in slacks]
    most = [np.full(len(slack.costs), slack.most) for slack in slacks]
    limits = np.concatenate([slack.limit for slack in slacks])
    solver: Any = partial(
        milp,
        np.concatenate([np.zeros(pairs), *costs]),
        integrality=np.ones(pairs + steps, np.int64),
        bounds=Bounds(0, np.concatenate([np.ones(pairs), *most])),
        constraints=[
            LinearConstraint(fixed.astype(np.float64), *base.limits),
            LinearConstraint(rows.astype(np.float64), ub=limits),
        ],
        options={"mip_rel_gap": 0.0},
    )
    answer = aside("programme", LONG, solver)
    found = np.rint(answer.x).astype(np.int64)
    given_up = np.split(found[pairs:], np.cumsum(sizes)[:-1])
    return np.array([part.sum() for part in given_up]), found[:pairs]
