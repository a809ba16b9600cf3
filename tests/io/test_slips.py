"""Twelve slips that people make with exports: each is named with cell, value and a cure, and the cure works.

Every test takes the sentence that rmatch says, does what the sentence advises, and reads again.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

import rmatch

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch import People

STAFF = """\
id,role,years,level,manager_id,offers,wants,languages
E1,mentor,3,Analyst,E4,Python,,English
E2,mentor,4,Lead,E4,Video,,English; Welsh
E3,mentee,20,Head,E4,,Python,English
E4,mentee,25,Head,,,Video,English
"""
PROGRAMME = rmatch.Programme(levels=("Analyst", "Lead", "Head"), rules=())


@dataclass
class Desk:
    """What lies on an organiser's desk: files, and a mapping."""

    folder: Path
    files: dict[str, str]
    mapping: dict[str, Any] = field(default_factory=dict)

    def read(self) -> People:
        for name, text in self.files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        paths = [self.folder / name for name in self.files]
        return rmatch.read_people(paths, mapping=self.mapping or None)

    def said(self) -> str:
        """Return the one thing that is wrong, from reading or from checking."""
        try:
            found = rmatch.check(self.read(), PROGRAMME)
        except rmatch.InvalidInputError as error:
            (fault,) = map(str, error.faults)
            return fault
        (sentence,) = [each.sentence for each in found if each.code in ("invalid", "swapped")]
        return sentence

    def is_clean(self) -> bool:
        people = self.read()
        rmatch.score(people, PROGRAMME)
        return len(people) == 4 and not people.notes

    def write_cell(self, sentence: str, text: str) -> None:
        """Write into the first cell that a sentence names."""
        name, column, row = re.match(r"([\w.]+), ([A-Z])(\d+)", sentence).groups()  # type: ignore[union-attr]
        grid = list(csv.reader(self.files[name].splitlines()))
        grid[int(row) - 1][ord(column) - ord("A")] = text
        self.files[name] = "\n".join(",".join(cells) for cells in grid) + "\n"

    def write_mapping(self, lines: str) -> None:
        """Write lines into the mapping."""
        for key, value in tomllib.loads(lines).items():
            known = self.mapping.get(key)
            self.mapping[key] = known | value if isinstance(known, dict) else value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, {"staff.csv": STAFF})


def test_the_desk_is_clean(desk: Desk) -> None:
    assert desk.is_clean()


def test_the_wrong_delimiter(desk: Desk) -> None:
    desk.mapping = {"table": {"delimiter": ";"}}
    said = desk.said()
    assert "staff.csv, delimiter: ';' does not part the rows of the file" in said
    desk.write_mapping("[table]\n" + re.search(r"write (delimiter = \S+) under \[table\]", said)[1])  # type: ignore[index]
    assert desk.is_clean()


def test_a_header_twice(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace("languages", "level")
    said = desk.said()
    assert said == "staff.csv, H1, level: two columns have this header; rename one of them"
    desk.write_cell(said, "languages")
    assert desk.is_clean()


def test_the_headers_again_among_the_rows(desk: Desk) -> None:
    """Exports that are pasted under each other: nothing to mend, and said."""
    head, *rows = STAFF.splitlines()
    desk.files["staff.csv"] = "\n".join([head, *rows[:2], head, *rows[2:]]) + "\n"
    people = desk.read()
    assert people == Desk(desk.folder, {"other.csv": STAFF}).read()
    assert people.notes == ("staff.csv, row 4: no person but the headers again, left out: 'id'",)


def test_a_grade_misspelt(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace("Analyst", "Analist")
    said = desk.said()
    assert "staff.csv, D2 (id 'E1'), level: 'Analist'" in said
    desk.write_cell(said, re.search(r"did you mean '(\w+)'", said)[1])  # type: ignore[index]
    assert desk.is_clean()


def test_managers_in_a_circle(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace("25,Head,", "25,Head,E3")
    said = desk.said()
    assert said.startswith(
        "staff.csv, E4, manager_id: 2 people manage each other in a circle: 'E3' → 'E4'"
    )
    *_, cell = re.search("empty one of their cells: (.*)", said)[1].split(", staff.csv, ")  # type: ignore[index]
    desk.write_cell(f"staff.csv, {cell}", "")
    assert desk.is_clean()


def test_a_band_that_became_a_day(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace(",20,", ",10-May,")
    said = desk.said()
    assert "staff.csv, C4 (id 'E3'), years: '10-May' is damaged by a spreadsheet: 5-10?" in said
    line = re.search(r"in a mapping: (\[values.years\]) (.*)", said)
    desk.write_mapping(f"{line[1]}\n{line[2]}")  # type: ignore[index]
    assert desk.read().years[2] == 7.5


@pytest.mark.parametrize(("choice", "years"), [("day first", 5.1), ("month first", 4.8)])
def test_a_date_with_two_readings(desk: Desk, choice: str, years: float) -> None:
    desk.mapping = {"dates": {"on": "2026-03-01"}}
    for number, day in (
        (3, "03/02/2023"),
        (4, "05/02/2021"),
        (20, "01/03/2006"),
        (25, "02/03/2001"),
    ):
        desk.files["staff.csv"] = desk.files["staff.csv"].replace(f",{number},", f",{day},")
    with pytest.raises(rmatch.InvalidInputError) as caught:
        desk.read()
    said = str(caught.value)
    assert "staff.csv, C3 (id 'E2'), years: '05/02/2021' is 5 February 2021 or 2 May 2021" in said
    assert '[dates] order = "day first" or "month first"' in said
    desk.write_mapping(f'[dates]\norder = "{choice}"')
    assert desk.read().years[1] == years


def test_thousands_or_decimals(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace(",20,", ',"1,200",')
    said = desk.said()
    assert "staff.csv, C4 (id 'E3'), years: '1,200' may be 1200 or 1.2" in said
    desk.write_cell(said, re.search(r"write (\S+)$", said)[1])  # type: ignore[index]
    assert desk.is_clean()


def test_offers_and_wants_swapped(desk: Desk) -> None:
    """What tells: nobody teaches what a mentee wants, and mentees offer what mentors want."""
    desk.files["staff.csv"] = STAFF.replace("offers,wants", "Learn,Teach")
    desk.mapping = {"columns": {"offers": "Teach", "wants": "Learn"}}
    said = desk.said()
    assert "offers are read from staff.csv, column G 'Teach'" in said
    lines = re.search(r"under \[columns\] in a mapping: (.*)", said)[1].replace(" and ", "\n")  # type: ignore[index]
    desk.write_mapping(f"[columns]\n{lines}")
    assert desk.is_clean()
    assert desk.read().person(0).offers == {"Python": None}


FORM = """\
Code,Address,Confidence
E1,a@x.org,9
E2,b@x.org,8
E3,c@x.org,7
E4,d@x.org,6
"""


def test_the_wrong_key_of_a_join(desk: Desk) -> None:
    desk.files["form.csv"] = FORM
    desk.mapping = {"join": {"key": {"id": "Address"}}, "ignore": ["Address", "Confidence"]}
    said = desk.said()
    assert "join.key: nobody of form.csv is in staff.csv by id = Address" in said
    desk.write_mapping("[join]\n" + re.search(r"write (key = \{.*?\})", said)[1])  # type: ignore[index]
    assert len(desk.read()) == 4
    assert (
        desk.read().notes[0] == "staff.csv and form.csv are joined by id = Code: 4 people in both"
    )


def test_zeros_that_a_spreadsheet_dropped(desk: Desk) -> None:
    """Where it is clear who is meant it is repaired and said; where it is not, the cell says so."""
    numbered = (
        STAFF.replace("E1", "0011").replace("E2", "0012").replace("E3", "011").replace("E4", "014")
    )
    lost = FORM.replace("E1", "11").replace("E2", "12").replace("E3", "011").replace("E4", "14")
    desk.files = {"staff.csv": numbered, "form.csv": lost}
    desk.mapping = {"join": {"key": {"id": "Code"}}, "ignore": ["Address", "Confidence"]}
    said = desk.said()
    assert said.startswith(
        "form.csv, A2, Code: '11' differs only in leading zeros, case or form from staff.csv, A2"
    )
    assert "write the keys of this column as they stand there" in said
    desk.write_cell(said, "0011")
    notes = desk.read().notes
    assert "form.csv, A3 is staff.csv, A3, form.csv, A5 is staff.csv, A5" in notes[1]
    desk.write_cell("form.csv, A3", "0012")
    desk.write_cell("form.csv, A5", "014")
    assert not any("keys differ" in note for note in desk.read().notes)


@pytest.mark.parametrize("value", ["#NV", "#N/A", "#REF!", "#BEZUG!"])
def test_an_error_value_is_never_data(desk: Desk, value: str) -> None:
    desk.files["staff.csv"] = STAFF.replace("mentor,4", f"{value},4")
    said = desk.said()
    assert f"staff.csv, B3 (id 'E2'), role: {value!r} is the error value of a spreadsheet" in said
    assert "write the value" in said
    desk.write_cell(said, "mentor")
    assert desk.is_clean()
    desk.files["staff.csv"] = STAFF.replace("English; Welsh", value)
    assert desk.read().languages[1] == {}
    assert f"H3 ({value})" in desk.read().notes[0]


def test_a_formula_that_lost_its_value(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace("mentor,4", "mentor,=C2+1")
    said = desk.said()
    assert (
        "staff.csv, C3 (id 'E2'), years: '=C2+1' is a formula that was saved without its value"
        in said
    )
    assert "or write the value" in said
    desk.write_cell(said, "4")
    assert desk.is_clean()


def test_an_option_that_is_torn_in_its_brackets(desk: Desk) -> None:
    desk.files["staff.csv"] = STAFF.replace("Video,,", "Video; Cloud (AWS; Azure),,")
    (said,) = desk.read().notes
    assert "staff.csv, offers: 1 text was parted inside brackets: 'Cloud (AWS; Azure)' (1)" in said
    table, line = re.search(r"say so in a mapping: (\[options\]) (.*)", said).groups()  # type: ignore[union-attr]
    desk.write_mapping(f"{table}\n{line}")
    assert desk.read().offers[1].keys() == {"Video", "Cloud (AWS; Azure)"}
