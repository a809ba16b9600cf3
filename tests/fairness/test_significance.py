"""p-values are those of scipy and of trying everything."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rmatch.fairness.groups.significance import ALL_DRAWS, MOST_DRAWS, Draws, hypergeometric


@st.composite
def tables(draw: st.DrawFn, most: int = 60) -> tuple[int, int, int, int]:
    people = draw(st.integers(1, most))
    size, group = draw(st.integers(0, people)), draw(st.integers(0, people))
    placed = draw(st.integers(max(0, size + group - people), min(size, group)))
    return size, placed, group, people


@given(tables())
def test_match_rates_against_fisher(table: tuple[int, int, int, int]) -> None:
    size, placed, group, people = table
    cells = [[placed, size - placed], [group - placed, people - size - group + placed]]
    assert hypergeometric(*table) == pytest.approx(
        stats.fisher_exact(np.array(cells)).pvalue, rel=1e-9
    )


@given(tables())
def test_match_rates_against_the_distribution(table: tuple[int, int, int, int]) -> None:
    size, placed, group, people = table
    chances = stats.hypergeom(people, size, group).pmf(np.arange(min(size, group) + 1))
    assert hypergeometric(*table) == pytest.approx(
        chances[chances <= chances[placed] * (1 + 1e-9)].sum(), rel=1e-9
    )


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=9), st.data())
def test_means_by_trying_every_group(amounts: list[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(amounts)))
    total = sum(data.draw(st.permutations(amounts))[:size])
    mean = sum(amounts) * size / len(amounts)
    far = [
        abs(sum(some) - mean) >= abs(total - mean) - 1e-9 for some in combinations(amounts, size)
    ]
    found, draws = Draws.of(np.array(amounts)).p_value(total, size)
    assert found == pytest.approx(np.mean(far))
    assert draws == 0


def test_means_against_scipy() -> None:
    one, other = [3, 9, 4, 8], [1, 2, 2, 5, 4]
    found, draws = Draws.of(np.array(one + other)).p_value(sum(one), len(one))
    # As far apart as the means are, so far is each from the mean of all, in proportion.
    everything = stats.permutation_test(
        (np.array(one), np.array(other)),
        lambda a, b: float(abs(np.mean(a) - np.mean(b))),
        vectorized=False,
        n_resamples=9_999,
        alternative="greater",
    )
    assert found == pytest.approx(everything.pvalue)
    assert draws == 0


def test_random_draws_are_near_the_exact_value_and_always_the_same() -> None:
    size, amounts = 7, np.random.default_rng(1).integers(0, 100, 20)
    total, mean = int(np.sort(amounts)[-size:].sum()) - 100, amounts.mean()
    sums = np.fromiter(map(sum, combinations(amounts.tolist(), size)), np.int64)
    every = np.mean(abs(sums - size * mean) >= abs(total - size * mean) - 1e-9)
    some, draws = Draws.of(amounts).p_value(total, size)
    assert len(sums) > ALL_DRAWS
    assert draws == MOST_DRAWS
    assert abs(some - every) < 4 * np.sqrt(every / draws)
    assert Draws.of(amounts[::-1]).p_value(total, size) == (some, draws)
