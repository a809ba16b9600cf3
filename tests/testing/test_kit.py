"""The kit finds every planted fault, and finds none in correct matchers."""

from __future__ import annotations

from typing import Any

import pytest
from testing.broken import MATRIX, Broken, truncates
from testing.matchers import assign, assign_best, scipy_lsa

from rmatch.testing import check_matcher, parametrize_with_laws

FRACTIONS = ("fractions_not_truncated", "whole_or_fractional")


@parametrize_with_laws([assign, scipy_lsa])
def test_correct_matchers_obey_the_laws_of_most_pairs(check: Any) -> None:
    check()


@parametrize_with_laws(assign_best, participation="best")
def test_correct_matchers_obey_the_laws_of_the_best_total(check: Any) -> None:
    check()


@pytest.mark.parametrize("broken", MATRIX, ids=lambda broken: broken.fn.__name__)
def test_the_planted_fault_is_found(broken: Broken) -> None:
    report = check_matcher(broken.fn, form=broken.form, laws=broken.laws)  # type: ignore[arg-type]
    assert set(report.failures) == set(broken.laws), report
    assert all(trial.reason and trial.example is not None for trial in report.failures.values())


def test_a_fault_that_is_expected_is_not_held_against_the_matcher() -> None:
    report = check_matcher(truncates, laws=FRACTIONS, expected_failures=dict.fromkeys(FRACTIONS, "whole points only"))
    report.raise_if_broken()
    assert set(report.verdicts.values()) == {"expected failure"}
    assert "whole points only: " in repr(report)


def test_a_law_that_holds_against_expectation_is_reported() -> None:
    report = check_matcher(assign, laws=["capacities"], expected_failures={"capacities": "none at all"})
    assert not report.ok
    with pytest.raises(AssertionError, match="HOLDS, expected to fail"):
        report.raise_if_broken()


def test_a_matcher_that_refuses_every_case_is_not_judged() -> None:
    def refuses(*arguments: Any) -> Any:
        raise NotImplementedError

    report = check_matcher(refuses, laws=["capacities", "optimal_total"])
    assert set(report.verdicts.values()) == {"not applicable"}


def test_the_counter_example_is_small() -> None:
    report = check_matcher(truncates, laws=["fractions_not_truncated"])
    assert report.failures["fractions_not_truncated"].example.points.size == 2


def test_wrong_names_are_told() -> None:
    with pytest.raises(KeyError, match="did you mean 'capacities'"):
        check_matcher(assign, laws=["capacitys"])
    with pytest.raises(KeyError, match="no law is called"):
        check_matcher(assign, expected_failures={"anything": "why"})
    with pytest.raises(ValueError, match="give a reason"):
        check_matcher(assign, expected_failures={"capacities": " "})
    with pytest.raises(ValueError, match="did you mean 'fast'"):
        check_matcher(assign, laws=["capacities"], profile="fasst")
