"""What no groups exceed in points whoever gets a place: a bound for where places could not be settled in time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.groups.columns import UNIT, Columns, GroupPrices
from rmatch.solve.groups.generate import generated, priced
from rmatch.solve.groups.problem import GroupProblem
from rmatch.solve.groups.proof import GroupProof
from rmatch.solve.ties import TieHash
from rmatch.solve.total import Pairs
from rmatch.utils.stopping import half
from rmatch.utils.values import Value

NEAR = 1e-4
"""The bound is near enough to the lowest that prices give once it is above it by this share."""


@dataclass(frozen=True, slots=True, eq=False)
class Ceiling(Value):
    """What no groups exceed in points, whoever gets a place.

    Attributes
    ----------
    bound : int
        The points.
    proof : GroupProof
        What proves it.
    """

    bound: int
    proof: GroupProof


class Start(NamedTuple):
    """Where to begin with a problem of the same people that allows less; in the order that decides ties."""

    prices: GroupPrices
    columns: Columns


def ceiling_of(
    problem: GroupProblem,
    pairs: int | None,
    known: Pairs,
    prices: GroupPrices,
    ties: TieHash,
) -> tuple[Ceiling | None, Start | None]:
    """Return a bound on the points of all groups, and what it was found by; nothing if there is no time for any.

    By the Lagrangian relaxation any prices give such a bound [1]_; column generation makes it low. It takes half of the
    time that is left at most: the other half is for groups.

    Parameters
    ----------
    problem : GroupProblem
        All groups that are possible.
    pairs : int, optional
        How many pairs there are to be.
    known : tuple of two numpy.ndarray of int64
        Row and column of each pair of some groups with as many pairs.
    prices : GroupPrices
        Where to begin.
    ties : TieHash
        Gives the order in which people are looked at.

    References
    ----------
    .. [1] A. M. Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2, 1974.
       :doi:`10.1007/BFb0120690`
    """
    rows, columns = ties.order
    found = None
    with suppress(StopError), half():
        ordered = problem.ordered(rows, columns)
        groups = ordered.groups(np.argsort(rows)[known[0]], np.argsort(columns)[known[1]])
        root = priced(ordered, GroupPrices(prices.mentors[rows], prices.bonus), pairs)
        # Whatever is missing costs more than anything else can bring.
        penalty = float(ordered.most - ordered.worth(groups) + 1)
        for best, some, shared in generated(ordered, enumerate(groups), pairs, penalty, root):
            found = best, some
            if best.bound / UNIT - shared.points <= NEAR * abs(shared.points):
                break
    if found is None:
        return None, None
    best, some = found
    proof = GroupProof(best.prices).of_order(rows, columns)
    return Ceiling(best.bound // UNIT, proof), Start(best.prices, some)
