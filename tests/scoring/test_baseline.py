"""With the means of a baseline the points of two people depend on nobody else; and everything that tells them agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Expertise
from rmatch.errors import VerificationError
from rmatch.formulas import AllPairs, Facts, Lines
from rmatch.matching import Matching
from rmatch.people import Cohort, Requests
from rmatch.rounds import Round
from rmatch.scoring import Scores, scored

if TYPE_CHECKING:
    from rmatch.people import People, Request


class Changed(NamedTuple):
    """People before and after some of them joined, left or changed, and the ids of those who did nothing."""

    before: Scores
    after: Scores
    steady: set[str]


def fit(requests: Requests, people: People) -> Requests:
    """Return the requests whose two people still play their parts."""
    mentors, mentees = (
        {people.id[row] for row in side} for side in (people.mentors, people.mentees)
    )

    def fits(request: Request) -> bool:
        return request.mentor in mentors and request.mentee in mentees

    return Requests(tuple(filter(fits, requests.rows)))


@st.composite
def changed(draw: st.DrawFn) -> Changed:
    before = draw(strategies.records(anchored=draw(st.booleans())))
    after, steady = [], set()
    for place, record in enumerate(before):
        did = draw(st.sampled_from(("nothing", "nothing", "joined", "left", "changed")))
        after.append(
            record | {"left": {"role": "none"}, "changed": draw(strategies.fields())}.get(did, {})
        )
        if did == "joined":
            before[place] = record | {"role": "none"}
        if did == "nothing":
            steady.add(record["id"])
    for where, name in ((before, "Q0"), (after, "Q1")):
        for role in ("mentor", "mentee"):
            offers = {name: 2}
            where.append(
                draw(strategies.fields()) | {"id": name + role, "role": role, "offers": offers}
            )
    people = rmatch.read_people(before)
    programme = draw(strategies.for_some(draw(strategies.programmes())))
    requests = draw(strategies.requests(people, locks=False))
    old = rmatch.score(people, programme, fit(requests, people))
    now = rmatch.read_people(after)
    return Changed(old, scored(now, programme, fit(requests, now), old.cohort), steady)


def points_of(scores: Scores) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (mentor, mentee): (int(scores.points[row, column]), int(scores.blind_points[row, column]))
        for row, mentor in enumerate(scores.mentors)
        for column, mentee in enumerate(scores.mentees)
    }


@examples(50)
@given(changed())
def test_points_stay_where_others_come_go_or_change_and_all_formulas_agree(drawn: Changed) -> None:
    before, after = map(points_of, drawn[:2])
    both = [pair for pair in before.keys() & after.keys() if drawn.steady.issuperset(pair)]
    assert {pair: after[pair] for pair in both} == {pair: before[pair] for pair in both}
    assert drawn.before.without_data == drawn.after.without_data
    agree(drawn.after)


def agree(scores: Scores) -> None:
    facts = Facts.of(scores.cohort, scores.programme)
    everything, lines = AllPairs(facts), Lines(facts)
    size = len(scores.mentors)
    assert np.array_equal(everything.points(0, size), scores.points)
    assert np.array_equal(everything.points(0, size, protected=False), scores.blind_points)
    assert np.array_equal(everything.open(0, size), scores.open_pairs)
    for (mentor, mentee), both in points_of(scores).items():
        assert (lines.points(mentor, mentee), lines.blind_points(mentor, mentee)) == both
    assert lines.without_data == scores.without_data


@examples(30)
@given(strategies.rounds(some=True))
def test_people_who_are_their_own_baseline_have_the_points_that_they_had(drawn: Any) -> None:
    plain = rmatch.score(*drawn)
    own = scored(drawn[0], drawn[1], drawn[2], plain.cohort)
    assert np.array_equal(own.points, plain.points)
    assert np.array_equal(own.open_pairs, plain.open_pairs)


def test_what_is_rare_stays_rare_when_those_who_teach_it_come_and_go() -> None:
    people = rmatch.datasets.example()
    programme = rmatch.Programme(criteria=(Expertise(1, rare_boost=5),))
    before = rmatch.score(people, programme)
    less = people.take(np.delete(np.arange(len(people)), people.mentors[:4]))
    after = scored(less, programme, Requests(), before.cohort)
    assert not np.array_equal(rmatch.score(less, programme).points, before.points[4:])
    assert np.array_equal(after.points, before.points[4:])
    agree(after)


def under_a_baseline() -> tuple[Matching, People, Cohort]:
    people = rmatch.datasets.example()
    less = people.take(np.arange(len(people) - 3))
    whole = rmatch.score(people).cohort
    scores = scored(less, rmatch.Programme(), Requests(), whole)
    return Matching.of(Round(scores, 0).solve()), less, whole


def test_a_matching_under_a_baseline_is_verified_and_says_what_was_believed() -> None:
    matching, people, _ = under_a_baseline()
    assert rmatch.match(people).total != matching.total
    verified = rmatch.verify(matching, people, rmatch.Programme(), Requests())
    assert verified.believed == ("baseline",)
    assert "baseline" in rmatch.verify(matching).believed


def test_points_of_another_baseline_are_found() -> None:
    matching, people, _ = under_a_baseline()
    plain = rmatch.match(people)
    object.__setattr__(matching, "scores", plain.scores)
    with pytest.raises(VerificationError):
        rmatch.verify(matching, people)
