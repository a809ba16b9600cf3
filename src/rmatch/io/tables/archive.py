"""The archive that a workbook is: looked through before it is unpacked for good, since a small one may hold anything."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from rmatch.io.faults import refusal
from rmatch.io.tables.binary import BEGIN, CELLS_OF_ROW, ROW, records_of
from rmatch.io.tables.grid import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from rmatch.errors import InvalidInputError

UNPACKED, RATIO = 20_000_000, 60
"""A workbook may unpack to so many bytes, or to so many times its size: a sheet of people unpacks to ten times."""
CELLS = 5_000_000
"""All sheets are held as rectangles, and so many cells take 200 MB."""
_DAMAGES = (
    *(BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(expat.ExpatError, LookupError),
)
"""What the standard library raises of an archive or of XML; LookupError where the encoding is none."""
_PIECE = 1 << 20
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"']\s*(\d+)")
_LETTERS = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]+)\d")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_ODS_CELL = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^<>]*)>")
_REPEATED = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"'](\d+)")


def checked_archive(data: bytes, name: str) -> ZipFile:
    """Open the archive of a workbook, if it is whole and no larger than people can be.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What to call it.

    Returns
    -------
    ZipFile
        The archive.

    Raises
    ------
    InvalidInputError
        If it is damaged, or unpacks to more than it may, or if the cells of its sheets lie too far apart.
    """
    most = max(UNPACKED, RATIO * len(data))
    try:
        archive = ZipFile(io.BytesIO(data))
        size = cells = 0
        for member in archive.infolist():
            held = b"".join(_pieces(archive, member, most - size))
            size += len(held)
            if size > most:
                raise _too_large(name, f"it unpacks to more than {most:,} bytes")
            if member.filename.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(
                    held, True
                )  # the reader of workbooks may wait for a tag for ever
            rows, columns = reach_of(member.filename, held)
            cells += rows * columns
            if columns > COLUMNS or cells > CELLS:
                raise too_far(name)
    except _DAMAGES as error:
        raise damaged(name, str(error)) from None
    return archive


def damaged(name: str, reason: str) -> InvalidInputError:
    """Return the error for a file that is a workbook no longer, or never was one."""
    remedy = "open it in a spreadsheet and save it as .xlsx or CSV UTF-8, or get it again"
    return refusal(name, f"the file is not an Excel workbook, or it is damaged ({reason})", remedy)


def too_far(name: str) -> InvalidInputError:
    """Return the error for a workbook whose sheets would take more room than people can need."""
    return _too_large(
        name, f"its sheets reach over more than {CELLS:,} cells, or {COLUMNS:,} columns"
    )


def reach_of(member: str, held: bytes) -> tuple[int, int]:
    """Return how many rows and columns the rectangle of a sheet has at most, and none for what is no sheet.

    Examples
    --------
    >>> reach_of("xl/worksheets/sheet1.xml", b'<sheetData><row r="3"><c r="B3"><v>1</v></c></row>')
    (3, 2)
    """
    if held.startswith(BEGIN):
        return _reach_of_xlsb(held)
    if b"sheetData" in held:
        return _reach_of_xlsx(held)
    return _reach_of_ods(held) if member == "content.xml" else (0, 0)


def _pieces(archive: ZipFile, member: ZipInfo, most: int) -> Iterator[bytes]:
    """Unpack a member, and stop when it holds more than it may: what it says of its own size proves nothing."""
    with archive.open(member) as file:
        while most >= 0 and (piece := file.read(_PIECE)):
            most -= len(piece)
            yield piece


def _too_large(name: str, problem: str) -> InvalidInputError:
    remedy = "copy the rows and columns of the people into a new workbook, or save the sheet as CSV UTF-8"
    return refusal(name, f"the workbook is too large for a table of people: {problem}", remedy)


def _reach_of_xlsx(markup: bytes) -> tuple[int, int]:
    rows = max(map(int, _NUMBER.findall(markup)), default=0)
    parts = _ROW.split(markup)[1:]
    letters = set(_LETTERS.findall(markup))
    columns = max((_position(text.upper()) for text in letters), default=0)
    # A cell may leave out where it is, and then follows the one before it.
    if len(_CELL.findall(markup)) > len(_LETTERS.findall(markup)):
        columns += max(len(_CELL.findall(part)) for part in parts or [b""])
    return max(rows, len(parts)), columns


def _position(letters: bytes) -> int:
    position = 0
    for letter in letters[:4]:
        position = 26 * position + letter - ord("A") + 1
    return position


def _reach_of_ods(markup: bytes) -> tuple[int, int]:
    """Count what is filled: LibreOffice says of the empty rest of a sheet that it is repeated a million times."""
    rows = columns = row = column = again = 0
    for element in _ODS_CELL.finditer(markup):
        kind, attributes = element[1], element[2]
        found = _REPEATED.search(attributes)
        times = int(found[1]) if found else 1
        if kind == b"table-row":
            row, column, again = row + again, 0, times
            continue
        column += times
        if b"office:" in attributes or not attributes.endswith(b"/"):
            rows, columns = max(rows, row + again), max(columns, column)
    return rows, columns


def _reach_of_xlsb(held: bytes) -> tuple[int, int]:
    rows = columns = 0
    for kind, content in records_of(held):
        if kind == ROW:
            rows = max(rows, 1 + int.from_bytes(content[:4], "little"))
        elif kind in CELLS_OF_ROW:
            columns = max(columns, 1 + int.from_bytes(content[:4], "little"))
    return rows, columns
