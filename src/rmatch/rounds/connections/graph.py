"""The organisation as a graph of networkx: the chart in one layer, the pairs in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.people import ROLE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from rmatch.people import People
    from rmatch.rounds.pair import Pair

    Graph = nx.MultiDiGraph[str]

CHART, PAIR = "chart", "pair"
STATED = ("level", "department", "site")
"""What a graph says of people unasked: nothing that is private, no names."""


def graph_of(people: People, pairs: Iterable[Pair], include: Sequence[str] = ()) -> Graph:
    """Return everybody as a node, with an edge to their manager and an edge from the mentor to the mentee of each pair.

    Parameters
    ----------
    people : People
        Everybody.
    pairs : iterable of Pair
        Who meets whom.
    include : sequence of {"name", "email"}
        What to say of people beside.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are ids, with the `role`, and what else is known of :data:`STATED` and `include`. The key of an edge, and its
        `layer`, is ``"chart"`` or ``"pair"``; pairs have their `points`.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    stated = {name: getattr(people, name) for name in (*STATED, *include)}
    for row, (person, role) in enumerate(zip(people.id, people.role, strict=True)):
        told = {name: column[row] for name, column in stated.items() if column[row] is not None}
        graph.add_node(person, role=ROLE_NAMES[role], **told)
    for person, manager in zip(people.id, people.manager_id, strict=True):
        if manager is not None and manager in graph:
            graph.add_edge(person, manager, key=CHART, layer=CHART)
    for pair in pairs:
        graph.add_edge(pair.mentor, pair.mentee, key=PAIR, layer=PAIR, points=pair.points)
    return graph


def layers(graph: Graph, *some: str) -> nx.MultiGraph[Any]:
    """Return everybody with the edges of some layers, without directions; two between the same two people stay two."""
    import networkx as nx

    both: nx.MultiGraph[Any] = nx.MultiGraph()
    both.add_nodes_from(graph.nodes(data=True))
    both.add_edges_from((one, other) for one, other, key in graph.edges(keys=True) if key in some)
    return both
