"""Masked arrays and sparse matrices: a gap is a pair that may not be made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from rmatch import InvalidInputError, assign

SHAPE = (4, 5)


@given(arrays(np.int64, SHAPE, elements=st.integers(-9, 9)), arrays(bool, SHAPE))
def test_a_gap_is_forbidden(points: Any, allowed: Any) -> None:
    wanted = assign(points, allowed=allowed)
    masked = assign(np.ma.MaskedArray(np.where(allowed, points, 99), mask=~allowed))
    rows, columns = np.nonzero(allowed)
    stored = sparse.coo_array((points[allowed], (rows, columns)), shape=SHAPE)
    for answer in [
        masked,
        *(assign(kind(stored)) for kind in (sparse.csr_array, sparse.csc_matrix)),
    ]:
        assert answer.total == wanted.total
        assert len(answer.pairs) == len(wanted.pairs)
        assert all(allowed[row, column] for row, column in answer.pairs)


def test_gaps_and_allowed_both_count() -> None:
    points = np.ma.masked_less([[5, -1], [4, 3]], 0)
    answer = assign(points, allowed=sparse.csr_array(np.array([[True, True], [False, True]])))
    assert answer.pairs.tolist() == [[0, 0], [1, 1]]
    assert (
        assign(points, allowed=np.ma.MaskedArray(np.ones((2, 2), bool), mask=True)).pairs.tolist()
        == []
    )


def test_a_masked_nan_is_no_fault() -> None:
    points = np.ma.masked_invalid([[np.nan, 2.5]])
    assert assign(points).pairs.tolist() == [[0, 1]]


def test_a_stored_zero_is_a_value() -> None:
    points = sparse.csr_array((np.array([0]), (np.array([0]), np.array([1]))), shape=(1, 2))
    assert assign(points).pairs.tolist() == [[0, 1]]


def test_sides_have_no_gaps() -> None:
    side = np.ma.masked_equal([[1, 2]], 2)
    with pytest.raises(InvalidInputError, match="sides: has gaps; give whole matrices"):
        assign([[1, 2]], sides=(side, [[1, 2]]), objective="stable")


def test_a_sparse_vector_is_no_matrix() -> None:
    vector = sparse.coo_array(np.array([1, 0, 3]))
    with pytest.raises(InvalidInputError, match="points: 1 dimension; give a matrix"):
        assign(vector)
    with pytest.raises(InvalidInputError, match="allowed"):
        assign([[1, 2, 3]], allowed=vector)


def test_a_sparse_matrix_beyond_memory() -> None:
    with pytest.raises(InvalidInputError, match="a matrix of 10,000,000 × 10,000,000 pairs"):
        assign(sparse.coo_array(([1], ([0], [0])), shape=(10**7, 10**7)))
