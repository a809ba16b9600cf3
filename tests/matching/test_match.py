"""The matching: what always holds of it, and that nothing better exists."""

from __future__ import annotations

import csv
import itertools
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Diversity, Expertise, Matrix, Reach
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.formulas import Facts, Lines, broken_rules
from rmatch.people import ROLES, Request, Requests, people_of
from rmatch.rules import NoRepeat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.programme import Programme

Round = tuple["People", "Programme", Requests]
PLACES = ("without_protected", "with_protected")


class Instance:
    """A round as the scalar formulas see it, solved by trying everything."""

    def __init__(self, people: People, programme: Programme, requests: Requests) -> None:
        self.facts = Facts(people, programme, requests)
        self.programme = programme
        lines = Lines(self.facts)
        self.mentors, self.mentees = self.facts.mentors, self.facts.mentees
        pairs = list(itertools.product(self.mentors, self.mentees))
        self.points = {pair: lines.points(*pair) for pair in pairs}
        self.blind = {pair: lines.blind_points(*pair) for pair in pairs}
        self.locks = {(lock.mentor, lock.mentee) for lock in requests.of_kind("lock")}
        self.basis = self.points if programme.places == "with_protected" else self.blind
        least = programme.min_points
        self.open = {
            pair
            for pair in pairs
            if not broken_rules(self.facts, *pair) and (least is None or self.basis[pair] >= least)
        }
        self.room = {(side, who): self.facts.capacity(who, side) for side, who in self.everybody}
        self.least = {
            (side, who): getattr(programme, f"{side}_minimum") for side, who in self.everybody
        }

    @property
    def everybody(self) -> list[tuple[str, str]]:
        return [("mentor", who) for who in self.mentors] + [("mentee", who) for who in self.mentees]

    def best(
        self,
        points: Mapping[tuple[str, str], int],
        *,
        most: bool,
        exactly: Counter[tuple[str, str]] | None = None,
    ) -> tuple[int, int] | None:
        """Return the number of pairs and the total of the best matching, nothing if there is no matching.

        Goes mentor by mentor through all sets of mentees; of the ways to have used the mentees' places alike only the best
        is kept. With `exactly`, everybody has just so many partners.
        """
        room, least = (exactly, exactly) if exactly is not None else (self.room, self.least)
        states: dict[tuple[int, ...], tuple[int, int]] = {(0,) * len(self.mentees): (0, 0)}
        for mentor in self.mentors:
            fresh: dict[tuple[int, ...], tuple[int, int]] = {}
            for chosen in self._sets(mentor, least["mentor", mentor], room["mentor", mentor]):
                worth = sum(points[mentor, self.mentees[place]] for place in chosen)
                for used, (count, total) in states.items():
                    now = tuple(times + (place in chosen) for place, times in enumerate(used))
                    if all(
                        times <= room["mentee", who]
                        for times, who in zip(now, self.mentees, strict=True)
                    ):
                        found = (count + len(chosen), total + worth)
                        fresh[now] = max(
                            fresh.get(now, found),
                            found,
                            key=lambda pair: self._rank(pair, most=most),
                        )
            states = fresh
        ends = [
            found
            for used, found in states.items()
            if all(
                times >= least["mentee", who] for times, who in zip(used, self.mentees, strict=True)
            )
        ]
        return max(ends, key=lambda pair: self._rank(pair, most=most), default=None)

    def _sets(self, mentor: str, least: int, room: int) -> list[tuple[int, ...]]:
        forced = {
            place for place, mentee in enumerate(self.mentees) if (mentor, mentee) in self.locks
        }
        free = [
            p
            for p, mentee in enumerate(self.mentees)
            if (mentor, mentee) in self.open and p not in forced
        ]
        return [
            tuple(forced | set(more))
            for size in range(len(free) + 1)
            for more in itertools.combinations(free, size)
            if least <= size + len(forced) <= room
        ]

    def _rank(self, found: tuple[int, int], *, most: bool) -> tuple[int, int]:
        return found if most else (found[1], 0)


def ids(matching: Matching) -> set[tuple[str, str]]:
    return {(pair.mentor, pair.mentee) for pair in matching.pairs}


def places(matching: Matching) -> Counter[tuple[str, str]]:
    """Return how many partners everybody has in each role."""
    return Counter(
        [("mentor", pair.mentor) for pair in matching.pairs]
        + [("mentee", pair.mentee) for pair in matching.pairs]
    )


def written(matching: Matching, folder: Path) -> str:
    matching.to_json(folder / "result.json")
    return (folder / "result.json").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("results")


# Whatever is asked for.


@examples(60)
@given(strategies.rounds(places=PLACES), strategies.seeds())
def test_no_rule_is_broken_and_nobody_has_too_many_partners(drawn: Round, seed: int | str) -> None:
    matching = rmatch.match(*drawn, seed=seed)
    instance = Instance(*drawn)
    assert len(ids(matching)) == len(matching.pairs)
    assert ids(matching) <= instance.open | instance.locks
    assert all(count <= instance.room[who] for who, count in places(matching).items())
    assert all(pair.points == instance.points[pair.mentor, pair.mentee] for pair in matching.pairs)
    assert matching.total == sum(pair.points for pair in matching.pairs)
    assert {(pair.mentor, pair.mentee) for pair in matching.pairs if pair.locked} == instance.locks


def is_best(drawn: Round, seed: int | str = 0) -> None:
    """Check a matching against everything else that is possible.

    Where protected attributes count, the places come first and the pairing of those who have them second.
    """
    instance, most = Instance(*drawn), drawn[1].participation == "most"
    best = instance.best(instance.basis, most=most)
    if best is None:
        with pytest.raises(InfeasibleError):
            rmatch.match(*drawn)
        return
    matching = rmatch.match(*drawn, seed=seed)
    assert ids(matching) <= instance.open | instance.locks
    whose = Counter({who: places(matching)[who] for who in instance.everybody})
    by_basis, by_points = (
        instance.best(points, most=most, exactly=whose)
        for points in (instance.basis, instance.points)
    )
    assert by_basis is not None
    assert by_points == (len(matching.pairs), matching.total)
    assert by_basis == best if most else by_basis[1] == best[1]


@examples(50)
@given(strategies.rounds(max_mentors=3, max_mentees=3, minimums=True, places=PLACES))
def test_nothing_better_exists(drawn: Round) -> None:
    is_best(drawn)


@examples(300)
@given(strategies.bare_rounds(minimums=True, places=PLACES), strategies.seeds())
def test_nothing_better_exists_among_many_ties(drawn: Round, seed: int | str) -> None:
    is_best(drawn, seed)


@examples(45)
@given(strategies.rounds(places=PLACES))
def test_there_are_as_many_pairs_as_possible(drawn: Round) -> None:
    """The number is that of a maximum flow from mentors to mentees."""
    people, programme, requests = drawn
    drawn = people, replace(programme, participation="most"), requests
    instance = Instance(*drawn)
    locked = Counter(("mentor", mentor) for mentor, _ in instance.locks)
    locked += Counter(("mentee", mentee) for _, mentee in instance.locks)
    network: nx.DiGraph[Any] = nx.DiGraph()
    network.add_nodes_from(("source", "sink"))
    for who, room in instance.room.items():
        ends = ("source", who) if who[0] == "mentor" else (who, "sink")
        network.add_edge(*ends, capacity=room - locked[who])
    for mentor, mentee in instance.open - instance.locks:
        network.add_edge(("mentor", mentor), ("mentee", mentee), capacity=1)
    flow = nx.maximum_flow_value(network, "source", "sink")
    assert len(rmatch.match(*drawn).pairs) == flow + len(instance.locks)


@examples(35)
@given(st.data())
def test_the_order_of_rows_changes_nothing(data: st.DataObject) -> None:
    records = data.draw(strategies.records())
    people = rmatch.read_people(records)
    programme, requests = (
        data.draw(strategies.programmes(places=PLACES)),
        data.draw(strategies.requests(people)),
    )
    seed = data.draw(strategies.seeds())
    shuffled = rmatch.read_people(data.draw(st.permutations(records)))
    reordered = replace(
        programme,
        criteria=tuple(data.draw(st.permutations(programme.criteria))),
        rules=tuple(data.draw(st.permutations(programme.rules))),
    )
    turned = Requests(tuple(data.draw(st.permutations(requests.rows))))
    one = rmatch.match(people, programme, requests, seed=seed)
    other = rmatch.match(shuffled, programme, turned, seed=seed)
    assert (one.pairs, one.total, one.unmatched) == (other.pairs, other.total, other.unmatched)
    assert rmatch.match(people, reordered, requests, seed=seed).pairs == one.pairs


@examples(35)
@given(strategies.rounds(places=PLACES))
def test_seeds_decide_ties_only(drawn: Round) -> None:
    """Another seed may give other people the places, but no better or worse ones."""
    one, other = (rmatch.match(*drawn, seed=seed) for seed in ("spring", "autumn"))
    instance = Instance(*drawn)
    worths = [sum(instance.basis[pair] for pair in ids(matching)) for matching in (one, other)]
    if drawn[1].places == "with_protected" or instance.points == instance.blind:
        assert worths[0] == worths[1]
        assert one.total == other.total
    if drawn[1].participation == "most":
        assert len(one.pairs) == len(other.pairs)


@examples(35)
@given(st.data())
def test_forbidding_a_pair_never_helps(data: st.DataObject) -> None:
    people, programme, requests = data.draw(
        strategies.rounds(places=("with_protected",), locks=False)
    )
    before = rmatch.match(people, programme, requests)
    mentor, mentee = (
        people.id[data.draw(st.sampled_from(side.tolist()))]
        for side in (people.mentors, people.mentees)
    )
    if mentor == mentee:
        return
    after = rmatch.match(
        people, programme, Requests((*requests.rows, Request(mentor, mentee, "exclude")))
    )
    if programme.participation == "most":
        assert (len(after.pairs), after.total) <= (len(before.pairs), before.total)
    else:
        assert after.total <= before.total
    if not {(mentor, mentee), (mentee, mentor)} & ids(before):
        assert after.pairs == before.pairs


@examples(30)
@given(strategies.rounds(), st.sampled_from((2, 3, 0.1, 7, 1000)))
def test_only_the_proportions_of_weights_count(drawn: Round, factor: float) -> None:
    people, programme, requests = drawn
    scaled = tuple(
        criterion
        if criterion.weight is None
        else replace(criterion, weight=factor * criterion.weight)  # type: ignore[type-var]
        for criterion in programme.criteria
    )
    assert (
        rmatch.match(people, replace(programme, criteria=scaled), requests).pairs
        == rmatch.match(*drawn).pairs
    )


# Privacy and fairness.


@examples(35)
@given(st.data())
def test_what_was_not_released_for_matching_changes_nothing(
    folder: Path, data: st.DataObject
) -> None:
    """Every such cell gets another answer, before reading; not one letter of the result differs."""
    records = data.draw(strategies.records())
    people = rmatch.read_people(records)
    programme, requests = (
        data.draw(strategies.programmes(places=PLACES)),
        data.draw(strategies.requests(people)),
    )
    changed = [
        person
        | {
            f"dimension:{name}": data.draw(strategies.values_of(name))
            for name in strategies.ANSWERS
            if "match" not in person[f"consent:{name}"]
        }
        for person in records
    ]
    texts = [
        written(rmatch.match(each, programme, requests), folder)
        for each in (people, rmatch.read_people(changed))
    ]
    assert texts[0] == texts[1]
    findings = [
        list(rmatch.check(each, programme, requests))
        for each in (people, rmatch.read_people(changed))
    ]
    assert findings[0] == findings[1]


@examples(60)
@given(st.data())
def test_protected_answers_never_decide_who_gets_a_place(data: st.DataObject) -> None:
    """Whatever everybody answers, or nobody: the same people have as many partners as before."""
    records = data.draw(strategies.records())
    people = rmatch.read_people(records)
    programme, requests = data.draw(strategies.programmes()), data.draw(strategies.requests(people))
    protected = [name for name in strategies.ANSWERS if name not in programme.unprotected]
    if data.draw(st.booleans()):
        changed = [
            person
            | {f"dimension:{name}": data.draw(strategies.values_of(name)) for name in protected}
            for person in records
        ]
    else:
        order = data.draw(st.permutations(records))
        cells = [f"{part}:{name}" for name in protected for part in ("dimension", "consent")]
        changed = [
            person | {cell: other[cell] for cell in cells}
            for person, other in zip(records, order, strict=True)
        ]
    one, other = (
        rmatch.match(each, programme, requests) for each in (people, rmatch.read_people(changed))
    )
    assert places(one) == places(other)
    assert [(person.id, person.role, person.code) for person in one.unmatched] == [
        (person.id, person.role, person.code) for person in other.unmatched
    ]


@examples(200)
@given(st.data())
def test_protected_points_never_decide_who_gets_a_place(data: st.DataObject) -> None:
    people, programme, requests = data.draw(strategies.bare_rounds())
    one = rmatch.match(people, programme, requests)
    other = rmatch.match(people, data.draw(strategies.regrouped(programme)), requests)
    assert places(one) == places(other)
    assert one.unmatched == other.unmatched


def worth_and_group(
    worth: list[list[int]], group: list[list[int]], **chosen: Any
) -> set[tuple[str, str]]:
    """Match mentors a, b … and mentees x, y … by given points, those of `group` being protected."""
    mentors, mentees = list("abc"[: len(worth)]), list("xyz"[: len(worth[0])])
    people = rmatch.read_people(
        [{"id": one, "role": "mentor"} for one in mentors]
        + [{"id": one, "role": "mentee"} for one in mentees]
    )
    criteria = (
        Custom("worth", Matrix(worth, mentors, mentees)),
        Custom("group", Matrix(group, mentors, mentees), protected=True),
    )
    return ids(rmatch.match(people, rmatch.Programme(criteria=criteria, rules=(), **chosen)))


def test_min_points_hold_for_the_pairing_as_well_as_for_the_places() -> None:
    """Who has a place would rather meet the other one, but for fewer points than are asked for."""
    worth, group = [[10, 1], [1, 10], [0, 0]], [[0, 100], [100, 0], [0, 0]]
    assert worth_and_group(worth, group) == {("a", "y"), ("b", "x")}
    assert worth_and_group(worth, group, min_points=5) == {("a", "x"), ("b", "y")}


def test_as_many_places_on_both_sides_need_not_mean_a_place_for_everybody() -> None:
    """Nobody may meet y; a is worth more to x, and b only for the group."""
    assert worth_and_group([[10, 0], [9, 0]], [[0, 0], [100, 0]], min_points=5) == {("a", "x")}


def test_people_hold_no_answer_without_consent() -> None:
    """Not even those that never went through a reader."""
    answers = {"group": [("x",), ("y",), ("z",)]}
    people = people_of(
        {"id": "abc", "role": [1, 1, 2], "dimensions": answers, "consent": {"group": [0, 2, 1]}}
    )
    assert [people.dimensions["group"][row] for row in range(3)] == [{}, {"y": 0}, {"z": 0}]


def one_place(**chosen: Any) -> Matching:
    """Match one mentee of group x with one of two mentors: a is of group x and knows a little more, b is of y."""
    answers = {"consent:group": "match"}
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "dimension:group": "x", "offers": {"ai": 5}} | answers,
            {"id": "b", "role": "mentor", "dimension:group": "y", "offers": {"ai": 4}} | answers,
            {"id": "e", "role": "mentee", "dimension:group": "x", "wants": {"ai": 1}} | answers,
        ]
    )
    return rmatch.match(
        people, rmatch.Programme(criteria=(Expertise(1), Diversity(1)), rules=(), **chosen)
    )


def test_with_a_justification_protected_answers_may_decide() -> None:
    assert ids(one_place()) == {("a", "e")}
    justified = one_place(places="with_protected", justification="agreed with the works council")
    assert ids(justified) == {("b", "e")}
    assert justified.programme.justification == "agreed with the works council"
    assert ids(one_place(unprotected=("group",))) == {("b", "e")}


def test_min_points_are_compared_without_protected_answers() -> None:
    """The pair a–e has 500,000 points blind, b–e 400,000 and another 500,000 for being different."""
    assert ids(one_place(min_points=500_000)) == {("a", "e")}
    assert ids(one_place(min_points=500_001)) == set()
    justified = one_place(
        min_points=500_001, places="with_protected", justification="agreed with the works council"
    )
    assert ids(justified) == {("b", "e")}


def test_protected_answers_do_shape_who_meets_whom() -> None:
    """Everybody gets a place either way, and those who differ meet."""
    answers = {"consent:group": "match"}
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "dimension:group": "x"} | answers,
            {"id": "b", "role": "mentor", "dimension:group": "y"} | answers,
            {"id": "e", "role": "mentee", "dimension:group": "x"} | answers,
            {"id": "f", "role": "mentee", "dimension:group": "y"} | answers,
        ]
    )
    programme = rmatch.Programme(criteria=(Diversity(1),), rules=())
    for seed in range(10):
        assert ids(rmatch.match(people, programme, seed=seed)) == {("a", "f"), ("b", "e")}


@pytest.mark.parametrize("protected", [False, True])
def test_people_with_equal_data_have_equal_chances(protected: bool) -> None:
    """Four equal mentors, two equal mentees, 400 seeds: each mentor is expected 200 times, with a deviation of 10."""
    answer = (
        {"dimension:group": "x", "consent:group": "match", "site": "Leeds"}
        if protected
        else {"site": "Leeds"}
    )
    mentors = [{"id": f"m{number}", "role": "mentor"} | answer for number in range(4)]
    mentees = [{"id": f"e{number}", "role": "mentee"} | answer for number in range(2)]
    people = rmatch.read_people(mentors + mentees)
    programme = rmatch.Programme(
        criteria=(Reach(1), Diversity(1)) if protected else (Reach(1),), rules=()
    )
    counts: Counter[Any] = Counter()
    for seed in range(400):
        matching = rmatch.match(people, programme, seed=seed)
        counts.update(places(matching))
        counts.update(ids(matching))
    assert all(150 < counts["mentor", f"m{number}"] < 250 for number in range(4))
    assert all(
        60 < counts[f"m{number}", f"e{place}"] < 140 for number in range(4) for place in range(2)
    )


# Odd inputs.


def test_nobody_at_all_is_a_result() -> None:
    matching = rmatch.match(people_of({"id": [], "role": []}))
    assert (matching.pairs, matching.unmatched, matching.total) == ((), (), 0)
    rmatch.verify(matching)
    assert str(matching)


@pytest.mark.parametrize("role", ["mentor", "mentee", "none"])
def test_one_side_without_the_other_is_a_result_with_reasons(role: str) -> None:
    matching = rmatch.match(
        people_of({"id": ["a", "b"], "role": [ROLES[role]] * 2, "years": [1, 2]})
    )
    assert matching.pairs == ()
    codes = {"none": "takes_no_part"}.get(role, "no_allowed_partner")
    assert [(person.id, person.role, person.code) for person in matching.unmatched] == [
        ("a", role, codes),
        ("b", role, codes),
    ]
    rmatch.verify(matching)


@examples(25)
@given(strategies.people())
def test_all_forbidden_is_a_result_with_reasons(people: People) -> None:
    rules = (
        rmatch.rules.CustomRule(
            "never",
            lambda *sides: np.zeros(tuple(map(len, sides)), bool),
            lambda *_: False,
            lambda *_: "it always does",
        ),
    )
    matching = rmatch.match(people, rmatch.Programme(rules=rules))
    assert matching.pairs == ()
    roles = {person.role for person in matching.unmatched}
    assert {"mentor", "mentee"} <= roles
    for person in matching.unmatched:
        if person.code == "no_allowed_partner" and person.rules:
            assert "never" in person.rules


def test_who_plays_both_roles_has_a_capacity_in_each_and_never_meets_themselves() -> None:
    records = [{"id": name, "role": "both"} for name in "abc"]
    people = rmatch.read_people(records)
    programme = rmatch.Programme(rules=())
    for seed in range(20):
        matching = rmatch.match(people, programme, seed=seed)
        assert len(matching.pairs) == 3
        assert all(pair.mentor != pair.mentee for pair in matching.pairs)
        assert set(places(matching).values()) == {1}
    limited = rmatch.read_people(
        [record | {"mentor_capacity": 2, "mentee_capacity": 0} for record in records[:1]]
        + records[1:]
    )
    matching = rmatch.match(limited, programme)
    assert places(matching)["mentee", "a"] == 0
    assert places(matching)["mentor", "a"] <= 2
    assert len(matching.pairs) == 2


def test_one_person_alone_in_both_roles_meets_nobody() -> None:
    matching = rmatch.match(rmatch.read_people([{"id": "a", "role": "both"}]))
    assert matching.pairs == ()
    assert [(person.role, person.code) for person in matching.unmatched] == [
        ("mentor", "no_allowed_partner"),
        ("mentee", "no_allowed_partner"),
    ]


# Requests.


def round_of(*rows: Request, **chosen: Any) -> tuple[People, Programme, Requests]:
    """Return two mentors and two mentees, of whom m1 is too senior for e1."""
    people = rmatch.read_people(
        [
            {"id": "m1", "role": "mentor", "years": 10},
            {"id": "m2", "role": "mentor", "years": 2},
            {"id": "e1", "role": "mentee", "years": 8},
            {"id": "e2", "role": "mentee", "years": 30},
        ]
    )
    return people, rmatch.Programme(**chosen), Requests(tuple(rows))


def test_a_lock_is_kept_even_where_it_costs_a_pair() -> None:
    matching = rmatch.match(*round_of(Request("m2", "e2", "lock")))
    assert ids(matching) == {("m2", "e2")}
    assert [pair.locked for pair in matching.pairs] == [True]
    assert ids(rmatch.match(*round_of())) == {("m1", "e2"), ("m2", "e1")}


def test_a_lock_counts_against_capacity_and_towards_the_minimum() -> None:
    locked = Request("m2", "e2", "lock")
    assert len(rmatch.match(*round_of(locked, mentor_capacity=2)).pairs) == 2
    kept = rmatch.match(*round_of(locked, mentee_minimum=1, mentor_capacity=2))
    assert ids(kept) == {("m2", "e2"), ("m2", "e1")}


def test_a_lock_below_min_points_is_kept() -> None:
    kept = rmatch.match(*round_of(Request("m2", "e1", "lock"), min_points=999_999))
    assert ids(kept) == {("m2", "e1")} | {pair for pair in ids(kept) if pair == ("m1", "e2")}
    rmatch.verify(kept)


def test_a_lock_that_breaks_a_rule_needs_a_reason() -> None:
    with pytest.raises(InfeasibleError, match="junior_mentor") as caught:
        rmatch.match(*round_of(Request("m1", "e1", "lock"), Request("m2", "e2", "lock")))
    assert (caught.value.mentors, caught.value.mentees) == (("m1",), ("e1",))
    matching = rmatch.match(*round_of(Request("m1", "e1", "lock", override_reason="both want it")))
    assert ids(matching) == {("m1", "e1"), ("m2", "e2")}
    assert [pair.override_reason for pair in matching.pairs] == ["both want it", ""]
    rmatch.verify(matching)


@pytest.mark.parametrize("turned", [False, True])
def test_a_pair_cannot_be_both_locked_and_excluded(turned: bool) -> None:
    pair = ("m2", "e2")
    one, other = pair[::-1] if turned else pair
    exclusion = Request(one, other, "exclude")
    with pytest.raises(InfeasibleError, match="both locked and excluded") as caught:
        rmatch.match(*round_of(Request(*pair, "lock", override_reason="why not"), exclusion))
    assert (caught.value.mentors, caught.value.mentees) == (("m2",), ("e2",))


@pytest.mark.parametrize(("mentors", "mentees"), [(("m2",), ("e1", "e2")), (("m1", "m2"), ("e2",))])
def test_more_locks_than_places_are_infeasible(
    mentors: tuple[str, ...], mentees: tuple[str, ...]
) -> None:
    locks = [
        Request(mentor, mentee, "lock") for mentor, mentee in itertools.product(mentors, mentees)
    ]
    with pytest.raises(InfeasibleError, match="2 locks and 1 place") as caught:
        rmatch.match(*round_of(*locks))
    assert (caught.value.mentors, caught.value.mentees) == (mentors, mentees)


def test_a_minimum_out_of_reach_names_the_people() -> None:
    people, programme, _ = round_of(mentor_minimum=1)
    excluded = Requests((Request("m2", "e1", "exclude"),))
    with pytest.raises(InfeasibleError, match="m1") as caught:
        rmatch.match(people, programme, excluded)
    assert set(caught.value.mentors) == {"m1", "m2"}
    assert set(caught.value.mentees) == {"e2"}
    with pytest.raises(InfeasibleError, match="above the capacity of 'm1', 'm2'") as caught:
        rmatch.match(people, replace(programme, mentor_minimum=2))
    assert caught.value.mentors == ("m1", "m2")


def test_a_minimum_comes_before_everything_else() -> None:
    """m1 can meet nobody but e2, whom m2 would suit better: it gets e2 all the same."""
    people, programme, _ = round_of(mentor_minimum=1, participation="best")
    matching = rmatch.match(people, programme)
    assert ids(matching) == {("m1", "e2"), ("m2", "e1")}


@pytest.mark.parametrize("kind", ["matching", "csv", "json", "rows"])
def test_earlier_pairs_from_wherever_they_are(kind: str, tmp_path: Path) -> None:
    people, programme, _ = round_of(rules=(NoRepeat(),))
    first = rmatch.match(people, programme)
    first.to_table(tmp_path / "pairs.csv")
    first.to_json(tmp_path / "pairs.json")
    rows = [{"mentor": pair.mentor, "mentee": pair.mentee} for pair in first.pairs]
    source = {
        "matching": first,
        "csv": tmp_path / "pairs.csv",
        "json": tmp_path / "pairs.json",
        "rows": rows,
    }[kind]
    second = rmatch.match(people, programme, rmatch.read_requests(previous=source))
    assert len(second.pairs) == 2
    assert not ids(second) & ids(first)


@examples(25)
@given(strategies.rounds())
def test_earlier_pairs_are_the_same_by_every_way(folder: Path, drawn: Round) -> None:
    matching = rmatch.match(*drawn)
    matching.to_table(folder / "pairs.csv")
    matching.to_json(folder / "pairs.json")
    sources = [matching, folder / "pairs.csv", folder / "pairs.json"]
    read = [rmatch.read_requests(previous=source).rows for source in sources]
    assert read[0] == read[1] == read[2]
    with (folder / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {(row["mentor"], row["mentee"]) for row in csv.DictReader(file)} == ids(matching)


@pytest.mark.parametrize("kind", ["lock", "wish", "exclude"])
def test_requests_about_strangers_are_faults(kind: Any) -> None:
    with pytest.raises(InvalidInputError, match="nobody has the id 'm3'"):
        rmatch.match(*round_of(Request("m3", "e1", kind)))


@pytest.mark.parametrize("kind", ["lock", "wish"])
def test_requests_the_wrong_way_round_are_faults(kind: Any) -> None:
    with pytest.raises(InvalidInputError, match="takes no part as a mentor"):
        rmatch.match(*round_of(Request("e1", "m1", kind)))


# Reproducibility.

SCRIPT = """
import rmatch
people = rmatch.datasets.example()
programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
matching = rmatch.match(people, programme, seed="spring")
print(matching, matching.unmatched, [str(matching.explain(pair.mentor, pair.mentee)) for pair in matching.pairs])
print(list(rmatch.check(people, programme)))
"""


def test_the_hash_seed_of_the_process_changes_nothing() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(rmatch.__file__).parents[1])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().strip()


@examples(25)
@given(strategies.rounds(places=PLACES))
def test_a_second_run_says_the_same(folder: Path, drawn: Round) -> None:
    one, other = (rmatch.match(*drawn, seed="autumn") for _ in range(2))
    assert one.pairs == other.pairs
    document = json.loads(written(one, folder))
    assert document["total"] == one.total
    assert len(document["pairs"]) == len(one.pairs)


@pytest.mark.parametrize("number", [int, np.int64])
def test_an_id_may_be_said_as_a_number(number: Any) -> None:
    rows = [
        {"id": number(7), "role": "mentor", "years": 1},
        {"id": number(8), "role": "mentor", "years": 2},
        {"id": number(3), "role": "mentee", "years": 20},
    ]
    matching = rmatch.match(
        rmatch.read_people(rows),
        None,
        rmatch.read_requests([{"mentor": number(8), "mentee": number(3), "kind": "lock"}]),
    )
    assert matching.id_pairs == {("8", "3")}
    assert matching.explain(number(7), number(3)) == matching.explain("7", "3")
    assert matching.alternatives(number(3)) == matching.alternatives("3")
    assert matching.loss_without(mentor=number(7)) == matching.loss_without(mentor="7")
