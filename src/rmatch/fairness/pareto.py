r"""Whether another matching would help somebody and hurt nobody.

With single places, a matching is Pareto efficient unless people can swap partners in a circle so that nobody is worse off
and somebody is better off. Draw every pair as a point, and an arrow from :math:`(i, j)` to :math:`(i', j')` where `i`
meeting `j'` would hurt neither of the two. Every circle of arrows is a swap that hurts nobody, and every such swap is made
of circles. So there is a better one exactly if an arrow that helps somebody lies inside a strongly connected component
(Tarjan, :doi:`10.1137/0201010`): no search is needed and the answer is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.fairness.gains import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gains, Whole

    Flags = NDArray[np.bool_]

LIMIT = 5_000_000
"""So many pairs that hurt nobody are compared at most."""


@dataclass(frozen=True, slots=True)
class Pareto:
    """Whether some swap helps somebody and hurts nobody.

    Attributes
    ----------
    efficient : bool or None
        True if there is none, False if there is one, None if it was not checked.
    swap : tuple of (str, str)
        The new pairs of one such swap, mentor and mentee.
    reason : str
        Why it was not checked.
    """

    efficient: bool | None
    swap: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        """Return the finding as a sentence."""
        if self.efficient is None:
            return f"Whether another matching helps somebody without hurting anybody was not checked: {self.reason}."
        if self.efficient:
            return "No other matching helps somebody without hurting anybody (Pareto efficient)."
        pairs = ", ".join(f"{mentor} with {mentee}" for mentor, mentee in self.swap)
        return f"Not Pareto efficient: this swap helps somebody and hurts nobody: {pairs}."


def pareto(gains: Gains, harmless: Whole | None) -> Pareto:
    """Check a matching in which everybody has at most one partner.

    Everybody who has a partner keeps one, locked pairs stay, and nobody's gain falls.

    Parameters
    ----------
    gains : Gains
        What each side gains.
    harmless : ndarray of int64, shape (pairs, 3), or None
        All other pairs that would leave neither of the two worse off, and whether they help one of them, as
        :func:`rmatch.fairness.envy.compare` returns them.

    Returns
    -------
    Pareto
        The answer.
    """
    if any((gains.partners(side) > 1).any() for side in SIDES):
        reason = "somebody has several partners, and then the question is NP-hard"
        return Pareto(None, reason=reason)
    if harmless is None:
        return Pareto(None, reason=f"more than {LIMIT:,} pairs would hurt nobody")
    points = _Points.of(gains)
    mentors, mentees, helps = harmless.T
    # Partners whom a lock holds meet nobody else, so no arrow may lead from them or to them.
    free = ~points.held[0][mentors] & ~points.held[1][mentees]
    arrows = np.stack([points.own[0][mentors[free]], points.own[1][mentees[free]]], axis=1)
    circle = _circle(np.concatenate([arrows, points.arrows_of_hub()]), arrows[helps[free] == 1])
    swap = tuple(points.pair(arrow) for arrow in circle if points.hub not in arrow)
    return Pareto(not circle, swap)


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """The points between which arrows are drawn: pairs, then mentors and mentees without partner, then the hub.

    Attributes
    ----------
    gains : Gains
        The matching.
    own : tuple of ndarray of int64
        The point of every mentor, and of every mentee.
    held : tuple of ndarray of bool
        Whose partner a lock holds.
    hub : int
        One more point: a mentee without partner may make room for any mentor without.
    """

    gains: Gains
    own: tuple[Whole, Whole]
    held: tuple[Flags, Flags]
    hub: int

    @classmethod
    def of(cls, gains: Gains) -> _Points:
        pairs, (mentors, mentees) = len(gains.rows), gains.scores.shape
        own = pairs + np.arange(mentors), pairs + mentors + np.arange(mentees)
        held = np.zeros(mentors, bool), np.zeros(mentees, bool)
        for side, point, locked in zip(SIDES, own, held, strict=True):
            with_partner = gains.positions(side)
            point[with_partner] = np.arange(pairs)
            locked[with_partner[gains.locked]] = True
        return cls(gains, own, held, pairs + mentors + mentees)

    def arrows_of_hub(self) -> Whole:
        """Return arrows from every mentee without partner, over the hub, to every mentor without partner.

        A new pair of two who had no partner closes no circle among the pairs alone.
        """
        mentors, mentees = (own[own >= len(self.gains.rows)] for own in self.own)
        to_hub = np.stack([mentees, np.full_like(mentees, self.hub)], axis=1)
        from_hub = np.stack([np.full_like(mentors, self.hub), mentors], axis=1)
        return np.concatenate([to_hub, from_hub])

    def pair(self, arrow: tuple[int, int]) -> tuple[str, str]:
        """Return the mentor of the point where an arrow starts and the mentee of the point where it ends."""
        start, end = arrow
        mentor = int(np.flatnonzero(self.own[0] == start)[0])
        mentee = int(np.flatnonzero(self.own[1] == end)[0])
        return self.gains.scores.mentors[mentor], self.gains.scores.mentees[mentee]


def _circle(arrows: Whole, helping: Whole) -> list[tuple[int, int]]:
    """Return the arrows of a circle with a helping one in it, nothing if there is none."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    if not len(helping):
        return []
    size = int(arrows.max()) + 1
    graph = csr_array((np.ones(len(arrows), np.int8), arrows.T), shape=(size, size))
    _, component = connected_components(graph, connection="strong")
    # Inside a component a way leads back from the end of every arrow to its start, and between two there is none.
    inside = helping[component[helping[:, 0]] == component[helping[:, 1]]]
    if not len(inside):
        return []
    start, end = inside[0].tolist()
    _, before = breadth_first_order(graph, end, return_predecessors=True)
    circle = [(start, end)]
    while start != end:
        circle.append((int(before[start]), start))
        start = int(before[start])
    return circle
