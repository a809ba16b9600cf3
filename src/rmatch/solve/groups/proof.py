"""A proof that no groups are better: prices of mentors, case by case, checked without the solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.groups.columns import UNIT, Columns, GroupPrices
from rmatch.solve.groups.problem import GroupProblem
from rmatch.solve.network.network import Whole
from rmatch.utils.stopping import listen
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.solve.groups.problem import Group, Leader

Cell = tuple[int, int]
LARGEST = 500_000
"""So many groups are looked at, case by case; prices that leave more open prove nothing."""
NONE = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, eq=False)
class GroupCase(Value):
    """Prices that close a case, or that cut it down before it is split by one pair.

    Attributes
    ----------
    prices : GroupPrices
        What bounds the points of the groups that are still possible.
    pair : tuple of int, optional
        Row and column of the pair that is made in the next case, and not in the one after all within that; none where the
        prices close the case.
    """

    prices: GroupPrices
    pair: Cell | None = None


@dataclass(frozen=True, slots=True, eq=False)
class GroupProof(Value):
    """What proves a bound on the points of groups.

    Attributes
    ----------
    prices : GroupPrices
        They leave few of all groups that can be part of something better, or none.
    cases : tuple of GroupCase
        What closes these, each case before those that it is split into; none where the prices alone are enough.
    """

    prices: GroupPrices
    cases: tuple[GroupCase, ...] = ()

    @property
    def all_prices(self) -> list[GroupPrices]:
        """The first prices, and those of all cases."""
        return [self.prices, *(case.prices for case in self.cases)]

    def of_order(self, rows: Whole, columns: Whole) -> GroupProof:
        """Return the proof of the same problem with the mentors and mentees that stand here in such an order."""

        def anew(prices: GroupPrices) -> GroupPrices:
            mentors = np.zeros_like(prices.mentors)
            mentors[rows] = prices.mentors
            return GroupPrices(mentors, prices.bonus)

        cases = tuple(
            GroupCase(
                anew(case.prices),
                case.pair and (int(rows[case.pair[0]]), int(columns[case.pair[1]])),
            )
            for case in self.cases
        )
        return GroupProof(anew(self.prices), cases)


def bounded(problem: GroupProblem, columns: Columns, prices: GroupPrices, pairs: int | None) -> int:
    """Return what no choice of some groups exceeds in points, one a leader, at whatever prices."""
    best = _best(problem, columns, columns.reduced(prices))
    return int(sum(best.tolist()) + prices.constant(problem, pairs)) // UNIT


def _best(problem: GroupProblem, columns: Columns, reduced: Whole) -> Whole:
    """Return the most that a group of each leader is worth less its prices."""
    best = np.full(problem.shape[1], NONE)
    np.maximum.at(best, columns.leader, reduced)
    return best


def worthwhile(
    problem: GroupProblem, columns: Columns, prices: GroupPrices, pairs: int | None, bound: int
) -> NDArray[np.bool_] | None:
    """Return which groups can be part of something that has more points than a bound, or nothing where none can.

    Parameters
    ----------
    problem : GroupProblem
        Places and minimums.
    columns : Columns
        The groups that are still possible.
    prices : GroupPrices
        Whatever prices; they only decide how much is told.
    pairs : int, optional
        How many pairs there are.
    bound : int
        Points.

    Returns
    -------
    ndarray of bool or None
        None proves that no choice of these groups has more points than the bound.
    """
    reduced = columns.reduced(prices)
    best = _best(problem, columns, reduced)
    if (best == NONE).any():
        return None
    to_lose = sum(best.tolist()) + prices.constant(problem, pairs) - UNIT * (bound + 1)
    if to_lose < 0:
        return None
    kept: NDArray[np.bool_] = best[columns.leader] - reduced <= to_lose
    return kept


def group_failures(
    problem: GroupProblem, proof: GroupProof, pairs: int | None, bound: int
) -> Iterator[str]:
    """Go through what keeps a proof from showing that no groups have more points than a bound.

    Whatever the prices are, the points of groups are those less the prices of their members, and these prices, which the
    mentors can earn only as often as they have places [1]_: so the best group of every leader at the prices gives a bound,
    and a group that falls short of its leader's best by more than the bound exceeds the points is in nothing better. The
    first prices leave few groups of all; every further case is about these.

    Parameters
    ----------
    problem : GroupProblem
        What the groups are worth, worked out by whoever checks.
    proof : GroupProof
        What is claimed to prove the bound.
    pairs : int, optional
        How many pairs there are; their number has a proof of its own.
    bound : int
        Points.

    Yields
    ------
    str
        What does not hold.

    References
    ----------
    .. [1] M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems", Management Science
       27(1), 1981. :doi:`10.1287/mnsc.27.1.1`
    """
    if pairs is None and any(prices.bonus for prices in proof.all_prices):
        yield "a pair earns a bonus, though their number is open"
        return
    possible = _possible(problem, proof.prices, pairs, bound)
    if possible and not proof.cases:
        yield f"prices leave open whether groups have more than {numeral(bound)} points"
        return
    if len(possible) > LARGEST:
        yield f"prices leave more than {numeral(LARGEST)} groups open"
        return
    left, cases = [Columns.of(problem, possible)] if possible else [], iter(proof.cases)
    for case in cases:
        if not left:
            yield from [] if not possible else ["there are cases beside those that are split"]
            return
        listen("groups")
        columns = left.pop()
        kept = worthwhile(problem, columns, case.prices, pairs, bound)
        if kept is None:
            _skip(case, cases)
        elif case.pair is None:
            yield f"prices leave open whether groups have more than {numeral(bound)} points"
            return
        else:
            columns = columns.among(kept)
            made, others = columns.have(*case.pair), columns.leader != case.pair[1]
            left += [columns.among(~made), columns.among(made | others)]
    if left:
        yield "a case has no prices"


def _skip(case: GroupCase, cases: Iterator[GroupCase]) -> None:
    """Pass over the cases that a case was split into before better groups were known, which close it as it is."""
    count = 0 if case.pair is None else 2
    while count:
        following = next(cases, None)
        count += -1 if following is None or following.pair is None else 1


def _possible(
    problem: GroupProblem, prices: GroupPrices, pairs: int | None, bound: int
) -> list[tuple[int, Group]]:
    """Return the groups, each with its leader, that the first prices leave for something with more points than a bound."""
    best = []
    for leader in problem.leaders:
        listen("groups")
        rising = [worth for worth, _ in _groups(leader, prices, NONE, rises=True)]
        if not rising:
            return []
        best.append(rising[-1])
    to_lose = sum(best) + prices.constant(problem, pairs) - UNIT * (bound + 1)
    if to_lose < 0:
        return []
    every = (
        (column, group)
        for column, (leader, most) in enumerate(zip(problem.leaders, best, strict=True))
        for _, group in _groups(leader, prices, most - to_lose)
    )
    return list(islice(every, LARGEST + 1))


def _groups(
    leader: Leader, prices: GroupPrices, least: int, *, rises: bool = False
) -> Iterator[tuple[int, Group]]:
    """Go through the groups of a leader that are worth so much at some prices, or through ever better ones.

    The members of a group are taken in one order. What each of those behind adds now is at least what it will add later.
    """
    net = UNIT * leader.rest + prices.bonus - prices.mentors[leader.mentors]
    gains = UNIT * leader.gains
    asked = least

    def extended(
        group: Group, have: Whole, behind: Whole, worth: int
    ) -> Iterator[tuple[int, Group]]:
        nonlocal asked
        if len(group) in leader.sizes and worth >= asked:
            asked = worth + 1 if rises else asked
            yield worth, tuple(sorted(group))
        missing = [
            size - len(group) for size in leader.sizes if 0 < size - len(group) <= len(behind)
        ]
        if not missing:
            return
        adds = net[behind] + np.maximum(gains[:, behind] - have[:, None], 0).sum(axis=0)
        largest = np.cumsum([0, *np.sort(adds)[::-1]])
        beside = max(int(largest[count - 1]) for count in missing)
        for place in np.argsort(-adds, kind="stable").tolist():
            member, with_it = int(behind[place]), worth + int(adds[place])
            if with_it + beside < asked:
                break
            others = leader.beside(member, behind[place + 1 :])
            have_all = np.maximum(have, gains[:, member])
            yield from extended((*group, member), have_all, others, with_it)

    order = np.argsort(-(net + gains.sum(axis=0)), kind="stable")
    yield from extended((), np.zeros(len(gains), np.int64), order, 0)
