"""The rest of a plan planned again: nothing disturbs it less, by trying everything and by an independent programme."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import PLANS, Tried, every_plan, places_by_round, planned
from profiles import examples
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

import rmatch
from rmatch.errors import InvalidInputError, Status, VerificationError
from rmatch.lifecycle import read_plan, replan
from rmatch.people import Response, Responses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmatch.lifecycle import Plan
    from rmatch.people import People

    Pair = tuple[str, str]
    Rounds = tuple[frozenset[Pair], ...]


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[Plan, dict[str, Any]]:
    """Draw a plan of a few people, and what becomes of it after a round."""
    rounds = draw(st.integers(2, 3))
    drawn = draw(PLANS)
    plan = planned(drawn, rounds=rounds, gap=draw(st.sampled_from(("never", 0, 1))))
    if plan is None:
        plan = rmatch.plan(rmatch.datasets.workforce(3, 2, seed=draw(st.integers(0, 9))), rounds=2)
    people, after = plan.scores.cohort.people, draw(st.integers(1, plan.rounds - 1))
    gone = draw(st.sets(st.sampled_from(people.id), max_size=1))
    left = people.take([row for row, one in enumerate(people.id) if one not in gone])
    later = sorted({pair_of(one) for one in plan.meetings if one.round > after})
    no = draw(st.sets(st.sampled_from(later), max_size=2)) if later else set()
    answers = Responses(tuple(Response(*pair, "declined", by="mentor") for pair in sorted(no)))
    away = draw(
        st.dictionaries(
            st.sampled_from(left.id),
            st.sets(st.integers(1, plan.rounds - after), min_size=1),
            max_size=2,
        )
    )
    return plan, {"after": after, "people": left, "responses": answers, "away": away}


def pair_of(meeting: Any) -> Pair:
    return meeting.mentor, meeting.mentee


def rounds_of(plan: Plan, first: int = 1) -> Rounds:
    return tuple(
        frozenset(map(pair_of, plan.pairs(number))) for number in range(first, plan.rounds + 1)
    )


def kept_of(rest: Rounds, before: Rounds) -> int:
    """Return how many of the pairs that were planned are still there, in whichever round."""
    return len(frozenset().union(*rest) & frozenset().union(*before))


def in_time(rest: Rounds, before: Rounds) -> int:
    """Return how many of the meetings that were planned take place when they were planned."""
    return sum(len(now & then) for now, then in zip(rest, before, strict=True))


@examples(30)
@given(disturbed())
def test_nothing_disturbs_a_plan_less(drawn: tuple[Plan, dict[str, Any]]) -> None:
    plan, happened = drawn
    try:
        rest = replan(plan, **happened)
    except InvalidInputError as error:
        if {fault.field for fault in error.faults} <= {"rounds", "minimum"}:
            return
        raise
    programme = plan.scores.programme
    never, after = plan.terms.gap == "never", happened["after"]
    tried = Tried(happened["people"], programme, rest.scores.cohort.requests, never=never)
    terms = {
        "rounds": plan.rounds - after,
        "gap": plan.terms.gap,
        "away": happened["away"],
        "history": [sorted(pairs) for pairs in rounds_of(plan)[:after]],
    }
    if len(tried.rounds()) ** terms["rounds"] > 2_000:
        return
    before, made, every = (
        rounds_of(plan, after + 1),
        rounds_of(rest),
        list(every_plan(tried, terms)),
    )
    most = programme.participation == "most"

    def calm(rounds: Rounds) -> tuple[int, int, int]:
        """Return how good a plan is before its points: meetings, planned pairs, planned meetings."""
        number = sum(map(len, rounds)) * most
        return number, kept_of(rounds, before) * never, in_time(rounds, before)

    def points(rounds: Rounds, of: dict[Pair, int]) -> int:
        return sum(of[pair] for pairs in rounds for pair in pairs)

    best = max(map(calm, every))
    assert made in every
    assert calm(made) == best
    # How many partners everybody has, in each round where rounds are decided one by one, is decided without protected attributes.
    places = totals if rest.together is not None else places_by_round
    calmest = [one for one in every if calm(one) == best]
    same = [one for one in calmest if places(one) == places(made)]
    most_points = max(points(one, tried.basis) for one in calmest)
    assert most_points == max(points(one, tried.basis) for one in same)
    assert points(made, tried.points) == max(points(one, tried.points) for one in same)
    assert rest.status is Status.OPTIMAL
    rmatch.verify(rest, happened["people"], programme)
    assert read_plan(rest.to_json(), happened["people"], programme) == rest
    assert rest.changes is not None
    was, now = frozenset().union(*before), frozenset().union(*made)
    assert set(rest.changes.kept) == was & now
    assert set(rest.changes.new) == now - was
    assert {(one.mentor, one.mentee) for one in rest.changes.broken} == was - now
    declined = {pair_of(one) for one in happened["responses"].rows}
    assert rest.terms.answers.keys() == {
        pair for pair in declined if {*pair} <= {*happened["people"].id}
    }


def totals(rounds: Rounds) -> Counter[tuple[int, str]]:
    """Return how many partners everybody has over all rounds, by side."""
    return sum(places_by_round(rounds), Counter())


@pytest.mark.parametrize("terms", [{}, {"away": {"E01": [2]}}, {"gap": 1}, {"load": 2}])
@pytest.mark.parametrize("after", [1, 2])
def test_where_nothing_has_changed_nothing_changes(terms: dict[str, Any], after: int) -> None:
    plan = rmatch.plan(rmatch.datasets.example(), rounds=3, **terms)
    rest = replan(plan, after=after)
    for number in range(1, 4 - after):
        assert [(one.mentor, one.mentee) for one in rest.pairs(number)] == [
            (one.mentor, one.mentee) for one in plan.pairs(number + after)
        ]
    rmatch.verify(rest, rmatch.datasets.example())


def test_after_a_decline_and_a_leaver_the_fewest_meetings_move() -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=3)
    no = plan.pairs(2)[0]
    gone = plan.pairs(3)[-1].mentor
    left = people.take([row for row, one in enumerate(people.id) if one != gone])
    answers = Responses((Response(no.mentor, no.mentee, "declined", by="mentor"),))
    rest = replan(plan, after=1, people=left, responses=answers)
    old = {(one.round - 1, one.mentor, one.mentee) for one in plan.meetings if one.round > 1}
    new = {(one.round, one.mentor, one.mentee) for one in rest.meetings}
    forced = {one for one in old if gone in one or one[1:] == (no.mentor, no.mentee)}
    assert (no.mentor, no.mentee) not in {one[1:] for one in new}
    assert not {one[1:] for one in new} & {(one.mentor, one.mentee) for one in plan.pairs(1)}
    assert old - new == forced
    assert rest.changes is not None
    assert {one.cause for one in rest.changes.broken} == {"declined", "left"}
    rmatch.verify(rest, left)
    assert read_plan(rest.to_json(), left) == rest


def test_what_has_been_met_counts_for_load_and_waiting() -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=3, load={"E24": 2})
    rest = replan(plan, after=2)
    met = sum(one.mentor == "E24" for one in plan.meetings if one.round < 3)
    assert rest.terms.load == {"E24": 2 - met}
    assert all(not any(plan.calendar[one][1]) for one in rest.terms.waited)


@pytest.mark.parametrize("gap", ["never", 0, 1])
@pytest.mark.parametrize("status", ["ended", "completed", "declined"])
def test_a_planned_pair_that_is_over_or_declined_is_not_planned_again(
    gap: Any, status: Any
) -> None:
    people = rmatch.datasets.example()
    for rules in ((), rmatch.Programme().rules):
        plan = rmatch.plan(people, rmatch.Programme(rules=rules), rounds=3, gap=gap)
        one = plan.pairs(2)[0]
        rest = replan(plan, after=1, responses=answered(status, [one]))
        assert (one.mentor, one.mentee) not in pairs_of(rest)
        rmatch.verify(rest, people)


@pytest.mark.parametrize("status", ["accepted", "active", "ended", "completed", "declined"])
@pytest.mark.parametrize("gap", ["never", 2])
def test_answers_of_pairs_that_have_met_and_are_not_planned_change_nothing(
    gap: Any, status: Any
) -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rmatch.Programme(rules=()), rounds=3, gap=gap)
    rest = replan(plan, after=1, responses=answered(status, plan.pairs(1)))
    assert pairs_of(rest) == pairs_of(replan(plan, after=1))
    rmatch.verify(rest, people)


def answered(status: Any, meetings: Iterable[Any]) -> Responses:
    return Responses(tuple(Response(one.mentor, one.mentee, status) for one in meetings))


def pairs_of(plan: Plan) -> set[tuple[str, str]]:
    return {(one.mentor, one.mentee) for one in plan.meetings}


def test_replanning_tells_everything_that_is_wrong() -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=3)
    wrong: dict[str, Any] = {"after": 3, "people": 1, "responses": 2}
    with pytest.raises(InvalidInputError) as error:
        replan(plan, **wrong)
    assert [fault.field or fault.where for fault in error.value.faults] == [
        "after",
        "people",
        "responses",
    ]
    with pytest.raises(InvalidInputError, match="one round"):
        replan(rmatch.plan(people, rounds=1), after=1)
    met = pairs_of(plan)
    stranger = next(two for two in plan.scores.mentees if ("E17", two) not in met)
    never = Responses((Response("E17", stranger, "declined", by="mentor"),))
    with pytest.raises(InvalidInputError, match="E17"):
        replan(plan, after=1, responses=never)


def disturbed_middle(gap: Any = "never") -> tuple[Plan, People, Responses]:
    """Return a plan of some people, of whom one has left after the first round and others decline."""
    people = rmatch.datasets.workforce(14, 11, seed=5)
    programme = replace(
        rmatch.datasets.example_programme(),
        places="with_protected",
        justification="agreed",
        count_topic="each",
    )
    plan = rmatch.plan(people, programme, rounds=3, gap=gap)
    gone = plan.pairs(3)[0].mentor
    left = people.take([row for row, one in enumerate(people.id) if one != gone])
    no = [one for one in plan.pairs(2) if one.mentor != gone][:3]
    return plan, left, answered("declined", no)


@pytest.mark.parametrize("gap", ["never", 1])
def test_a_middle_plan_is_disturbed_as_little_as_an_independent_programme_says(gap: Any) -> None:
    plan, people, responses = disturbed_middle(gap)
    rest = replan(plan, after=1, people=people, responses=responses)
    scores, rounds = rest.scores, 2
    mentors, mentees = np.nonzero(scores.open_pairs)
    pairs = [(scores.mentors[m], scores.mentees[n]) for m, n in zip(mentors, mentees, strict=True)]
    met, before = set(rounds_of(plan)[0]), rounds_of(plan, 2)
    cells = [
        (place, number)
        for place, pair in enumerate(pairs)
        for number in range(rounds)
        if pair not in met or (gap == 1 and number > 0)
    ]
    rows: dict[tuple[Any, ...], list[int]] = {}
    for column, (place, number) in enumerate(cells):
        mentor, mentee = pairs[place]
        for key in (("pair", place), ("mentor", mentor, number), ("mentee", mentee, number)):
            rows.setdefault(key, []).append(column)
    entries = [(row, column) for row, columns in enumerate(rows.values()) for column in columns]
    own, columns = np.array(entries).T
    matrix = csr_array((np.ones(len(own)), (own, columns)), shape=(len(rows), len(cells)))
    was = frozenset().union(*before)
    goals = [
        np.ones(len(cells)),
        np.array([gap == "never" and pairs[place] in was for place, _ in cells], float),
        np.array([pairs[place] in before[number] for place, number in cells], float),
        np.array([float(scores.points[mentors[place], mentees[place]]) for place, _ in cells]),
    ]
    reached: list[int] = []
    constraints = [LinearConstraint(matrix, -np.inf, 1)]
    for goal in goals:
        best = milp(
            -goal,
            integrality=np.ones(len(cells), np.int64),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0},
        )
        assert best.x is not None, best.message
        reached.append(round(float(goal @ np.rint(best.x))))
        constraints.append(LinearConstraint(goal[None, :], reached[-1] - 0.5, np.inf))
    made = rounds_of(rest)
    kept = kept_of(made, before) * (gap == "never")
    assert [len(rest.meetings), kept, in_time(made, before), rest.total] == reached
    rmatch.verify(rest, people)


def test_pairs_that_stay_meet_when_they_were_to_although_others_beside_them_have_more_points() -> (
    None
):
    people = rmatch.datasets.workforce(80, 80)
    plan = rmatch.plan(people, rmatch.Programme(levels=rmatch.datasets.LEVELS), rounds=4)
    rest = replan(plan, after=1, responses=answered("declined", plan.pairs(2)[:3]))
    assert rest.changes is not None
    assert len(rest.changes.kept) == len(plan.meetings) * 3 // 4 - 3
    assert len(rest.meetings) == len(plan.meetings) * 3 // 4
    assert rest.moved == ()
    rmatch.verify(rest, people)


@cache
def rest_of(gap: Any) -> Plan:
    """Return the rest of a plan of which one pair declined: all rounds together, or with a number as gap one by one."""
    plan = rmatch.plan(rmatch.datasets.example(), rounds=3, gap=gap)
    rest = replan(plan, after=1, responses=answered("declined", plan.pairs(2)[:1]))
    assert (rest.together is None) == (gap != "never")
    return rest


@cache
def forged(gap: Any) -> dict[str, Plan]:
    """Return plans that are not what they say of an earlier plan."""
    return dict(_forged(gap))


def _forged(gap: Any) -> Iterator[tuple[str, Plan]]:
    rest = rest_of(gap)
    [first, *others] = rest.terms.planned
    [no] = rest.terms.answers
    stays = next(pair for pair in first if pair != no)
    yield "rounds are missing", with_terms(rest, planned=(first,))
    yield "a stranger declined", with_terms(rest, over={"declined": (no, ("E01", "E02"))})
    yield "others declined", with_terms(rest, over={"declined": (stays,)})
    yield "no answer at all", with_terms(rest, over=[no])
    met = replace(rest.meetings[0], mentor=no[0], mentee=no[1])
    yield "a declined pair meets", replace(rest, meetings=(met, *rest.meetings[1:]))
    if rest.together is None:
        return
    yield "it is over", with_terms(rest, over={"ended": (no,)})
    yield "a pair fewer was planned", with_terms(rest, planned=(first[1:], *others))
    yield "nothing was planned", with_terms(rest, planned=(), over={})
    yield "nobody declined", with_terms(rest, over={})
    told = rest.together.changes
    assert told is not None
    for name, changed in (
        ("no changes", None),
        ("a pair is said to be new", replace(told, new=told.kept[:1], kept=told.kept[1:])),
        ("nothing was broken", replace(told, broken=())),
    ):
        yield name, replace(rest, together=replace(rest.together, changes=changed))


def with_terms(plan: Plan, **terms: Any) -> Plan:
    return replace(plan, terms=replace(plan.terms, **terms))


FORGED = [(gap, name) for gap in ("never", 1) for name in forged(gap)]


@pytest.mark.parametrize(("gap", "name"), FORGED)
def test_what_is_forged_of_an_earlier_plan_is_seen(gap: Any, name: str) -> None:
    people = rmatch.datasets.example()
    rmatch.verify(rest_of(gap), people)
    with pytest.raises(VerificationError):
        rmatch.verify(forged(gap)[name], people)


def test_more_rounds_left_than_anybody_has_possible_partners_names_everybody() -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=12)
    few = people.take(range(6))
    with pytest.raises(InvalidInputError) as error:
        replan(plan, after=1, people=few)
    told = [str(fault) for fault in error.value.faults]
    assert len(told) == len(few.mentors) + len(few.mentees)
    assert all("for 11 rounds" in one for one in told)


def test_a_decline_of_somebody_who_has_left_is_heard() -> None:
    people = rmatch.datasets.example()
    plan = rmatch.plan(people, rounds=3)
    one = plan.pairs(2)[0]
    left = people.take([row for row, who in enumerate(people.id) if who != one.mentor])
    rest = replan(plan, after=1, people=left, responses=answered("declined", [one]))
    assert rest.changes is not None
    assert {each.cause for each in rest.changes.broken if each.mentor == one.mentor} == {"left"}
    rmatch.verify(rest, left)


@pytest.mark.parametrize("after", [1, 2])
def test_what_counts_once_over_the_year_is_planned_again_too(after: int) -> None:
    people = rmatch.datasets.example()
    once = replace(rmatch.datasets.example_programme(), count_topic="once")
    plan = rmatch.plan(people, once, rounds=3)
    rest = replan(plan, after=after)
    assert rest.moved == ()
    assert rounds_of(rest) == rounds_of(plan, after + 1)
    no = plan.pairs(3)[:1]
    rest = replan(plan, after=after, responses=answered("declined", no))
    assert rest.changes is not None
    assert [pair_of(one) for one in rest.changes.broken] == [pair_of(one) for one in no]
    rmatch.verify(rest, people, once)
    assert read_plan(rest.to_json(), people) == rest
