"""The best groups of one leader, where every mentor has a price."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.groups.problem import Group, Leader
    from rmatch.solve.network.network import Whole

NONE = -(2**62)
"""Less than any group is worth."""


class Search:
    """A search for groups of one leader that are worth enough, by branch and bound.

    What a mentor adds to a group never grows with the group, since a want counts once: what the best of those left add
    now bounds what they will add together.

    Parameters
    ----------
    leader : Leader
        What there is to choose from.
    net : ndarray of int64
        What each mentor adds in any group less the price, in units.
    gains : ndarray of int64, shape (wants, mentors)
        What each mentor brings for each want, in units.
    """

    def __init__(self, leader: Leader, net: Whole, gains: NDArray[np.int64]) -> None:
        self.leader, self.net, self.gains = leader, net, gains
        self.sizes = np.array(leader.sizes, np.int64)
        self.most = int(self.sizes.max(initial=0))

    def best(self, more_than: int = NONE) -> list[tuple[int, Group]]:
        """Return groups each worth more than the one before, the best at last; none if nothing is worth more."""
        self.least, self.rises = more_than + 1, True
        return list(self._search())

    def all(self, least: int) -> list[tuple[int, Group]]:
        """Return every group that is worth so much."""
        self.least, self.rises = least, False
        return list(self._search())

    def _search(self) -> Iterator[tuple[int, Group]]:
        nothing = np.zeros(len(self.gains), np.int64)
        yield from self._with((), nothing, np.arange(len(self.net)), 0)

    def _found(self, worth: int, group: Group) -> Iterator[tuple[int, Group]]:
        if self.rises:
            self.least = worth + 1
        yield worth, tuple(sorted(group))

    def _with(
        self, group: Group, have: Whole, others: NDArray[np.intp], worth: int
    ) -> Iterator[tuple[int, Group]]:
        """Go through the groups with these members and some of the others."""
        if len(group) in self.leader.sizes and worth >= self.least:
            yield from self._found(worth, group)
        left = self.sizes[self.sizes > len(group)] - len(group)
        if not left.size or len(others) < left[0]:
            return
        adds = self.net[others] + np.maximum(self.gains[:, others] - have[:, None], 0).sum(axis=0)
        if left[-1] == 1:
            yield from self._with_one(group, others, worth + adds)
            return
        order = np.argsort(-adds, kind="stable")
        others, adds = others[order], adds[order]
        sums = np.concatenate([[0], np.cumsum(adds)])
        for place in range(len(others) - int(left[0]) + 1):
            most = left[left <= len(others) - place]
            if worth + int((sums[place + most] - sums[place]).max()) < self.least:
                break
            member = int(others[place])
            yield from self._with(
                (*group, member),
                np.maximum(have, self.gains[:, member]),
                self.leader.beside(member, others[place + 1 :]),
                worth + int(adds[place]),
            )

    def _with_one(
        self, group: Group, others: NDArray[np.intp], worth: Whole
    ) -> Iterator[tuple[int, Group]]:
        """Go through the groups with one more member."""
        if self.rises:
            best = int(worth.argmax())
            if worth[best] >= self.least:
                yield from self._found(int(worth[best]), (*group, int(others[best])))
            return
        for place in np.flatnonzero(worth >= self.least).tolist():
            yield from self._found(int(worth[place]), (*group, int(others[place])))
