"""p-values are those of scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rmatch.fairness.groups.significance import hypergeometric


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
