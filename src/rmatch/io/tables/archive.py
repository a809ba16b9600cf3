"""The archive that a workbook is: looked through before it is unpacked for good, since a small one may hold anything."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from rmatch.errors import InvalidInputError
from rmatch.io.faults import refusal
from rmatch.io.tables.grid import COLUMNS
from rmatch.io.tables.measure import measure_binary, measure_xml
from rmatch.io.tables.reach import CELLS, TEXT, Reach
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

UNPACKED, RATIO = 20_000_000, 60
"""A workbook may unpack to so many bytes, or to so many times its size: a sheet of people unpacks to ten times."""
_DAMAGES = (
    *(BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(expat.ExpatError, LookupError, ValueError, struct.error),
)
"""What the standard library raises of an archive or of XML; LookupError where the encoding is none, ValueError where a member begins before the archive."""
_PIECE = 1 << 20


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
    with refusing_damage(name):
        archive = ZipFile(io.BytesIO(data))
        size, reach = 0, Reach()
        for member in archive.infolist():
            held = b"".join(_pieces(archive, member, most - size))
            size += len(held)
            if size > most:
                raise _too_large(name, f"it unpacks to more than {numeral(most)} bytes")
            if member.filename.endswith((".xml", ".rels")) or b"sheetData" in held:
                measure_xml(member.filename, held, reach)
            else:
                measure_binary(member.filename, held, reach)
            if reach.is_too_far:
                break
        check_reach(reach, name)
    return archive


@contextmanager
def refusing_damage(name: str) -> Iterator[None]:
    """Make one refusal of what a damaged workbook comes to while it is measured."""
    try:
        yield
    except InvalidInputError:
        raise
    except _DAMAGES as error:
        raise damaged(name, str(error)) from None


def damaged(name: str, reason: str) -> InvalidInputError:
    """Return the error for a file that is a workbook no longer, or never was one."""
    remedy = "open it in a spreadsheet and save it as .xlsx or CSV UTF-8, or get it again"
    return refusal(name, f"the file is not an Excel workbook, or it is damaged ({reason})", remedy)


def check_reach(reach: Reach, name: str) -> None:
    """Refuse a workbook that would take more room than people can need."""
    if reach.is_too_far:
        problem = (
            f"its sheets reach over more than {numeral(CELLS)} cells, or {numeral(COLUMNS)} columns"
        )
        raise _too_large(name, problem)
    if reach.characters > TEXT:
        raise _too_large(name, f"its cells hold more than {numeral(TEXT)} characters")


def _pieces(archive: ZipFile, member: ZipInfo, most: int) -> Iterator[bytes]:
    """Unpack a member, and stop when it holds more than it may: what it says of its own size proves nothing."""
    with archive.open(member) as file:
        while most >= 0 and (piece := file.read(_PIECE)):
            most -= len(piece)
            yield piece


def _too_large(name: str, problem: str) -> InvalidInputError:
    remedy = "copy the rows and columns of the people into a new workbook, or save the sheet as CSV UTF-8"
    return refusal(name, f"the workbook is too large for a table of people: {problem}", remedy)
