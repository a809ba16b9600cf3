"""Binary workbooks: dates, truth values, errors and merged cells are read as in .xlsx, or it is said that they are not.

`staff.xls` was written by xlwt, `staff.xlsb` by pyxlsbwriter, `password.xlsx` by openpyxl and msoffcrypto-tool.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import pytest

from rmatch import InvalidInputError, read_people
from rmatch.io import read_table, sheets
from rmatch.io.tables import biff

WORKBOOKS = Path(__file__).parent / "workbooks"
SHEET = "xl/worksheets/sheet1.bin"


@pytest.mark.parametrize("name", ["staff.xls", "staff.xlsb"])
def test_values_have_their_types(name: str) -> None:
    assert sheets(WORKBOOKS / name) == ["Staff", "Notes"]
    columns = read_table(WORKBOOKS / name).columns
    assert columns["id"] == ("E1", "E2", "D1")
    assert columns["years"] == (1.5, 12, 25)
    assert columns["site"] == ("Köln", "Łódź", "Bonn")
    day, moment, nothing = columns["extra:start"]
    assert (day, nothing) == (dt.date(2024, 3, 1), "")
    assert moment.isoformat() == "2001-02-03T09:30:00"
    assert columns["extra:remote"] == (True, False, "")
    assert len(read_people(WORKBOOKS / name)) == 3


def test_what_an_old_workbook_does_not_tell_is_said() -> None:
    table = read_table(WORKBOOKS / "staff.xls")
    assert table.columns["department"][:2] == ("Sales", "Sales")
    assert table.columns["level"] == ("P1", "", "D1")
    assert "staff.xls: in this format, cells with an error value read as empty ones" in table.notes


def record(kind: int, content: bytes) -> bytes:
    """Return a record of a binary sheet."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return number + bytes([len(content)]) + content


def changed(*records: bytes, merged: bytes = b"") -> bytes:
    """Return the workbook with more cells in a row of their own below, and merged ranges."""
    row = record(0, struct.pack("<IIHBBBI", 4, 0, 300, 0, 0, 0, 0))
    packed = io.BytesIO()
    with zipfile.ZipFile(WORKBOOKS / "staff.xlsb") as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.namelist():
            held = old.read(member)
            if member == SHEET:
                end = record(146, b"")
                held = held.replace(end, row + b"".join(records) + end + merged)
            new.writestr(member, held)
    return packed.getvalue()


def text(column: int, said: str) -> bytes:
    """Return a cell with a text of its own."""
    return record(6, struct.pack("<III", column, 0, len(said)) + said.encode("utf-16-le"))


def test_errors_and_merged_cells_of_a_binary_workbook() -> None:
    error = record(3, struct.pack("<IIB", 6, 0, 0x2A))
    table = read_table(changed(text(0, "E9"), text(1, "mentor"), error))
    assert table.columns["id"][3:] == ("E9",)
    assert table.lost == {"level": {3: "#N/A"}}
    merged = record(176, struct.pack("<IIII", 1, 2, 3, 4))
    with pytest.raises(InvalidInputError, match="D2:E3 is merged"):
        read_people(changed(text(0, "E9"), text(1, "mentor"), merged=merged))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, "#NULL!"),
        (7, "#DIV/0!"),
        (15, "#VALUE!"),
        (23, "#REF!"),
        (29, "#NAME?"),
        (36, "#NUM!"),
        (42, "#N/A"),
        (43, "#GETTING_DATA"),
    ],
)
def test_an_error_value_is_called_as_the_spreadsheet_shows_it(code: int, said: str) -> None:
    error = record(3, struct.pack("<IIB", 6, 0, code))
    table = read_table(changed(text(0, "E9"), text(1, "mentor"), error))
    assert table.lost == {"level": {3: said}}


def test_a_password() -> None:
    with pytest.raises(
        InvalidInputError, match=r"password\.xlsx: the workbook has a password; save it"
    ):
        read_people(WORKBOOKS / "password.xlsx")


def test_the_texts_that_cells_of_an_old_workbook_share_are_measured() -> None:
    """They run on from record to record, there with one byte or two for each character, and drag along how they look."""
    plain = struct.pack("<HB", 3, 0) + b"abc"
    rich = struct.pack("<HBH", 2, 8, 1) + b"ab" + bytes(4)
    foreign = struct.pack("<HBI", 2, 1 | 4, 6) + "äö".encode("utf-16-le") + bytes(6)
    split = struct.pack("<HB", 5, 1) + "ab".encode("utf-16-le"), b"\0cde" + struct.pack("<HB", 1, 0)
    records = [
        (0xFC, bytes(8) + plain + rich + foreign + split[0]),
        (0x3C, split[1] + b"z"),
        (0x3C, plain),
    ]
    cells = [(0xFD, struct.pack("<HHHI", 0, 0, 0, which)) for which in (0, 3, 3, 99)]
    texts = b"".join(struct.pack("<HH", kind, len(held)) + held for kind, held in records)
    sheet = b"".join(struct.pack("<HH", kind, len(held)) + held for kind, held in cells)
    named = struct.pack("<HHI", 0x85, 4, 8 + len(texts) + 4)
    reach = biff.reach_of(named + texts + struct.pack("<HH", 0x0A, 0) + sheet)
    assert reach.lengths == [3, 2, 2, 5, 1, 3]
    assert reach.characters == sum(reach.lengths) + 3 + 5 + 5
