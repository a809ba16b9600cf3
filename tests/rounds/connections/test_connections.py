"""What pairs connect: the figures are those of networkx and of counting, and the graph leaves rmatch whole."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import networkx as nx
import numpy as np
import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch import Matching, Programme, datasets, read_matching, read_people, read_programme
from rmatch.datasets import LEVELS, workforce
from rmatch.errors import InvalidInputError
from rmatch.rounds.connections import apart, connections

CASE = Path(__file__).parents[3].parent / "shared" / "data" / "cases" / "a-real-programme"
ALLOWED = {"role", "level", "department", "site"}


@cache
def matched(name: str) -> Matching:
    if name == "example":
        return rmatch.match(datasets.example(), datasets.example_programme())
    if name == "workforce":
        return rmatch.match(workforce(150, 100, seed=3), Programme(levels=LEVELS))
    if not CASE.is_dir():
        pytest.skip("the shared cases are not here")
    people = read_people(CASE / "joined_by_hand.csv", mapping=CASE / "mapping_by_hand.toml")
    return rmatch.match(people, read_programme(CASE / "programme.toml"))


NAMES = ("example", "workforce", "a-real-programme")


def chart_of(matching: Matching) -> nx.MultiGraph[Any]:
    people = matching.people
    chart: nx.MultiGraph[Any] = nx.MultiGraph()
    chart.add_nodes_from(
        (one.id, {"department": one.department, "site": one.site}) for one in people
    )
    chart.add_edges_from((one.id, one.manager_id) for one in people if one.manager_id in people.id)
    return chart


def joined(matching: Matching) -> nx.MultiGraph[Any]:
    whole = chart_of(matching)
    whole.add_edges_from(sorted(matching.id_pairs), key="pair")
    return whole


def check_distances(matching: Matching) -> None:
    found, chart, scores = matching.connections(), chart_of(matching), matching.scores
    every = [
        (scores.mentors[row], scores.mentees[column])
        for row, column in np.argwhere(scores.open_pairs).tolist()
    ]
    away = dict(nx.all_pairs_shortest_path_length(chart))
    for told, pairs in ((found.made, sorted(matching.id_pairs)), (found.possible, every)):
        steps = [away[one][other] for one, other in pairs if other in away[one]]
        assert told is not None
        assert (told.pairs, told.joined) == (len(pairs), len(steps))
        assert told.steps == (pytest.approx(fmean(steps)) if steps else None)


def check_links(matching: Matching, part: str) -> None:
    found = getattr(matching.connections(), f"{part}s")
    said = {one.id: getattr(one, part) for one in matching.people}
    where = {person: own for person, own in said.items() if own is not None}
    for people, told in ((chart_of(matching), found.before), (joined(matching), found.after)):
        known: nx.Graph[Any] = nx.Graph(people.subgraph(where))
        parts: nx.Graph[Any] = nx.Graph()
        parts.add_nodes_from(where.values())
        parts.add_edges_from(two for two in ends(known.edges, where) if two[0] != two[1])
        ways = [
            nx.shortest_path_length(parts, one, other)
            for one, other in combinations(parts, 2)
            if nx.has_path(parts, one, other)
        ]
        assert (told.linked, told.joined) == (parts.number_of_edges(), len(ways))
        assert told.steps == (pytest.approx(fmean(ways)) if ways else None)
        if len({end for two in ends(known.edges, where) for end in two}) > 1:
            likeness = nx.attribute_assortativity_coefficient(known, part)
            assert told.assortativity == pytest.approx(likeness)
        else:
            assert told.assortativity is None
    met = ends(matching.id_pairs, where)
    chart = {frozenset(two) for two in ends(chart_of(matching).edges(), where)}
    assert (found.count, found.stated) == (len({*where.values()}), len(where))
    assert {link.parts for link in found.pairs} == {tuple(sorted(two)) for two in met}
    assert sum(link.pairs for link in found.pairs) == len(met)
    assert found.within == sum(one == other for one, other in met)
    new = {frozenset(two) for two in met if two[0] != two[1]} - chart
    assert {frozenset(link.parts) for link in found.new} == new


def ends(edges: Any, where: dict[str, str]) -> list[tuple[str, str]]:
    """Return the parts that edges join, as far as both people say theirs."""
    return [(where[one], where[other]) for one, other in edges if {one, other} <= where.keys()]


def check_bridges(matching: Matching) -> None:
    whole, expected = joined(matching), set()
    parts = nx.number_connected_components(whole)
    for pair in matching.id_pairs:
        without = whole.copy()
        without.remove_edge(*pair)
        if nx.number_connected_components(without) > parts:
            expected.add(pair)
    assert set(matching.connections().bridges) == expected


def check_all(matching: Matching) -> None:
    check_distances(matching)
    check_links(matching, "department")
    check_links(matching, "site")
    check_bridges(matching)


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_those_of_networkx_and_of_counting(name: str) -> None:
    check_all(matched(name))


@examples(100)
@given(strategies.rounds(max_mentors=6, max_mentees=5))
def test_figures_of_any_round_are_those_of_networkx_and_of_counting(drawn: Any) -> None:
    people, programme, requests = drawn
    matching = rmatch.match(people, programme, requests)
    check_all(matching)
    assert str(matching.connections()).startswith("What ")


def test_possible_pairs_are_measured_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "AT_ONCE", 7)
    check_distances(matched("workforce"))


def test_too_many_possible_pairs_are_not_measured_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "LARGEST", 139)
    found = matched("example").connections()
    assert found.possible is None
    assert "not measured among more than 139 possible pairs" in str(found)


def everybody_meets(records: list[dict[str, Any]]) -> Matching:
    people = read_people(
        [{"role": "both", "offers": "python", "wants": "python"} | one for one in records]
    )
    return rmatch.match(people, Programme(rules=()))


def test_who_are_pairs_both_ways_or_report_to_each_other_hang_on_no_pair() -> None:
    both = everybody_meets([{"id": "a"}, {"id": "b"}])
    assert both.id_pairs == {("a", "b"), ("b", "a")}
    assert not both.connections().bridges
    mentors = [{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee", "manager_id": "a"}]
    assert not everybody_meets(mentors).connections().bridges
    mentors[1].pop("manager_id")
    alone = everybody_meets(mentors).connections()
    assert alone.bridges == (("a", "b"),)
    assert alone.made == apart.Apart(1, 0, None)
    assert str(alone) == (
        "What 1 pair connects:\nin the chart: none of the pairs looked at is joined by it\n"
        "1 pair joins what nothing else joins"
    )


def test_ways_that_only_pairs_made_are_said_beside_their_mean() -> None:
    records = [
        {"id": "a", "role": "mentor", "department": "Sales"},
        {"id": "b", "role": "mentee", "department": "Legal"},
        {"id": "c", "role": "none", "department": "Sales", "manager_id": "d"},
        {"id": "d", "role": "none", "department": "Board"},
    ]
    found = everybody_meets(records).connections().departments
    assert (found.before.joined, found.after.joined) == (1, 3)
    told = "1 link (between 1 of 3 twos) before, 1.33 links after"
    assert f"from one to another: {told}, on average" in str(found)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("include", [(), ("name", "email")])
def test_the_graph_comes_back_from_graphml_as_it_was(
    name: str, include: tuple[Any, ...], tmp_path: Path
) -> None:
    graph: Any = matched(name).to_networkx(include=include)
    nx.write_graphml(graph, tmp_path / "round.graphml")
    back: Any = nx.read_graphml(tmp_path / "round.graphml", force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    edges = [
        {(*edge[:3], *edge[3].items()) for edge in one.edges(keys=True, data=True)}
        for one in (graph, back)
    ]
    assert edges[0] == edges[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_graph_holds_everybody_the_chart_and_the_pairs_and_nothing_private(name: str) -> None:
    matching = matched(name)
    graph = matching.to_networkx()
    assert set(graph) == set(matching.people.id)
    made = {(pair.mentor, pair.mentee): pair.points for pair in matching.pairs}
    assert {
        edge[:2]: edge[3]["points"]
        for edge in graph.edges(keys=True, data=True)
        if edge[2] == "pair"
    } == made
    lines = {(one.id, one.manager_id) for one in matching.people if one.manager_id in graph}
    assert {edge[:2] for edge in graph.edges(keys=True) if edge[2] == "chart"} == lines
    assert {key for _, about in graph.nodes(data=True) for key in about} <= ALLOWED
    assert {key for *_, about in graph.edges(data=True) for key in about} <= {"layer", "points"}
    for one in matching.people:
        told = {name: getattr(one, name) for name in ALLOWED}
        assert graph.nodes[one.id] == {
            key: value for key, value in told.items() if value is not None
        }


def test_names_are_in_the_graph_where_they_are_asked_for() -> None:
    graph: Any = matched("example").to_networkx(include=["name"])
    named = dict(graph.nodes(data="name"))
    assert named == {one.id: one.name for one in matched("example").people}
    assert "email" not in {key for _, about in graph.nodes(data=True) for key in about}


def test_a_round_without_its_people_says_that_they_are_needed() -> None:
    kept = read_matching(matched("example").to_dict())
    for asked in (kept.connections, kept.to_networkx):
        with pytest.raises(InvalidInputError, match="saved without its people"):
            asked()
    whole = read_matching(matched("example").to_dict(people="whole"))
    assert whole.connections() == matched("example").connections()
