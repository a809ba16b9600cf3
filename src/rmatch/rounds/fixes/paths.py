"""The cheapest way to one more place: a shortest path of pairs that are made and pairs that are taken apart in turn.

Of two matchings, everybody's places in the one and in the other differ along paths; whoever is to get a partner begins one,
and whatever else differs can be left as it was. On such a path a pair is opened, the one who was taken gives up a partner,
who needs another one, and so on, until somebody has a place left or somebody had a partner more than needed. Everybody
between keeps as many partners as before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.rounds.fixes.openings import NO_WAY

SCALE = 2**16
"""A path of as many pairs costs one unit more: among the cheapest, fewer pairs are made anew."""


CLOSED = np.int64(2**62)
"""Farther than anything."""


class Network(NamedTuple):
    """Who needs a place, what a new pair costs, which pairs there are, and where a path may end.

    Attributes
    ----------
    cost : ndarray of int64, shape (takers, needy)
        What it costs to make each pair; `NO_WAY` for those that are made already.
    takers, needy, release : ndarray of int64
        The pairs that are made, and what it costs to take each apart.
    start : ndarray of int64, shape (needy,)
        What it costs that a path begins with each; `NO_WAY` for whoever does not ask.
    room : ndarray of int64, shape (takers,)
        What it costs that each takes one partner more.
    spare : ndarray of int64, shape (needy,)
        What it costs that each has one partner less.
    """

    cost: NDArray[np.int64]
    takers: NDArray[np.int64]
    needy: NDArray[np.int64]
    release: NDArray[np.int64]
    start: NDArray[np.int64]
    room: NDArray[np.int64]
    spare: NDArray[np.int64]


class Path(NamedTuple):
    """A cheapest path.

    Attributes
    ----------
    cost : int
        The costs of all that gives on it.
    made, broken : tuple of (int, int)
        The pairs that are made and those that are taken apart, taker and needy, in their order.
    lessened : int
        Who has one partner less at its end, -1 where somebody takes one more.
    """

    cost: int
    made: tuple[tuple[int, int], ...]
    broken: tuple[tuple[int, int], ...]
    lessened: int = -1


def shortest(network: Network, below: int) -> Path | None:
    """Return a cheapest path, and among those one with the fewest pairs; nothing where none is cheaper than a bound.

    References
    ----------
    .. [1] E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959.
       :doi:`10.1007/BF01386390`
    """
    search = _Search(network, np.int64(below) * SCALE)
    while search.step():
        pass
    return search.path()


class _Search:
    def __init__(self, network: Network, below: np.int64) -> None:
        self.network, self.best = network, below
        self.to_needy = network.start * SCALE
        self.to_taker = np.full(len(network.room), NO_WAY * SCALE)
        self.before_needy = np.full(len(network.start), -1)
        self.before_taker = np.full(len(network.room), -1)
        self.open = np.ones(len(network.start), bool)
        self.end: tuple[str, int] | None = None

    def step(self) -> bool:
        """Go on from the nearest who needs a place; tell whether there may be anything cheaper yet."""
        network = self.network
        if not self.open.any():
            return False
        nearest = int(np.argmin(np.where(self.open, self.to_needy, CLOSED)))
        so_far = self.to_needy[nearest]
        if so_far >= self.best:
            return False
        self.open[nearest] = False
        if self.before_needy[nearest] >= 0:
            self._finish(so_far + network.spare[nearest] * SCALE, "needy", nearest)
        reached = so_far + network.cost[:, nearest] * SCALE + 1
        nearer = reached < np.minimum(self.to_taker, self.best)
        self.to_taker[nearer], self.before_taker[nearer] = reached[nearer], nearest
        ends = np.where(nearer, self.to_taker + network.room * SCALE, NO_WAY * SCALE)
        if ends.size:
            cheapest = int(np.argmin(ends))
            self._finish(ends[cheapest], "taker", cheapest)
        self._hand_on(nearer)
        return True

    def _hand_on(self, nearer: NDArray[np.bool_]) -> None:
        """Let those who were reached just now give up their partners."""
        network = self.network
        edges = np.flatnonzero(nearer[network.takers])
        reached = self.to_taker[network.takers[edges]] + network.release[edges] * SCALE
        whom = network.needy[edges]
        for edge, cost, needy in zip(edges.tolist(), reached.tolist(), whom.tolist(), strict=True):
            if cost < self.to_needy[needy]:
                self.to_needy[needy] = cost
                self.before_needy[needy] = network.takers[edge]

    def _finish(self, cost: np.int64, side: str, who: int) -> None:
        if cost < self.best:
            self.best, self.end = cost, (side, who)

    def path(self) -> Path | None:
        """Return what was found, from its end to its beginning and turned round."""
        if self.end is None:
            return None
        side, who = self.end
        made, broken = [], []
        lessened = who if side == "needy" else -1
        taker, needy = (-1, who) if side == "needy" else (who, -1)
        while True:
            if taker < 0:
                taker = int(self.before_needy[needy])
                if taker < 0:
                    break
                broken.append((taker, needy))
            needy = int(self.before_taker[taker])
            made.append((taker, needy))
            taker = -1
        cost = int(self.best) // SCALE
        return Path(cost, tuple(made[::-1]), tuple(broken[::-1]), lessened)
