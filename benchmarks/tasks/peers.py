"""What other solvers take for the same matrix; loading it into their own form is not timed.

A solver that cannot leave people out gets forbidden pairs at a cost above that of any matching, so that it too makes as
many allowed pairs as possible first. Solvers of lapx take 1,000,000 for infinity: they get costs scaled by a power of
two, which loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, SkipError, TaskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Run = Callable[[], tuple[Any, Any]]

ITERATIONS = 10**9
LAPX_LIMIT = 2.0**19


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

    def answer(self, pairs: tuple[Any, Any]) -> dict[str, int]:
        """Return the number of allowed pairs and their points, after a look at the places."""
        rows, columns = (np.asarray(side, np.int64) for side in oriented(self, *pairs))
        points = self.points[rows, columns].astype(np.int64)
        allowed = points >= 0
        rows, columns, points = rows[allowed], columns[allowed], points[allowed]
        full = (np.bincount(rows, minlength=len(self.mentors)) > self.mentors).any()
        full |= (np.bincount(columns, minlength=len(self.mentees)) > self.mentees).any()
        if full or len(np.unique(rows * len(self.mentees) + columns)) < len(rows):
            message = "somebody has more partners than places, or a partner twice"
            raise TaskError(message)
        return {"pairs": len(rows), "total": int(points.sum())}


def solves(peer: str, path: str, repeats: int) -> Measured:
    """Time one peer's solver."""
    places = np.load(f"{path}.npz")
    given = Given(np.load(f"{path}.npy"), places["mentors"], places["mentees"])
    try:
        loaded = LOADERS[peer](given)
    except ModuleNotFoundError as missing:
        message = f"{missing.name} is not installed"
        raise SkipError(message) from missing
    seconds = []
    for _ in range(repeats):
        run = loaded()
        start = perf_counter()
        pairs = run()
        seconds.append(perf_counter() - start)
    return Measured(tuple(seconds), given.answer(pairs))


def _scipy(given: Given) -> Callable[[], Run]:
    from scipy.optimize import linear_sum_assignment

    costs = given.costs()
    return lambda: lambda: linear_sum_assignment(costs)


def _lapx(given: Given, name: str) -> Callable[[], Run]:
    solver, costs = getattr(import_module("lap"), name), given.costs()
    costs *= 2.0 ** min(0, int(np.floor(np.log2(LAPX_LIMIT / max(costs.max(), 1)))))
    everyone = np.arange(len(costs))
    if name == "lapjv":
        return lambda: lambda: (everyone, solver(costs, return_cost=False)[0])
    return lambda: lambda: solver(costs, return_cost=False)


def _ortools_assignment(given: Given) -> Callable[[], Run]:
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

    arcs, everyone = given.arcs(), np.arange(len(given.mentors))

    def load() -> Run:
        solver = SimpleLinearSumAssignment()
        solver.add_arcs_with_cost(*arcs)

        def run() -> tuple[Any, Any]:
            if solver.solve() != solver.OPTIMAL:
                message = "needs a partner for everybody"
                raise SkipError(message)
            return everyone, [solver.right_mate(i) for i in everyone.tolist()]

        return run

    return load


def _ortools_flow(given: Given) -> Callable[[], Run]:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    rows, columns, costs = given.arcs()
    mentors, mentees = len(given.mentors), len(given.mentees)
    places = int(min(given.mentors.sum(), given.mentees.sum()))
    ends = np.arange(mentors, dtype=np.int32), mentors + np.arange(mentees, dtype=np.int32)
    source, sink = mentors + mentees, mentors + mentees + 1

    def load() -> Run:
        flow = SimpleMinCostFlow()
        own = flow.add_arcs_with_capacity_and_unit_cost(
            rows, mentors + columns, np.ones_like(costs), costs
        )
        flow.add_arcs_with_capacity_and_unit_cost(
            np.full(mentors, source, np.int32), ends[0], given.mentors, 0 * given.mentors
        )
        flow.add_arcs_with_capacity_and_unit_cost(
            ends[1], np.full(mentees, sink, np.int32), given.mentees, 0 * given.mentees
        )
        flow.set_nodes_supplies(np.array([source, sink]), np.array([places, -places]))

        def run() -> tuple[Any, Any]:
            if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
                message = "no optimum"
                raise TaskError(message)
            chosen = flow.flows(own) > 0
            return oriented(given, rows[chosen], columns[chosen])

        return run

    return load


def oriented(given: Given, rows: Any, columns: Any) -> tuple[Any, Any]:
    """Return pairs as `Given.answer` wants them, the shorter side first."""
    return (rows, columns) if len(given.mentors) <= len(given.mentees) else (columns, rows)


def _pot(given: Given) -> Callable[[], Run]:
    from ot.lp import emd

    costs = given.costs()
    rows, columns = costs.shape
    supply = np.ones(rows)
    if rows < columns:
        costs, supply = np.vstack([costs, np.zeros(columns)]), np.append(supply, columns - rows)

    def run() -> tuple[Any, Any]:
        flow, log = emd(supply, np.ones(columns), costs, numItermax=ITERATIONS, log=True)
        if log["warning"]:
            raise TaskError(log["warning"])
        chosen = np.nonzero(flow[:rows] > 0.5)
        return chosen[0], chosen[1]

    return lambda: run


def _networkx_simplex(given: Given) -> Callable[[], Run]:
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

    def run() -> tuple[Any, Any]:
        _, flow = nx.network_simplex(graph)
        chosen = [
            (i, next(j for (_, j), used in flow["r", i].items() if used)) for i in range(rows)
        ]
        return tuple(zip(*chosen, strict=True))  # type: ignore[return-value]

    return lambda: run


def _networkx_bipartite(given: Given) -> Callable[[], Run]:
    import networkx as nx

    costs = given.costs()
    graph: Any = nx.Graph()
    top = [("r", i) for i in range(len(costs))]
    graph.add_weighted_edges_from(
        (("r", i), ("c", j), costs[i, j]) for i, j in np.ndindex(*costs.shape)
    )

    def run() -> tuple[Any, Any]:
        mates = nx.bipartite.minimum_weight_full_matching(graph, top)
        return [i for _, i in top], [mates[node][1] for node in top]

    return lambda: run


def _munkres(given: Given) -> Callable[[], Run]:
    from munkres import Munkres

    costs = given.costs().astype(np.int64).tolist()
    return lambda: lambda: tuple(zip(*Munkres().compute(costs), strict=True))  # type: ignore[return-value]


LOADERS: dict[str, Callable[[Given], Callable[[], Run]]] = {
    "scipy": _scipy,
    "lapjv": lambda given: _lapx(given, "lapjv"),
    "lapjvx": lambda given: _lapx(given, "lapjvx"),
    "or-tools assignment": _ortools_assignment,
    "or-tools flow": _ortools_flow,
    "pot emd": _pot,
    "networkx simplex": _networkx_simplex,
    "networkx bipartite": _networkx_bipartite,
    "munkres": _munkres,
}
