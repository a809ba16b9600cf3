"""What other pairs cost is what is lost when they are asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
import rmatch.rounds.alternatives as search
import rmatch.rounds.costs as costs_of_rounds
from rmatch.criteria import Custom, Diversity, ExperienceGap
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import ROLES, Request, Requests
from rmatch.programme import Unit
from rmatch.rounds import Alternative, every_cost
from rmatch.rounds.alternatives import alternatives
from rmatch.rounds.player import player

if TYPE_CHECKING:
    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.programme import Programme

Round = tuple["People", "Programme", Requests]


def with_lock(drawn: Round, mentor: str, mentee: str) -> Matching | None:
    people, programme, requests = drawn
    rows = (*requests.rows, Request(mentor=mentor, mentee=mentee, kind="lock"))
    try:
        return rmatch.match(people, programme, Requests(rows))
    except InfeasibleError:
        return None


BOTH = ("with_protected", "without_protected")


@st.composite
def unequal(draw: st.DrawFn) -> Round:
    """Return a round in which places are decided before pairs: few people, many of them alike, some pairs forbidden."""
    sides = {"mentor": draw(st.integers(2, 4)), "mentee": draw(st.integers(1, 4))}
    rows: list[dict[str, Any]] = [
        {
            "id": f"{side}{number}",
            "role": side,
            "years": draw(st.integers(0, 3)) + 20 * (side == "mentee"),
            "dimension:age": draw(st.sampled_from(["young", "middle", "old"])),
            "consent:age": "match",
        }
        for side, size in sides.items()
        for number in range(size)
    ]
    pairs = [(f"mentor{i}", f"mentee{j}") for i, j in np.ndindex(*sides.values())]
    excluded = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True))
    locked = draw(st.lists(st.sampled_from(pairs), max_size=1))
    requests = [Request(*pair, "exclude") for pair in excluded if pair not in locked]
    requests += [Request(*pair, "lock") for pair in locked]
    programme = rmatch.Programme(
        criteria=(
            Diversity(draw(st.sampled_from([1, 5]))),
            ExperienceGap(1, by="years", full=(23, 23), zero=(17, 40)),
        ),
        rules=(),
        mentor_capacity=draw(st.integers(1, 2)),
        mentee_capacity=draw(st.integers(1, 2)),
        mentor_minimum=draw(st.sampled_from([0, 0, 1])),
        mentee_minimum=draw(st.sampled_from([0, 1])),
        participation=draw(st.sampled_from(["most", "most", "best"])),
        min_points=draw(st.sampled_from([None, None, 20_000])),
    )
    return rmatch.read_people(rows), programme, Requests(tuple(requests))


def lost_by(matching: Matching, locked: Matching) -> tuple[int, int]:
    """Return what a matching with one more lock has less, by pairs where their number counts and by points."""
    counts = matching.programme.participation == "most"
    pairs = len(matching.pairs) - len(locked.pairs)
    return pairs * counts, matching.total - locked.total


def holders(matching: Matching) -> list[tuple[str, str]]:
    """Return everybody with the side of each place that they hold."""
    held = [(side, getattr(pair, side)) for pair in matching.pairs for side in ("mentor", "mentee")]
    return sorted(held)


@examples(100)
@given(st.one_of(unequal(), strategies.rounds(minimums=True, places=BOTH)))
def test_an_alternative_is_what_a_lock_would_give(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    costs, cohort = matching.costs(), matching.scores.cohort
    for mentor in matching.scores.mentors:
        found = {one.mentee: one for one in matching.alternatives(mentor, 99, side="mentor")}
        listed = list(found.values())
        assert listed == sorted(listed, key=lambda one: (one.pairs_lost, one.points_lost))
        partners = {pair.mentee for pair in matching.pairs if pair.mentor == mentor}
        assert not partners & found.keys()
        for mentee in set(matching.scores.mentees) - partners:
            row, column = cohort.row[mentor], cohort.column[mentee]
            locked = (
                with_lock(drawn, mentor, mentee)
                if matching.scores.open_pairs[row, column]
                else None
            )
            assert (locked is None) == (mentee not in found)
            assert (locked is not None) == costs.possible[row, column]
            if locked is not None:
                one = found[mentee]
                assert (one.pairs_lost, one.points_lost) == lost_by(matching, locked)
                assert one.exact
                assert one.changes_places == (holders(matching) != holders(locked))
                assert f"To make them one {one.price}." in str(matching.explain(mentor, mentee))
                at = row, column
                assert (costs.pairs[at], costs.points[at]) == lost_by(matching, locked)
                assert costs.at_most[at] == costs.points[at]


@examples(100)
@given(st.one_of(unequal(), strategies.rounds(minimums=True, places=BOTH)))
def test_bounds_contain_what_a_lock_would_give(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    scores = matching.scores
    costs = every_cost(matching, solved=0)
    for row, column in np.ndindex(*scores.shape):
        mentor, mentee = scores.mentors[row], scores.mentees[column]
        if (mentor, mentee) in matching.id_pairs or not scores.open_pairs[row, column]:
            continue
        locked = with_lock(drawn, mentor, mentee)
        assert (locked is not None) == costs.possible[row, column]
        if locked is not None:
            pairs, points = lost_by(matching, locked)
            assert costs.pairs[row, column] == pairs
            assert costs.points[row, column] <= points <= costs.at_most[row, column]
    for mentee in scores.mentees:
        person = player(scores, mentee, "mentee")
        for one in alternatives(matching, person, 99, kept=0):
            locked = with_lock(drawn, one.mentor, mentee)
            if locked is not None:
                assert (one.pairs_lost, one.points_lost) <= lost_by(matching, locked)
                assert one.at_most is None or lost_by(matching, locked) <= one.at_most
                assert one.changes_places is None


@examples(40)
@given(st.one_of(unequal(), strategies.rounds()))
def test_both_sides_know_the_same_costs(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    for mentee in matching.scores.mentees:
        for one in matching.alternatives(mentee, 99, side="mentee"):
            assert one in matching.alternatives(one.mentor, 99, side="mentor")


def test_a_pair_that_keeps_a_minimum_from_being_met_is_not_offered() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "m1", "role": "mentor", "dimension:age": "young", "consent:age": "match"},
        {"id": "m2", "role": "mentor", "dimension:age": "young", "consent:age": "match"},
        {"id": "m3", "role": "mentor", "dimension:age": "young", "consent:age": "match"},
        {"id": "e1", "role": "mentee", "dimension:age": "old", "consent:age": "match"},
        {"id": "e2", "role": "mentee", "dimension:age": "old", "consent:age": "match"},
    ]
    people = rmatch.read_people(rows)
    programme = rmatch.Programme(
        criteria=(rmatch.criteria.Diversity(1),), rules=(), mentee_minimum=1
    )
    apart = Requests(
        tuple(Request(mentor=who, mentee="e1", kind="exclude") for who in ("m2", "m3"))
    )
    matching = rmatch.match(people, programme, apart)
    assert len(matching.steps) == 2
    assert [one.mentee for one in matching.alternatives("m1")] == []
    assert not matching.costs().possible[0, 1]
    text = str(matching.explain("m1", "e2"))
    assert "No matching that keeps locks, capacities and minimums has this pair." in text
    assert "cost the programme" not in text
    assert "The best other partner of m1" not in str(matching.explain("m1", "e1"))


def test_all_costs_of_too_many_pairs_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="too many for all costs"):
        every_cost(small(0, 10), most=3)


def small(*years: int, **chosen: Any) -> Matching:
    """Return a round of mentors a, b … and mentees x and y, whose points are the years between them."""
    people = [
        *(
            {"id": person, "role": "mentor", "years": own}
            for person, own in zip("abcdef", years, strict=False)
        ),
        {"id": "x", "role": "mentee", "years": 20},
        {"id": "y", "role": "mentee", "years": 30},
    ]
    chosen = {
        "criteria": (ExperienceGap(1, by="years", full=(40, 40), zero=(0, 80)),),
        "rules": (),
    } | chosen
    return rmatch.match(rmatch.read_people(people), rmatch.Programme(**chosen))


def test_alternatives_in_words() -> None:
    matching = small(0, 10, 5)
    (partner,) = matching.partners["x"]
    assert [str(one) for one in matching.alternatives("x")] == [
        f"{'ac'[partner == 'a']} with x ({38 if partner == 'a' else 50} of 100): would cost the programme nothing",
        "b with x (25 of 100): would cost the programme 13 of a pair's 100, and change who gets a place",
    ]
    assert "To make them one would cost the programme 13 of a pair's 100, and" in str(
        matching.explain("b", "x")
    )


@pytest.mark.parametrize(
    ("lost", "at_most", "places", "words"),
    [
        ((1, 5), (1, 5), False, "would cost the programme 1 pair and {5}"),
        ((2, -1_000), (2, -1_000), False, "would cost the programme 2 pairs and gain {1000}"),
        ((0, 5), (0, 5), True, "would cost the programme {5}, and change who gets a place"),
        ((0, 0), (0, 0), False, "would cost the programme nothing"),
        ((0, -5), (0, -5), True, "would gain the programme {5}, and change who gets a place"),
        ((0, 5), (0, 9), None, "would cost the programme at least {5}, and at most {9}"),
        ((0, 5), None, None, "would cost the programme at least {5}"),
        ((0, 0), (1, 2), None, "might cost the programme nothing, and at most 1 pair and {2}"),
        ((0, -5), None, None, "might cost the programme nothing, or even gain up to {5}"),
    ],
)
def test_prices_in_words(
    lost: tuple[int, int], at_most: tuple[int, int] | None, places: bool | None, words: str
) -> None:
    for unit, told in (
        (Unit(1_000, "", exact=True), "{} points"),
        (Unit(100, ""), "{} of a pair's 100"),
    ):
        said = re.sub(r"{(\d+)}", told.format(r"\1"), words)
        assert Alternative("a", "x", 7, *lost, at_most, places, unit=unit).price == said


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ((0, 0), "the same in all"),
        ((0, 50), "5 lower in all"),
        ((0, -5_000), "500 higher in all"),
        ((1, 4), "1 pair less and less than 1 lower in all"),
        ((2, -50), "2 pairs less but 5 higher in all"),
    ],
)
def test_the_whole_in_words(lost: tuple[int, int], words: str) -> None:
    assert (
        Alternative("a", "x", 7, *lost, lost, changes_places=True, unit=Unit(1_000, "")).in_all
        == words
    )


def test_whoever_plays_both_roles_says_which() -> None:
    people = [{"id": "a", "role": "both", "years": 1}, {"id": "b", "role": "both", "years": 9}]
    matching = rmatch.match(rmatch.read_people(people), rmatch.Programme(rules=()))
    with pytest.raises(InvalidInputError, match="plays both roles"):
        matching.alternatives("a")
    assert matching.alternatives("a", side="mentee") == ()
    with pytest.raises(InvalidInputError, match="plays no such role"):
        matching.alternatives("z")
    with pytest.raises(InvalidInputError, match="'boss' is unknown; known are 'mentor', 'mentee'"):
        matching.alternatives("a", side="boss")  # type: ignore[arg-type]


@examples(40)
@given(strategies.rounds(minimums=True))
def test_doing_without_a_person_is_worth_what_solving_without_them_says(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    for pair in matching.pairs[:2]:
        try:
            loss = matching.loss_without(mentor=pair.mentor)
        except InfeasibleError:
            continue
        cohort = matching.scores.cohort
        # Whoever has to have partners takes them although it costs points.
        if (
            not any(step.protected is False for step in matching.steps)
            and matching.programme.participation == "most"
            and not any(cohort.minimum(side).any() for side in ("mentor", "mentee"))
        ):
            assert (loss.pairs, loss.points) > (0, 0) or loss.points >= 0


def test_doing_without_somebody() -> None:
    matching = small(0, 10)
    assert matching.loss_without(mentor="a") == matching.loss_without(mentor="a")
    loss = matching.loss_without(mentor="a")
    assert (loss.pairs, loss.points) == (1, matching.total - 500_000)
    loss = matching.loss_without(mentee="x")
    assert (loss.pairs, loss.points) == (1, matching.total - 750_000)
    assert small(0, 10, 10).loss_without(mentor="b").points == 0
    with pytest.raises(InvalidInputError, match="0 are named"):
        matching.loss_without()
    with pytest.raises(InvalidInputError, match="2 are named"):
        matching.loss_without(mentor="a", topic="b")


def test_doing_without_a_topic() -> None:
    people = rmatch.datasets.example()
    matching = rmatch.match(people)
    topic = next(iter(people.person(int((people.role == ROLES["mentor"]).argmax())).offers))
    loss = matching.loss_without(topic=topic.upper())
    codes = people.offers.codes != people.topics.index(topic)
    assert not codes.all()
    poorer = replace(people, offers=people.offers.without(people.topics.index(topic)))
    assert all(topic not in person.offers for person in poorer)
    assert loss.points == matching.total - rmatch.match(poorer).total
    with pytest.raises(InvalidInputError, match="is taught by nobody"):
        matching.loss_without(topic="no such topic")


@examples(40)
@given(unequal())
def test_with_little_room_the_cheapest_are_of_those_that_were_tried(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    for mentor in matching.scores.mentors:
        everybody = matching.alternatives(mentor, 99, side="mentor")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search, "REMATCHED", 0)
            few = matching.alternatives(mentor, 1, side="mentor")
        assert len(few) == min(len(everybody), 1)
        assert set(few) <= set(everybody)


def test_where_only_solving_would_tell_a_partner_is_named_with_reserve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matching = small(0, 10, 5, mentee_minimum=1)
    (partner,) = matching.partners["x"]
    told = f"The best other partner of {partner} would be y ("
    assert told in str(matching.explain(partner, "x"))
    monkeypatch.setattr(costs_of_rounds, "KEPT", 0)
    with_reserve = told.replace("would be", "would be, if minimums and quotas allow it,")
    text = str(matching.explain(partner, "x"))
    assert with_reserve in text
    assert "in all" not in text


def test_nobody_without_a_free_place_beside_the_locks_is_offered() -> None:
    people = [
        {"id": "a", "role": "mentor", "years": 1},
        {"id": "b", "role": "mentor", "years": 2},
        {"id": "x", "role": "mentee", "years": 20},
        {"id": "y", "role": "mentee", "years": 30},
    ]
    locks = Requests((Request(mentor="a", mentee="x", kind="lock"),))
    matching = rmatch.match(rmatch.read_people(people), rmatch.Programme(rules=()), locks)
    assert matching.explain("b", "y").others == ()
    assert matching.alternatives("b") == ()
    assert "No matching that keeps locks, capacities and minimums has this pair." in str(
        matching.explain("b", "x")
    )


def test_without_a_person_the_means_for_unknown_answers_stay() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "role": "mentor"},
        {"id": "b", "role": "mentor", "years": 10},
        {"id": "x", "role": "mentee", "years": 20},
    ]
    more = {"id": "c", "role": "mentor", "years": 20}
    programme = rmatch.Programme(
        criteria=(ExperienceGap(1, by="years", full=(40, 40), zero=(0, 80)),), rules=()
    )
    fewer, all_three = (
        rmatch.match(rmatch.read_people(people), programme) for people in (rows, [*rows, more])
    )
    # The mean over known pairs is 250,000 with b alone, and 125,000 with c, who has no gap to x at all.
    assert fewer.scores.points.tolist() == [[250_000], [250_000]]
    assert all_three.scores.points.tolist() == [[125_000], [250_000], [0]]
    for person in ("a", "c"):
        assert all_three.loss_without(mentor=person).points == 0
    assert all_three.loss_without(mentor="b").points == 125_000


def test_where_a_lock_costs_a_pair_places_are_decided_after_all() -> None:
    # All three pairs are made in one step. With a lock on a and x nobody is left for z, and b and c compete for y:
    # b by years alone, c by age.
    ages = {"a": "old", "b": "old", "c": "young", "x": "old", "y": "old", "z": "old"}
    years = {"a": 10, "b": 11, "c": 12, "x": 30, "y": 30, "z": 30}
    people = rmatch.read_people(
        {
            "id": person,
            "role": "mentor" if person in "abc" else "mentee",
            "years": years[person],
            "dimension:age": age,
            "consent:age": "match",
        }
        for person, age in ages.items()
    )
    programme = rmatch.Programme(
        criteria=(Diversity(1), ExperienceGap(1, by="years", full=(40, 40), zero=(0, 80))),
        rules=(),
    )
    apart = Requests(tuple(Request(who, "z", "exclude") for who in "bc"))
    drawn = people, programme, apart
    matching = rmatch.match(*drawn)
    assert len(matching.steps) == 1
    locked = with_lock(drawn, "a", "x")
    assert locked is not None
    assert [pair.mentor for pair in locked.pairs] == ["a", "b"]
    lost = lost_by(matching, locked)
    one = next(each for each in matching.alternatives("a") if each.mentee == "x")
    assert one.at_least == one.at_most == lost
    costs = every_cost(matching, solved=0)
    assert (costs.pairs[0, 0], costs.points[0, 0] < lost[1]) == (1, True)
    assert costs.at_most[0, 0] >= lost[1]
    everybody_placed = costs.possible & (costs.pairs == 0)
    assert everybody_placed.sum() == 5
    assert (costs.at_most == costs.points)[everybody_placed].all()
    (bound,) = (
        each
        for each in alternatives(matching, player(matching.scores, "a", "mentor"), 9, kept=0)
        if each.mentee == "x"
    )
    assert bound.at_least < lost
    assert bound.at_most is None


def test_pairs_that_are_made_cost_nothing() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    costs, cohort = every_cost(matching, solved=0), matching.scores.cohort
    for pair in matching.pairs:
        cell = cohort.row[pair.mentor], cohort.column[pair.mentee]
        assert (costs.pairs[cell], costs.points[cell], costs.at_most[cell]) == (0, 0, 0)


def test_bounds_know_that_protected_attributes_may_take_points_away() -> None:
    def penalty(mentor: Any, mentee: Any) -> int:
        return -9_000 if mentor.dimensions == mentee.dimensions else 0

    alike = Custom(
        "alike",
        lambda mentors, mentees: np.array([[penalty(i, j) for j in mentees] for i in mentors]),
        penalty,
        lambda *_: "alike",
        protected=True,
    )
    programme = rmatch.Programme(
        criteria=(alike, ExperienceGap(1, by="years", full=(40, 40), zero=(0, 80))), rules=()
    )
    people = rmatch.read_people(
        {
            "id": f"{role}{number}",
            "role": role,
            "years": 30 * (role == "mentee") + number,
            "dimension:age": ["young", "old"][number % 2],
            "consent:age": "match",
        }
        for role, size in (("mentor", 5), ("mentee", 3))
        for number in range(size)
    )
    matching = rmatch.match(people, programme)
    assert len(matching.steps) == 2
    assert (
        matching.scores.protected_least == -1_000_000
    )  # what a criterion of one's own may take at most
    costs = every_cost(matching, solved=0)
    for row, column in np.argwhere(costs.possible).tolist():
        ids = matching.scores.mentors[row], matching.scores.mentees[column]
        locked = with_lock((people, programme, Requests()), *ids)
        assert locked is not None
        if ids not in matching.id_pairs:
            lost = lost_by(matching, locked)[1]
            assert costs.points[row, column] <= lost <= costs.at_most[row, column]
