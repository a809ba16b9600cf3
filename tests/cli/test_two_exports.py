"""The tutorial on two exports: its commands print what it shows, with the edits that it tells."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copy

import pytest
from console_page import ROOT, SHOWN, page, run

from rmatch import read_people

EXAMPLE = ROOT / "examples" / "two_exports"
PAGE = page("tutorial/from-two-exports.md")
SOURCES = ["staff.csv", "form.csv"]


def edited(text: str) -> str:
    """Do what the page says."""
    for block in re.findall(r"^```diff\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        lines = block.splitlines()
        before = "\n".join(line[1:] for line in lines if line[0] != "+")
        after = "\n".join(line[1:] for line in lines if line[0] != "-")
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def test_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SOURCES:
        copy(EXAMPLE / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = SHOWN.findall(PAGE)
    assert len(shown) == 4
    for command, told in shown:
        run(command, told, capsys)
        if command.startswith("rmatch init"):
            mapping = Path("mapping.toml")
            mapping.write_text(edited(mapping.read_text("utf-8")), "utf-8")
    for name in ("mapping.toml", "programme.toml"):
        assert Path(name).read_text("utf-8") == (EXAMPLE / name).read_text("utf-8")


def test_the_people_are_those_of_both_files() -> None:
    people = read_people([EXAMPLE / name for name in SOURCES], mapping=EXAMPLE / "mapping.toml")
    ben = next(person for person in people if person.id == "00112")
    assert ben.offers == {"Generative AI": 5, "Dashboards": 4}
    assert ben.wants == {"Leading teams": 2, "Strategy": 1}  # the second of two answers
    assert ben.years == pytest.approx(2.1)
    assert ben.dimensions["age group"] == ("25-34",)
    assert next(person for person in people if person.id == "00118").dimensions == {}
