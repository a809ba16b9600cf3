"""Lotteries that keep differences between groups small."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.lotteries import Parity

if TYPE_CHECKING:
    from rmatch.lotteries import Lottery
    from rmatch.people import People

OPEN = rmatch.Programme(places="with_protected", justification="agreed with the works council")
CLOSE = Fraction(1, 10**5)


@pytest.fixture(scope="module")
def people() -> People:
    return rmatch.datasets.workforce(24, 16, seed=1)


def heads(lottery: Lottery, dimension: str, amounts: dict[str, Fraction]) -> list[Fraction]:
    """Return what each group of mentors expects a head; somebody with several answers is in several groups."""
    answers = lottery.scores.cohort.answers(dimension)
    sets, which = answers.distinct()
    groups = []
    for code in range(len(answers.vocabulary)):
        rows = zip(lottery.scores.mentors, lottery.scores.cohort.mentors.tolist(), strict=True)
        members = [person for person, row in rows if code in sets[which[row]]]
        if members:
            groups.append(sum((amounts[person] for person in members), Fraction(0)) / len(members))
    return groups


def gained(lottery: Lottery) -> dict[str, Fraction]:
    found = dict.fromkeys(lottery.scores.mentors, Fraction(0))
    for (mentor, mentee), chance in lottery.chances.items():
        row, column = lottery.scores.cohort.row[mentor], lottery.scores.cohort.column[mentee]
        found[mentor] += chance * int(lottery.scores.points[row, column])
    return found


def apart(amounts: list[Fraction]) -> Fraction:
    return max(amounts) - min(amounts)


@pytest.mark.parametrize("within", [0, "1/20", 1])
def test_groups_have_about_the_same_chance_of_a_place(people: People, within: str | int) -> None:
    free = rmatch.lottery(people, OPEN, cap="1/2")
    fair = rmatch.lottery(people, OPEN, cap="1/2", parity=[Parity("gender", within, side="mentor")])
    assert (
        apart(heads(fair, "gender", fair.expected_partners("mentor"))) <= Fraction(within) + CLOSE
    )
    assert fair.total <= free.total
    assert fair.total >= free.total - 1000 or within != 1
    assert abs(fair.pairs - free.pairs) < CLOSE


def test_groups_expect_about_the_same_points(people: People) -> None:
    free = rmatch.lottery(people, OPEN, cap="1/2")
    fair = rmatch.lottery(
        people, OPEN, cap="1/2", parity=[Parity("gender", 1000, side="mentor", between="points")]
    )
    assert apart(heads(free, "gender", gained(free))) > 50_000
    assert apart(heads(fair, "gender", gained(fair))) <= 1010


def test_parity_of_points_leaves_the_places_as_they_are(people: People) -> None:
    blind = rmatch.Programme()
    free = rmatch.lottery(people, blind, cap="1/2", grid=5_040_000)
    fair = rmatch.lottery(
        people,
        blind,
        cap="1/2",
        parity=[Parity("gender", 300_000, side="mentor", between="points")],
    )
    for side in ("mentor", "mentee"):
        assert fair.expected_partners(side) == free.expected_partners(side)


def two_for_one(parity: Parity, **different: Any) -> Lottery:
    """Return a lottery in which two mentors, worth 10 and 4 points, compete for one mentee."""
    worth = rmatch.criteria.Matrix([[10], [4]], mentors=["a", "b"], mentees=["c"])
    rows = [
        {"id": person, "role": role, "dimension:age": age, "consent:age": "match"}
        for person, role, age in [
            ("a", "mentor", "old"),
            ("b", "mentor", "young"),
            ("c", "mentee", ""),
        ]
    ]
    programme = rmatch.Programme(
        criteria=(rmatch.criteria.Custom("worth", worth),), rules=(), **different
    )
    return rmatch.lottery(rmatch.read_people(rows), programme, cap=1, parity=[parity])


def test_two_groups_and_one_place_share_it() -> None:
    lottery = two_for_one(Parity("age", 0, side="mentor"), unprotected=("age",))
    assert lottery.chances == {("a", "c"): Fraction(1, 2), ("b", "c"): Fraction(1, 2)}
    assert lottery.total == 7


def test_one_group_alone_makes_no_difference() -> None:
    lottery = two_for_one(Parity("age", 0, side="mentee"), unprotected=("age",))
    assert lottery.chances == {("a", "c"): 1}


def test_parity_by_what_is_protected_gives_nobody_a_place() -> None:
    parity = Parity("age", 0, side="mentor", between="points")
    assert two_for_one(parity, unprotected=("age",)).chances["b", "c"] > Fraction(1, 2)
    with pytest.raises(InfeasibleError, match=r"each limit would have to be about 10 larger"):
        two_for_one(parity)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"parity": [Parity("gender", 0)]}, "would let a protected dimension decide who gets one"),
        ({"parity": [Parity("sex", 0, between="points")]}, "'sex' is unknown"),
        ({"parity": [Parity("gender", -1, between="points")]}, "within: -1"),
        ({"parity": [Parity("gender", 0, between="pay")]}, "between: 'pay'"),  # type: ignore[arg-type]
        ({"parity": [Parity("gender", 0, side="boss", between="points")]}, "side: 'boss'"),  # type: ignore[arg-type]
        ({"parity": [Parity("gender", 0, between="points")], "spread": 0.5}, "cannot go with"),
    ],
)
def test_what_does_not_fit_is_one_clear_error(people: People, options: Any, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        rmatch.lottery(people, cap="1/2", **options)


def test_wide_differences_change_nothing() -> None:
    people = rmatch.datasets.example()
    name = next(iter(people.dimensions))
    wide = rmatch.lottery(people, OPEN, cap="1/2", parity=[Parity(name, 10)])
    free = rmatch.lottery(people, OPEN, cap="1/2")
    assert abs(wide.total - free.total) < 1000
