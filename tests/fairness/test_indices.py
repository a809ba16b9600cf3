"""The indices give the published values, obey their identities, and refuse what they are not defined for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch.errors import InvalidInputError
from rmatch.fairness.indices import (
    atkinson,
    generalised_entropy,
    gini,
    jain,
    mean_log_deviation,
    theil,
)

if TYPE_CHECKING:
    from collections.abc import Callable

amounts = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
positive = st.lists(st.integers(1, 10**6), min_size=1, max_size=12)
INDICES: dict[str, Callable[[list[int]], float]] = {
    "gini": gini,
    "jain": lambda x: 1 - jain(x),
    "atkinson 1/2": lambda x: atkinson(x, 0.5),
    "atkinson 2": lambda x: atkinson(x, 2),
    "entropy 2": lambda x: generalised_entropy(x, 2),
    "theil": theil,
}


def test_closed_forms_for_one_to_four() -> None:
    x = [1, 2, 3, 4]
    assert gini(x) == 0.25
    assert jain(x) == pytest.approx(30 / 36, rel=1e-15)
    assert atkinson(x, 0.5) == pytest.approx(0.0555858574, abs=5e-11)
    assert atkinson(x, 1) == pytest.approx(0.1146544642, abs=5e-11)
    assert atkinson(x, 2) == pytest.approx(0.232, rel=1e-14)
    assert generalised_entropy(x, 2) == pytest.approx(0.1, rel=1e-14)
    assert theil(x) == pytest.approx(0.1064401353, abs=5e-11)
    assert mean_log_deviation(x) == pytest.approx(0.1217772743, abs=5e-11)


def test_values_of_the_aif360_tests() -> None:
    # tests/test_classification_metric.py of AIF360: two people with 0, two with 2, six with 1.
    x = [0, 0, 2, 2, 1, 1, 1, 1, 1, 1]
    assert generalised_entropy(x, 2) == pytest.approx(0.2, rel=1e-14)
    assert theil(x) == pytest.approx(4 * math.log(2) / 10, rel=1e-14)
    between = [1, 1, *[1.25] * 4, *[0.75] * 4]
    assert generalised_entropy(between, 2) == pytest.approx(
        sum(b * b - 1 for b in between) / 20, rel=1e-12
    )


@given(positive)
def test_identities(x: list[int]) -> None:
    variation = np.std(x) / np.mean(x)
    assert generalised_entropy(x, 2) == pytest.approx(variation**2 / 2, rel=1e-9, abs=1e-12)
    assert jain(x) == pytest.approx(1 / (1 + variation**2), rel=1e-9)
    assert atkinson(x, 1) == pytest.approx(
        1 - math.exp(-mean_log_deviation(x)), rel=1e-9, abs=1e-12
    )


@given(amounts)
def test_gini_is_the_mean_difference(x: list[int]) -> None:
    differences = sum(abs(a - b) for a in x for b in x)
    assert gini(x) == pytest.approx(differences / (2 * len(x) * sum(x)), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", INDICES)
@given(
    x=amounts,
    times=st.integers(1, 9),
    copies=st.integers(1, 3),
    order=st.randoms(use_true_random=False),
)
def test_scale_copies_and_order_change_nothing(
    name: str, x: list[int], times: int, copies: int, order: object
) -> None:
    mixed = [times * amount for amount in x] * copies
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert INDICES[name](mixed) == pytest.approx(INDICES[name](x), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", INDICES)
@given(
    x=positive, places=st.tuples(st.integers(0, 11), st.integers(0, 11)), part=st.integers(0, 100)
)
def test_a_gift_from_more_to_less_never_raises_inequality(
    name: str, x: list[int], places: tuple[int, int], part: int
) -> None:
    low, high = sorted((places[0] % len(x), places[1] % len(x)), key=lambda place: x[place])
    gift = (x[high] - x[low]) * part // 200
    after = list(x)
    after[high] -= gift
    after[low] += gift
    assert INDICES[name](after) <= INDICES[name](x) + 1e-9


@pytest.mark.parametrize("wrong", [[], [0, 0], [1, -1], [1, math.nan], [1, math.inf], [[1, 2]]])
def test_what_is_not_defined_is_refused(wrong: list[float]) -> None:
    for index in (*INDICES.values(), mean_log_deviation):
        with pytest.raises(InvalidInputError):
            index(wrong)  # type: ignore[arg-type]


def test_somebody_with_nothing() -> None:
    assert atkinson([0, 1], 1) == atkinson([0, 1], 2) == 1
    assert atkinson([0, 1], 0.5) == pytest.approx(0.5)
    for order in (0, -1):
        with pytest.raises(InvalidInputError, match="somebody has nothing"):
            generalised_entropy([0, 1], order)
    for wrong in (0, -1, math.nan, math.inf):
        with pytest.raises(InvalidInputError, match="aversion"):
            atkinson([1, 2], wrong)
    with pytest.raises(InvalidInputError, match="order"):
        generalised_entropy([1, 2], math.nan)
