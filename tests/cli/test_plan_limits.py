"""The limits of a plan on the command line: one for everybody, another one for some, and each given once."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import rmatch
from rmatch.cli import main


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rmatch.io.write_people(rmatch.datasets.example(), "people.csv")


def planned(*loads: str) -> int:
    return main(["plan", "people.csv", "--rounds", "3", "--out", "plan.json", "--load", *loads])


def test_everybody_has_a_limit_and_one_person_another() -> None:
    assert planned("2", "E24=1") == 0
    document = json.loads(Path("plan.json").read_text("utf-8"))
    load = Counter(who for each in document["meetings"] for who in (each["mentor"], each["mentee"]))
    assert load["E24"] == 1
    assert max(load.values()) == 2
    assert document["load"]["E24"] == 1


@pytest.mark.parametrize(("loads", "who"), [(["3", "2"], "everybody"), (["E24=1", "E24=2"], "E24")])
def test_a_limit_that_is_given_twice_is_refused(
    loads: list[str], who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert planned(*loads) == 2
    assert f"plan, load: is given twice for {who}; give it once" in capsys.readouterr().err
