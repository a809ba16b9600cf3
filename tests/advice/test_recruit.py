"""A recruit is worth what the best matching gains, alone and together, by other ways of finding it."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

import rmatch
from rmatch.advice import Recruits, Worth, recruit
from rmatch.errors import InfeasibleError, InvalidInputError, StopError
from rmatch.io import read_profiles
from rmatch.people import with_more
from rmatch.rounds import Round, find_recruits, gained, visible_facts
from rmatch.scoring import Scores, scored

ORDER = {"most": ("pairs", "points", "covered"), "best": ("points", "pairs", "covered")}


def by_whole_numbers(scores: Scores) -> Worth:
    """Return what the best matching has, by one whole-number programme for each of the three."""
    facts, cohort, locked = visible_facts(scores), scores.cohort, scores.cohort.requests
    locks = [
        (cohort.row[lock.mentor], cohort.column[lock.mentee]) for lock in locked.of_kind("lock")
    ]
    allowed = scores.open_pairs.copy()
    room = [cohort.capacity("mentor").copy(), cohort.capacity("mentee").copy()]
    for row, column in locks:
        allowed[row, column] = False
        room[0][row] -= 1
        room[1][column] -= 1
    cells = [*map(tuple, np.argwhere(allowed).tolist()), *locks]
    free = len(cells) - len(locks)
    ids = [(scores.mentors[row], scores.mentees[column]) for row, column in cells]
    told = {
        "pairs": np.ones(len(cells)),
        "points": np.array([scores.blind_points[cell] for cell in cells], float),
        "covered": np.array([len([*gained(facts, *pair)]) for pair in ids], float),
    }
    if not free:
        return Worth(**{name: round(worth.sum()) for name, worth in told.items()})
    lines = np.zeros((sum(scores.shape), free))
    for place, (row, column) in enumerate(cells[:free]):
        lines[row, place] = lines[scores.shape[0] + column, place] = 1
    least, most = np.full(len(lines), -np.inf), np.concatenate(room)
    found: dict[str, int] = {}
    for name in ORDER[scores.programme.participation]:
        worth = told[name][:free]
        limits = LinearConstraint(csr_array(lines), least, most)
        solved = milp(
            -worth, constraints=limits, integrality=np.ones(free, np.int64), bounds=Bounds(0, 1)
        )
        assert solved.fun is not None
        best = -round(solved.fun)
        found[name] = best + round(told[name][free:].sum())
        lines = np.vstack([lines, worth])
        least, most = np.append(least, best - 0.5), np.append(most, best + 0.5)
    return Worth(**found)


def more(after: Worth, before: Worth) -> Worth:
    return Worth(
        after.pairs - before.pairs, after.points - before.points, after.covered - before.covered
    )


def with_some(scores: Scores, profiles: rmatch.People, some: tuple[int, ...]) -> Scores:
    """Return the scores with some recruits, a profile as often as it is named, and the means of before."""
    kinds = list(profiles)
    joined = [replace(kinds[kind], id=f"new {place}") for place, kind in enumerate(some)]
    people = with_more(scores.cohort.people, read_profiles(joined))
    return scored(people, scores.programme, scores.cohort.requests, scores.cohort)


def key(worth: Worth, programme: rmatch.Programme) -> tuple[int, ...]:
    return tuple(getattr(worth, name) for name in ORDER[programme.participation])


@st.composite
def kinds(draw: Any) -> list[dict[str, Any]]:
    """Draw up to three profiles."""
    topics = st.sampled_from((*strategies.TOPICS, "something new"))
    offers = st.dictionaries(topics, st.integers(1, strategies.MOST_LEVEL), min_size=1, max_size=2)
    fields = {
        "years": st.sampled_from((None, 1, 4)),
        "level": st.sampled_from((None, *strategies.LEVELS[:2])),
        "site": st.sampled_from((None, *strategies.SITES)),
        "languages": st.lists(st.sampled_from(strategies.LANGUAGES), max_size=1),
        "hours": st.sampled_from((None, strategies.HOURS[0])),
        "mentor_capacity": st.sampled_from((None, None, 1, 2)),
        "offers": offers,
        "extra:number": st.integers(0, 9).map(str),
    }
    rows = draw(st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=3))
    return [{"id": f"R{place}", "role": "mentor", **row} for place, row in enumerate(rows)]


def found_or_closed(scores: Scores, profiles: rmatch.People, k: int) -> Recruits | None:
    """Return what is found, or nothing after a look that indeed nobody may meet any of the profiles."""
    whole = with_some(scores, profiles, tuple(range(len(profiles))))
    news = [place for person, place in whole.cohort.row.items() if person.startswith("new")]
    if whole.open_pairs[news].any():
        return find_recruits(scores, profiles, k, own=False)
    with pytest.raises(InvalidInputError, match="no mentee may meet it"):
        find_recruits(scores, profiles, k, own=False)
    return None


@examples(30)
@given(strategies.rounds(), kinds(), st.integers(1, 2))
def test_recruits_are_worth_what_solving_anew_gains(drawn: Any, rows: Any, k: int) -> None:
    people, programme, requests = drawn
    profiles = read_profiles(rows)
    scores = rmatch.score(people, programme, requests)
    found = found_or_closed(scores, profiles, k)
    if found is None:
        return
    before = by_whole_numbers(scores)
    assert found.today == before
    worth = {
        some: more(by_whole_numbers(with_some(scores, profiles, some)), before)
        for size in {1, k}
        for some in combinations_with_replacement(range(len(profiles)), size)
    }
    place = {person: kind for kind, person in enumerate(profiles.id)}
    for one in found.recruits:
        assert one.worth == worth[place[one.profile],]
    together, best = found.together, max(key(each, programme) for each in worth.values())
    assert key(together.worth, programme) <= best <= key(together.bound, programme)
    places = [
        int(with_some(scores, profiles, (kind,)).cohort.capacity("mentor").max())
        for kind in place.values()
    ]
    if max(places) == 1:
        assert together.proved
    some = tuple(sorted(place[one] for one in together.profiles))
    if len(some) in {1, k}:
        assert together.worth == worth[some]
    # One more mentor never costs a pair where pairs come first.
    assert programme.participation == "best" or all(one.worth.pairs >= 0 for one in found.recruits)


@examples(40)
@given(strategies.rounds(), kinds())
def test_whole_rounds_with_a_recruit_have_as_many_pairs_and_points(drawn: Any, rows: Any) -> None:
    people, programme, requests = drawn
    profiles = read_profiles(rows)
    scores = rmatch.score(people, programme, requests)
    found = found_or_closed(scores, profiles, 1)
    if found is None:
        return
    place = {person: kind for kind, person in enumerate(profiles.id)}
    for one in found.recruits:
        after = Round(with_some(scores, profiles, (place[one.profile],)).blind, 0).solve()
        assert after.total == found.today.points + one.worth.points
        if programme.participation == "most":
            assert len(after.pairs) == found.today.pairs + one.worth.pairs


@examples(40)
@given(strategies.people(), st.data())
def test_people_with_more_are_people_read_together(people: rmatch.People, data: Any) -> None:
    cut = data.draw(st.integers(0, len(people)))
    rows = np.arange(len(people))
    assert with_more(people.take(rows[:cut]), people.take(rows[cut:])) == people


def told(people: rmatch.People, programme: rmatch.Programme) -> str:
    try:
        return recruit(people, programme).to_json()
    except InvalidInputError as error:
        return str(error)


@examples(30)
@given(strategies.people(anchored=True), st.data())
def test_no_demographic_answer_changes_what_anybody_is_worth(people: Any, data: Any) -> None:
    assume(len(people.wants.codes))
    order = np.array(data.draw(st.permutations(range(len(people)))))
    dimensions = {name: column.take(order) for name, column in people.dimensions.items()}
    consent = {
        name: bits if name == "lived_topics" else bits[order]
        for name, bits in people.consent.items()
    }
    others = replace(people, dimensions=dimensions, consent=consent)
    programme = rmatch.Programme(levels=strategies.LEVELS, count_topic="each")
    assert told(others, programme) == told(people, programme)


def test_a_middle_round_agrees_with_two_other_ways() -> None:
    people = rmatch.datasets.workforce(40, 60, seed=2)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    found = recruit(people, programme, k=2)
    scores = rmatch.score(people, programme)
    profiles = {one.profile: one.says for one in found.recruits}
    for one in (*found.recruits[:2], found.recruits[-1]):
        row = {"id": "new", "role": "mentor", **profiles[one.profile]}
        enlarged = with_some(scores, read_profiles([row]), (0,))
        assert more(by_whole_numbers(enlarged), found.today) == one.worth
        after = Round(enlarged.blind, 0).solve()
        assert after.total - found.today.points == one.worth.points
    assert found.together.proved


COMPANY = rmatch.datasets.example()


def profile(called: str, **said: Any) -> dict[str, Any]:
    return {"id": called, "role": "mentor", "years": 3, "offers": {"python": 5}, **said}


def test_the_best_k_begin_with_the_best_fewer_and_gain_less_and_less() -> None:
    few, many = (recruit(COMPANY, k=k).together for k in (2, 6))
    assert many.profiles[:2] == few.profiles
    assert many.each[:2] == few.each
    points = [each.points for each in many.each]
    assert points == sorted(points, reverse=True)
    assert many.proved


def test_everything_that_is_wrong_with_profiles_is_said_at_once() -> None:
    rows = [
        profile("E17"),
        profile("a", offers={"pytone": 5}, site="Leads"),
        profile("b", years=4),
        profile("c", years=4),
        profile("d", role="both", offers={"python": 2}),
        profile("e", name="Ada", email="ada@example.org", mentor_minimum=1, mentor_capacity=0),
        profile("f", lived_topics=["caring"]),
        profile("g", **{"dimension:gender": "woman", "consent:gender": "match"}),
        profile("h", level="Boss"),
    ]
    programme = replace(rmatch.datasets.example_programme(), lived_topics=("automation",))
    rows.append(profile("i", offers={"automation": 3}))
    with pytest.raises(InvalidInputError) as error:
        recruit(COMPANY, programme, profiles=rows)
    said = str(error.value)
    for part in (
        "somebody has this id already",
        "nobody wants or teaches 'pytone'; did you mean 'python'?",
        "nobody has 'Leads'; did you mean 'Leeds'?",
        "says the same as 'b'",
        "the role is 'both', and only mentors are recruited here",
        "the profile has a name",
        "the profile has an address",
        "the profile must get a partner",
        "the profile takes no mentee",
        "the profile has lived a topic",
        "the profile teaches a lived topic",
        "dimension:gender: a profile says something of a demographic question",
        "'Boss' is not in the programme's levels",
    ):
        assert part in said
    for private in ("Ada", "woman", "caring", "automation"):
        assert private not in said


@pytest.mark.parametrize("k", [0, -1, 1.5, True, "2", 1001])
def test_no_such_number_of_recruits(k: Any) -> None:
    with pytest.raises(InvalidInputError, match="recruit, k"):
        recruit(COMPANY, k=k)


def test_a_profile_whom_the_rules_let_meet_nobody_is_refused_with_the_rule() -> None:
    rows = [profile("old hand", years=60), profile("anybody", years=None)]
    with pytest.raises(InvalidInputError) as error:
        recruit(COMPANY, profiles=rows)
    said = str(error.value)
    assert said.count("no mentee may meet it: the mentor must be the junior one") == 2
    assert "the years are not known; say in the profile what the rule has to know" in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mentee_capacity": 2}, "say count_topic = 'each'"),
        ({"objective": rmatch.objectives.MaxMin()}, "with the objective 'total'"),
        ({"waiting": "first", "mentee_capacity": 2, "spread": True}, "ask without waiting"),
        ({"mentee_capacity": 2, "group_sizes": (1, 2)}, "ask without group_sizes"),
    ],
)
def test_a_programme_without_a_worth_in_points_is_refused(changed: Any, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        recruit(COMPANY, replace(rmatch.datasets.example_programme(), **changed))


def test_where_nobody_wants_anything_there_is_no_topic_to_recruit_for() -> None:
    people = rmatch.read_people([profile("m"), {"id": "e", "role": "mentee", "years": 20}])
    with pytest.raises(InvalidInputError, match="nobody wants a topic"):
        recruit(people)
    plain = [profile("one more", offers={})]
    assert recruit(people, profiles=plain).recruits[0].worth == Worth(0, 0, 0)


def test_minimums_out_of_reach_are_told_as_by_match() -> None:
    people = rmatch.read_people(
        [
            profile("m"),
            *({"id": f"e{n}", "role": "mentee", "years": 20, "wants": "python"} for n in (1, 2)),
        ]
    )
    with pytest.raises(InfeasibleError):
        recruit(people, rmatch.Programme(mentee_minimum=1))


def test_recruits_come_before_the_points_of_those_who_are_there() -> None:
    people = rmatch.read_people(
        [
            profile("m", years=2),
            *({"id": f"e{n}", "role": "mentee", "years": 20, "wants": "python"} for n in range(4)),
        ]
    )
    found = recruit(people, k=9)
    assert found.today.pairs == 1
    assert found.together.profiles == ("python",) * 3
    assert found.together.worth == Worth(3, found.today.points * 3, 3)
    assert found.recruits[0].short == 3


def test_usual_profiles_say_what_the_rules_have_to_know() -> None:
    rules = (
        rmatch.rules.SharedLanguage(),
        rmatch.rules.OtherSite(),
        rmatch.rules.OverlappingHours(),
    )
    programme = replace(rmatch.datasets.example_programme(), rules=rules)
    says = recruit(COMPANY, programme).recruits[0].says
    assert says.keys() == {"offers", "level", "languages", "site", "hours", "time_zone"}
    assert recruit(COMPANY, programme, k=1).recruits[0].reason == ""


def test_it_prints_and_says_itself_as_json() -> None:
    found = recruit(COMPANY, k=2)
    text = str(found)
    assert text.startswith(f"Today the best matching has 10 pairs and covers {found.today.covered}")
    assert "no other choice adds more (proved)" in text
    assert "Each of these: years" in text
    told = json.loads(found.to_json())
    assert told["recruits"][0]["worth"] == found.recruits[0].worth.to_dict()
    assert told["together"]["proved"] is True
    assert told["together"]["profiles"] == list(found.together.profiles)


def test_where_recruits_take_several_the_answer_says_what_no_choice_exceeds() -> None:
    programme = rmatch.Programme(mentor_capacity=2, levels=rmatch.datasets.LEVELS)
    found = recruit(rmatch.datasets.workforce(20, 60, seed=1), programme)
    together = found.together
    assert not together.proved
    assert together.worth.pairs == together.bound.pairs == 6
    assert together.worth.points < together.bound.points
    assert "no choice adds more than 6 pairs" in str(found)


def test_a_run_that_is_stopped_has_no_answer() -> None:
    flag = threading.Event()
    flag.set()
    with pytest.raises(StopError):
        recruit(COMPANY, cancel=flag)


def test_the_answer_does_not_depend_on_the_order_of_the_rows() -> None:
    rng = np.random.default_rng(1)
    assert recruit(COMPANY.take(rng.permutation(len(COMPANY)))) == recruit(COMPANY)
