"""What rmatch takes for a large problem, from people in memory and from a matrix, and how such a run spends its time."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, TaskError, repeated
from tasks import instances

import rmatch
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.columns.problem import ImplicitProblem

    Places = tuple[NDArray[np.int64], NDArray[np.int64]]

ROWS = 256


def matrix(recipe: dict[str, Any]) -> Measured:
    """Write the points of all pairs, -1 for the forbidden ones, and everybody's places: 4 bytes a pair."""
    make = _planted_matrix if recipe["kind"] == "planted" else _people_matrix
    points, (mentors, mentees) = make(recipe)
    np.save("points.npy", points)
    np.savez("places.npz", mentors=mentors, mentees=mentees)
    sample = np.unique(points[: max(1, 2**24 // max(points.shape[1], 1))])
    facts = {
        "shape": points.shape,
        "forbidden": round(float((points < 0).mean()), 4),
        "scores_in_sample": int((sample >= 0).sum()),
    }
    return Measured((), facts)


def _people_matrix(recipe: dict[str, Any]) -> tuple[NDArray[np.int32], Places]:
    scores = rmatch.score(*instances.people(recipe))
    points = np.empty(scores.shape, np.int32)
    columns = np.arange(scores.shape[1])
    for first in range(0, len(points), ROWS):
        rows = np.arange(first, min(first + ROWS, len(points)))
        points[rows] = np.where(scores.open_block(rows, columns), scores.block(rows, columns), -1)
    return points, (scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee"))


def _planted_matrix(recipe: dict[str, Any]) -> tuple[NDArray[np.int32], Places]:
    problem = instances.planted(recipe)
    everyone = np.arange(len(problem.u))
    one = np.ones_like(everyone)
    return problem.block(everyone, everyone).astype(np.int32), (one, one)


def match(recipe: dict[str, Any], repeats: int, warm_up: list[int]) -> Measured:
    """Time the matching of people in memory, and its verification apart."""
    people, programme = instances.people(recipe)
    warm(warm_up)
    seconds, matching = repeated(lambda: rmatch.match(people, programme), repeats, warm_up=0)
    checking, _ = repeated(lambda: rmatch.verify(matching), repeats, warm_up=0)
    answers = [getattr(step.solution, "answer", None) for step in matching.steps]
    facts = {
        "pairs": len(matching.pairs),
        "total": matching.total,
        "route": matching.route,
        "verify": [round(second, 6) for second in checking],
        "gap": closed(matching.bound - matching.total),
        "steps": [inside(answer) for answer in answers if answer is not None],
    }
    return Measured(seconds, facts)


def solve(repeats: int) -> Measured:
    """Time the solver alone, on a matrix given for free and without a decision of ties, as the peers have none."""
    from rmatch.solve import total
    from rmatch.solve.problem import Problem

    points, places = np.load("points.npy").astype(np.int64), np.load("places.npz")
    mentors, mentees = places["mentors"], places["mentees"]
    problem = Problem(points, points >= 0, mentors, mentees, 0 * mentors, 0 * mentees, "most")
    seconds, solution = repeated(lambda: total.solve(problem), repeats)
    facts = {"pairs": len(solution.rows), "total": int(solution.total), "route": solution.route}
    return Measured(seconds, facts)


def stream(recipe: dict[str, Any], repeats: int, warm_up: list[int]) -> Measured:
    """Time column generation alone, on tables, and tell how the run went; a planted problem must have its optimum."""
    from rmatch.solve.columns.solve import solve_implicit

    warm(warm_up)
    problem, known = _planted_tables(recipe) if recipe["kind"] == "planted" else _tables(recipe)
    seconds, answer = repeated(lambda: solve_implicit(problem), repeats, warm_up=0)
    if known is not None and answer.total != known:
        message = f"the total is {answer.total:,}, and the planted optimum {known:,}"
        raise TaskError(message)
    facts = {
        "pairs": len(answer.pairs[0]),
        "total": answer.total,
        "known": known,
        "gap": closed(answer.bound - answer.total),
        "one_pass": _one_pass(problem, answer, repeats),
    }
    return Measured(seconds, facts | inside(answer))


def _tables(recipe: dict[str, Any]) -> tuple[ImplicitProblem, None]:
    """Return a problem of people as tables."""
    from rmatch.solve.columns.problem import ImplicitProblem

    scores = rmatch.score(*instances.people(recipe))
    source = scores.source(np.zeros((0, 2), np.int64), protected=True)
    places = scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee")
    return ImplicitProblem.limited(
        source, places, (0 * places[0], 0 * places[1]), most_pairs=True
    ), None


def _planted_tables(recipe: dict[str, Any]) -> tuple[ImplicitProblem, int]:
    """Return a planted problem as tables, and its optimum."""
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source

    made = instances.planted(recipe)
    none, one = np.zeros(0, np.int64), np.ones(len(made.u), np.int64)
    source = Source.of_tables(made.starts, made.codes, made.table, (none, none, none), (0, MOST))
    return ImplicitProblem.limited(
        source, (one, one), (0 * one, 0 * one), most_pairs=True
    ), made.total


def _one_pass(problem: ImplicitProblem, answer: Any, repeats: int) -> float:
    """Return the seconds that one pass over all pairs takes at the final prices."""
    from rmatch.solve.columns.pricing import passed
    from rmatch.solve.columns.tuning import DEFAULT
    from rmatch.solve.columns.workers import Workers
    from rmatch.utils.threads import pool

    prices = answer.certificate.u - problem.bonus, answer.certificate.v
    keep = DEFAULT.later, DEFAULT.later
    with pool() as threads:
        workers = Workers(threads)
        seconds, _ = repeated(
            lambda: passed(problem.source, prices, keep, workers), repeats, warm_up=0
        )
    return round(median(seconds), 6)


def warm(sides: list[int]) -> None:
    """Have everything imported and compiled that problems of these sizes need."""
    for side in sides:
        given = instances.people({"kind": "workforce", "mentors": side, "mentees": side})
        rmatch.verify(rmatch.match(*given))


def inside(answer: Any) -> dict[str, Any]:
    """Return how a run of column generation went: the one place that knows what it keeps of itself."""
    spent = sum(answer.seconds.values())
    shares = {part: round(share / spent, 3) for part, share in answer.seconds.items()}
    return {"passes": round(answer.passes, 2), "arcs": answer.arcs, "shares": shares}


def closed(gap: int) -> int:
    """Return the gap of a run, which must be closed."""
    if gap:
        message = f"the gap is not closed: {gap:,}"
        raise TaskError(message)
    return gap
