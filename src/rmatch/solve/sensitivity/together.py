"""The best few newcomers together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from rmatch.solve.network.network import Whole
from rmatch.solve.sensitivity.newcomers import NOBODY, Newcomers


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best newcomers together.

    Attributes
    ----------
    kinds : tuple of int
        The kind of each of them, in the order in which they joined; fewer than asked for where one more gains nothing.
    gains : tuple of int
        What each of them gains beside those before.
    bound : int
        What no choice of as many newcomers as were asked for gains more than.
    """

    kinds: tuple[int, ...]
    gains: tuple[int, ...]
    bound: int


def best_together(team: Newcomers, points: Whole, places: Whole, k: int) -> Chosen:
    r"""Return the best newcomers together, of each kind as many as are good.

    At every step joins who gains most beside those before. Where everybody has one place that is the optimum, for every
    number of newcomers: a gate through which one more unit may come, and from which the kinds are one arc away, makes them a
    flow, and the step is its shortest augmenting path, which never comes back to the gate. So the best of one more contain
    the best so far. Newcomers with several places bring several units or none, and no flow says that: the choice of the
    best is then as hard as covering a set. The bound, which prices prove, is what they would gain if each were at every place of
    the kind that is the best there.

    Parameters
    ----------
    team : Newcomers
        The optimal matching that they may join, with room for `k`; it stays as it is.
    points : numpy.ndarray of int64, shape (kinds, mentees)
        What a newcomer of each kind is worth to each mentee.
    places : numpy.ndarray of int64, shape (kinds,)
        Most partners of each.
    k : int
        How many newcomers at most.

    Returns
    -------
    Chosen
        Who joins, what each gains beside those before, and the bound.
    """
    grown, kinds, gains = team.copy(), list[int](), list[int]()
    for _ in range(k):
        kind, gain = _next(grown, points, places)
        if not gain:
            break
        grown.join(points[kind], int(places[kind]))
        kinds.append(kind)
        gains.append(gain)
    # As if each had at every place what the best kind has there: where they have one place, no more than they can.
    anybody, most, relaxed = points.max(0), int(places.max(initial=0)), team.copy()
    added = takewhile(bool, (relaxed.join(anybody, most) for _ in range(k)))
    bound = sum(added)
    relaxed.prove()
    return Chosen(tuple(kinds), tuple(gains), bound)


def _next(team: Newcomers, points: Whole, places: Whole) -> tuple[int, int]:
    """Return who gains most, and how much; no place gains more than the first, so few have to be tried."""
    bounds = places * team.firsts(points)
    best, gain = NOBODY, 0
    for kind in np.argsort(-bounds, kind="stable").tolist():
        if bounds[kind] <= gain:
            break
        count = int(places[kind])
        found = int(bounds[kind]) if count == 1 else team.copy().join(points[kind], count)
        if found > gain:
            best, gain = kind, found
    return best, gain
