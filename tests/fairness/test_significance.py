"""p-values are those of scipy."""

from __future__ import annotations

from fractions import Fraction
from math import comb

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


def counted(size: int, placed: int, group: int, people: int) -> float:
    """Return the p-value by counting every way there is."""
    numbers = range(max(0, size + group - people), min(size, group) + 1)
    ways = {number: comb(size, number) * comb(people - size, group - number) for number in numbers}
    as_unlikely = sum(own for own in ways.values() if own <= ways[placed])
    return float(Fraction(as_unlikely, comb(people, group)))


@given(tables(400))
def test_it_is_that_of_all_ways_to_the_last_bit(table: tuple[int, int, int, int]) -> None:
    assert hypergeometric(*table) == counted(*table)


@pytest.mark.parametrize("size", [1, 40, 900])
@pytest.mark.parametrize("group", [500, 1_000, 1_990])
@pytest.mark.parametrize("share", [0, 0.5, 0.9])
def test_so_it_is_in_large_populations(size: int, group: int, share: float) -> None:
    least, most = max(0, size + group - 2_000), min(size, group)
    placed = least + round(share * (most - least))
    assert hypergeometric(size, placed, group, 2_000) == counted(size, placed, group, 2_000)


def test_numbers_as_unlikely_as_the_one_seen_are_told_exactly() -> None:
    # Half of all have a place: a group's people have as often few of them as many.
    assert hypergeometric(100, 40, 500, 1_000) == float(
        2 * sum(Fraction(comb(100, x) * comb(900, 500 - x), comb(1_000, 500)) for x in range(41))
    )
