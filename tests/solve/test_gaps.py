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
KINDS = [
    getattr(sparse, f"{kind}_{what}")
    for kind in ("coo", "csr", "csc")
    for what in ("array", "matrix")
]
"""The formats that may store any cells, zeros too."""
FORMATS = ("bsr", "coo", "csc", "csr", "dia", "dok", "lil")


@given(arrays(np.int64, SHAPE, elements=st.integers(-9, 9)), arrays(bool, SHAPE))
def test_a_gap_is_forbidden(points: Any, allowed: Any) -> None:
    wanted = assign(points, allowed=allowed)
    masked = assign(np.ma.MaskedArray(np.where(allowed, points, 99), mask=~allowed))
    rows, columns = np.nonzero(allowed)
    stored = sparse.coo_array((points[allowed], (rows, columns)), shape=SHAPE)
    for answer in [masked, *(assign(kind(stored)) for kind in KINDS)]:
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


@pytest.mark.parametrize("kind", ["array", "matrix"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_scipy_is_read(name: str, kind: str) -> None:
    points = np.array([[0, 7, 0], [3, 2, 0]])
    stored = getattr(sparse, f"{name}_{kind}")(points)
    answer = assign(stored)
    assert answer.total == 10
    made = set(map(tuple, answer.pairs.tolist()))
    assert made == {(0, 1), (1, 0)}


@pytest.mark.parametrize("kind", ["array", "matrix"])
def test_a_zero_on_a_stored_diagonal_is_stored(kind: str) -> None:
    diagonal = getattr(sparse, f"dia_{kind}")((np.array([[5, 0]]), np.array([0])), shape=(2, 2))
    assert assign(diagonal).pairs.tolist() == [[0, 0], [1, 1]]


@pytest.mark.parametrize("name", ["coo", "csr", "csc"])
def test_a_pair_that_is_stored_twice_is_a_fault(name: str) -> None:
    cells = ([5, 5, 1, 1, 1], ([0, 0, 1, 1, 2], [1, 1, 0, 0, 0]))
    twice: Any = sparse.coo_array(cells, shape=(3, 2))
    if name == "csr":
        twice = sparse.csr_array((cells[0], cells[1][1], [0, 2, 4, 5]), shape=(3, 2))
    if name == "csc":
        twice = sparse.csr_array((cells[0], cells[1][1], [0, 2, 4, 5]), shape=(3, 2)).T
    with pytest.raises(InvalidInputError, match="points: 2 pairs stored more than once: 0-1, 1-0;"):
        assign(twice)
    twice.sum_duplicates()
    assert assign(twice).total == 12


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
    with pytest.raises(
        InvalidInputError, match="a matrix of 10\xa0000\xa0000 × 10\xa0000\xa0000 pairs"
    ):
        assign(sparse.coo_array(([1], ([0], [0])), shape=(10**7, 10**7)))
