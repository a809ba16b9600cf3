"""What each mentor brings for each want: with what adds up it makes the points, and a formula says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.criteria import Expertise
from rmatch.people import Requests
from rmatch.rounds.facts import lines_of
from rmatch.scoring import Coverage
from rmatch.utils.points import MOST

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme

Round = tuple["People", "Programme", Requests]


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_what_adds_up_and_the_gains_make_the_points(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    for protected in (True, False):
        coverage = Coverage.of(scores, protected=protected)
        points = scores.points if protected else scores.blind_points
        gains = np.zeros_like(points)
        np.add.at(gains.T, coverage.mentee, coverage.gains.toarray())
        assert (points == coverage.rest + gains).all()
        assert coverage.gains.dtype == coverage.rest.dtype == np.int64
        assert (coverage.gains.data > 0).all()


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_a_gain_is_what_the_line_of_the_topic_says(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    coverage, topics = Coverage.of(scores), scores.cohort.people.topics
    found = {
        (scores.mentors[i], scores.mentees[coverage.mentee[w]], topics[coverage.topic[w]]): points
        for w, i, points in zip(
            *coverage.gains.nonzero(), coverage.gains.data.tolist(), strict=True
        )
    }
    said = {
        (mentor, mentee, line.subject): line.points
        for mentor in scores.mentors
        for mentee in scores.mentees
        for line in lines_of(scores, mentor, mentee)
        if line.criterion == "expertise" and line.subject and line.points
    }
    assert found == said


def test_a_want_that_nobody_can_teach_is_there_and_brings_nothing() -> None:
    people = rmatch.read_people(
        [
            {"id": "m", "role": "mentor", "offers": {"python": 5}},
            {"id": "e", "role": "mentee", "wants": {"python": 1, "short video": 1}},
        ]
    )
    scores = rmatch.score(people, rmatch.Programme(criteria=(Expertise(1),), rules=()))
    coverage = Coverage.of(scores)
    assert [people.topics[code] for code in coverage.topic] == ["python", "short video"]
    assert coverage.gains.toarray().tolist() == [[MOST // 2], [0]]
    assert coverage.rest.tolist() == [[0]]
