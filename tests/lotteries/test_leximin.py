"""The lottery in which nobody expects less than necessary, over people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from lotteries.test_alike import row
from lotteries.test_lottery import CAPS, PLACES, assert_valid
from profiles import examples

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.lotteries import Parity
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable, Total
from rmatch.people import Request, Requests
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.lotteries import Lottery
    from rmatch.programme import Programme

PEOPLE = Leximin("people")


def fair(programme: Programme) -> Programme:
    return replace(programme, objective=PEOPLE, participation="most")


def vector(lottery: Lottery) -> list[float]:
    return sorted(float(gain) for side in SIDES for gain in lottery.expected_gains(side).values())


def above(one: list[float], other: list[float]) -> bool:
    """Tell whether the first sorted vector is no worse where the two first differ by more than a few points."""
    apart = [a - b for a, b in zip(one, other, strict=True) if abs(a - b) > 10]
    return not apart or apart[0] > 0


@examples(40)
@given(strategies.rounds(minimums=True, places=PLACES), CAPS, strategies.seeds())
def test_every_matching_keeps_every_rule(drawn: Any, cap: Any, seed: int | str) -> None:
    people, programme, requests = drawn
    programme = fair(programme)
    try:
        lottery = rmatch.lottery(people, programme, requests, cap=cap, seed=seed)
    except InfeasibleError:
        with pytest.raises(InfeasibleError):
            rmatch.lottery(people, replace(programme, objective=Total()), requests, cap=cap)
        return
    locks = {(lock.mentor, lock.mentee) for lock in requests.of_kind("lock")}
    assert all(
        0 < chance <= (1 if pair in locks else Fraction(str(cap)))
        for pair, chance in lottery.chances.items()
    )
    total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for weight, pairs in lottery.matchings():
        assert_valid(pairs, (people, programme, requests))
        for pair in pairs:
            total[pair.mentor, pair.mentee] += weight
    assert total == lottery.chances


@examples(40)
@given(strategies.bare_rounds(minimums=True), CAPS)
def test_it_has_as_many_pairs_and_a_fairer_vector(drawn: Any, cap: Any) -> None:
    people, programme, requests = drawn
    programme = replace(fair(programme), places="with_protected", justification="for this test")
    try:
        total = rmatch.lottery(people, replace(programme, objective=Total()), requests, cap=cap)
    except InfeasibleError:
        return
    lottery = rmatch.lottery(people, programme, requests, cap=cap)
    assert lottery.pairs == total.pairs
    assert lottery.best == total.best
    assert float(lottery.total) <= float(total.total) + 1
    assert above(vector(lottery), vector(total))


@examples(40)
@given(st.data(), strategies.bare_rounds(), CAPS)
def test_protected_attributes_never_change_the_chance_of_a_place(
    data: st.DataObject, drawn: Any, cap: Any
) -> None:
    people, programme, requests = drawn
    programme = fair(programme)
    one, other = (
        rmatch.lottery(people, each, requests, cap=cap)
        for each in (programme, data.draw(strategies.regrouped(programme)))
    )
    for side in SIDES:
        assert one.expected_partners(side) == other.expected_partners(side)


@examples(25)
@given(st.data(), CAPS)
def test_the_order_of_the_rows_does_not_matter(data: st.DataObject, cap: Any) -> None:
    records = data.draw(strategies.records())
    programme = rmatch.Programme(
        criteria=(rmatch.criteria.Expertise(2), rmatch.criteria.Reach(1)),
        objective=PEOPLE,
        mentor_capacity=2,
    )
    one, other = (
        rmatch.lottery(rmatch.read_people(rows), programme, cap=cap)
        for rows in (records, data.draw(st.permutations(records)))
    )
    assert one.chances == other.chances
    assert one.draw("spring") == other.draw("spring")


def of(
    mentors: Any,
    mentees: Any,
    *,
    requests: Requests | None = None,
    places: Any = None,
    **options: Any,
) -> Lottery:
    """Return the lottery of mentors m0, m1, … and mentees e0, e1, … with these gains."""
    shape = np.shape(mentors)
    names = [
        [f"{letter}{k}" for k in range(size)] for letter, size in zip("me", shape, strict=True)
    ]
    capacities = places or [[1] * size for size in shape]
    rows: list[dict[str, Any]] = [
        {"id": person, "role": role, f"{role}_capacity": capacity}
        for role, people, side in zip(SIDES, names, capacities, strict=True)
        for person, capacity in zip(people, side, strict=True)
    ]
    criteria = tuple(
        rmatch.criteria.Custom(
            f"of {side}",
            rmatch.criteria.Matrix(gains, mentors=names[0], mentees=names[1]),
            side=side,
        )
        for side, gains in zip(SIDES, (mentors, mentees), strict=True)
    )
    programme = rmatch.Programme(criteria=criteria, rules=(), objective=PEOPLE)
    return rmatch.lottery(rmatch.read_people(rows), programme, requests, cap=1, **options)


NOTHING = [[0, 0], [0, 0]]


def test_people_may_have_several_places() -> None:
    lottery = of([[5, 0], [3, 3]], NOTHING, places=[[2, 2], [1, 1]])
    assert lottery.expected_gains("mentor") == {"m0": Fraction(15, 4), "m1": Fraction(15, 4)}
    assert lottery.chances == {
        ("m0", "e0"): Fraction(3, 4),
        ("m1", "e0"): Fraction(1, 4),
        ("m1", "e1"): 1,
    }
    assert lottery.share == Fraction(15, 16)


def test_what_is_locked_counts() -> None:
    """m0 has 2 for certain, so that a quarter of e1 is enough for it."""
    lock = Requests((Request("m0", "e0", "lock"),))
    locked = of([[2, 4], [2, 4]], NOTHING, requests=lock, places=[[2, 2], [1, 1]])
    assert locked.expected_gains("mentor") == {"m0": 3, "m1": 3}
    assert locked.chances["m0", "e0"] == 1
    assert locked.chances["m1", "e1"] == Fraction(3, 4)


def test_likeness_and_parity_come_first() -> None:
    gains = [[8, 2], [1, 1]]
    assert of(gains, NOTHING).expected_gains("mentor") == {"m0": 8, "m1": 1}
    alike = of(gains, NOTHING, alike=[("m0", "m1", 0)])
    assert row(alike, "m0") == row(alike, "m1")
    assert alike.expected_gains("mentor") == {"m0": 5, "m1": 1}
    near = of(gains, NOTHING, alike=[("m0", "m1", "1/2")])
    more = [max(a - b, Fraction(0)) for a, b in zip(row(near, "m0"), row(near, "m1"), strict=True)]
    assert sum(more, Fraction(0)) <= Fraction(500_001, 1_000_000)
    assert float(near.expected_gains("mentor")["m0"]) == pytest.approx(6.5, abs=1e-5)


def test_groups_may_be_kept_together() -> None:
    people = rmatch.datasets.workforce(16, 12, seed=1)
    programme = rmatch.Programme(
        places="with_protected",
        justification="agreed with the works council",
        objective=PEOPLE,
        mentor_capacity=2,
    )
    lottery = rmatch.lottery(
        people, programme, cap="1/2", parity=[Parity("gender", "1/20", side="mentor")]
    )
    free = rmatch.lottery(people, programme, cap="1/2")
    assert abs(lottery.pairs - free.pairs) < Fraction(1, 10**4)
    assert above(vector(free), vector(lottery))


def test_the_worst_off_of_the_shipped_people_expect_more() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    total = rmatch.lottery(people, programme, cap="1/2")
    lottery = rmatch.lottery(people, fair(programme), cap="1/2")
    assert vector(lottery)[0] > vector(total)[0]
    assert lottery.pairs == total.pairs == 10
    assert lottery.best == total.best


@pytest.mark.parametrize(
    "objective", [MaxMin(), AlphaFair(1), Leximin("pairs"), Stable()], ids=repr
)
def test_what_a_lottery_cannot_be_is_refused_by_name(objective: Any) -> None:
    with pytest.raises(
        InvalidInputError,
        match=f"{objective.kind!r} is not for lotteries: .*; take 'total' or leximin",
    ):
        rmatch.lottery(rmatch.datasets.example(), rmatch.Programme(objective=objective), cap="1/2")


def test_sizes_and_spread_are_refused_by_name() -> None:
    programme = rmatch.Programme(objective=PEOPLE)
    with pytest.raises(
        InvalidInputError, match="too many for a lottery that is leximin; at most 90\xa0000"
    ):
        rmatch.lottery(rmatch.datasets.workforce(301, 301), programme, cap="1/2")
    with pytest.raises(InvalidInputError, match="spread: does not go with 'leximin'"):
        rmatch.lottery(rmatch.datasets.example(), programme, cap="1/2", spread="1/2")
    with pytest.raises(InvalidInputError, match="'leader' is no side"):
        rmatch.lottery(rmatch.datasets.example(), programme, cap="1/2").expected_gains("leader")  # type: ignore[arg-type]
