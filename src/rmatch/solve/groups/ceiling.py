"""What no groups exceed in points whoever gets a place: a bound for where places could not be settled in time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.groups.columns import UNIT
from rmatch.solve.groups.generate import Start, generated, priced
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


def ceiling_of(
    problem: GroupProblem,
    pairs: int | None,
    known: Pairs,
    start: Start | None,
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
    start : Start, optional
        Where to begin, in the order of the ties.
    ties : TieHash
        Gives the order in which people are looked at.

    References
    ----------
    .. [1] A. M. Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2, 1974.
       :doi:`10.1007/BFb0120690`
    """
    order = ties.order
    found = None
    with suppress(StopError), half():
        ordered = problem.ordered(*order)
        groups = ordered.groups(
            *(np.argsort(one)[of] for one, of in zip(order, known, strict=True))
        )
        begin = start or Start.free(ordered)
        root = priced(ordered, begin.prices, pairs)
        # Whatever is missing costs more than anything else can bring.
        penalty = float(ordered.most - ordered.worth(groups) + 1)
        some = [*enumerate(groups), *begin.columns.within(ordered)]
        for best, columns, shared in generated(ordered, some, pairs, penalty, root):
            found = best, columns
            if best.bound / UNIT - shared.points <= NEAR * abs(shared.points):
                break
    if found is None:
        return None, None
    best, columns = found
    proof = GroupProof(best.prices).of_order(*order)
    return Ceiling(best.bound // UNIT, proof), Start(best.prices, columns)
