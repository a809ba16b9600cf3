"""Stand-ins that somebody has changed are rejected, honest ones are accepted, and the solver is not asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import pytest
from profiles import tries

import rmatch
from rmatch.errors import InvalidInputError, VerificationError
from rmatch.people import Requests
from rmatch.testing.adversaries import tamperings
from rmatch.verification import Vouched, field_of

if TYPE_CHECKING:
    from rmatch.matching import Matching, StandIns

Round = tuple[Any, ...]
SOLVERS = (
    "rmatch.rounds.round.solve",
    "rmatch.rounds.stand_ins.search.balance_loads",
    "rmatch.solve.semi_matching.concave_transport",
    "rmatch.solve.semi_matching.transport",
)


@pytest.fixture(scope="module")
def given_round() -> Round:
    return rmatch.datasets.example(), rmatch.datasets.example_programme(), Requests()


@pytest.fixture(scope="module")
def matching(given_round: Round) -> Matching:
    return rmatch.match(*given_round)


@pytest.fixture(scope="module")
def found(matching: Matching) -> StandIns:
    dice = np.random.default_rng(1)
    return matching.stand_ins(2, {each: float(dice.random()) for each in matching.partners})


def test_stand_ins_are_verified_without_the_solver(
    matching: Matching, given_round: Round, found: StandIns
) -> None:
    with patch.multiple("rmatch.solve.total", solve=None):
        for name in SOLVERS:
            with patch(name, None):
                verified = rmatch.verify(found, *given_round, of=matching)
    assert verified.checks[-1] == "stand-ins"
    assert verified.believed == ("probabilities",)
    assert rmatch.verify(matching.stand_ins(), *given_round, of=matching).believed == ()


def test_stand_ins_say_nothing_else_than_is_proved(
    matching: Matching, given_round: Round, found: StandIns
) -> None:
    for each in tamperings(found, seed=2, count=tries(400)):
        row = field_of("stand_ins", each.field)
        assert row is not None, each.field
        try:
            rmatch.verify(each.result, *given_round, of=matching)
        except VerificationError:
            continue
        assert row.vouched is not Vouched.EXACTLY, (each.field, each.change)


def test_somebody_else_is_rejected(matching: Matching, given_round: Round) -> None:
    honest = matching.stand_ins()
    first, second, *others = honest.mentors
    swapped = (replace(first, person=second.person), replace(second, person=first.person), *others)
    assert first.person != second.person
    with pytest.raises(VerificationError, match="stand-ins"):
        rmatch.verify(replace(honest, mentors=swapped), *given_round, of=matching)
    with pytest.raises(VerificationError):
        rmatch.verify(replace(honest, r=3), *given_round, of=matching)
    with pytest.raises(InvalidInputError, match="is not what it is about"):
        rmatch.verify(honest, *given_round)


def test_another_best_is_rejected(matching: Matching, given_round: Round, found: StandIns) -> None:
    answers = found.first_answers
    assert answers is not None
    assert {(pair.mentor, pair.mentee) for pair in answers.best_pairs} != matching.id_pairs
    worse = replace(answers, best_pairs=matching.pairs, steps=matching.steps)
    with pytest.raises(VerificationError, match="the matching that expects the most"):
        rmatch.verify(replace(found, first_answers=worse), *given_round, of=matching)


@pytest.mark.parametrize("seed", range(3))
def test_larger_ones_hold_too(seed: int) -> None:
    people = rmatch.datasets.workforce(60, 40, seed=seed)
    matching = rmatch.match(
        people, rmatch.Programme(mentor_capacity=2, levels=rmatch.datasets.LEVELS)
    )
    dice = np.random.default_rng(seed)
    accept = {each: float(dice.random()) for each in matching.partners}
    rmatch.verify(matching.stand_ins(seed + 1, accept), people, of=matching)
