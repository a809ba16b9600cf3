"""Limits, the keyboard and the word of how far a run is."""

from __future__ import annotations

import math
import multiprocessing
import signal
import subprocess
import sys
import textwrap
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

pytest.importorskip("numba")

import rmatch
from rmatch.errors import InvalidInputError, StopError
from rmatch.solve import jonker_volgenant
from rmatch.utils.stopping import StoppingRule, half, listen, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.utils.progress import Progress

LONG = """
    import signal, sys, threading
    import rmatch
    from rmatch.solve import columns, jonker_volgenant

    signal.signal(signal.SIGINT, signal.default_int_handler)
    columns.COLUMNS_CELLS = 1
    jonker_volgenant.WRITTEN_OUT = 0
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    people = rmatch.datasets.workforce(1_500, 1_500)
    rmatch.match(rmatch.datasets.workforce(200, 300), programme)  # everything is compiled
    best = rmatch.match(people, programme)
    for _ in range(20):
        phases = []
        after = float(sys.argv.pop())
        timer = threading.Timer(after, signal.pthread_kill, [threading.main_thread().ident, signal.SIGINT])
        try:
            timer.start()
            try:
                matching = rmatch.match(people, programme, progress=lambda now: phases.append(f"{now.step} {now.phase}"))
            finally:
                timer.cancel()
                timer.join()
        except KeyboardInterrupt:
            print("before or after")
            continue
        rmatch.verify(matching)
        print("proved" if matching.status == "optimal" else f"stopped at {phases[-1:]}", best.total <= matching.bound)
"""


@pytest.fixture(autouse=True)
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hear interrupts as a program at a terminal does, from the first look on: a shell starts jobs in the background deaf to them."""
    monkeypatch.setattr("rmatch.utils.stopping.HEEDED_FROM", -1)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_limits_that_are_no_numbers() -> None:
    with pytest.raises(InvalidInputError, match=r"max_seconds.*-1(.|\n)*gap.*nan"):
        rmatch.match(rmatch.datasets.example(), max_seconds=-1, gap=float("nan"))
    with pytest.raises(InvalidInputError, match=r"gap.*None"):
        rmatch.match(rmatch.datasets.example(), gap=None)  # type: ignore[arg-type]


def test_the_estimate_follows_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Progress] = []
    stopping, now = StoppingRule(progress=told.append), 0.0
    monkeypatch.setattr(StoppingRule, "seconds", property(lambda _: now))
    stopping.begin("pairs")
    for now, bound in (
        (1.0, 2_000),
        (2.0, 1_100),
        (3.0, 1_010),
        (3.5, 1_010),
    ):  # `seconds` reads it
        stopping.check("passes", now, 10, (1_000, bound))
    assert [each.remaining for each in told] == [
        None,
        pytest.approx(2.0),
        pytest.approx(1.0),
        pytest.approx(0.5),
    ]
    assert [each.gap for each in told] == [1.0, 0.1, 0.01, 0.01]


def test_a_first_interrupt_asks_and_a_second_one_insists() -> None:
    with StoppingRule() as stopping:
        listen("scoring")
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(StopError):
            stopping.check("passes", 1, 0, (0, 0))
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_is_finished_is_returned_whatever_says_stop() -> None:
    with StoppingRule():
        listen("scoring")
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_that_leaves_nothing_to_return_is_one() -> None:
    def interrupted() -> None:
        with StoppingRule():
            listen("scoring")
            signal.raise_signal(signal.SIGINT)
            listen("scoring")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(StopError), StoppingRule(0.0):
        listen("scoring")


def test_a_handler_of_the_hosts_own_is_called_and_stays() -> None:
    heard: list[int] = []

    def own(number: int, _: Any) -> None:
        heard.append(number)

    signal.signal(signal.SIGINT, own)
    with StoppingRule():
        listen("scoring")
        assert signal.getsignal(signal.SIGINT) is own
        signal.raise_signal(signal.SIGINT)
        listen("scoring")
    assert heard == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) is own


def test_the_keyboard_is_left_alone_if_that_is_asked_for() -> None:
    with StoppingRule(handle_signals=False):
        listen("scoring")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_run_that_has_hardly_begun_leaves_the_keyboard_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rmatch.utils.stopping.HEEDED_FROM", 60)
    with StoppingRule():
        listen("scoring")
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_of_two_rules_the_outer_one_hears_the_keyboard() -> None:
    with StoppingRule() as outer:
        with StoppingRule():
            listen("scoring")
        assert signal.getsignal(signal.SIGINT) == outer._keyboard.hear
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_rule_within_another_one_ends_with_it() -> None:
    flag = threading.Event()
    with StoppingRule(cancel=flag), StoppingRule(handle_signals=False) as inner:
        listen("passes")
        flag.set()
        with pytest.raises(StopError, match="cancelled"):
            listen("passes")
        assert inner.over
    listen("passes")  # nothing is held to anything any more


def test_searches_share_what_is_left() -> None:
    with StoppingRule(60.0):
        assert 0 < share(3).max_seconds <= 20
    assert share(3).max_seconds == math.inf


def test_half_of_the_time_is_left_for_what_follows() -> None:
    def first() -> None:
        with half():
            assert 0.9 < rule.seconds_left <= 1.0
            while True:
                listen("first")

    with StoppingRule(max_seconds=2.0) as rule:
        with pytest.raises(StopError, match="seconds were over"):
            first()
        listen("second")
        assert 0.5 < rule.seconds_left <= 1.1


def test_a_wish_to_cancel_is_not_for_half_of_the_time() -> None:
    once = iter([True])

    def first() -> None:
        with half():
            listen("first")

    with StoppingRule(max_seconds=60.0, cancel=lambda: next(once, False)):
        with pytest.raises(StopError, match="cancelled"):
            first()
        with pytest.raises(StopError, match="cancelled"):
            listen("second")
    with half():
        listen("nothing limits this")


@pytest.mark.parametrize("flag", [threading.Event(), lambda: False, multiprocessing.Event().is_set])
def test_a_flag_is_anything_that_can_be_looked_at(flag: Any) -> None:
    assert rmatch.match(rmatch.datasets.example(), cancel=flag).status == "optimal"


@pytest.mark.parametrize("wrong", [{"cancel": True}, {"cancel": "soon"}, {"handle_signals": 1}])
def test_a_flag_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=next(iter(wrong))):
        rmatch.match(rmatch.datasets.example(), **wrong)
    with pytest.raises(InvalidInputError, match=next(iter(wrong))):
        rmatch.solve.assign([[1]], **wrong)


def test_a_wish_once_heard_is_not_forgotten() -> None:
    answers = iter([True])
    with StoppingRule(cancel=lambda: next(answers)):
        for _ in range(2):
            with pytest.raises(StopError, match="cancelled"):
                listen("passes")


def test_another_thread_leaves_the_keyboard_alone() -> None:
    handlers: list[Any] = []

    def watched() -> None:
        with StoppingRule():
            listen("scoring")
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=watched)
    thread.start()
    thread.join()
    assert handlers == [signal.default_int_handler]


@pytest.mark.parametrize(
    ("route", "phase"),
    [("columns", phase) for phase in ("start", "master", "passes", "ties")]
    + [("dense", "dense"), ("dense", "ties")],
)
@pytest.mark.parametrize("step", ["places", "pairs"])
def test_an_interrupt_in_every_phase_leaves_a_matching_and_a_true_bound(
    step: str, route: str, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if route == "columns":
        monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    people, programme = (
        rmatch.datasets.workforce(400, 330, seed=4),
        rmatch.Programme(levels=rmatch.datasets.LEVELS),
    )
    best = rmatch.match(people, programme)
    assert best.route == route
    look = StoppingRule.look
    seen: list[str] = []

    def interrupting(stopping: StoppingRule, now: str) -> None:
        look(stopping, now)
        if (stopping._step, now) == (step, phase) and not seen:
            seen.append(now)
            signal.raise_signal(signal.SIGINT)
            look(stopping, now)

    monkeypatch.setattr(StoppingRule, "look", interrupting)
    matching = rmatch.match(people, programme)
    assert seen
    rmatch.verify(matching)
    assert "adds_nothing" not in {reason.code for reason in matching.unmatched}
    assert matching.total <= best.total <= matching.bound or len(matching.pairs) < len(best.pairs)
    assert best.total <= matching.bound
    assert (matching.status == "optimal") == ((step, phase) == ("pairs", "ties"))


def test_a_real_interrupt_at_twenty_moments_of_a_long_run() -> None:
    moments = np.random.default_rng(0).uniform(0.0, 0.8, 20)
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LONG), *map(str, moments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == len(moments)
    assert all(line.endswith("True") or line.startswith("before") for line in lines), lines
    assert any(line.startswith("stopped") for line in lines), lines


@pytest.mark.parametrize("gap", [0.1, 0.01, 0.001])
def test_a_run_of_two_steps_ends_within_the_gap(
    gap: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    people = rmatch.datasets.workforce(400, 330, seed=4)
    matching = rmatch.match(people, rmatch.Programme(levels=rmatch.datasets.LEVELS), gap=gap)
    assert matching.route == "columns"
    places, pairs = matching.steps
    # Only with the right people on the places does a bound on their pairs say how far the total can be from the best.
    assert places.solution.proved
    assert pairs.solution.bound - pairs.solution.total <= gap * matching.total
    assert matching.gap <= gap
    rmatch.verify(matching)
