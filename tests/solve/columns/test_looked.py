"""Whoever is not looked at again has no pair that exceeds its prices unseen, however these move."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

pytest.importorskip("numba")

from rmatch.solve.columns.looked import UNSEEN, Looked
from rmatch.solve.columns.source import Source


@given(st.data())
@examples(200)
def test_no_pair_is_overlooked(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    points = rng.integers(-20, 20, size)
    looked = Looked.nothing(Source.of_matrix(points, points > -20))
    looked = looked._replace(margin=data.draw(st.integers(0, 9)))
    unseen = np.ones(size, bool)
    for _ in range(data.draw(st.integers(1, 4))):
        u, v = prices = rng.integers(-9, 20, size[0]), rng.integers(-9, 9, size[1])
        gain = points - u[:, None] - v
        for reached in (False, True):
            rows, columns = looked.fallen(prices, 2.1, reached=reached)
            again = np.zeros(size, bool)
            again[rows], again[:, columns] = True, True
            assert again[unseen & (gain > -reached)].all()
        rows, columns = looked.fallen(prices, 2.1)
        if data.draw(st.booleans()):
            rows, columns = np.arange(size[0]), columns[:0]
        again = np.zeros(size, bool)
        again[rows], again[:, columns] = True, True
        # Each line is told of its best few pairs, and of none far below its prices.
        keep = data.draw(st.integers(1, 3))
        worst = np.sort(np.where(again, gain, UNSEEN), axis=1)[:, -keep:].min(axis=1)
        bar = np.maximum(worst, -looked.margin - 1)
        unseen &= ~(again & (gain > bar[:, None]))
        rest = np.where(again & unseen, gain, UNSEEN).max(axis=1)
        looked = looked.after(prices, (rows, columns), rest)
        assert (points <= looked.u[:, None] + looked.v)[unseen].all()
