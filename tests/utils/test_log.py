"""The logger is silent until somebody listens, and then tells what begins, how it ends and after how long."""

from __future__ import annotations

import logging
import re
import subprocess
import sys

import pytest

import rmatch

PEOPLE = rmatch.datasets.example()


def test_nobody_who_does_not_listen_hears_anything() -> None:
    code = """
import logging, rmatch
from rmatch.utils.log import LOG
rmatch.match(rmatch.datasets.example())
LOG.warning("nobody hears that")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_calls_are_told_with_their_end_and_steps_to_those_who_want_more(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        matching = rmatch.match(PEOPLE)
    seconds = r"after \d+\.\d{3} s"
    told = [record.getMessage() for record in caplog.records]
    assert told[0] == "match begins"
    assert re.fullmatch(rf"match ends {seconds}: optimal, route {matching.route}", told[1])
    assert len(told) == 2
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        rmatch.match(PEOPLE)
    told = [record.getMessage() for record in caplog.records]
    assert "places: places, 0 pairs, gap inf" in told
    assert [line for line in told if line.startswith("step ")] == [
        f"step {step} {word}"
        for step in ("places", "pairs")
        for word in (
            "begins: 14 mentors × 10 mentees",
            "ends, to its end: 10 pairs, route dense",
        )
    ]


def test_what_has_a_size_is_told_with_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        rmatch.read_people([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    assert caplog.records[-1].getMessage().endswith(": People of 2")


def test_how_a_call_failed_is_told_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        with pytest.raises(rmatch.InfeasibleError):
            rmatch.assign([[1]], mentor_minimum=2, mentor_capacity=2)
        with pytest.raises(rmatch.InvalidInputError):
            rmatch.assign("what")
    ends = [record.getMessage().split(": ")[1] for record in caplog.records if "ends" in record.msg]
    assert ends == ["infeasible", "InvalidInputError"]


def test_why_a_run_was_stopped_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        stopped = rmatch.match(PEOPLE, cancel=lambda: True)
    told = [re.sub(r"\d+\.\d+", "…", record.getMessage()) for record in caplog.records]
    assert told == [
        "match begins",
        "stopped after … s: cancelled",
        f"match ends after … s: feasible, route {stopped.route}",
    ]


@pytest.mark.parametrize(
    "verb", ["match", "assign", "lottery", "frontier", "verify", "check", "read_people"]
)
def test_every_verb_that_takes_time_tells_of_itself(verb: str) -> None:
    assert hasattr(getattr(rmatch, verb), "__wrapped__")
