"""The column table in the documentation is the one in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmatch.io import COLUMNS, column_of, read_people
from rmatch.io.columns import table_of_columns

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "columns.md"


def test_the_documented_table_is_the_code() -> None:
    _, documented, _ = (
        PAGE.read_text("utf-8")
        .replace("<!-- /columns -->", "<!-- columns -->")
        .split("<!-- columns -->")
    )
    assert documented.strip() == table_of_columns()


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.header)
@pytest.mark.parametrize("side", [0, 1], ids=["mentor", "mentee"])
def test_every_example_is_valid(column: object, side: int) -> None:
    from rmatch.io.columns import Column

    assert isinstance(column, Column)
    header = column.header.replace("<name>", "age")
    row = {"id": "E1", "role": "both", "dimension:age": "x"} | {header: column.examples[side]}
    other = {"id": "E2" if row["id"] != "E2" else "E1", "role": "both"}
    assert len(read_people([row, other])) == 2


def test_names_are_needed() -> None:
    assert column_of("dimension:") is None
    assert column_of("dimension: ") is None
