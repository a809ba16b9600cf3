"""Prices are held against the points of every pair, in however many strips."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rmatch.solve.certificates import claim
from rmatch.solve.certificates.certificate import Certificate


@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("pair", [(0, 0), (3, 1), (6, 2)])
def test_every_strip_is_looked_at(
    pair: tuple[int, int], masked: bool, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim, "NEAR", 7)
    shape = rows, columns = 7, 3
    points = np.arange(rows * columns, dtype=kind).reshape(shape)
    u, v = points[:, 0].astype(np.int64), np.arange(columns)
    allowed = np.ones(shape, bool) if masked else None
    nobody = np.zeros(0, np.int64)

    def doubts() -> list[str]:
        return list(
            claim.failures(
                Certificate(u, v, 0),
                (nobody, nobody, nobody),
                (np.ones(rows, np.int64), np.ones(columns, np.int64)),
                (np.zeros(rows, np.int64), np.zeros(columns, np.int64)),
                lambda first, last: (points[first:last], allowed),
                most_pairs=False,
                bound=10**6,
            )
        )

    assert doubts() == []
    points[pair] += 1
    assert doubts() == [f"mentor {pair[0]} with mentee {pair[1]} is worth more than their prices"]
