"""How much memory is free, on whatever system."""

from __future__ import annotations

import os

import pytest

from rmatch.utils.memory import free, require


@pytest.mark.parametrize("name", ["SC_AVPHYS_PAGES", "SC_PAGE_SIZE"])
def test_where_the_system_does_not_tell_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    names = {each: number for each, number in os.sysconf_names.items() if each != name}
    monkeypatch.setattr(os, "sysconf_names", names)
    assert free() is None
    require(2**60, "a matrix of everybody", "ask for blocks")
