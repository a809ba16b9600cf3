"""What rmatch takes, from people in memory and from a matrix, and how a long run spends its time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, TaskError, environment, repeated
from tasks import instances

import rmatch
from rmatch import datasets
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from rmatch.solve.columns.problem import ImplicitProblem

ROWS = 256
FIRST = """
from time import perf_counter
from tasks.instances import people
given = people({"kind": "workforce", "mentors": 1500, "mentees": 1500})
import rmatch, scipy.optimize
start = perf_counter()
rmatch.match(*given)
print(perf_counter() - start)
"""


def warm(sides: list[int]) -> None:
    """Have everything imported and compiled that problems of these sizes need."""
    for side in sides:
        rmatch.verify(
            rmatch.match(*instances.people({"kind": "workforce", "mentors": side, "mentees": side}))
        )


def whole(recipe: dict[str, Any], repeats: int, warm_up: list[int]) -> Measured:
    """Time the matching of people in memory, and its verification apart."""
    people, programme = instances.people(recipe)
    warm(warm_up)
    seconds, matching = repeated(lambda: rmatch.match(people, programme), repeats, warm_up=0)
    checking = []
    for _ in range(repeats):
        start = perf_counter()
        rmatch.verify(matching)
        checking.append(perf_counter() - start)
    facts = {
        "pairs": len(matching.pairs),
        "total": matching.total,
        "route": matching.route,
        "verify": checking,
    }
    answers = [getattr(step.solution, "answer", None) for step in matching.steps]
    steps = [inside(answer) for answer in answers if answer is not None]
    return Measured(seconds, facts | {"gap": matching.bound - matching.total, "steps": steps})


def inside(answer: Any) -> dict[str, Any]:
    """Return how a run of column generation went: the one place that knows what it keeps of itself."""
    spent = sum(answer.seconds.values())
    shares = {part: round(share / spent, 3) for part, share in answer.seconds.items()}
    return {"passes": round(answer.passes, 2), "arcs": answer.arcs, "shares": shares}


def matrix(recipe: dict[str, Any], path: str) -> Measured:
    """Write the points of all pairs, -1 for the forbidden ones, and everybody's places."""
    if not Path(f"{path}.npz").exists():
        points, places = (
            _planted_matrix(recipe) if recipe["kind"] == "planted" else _people_matrix(recipe)
        )
        np.save(f"{path}.npy", points)
        np.savez(f"{path}.npz", mentors=places[0], mentees=places[1])
    points = np.load(f"{path}.npy", mmap_mode="r")
    distinct = np.unique(points[: max(1, 2**24 // max(points.shape[1], 1))])
    facts = {
        "shape": points.shape,
        "forbidden": round(float((points < 0).mean()), 4),
        "scores_in_sample": int((distinct >= 0).sum()),
    }
    return Measured((0.0,), facts)


def _people_matrix(recipe: dict[str, Any]) -> tuple[Any, tuple[Any, Any]]:
    scores = rmatch.score(*instances.people(recipe))
    points = np.empty(scores.shape, np.int32)
    columns = np.arange(scores.shape[1])
    for first in range(0, len(points), ROWS):
        rows = np.arange(first, min(first + ROWS, len(points)))
        points[rows] = np.where(scores.open_block(rows, columns), scores.block(rows, columns), -1)
    return points, (scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee"))


def _planted_matrix(recipe: dict[str, Any]) -> tuple[Any, tuple[Any, Any]]:
    problem = planted(recipe)
    everyone = np.arange(len(problem.u))
    return problem.block(everyone, everyone).astype(np.int32), (
        np.ones_like(everyone),
        np.ones_like(everyone),
    )


def planted(recipe: dict[str, Any]) -> datasets.Planted:
    """Return the planted problem of a recipe."""
    return datasets.planted(**{name: value for name, value in recipe.items() if name != "kind"})


def solve(path: str, repeats: int) -> Measured:
    """Time the solver alone, on a matrix given for free and without a decision of ties, as the peers have none."""
    from rmatch.solve import total as routes
    from rmatch.solve.problem import Problem

    points, places = np.load(f"{path}.npy").astype(np.int64), np.load(f"{path}.npz")
    capacities = places["mentors"], places["mentees"]
    none = 0 * capacities[0], 0 * capacities[1]
    problem = Problem(points, points >= 0, capacities[0], capacities[1], none[0], none[1], "most")
    seconds, solution = repeated(lambda: routes.solve(problem), repeats)
    return Measured(
        seconds,
        {"pairs": len(solution.rows), "total": int(solution.total), "route": solution.route},
    )


def stream(recipe: dict[str, Any], repeats: int, warm_up: list[int]) -> Measured:
    """Time column generation alone, on tables, and tell how the run went; a planted problem must have its optimum."""
    from rmatch.solve.columns.solve import solve_implicit

    warm(warm_up)
    large, known = _large(recipe)
    seconds, answer = repeated(lambda: solve_implicit(large), repeats, warm_up=0)
    if known is not None and answer.total != known:
        message = f"the total is {answer.total:,}, and the planted optimum {known:,}"
        raise TaskError(message)
    facts = {
        "pairs": len(answer.pairs[0]),
        "total": answer.total,
        "known": known,
        "gap": answer.bound - answer.total,
    }
    return Measured(
        seconds, facts | inside(answer) | {"one_pass": _one_pass(large, answer, repeats)}
    )


def _large(recipe: dict[str, Any]) -> tuple[ImplicitProblem, int | None]:
    """Return a problem as tables, and its optimum if that is known."""
    if recipe["kind"] == "planted":
        return _planted_large(planted(recipe))
    from rmatch.solve.columns.problem import ImplicitProblem

    scores = rmatch.score(*instances.people(recipe))
    source = scores.source(np.zeros((0, 2), np.int64), protected=True)
    places = scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee")
    return ImplicitProblem.limited(
        source, places, (0 * places[0], 0 * places[1]), most_pairs=True
    ), None


def _planted_large(problem: datasets.Planted) -> tuple[ImplicitProblem, int]:
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source

    none = np.zeros(0, np.int64)
    source = Source.of_tables(
        problem.starts, problem.codes, problem.table, (none, none, none), (0, MOST)
    )
    one = np.ones(len(problem.u), np.int64)
    return ImplicitProblem.limited(
        source, (one, one), (0 * one, 0 * one), most_pairs=True
    ), problem.total


def _one_pass(large: ImplicitProblem, answer: Any, repeats: int) -> float:
    """Return the seconds that one pass over all pairs takes at the final prices."""
    from rmatch.solve.columns.pricing import passed
    from rmatch.solve.columns.tuning import DEFAULT
    from rmatch.utils.threads import pool

    prices = answer.certificate.u - large.bonus, answer.certificate.v
    keep = DEFAULT.later, DEFAULT.later
    with pool() as executor:
        seconds, _ = repeated(
            lambda: passed(large.source, prices, keep, executor), repeats, warm_up=0
        )
    return median(seconds)


def first_call(side: int) -> Measured:
    """Time the first matching of a fresh interpreter with an empty cache of compiled code, and with a full one."""
    script = FIRST.replace("1500", str(side))
    with TemporaryDirectory() as cache:
        paths = os.pathsep.join(
            [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
        )
        own = {**environment(Path.cwd()), "NUMBA_CACHE_DIR": cache, "PYTHONPATH": paths}
        runs = [
            subprocess.run(
                [sys.executable, "-c", script], env=own, capture_output=True, text=True, check=True
            )
            for _ in range(2)
        ]
    empty, full = (float(run.stdout) for run in runs)
    return Measured((full,), {"empty_cache": round(empty, 3), "full_cache": round(full, 3)})
