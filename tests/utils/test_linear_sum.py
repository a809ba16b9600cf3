"""scipy's assignment solver on its own: the same answers, wherever scipy keeps it."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder

import numpy as np
import pytest
from scipy import optimize

from rmatch.utils import linear_sum
from rmatch.utils.extension import extension


def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what is loaded, as in a process that begins."""
    monkeypatch.delitem(sys.modules, "scipy.optimize")
    extension.cache_clear()
    linear_sum._solver.cache_clear()


@pytest.mark.parametrize("maximize", [False, True])
def test_the_extension_module_alone_says_what_scipy_says(
    monkeypatch: pytest.MonkeyPatch, *, maximize: bool
) -> None:
    costs = np.random.default_rng(1).integers(0, 50, (30, 40)).astype(float)
    expected = optimize.linear_sum_assignment(costs, maximize=maximize)
    _alone(monkeypatch)
    found = linear_sum.linear_sum_assignment(costs, maximize=maximize)
    assert "scipy.optimize" not in sys.modules
    assert [side.tolist() for side in found] == [side.tolist() for side in expected]


def test_where_scipy_keeps_it_elsewhere_the_public_function_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PathFinder, "find_spec", lambda *_: None)
    extension.cache_clear()
    linear_sum._solver.cache_clear()
    assert linear_sum._solver() is optimize.linear_sum_assignment


@pytest.fixture(autouse=True)
def _forget() -> object:
    yield
    extension.cache_clear()
    linear_sum._solver.cache_clear()
