"""The rounds of a plan: even, the waiting first, and each round proved."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from rmatch.solve import Waits, into_rounds, shares_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve import Share

    Drawn = tuple[NDArray[np.int64], NDArray[np.int64], int, Waits, NDArray[np.int64]]


@st.composite
def pairs(draw: st.DrawFn, *, most: int = 4) -> Drawn:
    """Draw pairs of a few people, how many rounds they shall have, and for how long everybody has waited."""
    mentors, mentees = draw(st.integers(1, most)), draw(st.integers(1, most))
    cells = list(itertools.product(range(mentors), range(mentees)))
    chosen = sorted(draw(st.sets(st.sampled_from(cells))))
    rows, columns = np.array(chosen, np.int64).reshape(-1, 2).T
    waits = (
        draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
        for size in (mentors, mentees)
    )
    ties = draw(st.lists(st.integers(0, 2**32), min_size=len(rows), max_size=len(rows)))
    return (
        rows,
        columns,
        draw(st.integers(1, 4)),
        Waits(*(np.array(own, np.int64) for own in waits)),
        np.array(ties, np.int64),
    )


def sizes(drawn: Drawn, found: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the number of pairs by round: of everybody in turn, and of all."""
    rows, columns, rounds, _, _ = drawn
    return [
        np.bincount(found[own == one], minlength=rounds)
        for own in (rows, columns, np.zeros(len(rows), np.int64))
        for one in np.unique(own).tolist()
    ]


@given(pairs(most=6))
def test_everybody_and_all_pairs_are_spread_evenly(drawn: Drawn) -> None:
    found = into_rounds(*drawn).rounds
    assert all(np.ptp(counts) <= 1 for counts in sizes(drawn, found))


def best_of(share: Share) -> int:
    """Return what a round can be worth, by trying all sets of pairs."""
    tried = (
        np.array(taken, bool) for taken in itertools.product((False, True), repeat=len(share.rows))
    )
    return max(int(share.worth[taken].sum()) for taken in tried if not share.breaks(taken))


@examples(50)
@given(pairs(most=3))
def test_each_round_in_turn_serves_those_who_have_waited_as_well_as_can_be(drawn: Drawn) -> None:
    found = into_rounds(*drawn)
    for number, left, share in shares_of(*drawn, found.rounds):
        taken = found.rounds[left] == number
        assert int(share.worth[taken].sum()) == best_of(share)
        assert share.bound(found.prices[number]) == best_of(share)


@given(pairs(most=4), st.data())
def test_prices_prove_nothing_that_is_not_so(drawn: Drawn, data: st.DataObject) -> None:
    found = into_rounds(*drawn)
    number, _, share = next(shares_of(*drawn, found.rounds))
    prices = found.prices[number]
    other = replace(
        prices,
        u=prices.u + data.draw(st.integers(-5, 5)),
        v=prices.v - data.draw(st.integers(-5, 5)),
        each=prices.each + data.draw(st.integers(-5, 5)),
    )
    assert share.bound(other) >= share.bound(prices)


def test_who_has_waited_longest_is_in_the_first_round() -> None:
    rows, columns = np.array([0, 1, 2, 3]), np.array([0, 0, 0, 0])
    waits = Waits(np.array([0, 2, 5, 1]), np.array([0]))
    found = into_rounds(rows, columns, 4, waits, np.zeros(4, np.int64))
    assert found.rounds.tolist() == [3, 1, 0, 2]


def test_who_waits_within_the_plan_comes_before_whoever_was_served() -> None:
    # Two mentors with two of three mentees each, in three rounds: nobody misses two rounds in a row.
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    nobody = Waits(np.zeros(2, np.int64), np.zeros(2, np.int64))
    found = into_rounds(rows, columns, 3, nobody, np.zeros(4, np.int64)).rounds
    for own in (rows, columns):
        for one in (0, 1):
            assert 1 in np.diff(np.sort(found[own == one]))


@pytest.mark.parametrize("rounds", [1, 3])
def test_nobody_has_a_timetable_too(rounds: int) -> None:
    none = np.zeros(0, np.int64)
    found = into_rounds(none, none, rounds, Waits(none, none), none)
    assert found.rounds.size == 0
    assert len(found.prices) == rounds
