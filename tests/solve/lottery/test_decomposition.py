"""Draws have exactly the published chances, keep every rule, and can be replayed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from rmatch.errors import InvalidInputError
from rmatch.solve.lottery.decomposition import RANGE, Dice, decomposed, drawn
from rmatch.solve.lottery.marginals import Marginals

Chances = tuple[Any, int]


@st.composite
def chances(draw: st.DrawFn, most: int = 5) -> Chances:
    """Any chances at all: rows and columns need not add up to anything."""
    grid, rows, columns = (
        draw(st.integers(1, 12)),
        draw(st.integers(0, most)),
        draw(st.integers(1, most)),
    )
    units = draw(st.lists(st.integers(0, grid), min_size=rows * columns, max_size=rows * columns))
    return np.array(units, np.int64).reshape(rows, columns), grid


def counted(pairs: list[tuple[int, int]], shape: tuple[int, ...]) -> Any:
    counts = np.zeros(shape, int)
    for pair in pairs:
        counts[pair] += 1
    return counts


def assert_rounds(counts: Any, units: Any, grid: int) -> None:
    """Each pair, each person and the whole get the whole number next below or above what they expect."""
    for axis in ((), 0, 1, None):
        assert (abs(counts.sum(axis) * grid - units.sum(axis)) < grid).all()


@given(chances())
def test_weights_add_up_and_rebuild_the_chances_exactly(given_chances: Chances) -> None:
    units, grid = given_chances
    split = list(decomposed(units, grid))
    assert sum(weight for weight, _ in split) == grid
    assert min(weight for weight, _ in split) > 0
    together = sum(
        (weight * counted(pairs, units.shape) for weight, pairs in split), np.zeros_like(units)
    )
    assert together.tolist() == units.tolist()
    parts = [(units.sum(axis) % grid > 0).sum() for axis in ((), 0, 1, None)]
    assert len(split) <= sum(parts) + 1


@given(chances(), st.integers())
def test_every_drawn_matching_rounds_every_expectation(given_chances: Chances, seed: int) -> None:
    units, grid = given_chances
    assert_rounds(counted(drawn(units, grid, seed), units.shape), units, grid)
    for _, pairs in decomposed(units, grid):
        assert_rounds(counted(pairs, units.shape), units, grid)


@given(chances(), st.integers() | st.text())
def test_the_same_seed_draws_the_same_matching(given_chances: Chances, seed: int | str) -> None:
    assert (
        drawn(*given_chances, seed)
        == drawn(*given_chances, seed)
        == drawn(*given_chances, str(seed))
    )


@pytest.mark.parametrize(
    ("units", "grid"),
    [
        ([[1, 2, 2], [2, 1, 2], [2, 2, 1]], 5),
        ([[3, 4, 0, 1], [2, 2, 2, 2], [1, 0, 6, 0]], 8),
        ([[1, 6]], 7),
        ([[2, 1], [2, 0], [0, 2]], 3),
    ],
)
def test_frequencies_over_seeds_are_the_chances(units: list[list[int]], grid: int) -> None:
    draws, matrix = 2000, np.array(units)
    counts = sum(counted(drawn(matrix, grid, seed), matrix.shape) for seed in range(draws))
    for cell, expected in np.ndenumerate(matrix):
        # The seeds are fixed, so this passes or fails for good; a fair draw fails with chance 10⁻⁶ each.
        assert binomtest(int(counts[cell]), draws, expected / grid).pvalue > 1e-6


def test_dice_are_fair_and_use_large_numbers() -> None:
    dice = Dice(1)
    thrown = [dice.below(3) for _ in range(3000)]
    assert all(binomtest(thrown.count(face), 3000, 1 / 3).pvalue > 1e-6 for face in range(3))
    assert max(dice.below(10**100) for _ in range(20)) > 10**98
    assert Dice(1).below(1) == 0


def test_what_would_favour_small_numbers_is_drawn_again() -> None:
    limit = RANGE // 3 * 2
    small = sum(Dice(seed).below(limit) < limit // 2 for seed in range(1000))
    assert (
        binomtest(small, 1000, 1 / 2).pvalue > 1e-6
    )  # without drawing again two of three would be small


def test_fractions_are_handed_out() -> None:
    lottery = Marginals(np.array([[8, 4]]), 2, np.array([[1, 2]]), 3)
    assert lottery.chance(0, 1) == Fraction(2, 3)
    assert lottery.total == Fraction(8, 3)
    assert lottery.pairs == 1
    assert [(weight, pairs.tolist()) for weight, pairs in lottery.matchings()] == [
        (Fraction(1, 3), [[0, 0]]),
        (Fraction(2, 3), [[0, 1]]),
    ]


def test_too_many_matchings_are_not_listed() -> None:
    lottery = Marginals(np.ones((100, 100), np.int64), 1, np.ones((100, 100), np.int64), 100)
    with pytest.raises(InvalidInputError, match="draw one instead"):
        lottery.matchings()
    assert len(lottery.draw(0)) == 100
