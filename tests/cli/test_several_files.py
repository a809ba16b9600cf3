"""Every command takes several files about the same people."""

from __future__ import annotations

import csv
import tomllib
from typing import TYPE_CHECKING

import openpyxl
import pytest

import rmatch
from rmatch.cli import main
from rmatch.cli.guess import draft
from rmatch.errors import InvalidInputError

if TYPE_CHECKING:
    from pathlib import Path

HRIS = """Staff no,Work e-mail,years
00101,ada@firm.example,1
00102,bo@firm.example,2
00201,cleo@firm.example,21
"""
SURVEY = """Timestamp,Your e-mail,Role,Teach,Learn
2026-02-03 09:00,Ada@Firm.example,mentor,python,
2026-02-04 10:00,cleo@firm.example,mentee,,python
2026-02-05 08:00,ada@firm.example,mentor,python; video,
"""
MAPPING = """
join = { key = { "Work e-mail" = "Your e-mail" } }
duplicates = { keep = "newest", by = "Timestamp" }
[columns]
id = "Staff no"
role = "Role"
offers = "Teach"
wants = "Learn"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("hris.csv", HRIS), ("survey.csv", SURVEY), ("m.toml", MAPPING)):
        (tmp_path / name).write_text(text)
    return tmp_path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_match_joins_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = (folder / "hris.csv", folder / "survey.csv", "--mapping", folder / "m.toml")
    assert run("match", *files, "--out", folder / "pairs.csv") == 0
    with (folder / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["mentor"], row["mentee"]) for row in csv.DictReader(file)] == [
            ("00101", "00201")
        ]
    said = capsys.readouterr().out
    assert "Note: hris.csv and survey.csv are joined by Work e-mail = Your e-mail: 2 people" in said
    assert "only in hris.csv: 1 person, kept: 00102" in said
    assert "@" not in said


def test_check_and_explain_take_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = (folder / "hris.csv", folder / "survey.csv", "--mapping", folder / "m.toml")
    assert run("check", *files) == 0
    assert "are joined by" in capsys.readouterr().out
    assert run("explain", *files, "--mentor", "00101", "--mentee", "00201") == 0


def test_a_side_may_be_several_files(folder: Path) -> None:
    (folder / "juniors.csv").write_text("id,years\n00101,1\n00102,2\n")
    (folder / "seniors.csv").write_text("id,years,wants\n00201,21,python\n")
    (folder / "skills.csv").write_text("No,offers\n101,python\n")
    (folder / "s.toml").write_text('join = { key = { id = "No" } }')
    sides = ("--mentors", folder / "juniors.csv", folder / "skills.csv", "--mentees", folder / "seniors.csv")  # fmt: skip
    assert run("match", *sides, "--mapping", folder / "s.toml", "--out", folder / "pairs.csv") == 0


def test_nothing_that_was_read_is_overwritten(folder: Path) -> None:
    files = (folder / "hris.csv", folder / "survey.csv", "--mapping", folder / "m.toml")
    assert run("match", *files, "--out", folder / "survey.csv") == 2
    assert (folder / "survey.csv").read_text() == SURVEY


def test_init_sees_by_what_they_are_joined(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "settings"
    out.mkdir()
    assert run("init", folder / "hris.csv", folder / "survey.csv", "--out", out) == 0
    document = tomllib.loads((out / "mapping.toml").read_text())
    assert document["join"] == {"key": {"Work e-mail": "Your e-mail"}}
    assert document["duplicates"] == {"keep": "newest", "by": "Timestamp"}
    assert "@" not in (out / "mapping.toml").read_text()
    assert f"rmatch check {folder / 'hris.csv'} {folder / 'survey.csv'}" in capsys.readouterr().out


def test_init_refuses_files_that_have_nothing_in_common(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "other.csv").write_text("a,b\nx,y\n")
    assert run("init", folder / "hris.csv", folder / "other.csv", "--out", folder) == 2
    assert "no column of it names the people of hris.csv" in capsys.readouterr().err


WISHES = MAPPING.replace('wants = "Learn"', 'wants = "Learn"\n[wishes]\nmentee = ["Prefers"]')


def test_match_reads_wishes_of_joined_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = SURVEY.splitlines()
    answers = [f"{lines[0]},Prefers", f"{lines[1]},", f"{lines[2]},102", f"{lines[3]},"]
    answers.append("2026-02-04 10:00,bo@firm.example,mentor,python,,")
    (folder / "survey.csv").write_text("\n".join(answers) + "\n")
    (folder / "m.toml").write_text(WISHES)
    (folder / "programme.toml").write_text("[criteria.wish]\nweight = 1\n[rules.no_repeat]\n")
    files = (folder / "hris.csv", folder / "survey.csv", "--mapping", folder / "m.toml")
    with_wish = (*files, "--programme", folder / "programme.toml")
    assert run("match", *with_wish, "--out", folder / "pairs.csv") == 0
    with (folder / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["mentor"], row["mentee"]) for row in csv.DictReader(file)] == [
            ("00102", "00201")
        ]
    said = capsys.readouterr().out
    assert "Note: 1 wish read: 1 by an id in another form" in said


@pytest.mark.parametrize("hired", ["2", "03/05/2019"])
def test_init_asks_in_the_mapping_which_of_day_and_month_comes_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hired: str
) -> None:
    staff = "".join(f"E{number},p{number}@firm.example,{hired}\n" for number in range(1, 5))
    (tmp_path / "hris.csv").write_text(f"Staff no,Work e-mail,Years or hire date\n{staff}")
    (tmp_path / "form.csv").write_text(
        "Timestamp,Your e-mail,Role,Topics I can teach,Topics I want to learn\n"
        "03/04/2026 09:00,p1@firm.example,Mentor,python,\n"
        "04/03/2026 10:00,P1@firm.example,Mentor,video,\n"
        "04/03/2026 11:00,p2@firm.example,Mentor,python; video,\n"
        "05/03/2026 10:00,p3@firm.example,Mentee,,python\n"
        "05/04/2026 10:00,p4@firm.example,Mentee,,video\n"
    )
    files, mapping = (tmp_path / "hris.csv", tmp_path / "form.csv"), tmp_path / "mapping.toml"
    assert run("init", *files, "--out", tmp_path) == 0
    assert "dates.order: is marked CHECK" in capsys.readouterr().out
    written = mapping.read_text("utf-8")
    tomllib.loads(written)
    for order, topic in (("day first", "python"), ("month first", "video")):
        settled = written.replace("CHECK.", "").replace('"day first"', f'"{order}"')
        mapping.write_text(settled, "utf-8")
        people = rmatch.read_people([*files], mapping=mapping)
        assert list(people.person(0).offers) == [topic]


def test_first_names_join_nobody_where_there_are_last_names(folder: Path) -> None:
    (folder / "staff.csv").write_text("No,First,Last\n1,Ada,Lind\n2,Bo,Karg\n3,Cy,Ono\n")
    form = "Given name,Family name,Role\nAda,Braun,mentor\nBO,Kárg,mentee\nCy,Ono,mentor\n"
    (folder / "form.csv").write_text(form, encoding="utf-8")
    found = tomllib.loads(draft(folder / "staff.csv", folder / "form.csv").mapping)
    assert found["join"] == {"key": {"First": "Given name", "Last": "Family name"}}


def workbook(path: Path, **sheets: str) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(","))
    book.save(path)
    return path


def test_init_joins_two_sheets_of_a_workbook_that_is_given_twice(folder: Path) -> None:
    path = workbook(folder / "all.xlsx", Staff=HRIS, Answers=SURVEY)
    (folder / "all.toml").write_text(draft(path, path).mapping, encoding="utf-8")
    people = rmatch.read_people([path, path], mapping=folder / "all.toml")
    assert [person.role for person in people] == ["mentor", "none", "mentee"]


def test_init_asks_which_sheet_is_meant(folder: Path) -> None:
    table = "id,role\nE1,mentor\nE2,mentee\n"
    path = workbook(folder / "years.xlsx", Autumn=table, Spring=table)
    with pytest.raises(InvalidInputError, match="give the file once for each"):
        rmatch.read_people(path)
    mapping = tomllib.loads(draft(path).mapping)
    assert mapping["table"] == {"CHECK": {"sheet": "Autumn"}}
    mapping["table"] = mapping["table"]["CHECK"]
    assert rmatch.read_people(path, mapping=mapping).id == ("E1", "E2")
