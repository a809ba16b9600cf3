"""No spreadsheet runs what rmatch writes, in whatever dialect it opens the file; and reading undoes it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch.io.cells.escape import escape, unescape
from rmatch.io.tables.csv import DIALECTS, Dialect, csv_text

FORMULAS = "=+-@＝＋－＠"  # noqa: RUF001
SIGNS = FORMULAS + "\t\r"


@given(st.text(alphabet=f"{SIGNS}'; ,\"ax\n"))
def test_reading_undoes_it(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text


@given(
    st.lists(st.text(alphabet=f"{FORMULAS}'; ,ax", max_size=8), min_size=1, max_size=4),
    st.sampled_from(DIALECTS),
)
def test_no_cell_begins_a_formula_in_any_dialect(cells: list[str], dialect: Dialect) -> None:
    for delimiter in ",;":
        text = io.StringIO(csv_text([cells], dialect), newline="")
        for row in csv.reader(text, delimiter=delimiter):
            assert not any(cell[:1] in tuple(FORMULAS) for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "ai;=cmd|' /C calc'!A0", "x;＋1"])  # noqa: RUF001
def test_formulas_in_several_dialects(text: str) -> None:
    assert escape(text) != text
