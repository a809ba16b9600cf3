"""Objectives other than the total, on the points of the synthetic workforce, and the conformance kit on `assign`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from measure import Measured, TaskError, needs, peak_megabytes, repeated
from tasks.matching import PROGRAMME, scored, workforce

import rmatch
from rmatch.objectives import TOTAL, AlphaFair, Leximin, Stable, named
from rmatch.scoring.sides import side_points
from rmatch.solve.fair.proof import fair_failures
from rmatch.solve.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.objectives import Objective

Answer = TypeVar("Answer")


def assign(side: int, objective: str, repeats: int) -> Measured:
    """Time `assign` on a finished matrix by turns with the total, and check its proof, which does not count."""
    chosen, scores = _objective(objective), scored(side)
    points, allowed = scores.points.astype(np.int64), scores.open_pairs
    mentors, mentees = scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee")
    sides = side_points(scores) if isinstance(chosen, Stable) else None
    given: Any = {"allowed": allowed, "mentor_capacity": mentors, "mentee_capacity": mentees}
    seconds, beside, answer = _by_turns(
        lambda: rmatch.assign(points, objective=chosen, sides=sides, **given),
        lambda: rmatch.assign(points, **given),
        repeats,
    )
    peak = peak_megabytes()
    problem = Problem(points, allowed, mentors, mentees, 0 * mentors, 0 * mentees, "most")
    if wrong := list(fair_failures(problem, answer.solution, chosen, sides)):  # type: ignore[arg-type]
        raise TaskError("\n".join(wrong))
    worst = int(points[answer.pairs[:, 0], answer.pairs[:, 1]].min())
    facts = {"pairs": len(answer.pairs), "total": answer.total, "worst": worst}
    return Measured(seconds, facts | {"route": answer.route}, peak, beside)


def match(side: int, objective: str, repeats: int) -> Measured:
    """Time `match`, people in memory, by turns with the total; ties and places are decided too."""
    people = workforce(side)
    programme = rmatch.Programme(levels=PROGRAMME.levels, objective=_objective(objective))
    seconds, beside, matching = _by_turns(
        lambda: rmatch.match(people, programme), lambda: rmatch.match(people, PROGRAMME), repeats
    )
    peak = peak_megabytes()
    rmatch.verify(matching)
    facts = {"pairs": len(matching.pairs), "total": matching.total, "route": matching.route}
    return Measured(seconds, facts, peak, beside)


def lottery(side: int, leximin: bool, **given: Any) -> Measured:
    """Time a lottery, people in memory: the best expected total, or leximin in what everybody expects."""
    objective = Leximin("people") if leximin else TOTAL
    programme = rmatch.Programme(levels=PROGRAMME.levels, objective=objective)
    people = workforce(side)
    seconds, found = repeated(lambda: rmatch.lottery(people, programme, **given), 1)
    peak = peak_megabytes()
    rmatch.verify(found)
    facts = {"pairs": float(found.pairs), "total": round(float(found.total))}
    return Measured(seconds, facts, peak)


def conformance(laws: list[str] | None) -> Measured:
    """Time `check_matcher` on `assign`, which must obey every law that applies."""
    needs("hypothesis", "hypothesis")
    from peers.matchers import rmatch_assign

    from rmatch.testing import check_matcher

    seconds, report = repeated(
        lambda: check_matcher(rmatch_assign, laws=laws, profile="fast"), 1, warm_up=0
    )
    if report.failures:
        raise TaskError(str(report))
    cases = sum(trial.cases for trial in report.trials)
    return Measured(seconds, {"laws": len(report.trials), "cases": cases})


def _by_turns(
    own: Callable[[], Answer], total: Callable[[], object], times: int
) -> tuple[list[float], list[float], Answer]:
    """Return the seconds of so many calls of both, by turns after one of each that does not count, and the last answer."""
    seconds: list[float] = []
    beside: list[float] = []
    for turn in range(times):
        beside += repeated(total, 1, warm_up=not turn)[0]
        # Only the last answer is kept: matrices of the others would have to be made room for.
        took, answer = repeated(own, 1, warm_up=not turn)
        seconds += took
    return seconds, beside, answer


def _objective(text: str) -> Objective:
    """Return an objective by its name, with its parameter if it has one."""
    name, _, alpha = text.partition(" ")
    return AlphaFair(float(alpha)) if alpha else named(name)
