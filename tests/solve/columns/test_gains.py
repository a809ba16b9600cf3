"""Points that count several times, with gains on top, are those of a matrix that is written out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch.solve import ALLOWED, Tables
from rmatch.solve.columns.gains import with_gains

pytest.importorskip("numba", reason="needs the extra scale")

from rmatch.solve.columns.answer import Warm
from rmatch.solve.columns.problem import ImplicitProblem
from rmatch.solve.columns.solve import solve_implicit
from rmatch.solve.columns.tuning import Tuning


@given(
    seed=st.integers(0, 2**32 - 1),
    point=st.sampled_from((1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 400, 2**20)),
    gain=st.sampled_from((0, 1, 1_000, 2**24, 2**33)),
)
def test_gains_are_those_of_a_matrix(seed: int, point: int, gain: int) -> None:
    """Many times what bars a pair would wrap around where numbers have 32 bits, and bar it no longer."""
    rng = np.random.default_rng(seed)
    mentors, mentees, codes = 4, 5, 6
    tables = Tables(
        starts=np.arange(mentors + 1) * 3,
        codes=rng.integers(0, codes, 3 * mentors),
        table=rng.integers(0, 1_000, (codes, mentees)),
        extra=np.array([[0, 1, 500], [2, 2, 7]]),
        kinds=rng.integers(0, 2, mentors),
        allowed=rng.random((2, mentees)) < 0.7,
        closed=np.array([[1, 1], [3, 0]]),
    )
    points, allowed = tables.block(np.arange(mentors), np.arange(mentees))
    gains = rng.random(points.shape) < 0.3
    rows, columns = gains.nonzero()
    made = with_gains(tables.source(), rows, columns, gain, point=point).rows(0, mentors)
    expected = point * points + gain * gains
    assert (made > ALLOWED).tolist() == allowed.tolist()
    assert made[allowed].tolist() == expected[allowed].tolist()


@pytest.mark.parametrize("seed", range(6))
def test_pairs_that_gain_are_never_overlooked(seed: int) -> None:
    """What outweighs all points is no part of the bound on pairs that were not looked at, also where a start knows nothing of it."""
    rng = np.random.default_rng(seed)
    size, codes = 40, 12
    tables = Tables(
        starts=np.arange(size + 1) * 3,
        codes=rng.integers(0, codes, 3 * size),
        table=rng.integers(0, 1_000, (codes, size)),
    )
    one, none = np.ones(size, np.int64), np.zeros(size, np.int64)
    # Everybody has two such pairs, of which the start knows one.
    first, other = np.arange(size), np.roll(np.arange(size), 1)
    pairs = np.unique(np.append(first * size + first, first * size + other))
    source = with_gains(tables.source(), *np.divmod(pairs, size), 2**33)
    problem = ImplicitProblem.limited(source, (one, one), (none, none), most_pairs=True)
    answer = solve_implicit(
        problem,
        before=Warm((none, none), first, first),
        tuning=Tuning(written_out=1, polled=4),
    )
    assert answer.total == solve_implicit(problem).total == answer.bound
