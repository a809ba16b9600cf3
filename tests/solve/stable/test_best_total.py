"""The stable matching with the most points equals the best of all stable matchings, listed one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from solve.stable.markets import Market, as_pairs, markets
from solve.stable.test_deferred_acceptance import ALGMATCH, ROTH_17

from rmatch.errors import InvalidInputError
from rmatch.solve.lp.zero_one import coarse
from rmatch.solve.stable import best_total as stable_best
from rmatch.solve.stable.best_total import best_stable
from rmatch.solve.ties import tie_hash


def check(market: Market, top: int, seed: int) -> str:
    points = np.random.default_rng(seed).integers(0, top, market.shape)
    ties = tie_hash(seed, *map(range, market.shape))
    best = best_stable(points, *market.arguments, ties=ties)
    totals = {pairs: sum(int(points[pair]) for pair in pairs) for pairs in market.stable()}
    highest = max(totals.values())
    chosen = as_pairs(best.rows, best.cols)
    assert totals[chosen] == best.total == highest
    second = {
        pairs: sum(int(coarse(ties)[pair]) for pair in pairs)
        for pairs in totals
        if totals[pairs] == highest
    }
    assert second[chosen] == max(second.values())
    return best.route


@given(markets(single=True, strict=True), st.sampled_from([1, 3, 10**6]), st.integers(0, 9))
def test_strict_orders_are_solved_by_a_linear_programme(
    market: Market, top: int, seed: int
) -> None:
    assert check(market, top, seed) == "lp"


@given(markets(single=True), st.sampled_from([1, 3, 10**6]), st.integers(0, 9))
def test_equal_points_are_solved_too(market: Market, top: int, seed: int) -> None:
    check(market, top, seed)


@pytest.mark.parametrize("market", [ROTH_17, ALGMATCH])
@pytest.mark.parametrize("seed", range(8))
def test_published_markets_with_several_stable_matchings(market: Market, seed: int) -> None:
    assert check(market, 100, seed) == "lp"


def test_a_medium_market_is_solved_the_same_without_leaving_pairs_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(1)
    mentors, mentees = (rng.permutation(900).reshape(30, 30) for _ in range(2))
    one = np.ones(30, np.int64)
    arguments = (
        rng.integers(0, 10**6, (30, 30)),
        (mentors, mentees),
        rng.random((30, 30)) < 0.8,
        (one, one),
    )
    quick = best_stable(*arguments)
    monkeypatch.setattr(stable_best, "_possible", lambda _sides, allowed, _capacities: allowed)
    slow = best_stable(*arguments)
    assert quick.total == slow.total
    assert quick.route == slow.route == "lp"


@given(markets(strict=True))
def test_several_places_are_refused_by_name(market: Market) -> None:
    assume(max(market.mentor_capacity + market.mentee_capacity, default=0) > 1)
    with pytest.raises(InvalidInputError, match="no exact method"):
        best_stable(np.zeros(market.shape, np.int64), *market.arguments)


def all_alike(people: int) -> Any:
    """Return a market in which every pair is worth the same to both."""
    points, one = np.ones((people, people), np.int64), np.ones(people, np.int64)
    return points, (points, points), points > 0, (one, one)


def test_fractional_points_and_large_programmes_are_refused() -> None:
    points, *market = all_alike(216)
    with pytest.raises(InvalidInputError) as error:
        best_stable(points / 2, *market)
    assert [fault.field for fault in error.value.faults] == ["points", "people"]


def test_a_mixed_programme_without_end_is_refused() -> None:
    assert best_stable(*all_alike(4)).total == 4
    with pytest.raises(
        InvalidInputError,
        match="equal points make it a mixed-integer programme of 524\xa0288 numbers",
    ):
        best_stable(*all_alike(64))
