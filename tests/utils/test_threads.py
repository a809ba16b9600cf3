"""Work in threads ends where nobody waits for it any more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from rmatch.errors import StopError
from rmatch.utils.threads import each


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
