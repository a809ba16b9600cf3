"""The kit finds every planted fault, and finds none in correct matchers."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from testing.broken import MATRIX, Broken, truncates
from testing.broken_markets import MARKETS
from testing.broken_people import INDICES, PEOPLE
from testing.matchers import assign, assign_best, best_of_all_stable, match, scipy_lsa, stable

import rmatch
from rmatch import People, Person, Programme
from rmatch.testing import (
    Certified,
    Instance,
    Market,
    check_matcher,
    laws,
    oracles,
    parametrize_with_laws,
)
from rmatch.testing.laws.law import as_subject
from rmatch.testing.trial import examples, try_law

KINDS = (Instance, Market, People, Person, Programme)
BROKEN = [*MATRIX, *MARKETS, *PEOPLE, *INDICES]
CASES, SHRINKS = 300, 0
"""On how many cases a fault has to be found; how small its counter-example is does not matter."""
FRACTIONS = ("fractions_not_truncated", "whole_or_fractional")


@parametrize_with_laws([assign, scipy_lsa])
def test_correct_matchers_obey_the_laws_of_most_pairs(check: Any) -> None:
    check()


@parametrize_with_laws(assign_best, participation="best")
def test_correct_matchers_obey_the_laws_of_the_best_total(check: Any) -> None:
    check()


@parametrize_with_laws([stable, best_of_all_stable], form="market")
def test_stable_matchers_obey_the_laws_of_markets(check: Any) -> None:
    check()


@parametrize_with_laws(match, form="people")
def test_matching_people_obeys_the_laws(check: Any) -> None:
    trial = try_law(check.law, check.subject, cases=settings().max_examples)
    assert trial.verdict == "holds", f"{trial.reason}\n{trial}"


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.fn.__name__)
def test_the_planted_fault_is_found(broken: Broken) -> None:
    subject = as_subject(broken.fn, broken.form)  # type: ignore[arg-type]
    for law in laws.find(broken.laws):
        trial = try_law(law, subject, CASES, SHRINKS)
        assert trial.verdict == "FAILS", law.name
        assert trial.reason, law.name
        assert trial.example is not None, law.name


def test_a_fault_that_is_expected_is_not_held_against_the_matcher() -> None:
    report = check_matcher(
        truncates, laws=FRACTIONS, expected_failures=dict.fromkeys(FRACTIONS, "whole points only")
    )
    report.raise_if_broken()
    assert set(report.verdicts.values()) == {"expected failure"}
    assert "whole points only: " in repr(report)


def test_a_law_that_holds_against_expectation_is_reported() -> None:
    report = check_matcher(
        assign, laws=["capacities"], expected_failures={"capacities": "none at all"}
    )
    assert not report.ok
    with pytest.raises(AssertionError, match="HOLDS, expected to fail"):
        report.raise_if_broken()


def test_a_matcher_that_refuses_every_case_is_not_judged() -> None:
    def refuses(*arguments: Any) -> Any:
        raise NotImplementedError

    report = check_matcher(refuses, laws=["capacities", "optimal_total"])
    assert set(report.verdicts.values()) == {"not applicable"}


@pytest.mark.parametrize("answer", [None, "ab", [3], [(1, 2, 3)]], ids=str)
@pytest.mark.parametrize("name", ["capacities", "acceptable_pairs", "own_capacities", "symmetry"])
def test_an_answer_that_is_none_breaks_the_law(name: str, answer: Any) -> None:
    (law,) = laws.find([name])
    trial = try_law(law, as_subject(lambda *_: answer, law.form), CASES, SHRINKS)
    assert trial.verdict == "FAILS"
    assert trial.reason.startswith("raised ") or " is not " in trial.reason


def test_what_a_generator_raises_breaks_the_law_too() -> None:
    def broken(*_: Any) -> Any:
        yield 1 / 0

    def refusing(*_: Any) -> Any:
        yield from ()
        raise NotImplementedError

    report = check_matcher(broken, form="market", laws=["no_blocking_pair"])
    assert "raised ZeroDivisionError" in report.trials[0].reason
    assert check_matcher(refusing, laws=["capacities"]).verdicts["capacities"] == "not applicable"


def test_the_counter_example_is_small() -> None:
    report = check_matcher(truncates, laws=["fractions_not_truncated"])
    assert report.failures["fractions_not_truncated"].example.points.size == 2


def test_wrong_names_are_told() -> None:
    with pytest.raises(rmatch.InvalidInputError, match="did you mean 'capacities'"):
        check_matcher(assign, laws=["capacitys"])
    with pytest.raises(rmatch.InvalidInputError, match="'anything' is unknown"):
        check_matcher(assign, expected_failures={"anything": "why"})
    with pytest.raises(rmatch.InvalidInputError, match="give a reason"):
        check_matcher(assign, expected_failures={"capacities": " "})
    with pytest.raises(rmatch.InvalidInputError, match="did you mean 'fast'"):
        check_matcher(assign, laws=["capacities"], profile="fasst")


def test_every_law_can_fail() -> None:
    assert {name for broken in BROKEN for name in broken.laws} == set(laws.ALL)


@parametrize_with_laws(
    [
        oracles.gini,
        oracles.entropy,
        oracles.theil,
        oracles.log_deviation,
        lambda values: 1 - oracles.jain(values),
    ],
    form="index",
)
def test_the_indices_obey_their_laws(check: Any) -> None:
    check()


def test_every_law_says_what_it_is() -> None:
    for law in laws.ALL.values():
        assert law.statement.endswith((".", ").")), law.name
        assert law.formula, law.name


def test_a_law_can_be_tried_on_one_case() -> None:
    law = laws.ALL["optimal_total"]
    law.check(assign, Instance.of([[3, 1], [2, 0]]))
    with pytest.raises(
        AssertionError, match="value 2 pairs with 0 points, and 2 pairs with 9 points is possible"
    ):
        law.check(lambda *_: [(0, 1), (1, 0)], Instance.of([[9, 0], [0, 0]]))


def test_a_counter_example_of_several_parts_stands_on_as_many_lines() -> None:
    report = check_matcher(lambda *_: [], laws=["one_pair_raised", "planted_matching"])
    assert (
        str(report.failures["planted_matching"])
        == "Instance of 1 mentor × 1 mentee\n  0\nfrozenset({(0, 0)})"
    )
    assert "      Instance of 1 mentor × 1 mentee\n        0\n      frozenset({(0, 0)})" in repr(
        report
    )


def test_the_profile_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RMATCH_HYPOTHESIS_PROFILE", "balanced")
    assert examples() == 1000
    assert examples("fast") == 100


def test_what_hypothesis_draws_for_a_type() -> None:
    document = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    hook = document["project"]["entry-points"]["hypothesis"]["rmatch"]
    EntryPoint("rmatch", hook, "hypothesis").load()()

    @settings(max_examples=5)
    @given(st.tuples(*(st.from_type(kind) for kind in KINDS)))
    def drawn(values: Any) -> None:
        assert tuple(map(type, values)) == KINDS

    drawn()


def test_no_type_of_ours_is_drawn_by_its_hints() -> None:
    # From hints alone Hypothesis makes a strategy of `builds`, and nothing valid need come of it.
    for kind in KINDS:
        assert "builds(" not in repr(st.from_type(kind)), kind


def test_without_hypothesis_the_data_are_there_and_the_rest_says_what_to_install() -> None:
    code = """
import sys
sys.modules["hypothesis"] = None
import rmatch
from rmatch import People, Person, Programme
from rmatch.testing import Certified, Instance, Market, load_known, oracles
print(oracles.best(load_known("pr4a-1").instance))
from rmatch import testing
testing.check_matcher
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "(3, 1.5)\n"
    assert "ModuleNotFoundError: rmatch.testing.check_matcher needs Hypothesis" in done.stderr
    assert "pip install 'reverse-mentoring[testing]'" in done.stderr


def test_importing_the_kit_does_not_import_hypothesis() -> None:
    code = "import sys, rmatch.testing; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@parametrize_with_laws(
    truncates, laws=FRACTIONS, expected_failures=dict.fromkeys(FRACTIONS, "whole points only")
)
def test_expected_failures_are_strict_xfails(check: Any) -> None:
    check()


def test_the_prices_of_assign_pass_the_law_of_certificates() -> None:
    def proved(
        points: Any, allowed: Any, mentor_capacity: Any, mentee_capacity: Any, seed: Any
    ) -> Certified:
        places = {"mentor_capacity": mentor_capacity, "mentee_capacity": mentee_capacity}
        answer = rmatch.assign(points, allowed=allowed, **places)
        proof, unit = answer.certificate, float(answer.unit)
        assert proof is not None
        # Without minimums a price below 0 counts as 0.
        mentors, mentees = ((np.maximum(side, 0) * unit).tolist() for side in (proof.u, proof.v))
        return Certified(answer.pairs.tolist(), mentors, mentees, proof.bonus * unit)

    report = check_matcher(proved, laws=["certificate"])
    assert report.ok
    assert set(report.verdicts.values()) == {"holds"}
