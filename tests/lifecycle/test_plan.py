"""A plan over rounds: what always holds of it, that nothing better exists, and that tampering is seen."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import numpy as np
import pandas as pd
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from plans import PLANS, Pairs, Round, Tried, every_plan, places, places_by_round, planned
from profiles import examples

import rmatch
from rmatch.criteria import ExperienceGap, Expertise
from rmatch.errors import InfeasibleError, InvalidInputError, Status, VerificationError
from rmatch.formulas import Facts, broken_rules
from rmatch.io import schema
from rmatch.lifecycle import read_plan
from rmatch.people import Request, Requests
from rmatch.scoring import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rmatch.lifecycle import Plan


@examples(60)
@given(PLANS, st.integers(1, 2), strategies.seeds())
def test_nothing_is_better_than_the_plan(drawn: Round, rounds: int, seed: int | str) -> None:
    found = planned(drawn, rounds=rounds, seed=seed)
    if found is None:
        return
    tried, most = Tried(*drawn), drawn[1].participation == "most"
    made = frozenset((one.mentor, one.mentee) for one in found.meetings)

    def rank(pairs: Pairs, points: dict[tuple[str, str], int]) -> tuple[int, int]:
        return len(pairs) * most, sum(points[pair] for pair in pairs)

    every = list(tried.plans(rounds))
    same = [pairs for pairs in every if places(pairs) == places(made)]
    best = max(rank(pairs, tried.basis) for pairs in every)
    assert made in every
    # How many partners everybody has is decided without protected attributes, and who they are with them.
    assert best == max(rank(pairs, tried.basis) for pairs in same)
    assert rank(made, tried.points) == max(rank(pairs, tried.points) for pairs in same)
    assert found.status is Status.OPTIMAL


@given(strategies.rounds(minimums=True), st.integers(1, 3), strategies.seeds())
def test_no_rule_is_broken_nobody_has_too_many_partners_and_no_pair_meets_twice(
    drawn: Round, rounds: int, seed: int | str
) -> None:
    try:
        found = planned(drawn, rounds=rounds, seed=seed)
    except InfeasibleError:
        return
    if found is None:
        return
    facts = Facts(*drawn)
    assert len({(one.mentor, one.mentee) for one in found.meetings}) == len(found.meetings)
    for number in range(1, rounds + 1):
        meetings = found.pairs(number)
        for side, everybody in zip(("mentor", "mentee"), facts.sides, strict=True):
            counts = Counter(getattr(one, side) for one in meetings)
            for who in everybody:
                assert facts.minimum(who, side) <= counts[who] <= facts.capacity(who, side)
        for one in meetings:
            assert one.locked or not list(broken_rules(facts, one.mentor, one.mentee))
    assert rmatch.verify(found, *drawn).total == found.total


@given(strategies.rounds(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(drawn: Round, rounds: int, random: Any) -> None:
    people, programme, requests = drawn
    found = planned(drawn, rounds=rounds)
    order = list(range(len(people)))
    random.shuffle(order)
    other = planned((people.take(order), programme, requests), rounds=rounds)
    assert (found is None) == (other is None)
    assert found is None or other is None or found.meetings == other.meetings


def test_one_round_is_a_match() -> None:
    people = rmatch.datasets.example()
    matching, plan = rmatch.match(people, seed="may"), rmatch.plan(people, rounds=1, seed="may")
    assert [(one.mentor, one.mentee, one.points) for one in plan.meetings] == [
        (pair.mentor, pair.mentee, pair.points) for pair in matching.pairs
    ]
    assert plan.total == matching.total


def test_a_middle_plan_is_as_good_as_an_independent_programme_with_rounds_says() -> None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    people = rmatch.datasets.workforce(14, 11, seed=5)
    programme = replace(
        rmatch.datasets.example_programme(),
        places="with_protected",
        justification="agreed",
        count_topic="each",
    )
    scores, rounds = rmatch.score(people, programme), 3
    mentors, mentees = np.nonzero(scores.open_pairs)
    cells = list(itertools.product(range(len(mentors)), range(rounds)))
    rows: dict[tuple[Any, ...], list[int]] = {}
    for column, (pair, number) in enumerate(cells):
        for key in (
            ("pair", pair),
            ("mentor", mentors[pair], number),
            ("mentee", mentees[pair], number),
        ):
            rows.setdefault(key, []).append(column)
    entries = [(row, column) for row, columns in enumerate(rows.values()) for column in columns]
    own, columns = np.array(entries).T
    matrix = csr_array((np.ones(len(own)), (own, columns)), shape=(len(rows), len(cells)))
    worth = np.array([scores.points[mentors[pair], mentees[pair]] for pair, _ in cells])
    most = milp(
        -np.ones(len(cells)) * 10**7 - worth,
        integrality=np.ones(len(cells), np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, 1),
        options={"mip_rel_gap": 0},
    )
    assert most.x is not None, most.message
    taken = np.asarray(most.x) > 0.5
    found = rmatch.plan(people, programme, rounds=rounds)
    assert (len(found.meetings), found.total) == (int(taken.sum()), int(worth[taken].sum()))


def test_nobody_meets_a_partner_of_an_earlier_round_again() -> None:
    people = rmatch.datasets.example()
    first = rmatch.match(people)
    earlier = [(pair.mentor, pair.mentee) for pair in first.pairs]
    for history in ([first], [earlier], [earlier[:3], [*earlier[3:], ("gone", "away")]]):
        found = rmatch.plan(people, rounds=3, history=history)
        assert not {(one.mentor, one.mentee) for one in found.meetings} & set(earlier)
        rmatch.verify(found, people)


def test_who_had_no_partner_in_the_latest_round_meets_in_the_first() -> None:
    people = rmatch.datasets.example()
    programme = rmatch.Programme(mentee_capacity=1)
    first = rmatch.match(people, programme)
    alone = {one.id for one in first.unmatched if one.role == "mentor"}
    found = rmatch.plan(people, programme, rounds=3, history=[first])
    assert dict(found.terms.waited) == dict.fromkeys(alone, 1)
    placed = {one.mentor for one in found.meetings} & alone
    assert placed
    assert placed <= {one.mentor for one in found.pairs(1)}


@pytest.mark.parametrize("load", [2, {"E07": 1, "E24": 0}])
def test_nobody_meets_more_often_than_the_load(load: Any) -> None:
    people = rmatch.datasets.example()
    found = rmatch.plan(people, rounds=3, load=load)
    count = Counter(one for meeting in found.meetings for one in (meeting.mentor, meeting.mentee))
    limits = load if isinstance(load, dict) else dict.fromkeys(people.id, load)
    assert all(count[one] <= most for one, most in limits.items())
    assert any(count[one] == most for one, most in limits.items())
    rmatch.verify(found, people)


@pytest.mark.parametrize("places", [1, 2])
@pytest.mark.parametrize("terms", [{}, {"away": {"E01": [1]}}, {"gap": 1}], ids=str)
def test_a_plan_in_which_topics_count_once_is_verified(places: int, terms: dict[str, Any]) -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    once = replace(programme, mentee_capacity=places, count_topic="once")
    found = rmatch.plan(people, once, rounds=3, **terms)
    rmatch.verify(found, people, once)
    assert read_plan(found.to_json(), people) == found
    if found.together is not None:
        assert found.total == found.together.total
    else:
        assert "every topic counted once over all rounds" in found.claim


@pytest.mark.parametrize("seed", range(4))
def test_over_all_rounds_each_want_counts_once_at_its_best(seed: int) -> None:
    people = rmatch.datasets.workforce(4, 3, seed=seed)
    programme = rmatch.Programme(
        criteria=(Expertise(3), ExperienceGap(1)), rules=(), count_topic="once"
    )
    found = rmatch.plan(people, programme, rounds=2)
    scores = found.scores
    taught = Coverage.of(scores)
    gains = taught.gains.toarray()
    rows, columns = np.nonzero(scores.open_pairs)
    best = (0, 0)
    for chosen in itertools.product((False, True), repeat=len(rows)):
        some = np.array(chosen, bool)
        met = rows[some], columns[some]
        if max(*np.bincount(met[0], minlength=4), *np.bincount(met[1], minlength=3)) > 2:
            continue
        learnt = sum(
            int(gains[want, met[0][met[1] == column]].max(initial=0))
            for want, column in enumerate(taught.mentee)
        )
        best = max(best, (int(some.sum()), learnt + int(taught.rest[met].sum())))
    assert (len(found.meetings), found.total) == best
    rmatch.verify(found, people, programme)


@pytest.mark.parametrize("gap", ["never", 0, 1])
@pytest.mark.parametrize("seed", range(3))
def test_round_by_round_each_want_counts_once_at_its_best(seed: int, gap: Any) -> None:
    people = rmatch.datasets.workforce(3, 3, seed=seed)
    programme = rmatch.Programme(criteria=(Expertise(3), ExperienceGap(1)), rules=())
    terms: dict[str, Any] = {"rounds": 3, "gap": gap, "away": {people.id[-1]: [1, 2]}}
    found = rmatch.plan(people, programme, **terms)
    taught = Coverage.of(found.scores)
    gains, cohort = taught.gains.toarray(), found.scores.cohort
    best = (0, 0)
    tried = Tried(people, programme, Requests(), never=False)
    for rounds in every_plan(tried, terms | {"history": ()}):
        meetings = [(cohort.row[one], cohort.column[two]) for pairs in rounds for one, two in pairs]
        points = sum(int(taught.rest[cell]) for cell in meetings)
        for want, column in enumerate(taught.mentee.tolist()):
            met = [row for row, other in meetings if other == column]
            points += int(gains[want, met].max(initial=0))
        best = max(best, (len(meetings), points))
    assert (len(found.meetings), found.total) == best
    rmatch.verify(found, people, programme)
    assert read_plan(found.to_json(), people) == found


def test_a_locked_pair_meets_in_one_of_the_rounds() -> None:
    people = rmatch.datasets.example()
    free = rmatch.plan(people, rounds=2)
    assert free.together is not None
    made = {(one.mentor, one.mentee) for one in free.meetings}
    pair = next(
        (mentor, mentee)
        for mentor, mentee in itertools.product(free.scores.mentors, free.scores.mentees)
        if free.together.scores.open_pairs[
            free.scores.cohort.row[mentor], free.scores.cohort.column[mentee]
        ]
        and (mentor, mentee) not in made
    )
    requests = Requests((Request(*pair, "lock"),))
    found = rmatch.plan(people, requests=requests, rounds=2)
    assert [(one.mentor, one.mentee) for one in found.meetings if one.locked] == [pair]
    rmatch.verify(found, people, requests=requests)


# Where rounds differ.


@st.composite
def differing(draw: st.DrawFn) -> tuple[Round, dict[str, Any]]:
    """Draw a round of a few people, and terms under which rounds differ."""
    drawn = draw(PLANS)
    rounds = draw(st.integers(1, 3))
    ids = drawn[0].id
    away = draw(
        st.dictionaries(
            st.sampled_from(ids), st.sets(st.integers(1, rounds), min_size=1), max_size=3
        )
    )
    gap = draw(st.sampled_from(("never", 0, 1)))
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(
        lambda two: two[0] != two[1]
    )
    history = draw(st.lists(st.lists(pairs, max_size=2), max_size=2))
    return drawn, {"rounds": rounds, "away": away, "gap": gap, "history": history}


@examples(25)
@given(differing())
def test_nothing_is_better_where_rounds_differ(drawn: tuple[Round, dict[str, Any]]) -> None:
    a_round, terms = drawn
    never, most = terms["gap"] == "never", a_round[1].participation == "most"
    # With a number as gap, earlier pairs without a date are closed by the rule `no_repeat` alone.
    tried = Tried(*a_round, never=never)
    if len(tried.rounds()) ** terms["rounds"] > 4_000:
        return
    found = planned(a_round, **terms)
    if found is None:
        return
    made = tuple(
        frozenset((one.mentor, one.mentee) for one in found.pairs(number))
        for number in range(1, terms["rounds"] + 1)
    )

    def rank(plan: tuple[Pairs, ...], points: dict[tuple[str, str], int]) -> tuple[int, int]:
        met = [pair for chosen in plan for pair in chosen]
        return len(met) * most, sum(points[pair] for pair in met)

    every = list(every_plan(tried, terms))
    assert made in every
    by_places = (
        places_by_round if found.by_rounds else (lambda plan: sum(places_by_round(plan), Counter()))
    )
    same = [plan for plan in every if by_places(plan) == by_places(made)]
    assert max(rank(plan, tried.basis) for plan in every) == max(
        rank(plan, tried.basis) for plan in same
    )
    assert rank(made, tried.points) == max(rank(plan, tried.points) for plan in same)
    assert found.status is Status.OPTIMAL
    assert rmatch.verify(found, *a_round).pairs == len(found.meetings)


def test_nobody_meets_while_away_and_rounds_are_as_even_as_they_can_be() -> None:
    people = rmatch.datasets.example()
    away = {"E01": [1], "E02": [1, 2], "E17": [3]}
    found = rmatch.plan(people, rounds=3, away=away)
    for one, numbers in away.items():
        assert not any(found.calendar[one][number - 1] for number in numbers)
    assert [len(found.pairs(number)) for number in (1, 2, 3)] == [8, 9, 10]
    assert rmatch.verify(found, people).checks[-1] == "every pair in one round"


def test_a_pair_meets_again_after_the_gap() -> None:
    people = rmatch.datasets.example()
    for gap in (0, 1):
        found = rmatch.plan(people, rounds=3, gap=gap)
        met: dict[tuple[str, str], list[int]] = {}
        for one in found.meetings:
            met.setdefault((one.mentor, one.mentee), []).append(one.round)
        assert all(np.diff(rounds).min(initial=9) > gap for rounds in met.values())
        assert max(map(len, met.values())) > 1
        rmatch.verify(found, people)


def test_pairs_of_an_earlier_round_meet_again_after_the_gap_and_not_before() -> None:
    people, programme = rmatch.datasets.example(), rmatch.Programme(rules=())
    meetings = rmatch.plan(people, programme, rounds=1).meetings
    latest = {(one.mentor, one.mentee) for one in meetings}
    for gap in (0, 1, 2):
        found = rmatch.plan(people, programme, rounds=3, gap=gap, history=[latest])
        again = [one.round for one in found.meetings if (one.mentor, one.mentee) in latest]
        assert min(again) == gap + 1
        rmatch.verify(found, people, programme)


def test_rounds_that_differ_are_stopped_too() -> None:
    people = rmatch.datasets.workforce(40, 30, seed=1)
    with pytest.raises(rmatch.errors.StopError):
        rmatch.plan(people, rounds=4, gap=1, cancel=lambda: True)


# Bad input.


def faults(**terms: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as error:
        rmatch.plan(rmatch.datasets.example(), **{"rounds": 2, **terms})
    return list(map(str, error.value.faults))


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = faults(
        rounds=0,
        gap=-1,
        away={"E01": [7, 7], "E8": 3},
        load={"E7": -1},
        history=[[("E01",)], 3],
        seed=1.5,
    )
    assert [text.split(";")[0] for text in told] == [
        "plan, seed: 1.5 is not possible",
        "plan, rounds: 0 is not possible",
        "plan, gap: -1 is not possible",
        "away: nobody has the id 'E8'",
        "away of 'E01': names a round twice",
        "away of 'E8': an int is no list",
        "load: nobody has the id 'E7'",
        "load of 'E7': -1 is not possible",
        "history, round 1: a tuple is no pair of two ids",
        "history, round 2: an int is no round",
    ]


def test_more_rounds_than_anybody_has_possible_partners_names_everybody() -> None:
    people = rmatch.datasets.example()
    told = faults(rounds=13)
    assert len(told) == len(people.mentors) + len(people.mentees)
    assert (
        "mentee 'E02', rounds: has 12 possible partners for 13 rounds; make a plan of at most 12 rounds"
        in told
    )
    assert rmatch.plan(people, rounds=12).rounds == 12


def test_a_minimum_that_needs_more_partners_than_there_are_names_whose_it_is() -> None:
    people = rmatch.datasets.example()
    programme = rmatch.Programme(mentee_minimum=1)
    told = faults(programme=programme, rounds=11)
    assert any(text.startswith("mentee ") and "minimum" in text for text in told)
    assert faults(programme=programme, rounds=2, load={"E02": 1}) == [
        "mentee 'E02', load: has to have 2 partners in all rounds, and may have 1; raise the load, or lower the minimum"
    ]
    rmatch.verify(rmatch.plan(people, programme, rounds=2), people, programme)


def test_other_objectives_and_quotas_are_refused() -> None:
    from rmatch.objectives import MaxMin

    told = faults(programme=rmatch.Programme(objective=MaxMin()))
    assert told == [
        "programme, objective: a plan adds up points, and the objective is 'max_min'; leave it out, or match round by round"
    ]


# Tampering.


@cache
def tampered() -> dict[str, Plan]:
    return dict(_tampered())


def _tampered() -> Iterator[tuple[str, Plan]]:
    found = rmatch.plan(rmatch.datasets.example(), rounds=3, seed=2)
    first, *others = found.meetings
    later = replace(first, round=2)
    yield "moved", replace(found, meetings=tuple(sorted([later, *others], key=lambda m: m.round)))
    yield "dropped", replace(found, meetings=tuple(others))
    yield "twice", replace(found, meetings=(first, *found.meetings))
    yield "points", replace(found, meetings=(replace(first, points=first.points + 1), *others))
    yield "fewer rounds", replace(found, terms=replace(found.terms, rounds=2))
    yield "more rounds", replace(found, terms=replace(found.terms, rounds=4))
    yield (
        "history",
        replace(found, terms=replace(found.terms, history=(((first.mentor, first.mentee),),))),
    )
    yield "load", replace(found, terms=replace(found.terms, load={first.mentee: 1}))
    yield (
        "waited",
        replace(
            found,
            terms=replace(
                found.terms,
                waited={one.mentor: 9 for one in found.pairs(3)},
            ),
        ),
    )
    yield "gap", replace(found, terms=replace(found.terms, gap=0))
    yield "away", replace(found, terms=replace(found.terms, away={first.mentee: (1,)}))
    yield "nothing to rest on", replace(found, together=None)
    yield "prices", replace(found, order=found.order[::-1])
    yield "no prices", replace(found, order=())
    swap = {1: 2, 2: 1, 3: 3}
    yield (
        "swapped rounds",
        replace(
            found,
            meetings=tuple(
                sorted(
                    (replace(one, round=swap[one.round]) for one in found.meetings),
                    key=lambda one: one.round,
                )
            ),
        ),
    )


@pytest.mark.parametrize("name", [*tampered()])
def test_tampering_is_seen(name: str) -> None:
    changed = tampered()[name]
    with pytest.raises(VerificationError):
        rmatch.verify(changed, rmatch.datasets.example())


# Written and read.


@pytest.mark.parametrize(
    "terms", [{}, {"away": {"E01": [1]}, "load": 2}, {"gap": 1}, {"history": [[("E17", "E01")]]}]
)
def test_a_plan_is_read_back_as_it_was_written(terms: dict[str, Any], tmp_path: Path) -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=3, seed="may", **terms)
    plan.to_json(tmp_path / "plan.json")
    shuffled = people.take(np.random.default_rng(0).permutation(len(people)))
    for source in (tmp_path / "plan.json", plan.to_json(), plan.to_dict()):
        again = read_plan(source, shuffled)
        assert again == plan
        assert hash(again) == hash(plan)
        assert str(again.claim) == plan.claim
        assert rmatch.verify(again, people).checks == rmatch.verify(plan, people).checks
    assert plan != rmatch.plan(people, rounds=3, seed="june", **terms)


def test_a_plan_is_a_document_by_its_schema() -> None:
    plan = rmatch.plan(rmatch.datasets.example(), rounds=2, away={"E01": [1]})
    for document in (
        plan.to_dict(),
        rmatch.plan(rmatch.datasets.example(), rounds=2, gap=1).to_dict(),
    ):
        jsonschema.validate(json.loads(json.dumps(document)), schema("plan"))


def changed_documents() -> dict[str, Any]:
    """Return changes of a plan's document, and the place that each fault names."""
    return {
        "format": ("format", "rmatch round"),
        "rounds": ("rounds", 0),
        "gap": ("gap", "sometimes"),
        "meetings": ("meetings", [{"round": 1}]),
        "together": ("together", None),
        "status": ("status", "feasible"),
        "away": ("away", {"E01": [0]}),
        "people": ("people", {"E01": "x"}),
    }


@pytest.mark.parametrize("name", changed_documents())
def test_a_changed_document_is_refused_with_its_place(name: str) -> None:
    people = rmatch.datasets.example()
    document = rmatch.plan(people, rounds=2).to_dict()
    key, value = changed_documents()[name]
    with pytest.raises(InvalidInputError) as error:
        read_plan(document | {key: value}, people)
    assert any(name in f"{fault.where} {fault.field}" for fault in error.value.faults)


def test_other_people_than_then_are_refused() -> None:
    people = rmatch.datasets.example()
    document = rmatch.plan(people, rounds=2).to_dict()
    with pytest.raises(InvalidInputError, match="E01"):
        read_plan(document, people.take(np.flatnonzero(np.array(people.id) != "E01")))


def test_tables_have_a_row_for_each_meeting_and_for_everybody(tmp_path: Path) -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=2, away={"E01": [2]})
    plan.to_table(tmp_path / "meetings.csv")
    plan.to_table(tmp_path / "calendar.csv", "calendar")
    meetings = pd.read_csv(tmp_path / "meetings.csv")
    assert next(iter(meetings.itertuples(index=False, name=None)))[:4] == (
        1,
        plan.meetings[0].mentor,
        plan.meetings[0].mentee,
        plan.meetings[0].points,
    )
    calendar = pd.read_csv(tmp_path / "calendar.csv", keep_default_na=False).set_index("id")
    assert list(calendar.columns) == ["round 1", "round 2"]
    assert calendar.loc["E01", "round 2"] == ""
    assert set(calendar.index) == {*plan.scores.mentors, *plan.scores.mentees}
    assert len(plan.to_frame("calendar", backend="pandas")) == len(calendar)
    with pytest.raises(InvalidInputError, match="table"):
        plan.to_frame("pairs", backend="pandas")  # type: ignore[arg-type]
