"""Several partners of a mentee: the best groups are those of trying everything, proved, kept, and told line by line."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import combinations, product
from threading import Event
from time import sleep
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import ExperienceGap, Expertise
from rmatch.errors import InfeasibleError, InvalidInputError, StopError, VerificationError
from rmatch.objectives import AlphaFair, Leximin, Stable
from rmatch.people import Request, Requests
from rmatch.programme import Programme, counts_once
from rmatch.quotas import PairQuota
from rmatch.rounds.facts import formulas_of
from rmatch.rounds.groups.whole import whoever_is_placed
from rmatch.scoring import Coverage
from rmatch.solve.groups.optimum import Optimising
from rmatch.utils.stopping import LOOKED_EVERY
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rmatch.matching import Alternative, Matching
    from rmatch.people import People
    from rmatch.scoring import Scores
    from rmatch.solve import GroupSolution

Round = tuple["People", "Programme", Requests]
Group = tuple[str, ...]

PLACES = ("without_protected", "with_protected")


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """Draw a round in which topics count once, with sizes and departments where the draw says so."""
    drawn = strategies.rounds(
        max_mentors=4,
        max_mentees=2,
        own=False,
        minimums=True,
        places=PLACES,
        some=True,
        topics=("once",),
    )
    people, programme, requests = draw(drawn)
    sizes = draw(st.sampled_from(((), (), (2,), (2, 3), (1, 3))))
    apart = draw(st.booleans()) and any(people.department[row] for row in people.mentors.tolist())
    chosen = replace(programme, mentee_capacity=3, group_sizes=sizes, one_per_department=apart)
    return people, chosen, requests


def worth(scores: Scores, mentee: str, group: Group, *, protected: bool) -> int:
    """Return the points of a group by the lines of its pairs, each topic at its best."""
    topics: dict[str, int] = {}
    rest = 0
    for mentor in group:
        for line in formulas_of(scores).of(mentor, mentee):
            if line.protected and not protected:
                continue
            if line.criterion == "expertise" and line.subject:
                topics[line.subject] = max(topics.get(line.subject, 0), line.points)
            else:
                rest += line.points
    return rest + sum(topics.values())


def groups(scores: Scores, mentee: str, locked: Sequence[str]) -> Iterator[Group]:
    """Go through the groups that a mentee may have."""
    programme, cohort = scores.programme, scores.cohort
    column = cohort.column[mentee]
    most = int(cohort.capacity("mentee")[column])
    least = int(cohort.minimum("mentee")[column])
    able = [one for row, one in enumerate(scores.mentors) if scores.open_pairs[row, column]]
    for size in range(most + 1):
        allowed = not programme.group_sizes or size == 0 or size in programme.group_sizes
        for group in combinations(sorted({*able, *locked}), size) if allowed else ():
            departments = [cohort.people.department[cohort.people.id.index(one)] for one in group]
            apart = len(set(departments)) == size and (size < 2 or None not in departments)
            # Between locked partners nothing is left to decide.
            known = set(group) <= set(locked)
            apart |= known or not programme.one_per_department
            if set(locked) <= set(group) and size >= least and apart:
                yield group


def best(
    scores: Scores, locked: dict[str, list[str]], given: dict[str, int] | None, *, protected: bool
) -> tuple[int, int] | None:
    """Return pairs and points of the best groups by trying all, for people who have so many partners if that is given."""
    cohort, values = scores.cohort, []
    choices = [list(groups(scores, mentee, locked.get(mentee, []))) for mentee in scores.mentees]
    for chosen in product(*choices):
        held = {one: sum(one in group for group in chosen) for one in scores.mentors}
        sizes = dict(zip(scores.mentees, map(len, chosen), strict=True))
        if given is not None:
            kept = all(given[f"mentor {one}"] == count for one, count in held.items())
            kept &= all(given[f"mentee {one}"] == count for one, count in sizes.items())
        else:
            room = zip(
                held.values(), cohort.minimum("mentor"), cohort.capacity("mentor"), strict=True
            )
            kept = all(least <= count <= most for count, least, most in room)
        if kept:
            points = sum(
                worth(scores, mentee, group, protected=protected)
                for mentee, group in zip(scores.mentees, chosen, strict=True)
            )
            values.append((sum(sizes.values()), points))
    if scores.programme.participation == "most":
        return max(values, default=None)
    return max(((-1, points) for _, points in values), default=None)


def locks_of(scores: Scores) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lock in scores.cohort.requests.of_kind("lock"):
        found.setdefault(lock.mentee, []).append(lock.mentor)
    return found


def counts(pairs: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair in pairs:
        for side in ("mentor", "mentee"):
            who = f"{side} {getattr(pair, side)}"
            found[who] = found.get(who, 0) + 1
    return found


@examples(120)
@given(rounds())
def test_groups_are_those_of_trying_everything(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    locked = locks_of(scores)
    guarded = any(factor.protected for factor in scores.factors)
    guarded &= scores.programme.places == "without_protected"
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        assert best(scores, locked, None, protected=True) is None or _crowded(scores, locked)
        return
    rmatch.verify(matching, *drawn)
    assert matching.status is rmatch.errors.Status.OPTIMAL
    assert matching.total == sum(pair.points for pair in matching.pairs)
    first = best(scores, locked, None, protected=not guarded)
    assert first is not None
    given_places = None
    if guarded:
        made = {**dict.fromkeys([f"mentor {one}" for one in scores.mentors], 0)}
        made |= dict.fromkeys([f"mentee {one}" for one in scores.mentees], 0)
        given_places = made | counts(matching.pairs)
    second = best(scores, locked, given_places, protected=True)
    assert second is not None
    assert matching.total == second[1]
    assert first[0] in {-1, len(matching.pairs)}


def _crowded(scores: Scores, locked: dict[str, list[str]]) -> bool:
    """Tell whether a mentor has more locks than places, or locked partners are of one department."""
    room = dict(zip(scores.mentors, scores.cohort.capacity("mentor").tolist(), strict=True))
    return any(room[one] < 1 for own in locked.values() for one in own)


@examples(60)
@given(rounds())
def test_a_group_is_the_sum_of_its_lines_and_every_topic_is_there_once(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    for mentee in matching.scores.mentees:
        group = matching.group(mentee)
        assert group.points == sum(line.points for line in group.lines)
        assert group.points == worth(matching.scores, mentee, group.mentors, protected=True)
        for mentor in group.mentors:
            explained = matching.explain(mentor, mentee)
            own = sum(line.points for line in group.lines if line.mentor == mentor)
            assert explained.points == own
        taught = [
            line.subject for line in group.lines if line.criterion == "expertise" and line.points
        ]
        assert len([one for one in taught if one]) == len({one for one in taught if one})
        assert not set(group.open) & set(taught)


@examples(40)
@given(rounds())
def test_a_swap_is_never_better_than_the_best(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    for mentee in matching.scores.mentees:
        swap = matching.group(mentee).swap
        assert swap is None or swap.points <= 0


@examples(40)
@given(rounds())
def test_groups_are_kept_and_read_back(drawn: Round) -> None:
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    assert pickle.loads(pickle.dumps(matching)) == matching
    read = rmatch.read_matching(matching.to_dict(), people=drawn[0], programme=drawn[1])
    assert read == matching
    rmatch.verify(read, *drawn)


TEACHERS = [
    {"id": "M1", "role": "mentor", "offers": {"python": 5}, "department": "Data"},
    {"id": "M2", "role": "mentor", "offers": {"python": 5}, "department": "Data"},
    {"id": "M3", "role": "mentor", "offers": {"short video": 4}, "department": "Sales"},
]
LEADER = {"id": "L1", "role": "mentee", "wants": {"python": 1, "short video": 1}}
TAUGHT: dict[str, Any] = {
    "criteria": (Expertise(1),),
    "rules": (),
    "mentee_capacity": 2,
    "count_topic": "once",
}


def circle(**chosen: Any) -> Matching:
    return rmatch.match(rmatch.read_people([*TEACHERS, LEADER]), Programme(**TAUGHT | chosen))


@pytest.mark.parametrize("seed", range(6))
def test_what_two_would_teach_is_taught_once_and_the_other_want_too(seed: int) -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    matching = rmatch.match(people, Programme(**TAUGHT), seed=seed)
    assert "M3" in matching.partners["L1"]
    assert matching.group("L1").open == ()
    each = rmatch.match(people, Programme(**TAUGHT | {"count_topic": "each"}), seed=seed)
    assert "M3" not in each.partners["L1"]


def test_over_seeds_equals_have_equal_chances() -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    chosen = [
        rmatch.match(people, Programme(**TAUGHT), seed=seed).partners["M1"] for seed in range(60)
    ]
    assert 15 < sum(map(bool, chosen)) < 45


def test_the_order_of_rows_does_not_matter() -> None:
    people = [*TEACHERS, LEADER, LEADER | {"id": "L2"}]
    one, other = (
        rmatch.match(rmatch.read_people(rows), Programme(**TAUGHT))
        for rows in (people, people[::-1])
    )
    assert one.id_pairs == other.id_pairs


def test_where_nobody_may_have_several_nothing_changes() -> None:
    people = rmatch.datasets.example()
    once, each = (
        rmatch.match(people, replace(rmatch.datasets.example_programme(), count_topic=how))
        for how in ("once", "each")
    )
    assert once.route == each.route == "dense"
    assert [step.solution.cols.tolist() for step in once.steps] == [
        step.solution.cols.tolist() for step in each.steps
    ]
    documents = once.to_dict(), each.to_dict()
    assert [one["programme"].pop("count_topic") for one in documents] == ["once", "each"]
    assert documents[0] == documents[1]


def test_a_lock_counts_towards_what_is_covered() -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    lock = Requests((Request("M1", "L1", "lock"),))
    matching = rmatch.match(people, Programme(**TAUGHT), lock)
    assert matching.partners["L1"] == ("M1", "M3")
    rmatch.verify(matching, people, Programme(**TAUGHT), lock)


def test_sizes_and_departments_are_kept() -> None:
    trio = circle(mentee_capacity=3, group_sizes=[3])
    assert trio.partners["L1"] == ("M1", "M2", "M3")
    apart = circle(mentee_capacity=3, one_per_department=True)
    assert len(apart.partners["L1"]) == 2
    none = circle(mentee_capacity=3, group_sizes=[3], one_per_department=True)
    assert not none.pairs
    assert none.status is rmatch.errors.Status.OPTIMAL


def test_sizes_out_of_reach_show_who() -> None:
    with pytest.raises(InfeasibleError, match="L1") as caught:
        circle(mentee_capacity=3, group_sizes=[3], one_per_department=True, mentee_minimum=1)
    assert caught.value.mentees == ("L1",)
    with pytest.raises(InfeasibleError, match="mentee L1 needs 4 partners") as caught:
        circle(mentee_capacity=4, group_sizes=[4], mentee_minimum=1)
    assert caught.value.mentees == ("L1",)
    people = rmatch.read_people([*TEACHERS, LEADER | {"mentee_capacity": 1, "mentee_minimum": 1}])
    with pytest.raises(InfeasibleError, match=r"no size of groups fits .* 'L1'"):
        rmatch.match(people, Programme(**TAUGHT, group_sizes=[2]))


@pytest.mark.parametrize(
    ("chosen", "problems"),
    [
        ({"group_sizes": 2}, ["is not a list"]),
        ({"group_sizes": [0]}, ["0"]),
        ({"group_sizes": [2, 2]}, ["2 is there twice"]),
        ({"group_sizes": [2, 3]}, ["a group of 3 is more than mentee_capacity, which is 2"]),
        ({"one_per_department": "yes"}, ["'yes'"]),
        ({"count_topic": "twice"}, ["'twice'"]),
        ({"group_sizes": [2], "objective": "leximin"}, ["go with the total only"]),
        ({"group_sizes": [2], "count_topic": "each"}, ["topics that count once"]),
        ({"one_per_department": True, "spread": True}, ["do not go with spread"]),
    ],
)
def test_what_no_programme_can_ask_of_groups(chosen: dict[str, Any], problems: list[str]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Programme(**TAUGHT | chosen)
    told = [fault.problem for fault in caught.value.faults]
    assert len(told) == len(problems)
    assert all(problem in said for problem, said in zip(problems, told, strict=True))


def test_what_goes_by_single_pairs_is_refused_with_a_cure() -> None:
    sized = circle(group_sizes=[2])
    with pytest.raises(InvalidInputError, match="no earlier pair can come before the points"):
        rmatch.rematch(sized)
    people = rmatch.read_people([*TEACHERS, LEADER])
    with pytest.raises(InvalidInputError, match="none of groups"):
        rmatch.lottery(people, Programme(**TAUGHT, group_sizes=[2]), cap=1)
    with pytest.raises(InvalidInputError, match="no mentor has one"):
        rmatch.match(
            rmatch.read_people([{"id": "m", "role": "mentor"}, LEADER]),
            Programme(**TAUGHT, one_per_department=True),
        )


def test_by_default_topics_count_once_and_a_claim_says_how_they_count() -> None:
    assert Programme().count_topic == "once"
    assert counts_once(Programme(mentee_capacity=2))
    assert circle().claim == circle(count_topic="once").claim
    assert "counted once" in circle().claim
    assert "counted with each of them" in circle(count_topic="each").claim


FIT = (Expertise(3), ExperienceGap(1))
MODE = (PairQuota("gender", "different", at_most=9),)
APART: dict[str, Callable[[People, Programme], object]] = {
    "leximin": lambda people, own: rmatch.match(people, replace(own, objective=Leximin())),
    "stable": lambda people, own: rmatch.match(people, replace(own, objective=Stable())),
    "alpha": lambda people, own: rmatch.match(people, replace(own, objective=AlphaFair(1))),
    "quotas": lambda people, own: rmatch.match(people, replace(own, quotas=MODE)),
    "lottery": lambda people, own: rmatch.lottery(people, own, cap=1),
    "frontier": rmatch.frontier,
    "quota frontier": lambda people, own: rmatch.frontier(people, own, quota=MODE[0]),
}
"""What looks at every pair by itself."""


@pytest.mark.parametrize("asked", APART.values(), ids=APART)
def test_what_looks_at_pairs_by_themselves_asks_for_topics_that_count_with_each(
    asked: Callable[[People, Programme], object],
) -> None:
    """Nothing counts with each partner unless the programme says so: it is refused, with one thing to do."""
    people = rmatch.datasets.example()
    own = {"levels": rmatch.datasets.LEVELS, "unprotected": ["gender"], "criteria": FIT}
    programme = Programme(**TAUGHT | own)
    with pytest.raises(InvalidInputError) as caught:
        asked(people, programme)
    (fault,) = caught.value.faults
    assert (fault.field, fault.remedy) == ("count_topic", "say count_topic = 'each'")
    asked(people, replace(programme, count_topic="each"))
    asked(people, replace(programme, mentee_capacity=1))


def test_where_several_places_are_refused_at_all_that_alone_is_told() -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    with pytest.raises(InvalidInputError, match="may have several partners, and to compare sums"):
        rmatch.match(people, Programme(**TAUGHT, objective=Leximin("people")))


@examples(40)
@given(rounds(), st.data())
def test_other_partners_cost_what_a_lock_on_them_costs(drawn: Round, data: Any) -> None:
    people, programme, requests = drawn
    try:
        matching = rmatch.match(*drawn)
    except InfeasibleError:
        return
    # A lock beside another one may bring together two of a department, which no group may that is looked for.
    overrides = programme.one_per_department and requests.of_kind("lock")
    if matching.route != "groups" or not matching.scores.mentees or overrides:
        return
    person = data.draw(st.sampled_from(matching.scores.mentees))
    made = set(matching.id_pairs)
    exact = []
    for mentor in matching.scores.mentors:
        row, column = matching.scores.cohort.row[mentor], matching.scores.cohort.column[person]
        if (mentor, person) in made or not matching.scores.open_pairs[row, column]:
            continue
        lock = Requests((*requests.rows, Request(mentor, person, "lock")))
        try:
            other = rmatch.match(people, programme, lock)
        except InfeasibleError:
            continue
        counts = programme.participation == "most"
        lost = counts * (len(matching.pairs) - len(other.pairs)), matching.total - other.total
        exact.append((lost, mentor))
    found = matching.alternatives(person, 2, side="mentee")
    assert all(one.exact for one in found)
    assert [one.at_least for one in found] == [lost for lost, _ in sorted(exact)[:2]]
    # What prices alone say is never more.
    known = {mentor: lost for lost, mentor in exact}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rmatch.rounds.groups.others.SOLVED", 0)
        bounded = matching.alternatives(person, len(people), side="mentee")
    assert {one.mentor for one in bounded} >= known.keys()
    for one in bounded:
        assert not one.exact
        assert known.get(one.mentor, one.at_least) >= one.at_least


def test_among_many_pairs_groups_are_looked_for_within_a_limit() -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    once = Programme(**TAUGHT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rmatch.rounds.groups.problem.UNLIMITED", 2)
        for asked in (rmatch.match, partial(rmatch.plan, rounds=2)):
            with pytest.raises(InvalidInputError, match="that may take hours") as caught:
                asked(people, once)
            assert [fault.remedy for fault in caught.value.faults] == [
                "give max_seconds, or say count_topic = 'each'"
            ]
            asked(people, once, max_seconds=60)
            asked(people, replace(once, count_topic="each"))


def test_costs_where_topics_count_once_are_those_of_locks() -> None:
    people = rmatch.datasets.workforce(6, 3, seed=2)
    programme = Programme(**TAUGHT | {"levels": rmatch.datasets.LEVELS, "criteria": FIT})
    matching = rmatch.match(people, programme)
    assert matching.route == "groups"
    costs = matching.costs()
    assert (costs.points == costs.at_most).all()
    for row, mentor in enumerate(matching.scores.mentors):
        told = {one.mentee: one for one in matching.alternatives(mentor, 3, side="mentor")}
        for column, mentee in enumerate(matching.scores.mentees):
            if mentee in told:
                cost = int(costs.pairs[row, column]), int(costs.points[row, column])
                assert told[mentee].at_least == cost
                explained = matching.explain(mentor, mentee)
                assert f"To make them one {told[mentee].price}." in explained.sentences
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rmatch.rounds.costs.ALL_GROUPS", 1)
        with pytest.raises(InvalidInputError, match="each of which is solved"):
            matching.costs()


def test_a_run_that_is_stopped_says_what_other_partners_cost_at_least() -> None:
    people = rmatch.datasets.workforce(40, 20, seed=4)
    programme = Programme(**TAUGHT | {"levels": rmatch.datasets.LEVELS, "criteria": FIT})
    matching = rmatch.match(people, programme)
    person = matching.scores.mentees[0]
    exact = matching.alternatives(person, 3)
    bounded: tuple[Alternative, ...] = ()
    for most in (2**power for power in range(12)):
        looks = iter(range(most))
        with suppress(StopError):
            bounded = matching.alternatives(person, 3, cancel=partial(_are_over, looks))
        if bounded:
            break
    assert len(bounded) == 3
    assert not all(one.exact for one in bounded)
    known = {one.mentor: one for one in exact}
    for one in bounded:
        if one.mentor in known:
            assert one.at_least <= known[one.mentor].at_least


def _are_over(looks: Iterator[int]) -> bool:
    return next(looks, None) is None


def test_a_worse_answer_is_not_proved_by_any_proof_at_hand() -> None:
    people = rmatch.datasets.workforce(9, 4, seed=1)
    criteria = (Expertise(3), ExperienceGap(1))
    programme = Programme(**TAUGHT | {"criteria": criteria, "levels": rmatch.datasets.LEVELS})
    best = rmatch.match(people, programme)
    out = Requests((Request(best.pairs[0].mentor, best.pairs[0].mentee, "exclude"),))
    worse = rmatch.match(people, programme, out)
    assert len(worse.pairs) == len(best.pairs)
    assert worse.total < best.total
    (step,), (other,) = worse.steps, best.steps
    solution: Any = step.solution
    for proof in (solution.points_proof, other.solution.points_proof):  # type: ignore[union-attr]
        claimed = replace(step, solution=replace(solution, points_proof=proof))
        forged = replace(best, pairs=worse.pairs, total=worse.total, steps=(claimed,))
        with pytest.raises(VerificationError, match="prices leave open"):
            rmatch.verify(forged, people, programme)


def test_a_group_of_a_size_or_with_departments_that_are_not_allowed_is_rejected() -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    trio = circle(mentee_capacity=3)
    for asked in ({"group_sizes": [2]}, {"one_per_department": True}):
        own = Programme(**TAUGHT | {"mentee_capacity": 3} | asked)
        with pytest.raises(VerificationError, match="a group of a size, or with departments"):
            rmatch.verify(trio, people, own)


def test_whoever_has_no_department_is_alone_beside_a_lock() -> None:
    people = rmatch.read_people([TEACHERS[0] | {"department": None}, *TEACHERS[1:], LEADER])
    lock = Requests((Request("M1", "L1", "lock"),))
    chosen = Programme(**TAUGHT | {"mentee_capacity": 3, "one_per_department": True})
    matching = rmatch.match(people, chosen, lock)
    assert matching.partners["L1"] == ("M1",)
    rmatch.verify(matching, people, chosen, lock)


def test_groups_are_not_lost_to_a_stop_while_places_are_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = rmatch.datasets.workforce(18, 7, seed=1)
    programme = Programme(levels=rmatch.datasets.LEVELS, mentee_capacity=2, count_topic="once")
    over = Event()

    class Late(Optimising):
        def _price(self) -> None:
            if self.pairs is not None:
                over.set()
                sleep(2 * LOOKED_EVERY)
            super()._price()

    monkeypatch.setattr("rmatch.solve.groups.solve.Optimising", Late)
    matching = rmatch.match(people, programme, cancel=over)
    assert over.is_set()
    assert matching.status is rmatch.errors.Status.FEASIBLE
    assert [step.decides for step in matching.steps] == ["places", "pairs"]
    assert matching.pairs
    rmatch.verify(matching, people, programme)


def left_open(monkeypatch: pytest.MonkeyPatch, people: People, programme: Programme) -> Matching:
    """Return a matching of which nothing is proved but what prices alone prove."""
    monkeypatch.setattr("rmatch.solve.groups.optimum.LARGEST", 0)
    matching = rmatch.match(people, programme)
    monkeypatch.undo()
    return matching


@pytest.mark.parametrize("seed", [0, 1])
def test_a_bound_holds_whoever_gets_a_place_where_places_are_left_open(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = rmatch.datasets.workforce(60 - 20 * seed, 25 - 7 * seed, seed=seed)
    programme = Programme(levels=rmatch.datasets.LEVELS, mentee_capacity=2, count_topic="once")
    matching = left_open(monkeypatch, people, programme)
    first, last = matching.steps
    places, pairs = (cast("GroupSolution", step.solution) for step in matching.steps)
    assert not places.proved
    assert pairs.ceiling is not None
    assert matching.bound == pairs.ceiling.bound
    # Who has places with protected attributes at hand reaches it at most.
    free = replace(programme, places="with_protected", justification="to compare")
    most = rmatch.match(people, free)
    assert rmatch.match(people, programme).total <= most.total <= matching.bound
    assert matching.bound < 1.002 * most.total
    rmatch.verify(matching, people, programme)
    kept = rmatch.read_matching(matching.to_dict(), people)
    assert kept == matching
    assert (
        rmatch.verify(kept, people, programme)
        .checks[-1]
        .startswith(f"at most {numeral(matching.bound)} points possible")
    )
    wrong: Any
    for wrong in (
        replace(pairs.ceiling, bound=most.total - 1),
        replace(pairs.ceiling, bound=cast("Any", float(matching.bound))),
        replace(pairs.ceiling, proof=places.points_proof),
        matching.bound,
    ):
        forged = replace(last, solution=replace(pairs, ceiling=wrong))
        with pytest.raises(VerificationError):
            rmatch.verify(replace(matching, steps=(first, forged)), people, programme)
    misplaced = replace(first, solution=replace(places, ceiling=pairs.ceiling))
    with pytest.raises(VerificationError, match="which nobody asked for"):
        rmatch.verify(replace(matching, steps=(misplaced, last)), people, programme)


def test_a_bound_for_all_places_counts_pairs_only_where_there_cannot_be_more() -> None:
    people = rmatch.datasets.workforce(18, 7, seed=1)
    programme = Programme(levels=rmatch.datasets.LEVELS, mentee_capacity=2, count_topic="once")
    matching = rmatch.match(people, programme)
    scores, first = matching.scores, matching.steps[0]
    solution = cast("GroupSolution", first.solution)
    parts = Coverage.of(scores)
    posed = scores.cohort, programme, (parts.rest, parts.mentee, parts.gains)
    assert solution.most_pairs is not None
    for more, known in ((0, len(solution.rows)), (1, None)):
        step = replace(first, solution=replace(solution, most_pairs=solution.most_pairs + more))
        problem, pairs = whoever_is_placed(posed, scores.open_pairs, [], step)
        assert pairs == known
        assert problem.mentor_capacity.sum() > len(solution.rows)


def test_a_tampered_group_is_rejected() -> None:
    people, programme = rmatch.read_people([*TEACHERS, LEADER]), Programme(**TAUGHT)
    matching = rmatch.match(people, programme)
    step = matching.steps[-1]
    pair = next(one for one in matching.pairs if one.mentor != "M3")
    other = "M1" if pair.mentor == "M2" else "M2"
    rows = np.array([matching.scores.mentors.index(one) for one in (other, "M3")])
    swapped = replace(step.solution, rows=np.sort(rows))
    both = tuple(replace(one, mentor=other) if one == pair else one for one in matching.pairs)
    worse = replace(
        matching,
        pairs=tuple(replace(one, points=one.points // 2) for one in matching.pairs),
        total=matching.total // 2,
    )
    with pytest.raises(VerificationError):
        rmatch.verify(worse, people, programme)
    # Another group that is as good is proved by the same prices, and nothing is wrong with it.
    rmatch.verify(
        replace(
            matching,
            pairs=tuple(sorted(both, key=lambda one: one.mentor)),
            steps=(replace(step, solution=swapped),),
        ),
        people,
        programme,
    )
    two = np.array([matching.scores.mentors.index(one) for one in ("M1", "M2")])
    doubled = replace(step.solution, rows=two, total=int(step.solution.total))
    with pytest.raises(VerificationError):
        rmatch.verify(
            replace(matching, steps=(replace(step, solution=doubled),)), people, programme
        )


def test_who_plays_a_part_in_no_group_is_told() -> None:
    matching = circle(mentee_capacity=3, group_sizes=[2], criteria=(Expertise(1), ExperienceGap(1)))
    assert [reason.id for reason in matching.unmatched] == [
        one for one in ("M1", "M2", "M3") if one not in matching.partners["L1"]
    ]
    with pytest.raises(InvalidInputError, match="plays that role"):
        matching.group("M1")
    assert matching.group("L1").mentors == matching.partners["L1"]


def test_whoever_is_left_out_is_told_that_a_group_has_a_form() -> None:
    people = rmatch.read_people([*TEACHERS, LEADER])
    for asked, words in (
        ({"mentee_capacity": 3, "group_sizes": [2]}, "a group of a size that the programme"),
        ({"mentee_capacity": 3, "one_per_department": True}, "two of one department into a group"),
    ):
        left = rmatch.match(people, Programme(**TAUGHT | asked)).unmatched
        assert left, asked
        assert words in left[0].sentence
