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
        return Pareto(
            None, reason="somebody has several partners, and then the question is NP-hard"
        )
    if harmless is None:
        return Pareto(None, reason=f"more than {LIMIT:,} pairs would hurt nobody")
    place, held = _points(gains)
    new = harmless[~held[0][harmless[:, 0]] & ~held[1][harmless[:, 1]]]
    arrows = np.stack([place[0][new[:, 0]], place[1][new[:, 1]]], axis=1)
    circle = _circle(np.concatenate([arrows, _hub(gains, place)]), arrows[new[:, 2] == 1])
    swap = tuple(
        _met(gains, arrow)
        for arrow in circle
        if max(arrow) < len(gains.rows) + sum(map(len, place))
    )
    return Pareto(not circle, swap)


def _met(gains: Gains, arrow: tuple[int, int]) -> tuple[str, str]:
    """Return the mentor of the point where an arrow starts and the mentee of the point where it ends."""
    start, end = arrow
    pairs, mentors = len(gains.rows), gains.people("mentor")
    row = gains.rows[start] if start < pairs else start - pairs
    column = gains.columns[end] if end < pairs else end - pairs - len(mentors)
    return mentors[row], gains.people("mentee")[column]


def _points(gains: Gains) -> tuple[list[Whole], list[NDArray[np.bool_]]]:
    """Return the point of everybody (a pair, or a person without partner), and whose partner a lock holds."""
    count, place, held = len(gains.rows), [], []
    for side in SIDES:
        size, where = len(gains.people(side)), gains.places(side)
        own = count + np.arange(size)
        own[where] = np.arange(len(gains.rows))
        place.append(own)
        held.append(np.isin(np.arange(size), where[gains.locked]))
        count += size
    return place, held


def _hub(gains: Gains, place: list[Whole]) -> Whole:
    """Return arrows from every mentee without partner, over one more point, to every mentor without partner.

    A new pair of two who had no partner closes no circle among the pairs alone.
    """
    pairs, hub = len(gains.rows), len(gains.rows) + sum(map(len, place))
    mentors, mentees = (own[own >= pairs] for own in place)
    there = np.stack([mentees, np.full(len(mentees), hub)], axis=1)
    return np.concatenate([there, np.stack([np.full(len(mentors), hub), mentors], axis=1)])


def _circle(arrows: Whole, helping: Whole) -> list[tuple[int, int]]:
    """Return the arrows of a circle with a helping one in it, nothing if there is none."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    size = int(arrows.max(initial=-1)) + 1
    graph = csr_array((np.ones(len(arrows), np.int8), arrows.T), shape=(size, size))
    component = connected_components(graph, connection="strong")[1] if size else np.zeros(0)
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
