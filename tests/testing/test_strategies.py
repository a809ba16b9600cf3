"""The strategies draw what they promise, all of it, and shrink to what is easy to read."""

from __future__ import annotations

from functools import partial
from operator import eq
from typing import Any

import numpy as np
import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from profiles import examples

import rmatch
from rmatch.formulas import broken_rules
from rmatch.rounds.facts import facts_of
from rmatch.testing import Instance, laws, oracles
from rmatch.testing import strategies as kit

Drawn = tuple[Instance, Any]
QUICK = examples(50)


@QUICK
@given(kit.instances(max_mentors=3, max_mentees=3, unique=True))
def test_with_unique_points_one_matching_is_the_best(instance: Instance) -> None:
    assert len(oracles.optima(instance, "most")) == 1
    assert len(oracles.optima(instance, "best")) == 1


@QUICK
@given(kit.feasible_instances())
def test_the_hidden_matching_is_valid_and_places_every_mentee(drawn: Drawn) -> None:
    instance, hidden = drawn
    assert hidden <= set(instance.cells)
    assert sorted(column for _, column in hidden) == list(range(instance.shape[1]))
    assert len({row for row, _ in hidden}) == len(hidden)


@QUICK
@given(kit.infeasible_instances())
def test_the_violator_cannot_be_placed(drawn: Drawn) -> None:
    instance, group = drawn
    missing = oracles.hall_deficiency(instance, group)
    assert missing > 0
    part = instance.take(range(instance.shape[0]), sorted(group))
    assert oracles.best(part)[0] <= len(group) - missing


@QUICK
@given(st.data())
def test_any_matching_is_valid_and_none_is_left_out(data: st.DataObject) -> None:
    instance = data.draw(
        kit.instances(max_mentors=2, max_mentees=2, min_capacity=0, max_capacity=2)
    )
    assert data.draw(kit.matchings(instance)) in set(oracles.matchings(instance))


def test_every_matching_of_two_by_two_can_be_drawn() -> None:
    instance = Instance.of([[0, 0], [0, 0]])
    for wanted in oracles.matchings(instance):
        assert find(kit.matchings(instance), partial(eq, wanted)) == wanted


@QUICK
@given(st.data())
def test_perturbations_raise_one_cell(data: st.DataObject) -> None:
    instance = data.draw(kit.instances())
    other, rise = data.draw(kit.perturbations(instance))
    assert (other.points - instance.points).sum() == rise
    assert (other.points != instance.points).sum() <= 1


AWKWARD: dict[str, Any] = {
    "forbidden": lambda case: not case.allowed.all(),
    "wide": lambda case: case.shape[1] > case.shape[0],
    "tall": lambda case: case.shape[0] > case.shape[1],
    "all forbidden": lambda case: not case.allowed.any(),
    "all equal": lambda case: case.points.size > 3 and len(np.unique(case.points)) == 1,
    "no place": lambda case: (case.mentor_capacity == 0).any(),
    "nobody": lambda case: case.points.size == 0,
}


@pytest.mark.parametrize("what", AWKWARD)
def test_awkward_instances_turn_up(what: str) -> None:
    assert (
        find(
            kit.instances(min_mentors=0, min_capacity=0, max_capacity=2), AWKWARD[what]
        ).points.size
        <= 4
    )


def test_earlier_pairs_turn_up_among_requests() -> None:
    people = rmatch.datasets.example()
    drawn = find(kit.requests(people), lambda found: bool(found.of_kind("previous")))
    assert len(drawn.rows) == 1


def test_large_problems_in_which_all_is_allowed_turn_up() -> None:
    (law,) = laws.find(["optimal_by_linear_programming"])
    assert find(law.cases, lambda case: bool(case.allowed.all()) and case.allowed.size > 100)


def test_instances_shrink_to_one_pair_without_points() -> None:
    smallest = find(kit.instances(), lambda _: True)
    assert (smallest.points.tolist(), smallest.allowed.tolist()) == ([[0]], [[True]])


IMPOSSIBLE: dict[str, Any] = {
    "sides": lambda: kit.instances(min_mentors=3, max_mentors=2),
    "capacities": lambda: kit.instances(min_capacity=2, max_capacity=1),
    "unique": lambda: kit.score_matrices(unique=True, max_mentors=9, max_mentees=9),
    "bits": lambda: kit.dyadic_points(bits=41),
    "people": lambda: kit.records(max_mentors=0),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_impossible_arguments_are_refused(what: str) -> None:
    with pytest.raises(InvalidArgument):
        find(IMPOSSIBLE[what](), lambda _: True)


@QUICK
@given(kit.rounds())
def test_the_parts_of_a_round_fit_each_other_and_locks_can_be_kept(drawn: Any) -> None:
    matching = rmatch.match(*drawn)
    rmatch.verify(matching)
    facts = facts_of(matching.scores)
    for lock in drawn[2].of_kind("lock"):
        assert "exclude" not in {
            broken.rule for broken in broken_rules(facts, lock.mentor, lock.mentee)
        }


@QUICK
@given(kit.bare_rounds(minimums=True))
def test_the_minimums_of_bare_rounds_can_be_met(drawn: Any) -> None:
    rmatch.match(*drawn)
