"""The adversaries find what can be found: each in a report that gives just that away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch.testing import Certified, Instance
from rmatch.testing.adversaries import (
    Aviary,
    Statement,
    by_equations,
    by_whole_numbers,
    escaped,
    forgeries,
    knowing_the_rule,
    statements,
    tamperings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rmatch.testing.adversaries import Found

GENDER, WOMAN, MAN = ("gender",), ("woman",), ("man",)
READERS = (by_equations, by_whole_numbers)


def _count(people: Iterable[str], answer: tuple[str, ...], total: int) -> Statement:
    return Statement(GENDER, answer, dict.fromkeys(people, 1), total)


def _named(found: Found) -> list[str]:
    return sorted(person for person, *_ in found.answers)


def test_the_sum_of_gains_names_the_five_women_of_the_example() -> None:
    matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    gains = {
        person.id: person.gain
        for person in matching.fairness().people
        if person.role == "mentee" and person.partners
    }
    women = {
        person.id
        for person in matching.people
        if person.id in gains
        and person.dimensions.get("gender") == WOMAN
        and "report" in person.consent.get("gender", ())
    }
    mean = sum(gains[person] for person in women) / len(women)
    told = [
        _count(gains, WOMAN, len(women)),
        Statement(GENDER, WOMAN, gains, round(mean * len(women))),
    ]
    assert len(women) == 5
    assert _named(by_whole_numbers(told)) == sorted(women)
    assert not by_equations(told)


@pytest.mark.parametrize("reader", READERS)
def test_two_reports_name_who_left(reader: Callable[..., Found]) -> None:
    everybody = [f"E{number}" for number in range(20)]
    told = [_count(everybody, WOMAN, 12), _count(everybody[1:], WOMAN, 11)]
    assert reader(told).answers == {("E0", GENDER, WOMAN)}
    assert not reader(told[:1])


@pytest.mark.parametrize("reader", READERS)
def test_the_tables_of_both_sides_give_away_who_is_in_one_of_them(
    reader: Callable[..., Found],
) -> None:
    everybody = [f"E{number}" for number in range(20)]
    told = [_count(everybody, WOMAN, 10), _count(everybody[6:], WOMAN, 8)]
    assert reader(told).counts == {(GENDER, WOMAN, tuple(sorted(everybody[:6])), 2)}
    assert not reader(told, k=2)


def test_only_whole_people_tell_that_everybody_without_a_partner_is_alike() -> None:
    everybody = [f"E{number:02}" for number in range(12)]
    told = [_count(everybody, WOMAN, 5), _count(everybody[:7], MAN, 7)]
    assert not by_equations(told[:1])
    assert _named(by_whole_numbers(told)) == everybody
    assert len(by_equations(told).answers) < len(everybody)


def test_sums_that_contradict_each_other_are_no_report() -> None:
    with pytest.raises(ValueError, match="contradict"):
        by_whole_numbers([_count(["E1"], WOMAN, 2)])


def test_hiding_just_enough_tells_those_who_know_the_rule() -> None:
    def publish(world: Mapping[str, tuple[str, ...] | None]) -> tuple[int | None, ...]:
        # Below 2 women are hidden, and with them the men: so whoever sees nothing knows that there is one at most.
        women = sum(answer == WOMAN for answer in world.values())
        men = sum(answer == MAN for answer in world.values())
        return (None, None) if women == 1 else (women, men)

    found = list(knowing_the_rule(publish, [["E1"], ["E2"]], [WOMAN]))
    assert {tuple(world.values()) for world, *_ in found} == {(WOMAN, WOMAN)}
    always = list(knowing_the_rule(lambda world: world["E1"] == WOMAN, [["E1"], ["E2"]], [WOMAN]))
    assert {(person, answer) for _, person, answer in always} == {("E1", WOMAN)}
    assert not list(knowing_the_rule(lambda _: None, [["E1", "E2"]], [WOMAN, MAN]))


def test_what_a_report_says_is_what_its_tables_say() -> None:
    people = rmatch.datasets.workforce(100, 60, seed=1)
    matching = rmatch.match(people, rmatch.Programme(levels=rmatch.datasets.LEVELS))
    report = matching.fairness(effect=False)
    told = list(statements(report))
    figures = [
        figure
        for table in report.groups
        for group in table.by_group
        for figure in (group.people, group.matched, group.above)
        if figure is not None
    ]
    assert [statement.total for statement in told] == figures
    for statement in told:
        holders = {
            person.id
            for person in people
            if all(
                person.dimensions.get(name) == (answer,)
                and "report" in person.consent.get(name, ())
                for name, answer in zip(statement.question, statement.answer, strict=True)
            )
        }
        assert len(holders & set(statement.weights)) == statement.total


def test_a_canary_is_heard_wherever_it_sings() -> None:
    aviary = Aviary()
    gender, name = aviary.new("gender"), aviary.new("name")
    assert escaped(aviary, "nothing", {"id": ["E1"]}) == set()
    assert escaped(aviary, {"id": [gender.upper()]}) == {"gender"}
    hidden = ValueError("hidden")
    hidden.__cause__ = KeyError(name)
    assert escaped(aviary, hidden) == {"name"}
    assert len({aviary.new(str(number)) for number in range(500)} | {gender, name}) == 502


def test_a_forgery_is_what_its_name_says() -> None:
    instance = Instance.of([[4, 1], [2, 4]])
    honest = Certified([(0, 0), (1, 1)], [2, 0], [2, 4], 3)
    prices: dict[str, Callable[[float, float], bool]] = {
        "honest": lambda price, true: price == true,
        "high": lambda price, true: price > true + 8,
        "enormous": lambda price, _: price >= 2**62,
        "negative enormous": lambda price, _: price <= -(2**62),
        "low": lambda price, true: price < true - 8,
        "no": lambda price, _: price == 0,
        "infinite": lambda price, _: price == float("inf"),
        "undefined": lambda price, _: isnan(price),
    }
    pairs = {"no pairs": [], "a pair less": [(1, 1)], "the worst pairs": [(0, 1), (1, 0)]}
    bonuses = {"honest": 3, "no": 0, "enormous": 2**62, "negative": -(2**62)}
    seen = set()
    for name, answer in forgeries(instance, honest):
        what, by, bonus = name.split(", ")
        assert (answer.pairs, answer.bonus) == (pairs[what], bonuses[bonus.removesuffix(" bonus")])
        told = [*answer.mentor_prices, *answer.mentee_prices]
        if by == "matching prices":
            assert sum(told) == sum(instance.points[pair] for pair in answer.pairs), name
        else:
            is_so = prices[by.removesuffix(" prices")]
            true = [*honest.mentor_prices, *honest.mentee_prices]
            assert all(map(is_so, told, true)), name
        seen.add((what, by))
    assert len(seen) == len(pairs) * (len(prices) + 1)


@dataclass(frozen=True)
class OfAllKinds:
    """A result with a field of every kind."""

    truth: bool = True
    number: int = 3
    part: Fraction = Fraction(1, 3)
    text: str = "abc"
    row: tuple[int, ...] = (1, 2)
    by_name: dict[str, int] = field(default_factory=lambda: {"a": 1, "b": 2})
    array: Any = field(default_factory=lambda: np.array([1, 2], np.int64))


ANY = {"nothing", "a text", "no number"}
NEAR = {"one more", "one less", "the negative", "far more", "very far more", "zero"}
NEAR |= {"another kind of number"}
CLASS = "the same, of a class of somebody else's"
CHANGES = {
    "truth": {"the opposite"},
    "number": NEAR | {CLASS},
    "part": NEAR,
    "text": {"more text", "no text", "the text turned", "a known word", CLASS},
    "row": {"empty", "turned", "doubled", "an entry less", "an entry twice", "two entries swapped"}
    | {"another kind of row", CLASS}
    | NEAR,
    "by_name": {"empty", "an entry less", "the entries turned", CLASS} | NEAR,
    "array": {"turned", "another kind of entries", "another shape", "entries less", "one more"}
    | {"one less", "far more", "too much", "all far more", CLASS},
}
"""What rows and dicts have beside their own changes is done to one of their entries."""


def test_every_kind_of_value_is_changed_in_every_way() -> None:
    before, seen = OfAllKinds(), defaultdict[str, set[str]](set)
    for each in tamperings(before, seed=1, count=4_000):
        seen[each.field].add(each.change)
        told = repr(each.result) != repr(before)
        assert told or each.change in {CLASS, "another kind of entries"}, each
    assert {kind: changes - ANY for kind, changes in seen.items()} == CHANGES
    assert all(changes >= ANY for changes in seen.values())
    assert repr(before) == repr(OfAllKinds())
