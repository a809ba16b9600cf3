"""The lottery over matchings of people: every draw keeps every rule, and the chances are what they claim to be."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples
from scipy.stats import binomtest

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.formulas import Facts, broken_rules
from rmatch.people import Request, Requests

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.lotteries import Lottery
    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.rounds import Pair

Round = tuple["People", "Programme", Requests]
CAPS = st.sampled_from(["1/3", "1/2", 0.75, 1])
PLACES = ("without_protected", "with_protected")


def assert_valid(pairs: Iterable[Pair], drawn: Round) -> None:
    """Check a matching by the scalar formulas."""
    people, programme, requests = drawn
    facts = Facts(people, programme, requests)
    partners: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        assert pair.override_reason or not broken_rules(facts, pair.mentor, pair.mentee)
        partners.update([("mentor", pair.mentor), ("mentee", pair.mentee)])
    for side, everybody in (("mentor", facts.mentors), ("mentee", facts.mentees)):
        for person in everybody:
            least = getattr(programme, f"{side}_minimum")
            assert least <= partners[side, person] <= facts.capacity(person, side)
    locks = {(lock.mentor, lock.mentee) for lock in requests.of_kind("lock")}
    assert locks == {(pair.mentor, pair.mentee) for pair in pairs if pair.locked}
    assert len({(pair.mentor, pair.mentee) for pair in pairs}) == len(list(pairs))


@examples(60)
@given(
    strategies.rounds(minimums=True, places=PLACES),
    CAPS,
    st.sampled_from([None, "1/2"]),
    strategies.seeds(),
)
def test_every_matching_of_every_lottery_keeps_every_rule(
    drawn: Round, cap: str | float, spread: str | None, seed: int | str
) -> None:
    try:
        lottery = rmatch.lottery(*drawn, cap=cap, spread=spread, grid=60, seed=seed)
    except InfeasibleError:
        return
    except InvalidInputError:
        with pytest.raises(InvalidInputError, match="cannot be spread"):
            rmatch.lottery(*drawn, cap=cap, spread=spread, grid=60, seed=seed)
        return  # a criterion of the user's own gives negative points
    limit = Fraction(str(cap))
    locks = {(lock.mentor, lock.mentee) for lock in drawn[2].of_kind("lock")}
    assert all(
        0 < chance <= (1 if pair in locks else limit) for pair, chance in lottery.chances.items()
    )
    assert_valid(lottery.draw(), drawn)
    assert lottery.draw(3) == lottery.draw("3")
    together: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for weight, pairs in lottery.matchings():
        assert_valid(pairs, drawn)
        assert abs(len(pairs) - lottery.pairs) < 1
        for pair in pairs:
            together[pair.mentor, pair.mentee] += weight
    assert together == lottery.chances
    assert lottery.total == sum(
        w * sum(pair.points for pair in pairs) for w, pairs in lottery.matchings()
    )


@examples(60)
@given(strategies.bare_rounds(places=PLACES, minimums=True))
def test_without_a_cap_a_lottery_is_as_good_as_the_best_matching(drawn: Round) -> None:
    programme = drawn[1]
    assume(programme.places == "with_protected")
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    lottery = rmatch.lottery(*drawn, cap=1)
    assert lottery.total == lottery.best == matching.total
    if programme.participation == "most":
        assert lottery.pairs == len(matching.pairs)


@examples(60)
@given(st.data(), strategies.bare_rounds(), CAPS)
def test_protected_attributes_never_change_the_chance_of_a_place(
    data: st.DataObject, drawn: Round, cap: str | float
) -> None:
    people, programme, requests = drawn
    lotteries = [
        rmatch.lottery(people, each, requests, cap=cap)
        for each in (programme, data.draw(strategies.regrouped(programme)))
    ]
    for side in ("mentor", "mentee"):
        assert lotteries[0].expected_partners(side) == lotteries[1].expected_partners(side)


@examples(40)
@given(st.data(), CAPS, st.sampled_from([None, "1/2"]))
def test_the_order_of_the_rows_does_not_matter(
    data: st.DataObject, cap: str | float, spread: str | None
) -> None:
    records = data.draw(strategies.records())
    criteria = (rmatch.criteria.Expertise(2), rmatch.criteria.Reach(1))
    programme = rmatch.Programme(criteria=criteria, count_topic="each")
    lotteries = [
        rmatch.lottery(rmatch.read_people(rows), programme, cap=cap, spread=spread)
        for rows in (records, data.draw(st.permutations(records)))
    ]
    assert lotteries[0].chances == lotteries[1].chances
    assert lotteries[0].draw("spring") == lotteries[1].draw("spring")


def twins(**different: Any) -> Lottery:
    """Return a lottery in which three juniors, the second and third alike, compete for two leaders."""
    rows: list[dict[str, Any]] = [
        {"id": person, "role": role, "years": years, column: "python", "dimension:gender": gender}
        for person, role, years, column, gender in [
            ("J1", "mentor", 2, "offers", "f"),
            ("J2", "mentor", 2, "offers", "m"),
            ("J3", "mentor", 2, "offers", "m"),
            ("L1", "mentee", 20, "wants", "f"),
            ("L2", "mentee", 20, "wants", "m"),
        ]
    ]
    return rmatch.lottery(
        rmatch.read_people([row | {"consent:gender": "match"} for row in rows]), **different
    )


@pytest.mark.parametrize("spread", [None, "1/2"])
def test_people_who_do_not_differ_have_equal_chances(spread: str | None) -> None:
    chances = twins(cap=1, spread=spread).chances
    assert chances["J2", "L1"] == chances["J3", "L1"] > 0
    assert chances.get(("J2", "L2")) == chances.get(("J3", "L2"))


def test_people_who_differ_in_what_is_protected_have_the_same_chance_of_a_place() -> None:
    lottery = twins(cap=1)
    assert lottery.expected_partners("mentor") == dict.fromkeys(("J1", "J2", "J3"), Fraction(2, 3))
    assert lottery.chances["J1", "L2"] > lottery.chances.get(("J2", "L2"), 0)


def test_locked_pairs_are_certain_whatever_the_cap() -> None:
    people = rmatch.datasets.example()
    lock = Request("E12", "E06", "lock")
    lottery = rmatch.lottery(
        people, rmatch.datasets.example_programme(), Requests((lock,)), cap="1/3"
    )
    assert lottery.chances.pop(("E12", "E06")) == 1
    assert max(lottery.chances.values()) <= Fraction(1, 3)
    assert all(any(pair.locked for pair in lottery.draw(seed)) for seed in range(20))


def test_frequencies_over_seeds_are_the_chances() -> None:
    lottery = rmatch.lottery(rmatch.datasets.example(), cap="2/5")
    draws = 1000
    counts = Counter(
        (pair.mentor, pair.mentee) for seed in range(draws) for pair in lottery.draw(seed)
    )
    assert counts.keys() == lottery.chances.keys()
    for pair, chance in lottery.chances.items():
        assert binomtest(counts[pair], draws, float(chance)).pvalue > 1e-6


def test_a_lower_cap_never_brings_more_points() -> None:
    people = rmatch.datasets.example()
    programme = rmatch.Programme(criteria=(rmatch.criteria.Expertise(2), rmatch.criteria.Reach(1)))
    shares = [
        rmatch.lottery(people, programme, cap=cap).share for cap in ("1/4", "1/3", "1/2", "3/4", 1)
    ]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1] == 1


def test_a_matrix_of_caps_limits_single_pairs() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    scores = rmatch.score(people, programme)
    free = rmatch.lottery(people, programme, cap=1)
    (mentor, mentee), *_ = free.chances
    limits: Any = np.full(scores.shape, Fraction(1), object)
    limits[scores.mentors.index(mentor), scores.mentees.index(mentee)] = Fraction(1, 5)
    assert rmatch.lottery(people, programme, cap=limits).chances[mentor, mentee] <= Fraction(1, 5)


def test_minimums_that_the_cap_puts_out_of_reach_name_the_smallest_cap() -> None:
    people = rmatch.datasets.example()
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, mentee_minimum=1)
    with pytest.raises(
        InfeasibleError, match=r"the smallest cap for all pairs that allows them is (.+)$"
    ) as caught:
        rmatch.lottery(people, programme, cap="1/50")
    smallest = str(caught.value).rpartition(" ")[2]
    assert set(
        rmatch.lottery(people, programme, cap=smallest).expected_partners("mentee").values()
    ) == {1}


def test_what_no_lottery_can_do_is_refused_by_name() -> None:
    people = rmatch.datasets.example()
    with pytest.raises(InvalidInputError, match="'leader' is no side"):
        rmatch.lottery(people, cap=0.5).expected_partners("leader")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="too many for a lottery"):
        rmatch.lottery(rmatch.datasets.workforce(1001, 1001), cap=0.5)


def test_the_table_and_the_frame_say_the_same() -> None:
    lottery = rmatch.lottery(rmatch.datasets.example(), cap="1/2", seed="spring")
    text = repr(lottery)
    assert text.startswith("Lottery: 10 pairs expected, on average 61 of 100")
    assert "seed 'spring', chances in steps of 1/2" in text
    frame = lottery.to_frame(backend=pd)
    assert dict(
        zip(
            zip(frame["mentor"], frame["mentee"], strict=True),
            map(Fraction, frame["exactly"]),
            strict=True,
        )
    ) == (lottery.chances)
    assert float((frame["points"] * frame["chance"]).sum()) == float(lottery.total)
    assert all(f"{mentor}     {mentee}" in text for mentor, mentee in list(lottery.chances)[:20])


@pytest.mark.parametrize(
    ("steps", "most", "least"), [(10_000, " >99.9%", " <0.1%"), (1_000, " 99.9%", " 0.1%")]
)
def test_the_table_calls_nothing_impossible_or_certain_that_is_not(
    steps: int, most: str, least: str
) -> None:
    lottery = rmatch.lottery(rmatch.datasets.example(), cap=Fraction(steps - 1, steps))
    assert set(lottery.chances.values()) == {Fraction(steps - 1, steps), Fraction(1, steps)}
    assert repr(lottery).count(most) == repr(lottery).count(least) == 10


def test_nobody_may_meet_anybody() -> None:
    rows = [{"id": "a", "role": "mentor", "mentor_capacity": 0}, {"id": "b", "role": "mentee"}]
    lottery = rmatch.lottery(rmatch.read_people(rows), cap=0.5)
    assert not lottery.chances
    assert not lottery.draw()
    assert (lottery.pairs, lottery.share) == (Fraction(0), Fraction(1))
    assert lottery.matchings() == [(Fraction(1), ())]
