"""Sums of rows: what scipy's product in C adds up is what a loop adds up, wherever scipy keeps it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch.utils import added_rows
from rmatch.utils.extension import extension


@st.composite
def sums(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    count, kinds, width = (draw(st.integers(0, 4)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kind = draw(st.sampled_from([np.int32, np.int64]))
    times = rng.integers(0, 4, count) if kinds else np.zeros(count, int)
    starts = np.concatenate([[0], np.cumsum(times)])
    rows = rng.integers(0, max(kinds, 1), starts[-1])
    numbers, table, given = (
        rng.integers(-9, 9, shape).astype(kind)
        for shape in (starts[-1], (kinds, width), (count, width))
    )
    return starts, rows, numbers, table, given


def _alike(drawn: tuple[np.ndarray, ...]) -> None:
    starts, rows, numbers, table, given = drawn
    expected, found = given.copy(), given.copy()
    for i in range(len(given)):
        for place in range(starts[i], starts[i + 1]):
            expected[i] += numbers[place] * table[rows[place]]
    added_rows.add_rows(starts, rows, numbers, table, found)
    assert found.tolist() == expected.tolist()


@given(sums())
def test_rows_are_added_as_often_as_their_numbers_say(drawn: tuple[np.ndarray, ...]) -> None:
    assert extension("sparse", "_sparsetools") is not None
    _alike(drawn)


def test_where_scipy_keeps_it_elsewhere_its_arrays_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(added_rows, "extension", lambda *_: None)
    numbers, table = np.array([1, 5, -1]), np.array([[1, 2, 3], [10, 20, 30]])
    _alike((np.array([0, 1, 3]), np.array([1, 0, 1]), numbers, table, np.ones((2, 3), int)))
