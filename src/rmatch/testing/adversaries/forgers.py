"""Forgers of certificates: worse answers with prices that seem to prove them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.testing.instance import Certified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.testing.instance import Instance, Pairs

    Prices = NDArray[np.float64] | NDArray[np.int64]

ENORMOUS = 2**62
"""Two prices of this size wrap around in 64 bits."""


class Forgery(NamedTuple):
    """An answer that is not the best, with what is to make it look so.

    Attributes
    ----------
    name : str
        What was done, in words.
    answer : Certified
        Fewer pairs than possible, or fewer points, with prices and a bonus.
    """

    name: str
    answer: Certified


def forgeries(instance: Instance, honest: Certified) -> Iterator[Forgery]:
    """Go through false answers to a problem. No prices prove any of them, so whoever accepts one does not check.

    Parameters
    ----------
    instance : Instance
        The problem, with whole points; as many pairs as possible come first.
    honest : Certified
        A best answer with its prices.

    Yields
    ------
    Forgery
        Worse pairs with honest prices, with prices that are too high, too low, beyond all numbers or none, and with a bonus
        that is honest, missing, enormous or below 0.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> honest = Certified([(0, 0), (1, 1)], [2, 0], [2, 4], 0)
    >>> names = [each.name for each in forgeries(Instance.of([[4, 1], [2, 4]]), honest)]
    >>> names[0], len(names) > 50
    ('no pairs, honest prices, honest bonus', True)
    """
    best = frozenset((int(row), int(column)) for row, column in honest.pairs)
    bonuses = {"honest": honest.bonus, "no": 0, "enormous": ENORMOUS, "negative": -ENORMOUS}
    for (pairs_name, pairs), (bonus_name, bonus) in product(
        _worse(instance, best), bonuses.items()
    ):
        for prices_name, (u, v) in _prices(instance, honest, pairs).items():
            name = f"{pairs_name}, {prices_name} prices, {bonus_name} bonus"
            yield Forgery(name, Certified(sorted(pairs), u.tolist(), v.tolist(), bonus))


def _worse(instance: Instance, best: Pairs) -> Iterator[tuple[str, Pairs]]:
    """Go through pairs that may be made and are fewer, or have fewer points."""
    candidates: dict[str, Pairs] = {"no pairs": frozenset()}
    if best:
        by_points = sorted(best, key=lambda pair: instance.points[pair].item())
        candidates["a pair less"] = best - {by_points[-1]}
        candidates["the worst pairs"] = _worst(instance)
    for name, pairs in candidates.items():
        if instance.value(pairs) < instance.value(best):
            yield name, pairs


def _worst(instance: Instance) -> Pairs:
    """Return as many pairs of single partners as can be made, those with the fewest points."""
    from scipy.optimize import linear_sum_assignment

    placed = (instance.mentor_capacity > 0)[:, None] & (instance.mentee_capacity > 0)
    usable = instance.allowed & placed
    # A pair that may not be made costs more than all the others together.
    least, most = int(instance.points.min()), int(instance.points.max())
    cost = np.where(usable, instance.points - least, (most - least + 1) * (usable.size + 1))
    rows, columns = linear_sum_assignment(cost)
    made = usable[rows, columns]
    return frozenset(zip(rows[made].tolist(), columns[made].tolist(), strict=True))


def _prices(
    instance: Instance, honest: Certified, pairs: Pairs
) -> dict[str, tuple[Prices, Prices]]:
    u = np.array(honest.mentor_prices, np.int64)
    v = np.array(honest.mentee_prices, np.int64)
    return {
        "honest": (u, v),
        "high": (u + 10**6, v + 10**6),
        "enormous": (np.full_like(u, ENORMOUS), np.full_like(v, ENORMOUS)),
        "negative enormous": (np.full_like(u, -ENORMOUS), np.full_like(v, -ENORMOUS)),
        "low": (u - 10**6, v - 10**6),
        "no": (0 * u, 0 * v),
        "matching": _summing_up(instance, pairs, u, v),
        "infinite": (np.full(len(u), np.inf), np.full(len(v), np.inf)),
        "undefined": (np.full(len(u), np.nan), np.full(len(v), np.nan)),
    }


def _summing_up(
    instance: Instance, pairs: Pairs, u: NDArray[np.int64], v: NDArray[np.int64]
) -> tuple[Prices, Prices]:
    """Return prices of those who have a partner that add up to the points, whatever other pairs are worth."""
    own = np.zeros_like(u)
    for row, column in pairs:
        own[row] = max(own[row], int(instance.points[row, column]))
    return own, 0 * v
