"""Problems without a matrix that are written out after all: the answers of column generation, ties decided the same."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from solve.jonker_volgenant.test_route import instance

pytest.importorskip("numba")

from rmatch.solve.certificates.claim import failures
from rmatch.solve.columns import LARGEST
from rmatch.solve.columns.answer import Warm
from rmatch.solve.columns.problem import ImplicitProblem
from rmatch.solve.columns.solve import solve_implicit
from rmatch.solve.columns.tuning import Tuning
from rmatch.solve.jonker_volgenant import suits_written_out
from rmatch.solve.jonker_volgenant.written_out import solve_written_out
from rmatch.solve.ties import TieHash
from rmatch.utils.stopping import StoppingRule

if TYPE_CHECKING:
    from rmatch.solve.columns.answer import Answer


def large(seed: int) -> ImplicitProblem | None:
    """Return a problem of any kind that is written out, with points that need no matrix."""
    problem = instance(seed)
    if np.abs(problem.points).max() > LARGEST:
        problem = replace(problem, points=problem.points % 5)
    found = ImplicitProblem.of(problem)
    return found if suits_written_out(found, near=False) else None


@pytest.mark.parametrize("tight", [-1, 2**19], ids=["in a matrix", "written down"])
@pytest.mark.parametrize("seed", range(80))
def test_it_finds_what_column_generation_finds(seed: int, tight: int) -> None:
    if (problem := large(seed)) is None:
        return
    ties = TieHash(seed, *map(range, problem.shape))
    answer = solve_written_out(problem, ties, tuning=Tuning(tight=tight))
    assert (answer.proved, answer.decided, answer.bound) == (True, True, answer.total)
    assert failures_of(problem, answer) == []
    other = solve_implicit(problem, ties=ties)
    assert [each.tolist() for each in answer.pairs] == [each.tolist() for each in other.pairs]


def failures_of(problem: ImplicitProblem, answer: Answer) -> list[str]:
    def ask(first: int, last: int) -> tuple[Any, Any]:
        points = problem.source.rows(first, last)
        return points, points >= problem.source.lowest

    return list(
        failures(
            answer.certificate,
            answer.pairs,
            problem.capacities,
            problem.minimums,
            ask,
            most_pairs=problem.most_pairs and answer.proved,
            bound=answer.bound,
        )
    )


def test_a_run_that_is_stopped_returns_what_is_seen_at_a_glance() -> None:
    problem = next(filter(None, map(large, range(150))))
    stop = Event()
    stop.set()
    with StoppingRule(cancel=stop):
        answer = solve_written_out(problem)
    assert not answer.proved
    assert failures_of(problem, answer) == []
    best = solve_written_out(problem)
    assert answer.total <= best.total <= answer.bound
    # What was known before is returned where nothing better is seen.
    known = Warm.of(best)
    with StoppingRule(cancel=stop):
        assert solve_written_out(problem, before=known).total == best.total
    # Pairs of another round are no answer where they have no room: here everybody would have everybody.
    rows, columns = map(np.ravel, np.indices(problem.shape))
    strange = known._replace(rows=rows, columns=columns)
    with StoppingRule(cancel=stop):
        answer = solve_written_out(problem, before=strange)
    assert failures_of(problem, answer) == []
