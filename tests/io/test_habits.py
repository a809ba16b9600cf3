"""Files as Excel writes them, and typed sources."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import polars as pl
import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people, write_people
from rmatch.people import Person

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.people import People

LINES = 'id;name;role;years;languages\nE1;Zoë Müller;mentor;2,5;"en; de"\nE2;O\'Neil;mentee;24;en\n'
EXPECTED = [
    Person(id="E1", role="mentor", name="Zoë Müller", years=2.5, languages=("de", "en")),
    Person(id="E2", role="mentee", name="O'Neil", years=24.0, languages=("en",)),
]


def read(folder: Path, data: bytes, **options: Any) -> People:
    path = folder / "people.csv"
    path.write_bytes(data)
    return read_people(path, **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_line_ends_and_delimiters(
    tmp_path: Path, encoding: str, end: str, delimiter: str
) -> None:
    text = (
        LINES.replace("2,5", '"2,5"')
        .replace('"en; de"', "en")
        .replace(";", delimiter)
        .replace("\n", end)
    )
    people = read(tmp_path, text.encode(encoding))
    assert [(each.name, each.years) for each in people] == [("Zoë Müller", 2.5), ("O'Neil", 24.0)]
    noted = ("people.csv is not UTF-8 and was read as cp1252",) if encoding == "cp1252" else ()
    assert people.notes == noted


def test_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    assert list(read(tmp_path, LINES.encode())) == EXPECTED


def test_named_delimiter(tmp_path: Path) -> None:
    assert list(read(tmp_path, b"sep=;\r\n" + LINES.encode())) == EXPECTED
    with pytest.raises(InvalidInputError, match=r"people.csv, D3 \(id 'E1'\), years"):
        read(tmp_path, b"sep=;\r\n" + LINES.replace("2,5", "x").encode())


def test_empty_rows_and_columns(tmp_path: Path) -> None:
    text = "id,role,,\nE1,mentor,,\n\n,,,\nE2,mentee,,\n,,,\n\n"
    people = read(tmp_path, text.encode())
    assert people.id == ("E1", "E2")
    assert people.notes == ("people.csv: 2 empty rows between the others skipped",)


def test_escaped_formulas(tmp_path: Path) -> None:
    people = read(tmp_path, b"id,role,time_zone,site\n'=E1,both,'+02:00,'t Hooft\n")
    assert (people.id[0], people.time_zone[0], people.site[0]) == ("=E1", "+02:00", "'t Hooft")
    write_people(people, tmp_path / "again.csv")
    assert "'=E1" in (tmp_path / "again.csv").read_text("utf-8-sig")
    assert read_people(tmp_path / "again.csv") == people


def test_line_breaks_inside_cells_keep_row_numbers(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"people.csv, D3 \(id 'E2'\), years"):
        read(tmp_path, b'id,role,site,years\nE1,both,"a\nb",1\nE2,both,c,x\n')


def test_markers(tmp_path: Path) -> None:
    text = b"id,name,role,years,site,languages,offers\nNA,NA,both,N/A,unknown,NA; en; Prefer not to say,na\n"
    person = read(tmp_path, text).person(0)
    assert person == Person(id="NA", name="NA", role="both", languages=("en",))
    literal = text.replace(b"unknown", b'"""unknown"""').replace(
        b"NA; en; Prefer not to say", b'"""NA""; en"'
    )
    kept = read(tmp_path, literal).person(0)
    assert (kept.site, kept.languages) == ("unknown", ("en", "NA"))


def test_quoted_items(tmp_path: Path) -> None:
    cell = '"AWS: EC2":3; """x"""; "a; b"; c:4; 5" screens; "half'
    quoted = cell.replace('"', '""')
    person = read(tmp_path, f'id,role,offers\na,both,"{quoted}"\n'.encode()).person(0)
    assert person.offers == {
        "AWS: EC2": 3,
        '"x"': None,
        "a; b": None,
        "c": 4,
        '5" screens': None,
        '"half': None,
    }


def test_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("staff", 0)
    rows: list[list[Any]] = [
        ["id", "role", "years", "level", "manager_id", "extra:start", "offers", None],
        [12, "mentor", 2.5, 3, 13.0, dt.date(2024, 5, 1), "'=SUM:2", None],
        [None] * 8,
        [13, "Mentee", 24, None, None, None, None, None],
        [None] * 8,
    ]
    for row in rows:
        sheet.append(row)
    book.create_sheet("other")
    book.save(tmp_path / "people.xlsx")
    people = read_people(tmp_path / "people.xlsx")
    assert people.person(0) == Person(
        id="12",
        role="mentor",
        years=2.5,
        level="3",
        manager_id="13",
        extra={"start": "2024-05-01"},
        offers={"=SUM": 2},
    )
    assert people.person(1) == Person(id="13", role="mentee", years=24.0)
    assert people.notes == ("people.xlsx: 1 empty row between the others skipped",)


def test_workbook_without_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.xlsx").touch()
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'reverse-mentoring\[xlsx\]'"):
        read_people(tmp_path / "people.xlsx")


CELLS = {
    "id": [1, 2],
    "role": ["mentor", "mentee"],
    "years": [2.5, None],
    "manager_id": [None, 1],
    "languages": [["en", "de"], None],
    "dimension:age": ["25-34", None],
    "consent:age": ["match", "match"],
}


def nullable(cells: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(cells).convert_dtypes()


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, nullable], ids=["pandas", "polars", "nullable"]
)
def test_dataframes(make: Any) -> None:
    people = read_people(make(CELLS))
    assert people.id == ("1", "2")
    assert people.manager_id == (None, "1")
    assert people.person(0) == Person(
        id="1",
        role="mentor",
        years=2.5,
        languages=("de", "en"),
        dimensions={"age": ("25-34",)},
        consent={"age": ("match",)},
    )
    assert people.person(1).years is None


def test_dataframe_rows_are_counted_from_zero() -> None:
    with pytest.raises(InvalidInputError, match=r"row 1 \(id 'b'\), years: 'x' is not a number"):
        read_people(pl.DataFrame({"id": ["a", "b"], "role": ["both", "both"], "years": ["1", "x"]}))


@pytest.mark.parametrize(
    ("frame", "problem"),
    [
        (pl.LazyFrame({"id": ["a"]}), "it is lazy; collect it first"),
        (pd.DataFrame({0: ["a"]}), "the names of its columns are not texts"),
        (pd.DataFrame([["a", "b"]], columns=["id", "id"]), "the dataframe"),
        (
            pl.DataFrame({"id": ["a"], "role": ["both"], "offers": [{"x": 1}]}),
            "column 'offers' is a struct",
        ),
        (pl.DataFrame({"id": [], "role": []}), "there is nobody in it"),
    ],
)
def test_bad_dataframes(frame: Any, problem: str) -> None:
    with pytest.raises(InvalidInputError, match=problem):
        read_people(frame)


def test_pandas_missing_values_in_records() -> None:
    rows = pd.DataFrame(
        {"id": ["a"], "role": ["both"], "years": pd.array([None], dtype="Int64")}
    ).to_dict("records")
    assert read_people(rows).person(0) == Person(id="a", role="both")


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; import rmatch.io; before = set(sys.modules);"
        "rmatch.io.read_people([{'id': 'a', 'role': 'both'}], mapping={});"
        "print(*sorted({'pandas', 'polars', 'scipy', 'networkx', 'python_calamine', 'narwhals', 'pydantic'} & (set(sys.modules) - before)))"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout == "\n"


def test_hours_without_a_zone_are_noted() -> None:
    row = {"id": "a", "role": "both", "hours": "09:00-10:00"}
    assert read_people([row]).notes == ()
    mixed = read_people([row, {**row, "id": "b", "time_zone": "UTC"}])
    assert mixed.notes == ("1 person gives hours without a time zone: taken as UTC",)
