"""What would be: both sides are proved, nobody's points move who did not change, and every fault is told at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import eye, kron, vstack

import rmatch
from rmatch.advice import Scenario, what_if
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import Request
from rmatch.verification.inputs import Inputs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.advice import WhatIf
    from rmatch.matching import Matching

PEOPLE = rmatch.datasets.example()
MATCHING = rmatch.match(PEOPLE, rmatch.datasets.example_programme())
LOCK = Request("E17", "E02", "lock", override_reason="agreed")


@examples(30)
@given(st.data(), strategies.rounds(locks=False))
def test_both_sides_are_proved_and_pairs_that_stay_keep_their_points(data: Any, drawn: Any) -> None:
    people, programme, requests = drawn
    matching = rmatch.match(people, replace(programme, min_points=None), requests)
    mentors = [people.id[row] for row in people.mentors]
    mentees = [people.id[row] for row in people.mentees]
    gone = data.draw(st.sampled_from([*mentors[1:], *mentees[1:], "nobody"]))
    new = data.draw(strategies.fields()) | {
        "id": "N1",
        "role": data.draw(st.sampled_from(("mentor", "mentee"))),
    }
    found = what_if(matching, {"drop": [gone] if gone != "nobody" else [], "join": [new]})
    points = {(pair.mentor, pair.mentee): pair.points for pair in matching.pairs}
    for pair in found.after.pairs:
        one = pair.mentor, pair.mentee
        if (
            len(found.after.partners[pair.mentee])
            == len(matching.partners.get(pair.mentee, ()))
            == 1
        ):
            assert points.get(one, pair.points) == pair.points
    rmatch.verify(found.after)
    assert {*found.made} == found.after.id_pairs - matching.id_pairs
    placed = {one for pair in matching.id_pairs for one in pair}
    assert placed - {*found.lost} | {*found.gained} == {
        one for pair in found.after.id_pairs for one in pair
    }
    if programme.participation == "most":
        after = found.after
        anew = rmatch.match(after.people, after.programme, after.requests)
        assert len(anew.pairs) == len(after.pairs)


def test_a_capacity_a_rule_a_weight_and_a_request_can_be_different() -> None:
    found = what_if(
        MATCHING, {"programme": {"mentee_capacity": 2, "rules": {"junior_mentor": False}}}
    )
    assert "junior_mentor" not in [rule.kind for rule in found.after.programme.rules]
    assert len(found.after.pairs) > len(MATCHING.pairs)
    found = what_if(
        MATCHING, {"programme": {"criteria": {"expertise": {"weight": 90}, "wish": {"weight": 5}}}}
    )
    weights = {one.kind: one.weight for one in found.after.programme.criteria}
    assert (weights["expertise"], weights["wish"]) == (90, 5)
    locked = what_if(MATCHING, Scenario(requests=[LOCK]))
    assert ("E17", "E02") in locked.after.id_pairs
    back = what_if(locked.after, {"withdraw": [{"mentor": "E17", "mentee": "E02", "kind": "lock"}]})
    assert back.after.id_pairs == MATCHING.id_pairs
    assert back.after.total == MATCHING.total


def test_whoever_drops_out_takes_their_requests_along_and_that_is_told() -> None:
    matching = rmatch.match(PEOPLE, requests=rmatch.Requests((LOCK,)))
    found = what_if(matching, {"drop": ["E17"]})
    assert found.notes == ("1 request that named somebody who takes no part: left out",)
    assert "E17" in found.lost
    assert "Note: 1 request" in str(found)


def test_all_that_cannot_be_is_told_at_once() -> None:
    wrong = {
        "join": [{"id": "E17", "role": "mentor"}],
        "drop": ["E99", "E11"],
        "change": {
            "E11": {"years": 2},
            "E12": {"dimension:gender": ["woman"], "consent": {}, "yeers": 3},
        },
        "requests": [{"mentor": "E17", "mentee": "E02", "kind": "lok"}],
        "withdraw": [{"mentor": "E17", "mentee": "E02", "kind": "lock"}],
        "programme": {"rules": {"other_site": False}},
    }
    with pytest.raises(InvalidInputError) as caught:
        what_if(MATCHING, wrong)
    told = str(caught.value)
    assert len(caught.value.faults) == 9
    for part in ("'E17' is there already", "'E99'", "dropped and changed", "years"):
        assert part in told
    for part in (
        "dimension:gender: is a person's own",
        "consent: is a person's",
        "lok",
        "no lock",
        "other_site",
    ):
        assert part in told
    assert "woman" not in told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "nothing changes"),
        ({"change": {"E11": {"role": "mentor"}}}, "nothing changes"),
        ({"leave": ["E17"]}, "leave: is unknown"),
        ({"drop": "E17"}, "is no list"),
        ({"drop": [17]}, "17 is not possible"),
        ({"join": [{"role": "mentor"}]}, "id"),
        ({"change": {"E11": {"hours": "late"}}}, "hours"),
        ({"change": {"E11": {"level": "Boss"}}}, "level"),
        ({"programme": {"criteria": {"expertise": {"weight": "much"}}}}, "weight"),
        (["E17"], "is not possible"),
    ],
)
def test_changes_that_cannot_be_are_one_clear_error(wrong: Any, told: str) -> None:
    with pytest.raises(InvalidInputError, match=told):
        what_if(MATCHING, wrong)


def test_locks_that_cannot_be_kept_after_the_changes_are_told() -> None:
    with pytest.raises(InfeasibleError):
        what_if(MATCHING, {"change": {"E17": {"mentor_capacity": 0}}, "requests": [LOCK]})


def test_what_would_be_is_no_round_to_keep() -> None:
    after = what_if(MATCHING, {"drop": ["E17"]}).after
    with pytest.raises(InvalidInputError, match="means of other people"):
        after.to_dict()
    assert after == what_if(MATCHING, {"drop": ["E17"]}).after


def asked_anew(seed: int, mentors: int, mentees: int) -> WhatIf[Matching]:
    """Ask what would be without the first mentor, with other weights and one rule less, of people in one step."""
    people = rmatch.datasets.workforce(mentors, mentees, seed=seed)
    people = replace(people, mentor_capacity=np.minimum(people.mentor_capacity, 1))
    programme = rmatch.read_programme(
        {
            "levels": list(rmatch.datasets.LEVELS),
            "places": "with_protected",
            "justification": "to be solved in one step",
            "rules": {"other_department": {}, "other_site": {}, "covers_a_want": {}},
        }
    )
    gone = people.id[people.mentors[0]]
    changes = {"programme": {"rules": {"other_site": False}, "criteria": {"growth": {"weight": 9}}}}
    return what_if(rmatch.match(people, programme), {"drop": [gone], **changes})


def told_by_formulas(matching: Matching) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the points of all pairs and which may be made, by the formulas that verify uses."""
    inputs = Inputs.of(matching, None, None, None)
    return inputs.matrix(), inputs.open


@pytest.mark.parametrize("seed", range(12))
def test_both_sides_are_the_best_of_all_matchings_of_a_few(seed: int) -> None:
    found = asked_anew(seed, 5, 4)
    for side in (found.before, found.after):
        points, may = told_by_formulas(side)
        best = (0, 0)
        for size in range(1, min(points.shape) + 1):
            for rows in combinations(range(points.shape[0]), size):
                for columns in permutations(range(points.shape[1]), size):
                    if may[rows, columns].all():
                        best = max(best, (size, int(points[rows, columns].sum())))
        assert (len(side.pairs), side.total) == best


def test_a_middle_round_agrees_with_two_other_solvers() -> None:
    found = asked_anew(1, 70, 60)
    for side in (found.before, found.after):
        points, may = told_by_formulas(side)
        much = 10**9  # a pair more is worth more than all points together
        worth = np.where(may, points + much, 0)
        rows, columns = linear_sum_assignment(worth, maximize=True)
        made = may[rows, columns]
        assert len(side.pairs) == made.sum()
        assert side.total == points[rows[made], columns[made]].sum()
        everybody = [kron(eye(len(points)), np.ones((1, points.shape[1])))]
        everybody.append(kron(np.ones((1, len(points))), eye(points.shape[1])))
        once: Any = vstack(everybody)
        relaxed: Any = linprog(
            -(worth / much).ravel(), A_ub=once, b_ub=np.ones(sum(points.shape)), bounds=(0.0, 1.0)
        )
        chosen = relaxed.x.reshape(points.shape) > 0.5
        assert side.total == points[chosen & may].sum()
