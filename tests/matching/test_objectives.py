"""Matchings of people for other objectives than the total: the best by brute force, and proved."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Matrix
from rmatch.errors import InfeasibleError, InvalidInputError, VerificationError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Objective, Stable, Total
from rmatch.people import Request, Requests

if TYPE_CHECKING:
    from rmatch.matching import Matching

ALPHAS = [AlphaFair(alpha) for alpha in (0.5, 1, 1.5, 3, 40)]
OBJECTIVES = st.sampled_from([Total(), MaxMin(), Leximin(), Leximin("people"), *ALPHAS])


def matched(drawn: Any, objective: Objective) -> Matching | None:
    people, programme, requests = drawn
    try:
        chosen = replace(programme, objective=objective, participation="most")
        return rmatch.match(people, chosen, requests)
    except (InfeasibleError, InvalidInputError):
        return None


@examples(150)
@given(strategies.rounds(minimums=True, places=("with_protected", "without_protected")), OBJECTIVES)
def test_every_matching_is_proved_the_best_for_its_objective(
    drawn: Any, objective: Objective
) -> None:
    matching = matched(drawn, objective)
    if matching is not None:
        assert rmatch.verify(matching).checks[-1].startswith("optimal")


def test_pairs_of_those_without_a_place_do_not_count_for_a_proof() -> None:
    """Among the pairs of the others, with points of 1, 2, 5 and 8, each tier outweighs all pairs of the next one."""
    mentors, mentees = ["m0", "m1", "m2"], ["e0", "e1", "e2"]
    people = rmatch.read_people(
        [
            *({"id": person, "role": "mentor"} for person in mentors),
            *({"id": person, "role": "mentee"} for person in mentees),
        ]
    )
    table = Custom("table", Matrix([[6, 4, 9], [8, 1, 8], [10, 2, 5]], mentors, mentees))
    programme = rmatch.Programme(criteria=(table,), rules=(), objective=AlphaFair(3))
    matching = rmatch.match(people, programme, Requests((Request("m0", "e0", "lock"),)))
    assert rmatch.verify(matching).checks[-1] == "optimal"


@examples(80)
@given(strategies.bare_rounds(places=("with_protected",)))
def test_leximin_over_pairs_is_that_of_trying_everything(drawn: Any) -> None:
    people, programme, requests = drawn
    matching = matched((people, programme, requests), Leximin())
    assume(matching is not None)
    assert matching is not None
    scores = matching.scores
    room = [scores.cohort.capacity(side).tolist() for side in ("mentor", "mentee")]
    open_pairs = list(zip(*np.nonzero(scores.open_pairs), strict=True))

    def fits(chosen: tuple[Any, ...]) -> bool:
        return all(
            [pair[side] for pair in chosen].count(person) <= most
            for side in (0, 1)
            for person, most in enumerate(room[side])
        )

    size = len(matching.pairs)
    options = [
        sorted(int(scores.points[pair]) for pair in some)
        for some in combinations(open_pairs, size)
        if fits(some)
    ]
    assert sorted(pair.points for pair in matching.pairs) == max(options)
    assert not any(fits(some) for some in combinations(open_pairs, size + 1))


def fair(objective: Objective) -> Matching:
    people = rmatch.datasets.example()
    people = replace(people, mentor_capacity=np.minimum(people.mentor_capacity, 1))
    return rmatch.match(people, rmatch.Programme(objective=objective))


def test_the_worst_pair_is_better_and_the_total_is_not() -> None:
    total, fairest = fair(Total()), fair(Leximin())
    worst = [
        min(pair.points for pair in matching.pairs) for matching in (total, fair(MaxMin()), fairest)
    ]
    assert worst[0] < worst[1] == worst[2]
    assert total.total > fairest.total
    assert len(total.pairs) == len(fairest.pairs)


def test_costs_are_for_the_total_alone() -> None:
    matching = fair(Leximin())
    first = matching.pairs[0]
    with pytest.raises(InvalidInputError, match="the objective is 'leximin'"):
        matching.alternatives(first.mentor)
    assert "in all" not in str(matching.explain(first.mentor, first.mentee))


@pytest.mark.parametrize("objective", [MaxMin(), Leximin(), Leximin("people"), AlphaFair(2)])
def test_the_best_total_does_not_pass_for_the_fairest_matching(objective: Objective) -> None:
    total, fairest = fair(Total()), fair(objective)
    assert total.pairs != fairest.pairs
    forged = [
        replace(
            step,
            solution=replace(
                step.solution,
                rows=other.solution.rows,
                cols=other.solution.cols,
                total=int(other.solution.total),
            ),
        )
        for step, other in zip(fairest.steps[-1:], total.steps[-1:], strict=True)
    ]
    with pytest.raises(VerificationError):
        rmatch.verify(
            replace(
                fairest, pairs=total.pairs, total=total.total, steps=(*fairest.steps[:-1], *forged)
            )
        )


def test_an_objective_that_does_not_fit_the_people() -> None:
    people = rmatch.datasets.example()
    with pytest.raises(InvalidInputError, match="NP-hard"):
        rmatch.match(
            people,
            rmatch.Programme(objective=Leximin("people"), mentee_capacity=2, participation="most"),
        )


def test_an_objective_that_will_be_refused_is_found_before() -> None:
    people, programme = rmatch.datasets.workforce(6, 4), rmatch.Programme(objective=Stable())
    with pytest.raises(InvalidInputError) as refused:
        rmatch.match(people, programme)
    found = rmatch.check(people, programme)
    assert [error.sentence for error in found.errors] == [
        str(fault) for fault in refused.value.faults
    ]


def test_fairness_is_told_where_no_matching_without_protected_attributes_exists() -> None:
    group = {"consent:group": "match"}
    mentors = [
        {"id": f"j{i}", "role": "mentor", "dimension:group": "a", "offers": "u", **group}
        for i in range(2)
    ]
    leaders = [
        {"id": f"s{i}", "role": "mentee", "dimension:group": "b", "wants": "v", **group}
        for i in range(2)
    ]
    criteria = (rmatch.criteria.Diversity(1), rmatch.criteria.Expertise(1))
    programme = rmatch.Programme(criteria=criteria, rules=(), objective=AlphaFair(1))
    matching = rmatch.match(rmatch.read_people([*mentors, *leaders]), programme)
    assert "4 pairs that may be made have 0 points" in matching.fairness().effect.reason
