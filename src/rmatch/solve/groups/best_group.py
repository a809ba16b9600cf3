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
TURNS = 6
"""So often it is tried to bound all groups by less."""
AT_ONCE = 2**14
"""About so many pairs of mentors are looked at together."""


class Search:
    """A search for groups of one leader that are worth enough, by branch and bound.

    What a mentor adds to a group never grows with the group, since a want counts once: what the best of those left add
    now bounds what they will add together. Another bound sees the whole group at once: if a want is paid for once, at
    whatever threshold, and every mentor for what they bring beyond it, then no group is worth more than is paid, as in the
    dual of facility location [1]_. The last two are looked for together.

    Parameters
    ----------
    leader : Leader
        What there is to choose from.
    net : ndarray of int64
        What each mentor adds in any group less the price, in units.
    gains : ndarray of int64, shape (wants, mentors)
        What each mentor brings for each want, in units.

    References
    ----------
    .. [1] G. Cornuejols, M. L. Fisher and G. L. Nemhauser, "Location of bank accounts to optimize float", Management
       Science 23(8), 1977. :doi:`10.1287/mnsc.23.8.789`
    """

    def __init__(self, leader: Leader, net: Whole, gains: Gains) -> None:
        self.leader, self.net, self.gains = leader, net, gains
        self.sizes = np.array(leader.sizes, np.int64)
        self.paid, self.scores = self._least_paid()

    def best(self, count: int) -> list[tuple[int, Group]]:
        """Return so many groups, or all that there are, that are worth most, the best first."""
        return self._found(NONE, count)

    def best_with(self, member: int) -> int:
        """Return what the best group with a certain member is worth; less than any group, where there is none."""
        found = self._found(NONE, 1, member)
        return found[0][0] if found else NONE

    def all(self, least: int) -> list[tuple[int, Group]]:
        """Return every group that is worth so much."""
        return self._found(least, None)

    def _found(
        self, least: int, count: int | None, member: int | None = None
    ) -> list[tuple[int, Group]]:
        self.least, self.count = least, count
        self.found: list[tuple[int, Group]] = []
        group: Group = ()
        have, others = np.zeros(len(self.gains), np.int64), np.arange(len(self.net))
        worth, paid = 0, self.paid
        if member is not None:
            group, have = (member,), self.gains[:, member]
            others = self.leader.beside(member, np.delete(others, member))
            worth, paid = int(self.net[member] + have.sum()), paid + int(self.scores[member])
        if len(group) in self.leader.sizes:
            self._keep(group, np.array([worth]), np.zeros((0, 1), np.int64))
        self._with(group, have, others, worth, paid)
        return sorted(self.found, reverse=True)

    def _least_paid(self) -> tuple[int, Whole]:
        """Return what is paid for the wants, and for each mentor beyond, where no group is worth more and that is little.

        For the best by these numbers a threshold is exact if it is between the most that they bring and the second most.
        """
        most = int(self.sizes.max(initial=0))
        thresholds = np.zeros(len(self.gains), np.int64)
        found: list[tuple[int, int, Whole]] = []
        for _ in range(TURNS if most > 1 else 1):
            scores = self.net + np.maximum(self.gains - thresholds[:, None], 0).sum(axis=0)
            best = np.argsort(-scores, kind="stable")[:most]
            sums = np.cumsum(np.append(0, scores[best]))
            paid = int(thresholds.sum())
            found.append((paid + int(sums[self.sizes].max(initial=0)), paid, scores))
            if most > 1:
                second, first = np.sort(self.gains[:, best], axis=1)[:, -2:].T
                thresholds = (thresholds + (first + second) // 2) // 2
        return min(found, key=lambda each: each[0])[1:]

    def _enough(self, others: NDArray[np.intp], left: Whole, paid: int) -> NDArray[np.intp]:
        """Return those of others beside whom as much may be paid as is asked."""
        scores = self.scores[others]
        sums = np.cumsum(np.append(0, np.sort(scores)[::-1][: left[-1] - 1]))
        ahead = int(sums[left[left <= len(others)] - 1].max())
        return others[scores >= self.least - paid - ahead]

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

    def _with(
        self, group: Group, have: Whole, others: NDArray[np.intp], worth: int, paid: int
    ) -> None:
        """Look at the groups with these members and one or more of the others."""
        left = self.sizes[self.sizes > len(group)] - len(group)
        if not left.size or len(others) < left[0]:
            return
        others = self._enough(others, left, paid)
        more = np.maximum(self.gains[:, others] - have[:, None], 0)
        adds = self.net[others] + more.sum(axis=0)
        order = np.argsort(-adds, kind="stable")
        others, adds, more = others[order], adds[order], more[:, order]
        if left[0] == 1:
            self._keep(group, worth + adds, others[None])
        if left[-1] == 2:
            self._with_two(group, others, worth, adds, more)
        elif left[-1] > 2:
            self._with_each(group, have, others, worth, paid, adds)

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
        self,
        group: Group,
        have: Whole,
        others: NDArray[np.intp],
        worth: int,
        paid: int,
        adds: Whole,
    ) -> None:
        """Look at the groups with each of the others and more behind, in the order of what is paid for each."""
        left = self.sizes[self.sizes > len(group) + 1] - len(group)
        scores = self.scores[others]
        order = np.argsort(-scores, kind="stable")
        sums = np.cumsum(np.append(paid, scores[order]))
        for place, at in enumerate(order.tolist()):
            most = left[left <= len(others) - place]
            if not most.size or paid + (sums[place + most] - sums[place]).max() < self.least:
                return
            member = int(others[at])
            have_all = np.maximum(have, self.gains[:, member])
            beside = self.leader.beside(member, others[order[place + 1 :]])
            less = paid + int(scores[at])
            self._with((*group, member), have_all, beside, worth + int(adds[at]), less)
