"""People come back the same from whatever export they are written to, or the reader refuses it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples

from rmatch.errors import InvalidInputError
from rmatch.io import read_people
from rmatch.testing.strategies import Export, exports, people

UNTOLD = ("table", "tables", "managers", "dates", "scales", "duplicates")
"""Keys without which a reader may find the same, or must refuse."""


@given(exports())
def test_reading_an_export_gives_the_people_that_were_written(export: Export) -> None:
    assert export.read() == export.people


@examples(50)
@given(people().flatmap(exports))
def test_any_people_can_be_written(export: Export) -> None:
    assert export.read() == export.people


@given(exports(), st.sampled_from(UNTOLD))
def test_what_a_mapping_does_not_tell_is_found_or_asked_for(export: Export, key: str) -> None:
    less = {name: value for name, value in export.mapping.items() if name != key}
    with suppress(InvalidInputError):
        assert replace(export, mapping=less).read() == export.people


@examples(25)
@given(exports())
def test_a_sheet_of_a_workbook_gives_the_same_people(export: Export) -> None:
    assume(not export.sided and len(export.sheets) == 1)
    (sheet,) = export.sheets
    book = openpyxl.Workbook()
    (book.active or book.create_sheet()).append(["Nothing about people"])
    pages = book.create_sheet("Sign-ups")
    for row in sheet.rows:
        pages.append([cell or None for cell in row])
    layout = export.mapping.get("table", {})
    kept = {key: value for key, value in layout.items() if key == "header"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        book.save(path)
        mapping = {**export.mapping, "table": {"sheet": "Sign-ups", **kept}}
        assert read_people(path, mapping=mapping) == export.people
