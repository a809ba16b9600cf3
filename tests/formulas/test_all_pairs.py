"""All pairs at once: what the formulas over arrays say is what they say pair by pair, and what the blocks say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.criteria import Expertise, Reach
from rmatch.formulas import BARRED, AllPairs, Facts, Lines, broken_rules
from rmatch.people import Requests
from rmatch.rules import (
    Accepted,
    CoversAWant,
    JuniorMentor,
    Only,
    OtherDepartment,
    OtherSite,
    OverlappingHours,
    ReportingChain,
    SharedLanguage,
)
from rmatch.scoring import side_points

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme

    Round = tuple[People, Programme, Requests]


def pairs_of(people: People, programme: Programme, requests: Requests) -> AllPairs:
    return AllPairs(Facts(people, programme, requests))


@examples(150)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_arrays_and_single_pairs_agree(drawn: Round) -> None:
    everything = pairs_of(*drawn)
    facts, lines = everything.facts, Lines(everything.facts)
    size = len(facts.mentors)
    points, blind = everything.points(0, size), everything.points(0, size, protected=False)
    allowed = everything.open(0, size)
    programme = facts.programme
    basis = points if programme.places == "with_protected" else blind
    low = np.zeros(points.shape, bool)
    if programme.min_points is not None:
        low = basis < programme.min_points
    for row, mentor in enumerate(facts.mentors):
        for column, mentee in enumerate(facts.mentees):
            assert points[row, column] == lines.points(mentor, mentee)
            assert points[row, column] == sum(line.points for line in lines.of(mentor, mentee))
            assert blind[row, column] == lines.blind_points(mentor, mentee)
            may = not broken_rules(facts, mentor, mentee) and not low[row, column]
            assert allowed[row, column] == may


@examples(100)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_single_cells_and_strips_agree(drawn: Round) -> None:
    everything = pairs_of(*drawn)
    facts, (mentors, mentees) = everything.facts, everything.shape
    rows, columns = np.divmod(np.arange(mentors * mentees)[::-1], max(mentees, 1))
    allowed, low = everything.open(0, mentors), np.zeros(len(rows), bool)
    both = {}
    for protected in (True, False):
        both[protected] = everything.points(0, mentors, protected=protected)
        at = everything.points_at(rows, columns, protected=protected)
        assert at.tolist() == both[protected][rows, columns].tolist()
    barred = everything.barred_at(rows, columns)
    for cell, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        broken = {
            each.rule for each in broken_rules(facts, facts.mentors[row], facts.mentees[column])
        }
        assert broken == {name for name, bars in barred.items() if bars[cell]}
    if facts.programme.min_points is not None:
        basis = both[facts.programme.places == "with_protected"]
        low = basis[rows, columns] < facts.programme.min_points
    closed = np.logical_or.reduce([low, *barred.values()])
    assert closed.tolist() == (~allowed)[rows, columns].tolist()


@examples(100)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_points_that_tell_who_may_meet_are_the_points_of_those_who_may(drawn: Round) -> None:
    everything = pairs_of(*drawn)
    mentors = everything.shape[0]
    allowed = everything.open(0, mentors)
    middle = mentors // 2
    strips = [everything.told(0, middle), everything.told(middle, mentors)]
    blind, points = (np.concatenate(each) for each in zip(*strips, strict=True))
    for protected, told in ((True, points), (False, blind)):
        assert np.array_equal(told > BARRED, allowed)
        expected = everything.points(0, mentors, protected=protected)
        assert np.array_equal(told[allowed], expected[allowed])


@examples(100)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_arrays_and_blocks_agree(drawn: Round) -> None:
    everything, scores = pairs_of(*drawn), rmatch.score(*drawn)
    assert (tuple(everything.facts.mentors), tuple(everything.facts.mentees)) == (
        scores.mentors,
        scores.mentees,
    )
    size = len(scores.mentors)
    assert np.array_equal(everything.points(0, size), scores.points)
    assert np.array_equal(everything.points(0, size, protected=False), scores.blind_points)
    assert np.array_equal(everything.open(0, size), scores.open_pairs)
    assert everything.weighed == any(factor.protected for factor in scores.factors)
    for side, own in zip(("mentor", "mentee"), side_points(scores), strict=True):
        assert np.array_equal(everything.points(0, size, side=side), own)


def test_a_criterion_for_some_on_both_sides_takes_its_share_where_both_are_meant() -> None:
    rows = [
        {"id": "a", "role": "mentor", "years": 2, "offers": "ai", "site": "Leeds"},
        {"id": "b", "role": "mentor", "years": 4, "offers": "go", "site": "Vienna"},
        {"id": "x", "role": "mentee", "years": 20, "wants": "ai", "site": "Leeds"},
        {"id": "y", "role": "mentee", "years": 30, "wants": "ai", "site": "Oslo"},
    ]
    some = Only(Reach(1, department=0, chart=0), mentor={"years": 4}, mentee={"years": 30})
    programme = rmatch.Programme(criteria=(Expertise(1), some), rules=())
    points = pairs_of(rmatch.read_people(rows), programme, Requests()).points(0, 2)
    # How far apart they work counts between b and y alone; to all others the whole million is for what is taught.
    assert points.tolist() == [[1_000_000, 1_000_000], [0, 500_000]]


@pytest.mark.parametrize("rule", [ReportingChain(), ReportingChain("whole")])
def test_a_company_some_mentors_at_a_time(rule: Any) -> None:
    people = rmatch.datasets.workforce(90, 60, seed=3)
    rules = [each for each in rmatch.Programme().rules if each.kind != rule.kind]
    programme = rmatch.Programme(rules=(*rules, rule))
    everything, scores = (
        pairs_of(people, programme, Requests()),
        rmatch.score(people, programme),
    )
    cuts = [0, 1, 40, 40, 90]
    rows = list(pairwise(cuts))
    points = np.concatenate([everything.points(*each) for each in rows])
    allowed = np.concatenate([everything.open(*each) for each in rows])
    assert np.array_equal(points, scores.points)
    assert np.array_equal(allowed, scores.open_pairs)
    assert np.array_equal(everything.whole(everything.points), points)


@pytest.mark.parametrize("compiled_from", [0, 2**22])
def test_many_pairs_told_some_mentors_at_a_time(
    compiled_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rmatch.formulas.arrays.sums.COMPILED", compiled_from)
    people = rmatch.datasets.workforce(70, 90, seed=5)
    rules = (*rmatch.Programme().rules, CoversAWant(), SharedLanguage())
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, rules=rules)
    everything, scores = pairs_of(people, programme, Requests()), rmatch.score(people, programme)
    strips = [everything.told(*rows) for rows in pairwise([0, 3, 3, 50, 70])]
    blind, points = (np.concatenate(each) for each in zip(*strips, strict=True))
    assert blind.dtype == points.dtype == np.int32
    for told, own in ((points, scores.points), (blind, scores.blind_points)):
        assert np.array_equal(told > BARRED, scores.open_pairs)
        assert np.array_equal(told[scores.open_pairs], own[scores.open_pairs])
    rows, columns = np.divmod(np.arange(70 * 90), 90)
    for protected, own in ((True, scores.points), (False, scores.blind_points)):
        at = everything.points_at(rows, columns, protected=protected)
        assert np.array_equal(at, own.reshape(-1))


def test_those_right_below_the_highest_boss_are_one_step_apart() -> None:
    rows = [
        {"id": "a", "role": "mentor", "manager_id": "x"},
        {"id": "b", "role": "mentor", "manager_id": "a"},
        {"id": "x", "role": "mentee"},
        {"id": "y", "role": "mentee", "manager_id": "x"},
    ]
    reach = Reach(1, site=0, department=0, chart=1)
    programme = rmatch.Programme(criteria=(reach,), rules=())
    everything = pairs_of(rmatch.read_people(rows), programme, Requests())
    # From a: x is one step away, y two; from b one more each; four are all there is to get.
    expected = [[250_000, 500_000], [500_000, 750_000]]
    assert everything.points(0, 2).tolist() == expected
    corners = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert everything.points_at(*corners).reshape(2, 2).tolist() == expected


def test_numbers_become_wide_where_many_rules_forbid_a_pair() -> None:
    same = {"site": "Leeds", "department": "Sales", "accepted_sites": "Vienna"}
    same |= {"accepted_levels": "middle"}
    rows = [
        {"id": "a", "role": "mentor", "level": "high", "languages": "cy", "hours": "09:00-10:00"}
        | same,
        {"id": "x", "role": "mentee", "level": "low", "languages": "de", "hours": "13:00-14:00"}
        | same,
    ]
    few = (JuniorMentor(), OtherSite(), SharedLanguage())
    many = (*few, OtherDepartment(), OverlappingHours(30), Accepted())
    for rules, kind in ((few, np.int32), (many, np.int64)):
        programme = rmatch.Programme(rules=rules, levels=("low", "middle", "high"))
        everything = pairs_of(rmatch.read_people(rows), programme, Requests())
        blind, points = everything.told(0, 1)
        assert points.dtype == blind.dtype == kind
        assert -(2**62) < points[0, 0] <= BARRED


def test_one_mailbox_is_one_human_whatever_its_tag() -> None:
    rows = [{"id": "a", "role": "mentor"}, *({"id": each, "role": "mentee"} for each in "xy")]
    people = rmatch.read_people(rows)
    mail = "mia.noor+work@example.org", "Mia.Noor@example.org", "noa@example.org"
    everything = pairs_of(replace(people, email=mail), rmatch.Programme(rules=()), Requests())
    assert everything.open(0, 1).tolist() == [[False, True]]
