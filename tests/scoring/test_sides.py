"""What each side gains: the lines of the explanation, by the side of their criterion."""

from __future__ import annotations

import numpy as np
import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.criteria import Diversity, ExperienceGap, Expertise, Growth, Reach
from rmatch.objectives import Leximin
from rmatch.programme import DEFAULT_CRITERIA
from rmatch.rounds.facts import lines_of
from rmatch.scoring.sides import side_points
from rmatch.solve.fair.dispatch import solve_fair
from rmatch.solve.problem import Problem

ALL = (Expertise(4), ExperienceGap(2), Diversity(2), Reach(3), Growth(5))
OF_SIDE = {item.kind: item.side for item in ALL}


@examples(25)
@given(people=strategies.people())
def test_the_sides_are_the_lines_of_their_criteria(people: rmatch.People) -> None:
    scores = rmatch.score(people, rmatch.Programme(criteria=ALL))
    mentors, mentees = side_points(scores)
    for i, mentor in enumerate(scores.mentors):
        for j, mentee in enumerate(scores.mentees):
            lines = lines_of(scores, mentor, mentee)
            for side, points in (("mentor", mentors), ("mentee", mentees)):
                own = [line.points for line in lines if OF_SIDE[line.criterion] in {side, "both"}]
                assert points[i, j] == sum(own)


@pytest.mark.parametrize("protected", [True, False])
def test_the_sides_add_up_to_the_points_where_no_criterion_is_for_both(protected: bool) -> None:
    criteria = tuple(item for item in DEFAULT_CRITERIA if item.kind != "reach")
    scores = rmatch.score(rmatch.datasets.workforce(30, 40), rmatch.Programme(criteria=criteria))
    mentors, mentees = side_points(scores, protected=protected)
    assert mentors.any()
    np.testing.assert_array_equal(
        mentors + mentees, scores.points if protected else scores.blind_points
    )


def test_leximin_over_people_helps_whoever_gains_least() -> None:
    scores = rmatch.score(
        rmatch.datasets.workforce(30, 40), rmatch.Programme(levels=rmatch.datasets.LEVELS)
    )
    mentors, mentees = (np.ones(size, np.int64) for size in scores.shape)
    problem = Problem(
        scores.points, scores.open_pairs, mentors, mentees, 0 * mentors, 0 * mentees, "most"
    )
    sides = side_points(scores)

    def gains(objective: Leximin) -> list[int]:
        solution = solve_fair(problem, objective, sides=sides)
        return sorted(
            int(points[i, j])
            for points in sides
            for i, j in zip(solution.rows, solution.cols, strict=True)
        )

    assert gains(Leximin("people")) > gains(Leximin("pairs"))
