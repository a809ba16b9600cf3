"""Trouble found before solving: every kind of finding, and never an exception."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import UNASKED

import rmatch
from rmatch.checking import check
from rmatch.criteria import (
    Custom,
    Dimension,
    Diversity,
    ExperienceGap,
    Expertise,
    Growth,
    Logistics,
    Reach,
)
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import ROLES, Request, RequestKind, Requests, people_of
from rmatch.rules import CustomRule, JuniorMentor

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.checking import Finding
    from rmatch.people import People
    from rmatch.programme import Programme

SEVERITIES = ("error", "warning", "note")
MENTOR = {"id": "a", "role": "mentor", "years": 1, "offers": {"ai": 5}}
MENTEE = {"id": "x", "role": "mentee", "years": 11, "wants": {"ai": 1}}


def found(*records: Any, requests: Any = None, **chosen: Any) -> list[Finding]:
    """Return the findings about some people, by a programme without rules that goes by years."""
    chosen = {"criteria": (ExperienceGap(1),), "rules": ()} | chosen
    return list(check(rmatch.read_people(records), rmatch.Programme(**chosen), requests))


def only(findings: list[Finding], code: str, severity: str) -> Finding:
    """Return the one finding of a kind, which must be there once."""
    (one,) = [finding for finding in findings if finding.code == code]
    assert one.severity == severity
    return one


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    findings = check(
        rmatch.read_people([MENTOR, MENTEE]), rmatch.Programme(criteria=(Expertise(1),), rules=())
    )
    assert len(findings) == 0
    assert str(findings).startswith("the list: 2 rows\n")
    assert str(findings).endswith("\n\nNothing found.")


def test_an_unknown_grade_is_invalid() -> None:
    one = only(found(MENTOR | {"level": "Boss"}, MENTEE, levels=("A", "B")), "invalid", "error")
    assert "'Boss'" in one.sentence


def test_a_dimension_nobody_has_is_invalid() -> None:
    only(found(MENTOR, MENTEE, criteria=(Diversity(1, {"age": Dimension()}),)), "invalid", "error")


@pytest.mark.parametrize(
    "requests",
    [
        Requests((Request("b", "x", "wish"),)),
        Requests((Request("x", "a", "lock"),)),
        Requests((Request("a", "x", "lock"), Request("a", "x", "lock"))),
        [{"mentor": "a", "mentee": "x", "kind": "marry"}],
        [{"mentor": "a"}],
    ],
)
def test_requests_that_do_not_fit_are_invalid(requests: Any) -> None:
    assert {finding.code for finding in found(MENTOR, MENTEE, requests=requests)} == {"invalid"}


def test_every_fault_is_a_finding_of_its_own() -> None:
    findings = found(MENTOR | {"level": "§"}, MENTEE | {"level": "!"}, levels=("A",))
    assert [finding.code for finding in findings] == ["invalid", "invalid"]


@pytest.mark.parametrize("returned", [None, [[1]], [[True], [True, False]]])
def test_a_rule_that_answers_nonsense_is_invalid(returned: Any) -> None:
    one = only(
        found(MENTOR, MENTEE, rules=(CustomRule("odd", lambda *_: returned, **UNASKED),)),
        "invalid",
        "error",
    )
    assert "odd" in one.sentence


def test_a_criterion_that_answers_nonsense_is_invalid_where_its_points_are_needed() -> None:
    odd = Custom("odd", lambda *_: [[float("nan")]], **UNASKED)
    only(found(MENTOR, MENTEE, criteria=(odd,), min_points=1), "invalid", "error")


@pytest.mark.parametrize("people", [None, [MENTOR, MENTEE], "people.csv"])
def test_what_is_no_people_is_invalid(people: Any) -> None:
    assert [finding.code for finding in check(people)] == ["invalid"]


@pytest.mark.parametrize("programme", [{"criteria": {}}, "programme.toml"])
def test_what_is_no_programme_is_invalid(programme: Any) -> None:
    assert [finding.code for finding in check(rmatch.read_people([MENTOR, MENTEE]), programme)] == [
        "invalid"
    ]


def test_a_lock_against_a_rule_is_a_contradiction() -> None:
    locked = Requests((Request("a", "x", "lock"),))
    findings = found(MENTOR | {"years": 20}, MENTEE, rules=(JuniorMentor(),), requests=locked)
    one = only(findings, "contradiction", "error")
    assert one.people == ("a", "x")
    assert findings[0] is one


def test_a_minimum_out_of_reach_is_a_contradiction() -> None:
    one = only(
        found(MENTOR, MENTEE, {"id": "y", "role": "mentee"}, mentee_minimum=1),
        "contradiction",
        "error",
    )
    assert set(one.people) == {"a", "x", "y"}
    only(found(MENTOR, MENTEE, mentee_minimum=2), "contradiction", "error")
    assert not [one for one in found(MENTOR, MENTEE, mentee_minimum=1) if one.severity == "error"]


def test_people_without_any_possible_partner() -> None:
    records = [MENTOR | {"id": name, "years": 30} for name in ("b", "c")]
    one = only(
        found(MENTOR, MENTEE, *records, rules=(JuniorMentor(),)), "no_possible_partner", "warning"
    )
    assert one.people == ("b", "c")
    assert (
        "2 mentors can have no partner ('b', 'c'): the mentor must be the junior one"
        in one.sentence
    )


def test_people_below_min_points() -> None:
    findings = found(MENTOR, MENTEE, MENTOR | {"id": "b", "years": 10}, min_points=500_000)
    assert only(findings, "no_possible_partner", "warning").people == ("b",)


def test_fewer_places_on_one_side() -> None:
    one = only(found(MENTOR, MENTEE, MENTEE | {"id": "y", "wants": {}}), "shortage", "note")
    assert "2 places of mentees for 1 places of mentors" in one.sentence


def test_a_topic_that_more_want_than_can_be_taught() -> None:
    second = [MENTOR | {"id": "b", "offers": {}}, MENTEE | {"id": "y"}]
    one = only(found(MENTOR, MENTEE, *second, criteria=(Expertise(1),)), "shortage", "note")
    assert one.sentence == "2 mentees want 'ai', 1 mentor can teach it, places for 1"
    assert not found(MENTOR | {"mentor_capacity": 2}, MENTEE, *second[1:], criteria=(Expertise(1),))


def test_a_topic_that_nobody_can_teach() -> None:
    findings = found(MENTOR, MENTEE | {"wants": {"video": 1, "ai": 1}}, criteria=(Expertise(1),))
    assert (
        only(findings, "shortage", "warning").sentence
        == "1 mentee wants 'video', nobody can teach it"
    )


@pytest.mark.parametrize(
    "criterion", [Expertise(1), Growth(1), Reach(1), Logistics(1), Diversity(1)]
)
def test_a_criterion_without_data(criterion: Any) -> None:
    people = ({"id": "a", "role": "mentor", "years": 1}, {"id": "x", "role": "mentee", "years": 11})
    findings = found(*people, criteria=(criterion, ExperienceGap(1)))
    assert criterion.kind in only(findings, "no_data", "warning").sentence
    # Who has nothing to teach or to learn is a matter for expertise alone, and none where nobody has.
    assert "nothing_to_share" not in {finding.code for finding in findings}


def test_a_rule_without_data() -> None:
    people = ({"id": "a", "role": "mentor"}, {"id": "x", "role": "mentee"})
    sentences = [
        finding.sentence
        for finding in found(*people, rules=(JuniorMentor(),))
        if finding.code == "no_data"
    ]
    assert any(
        "the rule junior_mentor allows nobody: no years are known" in sentence
        for sentence in sentences
    )


def test_wishes_that_no_criterion_reads() -> None:
    one = only(
        found(MENTOR, MENTEE, requests=Requests((Request("a", "x", "wish"),))),
        "no_effect",
        "warning",
    )
    assert one.sentence.startswith("1 wish without effect")


def test_levels_that_the_programme_does_not_list() -> None:
    only(found(MENTOR | {"level": "A"}, MENTEE), "no_effect", "note")


def test_a_dimension_that_nobody_released() -> None:
    people = (MENTOR | {"dimension:age": "20s", "consent:age": "report"}, MENTEE)
    findings = found(*people, criteria=(Diversity(1), ExperienceGap(1)))
    assert "'age'" in only(findings, "no_effect", "note").sentence


def test_addresses_as_ids() -> None:
    one = only(found(MENTOR | {"id": "ada@example.org"}, MENTEE), "email_as_id", "warning")
    assert one.people == ("ada@example.org",)


def test_topics_that_look_alike() -> None:
    findings = found(
        MENTOR | {"offers": {"prompt engineering": 5}},
        MENTEE | {"wants": {"prompt enginering": 1, "Prompt Engineering": 1}},
    )
    assert (
        "'prompt enginering' and 'prompt engineering' may be one topic"
        in only(findings, "alike_topics", "note").sentence.lower()
    )
    assert not [
        one for one in found(MENTOR, MENTEE | {"wants": {"A I": 1}}) if one.code == "alike_topics"
    ]


def test_a_lived_topic_offered_without_opting_in() -> None:
    offers, listed = (
        MENTOR | {"offers": {"caring": 5}},
        {"id": "b", "role": "mentor", "lived_topics": ["caring"]},
    )
    one = only(
        found(offers, MENTEE, listed, lived_topics=("Caring",)),
        "lived_topic_without_opt_in",
        "warning",
    )
    assert one.people == ("a",)
    assert "caring" not in one.sentence
    assert not [
        one for one in found(offers, MENTEE, listed) if one.code == "lived_topic_without_opt_in"
    ]


def test_what_the_reader_noted() -> None:
    answer = {"dimension:age": "20s", "consent:age": "match"}
    one = only(found(MENTOR | answer, MENTEE), "reading", "note")
    assert "'age'" in one.sentence


@pytest.mark.parametrize(
    "roles", [[], ["mentor"], ["mentee"], ["none"], ["both"], ["both", "both"]]
)
def test_odd_crowds(roles: list[str]) -> None:
    people = people_of(
        {
            "id": [str(number) for number in range(len(roles))],
            "role": [ROLES[role] for role in roles],
        }
    )
    assert not check(people).errors


@examples(45)
@given(strategies.rounds(minimums=True, places=("without_protected", "with_protected")))
def test_an_error_is_found_exactly_where_matching_fails(
    drawn: tuple[People, Programme, Requests],
) -> None:
    findings = check(*drawn)
    severities = [SEVERITIES.index(finding.severity) for finding in findings]
    assert severities == sorted(severities)
    try:
        rmatch.match(*drawn)
    except (InfeasibleError, InvalidInputError):
        assert findings.errors
    else:
        assert not findings.errors
    assert {person for finding in findings for person in finding.people} <= set(drawn[0].id)
    assert str(findings)


@examples(35)
@given(st.data())
def test_nothing_is_raised_whatever_is_combined(data: st.DataObject) -> None:
    """People of one round, requests of another, levels and topics of a third."""
    people, programme, _ = data.draw(strategies.rounds(minimums=True))
    _, _, requests = data.draw(strategies.rounds())
    pairs = st.tuples(st.sampled_from(people.id), st.sampled_from((*people.id, "P97"))).filter(
        lambda two: two[0] != two[1]
    )
    kinds: list[RequestKind] = ["lock", "exclude", "wish"]
    wild = [
        Request(*pair, kind)
        for pair, kind in data.draw(st.lists(st.tuples(pairs, st.sampled_from(kinds))))
    ]
    other = rmatch.Programme(
        criteria=(*programme.criteria[:1],),
        rules=programme.rules,
        levels=data.draw(st.sampled_from((("A", "B"), strategies.LEVELS))),
        topic_levels=data.draw(st.integers(1, 3)),
    )
    for chosen in (programme, other):
        for asked in (requests, Requests(tuple(wild)), None):
            findings = check(people, chosen, asked)
            try:
                rmatch.match(people, chosen, asked)
            except (InfeasibleError, InvalidInputError):
                assert findings.errors
            else:
                assert not findings.errors


def test_check_does_not_ask_the_criteria_of_the_user_for_more_than_it_needs() -> None:
    asked: list[int] = []

    def count(mentors: People, mentees: People) -> Any:
        asked.append(len(mentors) * len(mentees))
        return np.zeros((len(mentors), len(mentees)))

    found(MENTOR, MENTEE, criteria=(Custom("counted", count, **UNASKED), ExperienceGap(1)))
    assert not asked


def test_what_may_stand_for_no_answer_is_told_with_a_cure(tmp_path: Path) -> None:
    said = 'counts as an answer in {0}; where it is none, say in a mapping: [values.{0}] {1} = ""'
    people = [
        MENTOR | {"department": "-99", "level": "77"},
        MENTEE | {"department": "Data", "level": "99"},
        {
            "id": "q",
            "role": "none",
            "dimension:age": ["9999"],
            "consent:age": "match",
            "site": "I don’t know",
        },
        {
            "id": "r",
            "role": "none",
            "dimension:age": ["young"],
            "consent:age": "match",
            "site": "999 Main Street",
        },
    ]
    told = [each for each in found(*people) if each.code == "unanswered"]
    assert {each.severity for each in told} == {"note"}
    assert [each.sentence for each in told] == [
        '"-99" ' + said.format("department", '"-99"'),
        '"I don’t know" ' + said.format("site", '"I don’t know"'),
        "an answer like “Don't know” or 99 "
        + said.format("dimension:age", '"…"').replace(
            "values.dimension:age", 'values."dimension:age"'
        ),
    ]
    (tmp_path / "mapping.toml").write_text(
        told[0].sentence.partition("mapping: ")[2].replace("] ", "]\n"), "utf-8"
    )
    read = rmatch.read_people(people, mapping=tmp_path / "mapping.toml")
    assert read.department == (None, "Data", None, None)


@pytest.mark.parametrize("switched", [False, True])
def test_priorities_that_nobody_counts_are_told(switched: bool) -> None:
    people = rmatch.read_people(
        [
            {"id": "m", "role": "mentor", "priority": 0},
            {"id": "L", "role": "mentee", "priority": 4},
            {"id": "N", "role": "none", "priority": 4},
        ]
    )
    programme = rmatch.Programme(waiting="first" if switched else "same")
    told = [one for one in rmatch.check(people, programme) if "priority" in one.sentence]
    assert [(one.severity, one.people) for one in told] == [("warning", ("L",))] * (not switched)


@pytest.mark.parametrize("capacity", [1, 2])
def test_a_switch_for_several_partners_is_told_to_change_nothing(capacity: int) -> None:
    people = rmatch.datasets.workforce(4, 3, seed=1)
    people = replace(people, mentor_capacity=np.full(len(people), -1))
    programme = rmatch.Programme(spread=True, mentee_capacity=capacity)
    told = [one.sentence for one in rmatch.check(people, programme) if "`spread`" in one.sentence]
    assert bool(told) == (capacity == 1)
