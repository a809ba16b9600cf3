"""What the pairs of a round connect: how far apart the two were, what they link, what hangs on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds.connections.apart import Apart, lines_of, possible
from rmatch.rounds.connections.graph import CHART, PAIR, graph_of, layers
from rmatch.rounds.connections.links import Links, links_of
from rmatch.rounds.outcome import Outcome
from rmatch.utils.documents import Document
from rmatch.utils.messages import Message

if TYPE_CHECKING:
    from rmatch.rounds.connections.graph import Graph

LARGEST = 25_000_000
"""Where there are more mentors times mentees than so many, the possible pairs are not measured."""


@dataclass(frozen=True, slots=True)
class Connections(Document):
    """What the pairs of a round connect.

    Made by :meth:`rmatch.Matching.connections`.

    Attributes
    ----------
    made : Apart
        How far apart in the chart the two of each pair are.
    possible : Apart or None
        The same of all pairs that the rules allow; None where there are more than 25 million pairs to look at.
    departments : Links
        Which departments the pairs link.
    sites : Links
        Which sites they link.
    bridges : tuple of (str, str)
        Mentor and mentee of each pair without which two parts of the organisation would have no connection at all, neither
        by the chart nor by other pairs.
    """

    made: Apart
    possible: Apart | None
    departments: Links
    sites: Links
    bridges: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Return the figures in words."""
        head = Message(
            "What {count} pair connects:", "What {count} pairs connect:", count=self.made.pairs
        )
        parts = [str(links) for links in (self.departments, self.sites) if links.count]
        return "\n".join([head, self.apart, *parts, self.held])

    @property
    def held(self) -> str:
        """How many pairs are bridges, in words."""
        return Message(
            "{count} pair joins what nothing else joins",
            "{count} pairs join what nothing else joins",
            count=len(self.bridges),
        )

    @property
    def apart(self) -> str:
        """How far apart in the chart the two of a pair are, in words."""
        if not self.made.joined and not (self.possible and self.possible.joined):
            return Message("in the chart: none of the pairs looked at is joined by it")
        if self.possible is None:
            return Message(
                "in the chart: {steps} apart on average, not measured among more than {most} possible pairs",
                steps=self.made.words,
                most=LARGEST,
            )
        return Message(
            "in the chart: {steps} apart on average, {possible} among all possible pairs",
            steps=self.made.words,
            possible=self.possible.words,
        )


def connections_of(matching: Outcome) -> Connections:
    """Return what the pairs of a round connect; :meth:`rmatch.Matching.connections` says how."""
    scores = matching.scores
    graph, lines = graph_of(scores.cohort.people, matching.pairs), lines_of(scores)
    (mentors, mentees), cohort = scores.shape, scores.cohort
    rows = np.array([cohort.row[pair.mentor] for pair in matching.pairs], np.intp)
    columns = np.array([cohort.column[pair.mentee] for pair in matching.pairs], np.intp)
    return Connections(
        Apart.of([lines.steps(rows, mentors + columns)]),
        None if mentors * mentees > LARGEST else Apart.of(possible(scores, lines)),
        links_of(graph, "department"),
        links_of(graph, "site"),
        tuple(_bridges(matching, graph)),
    )


def _bridges(matching: Outcome, graph: Graph) -> Iterator[tuple[str, str]]:
    import networkx as nx

    # Of two edges between the same two, neither is a bridge: they may report to each other, or be pairs both ways.
    cuts = set(map(frozenset, nx.bridges(layers(graph, CHART, PAIR))))
    for pair in matching.pairs:
        two = pair.mentor, pair.mentee
        if frozenset(two) in cuts:
            yield two
