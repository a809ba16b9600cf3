"""Other solvers as matchers, each called the way its documentation suggests for "as many pairs as possible, then the best".

A case that a solver has no means for is refused with `NotImplementedError`: several places, or fractions where it takes
whole numbers only.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Pairs = list[tuple[int, int]]


def rmatch_assign(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    """`rmatch.assign`, with the prices that prove its answer: without minimums, one below 0 counts as 0."""
    import rmatch
    from rmatch.testing import Certified

    answer = rmatch.assign(points, allowed=allowed, mentor_capacity=rows, mentee_capacity=columns)
    proof, unit = answer.certificate, float(answer.unit)
    if proof is None:
        message = "an optimum without a certificate"
        raise RuntimeError(message)
    mentors, mentees = ((np.maximum(side, 0) * unit).tolist() for side in (proof.u, proof.v))
    return Certified(answer.pairs.tolist(), mentors, mentees, proof.bonus * unit)


def scipy_lsa(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`scipy.optimize.linear_sum_assignment`."""
    from scipy.optimize import linear_sum_assignment

    _one_place(rows, columns)
    return _kept(allowed, *linear_sum_assignment(_costs(points, allowed)))


def lapx(name: str, **options: Any) -> Callable[..., Pairs]:
    """Return a solver of lapx: `lap.lapjv` and `lap.lapjvx` with `extend_cost`, `lap.lapjvs`, which extends by itself."""

    def matcher(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
        import lap

        _one_place(rows, columns)
        if not points.size:
            return []
        answer = getattr(lap, name)(_costs(points, allowed), extend_cost=True, **options)
        if name != "lapjv":
            return _kept(allowed, *answer[1:])
        chosen = np.flatnonzero(answer[1] >= 0)
        return _kept(allowed, chosen, answer[1][chosen])

    matcher.__name__ = f"lapx_{name}"
    return matcher


def ortools_lsa(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`SimpleLinearSumAssignment` of OR-Tools; squares only, so that dummy people fill up."""
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

    _one_place(rows, columns)
    _whole(points)
    side = max(points.shape, default=0)
    if not points.size:
        return []
    costs = np.zeros((side, side), np.int64)
    costs[: len(rows), : len(columns)] = _whole_costs(points, allowed)
    tails, heads = np.indices(costs.shape)
    solver = SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(tails.ravel(), heads.ravel(), costs.ravel())
    if solver.solve() != solver.OPTIMAL:
        message = "no optimum"
        raise RuntimeError(message)
    pairs = [(row, solver.right_mate(row)) for row in range(len(rows))]
    return [
        (row, column) for row, column in pairs if column < len(columns) and allowed[row, column]
    ]


def ortools_flow(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`SimpleMinCostFlow` of OR-Tools, with places; the most pairs by `solve_max_flow_with_min_cost`."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    _whole(points)
    if not allowed.any():
        return []
    flow, (mentors, mentees) = SimpleMinCostFlow(), points.shape
    source, sink = mentors + mentees, mentors + mentees + 1
    tails, heads = np.nonzero(allowed)
    ones = np.ones(len(tails), np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, mentors + heads, ones, -points[allowed])
    everybody = np.arange(mentors), mentors + np.arange(mentees)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(mentors, source), everybody[0], rows, 0 * everybody[0]
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        everybody[1], np.full(mentees, sink), columns, 0 * everybody[1]
    )
    most = int(max(rows.sum(), columns.sum()))
    flow.set_node_supply(source, most)
    flow.set_node_supply(sink, -most)
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        message = "no optimum"
        raise RuntimeError(message)
    used = flow.flows(arcs) > 0
    return list(zip(tails[used].tolist(), heads[used].tolist(), strict=True))


def networkx_blossom(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`networkx.max_weight_matching` with `maxcardinality`."""
    import networkx as nx

    _one_place(rows, columns)
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from(
        (("mentor", i), ("mentee", j), points[i, j].item())
        for i, j in np.argwhere(allowed).tolist()
    )
    matched = (
        sorted(pair, reverse=True) for pair in nx.max_weight_matching(graph, maxcardinality=True)
    )
    return [(row, column) for (_, row), (_, column) in matched]


def networkx_full(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`networkx.bipartite.minimum_weight_full_matching`."""
    import networkx as nx

    _one_place(rows, columns)
    costs = _costs(points, allowed)
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from(
        (i, -1 - j, costs[i, j].item()) for i, j in np.ndindex(*costs.shape)
    )
    if not points.size:
        return []
    matched = nx.bipartite.minimum_weight_full_matching(graph, top_nodes=range(len(rows)))
    return [(i, -1 - j) for i, j in matched.items() if i >= 0 and allowed[i, -1 - j]]


def mentor_match(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """Follow the scheme of mentor-match: `munkres` on ``sys.maxsize - score``, 0 for a forbidden pair, dropped afterwards."""
    from munkres import Munkres, make_cost_matrix

    _one_place(rows, columns)
    if not points.size:
        return []
    scores = np.where(allowed, points, 0)
    costs = make_cost_matrix(scores.tolist(), lambda score: sys.maxsize - score)
    return [(i, j) for i, j in Munkres().compute(costs) if scores[i, j] > 0]


def _one_place(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
    if (rows != 1).any() or (columns != 1).any():
        message = "it has no places"
        raise NotImplementedError(message)


def _whole(points: NDArray[Any]) -> None:
    if points.dtype.kind == "f":
        message = "it takes whole numbers only"
        raise NotImplementedError(message)


def _bonus(points: NDArray[Any]) -> Any:
    """Return a number above all that the points of one matching can differ by from those of another."""
    return np.abs(points).max(initial=0) * (2 * min(points.shape) + 1) + 1


def _costs(points: NDArray[Any], allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return minus the points, with a bonus that puts most pairs first: 0 for a forbidden pair, well below 0 for others."""
    return -np.where(allowed, points + _bonus(points), 0).astype(float)


def _whole_costs(points: NDArray[Any], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    _whole(points)
    return -np.where(allowed, points + _bonus(points), 0)


def _kept(allowed: NDArray[np.bool_], rows: Any, columns: Any) -> Pairs:
    pairs = [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
    return [
        (row, column) for row, column in pairs if row >= 0 and column >= 0 and allowed[row, column]
    ]


PEERS: dict[str, tuple[str, Callable[..., Any]]] = {
    "rmatch": ("rmatch", rmatch_assign),
    "scipy": ("scipy", scipy_lsa),
    "lapx lapjv": ("lapx", lapx("lapjv")),
    "lapx lapjvx": ("lapx", lapx("lapjvx")),
    "lapx lapjvs": ("lapx", lapx("lapjvs", jvx_like=True)),
    "OR-Tools LSA": ("ortools", ortools_lsa),
    "OR-Tools flow": ("ortools", ortools_flow),
    "networkx blossom": ("networkx", networkx_blossom),
    "networkx full": ("networkx", networkx_full),
    "mentor-match": ("mentor-match", mentor_match),
}
"""Column heading, distribution and matcher."""
