"""The compiled search through what a flow leaves open finds what the other one finds, by the same ways."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rmatch.solve.network import residual as searched
from rmatch.solve.network.network import Network
from rmatch.solve.network.residual import Residual

pytest.importorskip("numba")


def some(seed: int) -> tuple[Residual, Any, Any]:
    """Return a flow with gaps, some of whose arcs are closed, and where ways begin and end."""
    dice = np.random.default_rng(seed)
    rows, columns = dice.integers(1, 160, 2)
    demand = dice.integers(1, dice.choice([2, 4]), columns)
    flow = np.zeros((rows, columns), np.int64)
    for column, units in enumerate(demand - (dice.random(columns) < 0.2)):
        flow[dice.choice(rows, min(units, rows), replace=False), column] = 1
    more = dice.integers(0, 3)
    flow[-1, -1] += more
    demand[-1] += more
    capacity = np.maximum(flow, dice.random(flow.shape) < dice.choice([0.02, 0.1, 0.9]))
    residual = Residual(Network(0 * flow, capacity, flow.sum(1), demand), flow)
    residual.ahead &= dice.random(flow.shape) < 0.9
    residual.back &= dice.random(flow.T.shape) < 0.9
    if dice.random() < 0.5:
        residual.better = np.less(dice.random(flow.shape), 0.7)
    for _ in range(3):
        # What has moved sends from somewhere else.
        for column in np.flatnonzero((demand == 1) & (flow.sum(0) == 1))[:2].tolist():
            here, there = int(residual.flow[:, column].argmax()), int(dice.integers(rows))
            residual.shift(here, column, -1)
            if dice.random() < 0.5:
                residual.shift(there, column, 1)
            else:
                residual.send(np.array([there]), np.array([column]))
    return residual, dice.random(rows) < 0.1, dice.random(columns) < dice.choice([0, 0.01, 0.1])


@pytest.mark.parametrize("seed", range(120))
def test_it_finds_the_same_by_the_same_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    residual, sources, goals = some(seed)
    *plain, reached = residual.nearest(sources, goals)
    monkeypatch.setattr(searched, "COMPILED", 0)
    *compiled, same = residual.nearest(sources, goals)
    for own, other in zip((*plain, *reached), (*compiled, *same), strict=True):
        assert own.dtype == other.dtype
        assert own.tolist() == other.tolist()
