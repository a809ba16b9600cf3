"""How a call ended, in one word: of results and of errors, for every way to end."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import fields
from typing import Any

import pytest

import rmatch
from rmatch.errors import QuotaError, Status, StopError
from rmatch.verification.vouched import Vouched, field_of

PEOPLE = rmatch.datasets.example()


def _results() -> dict[str, Any]:
    return {
        "matching": rmatch.match(PEOPLE),
        "assignment": rmatch.assign([[7, 5], [6, 1]]),
        "fair": rmatch.assign([[7, 5], [6, 1]], objective="leximin"),
        "lottery": rmatch.lottery(PEOPLE, cap="1/2"),
    }


RESULTS = _results()


@pytest.mark.parametrize("name", RESULTS)
def test_what_ran_to_its_end_is_optimal_and_says_how_long_it_took(name: str) -> None:
    result = RESULTS[name]
    assert result.status == "optimal"
    assert result.status is Status.OPTIMAL
    assert 0 < result.runtime < 60


def test_a_run_that_was_stopped_is_feasible_and_its_bound_is_true() -> None:
    pytest.importorskip("numba")
    people = rmatch.datasets.workforce(500, 450)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    best = rmatch.match(people, programme)
    stopped = rmatch.match(people, programme, max_seconds=0)
    assert (best.status, stopped.status) == (Status.OPTIMAL, Status.FEASIBLE)
    assert stopped.total <= best.total <= stopped.bound


def test_errors_say_how_the_call_ended() -> None:
    assert (StopError.status, QuotaError.status) == (Status.STOPPED, Status.INFEASIBLE)
    with pytest.raises(rmatch.InfeasibleError) as caught:
        rmatch.assign([[1]], mentor_minimum=2, mentor_capacity=2)
    assert caught.value.status is Status.INFEASIBLE
    assert pickle.loads(pickle.dumps(caught.value)).status is Status.INFEASIBLE
    assert not hasattr(rmatch.InvalidInputError([]), "status")


@pytest.mark.parametrize("name", RESULTS)
def test_how_long_it_took_is_no_part_of_a_result(name: str) -> None:
    # Which of two ways a small matrix goes depends on whether compiled code is loaded by now.
    _, first, second = (_results()[name] for _ in range(3))
    assert first.runtime != second.runtime
    assert first == second
    (runtime,) = (field for field in fields(first) if field.name == "runtime")
    assert not runtime.compare
    assert copy.copy(first).runtime == first.runtime


def test_two_equal_runs_give_equal_bytes(tmp_path: Any) -> None:
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in files:
        rmatch.match(PEOPLE).to_json(path)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "runtime" not in json.loads(files[0].read_text("utf-8"))
    lotteries = [rmatch.lottery(PEOPLE, cap="1/2").to_json() for _ in files]
    assert lotteries[0] == lotteries[1]


def test_the_runtime_is_not_vouched_for() -> None:
    for result in ("matching", "lottery"):
        row = field_of(result, "runtime")
        assert row is not None
        assert row.vouched is Vouched.NOT
