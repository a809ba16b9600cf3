"""Who got nobody last time goes first, by two commands and one line of the programme: no invented dimension, no quota."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rmatch.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = """\
id,role,years,offers,wants
m1,mentor,2,python:5,
m2,mentor,3,video:5,
L1,mentee,20,,python
L2,mentee,21,,video
L3,mentee,22,,accessibility
L4,mentee,22,,accessibility
"""
PROGRAMME = 'waiting = "first"\n[criteria.expertise]\nweight = 1\n[rules.junior_mentor]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "programme.toml").write_text(PROGRAMME, "utf-8")
    return tmp_path


def matched(*arguments: str) -> int:
    return main(["match", "people.csv", "--programme", "programme.toml", *arguments])


def placed(path: Path) -> set[str]:
    return {pair["mentee"] for pair in json.loads(path.read_text("utf-8"))["pairs"]}


def test_who_waited_last_round_goes_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert matched("--out", "autumn.json") == 0
    assert placed(folder / "autumn.json") == {"L1", "L2"}
    capsys.readouterr()
    assert matched("--earlier", "autumn.json", "--out", "spring.json") == 0
    told = capsys.readouterr().out
    assert (
        "L1 (mentee): 2 possible mentors are needed elsewhere, where others have waited longer."
        in told
    )
    assert "believed: how long people have waited" in told
    assert placed(folder / "spring.json") == {"L3", "L4"}
    assert json.loads((folder / "spring.json").read_text("utf-8"))["waited"] == {"L3": 1, "L4": 1}
    assert main(["verify", "spring.json", "people.csv"]) == 0
    assert matched("--earlier", "spring.json", "--out", "autumn.json", "--force") == 0
    assert placed(folder / "autumn.json") == {"L1", "L2"}


def test_a_round_of_a_programme_in_which_all_wait_the_same_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert matched("--out", "autumn.json") == 0
    (folder / "programme.toml").write_text(PROGRAMME.partition("\n")[2], "utf-8")
    assert matched("--earlier", "autumn.json") == 2
    assert "say waiting='first' in the programme" in capsys.readouterr().err


def test_pairs_are_no_earlier_round(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert matched("--out", "pairs.csv") == 0
    assert matched("--earlier", "pairs.csv") == 2
    assert "saved round" in capsys.readouterr().err
    assert folder.is_dir()


def test_priorities_that_the_programme_does_not_count_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header, *rows = PEOPLE.splitlines()
    lines = [f"{header},priority", *(f"{row},{3 * ('access' in row) or ''}" for row in rows)]
    (folder / "people.csv").write_text("\n".join(lines), "utf-8")
    (folder / "programme.toml").write_text(PROGRAMME.partition("\n")[2], "utf-8")
    assert matched() == 0
    told = 'Warning: 2 people have a priority, and the programme counts none: say waiting = "first"'
    assert told in capsys.readouterr().out
