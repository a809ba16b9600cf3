"""Files that were made to hurt, or that are none: one error that says what is wrong, soon, and without much memory."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from opendocument import cell, ods, row

from rmatch import read_people, read_programme, read_requests
from rmatch.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

WORKBOOKS = Path(__file__).parent / "workbooks"
DEEP = 5_000


def refusal(read: Callable[..., Any], *args: Any, **options: Any) -> str:
    """Return the error, which has come soon and names one fault."""
    start = perf_counter()
    with pytest.raises(InvalidInputError) as caught:
        read(*args, **options)
    assert perf_counter() - start < 20
    assert str(caught.value).count("in the input:") == 1
    return str(caught.value)


def workbook(change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook whose sheet was changed."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["id", "role"])
    sheet.append(["E1", "mentor"])
    saved, changed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            held = old.read(member)
            new.writestr(member.filename, change(held) if "sheet1" in member.filename else held)
    return changed.getvalue()


def further(rows: bytes) -> bytes:
    """Return a workbook with more rows."""
    return workbook(lambda held: held.replace(b"</sheetData>", rows + b"</sheetData>"))


def test_a_bomb() -> None:
    row = b'<row><c t="inlineStr"><is><t>' + b"x" * 30_000 + b"</t></is></c></row>"
    bomb = further(row * 5_000)
    assert len(bomb) < 500_000
    said = refusal(read_people, bomb)
    assert (
        "the buffer: the workbook is too large for a table of people: it unpacks to more than"
        in said
    )
    assert "save the sheet as CSV UTF-8" in said


def test_a_bomb_that_says_it_is_small() -> None:
    bomb = further(b"<!--" + b" " * 30_000_000 + b"-->")
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = bomb.replace(real.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != bomb
    assert "the buffer: the file is not an Excel workbook, or it is damaged" in refusal(
        read_people, lying
    )


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="9"><c r="XFD9" t="n"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        b"<row r='9'><c r='XFD9'><v>1</v></c></row><row r='900000'><c r='A900000'><v>1</v></c></row>",
        b"<row><c><v>1</v></c></row>" * 20_000 + b"<row>" + b"<c><v>1</v></c>" * 300 + b"</row>",
        b'<row r="3"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="3"><c r="A9' + b"9" * DEEP + b'"><v>1</v></c></row>',
        b'<row r="9' + b"9" * DEEP + b'"><c><v>1</v></c></row>',
        b'<row spans=">" r="1048576"><c><v>1</v></c><c r="Z1048576"><v>1</v></c></row>',
        (
            b'<a-b:row xmlns:a-b="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576">'
            b'<a-b:c r="Z1048576"><a-b:v>1</a-b:v></a-b:c></a-b:row>'
        ),
    ],
)
def test_a_cell_far_away(rows: bytes) -> None:
    assert "its sheets reach over more than 5\xa0000\xa0000 cells" in refusal(
        read_people, further(rows)
    )


def test_rows_that_are_repeated_a_million_times() -> None:
    again = 'office:value-type="string" table:number-columns-repeated="16000"'
    rows = row(cell("id"), cell("role")) + row(cell("x", again)).replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'
    )
    assert "its sheets reach over more than 5\xa0000\xa0000 cells" in refusal(
        read_people, ods(rows)
    )
    empty = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    usual = ods(row(cell("id"), cell("role")) + row(cell("E1"), cell("both")) + empty)
    assert read_people(usual).id == ("E1",)


def test_a_cell_that_says_it_is_repeated_behind_a_sign_of_tags() -> None:
    again = (
        'table:style-name="&gt;>" office:value-type="string" table:number-columns-repeated="16000"'
    )
    wide = row(cell("x", again)).replace("-row>", '-row table:number-rows-repeated="1000">', 1)
    said = refusal(read_people, ods(row(cell("id"), cell("role")) + wide))
    assert "its sheets reach over more than 5\xa0000\xa0000 cells" in said
    many = ods(row(cell("x", f'table:number-columns-repeated="{"9" * DEEP}"')))
    assert "its sheets reach over more than 5\xa0000\xa0000 cells" in refusal(read_people, many)


@pytest.mark.parametrize("before", [b"", b"\x25\x00"])
def test_a_binary_sheet_far_away(before: bytes) -> None:
    """A sheet may begin with what the reader of workbooks skips."""

    def far(held: bytes) -> bytes:
        *rows, last = held.split(b"\x00\x19")
        assert rows
        return before + b"\x00\x19".join([*rows, struct.pack("<I", 1_000_000) + last[4:]])

    book = changed((WORKBOOKS / "staff.xlsb").read_bytes(), {"xl/worksheets/sheet1.bin": far})
    assert "its sheets reach over more than 5\xa0000\xa0000 cells" in refusal(read_people, book)


@pytest.mark.parametrize("cut", [b"\x05\x00", b"\x07\x08" + bytes(8), b"\x00\x02\0\0"])
def test_a_binary_cell_that_is_cut_off(cut: bytes) -> None:
    """For what it lacks, the reader of workbooks takes bytes of the record before, such as column 200,000,000."""
    cells = b"\x91\x01\x00\x25\x06\x01\x00\x02\x0d\x08\x02" + cut
    sheet = {"xl/worksheets/sheet1.bin": lambda held: held.replace(b"\x91\x01\x00", cells, 1)}
    book = changed((WORKBOOKS / "staff.xlsb").read_bytes(), sheet)
    assert "damaged (a cell or a text is cut off)" in refusal(read_people, book)


def test_an_archive_whose_members_begin_before_it() -> None:
    book = workbook(lambda held: held)
    end = book.rindex(b"PK\x05\x06")
    where = int.from_bytes(book[end + 16 : end + 20], "little") + 5_000
    early = book[: end + 16] + where.to_bytes(4, "little") + book[end + 20 :]
    assert "damaged" in refusal(read_people, early)


def test_a_text_that_many_cells_share() -> None:
    """It is written once, and each cell holds it: 400 kB of a file took 2.4 GB."""
    text, uses, said = "x" * 30_000, 4_000, "its cells hold more than 100\xa0000\xa0000 characters"
    shares = b'<row><c t="s"><v>0</v></c></row>' * uses
    texts = ("xl/sharedStrings.xml", f"<sst><si><t>y</t></si><si><t>{text}</t></si></sst>".encode())
    for index in (b"1", b"<!-- a remark -->1", b"&#49;", b" 1 "):
        book = further(shares.replace(b">0<", b">" + index + b"<"))
        assert said in refusal(read_people, changed(book, {}, texts))
    assert said not in refusal(read_people, changed(further(shares), {}, texts))

    again = 'office:value-type="string" table:number-columns-repeated="4000"'
    assert said in refusal(read_people, ods(row(cell(text, again))))
    assert said in refusal(read_people, ods(row(cell("", f'{again} office:string-value="{text}"'))))

    first = b"\x07\x0c" + struct.pack("<III", 0, 3, 0)
    binary = {
        "xl/worksheets/sheet1.bin": lambda held: held.replace(first, first * uses),
        "xl/sharedStrings.bin": lambda held: held.replace(
            b"\x13\x09",
            b"\x13\xe5\xd4\x03\x00" + struct.pack("<I", 30_000) + b"x\0" * 30_000 + b"\x13\x09",
            1,
        ),
    }
    book = changed((WORKBOOKS / "staff.xlsb").read_bytes(), binary)
    assert said in refusal(read_people, book)


def changed(
    book: bytes, changes: dict[str, Callable[[bytes], bytes]], *more: tuple[str, bytes]
) -> bytes:
    """Return a workbook some of whose members were changed, and which has more of them."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(saved, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, held in more:
            new.writestr(name, held)
    return saved.getvalue()


def test_rows_below_a_million_empty_ones_are_counted_where_they_stand() -> None:
    wide = row(cell("x", 'office:value-type="string" table:number-columns-repeated="9"'))
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    far = ods(row(cell("id"), cell("role")) + empty + wide)
    assert "its sheets reach over more than 5\xa0000\xa0000 cells" in refusal(read_people, far)


def test_tables_with_more_columns_than_a_spreadsheet() -> None:
    """Each column is looked at closely: a line of delimiters took seconds."""
    wide = {f"c{number}": 1 for number in range(16_383)}
    tables: list[Any] = ["id;role" + ";" * 16_383 + "\na;mentor\n"]
    tables += [
        [{"id": "a", **wide, "role": "mentor"}],
        json.dumps([{"id": "a", **wide, "role": 1}]).encode(),
    ]
    for table in tables:
        said = refusal(read_people, table)
        assert "the table has 16\xa0385 columns, and may have 16\xa0384" in said
    sheet = workbook(lambda held: held.replace(b'"A2"', b'"XFE2"'))
    assert "its sheets reach over more than 5\xa0000\xa0000 cells, or 16\xa0384 columns" in refusal(
        read_people, sheet
    )


def test_a_workbook_with_a_password() -> None:
    said = refusal(read_people, WORKBOOKS / "password.xlsx")
    assert said.endswith("password.xlsx: the workbook has a password; save it without one")


def test_a_workbook_of_charts_alone() -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_chartsheet("Chart")
    saved = io.BytesIO()
    book.save(saved)
    assert "the buffer: no sheet of the workbook holds a cell" in refusal(
        read_people, saved.getvalue()
    )


def test_an_old_workbook_whose_sectors_go_round() -> None:
    data = bytearray((WORKBOOKS / "staff.xls").read_bytes())
    table = 512 * (1 + int.from_bytes(data[76:80], "little"))
    data[table : table + 4] = (0).to_bytes(4, "little")
    said = refusal(read_people, bytes(data))
    assert (
        "the buffer: the file is not an Excel workbook, or it is damaged (its parts do not fit together)"
        in said
    )


@pytest.mark.parametrize(
    "record",
    [
        struct.pack("<HHIIHHH", 0x200, 14, 1, 2**31, 0, 8, 0),
        struct.pack("<HHIIHHH", 0x200, 14, 2**18, 2, 0, 8, 0),
        struct.pack("<HHIIHHH", 0x200, 14, 0, 65_536, 0, 256, 0),
        struct.pack("<HHHHHHH", 0x200, 10, 0, 65_535, 0, 65_535, 0),
        struct.pack("<HHHHHI", 0xFD, 10, 6_915, 12_891, 17, 0),
        struct.pack("<HHHHHI", 0x27E, 10, 65_535, 100, 17, 0),
        struct.pack("<HHHHHIHIH", 0xBD, 18, 65_535, 100, 17, 0, 17, 0, 101),
    ],
    ids=["rows", "backwards", "all", "old", "text", "number", "numbers"],
)
def test_an_old_workbook_whose_sheet_is_huge(record: bytes) -> None:
    """The reader of workbooks makes room for what a sheet says of itself, and for all before the last cell."""
    data = (WORKBOOKS / "staff.xls").read_bytes()
    place = data.index(struct.pack("<HHI", 0x200, 14, 0))
    end = struct.pack("<HH", 0x0A, 0)
    for huge in (_put(data, place, record + end), _put(_small(data), place, record + end)):
        assert "its sheets reach over more than 5\xa0000\xa0000 cells" in refusal(read_people, huge)


def test_an_old_workbook_whose_sheets_are_one() -> None:
    """Each sheet of a few bytes would be read anew, and so would what it shares with the others."""
    data = (WORKBOOKS / "staff.xls").read_bytes()
    named = data.index(struct.pack("<HH", 0x85, 13))
    sheet = data[named : named + 17]
    again = _put(data, named, sheet * 5 + struct.pack("<HH", 0x0A, 0))
    assert "damaged (its sheets share records)" in refusal(read_people, again)


def test_an_old_formula_of_nothing_but_blanks() -> None:
    """18 kB took 14 seconds."""
    data = (WORKBOOKS / "staff.xls").read_bytes()
    place = data.index(struct.pack("<HHHH", 0x06, 29, 3, 7))
    tokens = b"\x1e\x01\x00" + b"\x19\x40\x00\xff" * 400
    said = data[place + 4 : place + 24] + struct.pack("<H", len(tokens)) + tokens
    long = _put(data, place, struct.pack("<HH", 0x06, len(said)) + said)
    assert "damaged (a formula is longer than any can be)" in refusal(read_people, long)


def test_an_old_workbook_in_small_sectors_is_read() -> None:
    data = (WORKBOOKS / "staff.xls").read_bytes()
    assert read_people(_small(data)) == read_people(data)


def _put(data: bytes, place: int, held: bytes) -> bytes:
    return data[:place] + held + data[place + len(held) :]


def _small(data: bytes) -> bytes:
    """Return the old workbook of the tests with its stream in small sectors; a program writes them for short ones."""
    directory = 512 * (1 + int.from_bytes(data[48:52], "little"))
    last = 0xFFFFFFFE
    chain = struct.pack("<128I", *range(1, 64), last, *[0xFFFFFFFF] * 64)
    table = 512 * (1 + int.from_bytes(data[76:80], "little"))
    own = len(data) // 512 - 1
    data = _put(data, table + 4 * own, last.to_bytes(4, "little"))
    data = _put(data, 60, struct.pack("<II", own, 1))
    data = _put(data, directory + 116, struct.pack("<II", 0, 4_096))
    return _put(data, directory + 128 + 116, struct.pack("<II", 0, 4_095)) + chain


@pytest.mark.skipif(sys.platform == "win32", reason="there are none")
def test_devices_are_no_files(tmp_path: Path) -> None:
    endless, document = tmp_path / "people.csv", tmp_path / "mapping.toml"
    endless.symlink_to("/dev/zero")
    document.symlink_to("/dev/zero")
    said = "it is a device, and no file"
    assert f"people.csv: the file cannot be read: {said}" in refusal(read_people, endless)
    assert said in refusal(read_people, "id\n1\n", mapping=document)
    assert said in refusal(read_programme, document)
    with Path("/dev/zero").open("rb") as buffer:
        assert "zero: it cannot be read: it holds more than 100\xa0000\xa0000 bytes" in refusal(
            read_people, buffer
        )


@pytest.mark.parametrize("depth", [100, 900, DEEP, 100_000])
def test_documents_that_are_too_deep(tmp_path: Path, depth: int) -> None:
    toml, json = tmp_path / "a.toml", tmp_path / "a.json"
    toml.write_text("a = " + "[" * depth + "]" * depth, encoding="utf-8")
    json.write_text('{"a":' * depth + "1" + "}" * depth, encoding="utf-8")
    for path in (toml, json):
        assert "it is nested more than 50 deep" in refusal(read_programme, path)
        assert "it is nested more than 50 deep" in refusal(read_people, "id\n1\n", mapping=path)
    json.write_text('[{"id": "a", "role":' + "[" * depth + "]" * depth + "}]", encoding="utf-8")
    assert "nested" in refusal(read_people, json)
    toml.write_text("a." * depth + "a = 1", encoding="utf-8")
    assert "it is nested more than 50 deep" in refusal(read_programme, toml)


def test_mappings_that_are_too_deep() -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"CHECK": deep}
    assert "nested more than 50 deep" in refusal(read_programme, deep)
    assert "nested more than 50 deep" in refusal(read_people, "id\n1\n", mapping=deep)
    assert "person 1: the record is nested more than 50 deep" in refusal(
        read_people, [{"id": "a", "role": "mentor", "extra": deep}]
    )


@pytest.mark.parametrize(
    "cell", [" " * 90_000, " x" * 45_000, "\t" * 90_000 + "x", "x" + " " * 90_000 + "y"]
)
def test_cells_that_are_nearly_empty(cell: str) -> None:
    table = ["id;role;years;offers;hours;level;site;manager_id", f"Total{cell}y;;;;;;;"]
    table += [";".join(["E1", "mentor", *[""] * 6]).replace(";", f";{cell}y", 1)]
    table += [";".join(["E1", "mentor", *[f'"{cell}"'] * 6])]
    start = perf_counter()
    with pytest.raises(InvalidInputError):
        read_people("\n".join([*table, f"{cell}a;b"]))
    assert perf_counter() - start < 20


def test_ranks_of_five_thousand_digits() -> None:
    said = refusal(read_requests, f"mentor,mentee,kind,rank\na,b,wish,{'9' * 5_000}\n")
    assert "is not a rank; give a whole number, 1 for the first wish" in said


@pytest.mark.parametrize("header", ["mentor,mentee,kind" + "x" * 70_000, "x" * 70_000])
def test_a_message_is_no_longer_than_anybody_reads(header: str) -> None:
    assert len(refusal(read_requests, f"{header}\na,b\n")) < 10_000


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_a_file_is_closed_and_memory_is_given_back(tmp_path: Path) -> None:
    """In a process of its own: what is refused has never been in memory as a whole."""
    (tmp_path / "a.csv").symlink_to("/dev/zero")
    row = b'<row><c t="inlineStr"><is><t>' + b"x" * 30_000 + b"</t></is></c></row>"
    (tmp_path / "b.xlsx").write_bytes(further(row * 5_000))
    (tmp_path / "c.xlsx").write_bytes(further(b'<row r="90000"><c r="XFD90000"><v>1</v></c></row>'))
    code = f"""
import os, re, rmatch
from pathlib import Path
for name in ("a.csv", "b.xlsx", "c.xlsx"):
    try:
        rmatch.read_people({str(tmp_path)!r} + "/" + name)
    except rmatch.InvalidInputError:
        most = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
        print(name, most, len(os.listdir("/proc/self/fd")))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    told = [tuple(map(int, line.split()[1:])) for line in done.stdout.splitlines()]
    assert len(told) == 3
    assert len({handles for _, handles in told}) == 1
    assert max(most for most, _ in told) < 500_000, done.stdout
