"""Rules and criteria for some: what they do inside, that they do nothing outside, and what has no meaning."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Diversity, Expertise, Growth, Reach
from rmatch.io import programme_document
from rmatch.people import ROLES, Request, Requests
from rmatch.rounds import hopeless, unmatched
from rmatch.rules import CustomRule, JuniorMentor, Only, OtherSite, ReportingChain

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.people import People, Person
    from rmatch.programme import Programme

Round = tuple["People", "Programme", Requests]
HEADS: Any = {"level": ["Head", "Director"]}
STAFF: list[dict[str, Any]] = [
    {"id": "a", "role": "mentor", "years": 2, "site": "Leeds", "level": "Analyst", "offers": "ai"},
    {"id": "b", "role": "mentor", "years": 4, "site": "Vienna", "level": "Lead", "offers": "go"},
    {"id": "c", "role": "mentor", "years": 3, "level": "Analyst", "languages": "en; de"},
    {"id": "x", "role": "mentee", "years": 20, "site": "Leeds", "level": "Head", "wants": "ai"},
    {"id": "y", "role": "mentee", "years": 30, "site": "Leeds", "level": "Chief", "wants": "go"},
    {"id": "z", "role": "mentee", "years": 25, "site": "Vienna", "level": "director "},
]
LEVELS = ("Analyst", "Lead", "Head", "Director", "Chief")


def staff(**more: Any) -> People:
    """Return three mentors and three mentees, with something more about each."""
    return rmatch.read_people([each | more for each in STAFF])


def allowed(rule: Any, people: People | None = None, **chosen: Any) -> set[str]:
    """Return the pairs that a rule alone allows, by blocks and pair by pair."""
    programme = rmatch.Programme(rules=(rule,), criteria=(Reach(1),), **chosen)
    scores = rmatch.score(people or staff(), programme)
    found = {scores.mentors[i] + scores.mentees[j] for i, j in np.argwhere(scores.allowed).tolist()}
    matching = rmatch.match(scores.cohort.people, programme)
    for mentor in scores.mentors:
        for mentee in scores.mentees:
            broken = matching.explain(mentor, mentee).broken
            assert (mentor + mentee in found) == (not broken)
    return found


ALL = {mentor + mentee for mentor in "abc" for mentee in "xyz"}


def test_heads_meet_nobody_from_their_own_site() -> None:
    # A site that is not known is not another one; for the chief the rule does not hold.
    assert allowed(Only(OtherSite(), mentee=HEADS)) == ALL - {"ax", "cx", "bz", "cz"}


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({"level": "Head"}, "x"),
        ({"level": "head"}, "x"),
        ({"level": ["Head", "Director"]}, "xz"),
        ({"level": {"not_equals": "Head"}}, "yz"),
        ({"level": {"contains": "d"}}, "xz"),
        ({"level": {"not_contains": ["hief", "rect"]}}, "x"),
        ({"years": 25}, "z"),
        ({"years": {"at_least": 25}}, "yz"),
        ({"years": {"at_least": 21, "at_most": 25}}, "z"),
        ({"years": {"at_most": 25.0}, "site": "leeds"}, "x"),
        ([{"years": 20}, {"site": "Vienna"}], "xz"),
        ({"wants": "AI"}, "x"),
        ({"wants": {"not_equals": ["ai", "go"]}}, "z"),
        ({"languages": {"not_contains": "e"}}, "xyz"),
        ({"department": {"not_equals": "Data"}}, "xyz"),
        ({"department": "Data"}, ""),
        ({"extra:club": {"contains": "ches"}}, "xyz"),
    ],
    ids=str,
)
def test_conditions_are_those_of_roles(asked: Any, met: str) -> None:
    never = CustomRule(
        "never",
        lambda rows, columns: np.zeros((len(rows), len(columns)), bool),
        lambda *_: False,
        lambda *_: "never",
    )
    people = staff(**{"extra:club": "Chess"})
    free = {pair[1] for pair in allowed(Only(never, mentee=asked), people)}
    assert free == set("xyz") - set(met)


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({"at_least": "Director"}, "yz"),
        ({"at_most": "director"}, "xz"),
        ({"at_least": "Head", "not_equals": "Director"}, "xy"),
    ],
    ids=str,
)
def test_levels_have_the_order_of_the_programme(asked: Any, met: str) -> None:
    people = rmatch.read_people([each | {"level": each["level"].strip().title()} for each in STAFF])
    far = Only(JuniorMentor(by="years", min_gap=50), mentee={"level": asked})
    assert {pair[1] for pair in ALL - allowed(far, people, levels=LEVELS)} == set(met)


def test_conditions_on_both_sides_hold_for_pairs_that_meet_both() -> None:
    rule = Only(OtherSite(), mentor={"level": "Analyst"}, mentee=HEADS)
    assert allowed(rule) == ALL - {"ax", "cx", "cz"}
    assert (
        rule.words == "mentors whose level is Analyst with mentees whose level is Head or Director"
    )


# Whatever the people, the rule and the conditions.


def inside(scores: rmatch.Scores, item: Any) -> Any:
    """Return which pairs a rule or criterion is for."""
    if not isinstance(item, Only):
        return np.ones(scores.shape, bool)
    mentors, mentees = item.inside(scores.cohort, *(np.arange(size) for size in scores.shape))
    return mentors[:, None] & mentees


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_a_rule_for_some_is_that_rule_and_no_rule_outside(drawn: Round) -> None:
    people, programme, requests = drawn
    for rule in programme.rules:
        one = rmatch.score(people, replace(programme, rules=(rule,)), requests)
        full = replace(programme, rules=(getattr(rule, "item", rule),))
        if full.rules[0] is rule:
            continue
        none = rmatch.score(people, replace(programme, rules=()), requests).allowed
        whole = rmatch.score(people, full, requests).allowed
        assert (one.allowed == (whole | (none & ~inside(one, rule)))).all()


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_a_criterion_for_some_is_that_criterion_inside_and_not_there_outside(drawn: Round) -> None:
    people, programme, requests = drawn
    for at, criterion in enumerate(programme.criteria):
        others = [*programme.criteria[:at], *programme.criteria[at + 1 :]]
        if not isinstance(criterion, Only) or not criterion.takes_a_share or not others:
            continue
        here = rmatch.score(people, programme, requests)
        full = (*programme.criteria[:at], criterion.item, *programme.criteria[at + 1 :])
        there = rmatch.score(people, replace(programme, criteria=full), requests).points
        absent = rmatch.score(people, replace(programme, criteria=others), requests).points
        assert (here.points == np.where(inside(here, criterion), there, absent)).all()


@examples(40)
@given(
    strategies.rounds(max_mentors=3, max_mentees=3, minimums=True, some=True), strategies.seeds()
)
def test_a_result_is_verified_and_explained(drawn: Round, seed: int | str) -> None:
    try:
        matching = rmatch.match(*drawn, seed=seed)
    except rmatch.InfeasibleError:
        return
    rmatch.verify(matching)
    for pair in matching.pairs:
        told = matching.explain(pair.mentor, pair.mentee)
        assert sum(line.points for line in told.lines) == pair.points


@examples(40)
@given(strategies.rounds(own=False, locks=False, some=True), st.data())
def test_a_rule_for_some_finds_what_exclusions_find(drawn: Round, data: st.DataObject) -> None:
    people, programme, requests = drawn
    # An exclusion holds either way round: it says what the rule says only where nobody plays both roles.
    assume(not (people.role == ROLES["both"]).any())
    rules: tuple[OtherSite | JuniorMentor | ReportingChain, ...] = (
        OtherSite(),
        JuniorMentor(by="years"),
        ReportingChain(),
    )
    rule = data.draw(st.sampled_from(rules))
    side = data.draw(st.sampled_from(("mentor", "mentee")))
    some = Only(
        rule, **{side: data.draw(strategies.conditions(levels=programme.levels, dimensions=()))}
    )
    ruled = rmatch.match(people, replace(programme, rules=(some,)), requests)
    bare = replace(programme, rules=())
    scores = rmatch.score(people, replace(programme, rules=(rule,)), requests)
    forbidden = np.argwhere(~scores.allowed & inside(scores, some)).tolist()
    excluded = [Request(scores.mentors[i], scores.mentees[j], "exclude") for i, j in forbidden]
    kept = [each for each in excluded if each.mentor != each.mentee]
    listed = rmatch.match(people, bare, Requests((*requests.rows, *kept)))
    assert (len(ruled.pairs), ruled.total) == (len(listed.pairs), listed.total)


# What it is worth, in numbers that can be followed by hand.


def lines(criteria: tuple[Any, ...], mentor: str, mentee: str, **chosen: Any) -> dict[str, int]:
    """Return the points of each criterion for one pair, which its score adds up."""
    programme = rmatch.Programme(criteria=criteria, rules=(), **chosen)
    told = rmatch.match(staff(), programme).explain(mentor, mentee).lines
    scores = rmatch.score(staff(), programme)
    row, column = scores.mentors.index(mentor), scores.mentees.index(mentee)
    assert scores.points[row, column] == sum(line.points for line in told)
    return {line.criterion: line.points for line in told}


def test_outside_the_others_share_out_the_million() -> None:
    criteria = (Expertise(1), Only(Reach(3, department=0, chart=0), mentee=HEADS))
    assert lines(criteria, "b", "x") == {"expertise": 0, "reach": 750_000}
    assert lines(criteria, "a", "x") == {"expertise": 250_000, "reach": 0}
    assert lines(criteria, "b", "y") == {"expertise": 1_000_000}


def test_one_criterion_for_each_side_of_the_house() -> None:
    junior, senior = {"years": {"at_most": 3}}, {"years": {"at_least": 4}}
    criteria = (
        Only(Expertise(1), mentor=junior),
        Only(Reach(1, department=0, chart=0), mentor=senior),
    )
    assert lines(criteria, "a", "x") == {"expertise": 1_000_000}
    assert lines(criteria, "b", "x") == {"reach": 1_000_000}


def test_answers_decide_nobody_elses_share() -> None:
    people = staff(**{"dimension:age": "old", "consent:age": "match"})
    criteria = (
        Expertise(1),
        Only(Reach(1, department=0, chart=0), mentee={"dimension:age": "young"}),
    )
    scores = rmatch.score(people, rmatch.Programme(criteria=criteria, rules=()))
    assert scores.points.max() == 500_000
    assert [factor.protected for factor in scores.factors] == [False, True]


def test_the_line_says_for_whom_it_is() -> None:
    programme = rmatch.Programme(
        criteria=(Only(Reach(1, department=0, chart=0), mentee=HEADS),),
        rules=(Only(OtherSite(), mentee=HEADS),),
    )
    told = rmatch.match(staff(), programme).explain("a", "x")
    assert told.lines[0].sentence == "the same site (for mentees whose level is Head or Director)"
    (broken,) = told.broken
    assert broken.rule == "other_site"
    assert (
        broken.sentence
        == "both work in the same site (for mentees whose level is Head or Director)"
    )


def test_no_line_quotes_an_answer_or_a_private_column() -> None:
    private = {"dimension:age": "ancient", "consent:age": "match", "extra:club": "Chess"}
    asked = {"dimension:age": "ancient", "extra:club": "Chess"}
    programme = rmatch.Programme(criteria=(Only(Reach(1), mentee=asked),), rules=())
    text = str(rmatch.match(staff(**private), programme).explain("a", "x"))
    assert "with certain answers to 'age' and with certain answers to 'club'" in text
    assert "ancient" not in text
    assert "Chess" not in text


def test_somebody_without_partner_reads_for_whom_the_rule_is() -> None:
    people = rmatch.read_people([each for each in STAFF if each["id"] in "ax"])
    programme = rmatch.Programme(rules=(Only(OtherSite(), mentee=HEADS),), criteria=(Reach(1),))
    reasons = {each.id: each.sentence for each in rmatch.match(people, programme).unmatched}
    assert "(for mentees whose level is Head or Director)" in reasons["x"]


# Files.


def test_a_file_and_python_make_the_same_object(tmp_path: Any) -> None:
    path = tmp_path / "programme.toml"
    path.write_text(
        """
[rules.other_site]
for.mentee = { level = ["Head", "Director"] }
for.mentor = [{ years = { at_most = 5 } }, { level = "Lead" }]

[criteria.reach]
weight = 2
for.mentee = { years = 20 }

[criteria.growth]
weight = 1
"""
    )
    rule = Only(OtherSite(), mentee=HEADS, mentor=[{"years": {"at_most": 5}}, {"level": "Lead"}])
    programme = rmatch.read_programme(path)
    assert programme.rules == (rule,)
    assert programme.criteria == (Only(Reach(2), mentee={"years": 20}), Growth(1))
    assert rmatch.read_programme(programme_document(programme)) == programme
    assert eval(repr(rule)) == rule


def test_a_document_is_not_changed_by_reading_it() -> None:
    document = {"rules": {"other_site": {"for": {"mentee": HEADS}}}}
    before = json.dumps(document)
    rmatch.read_programme(document)
    assert json.dumps(document) == before


# What has no meaning.


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"mentee": {"grade": "Head"}}, "'grade' is no column that a condition can ask for"),
        ({"mentee": {"levels": "Head"}}, "did you mean 'level'?"),
        ({"mentee": {"name": "Ada"}}, "'name' is no column"),
        ({"mentee": {"dimension:": "x"}}, "is no column"),
        ({"mentee": {"level": {"is": "Head"}}}, "'is' is no operator"),
        ({"mentee": {"level": {"equal": "Head"}}}, "did you mean 'equals'?"),
        ({"mentee": {"level": {}}}, "is no condition"),
        ({"mentee": {"level": []}}, "compares with nothing"),
        ({"mentee": {"level": [""]}}, "'' is not possible; give texts"),
        ({"mentee": {"level": True}}, "True is not possible; give texts"),
        ({"mentee": {"years": "twenty"}}, "'twenty' is not possible; give numbers"),
        ({"mentee": {"years": -1}}, "-1 is not possible"),
        ({"mentee": {"years": {"contains": 2}}}, "years are a number"),
        ({"mentee": {"site": {"at_least": "Leeds"}}}, "site has no order"),
        ({"mentee": {"years": {"at_least": [1, 2]}}}, "compares with one value"),
        ({"mentee": {"level": {"at_least": "Head"}}}, "there are none; list the grades in levels"),
        ({"mentee": "Head"}, "'Head' is no condition"),
        ({"mentee": {}}, "is no condition; write conditions, such as"),
        ({"mentee": [{}]}, "is no condition"),
        ({}, "names nobody"),
        ({"mentees": HEADS}, "did you mean 'mentee'?"),
        ("mentee", "'mentee' is no table"),
        ({"mentee": {"dimension:age": "old"}}, "goes by protected dimensions"),
    ],
    ids=str,
)
def test_a_condition_without_meaning_is_refused(asked: Any, said: str) -> None:
    document = {"rules": {"other_site": {"for": asked}}}
    with pytest.raises(rmatch.InvalidInputError) as raised:
        rmatch.read_programme(document)
    assert said in str(raised.value)
    assert "other_site" in str(raised.value)


def test_every_fault_is_said_at_once() -> None:
    document = {
        "rules": {"other_site": {"for": {"mentee": {"grade": 1, "site": {"is": 2}}}}},
        "criteria": {"growth": {"weight": 1, "for": {"mentor": {"years": "x"}}}},
    }
    with pytest.raises(rmatch.InvalidInputError) as raised:
        rmatch.read_programme(document)
    assert len(raised.value.faults) == 3


def test_a_level_off_the_list_is_refused() -> None:
    with pytest.raises(
        rmatch.InvalidInputError,
        match="'Direktor' is not in the programme's levels; did you mean 'Director'",
    ):
        rmatch.Programme(
            levels=LEVELS, rules=(Only(OtherSite(), mentee={"level": ["Head", "Direktor"]}),)
        )


@pytest.mark.parametrize("item", [OtherSite, "other_site", Only(OtherSite(), mentee=HEADS), None])
def test_only_is_for_rules_and_criteria(item: Any) -> None:
    with pytest.raises(rmatch.InvalidInputError, match="give a rule or a criterion"):
        Only(item, mentee=HEADS)


def criterion_for(**asked: Any) -> Programme:
    return rmatch.Programme(criteria=(Growth(1), Only(Reach(1), mentee=asked)), rules=())


@pytest.mark.parametrize(
    ("column", "more", "said"),
    [
        (
            "dimension:agee",
            {"dimension:age": "old", "consent:age": "match"},
            "did you mean 'dimension:age'?",
        ),
        ("dimension:age", {}, "nobody has a column 'dimension:age'"),
        (
            "dimension:age",
            {"dimension:age": "old", "consent:age": "report"},
            "nobody released 'dimension:age' for matching",
        ),
        ("extra:club", {"extra:clubs": "chess"}, "did you mean 'extra:clubs'?"),
    ],
)
def test_a_column_that_nobody_has_or_released_is_refused(column: str, more: Any, said: str) -> None:
    with pytest.raises(rmatch.InvalidInputError) as raised:
        rmatch.score(staff(**more), criterion_for(**{column: "x"}))
    assert said in str(raised.value)


def test_a_protected_dimension_may_decide_where_the_programme_says_why() -> None:
    rule = Only(OtherSite(), mentee={"dimension:age": "old"})
    rmatch.Programme(rules=(rule,), places="with_protected", justification="agreed")
    rmatch.Programme(rules=(rule,), unprotected=("age",))
    with pytest.raises(rmatch.InvalidInputError, match="decides who gets a place"):
        rmatch.Programme(rules=(rule,))


def test_check_warns_of_conditions_that_nobody_meets() -> None:
    rule = Only(OtherSite(), mentee={"level": ["Head", "Directors"]})
    criterion = Only(Reach(1), mentor={"years": {"at_least": 60}})
    findings = rmatch.check(
        staff(), rmatch.Programme(rules=(rule,), criteria=(Growth(1), criterion))
    )
    found = [each.sentence for each in findings if each.code == "no_effect"]
    assert "the criterion reach is for nobody: no mentor meets its conditions" in found
    assert (
        "the rule other_site asks for level 'Directors', which nobody has; did you mean 'director'?"
        in found
    )


def test_own_rules_and_criteria_may_be_for_some() -> None:
    def same(mentors: People, mentees: People) -> Any:
        return np.equal.outer(np.array(mentors.level), np.array(mentees.level)).astype(float)

    def one(mentor: Person, mentee: Person) -> float:
        return float(mentor.level == mentee.level)

    words: Callable[..., str] = lambda *_: "by level"
    criterion = Only(Custom("same level", same, one, words, weight=1), mentee=HEADS)
    matching = rmatch.match(staff(), rmatch.Programme(criteria=(Growth(1), criterion), rules=()))
    rmatch.verify(matching)
    assert Only(Diversity(1), mentee=HEADS).protected


# How many could be met, without looking at all pairs.


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_possible_partners_are_counted_as_pairs_are_allowed(drawn: Round) -> None:
    people, programme, requests = drawn
    scores = rmatch.score(people, replace(programme, min_points=None), requests)
    if scores.possible_partners is not None:
        mentors, mentees = scores.possible_partners
        assert mentors.tolist() == scores.allowed.sum(axis=1).tolist()
        assert mentees.tolist() == scores.allowed.sum(axis=0).tolist()
        rows, columns = np.indices(scores.shape).reshape(2, -1)
        told = scores.open_at(rows, columns)
        assert told is not None
        assert told.tolist() == scores.open_pairs.ravel().tolist()


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_who_can_have_no_partner_is_who_has_none_for_that_reason(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    codes = {"no_allowed_partner", "below_min_points"}
    assert [*hopeless(scores)] == [each for each in unmatched(scores, ()) if each.code in codes]
