"""Merged cells: a text counts for every row, a number or a range over columns may not, and is asked about."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from opendocument import cell, ods, row

from rmatch import InvalidInputError, read_people
from rmatch.io import read_table

ROWS = (
    ("id", "role", "department", "offers", "wants", "mentor_capacity"),
    ("E1", "mentor", "Sales", "ai", None, 2),
    ("E2", "mentor", None, "law", None, None),
    ("D1", "mentee", None, None, "ai", None),
)


def workbook(*merged: str) -> Any:
    """Return a workbook of three people with merged cells."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for cells in ROWS:
        sheet.append(cells)
    for span in merged:
        sheet.merge_cells(span)
    return book


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_text_counts_for_every_row() -> None:
    people = read_people(saved(workbook("C2:C4")))
    assert [people.person(row).department for row in range(3)] == ["Sales"] * 3
    assert "the buffer: 1 merged range filled down" in people.notes


@pytest.mark.parametrize(
    ("cells", "field", "each"),
    [
        ("D2:E2", "offers", "column"),
        ("F2:F3", "mentor_capacity", "row"),
        ("D3:E4", "offers", "column"),
    ],
)
def test_a_number_and_a_range_over_columns_are_asked_about(
    cells: str, field: str, each: str
) -> None:
    book = workbook(cells)
    with pytest.raises(InvalidInputError) as caught:
        read_people(saved(book))
    assert str(caught.value.faults[0]) == (
        f"the buffer, {cells[:2]}, {field}: {cells} is merged: what stands there may count once, or for each {each}; "
        "unmerge it in the spreadsheet, and write into each cell what it shall say, or nothing"
    )
    (told,) = set(re.findall(r"[A-Z]\d:[A-Z]\d", str(caught.value)))
    book.active.unmerge_cells(told)
    book.active["E4"] = "ai"
    assert len(read_people(saved(book))) == 3


def test_merged_titles_headers_and_empty_cells_are_nobodys_value() -> None:
    book = workbook()
    book.active.insert_rows(1)
    book.active.merge_cells("E3:F3")
    book.active["E3"] = None
    book.active.merge_cells("A1:F1")
    book.active["A1"] = "Staff"
    assert len(read_table(saved(book)).faults) == 0


def test_a_range_over_columns_in_libreoffice() -> None:
    spanned = (
        'office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"'
    )
    data = ods(
        row(*map(cell, ["id", "role", "offers", "wants"]))
        + row(cell("E1"), cell("both"), cell("ai", spanned), "<table:covered-table-cell/>")
    )
    with pytest.raises(InvalidInputError, match="C2:D2 is merged"):
        read_people(data)
