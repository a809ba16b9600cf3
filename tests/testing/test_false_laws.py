"""Laws that look true and are not, each pinned by a counter-example, so that nobody writes them down as properties.

Found by trying them on thousands of random instances; docs/explanation/laws-that-look-true.md tells them in words.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from testing.matchers import assign, scipy_lsa

from rmatch.testing import Instance, load_known, oracles

MATCHERS = [assign, scipy_lsa]
Pairs = list[tuple[int, int]]


def solved(matcher: Any, points: Any) -> Pairs:
    pairs = sorted((int(i), int(j)) for i, j in matcher(*Instance.of(points).arguments))
    assert oracles.optima(Instance.of(points)) == [frozenset(pairs)]
    return pairs


@pytest.mark.parametrize("matcher", MATCHERS)
def test_a_constant_on_the_longer_side_may_change_the_pairs(matcher: Any) -> None:
    """Two more points for everybody who meets mentee 1; the one mentor changes over."""
    assert solved(matcher, [[2, 1]]) == [(0, 0)]
    assert solved(matcher, [[2, 3]]) == [(0, 1)]


@pytest.mark.parametrize("matcher", MATCHERS)
def test_the_order_of_the_points_does_not_decide_the_best_total(matcher: Any) -> None:
    points = np.array([[3, 2], [2, 0]])
    assert solved(matcher, points) == [(0, 1), (1, 0)]
    assert solved(matcher, points**3) == [(0, 0), (1, 1)]


@pytest.mark.parametrize("matcher", MATCHERS)
def test_raising_a_pair_may_hurt_its_mentor(matcher: Any) -> None:
    """Mentor 0 comes to like mentee 1 better, gets mentee 1, and had more points before."""
    assert solved(matcher, [[4, 1], [3, 1]]) == [(0, 0), (1, 1)]
    assert solved(matcher, [[4, 3], [3, 1]]) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("matcher", MATCHERS)
def test_one_more_mentor_may_hurt_a_mentee(matcher: Any) -> None:
    """Mentee 0 has 5 points, and 4 when the second mentor is there."""
    assert solved(matcher, [[5, 4]]) == [(0, 0)]
    assert solved(matcher, [[5, 4], [4, 0]]) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("matcher", MATCHERS)
def test_the_best_total_may_have_a_worse_worst_pair_than_necessary(matcher: Any) -> None:
    instance = Instance.of([[9, 4], [4, 0]])
    assert min(oracles.scores(instance, frozenset(solved(matcher, instance.points)))) == 0
    assert oracles.bottleneck(instance) == 4


def test_the_best_worst_pair_is_not_yet_leximin() -> None:
    """PR4A's second example: two matchings have the same worst pair and very different others."""
    instance = load_known("pr4a-2").instance
    pairs = frozenset({(0, 1), (1, 0), (2, 2)}), oracles.leximin(instance)[0]
    assert [oracles.scores(instance, each) for each in pairs] == [
        [0.01, 0.04, 1.0],
        [0.01, 0.1, 0.1],
    ]


def test_most_pairs_and_the_best_total_are_not_the_same() -> None:
    instance = Instance.of([[9, 1], [0, 0]], forbidden=[(1, 1)])
    assert (oracles.best(instance, "most"), oracles.best(instance, "best")) == ((2, 1), (9,))


@pytest.mark.parametrize("matcher", MATCHERS)
def test_one_more_mentor_may_lower_the_total_where_most_pairs_come_first(matcher: Any) -> None:
    """The second mentor can meet mentee 0 only: two pairs with 1 point instead of one pair with 9."""
    instance = Instance.of([[9, 1], [0, 0]], forbidden=[(1, 1)])
    totals = [
        part.total([(int(i), int(j)) for i, j in matcher(*part.arguments)])
        for part in (instance.take([0], [0, 1]), instance)
    ]
    assert totals == [9, 1]


def test_the_sum_of_decimal_fractions_depends_on_their_order() -> None:
    """With multiples of a power of one half it does not."""
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    assert 0.125 + 0.25 + 0.375 == 0.375 + 0.25 + 0.125
