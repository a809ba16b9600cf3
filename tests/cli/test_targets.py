"""What commands write: nothing is overwritten unasked, and the ending decides what a table is written as."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

import rmatch
from rmatch import datasets
from rmatch.cli import main
from rmatch.cli.verbs import VERBS
from rmatch.io import read_table, write_people

if TYPE_CHECKING:
    from collections.abc import Sequence

MATCHING = rmatch.match(datasets.example())
WRITE = {
    "match": (
        "match people.csv --out new.csv --people-out all.csv --fairness fair.html",
        "new.csv all.csv fair.html",
    ),
    "rematch": ("rematch round.json --people people.csv --out new.json", "new.json"),
    "plan": ("plan people.csv --rounds 2 --out new.json --calendar new.csv", "new.json new.csv"),
    "replan": ("replan plan.json --after 1 --people people.csv --out new.csv", "new.csv"),
    "bundle": ("bundle round.json --out new.zip", "new.zip"),
    "stand-ins": ("stand-ins round.json people.csv --out new.csv", "new.csv"),
    "report": ("report round.json people.csv --out new.html", "new.html"),
    "board": ("board round.json people.csv --out new.html", "new.html"),
    "slips": ("slips round.json people.csv --table new.csv", "new.csv"),
    "template": ("template new.csv", "new.csv"),
    "init": ("init people.csv", "mapping.toml programme.toml"),
}
"""For every verb that writes: a command, and the files."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_people(datasets.example(), "people.csv")
    MATCHING.to_json("round.json")
    rmatch.plan(datasets.example(), rounds=2).to_json("plan.json")
    return tmp_path


def run(line: str) -> int:
    return main(line.split())


def test_every_verb_that_writes_may_be_told_to_overwrite() -> None:
    writes = {
        verb
        for verb, told in VERBS.items()
        if {"--out", "file"} & {name for group in told.command.options for name in group}
    }
    forced = {
        verb
        for verb, told in VERBS.items()
        if any("--force" in each for each in told.command.options)
    }
    assert writes == forced == set(WRITE)


@pytest.mark.parametrize("verb", WRITE)
def test_nothing_is_overwritten_unless_it_is_said(
    verb: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line, names = WRITE[verb]
    files = [folder / name for name in names.split()]
    for file in files:
        file.write_text("mine")
    there = sorted(folder.iterdir())
    assert run(line) == 2
    told = capsys.readouterr().err
    remedy = "is there already; name a new one, or add --force to replace it"
    assert [told.count(f"{file.name}' {remedy}") for file in files] == [1] * len(files)
    assert told.startswith(f"rmatch: {len(files)} fault")
    assert [file.read_text() for file in files] == ["mine"] * len(files)
    assert sorted(folder.iterdir()) == there
    assert run(f"{line} --force") == 0
    assert b"mine" not in [file.read_bytes() for file in files]
    assert sorted(folder.iterdir()) == there


@pytest.mark.parametrize(
    "line",
    [
        "match people.csv --out people.csv",
        "stand-ins people.csv --accept accept.csv --out accept.csv",
        "bundle round.json --inputs new.zip --out new.zip",
        "report round.json --previous old.html --out old.html",
    ],
)
def test_force_does_not_allow_to_write_over_what_is_read(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "accept.csv").write_text("id,accept\n")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert run(f"{line} --force") == 2
    assert "is another file of this command" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_somebody_else_has_written_meanwhile_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def match(*_: object, **__: object) -> rmatch.Matching:
        (folder / "new.csv").write_text("theirs")
        return MATCHING

    monkeypatch.setattr("rmatch.cli.verbs.match.match", match)
    assert run("match people.csv --out new.csv --people-out all.csv") == 2
    told = capsys.readouterr()
    assert "new.csv: 'new.csv' is there already; it is kept in " in told.err
    kept = Path(told.err.partition("kept in ")[2].strip())
    assert len(rmatch.read_requests(previous=kept).rows) == len(MATCHING.pairs)
    assert (folder / "new.csv").read_text() == "theirs"
    assert "Written: all.csv" in told.out
    assert run("match people.csv --out new.csv --force") == 0
    assert (folder / "new.csv").read_text() != "theirs"


WORKBOOKS = {
    "match people.csv --out new.xlsx": ["mentor", "mentee", "points"],
    "match people.csv --people-out new.xlsx --with name": ["id", "name", "partners"],
    "rematch round.json --people people.csv --out new.xlsx": ["mentor", "mentee", "points"],
    "plan people.csv --rounds 2 --out new.xlsx": ["round", "mentor", "mentee"],
    "plan people.csv --rounds 2 --calendar new.xlsx": ["id", "round 1", "round 2"],
    "replan plan.json --after 1 --people people.csv --out new.xlsx": ["round", "mentor", "mentee"],
    "stand-ins round.json people.csv --out new.xlsx": ["mentor", "mentee", "instead_of"],
    "slips round.json people.csv --table new.xlsx": ["id", "name", "email"],
    "template new.xlsx": ["id", "name", "email"],
}


@pytest.mark.parametrize("line", WORKBOOKS)
def test_every_table_may_be_a_workbook(line: str) -> None:
    assert run(line) == 0
    book = openpyxl.load_workbook("new.xlsx")
    assert book.active is not None
    assert [cell.value for cell in book.active[1]][:3] == WORKBOOKS[line]


@pytest.mark.parametrize("line", [line for line in WORKBOOKS if not line.startswith("template")])
def test_the_same_table_is_csv_in_a_dialect(line: str) -> None:
    assert run(line) == 0
    assert run(f"{line.replace('.xlsx', '.csv')} --dialect excel-de") == 0
    held = Path("new.csv").read_text("utf-8")
    assert held.startswith("\ufeff" + ";".join(WORKBOOKS[line]))
    workbook, german = (read_table(f"new.{kind}").columns for kind in ("xlsx", "csv"))
    assert cells(workbook) == cells(german)


def cells(columns: dict[str, Sequence[object]]) -> dict[str, list[str]]:
    return {
        name: ["" if cell is None else str(cell).removesuffix(".0") for cell in column]
        for name, column in columns.items()
    }


def test_pairs_in_a_workbook_or_a_dialect_are_an_earlier_round() -> None:
    assert run("match people.csv --out pairs.xlsx") == 0
    assert run("match people.csv --out pairs.csv --dialect excel-de") == 0
    for name in ("pairs.xlsx", "pairs.csv"):
        pairs = rmatch.read_requests(previous=name)
        assert pairs == rmatch.read_requests(previous=MATCHING)
        assert run(f"rematch {name} --people people.csv") == 0


def test_pairs_are_printed_in_a_dialect(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("match people.csv --out - --dialect excel-de") == 0
    assert capsys.readouterr().out.startswith("mentor;mentee;points;why;")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("match people.csv --out new.csv --dialect excel-fr", "invalid choice: 'excel-fr'"),
        ("match people.csv --out new.xlsx --dialect excel-de", "--dialect: no .csv is written"),
        ("plan people.csv --rounds 2 --dialect excel-de", "--dialect: no .csv is written"),
        ("match people.csv --out new.xls", "name it .csv, .xlsx or .json"),
        ("plan people.csv --rounds 2 --calendar new.json", "name it .csv or .xlsx"),
        ("stand-ins people.csv --out new", "'' is not a kind of file that is written"),
        ("report round.json people.csv --out new.htm", "name it .html"),
        ("template new.txt", "name it .csv, .xlsx or .json"),
    ],
)
def test_what_cannot_be_written_so_is_one_error(
    line: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = sorted(folder.iterdir())
    assert run(line) == 2
    told = capsys.readouterr()
    assert said in told.err + told.out
    assert sorted(folder.iterdir()) == there


def test_a_workbook_without_its_library_is_refused_before_anything_is_decided(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.setattr("rmatch.cli.verbs.match.match", None)
    assert run("match people.csv --out new.xlsx") == 2
    assert "pip install 'reverse-mentoring[xlsx]'" in capsys.readouterr().err
    assert not (folder / "new.xlsx").exists()
