"""Sources that a program holds: buffers, bytes, dicts of columns, models, dataclasses, rows."""

from __future__ import annotations

import io
import sqlite3
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import openpyxl
import pydantic
import pytest

from rmatch import InvalidInputError, Person, read_people

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "id,role,years\nE1,mentor,2\nE2,mentee,20\n"
WANTED = [Person(id="E1", role="mentor", years=2.0), Person(id="E2", role="mentee", years=20.0)]


class Part(Enum):
    """A role."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Model(pydantic.BaseModel):
    """A person as a web service holds one."""

    id: str
    role: Part
    years: float | None = None


@dataclass
class Record:
    """A person as a program holds one."""

    id: str
    role: Part
    years: int
    languages: set[str] = field(default_factory=set)


class Row(NamedTuple):
    """A person as a row."""

    id: str
    role: str
    years: int


def rows_of_a_database() -> list[Any]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("create table people (id, role, years)")
    connection.executemany(
        "insert into people values (?, ?, ?)", [("E1", "mentor", 2), ("E2", "mentee", 20)]
    )
    rows = connection.execute("select * from people").fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize(
    "source",
    [
        TEXT,
        memoryview(TEXT.encode()),
        bytearray(TEXT.encode("utf-16")),
        io.StringIO(TEXT),
        io.BytesIO(TEXT.encode("utf-8-sig")),
        '[{"id": "E1", "role": "mentor", "years": 2},\n {"id": "E2", "role": "mentee", "years": 20}]',
        {"id": ["E1", "E2"], "role": ["mentor", "mentee"], "years": np.array([2, 20])},
        [Model(id="E1", role=Part.MENTOR, years=2), Model(id="E2", role=Part.MENTEE, years=20)],
        [Record("E1", Part.MENTOR, 2), Record("E2", Part.MENTEE, 20)],
        [Row("E1", "mentor", 2), Row("E2", "mentee", 20)],
        rows_of_a_database(),
        [["id", "role", "years"], ["E1", "mentor", 2], ["E2", "mentee", 20]],
        iter([Row("E1", "mentor", 2), Row("E2", "mentee", 20)]),
    ],
)
def test_sources(source: Any) -> None:
    assert list(read_people(source)) == WANTED


def test_a_field_that_a_record_gives_in_two_ways_is_named_and_no_other() -> None:
    row = {"id": "E1", "role": "both", "consent:age": "match"}
    with pytest.raises(InvalidInputError) as caught:
        read_people([row | {"dimension:age": "25-34", "dimensions": {"age": "35-44"}}])
    (fault,) = caught.value.faults
    assert (fault.where, fault.field) == ("person 1", "dimension:age")
    assert fault.problem == "is given twice"


def test_open_files(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT, encoding="utf-8")
    with path.open(encoding="utf-8") as text, path.open("rb") as data:
        assert list(read_people(text)) == WANTED
        assert list(read_people(data)) == WANTED
    with path.open("rb") as data:
        data.read()
        with pytest.raises(InvalidInputError, match=r"people\.csv: the table is empty"):
            read_people(data)


def test_a_workbook_in_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [line.split(",") for line in TEXT.splitlines()]:
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert list(read_people(buffer.getvalue())) == WANTED
    buffer.seek(0)
    assert list(read_people(buffer)) == WANTED
    (tmp_path / "people.csv").write_bytes(buffer.getvalue())
    assert list(read_people(tmp_path / "people.csv")) == WANTED


def test_a_text_that_is_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(TEXT.replace(",", "\t"), encoding="utf-8")
    people = read_people(path)
    assert list(people) == WANTED
    assert "export.xls is no workbook but a text, and was read as one" in people.notes
    path.write_text("<html><table><tr><td>id</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(
        InvalidInputError, match="a web page with a table; open it in a spreadsheet"
    ):
        read_people(path)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"id": ["E1"], "role": "mentor"}, "column 'role' is a str, no list of cells"),
        ({"id": ["E1", "E2"], "role": ["mentor"]}, "role: has 1 cells, and another column 2"),
        ({}, "there is no column in it"),
    ],
)
def test_bad_dicts(columns: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidInputError, match=problem):
        read_people(columns)


def test_one_file_for_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(InvalidInputError, match="the same file is given for mentors and mentees"):
        read_people(mentors=path, mentees=path)
