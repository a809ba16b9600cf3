"""Typical slips in tables: each names the file, the cell, the value and a cure, and the cure works."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from opendocument import cell, ods, row

from rmatch import InvalidInputError, read_people
from rmatch.io import read_table, sheets

if TYPE_CHECKING:
    from pathlib import Path


def refusal(*args: Any, **options: Any) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_people(*args, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "readings"),
    [("1,200", "1200 or 1.2"), ("2.500", "2500 or 2.5"), ("24,125", "24125 or 24.1250")],
)
def test_ambiguous_numbers(written: str, readings: str) -> None:
    text = f'id;role;years\nE1;mentor;"{written}"\nE2;mentee;20\n'
    said = refusal(text)
    mend = readings.split(" or ")[1]  # nobody has worked for 1200 years
    assert f"C2 (id 'E1'), years: '{written}' may be {readings}; write {mend}" in said
    assert read_people(text.replace(written, mend)).years[0] == round(float(mend), 2)
    meant = {"values": {"years": {written: mend}}}
    assert read_people(text, mapping=meant).years[0] == round(float(mend), 2)


def test_another_cell_tells_which_mark_is_decimal() -> None:
    people = read_people("id;role;years\nE1;mentor;1,200\nE2;mentee;20,5\n")
    assert people.years.tolist() == [1.2, 20.5]
    assert read_people([{"id": "E1", "role": "both", "years": 2.125}]).years.tolist() == [2.12]


def test_an_ambiguous_number_decides_no_role() -> None:
    mapping = {"roles": {"mentor": [{"pay": {"at_most": 7}}], "mentee": [{"pay": {"at_least": 8}}]}}
    text = "id;pay\nE1;1,200\nE2;20\n"
    assert "B2 (id 'E1'), pay" in refusal(text, mapping=mapping)


def test_a_wrong_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,role\nE1,mentor\nE2,mentee\n", encoding="utf-8")
    said = refusal(path, mapping={"table": {"delimiter": ";"}})
    assert (
        "a.csv, delimiter: ';' does not part the rows of the file; write delimiter = \",\"" in said
    )
    assert len(read_people(path, mapping={"table": {"delimiter": ","}})) == 2


def test_commas_in_cells_and_titles_do_not_mislead() -> None:
    text = "Report, by HR, of today\n\nid;role;offers\nE1;mentor;python, video, ai\nE2;mentee;\n"
    people = read_people(text, mapping={"separators": {"offers": ","}})
    assert people.person(0).offers == {"python": None, "video": None, "ai": None}


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("x", "table: is not a table"),
        ({"sheets": "a"}, "table.sheets: says nothing about a table; did you mean 'sheet'"),
        ({"sheet": 3}, "table.sheet: 3 is not a text"),
        ({"header": 0}, "table.header: 0 is not the number of a row"),
        ({"header": [4, 3]}, "table.header: .4, 3. is not the number of a row"),
        ({"delimiter": "ab"}, "table.delimiter: 'ab' is not one character"),
        ({"drop": {"a": 1}}, "table.drop: is not a list of conditions"),
        ({"drop": [{"a": {"begins": "x"}}]}, "table.drop.a.begins: is not an operator"),
    ],
)
def test_bad_layouts(table: Any, problem: str) -> None:
    with pytest.raises(InvalidInputError, match=problem):
        read_people("id,role\nE1,mentor\n", mapping={"table": table})


def test_a_rule_to_drop_names_a_column() -> None:
    said = refusal("id,role\nE1,mentor\n", mapping={"table": {"drop": [{"ID": {"equals": "x"}}]}})
    assert "table.drop: 'ID' is no column; name one of id, role" in said


@pytest.mark.parametrize(
    "row", ["Suma,E7,3", "Total Rewards,E7,", "Antal,E7,", "Page,E7,", ",E7,", "Sum Of All,E7,x"]
)
def test_who_is_called_like_a_total_is_a_person(row: str) -> None:
    assert read_table(f"name,id,years\n{row}\nAda,E8,2\n").columns["id"] == ("E7", "E8")


@pytest.mark.parametrize(
    "title",
    [
        "Mentors\n",
        "Report,Active staff,2026-03-01,,\n",
        "Bericht vom 1. März\n\n",
        "Programme,Spring\n,\n",
    ],
)
def test_titles_of_many_kinds(title: str) -> None:
    table = read_table(f"{title}id,role,years,site,level\nE1,mentor,2,Leeds,M1\nE2,mentee,20,,\n")
    assert list(table.columns) == ["id", "role", "years", "site", "level"]
    assert len(table) == 2


def test_columns_without_headers_do_not_make_headers_of_people() -> None:
    table = read_table("id,role,,,site\nE1,mentor,x,z,Leeds\nE2,mentee,y,z,Bonn\n")
    assert list(table.columns) == ["id", "role", "site"]
    assert len(table.faults) == 2


def test_a_header_twice_and_a_row_too_long() -> None:
    said = refusal("id,role,role\nE1,mentor,mentor\n")
    assert "two columns have this header; rename one of them" in said
    said = refusal("id,role\nE1,mentor,x\nE2,mentee\n")
    assert "row 2: the row has 3 cells under 2 headers" in said
    assert "put a cell that holds the delimiter into double quotes" in said


def test_letters_that_were_lost_before() -> None:
    people = read_people("id,role,site\nE1,mentor,KÃ¶ln\nE2,mentee,M�nchen\n".encode())
    assert any("as in 'KÃ¶ln'" in note for note in people.notes)
    assert any("as in 'M�nchen'" in note for note in people.notes)


def test_a_workbook_of_libreoffice(tmp_path: Path) -> None:
    spanned = (
        'office:value-type="string" table:number-rows-spanned="2" table:number-columns-spanned="1"'
    )
    failed = 'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
    data = ods(
        row(*map(cell, ["site", "id", "role", "level"]))
        + row(cell("Leeds", spanned), cell("E1"), cell("mentor"), cell("#N/A", failed))
        + row("<table:covered-table-cell/>", cell("E2"), cell("mentee"), cell("M1"))
    )
    (tmp_path / "a.ods").write_bytes(data)
    assert sheets(tmp_path / "a.ods") == ["Staff"]
    table = read_table(tmp_path / "a.ods")
    assert table.columns["site"] == ("Leeds", "Leeds")
    assert table.lost == {"level": {0: "#N/A"}}


@pytest.mark.parametrize("sign", ["line-break", "tab"])
@pytest.mark.parametrize(
    "form", ["<text:{0}/>", '<text:{0} text:tab-ref="1" />', "<text:{0}></text:{0}>"]
)
def test_two_lines_of_a_paragraph_of_libreoffice_are_no_one_word(sign: str, form: str) -> None:
    data = ods(
        row(*map(cell, ["id", "role", "site"]))
        + row(cell("E1"), cell("mentor"), cell(f"York<text:span>{form.format(sign)}UK</text:span>"))
    )
    between = {"line-break": "\n", "tab": "\t"}[sign]
    assert read_table(data).columns["site"] == (f"York{between}UK",)


@pytest.mark.parametrize("text", ["#DIV/0!", "Err:502", "#REF!", "#N/A"])
@pytest.mark.parametrize(
    "value",
    ['office:value-type="float" office:value="0"', 'office:value-type="string"'],
)
def test_an_error_that_a_workbook_of_libreoffice_does_not_mark(text: str, value: str) -> None:
    failed = cell(text, f'table:formula="of:=1/0" {value}')
    data = ods(
        row(*map(cell, ["id", "role", "years"]))
        + row(cell("E1"), cell("mentor"), failed)
        + row(cell("E2"), cell("mentee"), cell("20", 'office:value-type="float" office:value="20"'))
    )
    table = read_table(data)
    assert (table.columns["years"][0], table.lost) == ("", {"years": {0: text}})
    assert f"C2 ({text})" in table.notes[-1]


def test_the_kinds_of_cells_of_a_workbook_of_libreoffice() -> None:
    kinds = {
        'office:value-type="float" office:value="2.5"': ("2,5", 2.5),
        'office:value-type="percentage" office:value="0.075"': ("8 %", 0.075),
        'office:value-type="currency" office:currency="EUR" office:value="1200"': ("1.200 €", 1200),
        'office:value-type="boolean" office:boolean-value="true"': ("WAHR", True),
        'office:value-type="date" office:date-value="2020-02-01"': (
            "01/02/20",
            dt.date(2020, 2, 1),
        ),
        'office:value-type="time" office:time-value="PT01H30M00S"': ("1:30", dt.time(1, 30)),
        'table:formula="of:=1+1" office:value-type="float" office:value="2"': ("###", 2),
    }
    empty = "<table:table-cell/>"
    repeated = cell("x", 'office:value-type="string" table:number-columns-repeated="7"')
    data = ods(
        row(*(cell(f"c{number}") for number in range(len(kinds))))
        + row(*(cell(text, more) for more, (text, _) in kinds.items()))
        + row(empty).replace("row>", 'row table:number-rows-repeated="2">', 1)
        + row(repeated)
    )
    table = read_table(data)
    assert [cells[0] for cells in table.columns.values()] == [read for _, read in kinds.values()]
    assert [cells[1] for cells in table.columns.values()] == ["x"] * len(kinds)
    assert (list(table.numbers), table.lost) == ([2, 5], {})


@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing else", b"\xd0\xcf\x11\xe0 nothing"])
def test_a_broken_workbook(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xls").write_bytes(data)
    assert "a.xls: the file is not an Excel workbook" in refusal(tmp_path / "a.xls")


def test_a_fault_of_joined_columns_names_the_cell_of_the_value() -> None:
    text = "id;role;T1;T2;T3\nE1;mentor;ai:2;law;ai:3\nE2;mentee;;;\n"
    said = refusal(text, mapping={"columns": {"offers": ["T1", "T2", "T3"]}})
    assert "the text, E2 (id 'E1'), offers: 'ai' is given twice with different numbers" in said
