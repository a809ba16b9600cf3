"""Calls that nothing can stop are left behind, and a program that ends then ends as it should."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time

import pytest

from rmatch.errors import StopError
from rmatch.utils.aside import LONG, all_aside, aside, left_behind
from rmatch.utils.stopping import StoppingRule

CANCELLED = """
    import threading
    import rmatch
    from rmatch.utils.aside import left_behind

    near = rmatch.quotas.MeanParity("gender", "mentee", within=100)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, justification="x", quotas=(near,))
    people = rmatch.datasets.workforce(90, 90, seed=1)
    flag = threading.Event()

    def strike(now):
        if now.phase == "programme" and threading.active_count() > 1:
            flag.set()

    try:
        rmatch.match(people, programme, progress=strike, cancel=flag)
    except rmatch.errors.StopError:
        print("stopped,", len(left_behind()), "at work")
"""
LEFT = """
    import time
    from rmatch.utils.aside import LONG, aside
    from rmatch.utils.stopping import StoppingRule

    def late():
        time.sleep(1.0)
        print("done")

    try:
        with StoppingRule(0.1):
            aside("programme", LONG, late)
    except Exception:
        print("stopped")
"""


def test_a_call_that_takes_long_is_left_behind() -> None:
    begun = time.monotonic()
    with pytest.raises(StopError), StoppingRule(0.1):
        aside("programme", LONG, lambda: time.sleep(1.0))
    assert time.monotonic() - begun < 0.9
    assert left_behind()
    left_behind()[0].join()
    assert not left_behind()


def test_what_a_call_returns_or_raises_comes_out() -> None:
    for size in (0, LONG):
        assert aside("programme", size, lambda: 7) == 7
        with pytest.raises(TimeoutError, match="its own"):
            aside("programme", size, _late)


def _late() -> None:
    message = "its own"
    raise TimeoutError(message)


@pytest.mark.parametrize(
    ("program", "out"), [(LEFT, "stopped\ndone\n"), (CANCELLED, "stopped, 1 at work\n")]
)
def test_a_program_waits_at_its_end_for_what_it_has_left_behind(program: str, out: str) -> None:
    """HiGHS aborts a process that ends meanwhile: now and then, so that the first of the two tells of it every time."""
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, out, "")


def test_calls_run_at_once_and_what_they_return_stands_in_order() -> None:
    first, second = threading.Event(), threading.Event()

    def one() -> str:
        first.set()
        assert second.wait(10)
        return "one"

    def other() -> str:
        second.set()
        assert first.wait(10)
        return "other"

    assert all_aside("testing", [one, other]) == ["one", "other"]
    with pytest.raises(ZeroDivisionError):
        all_aside("testing", [lambda: 1, lambda: 1 // 0])


def test_calls_that_run_at_once_are_left_behind_by_a_run_that_is_to_stop() -> None:
    over, begun = threading.Event(), threading.Event()

    def call() -> bool:
        begun.set()
        return over.wait(10)

    with StoppingRule(cancel=begun), pytest.raises(StopError):
        all_aside("testing", [call, call])
    assert len(left_behind()) >= 2
    over.set()
    while left_behind():
        time.sleep(0.01)
