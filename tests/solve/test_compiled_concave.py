"""The compiled searches of arcs that earn less with every unit send the same units along the same ways."""

from __future__ import annotations

import numpy as np
import pytest

from rmatch.solve.network import concave
from rmatch.solve.network.concave import concave_transport
from rmatch.solve.network.network import Network

pytest.importorskip("numba")


@pytest.mark.parametrize("seed", range(60))
def test_they_send_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(seed)
    rows, columns = dice.integers(2, 14, 2)
    most = dice.choice([1, 3, 200])
    flow = dice.integers(0, most + 1, (rows, columns)) * (dice.random((rows, columns)) < 0.5)
    capacity = flow + dice.integers(0, most + 1, flow.shape) * (dice.random(flow.shape) < 0.7)
    points = dice.integers(-20, 21, flow.shape) * int(dice.choice([1, 2**30]))
    bend = dice.integers(0, dice.choice([1, 9]), flow.shape)
    network = Network(points, capacity, flow.sum(1), flow.sum(0))
    plain = concave_transport(network, bend)
    monkeypatch.setattr(concave, "COMPILED", 0)
    monkeypatch.setattr(concave, "SEARCHES", 3)
    for own, other in zip(plain, concave_transport(network, bend), strict=True):
        assert own.dtype == other.dtype
        assert own.tolist() == other.tolist()
