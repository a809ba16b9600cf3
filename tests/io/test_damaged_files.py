"""Damaged files: one clear error, or people; never a raw exception, never long, never much memory.

A few hundred files are tried each time, always the same. ``RMATCH_FUZZ=3000 pytest tests/io/test_damaged_files.py -s`` tries so
many of each kind, from number ``RMATCH_FUZZ_FIRST`` on, and says what they took. Of people, every second is given as bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import resource
import sys
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from damage import damaged
from opendocument import cell, ods, row

from rmatch import read_people, read_programme, read_requests
from rmatch.errors import RmatchError

if TYPE_CHECKING:
    from collections.abc import Callable

WORKBOOKS = Path(__file__).parent / "workbooks"
TRIED = int(os.environ.get("RMATCH_FUZZ", "40"))
FIRST = int(os.environ.get("RMATCH_FUZZ_FIRST", "0"))
SECONDS, MEGABYTES = (2 if TRIED > 1_000 else 20), 500
"""A few files are tried beside other tests; the limit holds where many are, with the machine to themselves."""

HEADER = "id;role;name;years;level;manager_id;site;offers;wants;hours;time_zone;mentor_capacity;consent:gender;dimension:gender"
PEOPLE = (
    'E1;mentor;Ada Lund;1,5;P1;D1;Köln;"ai: 3; ""a; b""";;Mon 09:00-11:30;UTC+1;2;match;woman',
    "E2;both;Bo Öst;12;P2;D1;Leeds;video;ai;;Europe/Berlin;;;",
    'D1;mentee;Cy Orr;25.5;D1;;"Bonn\nAm Rhein";;ai: 2;10:00-16:00;;;;man',
)
CSV = ("\ufeff" + "\r\n".join((HEADER, *PEOPLE, "Total;3"))).encode()
JSON = b"""{"people": [
 {"id": "E1", "role": "mentor", "name": "Ada", "years": 1.5, "offers": {"ai": 3}, "languages": ["de", "en"],
  "dimensions": {"gender": ["woman"]}, "consent": {"gender": ["match"]}, "extra": {"a": "b"}},
 {"id": "D1", "role": "mentee", "years": 25, "wants": ["ai"]}]}"""
MAPPING = b"""
ignore = ["Note"]
[table]
header = 1
drop = [{ "No" = { starts_with = "TEST" } }, { "No" = { equals = "x" } }]
[columns]
id = "No"
name = ["First", "Last"]
years = "Since"
offers = "Teach"
wants = "Learn"
[separators]
offers = ","
[values.level]
"Sen." = "P2"
[roles]
mentor = [{ "Exp" = { at_most = 7 } }]
mentee = [{ "Exp" = { at_least = 15 } }]
[scales]
offers = { "novice" = 1, "expert" = 5 }
"""
MAPPED = "No;First;Last;Since;Teach;Learn;level;Exp;Note\n1;Ada;Lund;2;ai, video;;Sen.;2;x\n2;Bo;Aas;25;;ai;P1;25;\n"
PROGRAMME = (Path(__file__).parents[2] / "examples/stackoverflow/programme.toml").read_bytes()
REQUESTS = (
    b"mentor,mentee,kind,rank,override_reason\nE1,D1,lock,,\nE2,D1,wish,2.0,\nE1,E2,exclude,,\n"
)


def workbook() -> bytes:
    """Return a workbook with all that workbooks are full of."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Staff", None, None, None, None, "=1+1"])
    sheet.append(["id", "role", "years", "site", "offers", "extra:start"])
    sheet.append(["E1", "mentor", 1.5, "Köln", "ai", dt.date(2024, 3, 1)])
    sheet.append(["E2", "both", "#N/A", None, "ai; video", dt.time(9)])
    sheet.append([17, "mentee", 25, "Bonn", None, True])
    sheet["C4"].data_type = "e"
    sheet.merge_cells("D3:D4")
    sheet.merge_cells("A1:B1")
    book.create_sheet("Notes")["B2"] = "see HR"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def opened() -> bytes:
    """Return the same of LibreOffice."""
    spanned = (
        'office:value-type="string" table:number-rows-spanned="2" table:number-columns-spanned="1"'
    )
    number = 'office:value-type="float" office:value="25"'
    day = 'office:value-type="date" office:date-value="2024-03-01"'
    repeated = '<table:table-cell table:number-columns-repeated="16000"/>'
    return ods(
        row(*map(cell, ["id", "role", "site", "years", "extra:start"]))
        + row(cell("E1"), cell("mentor"), cell("Köln", spanned), cell("1", number), cell("1", day))
        + row(
            cell("D1"), cell("mentee"), "<table:covered-table-cell/>", cell("25", number), repeated
        )
    )


def mapped(path: Path) -> Any:
    return read_people(MAPPED, mapping=path)


KINDS: dict[str, tuple[str, Callable[[], bytes], Callable[[Any], Any]]] = {
    "csv": ("people.csv", lambda: CSV, read_people),
    "xlsx": ("people.xlsx", workbook, read_people),
    "xls": ("staff.xls", (WORKBOOKS / "staff.xls").read_bytes, read_people),
    "xlsb": ("staff.xlsb", (WORKBOOKS / "staff.xlsb").read_bytes, read_people),
    "ods": ("staff.ods", opened, read_people),
    "json": ("people.json", lambda: JSON, read_people),
    "mapping": ("mapping.toml", lambda: MAPPING, mapped),
    "programme": ("programme.toml", lambda: PROGRAMME, read_programme),
    "requests": ("requests.csv", lambda: REQUESTS, read_requests),
}


def megabytes() -> float:
    """Return the most memory that this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    name, make, read = KINDS[kind]
    path, whole = tmp_path / name, make()
    path.write_bytes(whole)
    read(
        path
    )  # what is whole is read, and what is read once for ever, such as time zones, is in memory
    refused, slowest, before = 0, (0.0, 0), megabytes()
    for seed in range(FIRST, FIRST + TRIED):
        path.write_bytes(damaged(whole, Random(seed)))
        given = path.read_bytes() if seed % 2 and read is read_people else path
        start = perf_counter()
        try:
            read(given)
        except RmatchError:
            refused += 1
        except BaseException as error:
            error.add_note(f"kind {kind}, seed {seed}")
            raise
        slowest = max(slowest, (perf_counter() - start, seed))
    grown = megabytes() - before
    print(
        f"{kind}: {TRIED:,} files, {refused:,} refused, {slowest[0]:.2f} s (seed {slowest[1]}), {grown:.0f} MB more"
    )
    assert slowest[0] < SECONDS, f"seed {slowest[1]}"
    assert grown < MEGABYTES
