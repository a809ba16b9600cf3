"""Whether all rows can be matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

pytest.importorskip("numba")

from rmatch.solve.jonker_volgenant.possible import can_all, perhaps_all

if TYPE_CHECKING:
    from numpy.typing import NDArray


@given(
    shape=st.tuples(st.integers(1, 20), st.integers(0, 20)).map(lambda own: (own[0], sum(own))),
    share=st.floats(0.05, 0.6),
    seed=st.integers(0, 2**32 - 1),
)
def test_all_can_be_matched_where_a_largest_matching_has_all_rows(
    shape: tuple[int, int], share: float, seed: int
) -> None:
    allowed = np.random.default_rng(seed).random(shape) < share
    largest = maximum_bipartite_matching(csr_array(allowed), perm_type="column")
    bits = np.packbits(allowed, axis=1, bitorder="little")
    assert can_all(bits, shape[1]) == (largest >= 0).all()


@given(allowed=hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6)))
def test_where_few_pairs_are_forbidden_it_may_be_tried(allowed: NDArray[np.bool_]) -> None:
    assert perhaps_all(allowed) or 2 * allowed.sum() < allowed.size


def test_what_takes_many_rounds_is_not_looked_at_to_the_end() -> None:
    # The first half of the rows takes what the second one needs, which has a column less than rows.
    side = 400
    dice, half = np.random.default_rng(1), side // 2
    allowed = np.zeros((side, side), bool)
    allowed[:, : half - 1] = dice.random((side, half - 1)) < 0.9
    allowed[:half] = dice.random((half, side)) < 0.3
    largest = maximum_bipartite_matching(csr_array(allowed), perm_type="column")
    assert not (largest >= 0).all()
    assert can_all(np.packbits(allowed, axis=1, bitorder="little"), side)
