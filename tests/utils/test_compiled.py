"""Loops are compiled, whether or not they can be kept for the next run."""

from __future__ import annotations

import pytest

from rmatch.utils.compiled import compiled


def test_a_home_that_may_not_be_written_costs_only_time(monkeypatch: pytest.MonkeyPatch) -> None:
    caching = pytest.importorskip("numba.core.caching")
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])

    def twice(number: int) -> int:
        return 2 * number

    assert compiled(twice)(21) == 42
