"""What rmatch takes for a large problem, from people in memory and from a matrix, and how such a run spends its time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, TaskError, by_stages, repeated, rounded
from peers.solvers import found, prepared
from sampling import Sampler
from tasks import instances

import rmatch
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from rmatch.solve.columns.problem import ImplicitProblem

WARM, PASSES = (60, 400), 3


def matrix(recipe: dict[str, Any]) -> Measured:
    """Write the points of all pairs, -1 for the forbidden ones, and everybody's places: 4 bytes a pair."""
    made = [instances.matrix(recipe, seed) for seed in range(recipe["instances"])]
    points = made[0][0][None] if len(made) == 1 else np.stack([points for points, _ in made])
    mentors, mentees = (
        np.stack(side) for side in zip(*(places for _, places in made), strict=True)
    )
    np.save("points.npy", points)
    np.savez("places.npz", mentors=mentors, mentees=mentees)
    some = points[0][: max(1, 2**24 // max(points.shape[2], 1))]
    facts = {
        "shape": points.shape[1:],
        "instances": len(points),
        "forbidden": round(float((some < 0).mean()), 4),
        "scores_in_sample": len(np.unique(some[some >= 0])),
    }
    return Measured((), facts)


def match(recipe: dict[str, Any], budget: float) -> Measured:
    """Time the matching of people in memory, and its verification apart, and tell where both spend their time."""
    given = [instances.people(recipe, seed) for seed in range(recipe["instances"])]
    ready()
    sampler = Sampler()
    (seconds, checking), matchings = by_stages(
        lambda: [(replace(people), programme) for people, programme in given],
        (lambda one: rmatch.match(*one), verified),
        budget,
        sampler,
    )
    answers = [getattr(step.solution, "answer", None) for step in matchings[0].steps]
    facts = {
        "pairs": sum(len(matching.pairs) for matching in matchings),
        "total": sum(matching.total for matching in matchings),
        "route": matchings[0].route,
        "verify": [rounded(second) for second in checking],
        "gap": sum(closed(matching.bound - matching.total) for matching in matchings),
        "steps": [inside(answer) for answer in answers if answer is not None],
        "spent": dict(zip(("match", "verify"), map(shares, sampler.spent), strict=True)),
    }
    return Measured(seconds, facts)


def verified(matching: rmatch.Matching) -> rmatch.Matching:
    """Verify a matching, and hand it on."""
    rmatch.verify(matching)
    return matching


def solve(budget: float) -> Measured:
    """Time `assign` on matrices given for free, as the peers get them."""
    givens = prepared()
    ready()

    def loaded() -> list[dict[str, Any]]:
        return [
            {
                "points": (points := given.points),
                "allowed": None if points.min() >= 0 else points >= 0,
                "mentor_capacity": given.mentors,
                "mentee_capacity": given.mentees,
            }
            for given in givens
        ]

    sampler = Sampler()
    (seconds,), answers = by_stages(loaded, (lambda one: rmatch.assign(**one),), budget, sampler)
    pairs = [(answer.pairs[:, 0], answer.pairs[:, 1]) for answer in answers]
    # A peer's pairs have those of the shorter side first.
    facts = found(givens, [given.oriented(*own) for given, own in zip(givens, pairs, strict=True)])
    spent = {"assign": shares(sampler.spent[0])}
    return Measured(seconds, facts | {"route": answers[0].route, "spent": spent})


def stream(recipe: dict[str, Any], budget: float) -> Measured:
    """Time column generation alone, on tables, and tell how the run went; a planted problem must have its optimum."""
    from rmatch.solve.columns.solve import solve_implicit

    ready()
    problem, known = _planted_tables(recipe) if recipe["kind"] == "planted" else _tables(recipe)
    (seconds,), (answer,) = by_stages(lambda: [problem], (solve_implicit,), budget)
    if known is not None and answer.total != known:
        message = f"the total is {answer.total:,}, and the planted optimum {known:,}"
        raise TaskError(message)
    facts = {
        "pairs": len(answer.pairs[0]),
        "total": answer.total,
        "known": known,
        "gap": closed(answer.bound - answer.total),
        "one_pass": _one_pass(problem, answer),
    }
    return Measured(seconds, facts | inside(answer))


def _tables(recipe: dict[str, Any]) -> tuple[ImplicitProblem, None]:
    """Return a problem of people as tables."""
    from rmatch.solve.columns.problem import ImplicitProblem

    scores = rmatch.score(*instances.people(recipe, 0))
    source = scores.source(np.zeros((0, 2), np.int64), protected=True)
    places = scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee")
    return ImplicitProblem.limited(
        source, places, (0 * places[0], 0 * places[1]), most_pairs=True
    ), None


def _planted_tables(recipe: dict[str, Any]) -> tuple[ImplicitProblem, int]:
    """Return a planted problem as tables, and its optimum."""
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source

    made = instances.planted(recipe, 0)
    none, one = np.zeros(0, np.int64), np.ones(len(made.u), np.int64)
    source = Source.of_tables(made.starts, made.codes, made.table, (none, none, none), (0, MOST))
    return ImplicitProblem.limited(
        source, (one, one), (0 * one, 0 * one), most_pairs=True
    ), made.total


def _one_pass(problem: ImplicitProblem, answer: Any) -> float:
    """Return the seconds that one pass over all pairs takes at the final prices."""
    from rmatch.solve.columns.pricing import passed
    from rmatch.solve.columns.tuning import DEFAULT
    from rmatch.solve.columns.workers import Workers
    from rmatch.utils.threads import pool

    prices = answer.certificate.u - problem.bonus, answer.certificate.v
    keep = DEFAULT.later, DEFAULT.later
    with pool() as threads:
        workers = Workers(threads)
        seconds, _ = repeated(lambda: passed(problem.source, prices, keep, workers), PASSES)
    return rounded(median(seconds))


@cache
def ready() -> None:
    """Have everything imported and compiled that is needed, as a service has before its first request."""
    for side in WARM:
        given = instances.people({"kind": "workforce", "mentors": side, "mentees": side}, 0)
        rmatch.verify(rmatch.match(*given))
        numbers = np.arange(side, dtype=np.int32)
        rmatch.assign(np.multiply.outer(numbers, numbers))


def inside(answer: Any) -> dict[str, Any]:
    """Return how a run of column generation went: the one place that knows what it keeps of itself."""
    spent = sum(answer.seconds.values())
    shares = {part: round(share / spent, 3) for part, share in answer.seconds.items()}
    return {"passes": round(answer.passes, 2), "arcs": answer.arcs, "shares": shares}


def shares(spent: dict[str, float]) -> dict[str, float]:
    """Return the share of each phase in the time that was looked at."""
    whole = sum(spent.values()) or 1
    return {phase: round(seconds / whole, 3) for phase, seconds in spent.items()}


def closed(gap: int) -> int:
    """Return the gap of a run, which must be closed."""
    if gap:
        message = f"the gap is not closed: {gap:,}"
        raise TaskError(message)
    return gap
