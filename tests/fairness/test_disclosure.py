"""Whoever tries to read answers out of reports finds nothing: alone, in pairs, with leavers, knowing the rule."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import settings

import rmatch
import rmatch.fairness.groups.outcomes
from rmatch.fairness.gains import Gains
from rmatch.fairness.groups.disclosure import tell
from rmatch.fairness.groups.tables import group_tables
from rmatch.testing.adversaries import (
    by_equations,
    by_whole_numbers,
    knowing_the_rule,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rmatch.fairness import Fairness
    from rmatch.testing.adversaries import Found

    Rounds = list[dict[str, dict[str, int]]]

ROOT = Path(__file__).parents[2]
SURVEY = ROOT.parent / "shared" / "data" / "stackoverflow2025.csv"
HERE = ROOT / "examples" / "stackoverflow"
BUDGET = settings().max_examples
"""Rounds for the readers, instances for whoever knows the rule: 40, in a thorough run 200 …"""
RANDOM_ROUNDS = BUDGET * 3 // 2 if BUDGET > 40 else 12
"""… which makes the 300 rounds that were asked for."""


def _workforce(seed: int) -> rmatch.People:
    dice = random.Random(seed)
    mentors, mentees = (dice.choice([8, 20, 40, 60, 100]) for _ in range(2))
    people = rmatch.datasets.workforce(mentors, mentees, seed=seed)
    if seed % 3 == 0:
        # Everybody, or some, in both roles.
        keep = np.array([dice.random() < (seed % 2 or 0.3) for _ in range(len(people))])
        people = replace(people, role=np.where(keep, np.uint8(3), people.role))
    return people


def _programme(k: int = 5, **more: Any) -> rmatch.Programme:
    return rmatch.Programme(levels=rmatch.datasets.LEVELS, rules=(), smallest_group=k, **more)


def _report(matching: rmatch.Matching, *since: rmatch.Matching) -> Fairness:
    return matching.fairness(since=since, effect=False)


def _read(*reports: Fairness) -> Iterator[Found]:
    published = [statement for report in reports for statement in statements(report)]
    least = min(report.smallest for report in reports)
    yield by_equations(published, least)
    yield by_whole_numbers(published, least)


def _without(people: rmatch.People, number: int, dice: random.Random) -> rmatch.People:
    left = set(dice.sample(range(len(people)), number))
    staying = (person for at, person in enumerate(people) if at not in left)
    return rmatch.read_people([replace(person, manager_id=None) for person in staying])


def test_nothing_is_found_in_the_reports_of_the_example() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    matchings = [rmatch.match(people, replace(programme, smallest_group=k)) for k in (3, 4, 5)]
    assert not any(_read(*map(_report, matchings)))


@pytest.mark.skipif(not SURVEY.is_file(), reason="the shared data sets are not on this machine")
def test_nothing_is_found_in_the_reports_of_the_survey() -> None:
    people = rmatch.read_people(SURVEY, mapping=HERE / "mapping.toml")
    programme = rmatch.read_programme(HERE / "programme.toml")
    first = rmatch.match(people, programme)
    later = rmatch.match(_without(people, 1, random.Random(1)), programme)
    assert not any(_read(_report(first)))
    assert not any(_read(_report(first), _report(later, first)))


@pytest.mark.parametrize("seed", range(RANDOM_ROUNDS))
def test_nothing_is_found_in_the_reports_of_a_round(seed: int) -> None:
    dice = random.Random(seed)
    people, k = _workforce(seed), dice.choice([3, 5])
    crossed = (("gender", "ethnicity"),) if seed % 4 == 0 else ()
    first = rmatch.match(people, _programme(k, crossed=crossed))
    stricter = rmatch.match(people, _programme(10, crossed=crossed))
    fewer = rmatch.match(_without(people, dice.choice([1, 2, 6]), dice), _programme(k))
    again = rmatch.match(people, _programme(k), seed="again")
    assert not any(_read(_report(first)))
    # Two thresholds of one round need no warning.
    assert not any(_read(_report(first), _report(stricter)))
    assert not any(_read(_report(first), _report(fewer, first)))
    assert not any(_read(_report(first), _report(fewer, first), _report(again, first, fewer)))


@pytest.mark.parametrize("seed", range(BUDGET))
def test_whoever_knows_the_rule_finds_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All answers that people could have, in small rounds: what looks the same is compared."""
    dice = random.Random(seed)
    monkeypatch.setattr(rmatch.fairness.groups.outcomes, "LARGE", dice.choice([0, 1, 2, 4]))
    k = dice.choice([2, 2, 2, 3])
    while True:
        rounds, answers = _rounds(dice), [("a",), ("b",), ("c",)][: dice.randint(1, 3)]
        alike = _alike(rounds)
        # Up to exchanges: the ways to give so many people one of the answers or none.
        worlds = math.prod(math.comb(len(kind) + len(answers), len(answers)) for kind in alike)
        if worlds < 4000:
            break
    found = next(knowing_the_rule(_publisher(rounds, k), alike, answers), None)
    assert found is None, (rounds, k, found)


def test_the_rule_tells_something_in_such_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rmatch.fairness.groups.outcomes, "LARGE", 1)
    seen: Counter[int] = Counter()
    for seed in range(300):
        dice = random.Random(seed)
        rounds = _rounds(dice)
        people = sorted({person for one in rounds for own in one.values() for person in own})
        world = {person: (dice.choice("ab"),) for person in people}
        seen[sum(map(bool, _publisher(rounds, 2)(world)))] += 1
    assert min(seen[1], seen[2], seen[3]) > 3


def _rounds(dice: random.Random) -> Rounds:
    """Draw a round, and later ones in which a block of people left, joined, fared differently or changed their role."""
    size = dice.choice([6, 8, 10, 12, 14, 16])
    outcomes = dice.choice([[0, 2], [1, 2], [0, 1, 2], [1]])
    everybody = [f"E{at:02}" for at in range(size)]
    first = {
        person: outcomes[at * len(outcomes) // size] if size % 4 else dice.choice(outcomes)
        for at, person in enumerate(everybody)
        if dice.random() < 0.95
    }
    rounds: Rounds = [{"mentor": first}]
    for _ in range(dice.choice([0, 1, 1, 2])):
        now = {side: dict(own) for side, own in rounds[-1].items()}
        begin, length = dice.randrange(size), dice.choice([1, 2, 2, 3, 4, size // 2])
        act = dice.choice(["leave", "move", "role", "join"])
        for person in everybody[begin : begin + length]:
            side = next((side for side, own in now.items() if person in own), None)
            if side is None and act == "join":
                now.setdefault("mentor", {})[person] = outcomes[0]
            elif side is not None and act != "join":
                del now[side][person]
                if act != "leave":
                    other = "mentee" if act == "role" else side
                    now.setdefault(other, {})[person] = outcomes[-1]
        rounds.append({side: own for side, own in now.items() if own})
    return rounds


def _alike(rounds: Rounds) -> list[list[str]]:
    kinds: dict[Any, list[str]] = defaultdict(list)
    for person in sorted({person for one in rounds for own in one.values() for person in own}):
        known = tuple(
            tuple((side, own[person]) for side, own in one.items() if person in own)
            for one in rounds
        )
        kinds[known].append(person)
    return list(kinds.values())


def _publisher(rounds: Rounds, k: int) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    def publish(world: Mapping[str, Any]) -> tuple[Any, ...]:
        reports: list[Any] = []
        for one in rounds:
            reports.append(tell(world, one, [told for told in reports if told], k))
        return tuple(
            told and frozenset(_page(told, one)) for told, one in zip(reports, rounds, strict=True)
        )

    return publish


def _page(told: Any, populations: Mapping[str, Mapping[str, int]]) -> Iterator[Any]:
    for side, own in populations.items():
        classes = (
            (told.splits[side].classes[outcome], told.answers[who]) for who, outcome in own.items()
        )
        counts = Counter(each for each in classes if each[1] in told.shown[side])
        yield from ((side, *each, count) for each, count in counts.items())


def test_what_a_stricter_report_shows_a_looser_one_shows_as_well() -> None:
    for seed in range(3):
        matching = rmatch.match(rmatch.datasets.workforce(120, 90, seed=seed), _programme(3))
        loose, strict = (
            group_tables(
                Gains.of(replace(matching.scores, programme=_programme(k)), matching.id_pairs)
            )
            for k in (3, 8)
        )
        for one, other in zip(loose, strict, strict=True):
            assert set(other.by_group) <= set(one.by_group)


def test_a_table_is_withheld_where_one_person_left(tmp_path: Path) -> None:
    people, programme = rmatch.datasets.workforce(60, 60, seed=1), _programme()
    first = rmatch.match(people, programme)
    later = rmatch.match(_without(people, 1, random.Random(3)), programme)
    alone, beside = _report(later), _report(later, first)
    assert any(table.by_group for table in alone.groups)
    withheld = [table for table in beside.groups if table.notes]
    assert withheld
    assert not any(table.by_group for table in withheld)
    assert "Withheld: too few people came, went" in str(beside).replace("\n  ", " ")
    beside.to_json(tmp_path / "report.json")
    assert "withheld" in (tmp_path / "report.json").read_text("utf-8")


def test_the_same_round_again_shows_the_same() -> None:
    first = rmatch.match(rmatch.datasets.workforce(100, 60, seed=1), _programme())
    assert _report(first, first).groups == _report(first).groups
    assert _report(first, first, first) == _report(first, first)


def test_the_same_answers_crossed_in_another_way_are_withheld() -> None:
    people = rmatch.datasets.workforce(100, 60, seed=1)
    first = rmatch.match(people, _programme())
    crossed = rmatch.match(people, _programme(crossed=[["gender", "ethnicity"]]))
    table = _report(crossed, first).table("mentor", "gender", "ethnicity")
    assert (table.by_group, len(table.notes)) == ((), 1)
    assert _report(crossed, first).table("mentor", "education").by_group


def test_new_people_are_reported_on_beside_an_earlier_round() -> None:
    programme = _programme()
    first = rmatch.match(rmatch.datasets.workforce(100, 60, seed=1), programme)
    new = [
        replace(person, id=f"N{person.id}", manager_id=None)
        for person in rmatch.datasets.workforce(90, 80, seed=2)
    ]
    later = rmatch.match(rmatch.read_people(new), programme)
    assert _report(later, first).groups == _report(later).groups
