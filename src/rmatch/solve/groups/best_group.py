"""The best groups of one leader, where every mentor has a price."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.groups.problem import Group, Leader
    from rmatch.solve.network.network import Whole

    Gains = NDArray[np.int64]

NONE = -(2**62)
"""Less than any group is worth."""
AT_ONCE = 2**14
"""About so many pairs of mentors are looked at together."""


class Search:
    """A search for groups of one leader that are worth enough, by branch and bound.

    What a mentor adds to a group never grows with the group, since a want counts once: what the best of those left add
    now bounds what they will add together. The last two are looked for together.

    Parameters
    ----------
    leader : Leader
        What there is to choose from.
    net : ndarray of int64
        What each mentor adds in any group less the price, in units.
    gains : ndarray of int64, shape (wants, mentors)
        What each mentor brings for each want, in units.
    """

    def __init__(self, leader: Leader, net: Whole, gains: Gains) -> None:
        self.leader, self.net, self.gains = leader, net, gains
        self.sizes = np.array(leader.sizes, np.int64)

    def best(self, count: int) -> list[tuple[int, Group]]:
        """Return so many groups, or all that there are, that are worth most, the best first."""
        return self._found(NONE, count)

    def all(self, least: int) -> list[tuple[int, Group]]:
        """Return every group that is worth so much."""
        return self._found(least, None)

    def _found(self, least: int, count: int | None) -> list[tuple[int, Group]]:
        self.least, self.count = least, count
        self.found: list[tuple[int, Group]] = []
        if 0 in self.leader.sizes:
            self._keep((), np.zeros(1, np.int64), np.zeros((0, 1), np.int64))
        self._with((), np.zeros(len(self.gains), np.int64), np.arange(len(self.net)), 0)
        return sorted(self.found, reverse=True)

    def _keep(self, group: Group, worth: Whole, members: NDArray[np.int64]) -> None:
        """Keep what is worth enough of some groups, which have these members and further ones, a column each."""
        enough = np.flatnonzero(worth >= self.least)
        if self.count is not None and len(enough) > self.count:
            enough = enough[np.argpartition(-worth[enough], self.count)[: self.count]]
        further = zip(worth[enough].tolist(), members[:, enough].T.tolist(), strict=True)
        self.found += [(each, tuple(sorted((*group, *others)))) for each, others in further]
        if self.count is not None and len(self.found) >= self.count:
            self.found = nlargest(self.count, self.found)
            self.least = self.found[-1][0] + 1

    def _with(self, group: Group, have: Whole, others: NDArray[np.intp], worth: int) -> None:
        """Look at the groups with these members and one or more of the others."""
        left = self.sizes[self.sizes > len(group)] - len(group)
        if not left.size or len(others) < left[0]:
            return
        more = np.maximum(self.gains[:, others] - have[:, None], 0)
        adds = self.net[others] + more.sum(axis=0)
        order = np.argsort(-adds, kind="stable")
        others, adds, more = others[order], adds[order], more[:, order]
        if left[0] == 1:
            self._keep(group, worth + adds, others[None])
        if left[-1] == 2:
            self._with_two(group, others, worth, adds, more)
        elif left[-1] > 2:
            self._with_each(group, have, others, worth, adds)

    def _with_two(
        self, group: Group, others: NDArray[np.intp], worth: int, adds: Whole, more: Gains
    ) -> None:
        """Look at the groups with two of the others, who stand in the order of what each adds."""
        place = 0
        while place + 1 < len(others) and worth + adds[place] + adds[place + 1] >= self.least:
            # With less than these nobody makes up for what the group lacks.
            end = np.searchsorted(-adds, worth + adds[place] - self.least, side="right")
            behind = np.arange(place + 1, end)
            ones = behind[: AT_ONCE // len(behind) + 1] - 1
            both = adds[ones, None] + adds[behind]
            for own in more:
                both -= np.minimum(own[ones, None], own[behind])
            possible = (ones[:, None] < behind) & self.leader.apart(others[ones], others[behind])
            first, second = np.nonzero(possible & (worth + both >= self.least))
            members = np.stack([others[ones[first]], others[behind[second]]])
            self._keep(group, worth + both[first, second], members)
            place += len(ones)

    def _with_each(
        self, group: Group, have: Whole, others: NDArray[np.intp], worth: int, adds: Whole
    ) -> None:
        """Look at the groups with each of the others and more behind, in the order of what each adds."""
        left = self.sizes[self.sizes > len(group) + 1] - len(group)
        sums = np.concatenate([[0], np.cumsum(adds)])
        for place, member in enumerate(others.tolist()):
            most = left[left <= len(others) - place]
            if not most.size or worth + (sums[place + most] - sums[place]).max() < self.least:
                return
            have_all = np.maximum(have, self.gains[:, member])
            beside = self.leader.beside(member, others[place + 1 :])
            self._with((*group, member), have_all, beside, worth + int(adds[place]))
