"""The objective "stable": from a programme or matrices to a matching that verifies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from solve.stable.markets import Market, as_pairs, markets

import rmatch
from rmatch.criteria import ExperienceGap, Expertise, Growth
from rmatch.objectives import Proposer, Stable, Total
from rmatch.scoring.sides import side_points
from rmatch.solve.stable.blocking import blocking_pairs

CRITERIA = (Expertise(45), ExperienceGap(20), Growth(30))
REFUSED = [
    ({"sides": None}, "a stable matching needs what each side gains"),
    ({"mentor_minimum": 1}, "mentor_minimum: cannot be asked of a stable matching"),
    (
        {"objective": Stable(best="total"), "mentee_capacity": 2},
        "2 mentees may have several partners; no exact method",
    ),
    ({"objective": "total"}, "are for leximin over people and stable matchings alone"),
]


@pytest.mark.parametrize("best", ["proposer", "total"])
@pytest.mark.parametrize("proposer", ["mentors", "mentees"])
def test_people_are_matched_so_that_nobody_would_rather_change(
    best: Any, proposer: Proposer
) -> None:
    programme = rmatch.Programme(
        criteria=CRITERIA,
        levels=rmatch.datasets.LEVELS,
        objective=Stable(proposer, best),
        participation="most",
    )
    matching = rmatch.match(rmatch.datasets.workforce(30, 40), programme)
    rmatch.verify(matching)
    sides, one = (
        side_points(matching.scores),
        [np.ones(size, np.int64) for size in matching.scores.shape],
    )
    solution = matching.steps[-1].solution
    pairs = solution.rows, solution.cols
    assert blocking_pairs(sides, matching.scores.open_pairs, (one[0], one[1]), pairs).count == 0
    assert matching.route == ("stable" if best == "proposer" else matching.route)


def test_verifying_finds_two_people_who_would_rather_have_each_other() -> None:
    programme = rmatch.Programme(
        criteria=CRITERIA, levels=rmatch.datasets.LEVELS, objective=Stable()
    )
    people = rmatch.datasets.workforce(30, 40)
    matching, other = (
        rmatch.match(people, programme),
        rmatch.match(people, replace(programme, objective=Total())),
    )
    step = replace(
        matching.steps[-1], solution=replace(matching.steps[-1].solution, total=other.total)
    )
    solution = replace(
        step.solution, rows=other.steps[-1].solution.rows, cols=other.steps[-1].solution.cols
    )
    wrong = replace(
        matching, pairs=other.pairs, total=other.total, steps=(replace(step, solution=solution),)
    )
    with pytest.raises(rmatch.errors.VerificationError, match="would rather have each other"):
        rmatch.verify(wrong)


def test_protected_attributes_do_not_slip_in() -> None:
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, objective=Stable())
    people = rmatch.datasets.workforce(30, 40)
    with pytest.raises(rmatch.InvalidInputError, match="places='with_protected' and why"):
        rmatch.match(people, programme)
    open_to_all = replace(
        programme, places="with_protected", justification="the leaders asked for it"
    )
    rmatch.verify(rmatch.match(people, open_to_all))


@given(markets())
def test_matrices_are_matched_stably(market: Market) -> None:
    sides, allowed, capacities = market.arguments
    places = {"mentor_capacity": capacities[0], "mentee_capacity": capacities[1]}
    answer = rmatch.assign(
        sides[0] + sides[1], allowed=allowed, sides=sides, objective="stable", **places
    )
    assert not market.blocking(as_pairs(*answer.pairs.T))
    assert answer.total == sum(int((sides[0] + sides[1])[i, j]) for i, j in answer.pairs)


@given(markets())
def test_nobody_accepts_a_loss_where_taking_part_is_free(market: Market) -> None:
    sides, allowed, capacities = market.arguments
    places = {"mentor_capacity": capacities[0], "mentee_capacity": capacities[1]}
    answer = rmatch.assign(
        sides[0],
        allowed=allowed,
        sides=sides,
        objective=Stable("mentees"),
        participation="best",
        **places,
    )
    pairs = as_pairs(*answer.pairs.T)
    accepted = allowed & (sides[0] >= 0) & (sides[1] >= 0)
    assert all(accepted[pair] for pair in pairs)
    assert not replace(market, allowed=accepted.tolist()).blocking(pairs)


@pytest.mark.parametrize(("options", "expected"), REFUSED, ids=str)
def test_what_does_not_go_together_is_refused_by_name(
    options: dict[str, Any], expected: str
) -> None:
    points = np.arange(4).reshape(2, 2)
    with pytest.raises(rmatch.InvalidInputError) as error:
        rmatch.assign(points, **({"sides": (points, points), "objective": "stable"} | options))
    assert expected in str(error.value)


def test_unknown_values_are_refused() -> None:
    with pytest.raises(rmatch.InvalidInputError, match="did you mean 'mentors'") as error:
        Stable("mentor", "totl")  # type: ignore[arg-type]  # what a user may do
    assert len(error.value.faults) == 2
