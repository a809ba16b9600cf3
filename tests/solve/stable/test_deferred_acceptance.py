"""Deferred acceptance: stable, the best for the proposers, and the published answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from solve.stable.markets import Market, as_pairs, indices, markets

from rmatch.errors import InvalidInputError
from rmatch.solve.stable.blocking import blocking_pairs
from rmatch.solve.stable.deferred_acceptance import deferred_acceptance
from rmatch.solve.ties import tie_hash
from rmatch.utils.stopping import AT_ONCE

if TYPE_CHECKING:
    from rmatch.objectives import Proposer

SIDES: tuple[Proposer, Proposer] = ("mentors", "mentees")


def listed(
    first: list[list[int]],
    second: list[list[int]],
    capacity: list[int] | None = None,
    first_capacity: list[int] | None = None,
) -> Market:
    """Return the market of two lists of preferences, numbered from 1, the best first; who is not listed is refused."""
    size, others = len(first), len(second)
    mentors = [[-own.index(j + 1) if j + 1 in own else -99 for j in range(others)] for own in first]
    mentees = [[-own.index(i + 1) if i + 1 in own else -99 for own in second] for i in range(size)]
    allowed = [
        [j + 1 in first[i] and i + 1 in second[j] for j in range(others)] for i in range(size)
    ]
    return Market(mentors, mentees, allowed, first_capacity or [1] * size, capacity or [1] * others)


# A. E. Roth and M. A. O. Sotomayor, Two-Sided Matching, Cambridge 1990, examples 2.9 and 2.17.
ROTH_9 = listed(
    [[1, 2, 3, 4], [4, 2, 3, 1], [4, 3, 1, 2], [1, 4, 3, 2], [1, 2, 4]],
    [[2, 3, 1, 4, 5], [3, 1, 2, 4, 5], [5, 4, 1, 2, 3], [1, 4, 5, 2, 3]],
)
ROTH_17 = listed(
    [[1, 2, 3, 4], [2, 1, 4, 3], [3, 4, 1, 2], [4, 3, 2, 1]],
    [[4, 3, 2, 1], [3, 4, 1, 2], [2, 1, 4, 3], [1, 2, 3, 4]],
)
# D. Gusfield and R. W. Irving, The Stable Marriage Problem, MIT Press 1989, section 1.6.5: students and colleges.
GUSFIELD = listed(
    [
        [3, 1, 5, 4],
        [1, 3, 4, 2, 5],
        [4, 5, 3, 1, 2],
        [3, 4, 1, 5],
        [1, 4, 2],
        [4, 3, 2, 1, 5],
        [2, 5, 1, 3],
        [1, 3, 2, 5, 4],
        [4, 1, 5],
        [3, 1, 5, 2, 4],
        [5, 4, 1, 3, 2],
    ],
    [
        [3, 7, 9, 11, 5, 4, 10, 8, 6, 1, 2],
        [5, 7, 10, 6, 8, 2, 3, 11],
        [11, 6, 8, 3, 2, 4, 7, 1, 10],
        [10, 1, 2, 11, 4, 9, 5, 3, 6, 8],
        [2, 4, 10, 7, 6, 1, 8, 3, 11, 9],
    ],
    [4, 1, 3, 2, 1],
)
# The same book, example 5.24: the people of example 2.17 with two places each; and the market of its page 16.
ROTH_24 = Market(ROTH_17.mentors, ROTH_17.mentees, ROTH_17.allowed, [2] * 4, [2] * 4)
ROTH_16 = listed(
    [[5, 1], [2, 5, 1], [3, 1], [4, 1], [1, 2], [1, 3], [1, 3, 4]],
    [[1, 2, 3, 4, 5, 6, 7], [5, 2], [6, 7, 3], [7, 4], [2, 1]],
    [3, 1, 1, 1, 1],
)
# Tests of QuantEcon's MatchingMarkets.jl: four and three, one stable matching.
FOUR_AND_THREE = listed(
    [[1, 2, 3], [3, 1, 2], [2, 3, 1], [3, 1, 2]], [[3, 1, 2, 4], [1, 2, 3, 4], [3]]
)
# The package matching: Pride and Prejudice (Bingley, Collins, Darcy, Wickham; Charlotte, Elizabeth, Jane, Lydia), and
# its README's marriages and hospitals (residents A, S, D, J, L; hospitals M, C, G with two places).
PRIDE = listed(
    [[3, 2, 4, 1], [3, 2, 4, 1], [2, 3, 1, 4], [4, 3, 2, 1]],
    [[1, 3, 2, 4], [4, 3, 1, 2], [1, 4, 3, 2], [1, 4, 3, 2]],
)
MARRIAGES = listed([[1, 2, 3], [1, 3, 2], [3, 1, 2]], [[2, 3, 1], [1, 3, 2], [3, 2, 1]])
HOSPITALS = listed(
    [[2], [2, 1], [2, 1, 3], [2, 3, 1], [1, 2, 3]],
    [[3, 4, 5, 2], [3, 1, 2, 5, 4], [3, 4, 5]],
    [2, 2, 2],
)
# Tests of matchingR: three students, two colleges, by what each gains; colleges with one and with two places.
STUDENTS = [[0, 1], [1, 0], [0, 1]], [[0, 1], [2, 0], [1, 2]]
COLLEGES = [Market(*STUDENTS, [[True] * 2] * 3, [1] * 3, [places] * 2) for places in (1, 2)]
# The example of the package algmatch for the format of its files.
ALGMATCH = listed(
    [[2, 4, 1, 3], [3, 1, 4, 2], [2, 3, 1, 4], [4, 1, 3, 2]],
    [[2, 1, 4, 3], [4, 3, 1, 2], [1, 4, 3, 2], [2, 1, 4, 3]],
)


def accepted(market: Market, proposer: Any, ties: Any = None) -> Any:
    return as_pairs(*deferred_acceptance(*market.arguments, proposer=proposer, ties=ties))


def places(market: Market, proposer: Any) -> list[int]:
    """Return the column of each row, numbered from 1 as in the books, 0 without one."""
    partner = dict(accepted(market, proposer))
    return [partner.get(i, -1) + 1 for i in range(market.shape[0])]


@pytest.mark.parametrize(
    ("market", "mentors", "mentees"),
    [
        (ROTH_9, [1, 2, 3, 4, 0], [4, 1, 2, 3, 0]),
        (ROTH_17, [1, 2, 3, 4], [4, 3, 2, 1]),
        (GUSFIELD, [3, 1, 4, 3, 1, 3, 2, 1, 4, 1, 5], [4, 5, 3, 1, 1, 3, 2, 3, 1, 4, 1]),
        (ROTH_16, [5, 2, 3, 4, 1, 1, 1], [1, 5, 1, 1, 2, 3, 4]),
        (FOUR_AND_THREE, [1, 2, 3, 0], [1, 2, 3, 0]),
        (PRIDE, [3, 1, 2, 4], [3, 1, 2, 4]),
        (MARRIAGES, [2, 1, 3], [2, 1, 3]),
        (HOSPITALS, [2, 1, 2, 3, 1], [2, 1, 2, 3, 1]),
        (COLLEGES[0], [0, 1, 2], [0, 1, 2]),
        (COLLEGES[1], [2, 1, 2], [2, 1, 2]),
        (ALGMATCH, [4, 3, 2, 1], [4, 1, 2, 3]),
    ],
)
def test_published_markets(market: Market, mentors: list[int], mentees: list[int]) -> None:
    assert places(market, "mentors") == mentors
    assert places(market, "mentees") == mentees


def test_the_published_market_of_many_to_many() -> None:
    def partners(proposer: Any) -> list[list[int]]:
        pairs = accepted(ROTH_24, proposer)
        return [sorted(j + 1 for k, j in pairs if k == i) for i in range(4)]

    assert partners("mentors") == [[1, 2], [1, 2], [3, 4], [3, 4]]
    assert partners("mentees") == [[3, 4], [3, 4], [1, 2], [1, 2]]


def test_the_table_of_gusfield_and_irving_is_stable_but_not_the_best_for_the_colleges() -> None:
    book = frozenset(enumerate(college - 1 for college in [4, 4, 3, 1, 1, 3, 2, 3, 1, 5, 1]))
    sides, allowed, capacities = GUSFIELD.arguments
    pairs = indices(book)
    assert blocking_pairs(sides, allowed, capacities, pairs).count == 0
    assert book != accepted(GUSFIELD, "mentees")


@pytest.mark.parametrize(
    ("market", "count"), [(ROTH_17, 10), (ALGMATCH, 2), (FOUR_AND_THREE, 1), (MARRIAGES, 1)]
)
def test_the_number_of_stable_matchings(market: Market, count: int) -> None:
    assert len(market.stable()) == count


@given(markets(), st.integers(0, 9))
def test_equal_points_leave_it_weakly_stable(market: Market, seed: int) -> None:
    ties = tie_hash(seed, *map(range, market.shape))
    for proposer in SIDES:
        assert not market.blocking(accepted(market, proposer, ties))
        assert not market.blocking(accepted(market, proposer))


@given(markets(strict=True))
def test_proposers_get_the_best_of_all_stable_matchings(market: Market) -> None:
    stable = market.stable()
    for side, proposer in enumerate(SIDES):
        chosen = accepted(market, proposer)
        assert chosen in stable
        for person in range(market.shape[side]):
            best, others = (
                market.gains(chosen, side, person),
                [market.gains(x, side, person) for x in stable],
            )
            assert all(len(best) == len(other) for other in others)
            assert all(
                mine >= yours for other in others for mine, yours in zip(best, other, strict=True)
            )


@given(markets(), st.integers(0, 9), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(market: Market, seed: int, dice: Any) -> None:
    sides, allowed, capacities = market.arguments
    order = [np.array(dice.sample(range(size), size), int) for size in market.shape]
    part = np.ix_(*order)
    shuffled = (
        tuple(side[part] for side in sides),
        allowed[part],
        tuple(c[o] for c, o in zip(capacities, order, strict=True)),
    )
    for proposer in SIDES:
        ties = tie_hash(seed, *map(range, market.shape))
        rows, columns = deferred_acceptance(
            *shuffled, proposer=proposer, ties=tie_hash(seed, *order)
        )
        assert as_pairs(order[0][rows], order[1][columns]) == accepted(market, proposer, ties)


@given(markets())
def test_fractional_points_are_ordered_as_whole_ones(market: Market) -> None:
    sides, *rest = market.arguments
    for proposer in SIDES:
        whole = deferred_acceptance(sides, *rest, proposer=proposer)
        fractions = deferred_acceptance((sides[0] / 8, sides[1] / 8), *rest, proposer=proposer)
        huge = deferred_acceptance((sides[0] * 2**36, sides[1] * 2**36), *rest, proposer=proposer)
        assert as_pairs(*whole) == as_pairs(*fractions) == as_pairs(*huge)


@given(markets(), st.data())
def test_blocking_pairs_are_counted_and_listed(market: Market, data: Any) -> None:
    pairs = data.draw(st.sampled_from(list(market.matchings())))
    expected = sorted(market.blocking(pairs))
    sides, allowed, capacities = market.arguments
    found = blocking_pairs(sides, allowed, capacities, indices(pairs), listed=2)
    assert found.count == len(expected)
    assert found.pairs.tolist() == [list(pair) for pair in expected[:2]]
    fractions = blocking_pairs((sides[0] / 8, sides[1] / 8), allowed, capacities, indices(pairs))
    assert fractions.pairs.tolist() == [list(pair) for pair in expected]


def test_blocks_of_rows_add_up() -> None:
    shape = 1_600, 1_400
    assert np.prod(shape) > AT_ONCE
    rng = np.random.default_rng(0)
    sides = rng.integers(0, 99, shape), rng.integers(0, 99, shape)
    allowed = rng.random(shape) < 0.1
    one = np.ones(shape[0], np.int64), np.ones(shape[1], np.int64)
    nobody = np.zeros(0, np.int64), np.zeros(0, np.int64)
    found = blocking_pairs(sides, allowed, one, nobody, listed=allowed.size)
    assert found.count == allowed.sum()
    assert np.array_equal(found.pairs, np.argwhere(allowed))


def test_ties_that_do_not_fit_are_named() -> None:
    points, one = np.arange(4).reshape(2, 2), np.ones(2, np.int64)
    with pytest.raises(InvalidInputError, match="ties: values up to"):
        deferred_acceptance((points, points), points >= 0, (one, one), ties=np.full((2, 2), 2**61))
