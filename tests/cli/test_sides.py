"""Init on tables that are one a side: sheets of a workbook, or files, called after mentors and mentees."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from rmatch import InvalidInputError, read_people
from rmatch.cli import main
from rmatch.cli.guess import draft
from rmatch.io import taken_as_right

if TYPE_CHECKING:
    from pathlib import Path

MENTORS = """Staff no;Full name;Years in work;Can teach;Mon 9-11;Tue 9-11
71;Ada Low;2;Short video, Python;x;
72;Bo Lin;3;Python;;x
"""
MENTEES = """Staff no;Full name;Years in work;Want to learn;Mon 9-11;Tue 9-11
81;Cy Ray;20;Python;x;x
82;Di Fox;25;Short video, Python;;x
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "mentors 2026.csv", tmp_path / "mentees 2026.csv"]
    for path, text in zip(paths, (MENTORS, MENTEES), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_two_files_are_a_side_each(files: list[Path]) -> None:
    mapping = taken_as_right(tomllib.loads(draft(*files).mapping))
    assert "columns" not in mapping
    assert mapping["mentees"]["columns"]["wants"] == "Want to learn"
    people = read_people(mentors=files[0], mentees=files[1], mapping=mapping)
    assert [person.role for person in people] == ["mentor", "mentor", "mentee", "mentee"]
    assert people.person(0).hours == "Mon 09:00-11:00"
    assert set(people.person(3).wants) == {"Short video", "Python"}


def test_the_next_command_gives_each_side_its_file(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", *map(str, files), "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "--mentors" in said
    assert "--mentees" in said
    sides = ["--mentors", str(files[0]), "--mentees", str(files[1])]
    settings = ["--mapping", str(tmp_path / "mapping.toml")]
    settings += ["--programme", str(tmp_path / "programme.toml")]
    assert "criteria.expertise]" in (tmp_path / "programme.toml").read_text("utf-8")
    assert main(["match", *sides, *settings, "--out", str(tmp_path / "pairs.csv")]) == 0


def test_two_sheets_are_a_side_each(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    for name, text in (("Mentors", MENTORS), ("Mentees", MENTEES), ("Favours", "No;x\n1;y\n")):
        sheet = workbook.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(";"))
    del workbook[workbook.sheetnames[0]]
    path = tmp_path / "forms.xlsx"
    workbook.save(path)
    mapping = taken_as_right(tomllib.loads(draft(path).mapping))
    assert mapping["mentors"]["table"] == {"sheet": "Mentors"}
    people = read_people(mentors=path, mentees=path, mapping=mapping)
    assert people.id == ("71", "72", "81", "82")


def test_several_columns_that_tell_people_apart_are_asked_about(tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    form.write_text("ID,Staff no,Role\n1,700,mentor\n2,701,mentee\n")
    assert tomllib.loads(draft(form).mapping)["columns"]["CHECK"] == {"id": "Staff no"}


@pytest.mark.parametrize(
    "names", [("Mentoren.csv", "Mentees.csv"), ("mentores_2026.csv", "Mentorado.csv")]
)
def test_sides_are_called_so_in_other_languages(names: tuple[str, str], files: list[Path]) -> None:
    one, other = (
        file.rename(file.with_name(name)) for file, name in zip(files, names, strict=True)
    )
    mapping = taken_as_right(tomllib.loads(draft(one, other).mapping))
    people = read_people(mentors=one, mentees=other, mapping=mapping)
    assert people.id == ("71", "72", "81", "82")


def test_topics_in_common_join_nobody(files: list[Path]) -> None:
    one, other = (
        file.rename(file.with_name(name))
        for file, name in zip(files, ("a.csv", "b.csv"), strict=True)
    )
    one.write_text("Nr,Name,Kann\n1,Ada Low,Python\n2,Bo Lin,Video\n", "utf-8")
    other.write_text("Nr,Name,Will\n11,Cy Ray,Python\n12,Di Fox,Video\n", "utf-8")
    with pytest.raises(InvalidInputError, match="if one holds mentors and the other mentees"):
        draft(one, other)
