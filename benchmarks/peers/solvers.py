"""What other solvers take for the same matrix.

Each is a generator of two steps: it loads the matrix into its own form, which is not timed, and yields nothing; then it
solves and yields rows and columns of pairs, those of the shorter side first.

A solver that cannot leave people out gets forbidden pairs at a cost above that of any matching, so that it too makes as
many allowed pairs as possible first. Solvers of lapx take 1,000,000 for infinity: they get costs scaled by a power of
two, which loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, SkipError, TaskError, by_stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Steps = Iterator[tuple[Any, Any]]

ITERATIONS = 10**9
LAPX_LIMIT = 2.0**19
LOADED = ((), ())
"""What a solver yields once the matrix is loaded."""


@dataclass
class Given:
    """A matrix of points, -1 for forbidden pairs, and everybody's places."""

    points: NDArray[np.int32]
    mentors: NDArray[np.int64]
    mentees: NDArray[np.int64]

    @cached_property
    def highest(self) -> int:
        """The most points of any pair."""
        return int(self.points.max())

    def costs(self) -> NDArray[np.float64]:
        """Return what to minimise, the shorter side as rows, in the memory order that solvers like."""
        points = self.points if len(self.mentors) <= len(self.mentees) else self.points.T
        above_all = (min(points.shape) + 1) * (self.highest + 1)
        costs = np.subtract(self.highest, points, dtype=np.float64, order="C")
        costs[points < 0] = above_all
        return costs

    def arcs(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
        """Return row, column and cost of the allowed pairs."""
        rows, columns = np.nonzero(self.points >= 0)
        costs = self.highest - self.points[rows, columns].astype(np.int64)
        return rows.astype(np.int32), columns.astype(np.int32), costs

    def oriented(self, rows: Any, columns: Any) -> tuple[Any, Any]:
        """Turn pairs of mentors and mentees into those of the shorter side first, and back."""
        return (rows, columns) if len(self.mentors) <= len(self.mentees) else (columns, rows)

    def answer(self, pairs: tuple[Any, Any]) -> dict[str, int]:
        """Return the number of allowed pairs and their points, after a look at the places."""
        rows, columns = (np.asarray(side, np.int64) for side in self.oriented(*pairs))
        points = self.points[rows, columns].astype(np.int64)
        allowed = points >= 0
        rows, columns, points = rows[allowed], columns[allowed], points[allowed]
        full = (np.bincount(rows, minlength=len(self.mentors)) > self.mentors).any()
        full |= (np.bincount(columns, minlength=len(self.mentees)) > self.mentees).any()
        if full or len(np.unique(rows * len(self.mentees) + columns)) < len(rows):
            message = "somebody has more partners than places, or a partner twice"
            raise TaskError(message)
        return {"pairs": len(rows), "total": int(points.sum())}


def prepared() -> list[Given]:
    """Return the problems that were prepared."""
    points, places = np.load("points.npy"), np.load("places.npz")
    sides = points, places["mentors"], places["mentees"]
    return [Given(*one) for one in zip(*sides, strict=True)]


def found(givens: list[Given], pairs: list[tuple[Any, Any]]) -> dict[str, int]:
    """Return the pairs and points of all problems together."""
    answers = [given.answer(own) for given, own in zip(givens, pairs, strict=True)]
    return {name: sum(answer[name] for answer in answers) for name in ("pairs", "total")}


def solves(solver: str, budget: float) -> Measured:
    """Time one peer's solver on the matrices that were prepared."""
    givens = prepared()

    def loaded() -> list[Steps]:
        steps = [SOLVERS[solver](given) for given in givens]
        try:
            for step in steps:
                next(step)
        except ModuleNotFoundError as missing:
            message = f"{missing.name} is not installed"
            raise SkipError(message) from missing
        return steps

    (seconds,), pairs = by_stages(loaded, (next,), budget)
    return Measured(seconds, found(givens, pairs))


def _scipy(given: Given) -> Steps:
    from scipy.optimize import linear_sum_assignment

    costs = given.costs()
    yield LOADED
    yield linear_sum_assignment(costs)


def _lapx(given: Given, name: str) -> Steps:
    solver, costs = getattr(import_module("lap"), name), given.costs()
    costs *= 2.0 ** min(0, int(np.floor(np.log2(LAPX_LIMIT / max(costs.max(), 1)))))
    everyone = np.arange(len(costs))
    yield LOADED
    answer = solver(costs, extend_cost=True, return_cost=False)
    yield (everyone, answer[0]) if name == "lapjv" else answer


def _ortools_assignment(given: Given) -> Steps:
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

    everyone, solver = np.arange(len(given.mentors)), SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(*given.arcs())
    yield LOADED
    if solver.solve() != solver.OPTIMAL:
        message = "needs a partner for everybody"
        raise SkipError(message)
    yield everyone, [solver.right_mate(i) for i in everyone.tolist()]


def _ortools_flow(given: Given) -> Steps:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    rows, columns, costs = given.arcs()
    mentors, mentees = len(given.mentors), len(given.mentees)
    places = int(min(given.mentors.sum(), given.mentees.sum()))
    everyone = np.arange(mentors + mentees, dtype=np.int32)
    source, sink = everyone[:1] + mentors + mentees, everyone[:1] + mentors + mentees + 1
    flow = SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    own = add(rows, mentors + columns, np.ones_like(costs), costs)
    add(np.repeat(source, mentors), everyone[:mentors], given.mentors, 0 * given.mentors)
    add(everyone[mentors:], np.repeat(sink, mentees), given.mentees, 0 * given.mentees)
    flow.set_nodes_supplies(np.append(source, sink), np.array([places, -places]))
    yield LOADED
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        message = "no optimum"
        raise TaskError(message)
    chosen = flow.flows(own) > 0
    yield given.oriented(rows[chosen], columns[chosen])


def _pot(given: Given) -> Steps:
    from ot.lp import emd

    costs = given.costs()
    rows, columns = costs.shape
    supply = np.ones(rows)
    if rows < columns:
        costs, supply = np.vstack([costs, np.zeros(columns)]), np.append(supply, columns - rows)
    yield LOADED
    flow, log = emd(supply, np.ones(columns), costs, numItermax=ITERATIONS, log=True)
    if log["warning"]:
        raise TaskError(log["warning"])
    chosen, partners = np.nonzero(flow[:rows] > 0.5)
    yield chosen, partners


def _networkx_simplex(given: Given) -> Steps:
    import networkx as nx

    costs = given.costs().astype(np.int64)
    rows, columns = costs.shape
    graph: Any = nx.DiGraph()
    graph.add_nodes_from((("r", i), {"demand": -1}) for i in range(rows))
    graph.add_nodes_from((("c", j), {"demand": 0}) for j in range(columns))
    graph.add_node("sink", demand=rows)
    edges = ((("r", i), ("c", j), int(costs[i, j])) for i, j in np.ndindex(rows, columns))
    graph.add_edges_from((i, j, {"weight": cost, "capacity": 1}) for i, j, cost in edges)
    graph.add_edges_from((("c", j), "sink", {"weight": 0, "capacity": 1}) for j in range(columns))
    yield LOADED
    _, flow = nx.network_simplex(graph)
    yield (
        range(rows),
        [next(j for (_, j), used in flow["r", i].items() if used) for i in range(rows)],
    )


def _networkx_bipartite(given: Given) -> Steps:
    import networkx as nx

    costs = given.costs()
    cells = np.ndindex(*costs.shape)
    top = [("r", i) for i in range(len(costs))]
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from((("r", i), ("c", j), costs[i, j]) for i, j in cells)
    yield LOADED
    mates = nx.bipartite.minimum_weight_full_matching(graph, top)
    yield range(len(top)), [mates[node][1] for node in top]


def _munkres(given: Given) -> Steps:
    from munkres import Munkres

    costs = given.costs().astype(np.int64).tolist()
    yield LOADED
    rows, columns = zip(*Munkres().compute(costs), strict=True)
    yield rows, columns


SOLVERS: dict[str, Callable[[Given], Steps]] = {
    "scipy": _scipy,
    "lapjv": partial(_lapx, name="lapjv"),
    "lapjvx": partial(_lapx, name="lapjvx"),
    "or-tools assignment": _ortools_assignment,
    "or-tools flow": _ortools_flow,
    "pot emd": _pot,
    "networkx simplex": _networkx_simplex,
    "networkx bipartite": _networkx_bipartite,
    "munkres": _munkres,
}
