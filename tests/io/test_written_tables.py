"""Tables that leave rmatch: as spreadsheets keep them, and as they are read again."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import doubted

from rmatch.errors import InvalidInputError
from rmatch.io import DIALECTS, Dialect, read_table, write_table
from rmatch.io.tables import xlsx
from rmatch.io.tables.xlsx import LONGEST_TEXT, xlsx_bytes
from rmatch.utils.spelling import visible

LINES: list[list[Any]] = [
    ["id", "name", "points", "share", "locked", "why"],
    ["007", '=HYPERLINK("http://example.org")', 759_493, 0.25, True, "x" * 100],
    ["0010", "@sum", 12, 1e-3, False, ""],
    ["1e5", "-Ada", 0, None, False, "+1"],
]
FORMS = [("table.xlsx", "excel"), *((f"{dialect}.csv", dialect) for dialect in DIALECTS)]
cells = (
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), max_size=8
    )
    .map(lambda text: visible(text).strip())
    .filter(lambda text: text and not doubted(text))
)


def sheet_of(lines: list[list[Any]]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(lines))).active


def test_a_workbook_has_texts_numbers_and_truths_and_no_formula() -> None:
    sheet = sheet_of(LINES)
    kinds = [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert kinds == [
        ["s", "s", "n", "n", "b", "s"],
        ["s", "s", "n", "n", "b", "n"],
        ["s", "s", "n", "n", "b", "s"],
    ]
    assert [cell.value for cell in sheet["A"]] == ["id", "007", "0010", "1e5"]
    assert [cell.value for cell in sheet["B"]][1:] == [f"'{line[1]}" for line in LINES[1:]]
    assert [cell.value for cell in sheet["C"]][1:] == [759_493, 12, 0]
    written = [cell for row in sheet for cell in row if cell.data_type == "s"]
    assert {cell.number_format for cell in written} == {"@"}


def test_a_workbook_is_laid_out_to_be_worked_with() -> None:
    sheet = sheet_of(LINES)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"
    widths = {letter: column.width for letter, column in sheet.column_dimensions.items()}
    assert widths["A"] < widths["B"] < widths["F"] < 62
    assert sheet["F2"].alignment.wrap_text
    assert not sheet["B2"].alignment.wrap_text
    # What somebody adds below is text where the column is, and a number where it has numbers.
    formats = {letter: column.number_format for letter, column in sheet.column_dimensions.items()}
    assert (formats["A"], formats["C"]) == ("@", "General")


def test_the_same_table_makes_the_same_bytes() -> None:
    made = xlsx_bytes(LINES)
    assert xlsx_bytes(LINES) == made
    with ZipFile(io.BytesIO(made)) as archive:
        # Neither says when, nor by whom.
        told = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"(\d{4})-", told)) == {"1980"}
    assert re.findall(r"<dc:creator>(.*?)<|<cp:lastModifiedBy>(.*?)<", told) == [("", ""), ("", "")]


@pytest.mark.parametrize("text", ["http://example.org", "mailto:ada@example.org", "{=1+1}", "1e5"])
def test_no_text_becomes_a_link_a_formula_or_a_number(text: str) -> None:
    cell = sheet_of([["said"], [text]])["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_table_of_no_rows_is_a_workbook_too(tmp_path: Path) -> None:
    assert sheet_of(LINES[:1]).auto_filter.ref == "A1:F1"


@pytest.mark.parametrize(("name", "dialect"), FORMS)
@given(
    column=st.lists(cells, min_size=1, max_size=3),
    number=st.floats(0, 9e6).map(lambda one: round(one, 2)),
)
@example(column=["_x0041_", "a\nb", "007", "a;'=x", "a,'=x"], number=2.5)
def test_what_is_written_is_read_again(
    name: str, dialect: Dialect, column: list[str], number: float
) -> None:
    lines: list[list[Any]] = [
        ["id", "said", "years"],
        *([f"{place:03}", cell, number] for place, cell in enumerate(column)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_table(lines, path, dialect)
        read = read_table(path).columns
    assert [visible(str(cell)).strip() for cell in read["said"]] == [
        visible(cell).strip() for cell in column
    ]
    assert list(read["id"]) == [line[0] for line in lines[1:]]
    assert [float(str(cell).replace(",", ".")) for cell in read["years"]] == [number] * len(column)


def test_the_german_dialect_has_semicolons_decimal_commas_and_a_mark(tmp_path: Path) -> None:
    write_table(LINES, tmp_path / "pairs.csv", "excel-de")
    held = (tmp_path / "pairs.csv").read_bytes()
    assert held.startswith("\ufeffid;name;points;share;locked;why\r\n".encode())
    assert b"\r\n0010;'@sum;12;0,001;False;\r\n" in held


@pytest.mark.parametrize(
    ("name", "dialect", "problem"),
    [
        (
            "pairs.xls",
            "excel",
            "pairs.xls: '.xls' is not a kind of file that is written; name it .csv or .xlsx",
        ),
        (
            "pairs",
            "excel",
            "pairs: '' is not a kind of file that is written; name it .csv or .xlsx",
        ),
        (
            "pairs.csv",
            "german",
            "table, dialect: 'german' is unknown; known are 'excel', 'excel-de'",
        ),
        (
            "pairs.xlsx",
            "german",
            "table, dialect: 'german' is unknown; known are 'excel', 'excel-de'",
        ),
    ],
)
def test_other_endings_and_dialects_are_refused(
    name: str, dialect: Any, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        write_table(LINES, tmp_path / name, dialect)
    assert [str(fault) for fault in caught.value.faults] == [problem]
    assert not list(tmp_path.iterdir())


def test_what_no_sheet_holds_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert xlsx.MOST_ROWS == 1_048_576
    monkeypatch.setattr(xlsx, "MOST_ROWS", 100)
    (tmp_path / "pairs.xlsx").write_text("earlier")
    many = [["id", "why"], *[["a", "b"]] * 100, ["c", "x" * (LONGEST_TEXT + 1)]]
    with pytest.raises(InvalidInputError) as caught:
        write_table(many, tmp_path / "pairs.xlsx")
    assert [str(fault) for fault in caught.value.faults] == [
        "workbook: 102 rows, and a sheet holds 100; write a .csv file instead",
        "workbook, row 102, why: 32\xa0768 characters, and a cell holds 32\xa0767; write a .csv file instead",
    ]
    assert (tmp_path / "pairs.xlsx").read_text() == "earlier"
    assert sheet_of([["why"], ["x" * LONGEST_TEXT]])["A2"].value == "x" * LONGEST_TEXT


def test_what_no_workbook_can_say_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"row 2, id: U\+FFFE is no character") as caught:
        write_table([["id", "why"], ["a\ufffe", "\uffff"]], tmp_path / "pairs.xlsx")
    assert len(caught.value.faults) == 2


def test_more_columns_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_COLUMNS", 5)
    with pytest.raises(InvalidInputError, match="6 columns, and a sheet holds 5"):
        xlsx_bytes(LINES)


def test_without_the_library_it_is_named_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'reverse-mentoring\[xlsx\]'"):
        write_table(LINES, tmp_path / "pairs.xlsx")
    assert not list(tmp_path.iterdir())
    write_table(LINES, tmp_path / "pairs.csv")
