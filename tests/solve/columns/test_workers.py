"""Whoever works on the blocks, the answer is the same, and tables go to each worker once."""

from __future__ import annotations

import logging
import os
import pickle
import pickletools
import random
import signal
from collections import OrderedDict
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import count
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

pytest.importorskip("numba")
import rmatch
from rmatch.errors import InvalidInputError
from rmatch.solve import Tables, jonker_volgenant
from rmatch.solve.columns import pricing, shelf
from rmatch.solve.columns.problem import ImplicitProblem
from rmatch.solve.columns.solve import solve_implicit
from rmatch.solve.columns.source import Source
from rmatch.solve.columns.tuning import Tuning
from rmatch.solve.columns.workers import Workers
from rmatch.solve.ties import TieHash
from rmatch.utils.lent import Lent, lending
from rmatch.utils.stopping import StoppingRule
from rmatch.utils.threads import pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.solve.columns.answer import Answer

FAR = Tuning(written_out=1, far=0, block=1, partly=2.0)
"""Everything goes to the executor, and every pass but the first looks at some of the people."""


class Cluster(Executor):
    """Workers that share nothing: what they get and give is pickled, and comes back in any order."""

    def __init__(self, workers: int, seed: int = 0) -> None:
        self.dice = random.Random(seed)
        self.shelves: dict[int, Any] = {name: OrderedDict() for name in range(workers)}
        self.waiting: list[tuple[bytes, Future[Any]]] = []
        self.thread = ThreadPoolExecutor(1)
        self.letters: list[bytes] = []
        self.before: Callable[[int], None] = lambda _: None

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        letter = pickle.dumps((function, arguments))
        self.letters.append(letter)
        self.before(len(self.letters))
        self.waiting.append((letter, future))
        self.thread.submit(self.work)
        return future

    def work(self) -> None:
        """Let any worker do any of what is waiting."""
        letter, future = self.waiting.pop(self.dice.randrange(len(self.waiting)))
        if not future.set_running_or_notify_cancel():
            return
        # Who has waited longest is idle.
        name = next(iter(self.shelves))
        self.shelves[name] = self.shelves.pop(name)
        shelf._SHELF = self.shelves[name]
        function, arguments = pickle.loads(letter)
        reply = pickle.loads(pickle.dumps(function(*arguments)))
        future.set_result(reply._replace(place=("here", name)))

    def replace(self) -> None:
        """Let a worker die and another take its place."""
        self.shelves.pop(next(iter(self.shelves)))
        self.shelves[max(self.shelves) + 1] = OrderedDict()

    @property
    def parcels(self) -> list[Any]:
        """What came along with blocks."""
        return [parcel for letter in self.letters for parcel in pickle.loads(letter)[1][0].parcels]


@contextmanager
def cluster(workers: int, seed: int = 0) -> Iterator[Cluster]:
    there = Cluster(workers, seed)
    with there.thread:
        yield there


def problem_of(rng: Any, rows: int, columns: int) -> ImplicitProblem:
    """Return any problem of tables: cells on top, forbidden pairs, minimums and places for several."""
    starts = np.concatenate([[0], np.cumsum(rng.integers(0, 4, rows))])
    tables = Tables(
        starts=starts,
        codes=rng.integers(0, 9, starts[-1]),
        table=rng.integers(-3, 9, (9, columns)),
        extra=np.stack([rng.integers(0, size, 12) for size in (rows, columns, 5)], axis=1),
        kinds=rng.integers(0, 3, rows),
        allowed=rng.random((3, columns)) < 0.8,
    )
    places = rng.integers(0, 3, rows), rng.integers(0, 3, columns)
    return ImplicitProblem.limited(
        tables.source(),
        places,
        (np.zeros(rows, np.int64), np.zeros(columns, np.int64)),
        most_pairs=bool(rng.integers(2)),
    )


def told(answer: Answer) -> Any:
    """Return pairs and certificate as plain data."""
    proof = answer.certificate
    return (
        [part.tolist() for part in answer.pairs],
        (proof.u.tolist(), proof.v.tolist(), proof.bonus, answer.bound, answer.total),
        (answer.proved, answer.decided, answer.passes, answer.arcs),
    )


def solved(problem: ImplicitProblem, executor: Executor | None, tuning: Tuning = FAR) -> Any:
    ties = TieHash(0, range(problem.shape[0]), range(problem.shape[1]))
    with lending(executor):
        return told(solve_implicit(problem, ties=ties, tuning=tuning))


@examples(40)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_pairs_and_certificate_do_not_depend_on_who_works(seed: int, workers: int) -> None:
    rng = np.random.default_rng(seed)
    problem = problem_of(rng, *rng.integers(2, 40, 2).tolist())
    here = solved(problem, None)
    with cluster(workers, seed) as there:
        assert solved(problem, there) == here
        assert all(len(own) <= shelf.SHELVED for own in there.shelves.values())
        assert there.letters or 0 in (places.sum() for places in problem.capacities)
    with ThreadPoolExecutor(2) as threads:
        assert solved(problem, threads) == here


def large(n: int = 300) -> ImplicitProblem:
    return problem_of(np.random.default_rng(1), n, n)


@pytest.mark.parametrize("workers", [1, 3])
def test_tables_go_to_each_worker_once(workers: int) -> None:
    with cluster(workers) as there:
        solved(large(), there, replace(FAR, far=2**13))
    assert len(there.letters) > 60
    assert sum(isinstance(parcel, Source) for parcel in there.parcels) == workers
    usual = sorted(map(len, there.letters))[len(there.letters) // 2]
    assert 6 * usual < len(pickle.dumps(large().source))


def test_a_new_worker_in_the_place_of_one_that_died_gets_what_it_lacks() -> None:
    here = solved(large(), None)
    with cluster(2) as there:
        there.before = lambda sent: there.replace() if sent % 20 == 0 else None
        assert solved(large(), there) == here
        assert max(there.shelves) > 3


class Failing(Executor):
    """Works on so many blocks in its own process, then fails."""

    def __init__(self, blocks: int, error: Exception) -> None:
        self.left, self.error = blocks, error

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        self.left -= 1
        future: Future[Any] = Future()
        if self.left < 0:
            future.set_exception(self.error)
        else:
            future.set_result(function(*arguments))
        return future


def test_an_executor_that_breaks_in_mid_run_is_left_with_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    here = solved(large(), None)
    with caplog.at_level(logging.WARNING, "rmatch"):
        assert solved(large(), Failing(30, BrokenExecutor())) == here
    assert caplog.messages == [
        "the executor fails with BrokenExecutor: the run goes on in this process alone"
    ]


def test_results_come_in_their_order_and_each_once() -> None:
    numbers, source = [(number,) for number in range(40)], large(9).source
    for answered in (3, 17, 39):
        with pool() as threads:
            workers = Workers(threads, Lent(Failing(answered, BrokenExecutor())))
            found = workers.each(of_width, source, numbers, lambda: None, far=True)
            assert [*found] == [(9, number) for number in range(40)]
    with cluster(3) as there, pool() as threads:
        workers = Workers(threads, Lent(there))
        found = workers.each(of_width, source, numbers, lambda: None, far=True)
        assert [*found] == [(9, number) for number in range(40)]


def of_width(source: Source, number: int) -> tuple[int, int]:
    return source.shape[1], number


@pytest.mark.parametrize("error", [BrokenExecutor(), CancelledError(), ModuleNotFoundError()])
def test_an_executor_that_never_answers_anything_is_refused(error: Exception) -> None:
    with pytest.raises(InvalidInputError, match=f"executor: fails with {type(error).__name__}"):
        solved(large(), Failing(0, error))
    closed = ProcessPoolExecutor(1)
    closed.shutdown()
    with pytest.raises(InvalidInputError, match="executor: fails with RuntimeError"):
        solved(large(), closed)


def test_what_a_worker_raises_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pricing, "_block", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        solved(large(), Failing(10**6, BrokenExecutor()))


class Silent(Executor):
    """Never answers."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.futures.append(Future())
        return self.futures[-1]


def test_a_run_stops_while_nobody_answers() -> None:
    silent = Silent()
    with StoppingRule(0.2):
        answer = solved(large(), silent)
    assert not answer[2][0]
    assert silent.futures
    assert all(future.cancelled() for future in silent.futures)


def test_an_executor_that_was_given_for_nothing_is_told_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    people = rmatch.datasets.example()
    caplog.clear()
    with caplog.at_level(logging.WARNING, "rmatch"), ThreadPoolExecutor(1) as executor:
        rmatch.match(people, executor=executor)
        rmatch.rematch(rmatch.match(people), executor=executor)
        rmatch.assign([[1]], executor=executor)
    assert [message.split(":")[0] for message in caplog.messages] == [
        "the executor was not used"
    ] * 3


def test_what_is_no_executor_is_refused() -> None:
    people, wrong = rmatch.datasets.example(), cast("Executor", "dask")
    calls: list[Callable[[], object]] = [
        lambda: rmatch.match(people, executor=wrong),
        lambda: rmatch.rematch(rmatch.match(people), executor=wrong),
        lambda: rmatch.assign([[1]], executor=wrong),
    ]
    for call in calls:
        with pytest.raises(InvalidInputError, match=r"executor: 'dask' is none; .*get_executor"):
            call()


PEOPLE = rmatch.datasets.workforce(2200, 2000)
PROGRAMME = rmatch.Programme(levels=rmatch.datasets.LEVELS)
"""Enough pairs to go to an executor."""


def test_nothing_of_the_people_but_points_travels() -> None:
    with cluster(1) as there:
        matching = matched(there)
    assert matching.pairs == alone().pairs
    assert any(isinstance(parcel, Source) for parcel in there.parcels)
    written = {
        str(text)
        for letter in there.letters
        for _, text, _ in pickletools.genops(letter)
        if isinstance(text, str)
    }
    # Modules, keys and kinds of numbers, but no arrays of texts or objects.
    assert len(written) < 100
    assert not {text[0] for text in written if text[1:].isdecimal()} & {"U", "S", "O"}
    assert not written & {text for person in PEOPLE for text in (person.id, person.name)}


def matched(executor: Executor | None) -> rmatch.Matching:
    """Return what comes of so many pairs as if they were too many to be written out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
        return rmatch.match(PEOPLE, PROGRAMME, executor=executor)


@cache
def alone() -> rmatch.Matching:
    return matched(None)


def with_a_death(executor: Executor, after: int, process_ids: Callable[[], list[int]]) -> Any:
    """Return what comes of a run of which a worker is killed after so many blocks."""
    sent = count(1)
    submit = executor.submit

    def submitted(*arguments: Any) -> Any:
        if next(sent) == after:
            os.kill(process_ids()[0], signal.SIGKILL)
        return submit(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executor, "submit", submitted)
        matching = matched(executor)
    assert next(sent) > after
    return matching


def certificate_of(matching: rmatch.Matching) -> Any:
    return matching.steps[-1].solution.certificate


def test_processes_find_the_same_though_one_is_killed(caplog: pytest.LogCaptureFixture) -> None:
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor,
        caplog.at_level(logging.WARNING, "rmatch"),
    ):
        found = with_a_death(executor, 15, lambda: [*(executor._processes or {})])
    assert found.pairs == alone().pairs
    assert certificate_of(found) == certificate_of(alone())
    assert "BrokenProcessPool: the run goes on" in caplog.text


def test_dask_finds_the_same_though_a_worker_is_killed(caplog: pytest.LogCaptureFixture) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=":0") as workers,
        distributed.Client(workers) as client,
        caplog.at_level(logging.WARNING, "rmatch"),
    ):
        there = [*client.run(os.getpid).values()]
        found = with_a_death(client.get_executor(), 10, lambda: there)
    assert found.pairs == alone().pairs
    assert certificate_of(found) == certificate_of(alone())
    assert not [
        each for each in caplog.records if each.name == "rmatch" and each.levelno > logging.INFO
    ]
