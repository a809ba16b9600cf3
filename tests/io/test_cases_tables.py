"""Sources as they are exported: sheets, title lines, header rows, gaps, encodings, error values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rmatch import InvalidInputError, People, read_people
from rmatch.io import read_requests, read_table

CASES = Path(__file__).parents[3] / "shared" / "data" / "cases"
field = pytest.mark.skipif(not CASES.exists(), reason="the cases are not in this checkout")

# An x alone is no topic but an answer; some cases hold one where it does not matter.
OWN = ["id", "role", "years", "offers", "wants"]


def book(path: Path, *sheets: tuple[str, list[list[Any]]], merge: str = "") -> Path:
    """Write a workbook."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merge:
            for cells in merge.split():
                sheet.merge_cells(cells)
    workbook.save(path)
    return path


def refusal(*args: Any, **options: Any) -> str:
    """Return what an error says."""
    with pytest.raises(InvalidInputError) as caught:
        read_people(*args, **options)
    return str(caught.value)


# forms-workbook: a sheet a side

FORM = {
    "levels": False,
    "columns": {"id": "Staff no", "years": "Years of Experience"},
    "mentors": {"columns": {"offers": "Which of these are you good at?"}},
    "mentees": {"columns": {"wants": "Which skills are important to you?"}},
}


@field
def test_forms_workbook() -> None:
    path = CASES / "forms-workbook" / "applications.xlsx"
    people = read_people(mentors=path, mentees=path, mapping=FORM)
    assert people.id == ("700100001", "700100002", "700200001", "700200002")
    assert [person.role for person in people] == ["mentor", "mentor", "mentee", "mentee"]
    assert "applications.xlsx: sheet 'mentor' was read, not 'mentee', 'favor'" in people.notes


@field
def test_forms_workbook_has_no_sheet_for_everybody() -> None:
    path = CASES / "forms-workbook" / "applications.xlsx"
    said = refusal(path, mapping={"columns": {"id": "Staff no", "years": "Years of Experience"}})
    assert "it is not clear which sheet holds the people: 'mentor', 'mentee'" in said


def test_the_same_sheet_for_both_sides(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("Old", [["id"], ["E1"]]), ("New", [["id"], ["E2"]]))
    said = refusal(mentors=path, mentees=path, mapping={"table": {"sheet": "new"}})
    assert "the same sheet, 'New', is read for mentors and mentees" in said
    assert "its sheets are 'Old', 'New'" in said
    sides = {"mentors": {"table": {"sheet": "Old"}}, "mentees": {"table": {"sheet": "New"}}}
    assert read_people(mentors=path, mentees=path, mapping=sides).id == ("E1", "E2")


def test_an_unknown_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("Sign-ups", [OWN]), ("Notes", [["x"]]))
    said = refusal(path, mapping={"table": {"sheet": "Signups"}})
    assert "there is no sheet 'Signups'" in said
    assert "its sheets are 'Sign-ups', 'Notes'" in said


def test_the_only_sheet_that_looks_like_people(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ("Read me", [["Fill in the next sheet"]]),
        ("Lists", [["Sites", "Grades"], ["Leeds", "M1"], ["Vienna", "M2"]]),
        (
            "People",
            [OWN, ["E1", "mentor", 2, "python", None], ["L1", "mentee", 20, None, "python"]],
        ),
    )
    assert read_people(path).id == ("E1", "L1")


# title-lines: lines above the headers, totals and remarks below the people

PLAIN = {
    "columns": {
        "id": "Employee ID",
        "role": "Role",
        "years": "Years",
        "offers": "Offers",
        "wants": "Wants",
    }
}


@field
def test_title_lines_csv() -> None:
    people = read_people(CASES / "title-lines" / "title.csv", mapping=PLAIN)
    assert people.id == ("1", "2")
    assert (
        "title.csv, row 1: above the headers, left out: 'Exported 2026-03-01 by HR'" in people.notes
    )


@field
def test_title_lines_footer() -> None:
    people = read_people(CASES / "title-lines" / "footer.xlsx", mapping=PLAIN)
    assert people.id == ("00123", "00124", "00200", "00201")
    note = "footer.xlsx, row 7: no person but a remark, left out: 'Report run by HR on 2026-03-01'"
    assert note in people.notes


@field
def test_title_lines_workday() -> None:
    mapping = {
        "columns": {
            "id": "Employee ID",
            "name": "Worker",
            "years": "Years",
            "level": "Level",
            "offers": "Offers",
            "wants": "Wants",
        },
        "roles": {"mentor": [{"Years": {"at_most": 5}}], "mentee": [{"Years": {"at_least": 15}}]},
    }
    people = read_people(CASES / "title-lines" / "workday.xlsx", mapping=mapping)
    assert people.id == ("100234", "100235", "200001", "200002")
    assert people.level == ("P1", "P2", "M3", "M4")
    assert "workday.xlsx, row 9: no person but a total, left out: 'Total'" in people.notes


def test_french_report_with_totals(tmp_path: Path) -> None:
    text = (
        "Effectifs au 1er mars, par service;;;\n\nMatricule;Rôle;Ancienneté;Compétences\n"
        "A1;mentor;2;python\nA2;mentee;21;\nSous-total;;23;\nA3;mentor;3;vidéo\n"
        "Total général;;26;\nSource : SIRH\n"
    )
    (tmp_path / "rh.csv").write_text(text, encoding="utf-8")
    mapping = {
        "columns": {
            "id": "Matricule",
            "role": "Rôle",
            "years": "Ancienneté",
            "offers": "Compétences",
        }
    }
    people = read_people(tmp_path / "rh.csv", mapping=mapping)
    assert people.id == ("A1", "A2", "A3")
    told = [note for note in people.notes if "no person" in note]
    assert [note.split(":")[0] for note in told] == [
        "rh.csv, row 6",
        "rh.csv, row 8",
        "rh.csv, row 9",
    ]


def test_named_header_row_and_dropped_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["No", "Who", "Exp", "Part"],
        ["Nr", "Person", "Years", "Role"],
        ["E1", "Ada", 2, "mentor"],
        ["TEST-1", "Test", 1, "mentor"],
        ["E2", "Bo", 22, "mentee"],
    ]
    path = book(tmp_path / "a.xlsx", ("S", rows))
    columns = {"id": "Nr", "years": "Years", "role": "Role"}
    table = {"header": 2, "drop": [{"Nr": {"starts_with": "TEST"}}]}
    people = read_people(path, mapping={"table": table, "columns": columns})
    assert people.id == ("E1", "E2")
    assert any("row 4: no person but by the mapping's `drop`" in note for note in people.notes)
    said = refusal(path, mapping={"table": {"header": 30}, "columns": columns})
    assert "there is no header in row 30; the rows are numbered 1 to 5" in said


def test_two_named_header_rows_are_joined(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Person", None, "Mentoring", None],
        ["Id", "Role", "Teaches", "Learns"],
        ["E1", "mentor", "python", None],
        ["E2", "mentee", None, "python"],
    ]
    path = book(tmp_path / "a.xlsx", ("S", rows), merge="A1:B1 C1:D1")
    assert list(read_table(path).columns) == ["Id", "Role", "Teaches", "Learns"]
    columns = {
        "id": "Person - Id",
        "role": "Person - Role",
        "offers": "Mentoring - Teaches",
        "wants": "Mentoring - Learns",
    }
    people = read_people(path, mapping={"table": {"header": [1, 2]}, "columns": columns})
    assert people.person(0).offers == {"python": None}


# workbook-gaps: empty rows, merged cells down a column


@field
def test_workbook_gaps() -> None:
    mapping = {"columns": {"department": "Dept"}}
    people = read_people(CASES / "workbook-gaps" / "gap.xlsx")
    assert people.id == ("E1", "E2", "L1")
    assert "gap.xlsx: 2 empty rows between the others skipped" in people.notes
    people = read_people(CASES / "workbook-gaps" / "merged.xlsx", mapping=mapping)
    assert people.department == ("IT", "IT", "IT")
    assert "merged.xlsx: 1 merged range filled down" in people.notes


def test_merged_sites_and_totals_between(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["site", *OWN],
        ["Leeds", "E1", "mentor", 2, "python", None],
        [None, "E2", "mentor", 3, "video", None],
        ["Subtotal", 2, None, None, None, None],
        ["Vienna", "L1", "mentee", 20, None, "python"],
        [None, None, None, None, None, None],
        [None, "L2", "mentee", 22, None, "video"],
    ]
    path = book(tmp_path / "a.xlsx", ("S", rows), merge="A2:A3 A5:A7")
    people = read_people(path)
    assert people.site == ("Leeds", "Leeds", "Vienna", "Vienna")
    assert people.id == ("E1", "E2", "L1", "L2")


# encodings


@field
@pytest.mark.parametrize(
    ("file", "encoding", "site", "topic"),
    [
        ("pl_cp1250.csv", "cp1250", "Łódź", "zarządzanie"),
        ("ru_cp1251.csv", "cp1251", "Москва", "видео"),
        ("mentors_mac.csv", "mac_roman", None, "Präsentieren"),
        ("mentees_utf8.csv", "", None, None),
    ],
)
def test_encodings(file: str, encoding: str, site: str | None, topic: str | None) -> None:
    table = read_table(CASES / "encodings" / file)
    if topic:
        assert table.columns["offers"][0] == topic
        assert table.notes == [f"{file} is not UTF-8 and was read as {encoding}"]
    if site:
        assert table.columns["site"][0] == site


@field
def test_the_hris_export_is_western() -> None:
    table = read_table(CASES / "a-real-programme" / "hris_export.csv")
    assert "København" in table.columns["Location"]
    assert "hris_export.csv is not UTF-8 and was read as cp1252" in table.notes


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Město;Řízení;Jiří Dvořák;České Budějovice", "cp1250"),
        ("Győr;tőkepiac;Erdős Gyula;üzletfejlesztő", "cp1250"),
        ("Hélène à Genève;forêt;Françoise", "cp1252"),
        ("Muñoz;Peña;diseño;atención", "cp1252"),
        ("Köln;Zürich;Führung;Präsentieren", "mac_roman"),
        ("Владивосток;Управление;Иванова", "cp1251"),
        ("Αθήνα;Θεσσαλονίκη;διοίκηση", "cp1253"),
        ("Jürgen Groß;Äpfel", "mac_roman"),
        ("Wiśniewski;Łukasz;Kraków;śledź", "iso8859_2"),
        ("Çağlar;Şişli;Y\u0131lmaz", "cp1254"),
    ],
)
def test_further_encodings(text: str, encoding: str) -> None:
    data = f"id;site;role\n1;{text.replace(';', ' ')};mentor\n".encode(encoding)
    assert read_table(data).columns["site"] == (text.replace(";", " "),)


def test_an_encoding_that_nobody_tries_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"no other encoding that is tried makes words"):
        read_table("id,site\n1,Škoda Dvořák\n".encode("mac_latin2"))


def test_two_plausible_encodings(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id,role,site\nE1,both,Plzeň\n".encode("cp1250"))
    said = refusal(tmp_path / "a.csv")
    assert "'Plzeň' (cp1250)" in said
    assert "'Plzeò' (cp1252)" in said
    people = read_people(tmp_path / "a.csv", mapping={"table": {"encoding": "cp1250"}})
    assert people.site == ("Plzeň",)


def test_an_encoding_that_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id,role,site\nE1,mentor,Köln\n".encode("cp1252"))
    assert "line 2 is not text in utf-8" in refusal(
        tmp_path / "a.csv", mapping={"table": {"encoding": "utf-8"}}
    )
    assert "'klingon' is not an encoding" in refusal(
        tmp_path / "a.csv", mapping={"table": {"encoding": "klingon"}}
    )


# two-row-header: SurveyMonkey, Qualtrics


@field
def test_surveymonkey() -> None:
    table = read_table(CASES / "two-row-header" / "surveymonkey.csv")
    assert list(table.columns)[:6] == [
        "Respondent ID",
        "Collector ID",
        "Email Address",
        "Are you a junior or a leader?",
        "Which topics can you teach? - Python",
        "Which topics can you teach? - Short video",
    ]
    assert table.columns["Respondent ID"] == ("118", "119", "120", "121")
    assert list(table.columns)[-1] == "How many years have you worked?"


QUALTRICS = (
    "StartDate,ResponseId,Q1,Q2_1,Q2_2\n"
    '"Start Date","Response ID","What is your role?","Rate: - Python","Rate: - Video"\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}",'
    '"{""ImportId"":""QID2_1""}","{""ImportId"":""QID2_2""}"\n'
    "2026-03-01,R_1,mentor,4,2\n2026-03-02,R_2,mentee,,\n"
)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("ResponseId", "Q1"),
        ("Response ID", "What is your role?"),
        ("ResponseId", "What is your role?"),
    ],
)
def test_qualtrics(name: str, role: str) -> None:
    people = read_people(QUALTRICS, mapping={"columns": {"id": name, "role": role}})
    assert people.id == ("R_1", "R_2")


def test_a_group_row_in_polish(tmp_path: Path) -> None:
    text = "Pytania o nauce;;;Uczę;;Chcę się nauczyć;\n;;Response;Python;Wideo;Python;Wideo\nA;mentor;2;tak;;;\nB;mentee;20;;;tak;\n"
    header, rest = text.split("\n", 1)
    (tmp_path / "a.csv").write_text(
        f"Numer;Rola;Lata;{header.split(';', 3)[3]}\n{rest}", encoding="utf-8"
    )
    table = read_table(tmp_path / "a.csv")
    assert list(table.columns) == [
        *("Numer", "Rola", "Lata", "Uczę - Python", "Uczę - Wideo"),
        *("Chcę się nauczyć - Python", "Chcę się nauczyć - Wideo"),
    ]
    assert table.columns["Numer"] == ("A", "B")


# excel-errors


@field
def test_excel_errors() -> None:
    people = read_people(CASES / "excel-errors" / "nv.csv")
    assert people.person(0).languages == ()
    assert people.person(0).department is None
    assert people.person(0).wants == {}
    note = next(note for note in people.notes if "error value" in note)
    assert "nv.csv: 9 cells hold the error value of a spreadsheet" in note
    assert "D2 (#NV)" in note


@pytest.mark.parametrize(
    "value", ["#N/D", "#ССЫЛКА!", "#¡VALOR!", "#DZIEL/0!", "Err:508", "#ΑΝΑΦ!"]
)
def test_error_values_of_other_languages(value: str) -> None:
    people = read_people(f"id,role,site\nE1,mentor,{value}\nE2,mentee,Leeds\n")
    assert people.site == (None, "Leeds")
    assert any(f"C2 ({value})" in note for note in people.notes)


def test_an_id_is_no_error_value() -> None:
    said = refusal("id,role\n#NV,mentor\n")
    assert "A2" in said
    assert "'#NV' is the error value of a spreadsheet; mend the formula, or write the value" in said


def test_errors_and_formulas_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["id", "role", "years", "site", "extra:x"],
        ["E1", "mentor", 2, "#N/A", "=1+1"],
        ["E2", "mentee", "=20+1", "Leeds", "y"],
    ]
    path = book(tmp_path / "a.xlsx", ("S", rows))
    said = refusal(path, mapping={"ignore": ["extra:x"]})
    assert (
        "a.xlsx, C3 (id 'E2'), years: '=20+1' is a formula that was saved without its value" in said
    )
    people = read_people(path, mapping={"ignore": ["extra:x", "years"]})
    assert people.site == (None, "Leeds")
    assert any("D2 (#N/A)" in note for note in people.notes)


def test_formulas_in_a_csv() -> None:
    assert read_people('id,role\n"=""007""",both\n').id == ("007",)
    said = refusal('id,role,site\nE1,mentor,"=VLOOKUP(A2,X:Y,2)"\n')
    assert (
        "C2 (id 'E1'), site: '=VLOOKUP(A2,X:Y,2)' is a formula that was saved without its value"
        in said
    )


# a-real-programme: the workbook of nominations


@field
def test_nominations() -> None:
    mapping = {
        "columns": {
            "id": "Employee ID",
            "department": "Department",
            "site": "Site",
            "level": "Grade",
            "role": "Role",
            "extra:topics": "Topics",
        },
        "values": {"role": {"Mentee": "both"}},
    }
    people = read_people(CASES / "a-real-programme" / "nominations.xlsx", mapping=mapping)
    assert len(people) == 64
    assert None not in people.department
    assert people.department[:2] == ("Finance & Controlling", "Finance & Controlling")
    assert any("row 69: no person but a total, left out: 'Total'" in note for note in people.notes)
    assert isinstance(people, People)


def test_the_sheet_of_pairs(tmp_path: Path) -> None:
    people = [["id", "role"], ["E1", "mentor"], ["E2", "mentee"]]
    pairs = [["mentor", "mentee", "kind"], ["E1", "E2", "lock"]]
    path = book(tmp_path / "a.xlsx", ("People", people), ("Pairs", pairs))
    assert [row.kind for row in read_requests(path).rows] == ["lock"]


def test_dates_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["id", "role", "extra:hired"], ["E1", "both", dt.date(2024, 5, 1)]]
    people = read_people(book(tmp_path / "a.xlsx", ("S", rows)))
    assert people.extra["hired"] == ("2024-05-01",)
