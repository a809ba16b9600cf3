"""Results are values: equal where their content is, whatever was asked of them, in this process and in others."""

from __future__ import annotations

import copy
import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Hashable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from inspect import isclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples
from strategies import bare_rounds, rounds, seeds

import rmatch
from rmatch import errors, quotas
from rmatch.datasets import example, example_programme
from rmatch.errors import Fault
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Round = tuple[rmatch.People, rmatch.Programme, rmatch.Requests]

FACES = [
    *("criteria", "datasets", "objectives", "rules", "people", "programme", "scoring", "solve"),
    *(
        "fairness",
        "matching",
        "lotteries",
        "frontiers",
        "verification",
        "checking",
        "advice",
        "testing",
    ),
]
WAYS: dict[str, Callable[[Any], Any]] = {
    "pickled": lambda result: pickle.loads(pickle.dumps(result)),
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
}
OBJECTIVES = ("total", "leximin", "max_min", rmatch.objectives.AlphaFair(1), "stable")


def asked(of: Round, seed: int | str) -> Iterator[tuple[str, Any]]:
    """Go through everything that a round answers, each answer by its name; what was asked is kept in it."""
    people, programme, requests = of
    matching = rmatch.match(*of, seed=seed)
    yield "people", people
    yield "understood", people.understood
    yield "person", people.person(0)
    yield "programme", programme
    yield "requests", requests
    yield "scores", matching.scores
    yield "check", rmatch.check(*of)
    yield "fairness", matching.fairness()
    yield "verified", rmatch.verify(matching, *of)
    yield "unmatched", matching.unmatched
    yield "partners", matching.partners
    for pair in matching.pairs[:1]:
        yield "pair", pair
        yield "explanation", matching.explain(pair.mentor, pair.mentee)
        yield "for the two", matching.explain(pair.mentor, pair.mentee, "participant")
        yield "loss", answer(matching.loss_without, mentee=pair.mentee)
        yield "alternatives", answer(matching.alternatives, pair.mentor, side="mentor")
    yield "stand-ins", answer(matching.stand_ins)
    likely = dict.fromkeys(people.id, 0.5)
    yield "first answers", answer(matching.stand_ins, 2, likely)
    yield "price", answer(matching.price_of_fair_places)
    yield "costs", answer(matching.costs)
    assert str(matching)
    assert matching._repr_html_()
    for number, step in enumerate(matching.steps):
        yield f"step {number}", step
        yield f"solution {number}", step.solution
    yield "matching", matching


def answer(ask: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Return what is answered, or what is said where a question does not fit the round."""
    try:
        return ask(*given, **named)
    except rmatch.RmatchError as refusal:
        return str(refusal)


def lotteries(of: Round) -> Iterator[tuple[str, Any]]:
    lottery = rmatch.lottery(*of, cap="1/2")
    yield "chances", lottery.chances
    yield "draw", lottery.draw("autumn")
    yield "lottery", lottery


def check_values(results: Iterator[tuple[str, Any]], again: Iterator[tuple[str, Any]]) -> None:
    """Look at results, and at those of the same round asked once more."""
    for (name, one), (_, other) in zip(list(results), again, strict=True):
        assert one == other, f"{name} of two equal runs"
        for way, copied in WAYS.items():
            assert copied(one) == one, f"{name}, {way}"
        if isinstance(one, Hashable) and not isinstance(one, tuple):
            assert hash(one) == hash(other), name


@examples(50)
@given(rounds(some=True), seeds(), st.sampled_from(OBJECTIVES))
def test_what_a_round_answers_is_a_value(of: Round, seed: int | str, objective: Any) -> None:
    people, programme, requests = of
    try:
        of = people, replace(programme, objective=objective), requests
        rmatch.match(*of, seed=seed)
    except (
        rmatch.RmatchError
    ):  # locks that contradict each other, a programme that the objective does not fit
        assume(False)
    check_values(asked(of, seed), asked(of, seed))


@examples(25)
@given(bare_rounds(places=("without_protected", "with_protected")))
def test_what_a_round_of_matrices_answers_is_a_value(of: Round) -> None:
    check_values(asked(of, 0), asked(of, 0))


@examples(25)
@given(rounds(locks=False))
def test_lotteries_are_values(of: Round) -> None:
    check_values(lotteries(of), lotteries(of))


def frontiers() -> Iterator[tuple[str, Any]]:
    frontier = rmatch.frontier(example(), alphas=[1])
    assert str(frontier)
    yield "frontier", frontier
    yield "choices", frontier.choices
    quota = quotas.PairQuota("gender", "different", at_least=2)
    programme = replace(example_programme(), justification="agreed with the works council")
    under_quota = rmatch.frontier(example(), programme, quota=quota, values=[2, 3])
    assert str(under_quota)
    yield "quota frontier", under_quota


def test_frontiers_are_values() -> None:
    check_values(frontiers(), frontiers())


def assignments() -> Iterator[tuple[str, Any]]:
    points = np.arange(20).reshape(4, 5) * 7 % 11 + 1
    for objective in OBJECTIVES[:4]:
        assignment = rmatch.assign(points, objective=objective)
        assert str(assignment)
        yield str(objective), assignment


def test_assignments_are_values() -> None:
    check_values(assignments(), assignments())


def test_what_differs_is_not_equal() -> None:
    people = example()
    one, other = rmatch.match(people, seed=1), rmatch.match(people.take(range(23)), seed=1)
    assert one != other
    assert one.scores != other.scores
    assert one.costs() != other.costs()
    assert one.fairness() != other.fairness()
    assert one.steps[-1].solution != other.steps[-1].solution
    assert people.person(0) != people.person(1)
    assert one != one.pairs


def public_classes() -> list[type]:
    """Return the classes that rooms hand out."""
    rooms = [import_module(f"rmatch.{room}") for room in FACES]
    found = [getattr(room, name) for room in rooms for name in room.__all__]
    return sorted({each for each in found if isclass(each)}, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", public_classes(), ids=lambda kind: kind.__qualname__)
def test_no_public_value_is_equal_by_which_object_it_is(kind: type) -> None:
    made = getattr(kind, "__dataclass_params__", None)
    if made and made.frozen:  # what is not frozen is being worked on, and no value
        assert getattr(kind, "__eq__", None) is not object.__eq__
        assert (kind.__hash__ is None) == issubclass(kind, Value) or kind is rmatch.Matching


ERRORS = [
    errors.InvalidInputError(
        [Fault("row 2", "years", "'-3' is negative", "give 0 or more"), Fault("row 3", "id", "no")],
        example().understood,
    ),
    errors.InfeasibleError("nobody can meet", ["A1"], ("B1", 2)),
    errors.QuotaError(["one mentor more", "one mentee fewer"]),
    errors.VerificationError(["a pair is there twice", "the bound is too low"]),
    errors.ContradictionError("the prices contradict", None),
    errors.StopError("stopped before every minimum was met"),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_keeps_what_it_holds(error: rmatch.RmatchError, way: str) -> None:
    again = WAYS[way](error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_every_error_of_the_library_is_looked_at() -> None:
    kinds = {
        each for each in vars(errors).values() if isclass(each) and issubclass(each, Exception)
    }
    assert kinds == {type(error) for error in ERRORS} | {rmatch.RmatchError}


def matched(people: rmatch.People, seed: int) -> rmatch.Matching:
    """Match in another process."""
    matching = rmatch.match(people, example_programme(), seed=seed)
    matching.explain(matching.pairs[0].mentor, matching.pairs[0].mentee)
    matching.costs()
    matching.fairness()
    return matching


def refused(records: list[dict[str, Any]]) -> rmatch.People:
    return rmatch.read_people(records)


WRONG: list[dict[str, Any]] = [
    {"id": "a", "role": "chief", "years": -1},
    {"id": "a", "role": "mentee"},
]


def test_results_and_errors_come_back_from_a_pool_of_processes() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        there = pool.submit(matched, example(), 7).result()
        with pytest.raises(rmatch.InvalidInputError) as caught:
            pool.submit(refused, WRONG).result()
    assert there == matched(example(), 7)
    assert rmatch.verify(there, example(), example_programme()).checks[-1].startswith("optimal")
    with pytest.raises(rmatch.InvalidInputError) as here:
        refused(WRONG)
    assert caught.value.faults == here.value.faults
    assert len(here.value.faults) > 1


def test_results_and_errors_come_back_from_multiprocessing() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(matched, (example(), 3)) == matched(example(), 3)
        with pytest.raises(rmatch.InvalidInputError, match="faults in the input"):
            pool.apply(refused, (WRONG,))


SAY = """
import sys, rmatch
matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme(), seed="autumn")
matching.to_json(sys.argv[1])
matching.fairness().to_json(sys.argv[2])
print(matching, *(matching.explain(pair.mentor, pair.mentee) for pair in matching.pairs))
"""


def test_equal_runs_say_the_same_whatever_hashes_are_seeded_with(tmp_path: Path) -> None:
    said = []
    for seed in "12":
        files = [tmp_path / f"{name}{seed}.json" for name in ("round", "fairness")]
        printed = subprocess.run(
            [sys.executable, "-c", SAY, *files],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        said.append((printed, *(file.read_bytes() for file in files)))
    assert said[0] == said[1]
