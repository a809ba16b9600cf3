"""Rows that are nobody: the message has a line of a mapping that leaves them out, and the line works."""

from __future__ import annotations

import io
import re
import tomllib

import openpyxl
import pytest

from rmatch import InvalidInputError, read_people

HEADER = "id;role;name;years;department;offers;wants"
PEOPLE = ("E1;mentor;Ada Lund;2;Sales;ai;", "D1;mentee;Bo Aas;25;Sales;;ai")
ROWS = {
    "a group": (1, ["Sales;;;;;;"]),
    "groups of several words": (1, ["Human Resources;;;;;;", "Research & Development;;;;;;"]),
    "subtotals": (3, ["Sales subtotal;;;27;;;", "2 people;;;;;;"]),
    "units": (1, ["(text);(text);;(years);;;"]),
    "units beside an empty id": (1, [";(role);;in years;;;"]),
    "a total without a word": (3, [";;;27;;;"]),
    "totals without a word": (3, [";;;27;;;", ";;;13,5;;;"]),
    "types": (1, ["text;text;text;number;text;list;list"]),
    "what is required": (1, ["required;required;;in years;optional;optional;optional"]),
    "the questions": (1, ["Your number;Your role;Your name;For how long?;Where?;Teach;Learn"]),
    "a second table": (3, [";;;;;;", "room;floor;seats;;;;", "R1;2;10;;;;", "R2;3;12;;;;"]),
    "a legend": (
        3,
        ["Legend;;;;;;", 'ai;"artificial ""intelligence""";;;;;', "P1;professional;;;;;"],
    ),
}


def lines(kind: str) -> list[str]:
    """Return the lines of a file with rows of some kind."""
    place, rows = ROWS[kind]
    made = [HEADER, *PEOPLE]
    return [*made[:place], *rows, *made[place:]]


def cured(source: str | bytes) -> None:
    """Read a source, apply what the message says, and read it again."""
    with pytest.raises(InvalidInputError) as caught:
        read_people(source)
    told = [str(fault) for fault in caught.value.faults]
    (line,) = {
        found[1] for text in told if (found := re.search(r"in a mapping: (drop = .*)$", text))
    }
    assert "Lund" not in line
    people = read_people(source, mapping=tomllib.loads(f"[table]\n{line}"))
    assert people.id == ("E1", "D1")


@pytest.mark.parametrize("kind", ROWS)
def test_the_line_leaves_them_out(kind: str) -> None:
    cured("\n".join(lines(kind)))


@pytest.mark.parametrize("kind", [kind for kind in ROWS if kind != "a legend"])
def test_the_line_leaves_them_out_of_a_workbook(kind: str) -> None:
    book = openpyxl.Workbook()
    for line in lines(kind):
        book.worksheets[0].append([cell or None for cell in line.split(";")])
    saved = io.BytesIO()
    book.save(saved)
    cured(saved.getvalue())


@pytest.mark.parametrize("row", ["Sales", "room;floor;seats"])
def test_rows_that_are_shorter_name_the_cell(row: str) -> None:
    source = "\n".join([HEADER, *PEOPLE, row])
    with pytest.raises(InvalidInputError) as caught:
        read_people(source)
    found = re.search(
        r'if it is nobody, drop = (\[.*"…".*\]) under \[table\] in a mapping leaves it out, with what stands in A4',
        str(caught.value),
    )
    assert found
    line = f"drop = {found[1]}".replace("…", row.partition(";")[0])
    assert read_people(source, mapping=tomllib.loads(f"[table]\n{line}")).id == ("E1", "D1")


def test_a_person_without_a_role_is_named_by_the_id_alone() -> None:
    rows = [HEADER, *PEOPLE, "E7;;Cy Orr;;;;"]
    with pytest.raises(InvalidInputError) as caught:
        read_people("\n".join(rows))
    said = str(caught.value)
    assert 'drop = [{ "id" = { equals = ["E7"] } }]' in said
    assert "Orr" not in said


def test_a_full_row_is_a_person() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_people("\n".join([HEADER, *PEOPLE, "E7;boss;Cy Orr;3;IT;law;"]))
    assert "drop" not in str(caught.value)


@pytest.mark.parametrize("end", ["", ";"])
def test_one_column_under_a_title(end: str) -> None:
    source = f"Mentors of the spring round{end}\nid{end}\nE1{end}\nE2{end}\n"
    people = read_people(mentors=source, mentees="id;role\nD1;mentee\n")
    assert people.id == ("E1", "E2", "D1")


@pytest.mark.parametrize(
    "called", ["Sales Total", "Vertrieb Ergebnis", "Sales Count", "Ventas Total"]
)
def test_a_subtotal_of_a_group_is_nobody(called: str) -> None:
    people = read_people("\n".join([HEADER, *PEOPLE, f"{called};;;12;;;"]))
    assert people.id == ("E1", "D1")
    assert people.notes == (f"the text, row 4: no person but a total, left out: '{called}'",)


def test_somebody_in_a_department_called_total_is_a_person() -> None:
    people = read_people("department;id;role;years\nTotal;7;mentor;2\nSales Total;8;mentee;\n")
    assert people.id == ("7", "8")


def test_rows_without_an_id_are_named_by_their_group() -> None:
    head = "Team;id;role;years"
    source = (
        f"{head}\nSales;E1;mentor;2\nSales headcount;;;1\nLaw;E2;mentee;20\nLaw headcount;;;1\n"
    )
    mapping = {"columns": {"department": "Team"}}
    with pytest.raises(InvalidInputError) as caught:
        read_people(source, mapping=mapping)
    (line,) = {
        found[1]
        for fault in caught.value.faults
        if (found := re.search("(drop = .*)$", str(fault)))
    }
    mapping["table"] = tomllib.loads(line)
    assert read_people(source, mapping=mapping).id == ("E1", "E2")


def test_a_row_of_formulas_is_not_taken_for_nobody() -> None:
    book = openpyxl.Workbook()
    for row in (
        ("id", "role", "name", "years"),
        ("E1", "mentor", "Ada Lund", 2),
        ("E2", "mentee", "=A1", "=B1"),
    ):
        book.worksheets[0].append(row)
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(InvalidInputError) as caught:
        read_people(saved.getvalue())
    assert [fault.field for fault in caught.value.faults] == ["name", "years"]


def test_a_text_that_stands_once_a_group_is_warned_of() -> None:
    rows = ["Data;E1;mentor", ";E2;mentee", ";E3;mentor", "Law;E4;mentee", ";E5;mentor"]
    mapping = {"columns": {"department": "Team"}}
    (note,) = read_people("\n".join(["Team;id;role", *rows]), mapping=mapping).notes
    assert note.startswith("WARNING: the text, Team: 2 texts stand once each, with 3 empty cells")
    rows[1] = "Data;E2;mentee"
    assert read_people("\n".join(["Team;id;role", *rows]), mapping=mapping).notes == ()


SURVEY = "{},ResponseId,role,years\n{},R1,mentor,2\n{},R2,mentee,20\n{},R3,mentee,20\n"


@pytest.mark.parametrize(
    ("header", "real", "trial"),
    [
        ("Status", "IP Address", "Survey Preview"),
        ("Response Type", "IP Address", "Survey Test"),
        ("DistributionChannel", "anonymous", "preview"),
        ("Distribution Channel", "email", "test"),
    ],
)
def test_trials_of_a_survey_are_left_out_and_noted(header: str, real: str, trial: str) -> None:
    source = SURVEY.format(header, real, trial, real)
    people = read_people(source, mapping={"columns": {"id": "ResponseId"}})
    assert people.id == ("R1", "R3")
    told = f"the text, row 3: no person but a trial of the survey, left out: '{trial}'"
    assert told in people.notes


@pytest.mark.parametrize(
    ("header", "real", "trial"),
    [("MODE", "interview", "pretest"), ("Is test", "no", "yes"), ("Response status", "", "Test")],
)
def test_rows_that_may_be_trials_are_warned_of_with_the_line(
    header: str, real: str, trial: str
) -> None:
    source = SURVEY.format(header, real, trial, real)
    mapping = {"columns": {"id": "ResponseId"}}
    people = read_people(source, mapping=mapping)
    assert people.id == ("R1", "R2", "R3")
    (warning,) = [note for note in people.notes if note.startswith("WARNING")]
    line = warning.partition("in a mapping: ")[2]
    people = read_people(source, mapping=mapping | {"table": tomllib.loads(line)})
    assert people.id == ("R1", "R3")
    assert not any(note.startswith("WARNING") for note in people.notes)


@pytest.mark.parametrize(
    "cells", ["active,active,active", "Test,Test,Test", "mentor,mentee,preview team"]
)
def test_a_status_alone_is_no_trial(cells: str) -> None:
    source = SURVEY.format("Status", *cells.split(","))
    people = read_people(source, mapping={"columns": {"id": "ResponseId"}})
    assert people.id == ("R1", "R2", "R3")
    assert not any(note.startswith("WARNING") for note in people.notes)


FORMULAS: dict[str, list[tuple[str | None, ...]]] = {
    "a sum": [(None, None, None, "=SUM(D2:D3)")],
    "several": [("=COUNTA(A2:A3)",), (None, None, None, "=SUBTOTAL(9,D2:D3)")],
}


@pytest.mark.parametrize("kind", FORMULAS)
def test_sums_below_the_people_are_noted(kind: str) -> None:
    source = workbook(*FORMULAS[kind])
    notes = [note for note in read_people(source).notes if "no person but a total" in note]
    assert len(notes) == len(FORMULAS[kind])


def test_a_last_row_of_formulas_is_somebody() -> None:
    with pytest.raises(InvalidInputError, match="A4, id: '=H!A4' is a formula"):
        read_people(workbook(("=H!A4", "=H!B4", None, "=H!C4")))


def workbook(*rows: tuple[str | None, ...]) -> bytes:
    """Return a workbook with two people and further rows."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(("id", "role", "name", "years"))
    for row in (("E1", "mentor", "Ada Lund", 2), ("E2", "mentee", "Bo Aas", 20)):
        book.worksheets[0].append(row)
    for cells in rows:
        book.worksheets[0].append(cells)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
