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

from rmatch.utils.messages import Message
from rmatch.utils.shown import Shown
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gains, Whole

    Flags = NDArray[np.bool_]

LIMIT = 5_000_000
"""So many pairs that hurt nobody are compared at most."""


@dataclass(frozen=True, slots=True)
class Pareto(Shown):
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
        return self.sentence

    @property
    def sentence(self) -> str:
        """The finding as a sentence."""
        if self.efficient is None:
            return Message(
                "Whether another matching helps somebody without hurting anybody was not checked: {reason}.",
                reason=self.reason,
            )
        if self.efficient:
            return Message(
                "No other matching helps somebody without hurting anybody (Pareto efficient)."
            )
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
        reason = Message("somebody has several partners, and then the question is NP-hard")
        return Pareto(None, reason=reason)
    if harmless is None:
        return Pareto(
            None, reason=Message("more than {limit} pairs would hurt nobody", limit=LIMIT)
        )
    points = _Points.of(gains)
    arrows, helping = points.arrows(harmless)
    every_arrow = np.concatenate([arrows, points.arrows_of_hub()])
    circle = _circle(every_arrow, helping)
    # The way over the hub is no pair: two people stay without partner, or change places with those who do.
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
        pairs = len(gains.rows)
        mentors, mentees = gains.scores.shape
        first_mentee = pairs + mentors
        hub = first_mentee + mentees
        own = np.arange(pairs, first_mentee), np.arange(first_mentee, hub)
        held = np.zeros(mentors, bool), np.zeros(mentees, bool)
        for side, points, is_held in zip(SIDES, own, held, strict=True):
            with_partner = gains.positions(side)
            points[with_partner] = np.arange(pairs)
            locked = with_partner[gains.locked]
            is_held[locked] = True
        return cls(gains, own, held, hub)

    def arrows(self, harmless: Whole) -> tuple[Whole, Whole]:
        """Return the arrows of pairs that hurt nobody, and those among them that help somebody."""
        mentors, mentees, helps = harmless.T
        mentor_held, mentee_held = self.held
        # Partners whom a lock holds meet nobody else, so no arrow may lead from them or to them.
        free = ~(mentor_held[mentors] | mentee_held[mentees])
        of_mentors, of_mentees = self.own
        arrows = np.stack([of_mentors[mentors], of_mentees[mentees]], axis=1)
        helping = free & (helps == 1)
        return arrows[free], arrows[helping]

    def arrows_of_hub(self) -> Whole:
        """Return arrows from every mentee without partner, over the hub, to every mentor without partner.

        A new pair of two who had no partner closes no circle among the pairs alone.
        """
        pairs = len(self.gains.rows)
        mentors, mentees = (own[own >= pairs] for own in self.own)
        to_hub = np.stack([mentees, np.full_like(mentees, self.hub)], axis=1)
        from_hub = np.stack([np.full_like(mentors, self.hub), mentors], axis=1)
        return np.concatenate([to_hub, from_hub])

    def pair(self, arrow: tuple[int, int]) -> tuple[str, str]:
        """Return the mentor of the point where an arrow starts and the mentee of the point where it ends."""
        of_mentors, of_mentees = self.own
        start, end = arrow
        mentor = int(np.flatnonzero(of_mentors == start)[0])
        mentee = int(np.flatnonzero(of_mentees == end)[0])
        scores = self.gains.scores
        return scores.mentors[mentor], scores.mentees[mentee]


def _circle(arrows: Whole, helping: Whole) -> list[tuple[int, int]]:
    """Return the arrows of a circle with a helping one in it, nothing if there is none."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    if not len(helping):
        return []
    size = int(arrows.max()) + 1
    ones = np.ones(len(arrows), np.int8)
    graph = csr_array((ones, arrows.T), shape=(size, size))
    _, component = connected_components(graph, connection="strong")
    starts, ends = helping.T
    # Inside a component a way leads back from the end of every arrow to its start, and between two there is none.
    inside = helping[component[starts] == component[ends]]
    if not len(inside):
        return []
    start, end = inside[0].tolist()
    _, before = breadth_first_order(graph, end, return_predecessors=True)
    circle = [(start, end)]
    while start != end:
        previous = int(before[start])
        circle.append((previous, start))
        start = previous
    return circle
