"""Which departments, or sites, are linked: by the chart, and by the pairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rmatch.rounds.connections.graph import CHART, PAIR, layers
from rmatch.utils.documents import Document
from rmatch.utils.messages import Message
from rmatch.utils.text import counted

if TYPE_CHECKING:
    import networkx as nx

    from rmatch.rounds.connections.graph import Graph

Part = Literal["department", "site"]
PARTS: dict[Part, Message] = {"department": Message("departments"), "site": Message("sites")}
"""What several of them are called."""
_ALIKE = "1: nobody is linked to anybody elsewhere"


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

    def _way(self, every: int) -> str:
        """Say how long the ways are; and between how many, where that is not all."""
        if self.steps is None:
            return "no way"
        some = "" if self.joined == every else f" (between {self.joined} of {every} twos)"
        return f"{self.steps:.2f} links{some}"


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
        every, made = self.count * (self.count - 1) // 2, sum(link.pairs for link in self.pairs)
        linked = f"the chart links {self.before.linked} of {every} twos, with the pairs {self.after.linked} are linked"
        within = f"{self.within} of {counted(made, 'pair')} {'stays' if self.within == 1 else 'stay'} within one"
        lines = [f"{counted(self.count, self.part)}: {linked} ({len(self.new)} new); {within}"]
        if self.after.steps is not None:
            before, after = self.before._way(every), self.after._way(every)
            lines.append(f"  from one to another: {before} before, {after} after, on average")
        if self.after.assortativity is not None:
            alike = (self.before.assortativity, self.after.assortativity)
            before, after = ("none" if each is None else f"{each:.2f}" for each in alike)
            lines.append(f"  assortativity ({_ALIKE}): {before} before, {after} after")
        return "\n".join(lines)


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
