"""The smallest fix: as cheap as brute force and as an integer programme say, and followed to the letter it holds."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

import rmatch
from rmatch.advice import Catalogue, Scenario, smallest_fix, what_if
from rmatch.advice.applied import applied
from rmatch.advice.given_up import scenario_of
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import Request, Requests
from rmatch.rounds import Search, least_for_several, seekers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.matching import Matching

RULES = {
    "shared_language": {},
    "overlapping_hours": {"minutes": 60},
    "covers_a_want": {},
    "other_site": {},
}
OPEN = Catalogue(
    capacities=2,
    hours=3,
    topics=2,
    languages=3,
    locks=4,
    rules={"other_site": 5, "covers_a_want": 4},
)
CHEAP_RULES = Catalogue(
    capacities=6, hours=9, topics=9, languages=9, rules=dict(zip(RULES, (2, 3, 2, 2), strict=True))
)
ROLES = ("mentor", "mentee")


def drawn_round(seed: int, mentors: int, mentees: int) -> Matching:
    """Return a matching of people who can hardly meet: few languages, hours, topics and sites."""
    chance = np.random.default_rng(seed)

    def some(values: list[str], most: int) -> list[str]:
        return sorted(chance.choice(values, chance.integers(0, most + 1), replace=False).tolist())

    rows = []
    for role, count in zip(ROLES, (mentors, mentees), strict=True):
        for number in range(count):
            row: dict[str, Any] = {"id": f"{role[-1].upper()}{number}", "role": role}
            row |= {
                "languages": some(["en", "de", "fr"], 2),
                "site": str(chance.choice(["A", "B", "C"])),
            }
            row["hours"] = str(chance.choice(["08:00-12:00", "13:00-17:00", "18:00-20:00"]))
            row["time_zone"] = "+00:00"
            row["offers" if role == "mentor" else "wants"] = some(["ai", "go", "sql"], 2)
            row[f"{role}_capacity"] = int(chance.choice([0, 1, 1, 2]))
            rows.append(row)
    people = rmatch.read_people(rows)
    plain = rmatch.match(people, rmatch.read_programme({"rules": RULES}))
    locks = tuple(Request(one.mentor, one.mentee, "lock") for one in plain.pairs[:1])
    return rmatch.match(people, plain.programme, Requests(locks))


def items_of(matching: Matching, catalogue: Catalogue) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go through all single things that may give, as changes with their costs."""
    people = matching.people
    for person in people:
        who = person.id
        capacity = getattr(person, f"{person.role}_capacity")
        if catalogue.capacities:
            yield catalogue.capacities, {"change": {who: {f"{person.role}_capacity": capacity + 1}}}
        if catalogue.hours:
            yield catalogue.hours, {"change": {who: {"hours": "00:00-24:00"}}}
        for language in {"en", "de", "fr"} - {*person.languages}:
            if catalogue.languages:
                new = [*person.languages, language]
                yield catalogue.languages, {"change": {who: {"languages": new}}}
        for topic in {"ai", "go", "sql"} - {*person.wants}:
            if catalogue.topics and person.role == "mentee":
                yield catalogue.topics, {"change": {who: {"wants": {**person.wants, topic: 1}}}}
    for rule, cost in catalogue.rules.items():
        yield cost, {"programme": {"rules": {rule: False}}}
    if catalogue.locks:
        for lock in matching.requests.of_kind("lock"):
            yield catalogue.locks, {"withdraw": [lock]}


def together(changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"change": {}, "programme": {"rules": {}}, "withdraw": []}
    for one in changes:
        for who, new in one.get("change", {}).items():
            for column, value in new.items():
                known = found["change"].setdefault(who, {}).get(column)
                both = [*known, *value] if isinstance(known, list) else value
                found["change"][who][column] = (
                    {**known, **value} if isinstance(known, dict) else both
                )
        found["programme"]["rules"] |= one.get("programme", {}).get("rules", {})
        found["withdraw"] += one.get("withdraw", [])
    return found


def works(matching: Matching, changes: dict[str, Any], whom: tuple[str, str]) -> bool:
    """Tell whether after some changes everybody who had a partner and one more can have one at once."""
    placed = {(pair[side], ROLES[side]) for pair in matching.id_pairs for side in (0, 1)}
    for who, role in {*placed, whom}:
        changes["change"].setdefault(who, {})[f"{role}_minimum"] = 1
    now = applied(Scenario(**changes), matching.people, matching.programme, matching.requests)
    try:
        rmatch.match(now.people, now.programme, now.requests)
    except InfeasibleError:
        return False
    return True


def cheapest_of_all(
    matching: Matching, catalogue: Catalogue, whom: tuple[str, str], most: int
) -> int:
    """Return the least cost below a bound of any set of things that give, one set after the other."""
    items = list(items_of(matching, catalogue))
    sets = [
        (sum(cost for cost, _ in chosen), [one for _, one in chosen])
        for size in range(3)
        for chosen in combinations(items, size)
        if sum(cost for cost, _ in chosen) < most
    ]
    for cost, changes in sorted(sets, key=lambda one: one[0]):
        if works(matching, together(changes), whom):
            return cost
    return most


@examples(3)
@given(st.integers(0, 10**6))
def test_nothing_cheaper_does_in_small_rounds(seed: int) -> None:
    matching = drawn_round(seed, 2, 2)
    for whom in seekers(matching)[:1]:
        try:
            fix = smallest_fix(matching, whom[0], catalogue=OPEN)
        except InfeasibleError:
            assert cheapest_of_all(matching, OPEN, whom, 5) == 5
            continue
        assert fix.cost == fix.bound == sum(give.cost for give in fix.gives)
        assert cheapest_of_all(matching, OPEN, whom, min(fix.cost, 5)) == min(fix.cost, 5)


def by_integers(matching: Matching, catalogue: Catalogue, *whom: tuple[str, str]) -> int | None:
    """Return the least cost by an integer programme over all pairs and all that may give."""
    scores, openings = matching.scores, Search.of(matching, catalogue).openings
    cohort, (mentors, mentees) = scores.cohort, scores.shape
    costs: list[int] = [0] * (mentors * mentees)
    items: dict[Any, int] = {}

    def item(key: Any, cost: int) -> int:
        if key not in items:
            items[key] = len(costs)
            costs.append(cost)
        return items[key]

    rows: list[tuple[dict[int, int], float, float]] = []
    locked = {*matching.locked_cells}
    for i in range(mentors):
        for j in range(mentees):
            x = i * mentees + j
            if (i, j) in locked:
                rows.append(({x: 1, item(("lock", i, j), catalogue.locks or 10**6): 1}, 1, 2))
                continue
            if openings.never[i, j]:
                rows.append(({x: 1}, 0, 0))
            for each in openings.reasons:
                if not each.forbids[i, j]:
                    continue
                may = {x: -1}
                if each.name in catalogue.rules:
                    may[item(each.name, catalogue.rules[each.name])] = 1
                teaches, wants = scores.mentors[i], scores.mentees[j]
                for who, other, able in (
                    (teaches, wants, each.by_mentor[i, j]),
                    (wants, teaches, each.by_mentee[i, j]),
                ):
                    for what in taken_on(matching, each.name, other) if able else ():
                        may[item((each.name, who, what), each.cost)] = 1
                rows.append((may, 0, 10**6))
    placed = {(pair[side], ROLES[side]) for pair in matching.id_pairs for side in (0, 1)} | {*whom}
    for side, ids in zip(ROLES, (scores.mentors, scores.mentees), strict=True):
        for place, who in enumerate(ids):
            own = range(place * mentees, place * mentees + mentees)
            if side == "mentee":
                own = range(place, mentors * mentees, mentees)
            room = int(cohort.capacity(side)[place])  # type: ignore[arg-type]
            more = {item(("capacity", side, who), catalogue.capacities or 10**6): -1}
            rows.append((dict.fromkeys(own, 1) | more, -1, room))
            rows.append((dict.fromkeys(own, 1), int((who, side) in placed), 10**6))
    matrix = lil_array((len(rows), len(costs)))
    for number, (row, _, _) in enumerate(rows):
        for column, value in row.items():
            matrix[number, column] = value
    limits = LinearConstraint(matrix.tocsr(), [row[1] for row in rows], [row[2] for row in rows])
    found = milp(
        costs, integrality=np.ones(len(costs), np.int64), bounds=Bounds(0, 1), constraints=limits
    )
    return None if found.x is None else round(found.fun)


@pytest.mark.parametrize("catalogue", [OPEN, CHEAP_RULES])
@pytest.mark.parametrize("seed", range(3))
def test_several_cost_what_the_cheapest_of_all_choices_costs(
    seed: int, catalogue: Catalogue
) -> None:
    matching = drawn_round(300 + seed, 7, 6)
    search, asking = Search.of(matching, catalogue), seekers(matching)[:4]
    for k in (1, 2):
        found = least_for_several(search, asking, k, None)
        choices = [by_integers(matching, catalogue, *some) for some in combinations(asking, k)]
        costs = [cost for cost in choices if cost is not None]
        assert (found and found[0].cost) == min(costs, default=None)
        assert found is None or found[1] == found[0].cost
    one = search.least(asking)
    assert (one and one.cost) == min(
        (cost for who in asking if (cost := by_integers(matching, catalogue, who)) is not None),
        default=None,
    )


def test_two_more_people_followed_to_the_letter() -> None:
    matching = drawn_round(300, 7, 6)
    fix = smallest_fix(matching, k=2, catalogue=OPEN)
    assert len(fix.placed) == 2
    assert fix.cost == fix.bound
    after = what_if(matching, fix.scenario).after
    assert all(after.partners[who] for who in fix.placed)
    for side in (0, 1):
        before = {pair[side] for pair in matching.id_pairs}
        assert before <= {pair[side] for pair in after.id_pairs}
    with pytest.raises(InvalidInputError, match="k"):
        smallest_fix(matching, k=1000, catalogue=OPEN)


def taken_on(matching: Matching, rule: str, other: str) -> list[str]:
    person = matching.people.person(matching.people.id.index(other))
    return {"shared_language": [*person.languages], "covers_a_want": [*person.offers]}.get(
        rule, [""]
    )


@pytest.mark.parametrize("catalogue", [OPEN, CHEAP_RULES])
@pytest.mark.parametrize("seed", range(4))
def test_an_integer_programme_finds_nothing_cheaper_in_larger_rounds(
    seed: int, catalogue: Catalogue
) -> None:
    matching = drawn_round(seed, 14, 12)
    for whom in seekers(matching)[:3]:
        expected = by_integers(matching, catalogue, whom)
        least = Search.of(matching, catalogue).least([whom])
        assert (None if least is None else least.cost) == expected


def test_twenty_fixes_followed_to_the_letter_give_each_a_partner() -> None:
    followed = 0
    for seed in range(20):
        matching = drawn_round(100 + seed, 6, 5)
        for who, role in seekers(matching)[: 3 * (followed < 20)]:
            try:
                fix = smallest_fix(matching, who, catalogue=OPEN)
            except InfeasibleError:
                continue
            looked_at = what_if(matching, fix.scenario).after
            after = rmatch.match(looked_at.people, looked_at.programme, looked_at.requests)
            rmatch.verify(after, looked_at.people, looked_at.programme, looked_at.requests)
            for each in (looked_at, after, fix.after):
                assert fix.placed == (who,)
                assert (
                    any(who == pair[ROLES.index(role)] for pair in each.id_pairs)
                    or each.partners[who]
                )
                for side in (0, 1):
                    before = {pair[side] for pair in matching.id_pairs}
                    assert before <= {pair[side] for pair in each.id_pairs}
            followed += 1
    assert followed >= 20


def test_no_part_of_a_fix_is_enough() -> None:
    seen = 0
    for seed in range(6):
        matching = drawn_round(200 + seed, 4, 3)
        search = Search.of(matching, OPEN)
        for whom in seekers(matching):
            least = search.least([whom])
            if least is None or len(least.gives) < 2:
                continue
            seen += 1
            for left_out in least.gives:
                part = [one for one in least.gives if one is not left_out]
                changes = scenario_of(matching, part, ())
                mapping = {"change": {**changes.change}, "programme": changes.programme}
                assert not works(matching, mapping | {"withdraw": changes.withdraw}, whom)
    assert seen > 2


MATCHING = rmatch.match(rmatch.datasets.example())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"person": "E99"}, "nobody has the id"),
        ({"person": "E17"}, "has a partner already"),
        ({"person": []}, "is nobody"),
        ({"catalogue": {}}, "nothing may give"),
        ({"catalogue": {"capacity": 1}}, "did you mean 'capacities'"),
        ({"catalogue": {"capacities": 0}}, "capacities"),
        ({"catalogue": {"rules": {"exclude": 1}}}, "an exclusion is never given up"),
        ({"catalogue": {"rules": {"other_side": 1}}}, "the programme has no such rule"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInputError, match=told):
        smallest_fix(MATCHING, **asked)


def test_nothing_gives_where_only_an_exclusion_stands_in_the_way() -> None:
    rows = [{"id": "a", "role": "mentor", "years": 1}, {"id": "b", "role": "mentee", "years": 20}]
    matching = rmatch.match(
        rmatch.read_people(rows), requests=Requests((Request("a", "b", "exclude"),))
    )
    everything = Catalogue(capacities=1, hours=1, topics=1, languages=1, locks=1, minimums=1)
    with pytest.raises(InfeasibleError, match="nothing in the catalogue gives a a partner"):
        smallest_fix(matching, "a", catalogue=everything)


def test_quotas_are_refused_and_a_threshold_and_a_minimum_can_give() -> None:
    programme = rmatch.Programme(min_points=1_000_000)
    matching = rmatch.match(MATCHING.people, programme)
    fix = smallest_fix(matching, catalogue={"min_points": 7})
    assert [give.kind for give in fix.gives] == ["min_points"]
    rows = [
        {"id": "a", "role": "mentor", "years": 1},
        {"id": "b", "role": "mentor", "years": 2},
        {"id": "x", "role": "mentee", "years": 20, "mentee_capacity": 2, "mentee_minimum": 2},
        {"id": "y", "role": "mentee", "years": 30},
    ]
    both = rmatch.match(rmatch.read_people(rows))
    fix = smallest_fix(both, "y", catalogue={"minimums": 1})
    assert [give.sentence for give in fix.gives] == ["x may get one mentor less than now"]
    assert fix.after.partners["y"]
