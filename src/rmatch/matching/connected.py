"""What a matching connects, and as which graph it leaves rmatch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rmatch import rounds
from rmatch.matching.export import Contact, check_contacts
from rmatch.matching.priced import Priced


class Connected(Priced):
    """A matching that says what it connects."""

    def to_networkx(self, *, include: Sequence[Contact] = ()) -> Any:
        """Return everybody as a graph in two layers: who reports to whom, and who meets whom.

        Answers, topics, requests and, unless they are asked for, names and addresses stay outside, so that the graph may be
        handed on. All that it says is text and whole numbers, as GraphML and other formats know them.

        Parameters
        ----------
        include : sequence of {"name", "email"}
            What to say of people beside their ids.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes are ids, with the `role`, and the `level`, `department` and `site` where they are stated. Edges of the layer
            ``"chart"`` go from a person to their manager, edges of the layer ``"pair"`` from mentor to mentee, with the
            `points`; the layer is the key of the edge, too. Unless somebody has partners in both roles, the pairs alone
            are a bipartite graph.

        Raises
        ------
        InvalidInputError
            For an unknown column, or where the matching was read without its people.

        Examples
        --------
        >>> import networkx as nx, rmatch
        >>> graph = rmatch.match(rmatch.datasets.example()).to_networkx()
        >>> pairs = [edge for edge in graph.edges(keys=True) if edge[2] == "pair"]
        >>> len(graph), len(pairs)
        (24, 10)
        >>> nx.is_bipartite(nx.Graph(graph.edge_subgraph(pairs)))
        True
        """
        check_contacts(include)
        from rmatch.rounds import graph_of

        return graph_of(self.people, self.pairs, include)

    def connections(self) -> rounds.Connections:
        """Return what the pairs connect: the connections that reverse mentoring is for.

        How far apart in the chart the two of each pair are, against all possible pairs; which departments and sites are
        linked by reporting lines before, and with the pairs after; how many links lie between two of them on average; how
        much people's neighbours are from their own, before and after; and which pairs alone join two parts of the
        organisation. Figures are those of networkx.

        Returns
        -------
        Connections
            For the organiser; prints as a few lines.

        Raises
        ------
        InvalidInputError
            Where the matching was read without its people.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> print(matching.connections())
        What 10 pairs connect:
        ...
        """
        from rmatch.rounds import connections_of

        return connections_of(self)
