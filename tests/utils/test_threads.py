"""Work in threads ends where nobody waits for it any more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

import rmatch
from rmatch.errors import InvalidInputError, StopError
from rmatch.utils.threads import each, pool


def test_who_stops_does_not_wait_for_what_has_not_begun() -> None:
    begun: list[int] = []
    free = Event()

    def task(number: int) -> None:
        begun.append(number)
        free.wait()

    def stop() -> None:
        raise StopError

    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(StopError):
            list(each(executor, task, [(number,) for number in range(9)], stop))
        free.set()
    assert len(begun) <= 1


def test_as_many_threads_work_as_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RMATCH_THREADS", "3")
    with pool() as executor:
        assert executor._max_workers == 3


@pytest.mark.parametrize("asked", ["", "0", "-1", "two", "1.5", "²", "9" * 30])
def test_what_is_no_number_of_threads_is_refused(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RMATCH_THREADS", asked)
    with pytest.raises(InvalidInputError, match=r"RMATCH_THREADS.*whole number from 1 to"):
        pool()


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    people = rmatch.datasets.workforce(400, 380)
    found = []
    for count in ("1", "2", "5"):
        monkeypatch.setenv("RMATCH_THREADS", count)
        found.append(rmatch.match(people).pairs)
    assert found[0] == found[1] == found[2]
