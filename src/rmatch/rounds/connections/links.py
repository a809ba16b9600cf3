"""Which departments, or sites, are linked: by the chart, and by the pairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rmatch.rounds.connections.graph import CHART, PAIR, layers
from rmatch.utils.documents import Document
from rmatch.utils.messages import Message

if TYPE_CHECKING:
    import networkx as nx

    from rmatch.rounds.connections.graph import Graph

Part = Literal["department", "site"]
PARTS: dict[Part, Message] = {"department": Message("departments"), "site": Message("sites")}
"""What several of them are called."""


@dataclass(frozen=True, slots=True)
class Link(Document):
    """Two parts of the organisation, or one with itself, and the pairs that link them.

    Attributes
    ----------
    parts : tuple of two str
        The two, in order; twice the same for pairs within one.
    pairs : int
        How many pairs.
    in_chart : bool
        Whether somebody of the one reports to somebody of the other.
    """

    parts: tuple[str, str]
    pairs: int
    in_chart: bool


@dataclass(frozen=True, slots=True)
class LinkFigures(Document):
    """How the parts hang together by some edges.

    Attributes
    ----------
    linked : int
        How many twos of parts have an edge.
    joined : int
        How many twos of parts there is a way between, over other parts.
    steps : float or None
        The mean number of links on the shortest way between these; None where there are none.
    assortativity : float or None
        How alike neighbours are, from 1, where edges stay within parts, over 0, where they know nothing of parts, to below
        [1]_; None where there is nothing to compare.

    References
    ----------
    .. [1] M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 026126, 2003.
       :doi:`10.1103/PhysRevE.67.026126`
    """

    linked: int
    joined: int
    steps: float | None
    assortativity: float | None

    def way(self, twos: int) -> str:
        """Say how long the ways are; and between how many, where that is not all."""
        if self.steps is None:
            return Message("no way")
        steps = Message("{count} link", "{count} links", count=round(self.steps, 2))
        if self.joined == twos:
            return steps
        return Message(
            "{links} (between {joined} of {twos} twos)",
            links=steps,
            joined=self.joined,
            twos=twos,
        )

    @property
    def likeness(self) -> str:
        """The assortativity in words."""
        if self.assortativity is None:
            return Message("none")
        return Message("{number}", number=round(self.assortativity, 2))


@dataclass(frozen=True, slots=True)
class Links(Document):
    """What the pairs link, among departments or among sites.

    Attributes
    ----------
    part : {"department", "site"}
        Of what.
    count : int
        How many there are.
    stated : int
        How many people say theirs; the others are left out.
    before : LinkFigures
        By the chart alone.
    after : LinkFigures
        By the chart and the pairs.
    pairs : tuple of Link
        The twos that pairs link, those with most pairs first.
    """

    part: Part
    count: int
    stated: int
    before: LinkFigures
    after: LinkFigures
    pairs: tuple[Link, ...]

    @property
    def new(self) -> tuple[Link, ...]:
        """Those that only pairs link."""
        return tuple(link for link in self.pairs if not link.in_chart and len({*link.parts}) == 2)

    @property
    def within(self) -> int:
        """How many pairs stay within one."""
        return sum(link.pairs for link in self.pairs if len({*link.parts}) == 1)

    def __str__(self) -> str:
        """Return it in words."""
        return "\n  ".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is linked, how far it is from one to another, and how alike neighbours are, in words."""
        twos = self.count * (self.count - 1) // 2
        told: list[str] = [
            Message(
                "{parts}: the chart links {before} of {twos} twos, with the pairs {after} are linked ({new} new); {within}",
                parts=self._counted,
                before=self.before.linked,
                twos=twos,
                after=self.after.linked,
                new=len(self.new),
                within=self._within,
            )
        ]
        if self.after.steps is not None:
            told.append(
                Message(
                    "from one to another: {before} before, {after} after, on average",
                    before=self.before.way(twos),
                    after=self.after.way(twos),
                )
            )
        if self.after.assortativity is not None:
            told.append(
                Message(
                    "assortativity (1: nobody is linked to anybody elsewhere): {before} before, {after} after",
                    before=self.before.likeness,
                    after=self.after.likeness,
                )
            )
        return tuple(told)

    @property
    def _counted(self) -> str:
        if self.part == "site":
            return Message("{count} site", "{count} sites", count=self.count)
        return Message("{count} department", "{count} departments", count=self.count)

    @property
    def _within(self) -> str:
        made = sum(link.pairs for link in self.pairs)
        return Message(
            "{count} of {pairs} stays within one",
            "{count} of {pairs} stay within one",
            count=self.within,
            pairs=Message("{count} pair", "{count} pairs", count=made),
        )


def links_of(graph: Graph, part: Part) -> Links:
    """Return what the chart and the pairs link.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`graph_of` makes it.
    part : {"department", "site"}
        What people have in common there.

    Returns
    -------
    Links
        People who do not say theirs are left out.
    """
    import networkx as nx

    stated: dict[str, str] = {
        person: about[part] for person, about in graph.nodes(data=True) if part in about
    }
    known: Any = graph.subgraph(stated)
    met = {CHART: Counter[tuple[str, str]](), PAIR: Counter[tuple[str, str]]()}
    for one, other, key in known.edges(keys=True):
        first, second = sorted((stated[one], stated[other]))
        met[key][first, second] += 1
    parts = sorted(set(stated.values()))
    pairs = sorted(met[PAIR].items(), key=lambda item: (-item[1], item[0]))
    return Links(
        part,
        len(parts),
        len(stated),
        _reach(parts, met[CHART], nx.Graph(layers(known, CHART)), part),
        _reach(parts, met[CHART] + met[PAIR], nx.Graph(layers(known, CHART, PAIR)), part),
        tuple(Link(two, count, two in met[CHART]) for two, count in pairs),
    )


def _reach(
    parts: list[str], met: Counter[tuple[str, str]], people: nx.Graph[Any], part: Part
) -> LinkFigures:
    import networkx as nx

    whole: nx.Graph[str] = nx.Graph()
    whole.add_nodes_from(parts)
    whole.add_edges_from(two for two in met if two[0] != two[1])
    ways, steps = 0, 0
    for _, away in nx.all_pairs_shortest_path_length(whole):
        ways, steps = ways + len(away) - 1, steps + sum(away.values())
    # Where all edges are of one part, no mixing would be another one.
    compared = len({people.nodes[person][part] for edge in people.edges for person in edge}) > 1
    likeness = float(nx.attribute_assortativity_coefficient(people, part)) if compared else None
    # Each way was counted from both its ends.
    return LinkFigures(whole.number_of_edges(), ways // 2, steps / ways if ways else None, likeness)
