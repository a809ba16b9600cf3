"""What a workbook says beside its values: cells with errors, formulas that were saved without a value, merged cells.

The reader of workbooks gives an empty cell for an error and for a formula without a value, so the file is asked itself.
It is looked through only where it holds such a cell at all, since most do not.
"""

from __future__ import annotations

import html
import posixpath
import re
import struct
from typing import TYPE_CHECKING, NamedTuple

from rmatch.io.tables import binary
from rmatch.io.tables.error_values import is_error_value

if TYPE_CHECKING:
    from zipfile import ZipFile

    from rmatch.io.tables.grid import Place

_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:-]+)\s*=\s*"([^"]*)"')
_REFERENCE = re.compile(rb"([A-Z]+)(\d+)")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</)")
_ODS_SHEET = re.compile(rb"<table:table\s([^>]*)>")
_ODS_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
_ODS_TEXT = re.compile(rb"<text:p>([^<]*)</text:p>")


class Markup(NamedTuple):
    """What stands in the file of a workbook beside the values of a sheet.

    Attributes
    ----------
    lost : dict of Place to str
        The error value, or ``=`` and the formula, of each cell that has no other value.
    merged : list of (Place, Place)
        Merged ranges, where the reader of workbooks does not know them.
    complete : bool
        Whether the format was understood: of others, errors cannot be told from empty cells.
    """

    lost: dict[Place, str]
    merged: list[tuple[Place, Place]]
    complete: bool = True


def markup_of(archive: ZipFile | None, sheet: str, position: int) -> Markup:
    """Return what a workbook says beside the values of a sheet.

    Parameters
    ----------
    archive : ZipFile or None
        The workbook; an old one is none.
    sheet : str
        The name of the sheet.
    position : int
        How many sheets stand before it.

    Returns
    -------
    Markup
        Lost cells and merged ranges.
    """
    names = set(archive.namelist()) if archive else set()
    if archive and "xl/workbook.bin" in names:
        return _of_xlsb(archive, position)
    if archive and "xl/workbook.xml" in names:
        return _of_xlsx(archive, position)
    if archive and "content.xml" in names:
        return _of_ods(archive.read("content.xml"), sheet)
    return Markup({}, [], complete=False)


def _lost_of_xlsx(markup: bytes) -> dict[Place, str]:
    if b't="e"' not in markup and not re.search(rb"<(?:\w+:)?f\b", markup):
        return {}
    lost = {}
    row = column = 0
    cells = list(_CELL.finditer(markup))
    ends = [cell.start() for cell in cells[1:]] + [len(markup)]
    for cell, end in zip(cells, ends, strict=True):
        attributes = dict(_ATTRIBUTE.findall(cell[2]))
        if cell[1] == b"row":
            row, column = int(attributes.get(b"r", row + 1)), 0
            continue
        # The reference may be left out: then a cell follows the one before it.
        if known := _REFERENCE.fullmatch(attributes.get(b"r", b"")):
            row, column = int(known[2]), _column(known[1])
        if text := _lost(attributes, markup[cell.end() : end]):
            lost[row, column] = text
        column += 1
    return lost


def _lost(attributes: dict[bytes, bytes], inside: bytes) -> str:
    value = _VALUE.search(inside)
    if attributes.get(b"t") == b"e":
        return value[1].decode(errors="replace") if value else "#N/A"
    formula = _FORMULA.search(inside)
    # A formula whose value is an empty text is no loss: Excel writes t="str" for it.
    if formula and not (value and value[1]) and attributes.get(b"t") != b"str":
        return "=" + html.unescape((formula[1] or b"").decode(errors="replace"))
    return ""


def _column(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = 26 * position + letter - ord("A") + 1
    return position - 1


def _part(archive: ZipFile, book: str, wanted: str) -> bytes:
    """Return the part of a workbook to which it relates by an identifier."""
    from xml.etree import ElementTree as ET

    relations = ET.fromstring(archive.read(f"xl/_rels/{book}.rels"))
    target = next(node.attrib["Target"] for node in relations if node.attrib["Id"] == wanted)
    return archive.read(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))


def _of_xlsx(archive: ZipFile, position: int) -> Markup:
    from xml.etree import ElementTree as ET

    book = ET.fromstring(archive.read("xl/workbook.xml"))
    sheets = [node for node in book.iter() if node.tag.endswith("}sheet")]
    wanted = next(text for key, text in sheets[position].attrib.items() if key.endswith("}id"))
    return Markup(_lost_of_xlsx(_part(archive, "workbook.xml", wanted)), [])


def _of_xlsb(archive: ZipFile, position: int) -> Markup:
    sheets = [
        held
        for kind, held in binary.records_of(archive.read("xl/workbook.bin"))
        if kind == binary.SHEET
    ]
    size = 2 * int.from_bytes(sheets[position][8:12], "little")
    wanted = sheets[position][12 : 12 + size].decode("utf-16-le")
    found = Markup({}, [])
    row = 0
    for kind, held in binary.records_of(_part(archive, "workbook.bin", wanted)):
        numbers = struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])
        if kind == binary.ROW:
            row = numbers[0] + 1
        elif kind in binary.ERRORS:
            found.lost[row, numbers[0]] = binary.ERROR_VALUES.get(held[8], "#N/A")
        elif kind == binary.MERGED:
            top, bottom, left, right = numbers[:4]
            found.merged.append(((top + 1, left), (bottom + 1, right)))
    return found


def _of_ods(markup: bytes, sheet: str) -> Markup:
    found = Markup({}, [])
    row = column = 0
    again = 1
    cells = list(_ODS_CELL.finditer(_ods_sheet(markup, sheet)))
    for cell in cells:
        attributes = dict(_ATTRIBUTE.findall(cell[2]))
        if cell[1] == b"table-row":
            row, column = row + again, 0
            again = int(attributes.get(b"table:number-rows-repeated", 1))
            continue
        if text := _lost_of_ods(attributes, cell):
            found.lost[row, column] = text
        down = int(attributes.get(b"table:number-rows-spanned", 1))
        right = int(attributes.get(b"table:number-columns-spanned", 1))
        if down * right > 1:
            found.merged.append(((row, column), (row + down - 1, column + right - 1)))
        column += int(attributes.get(b"table:number-columns-repeated", 1))
    return found


def _ods_sheet(markup: bytes, sheet: str) -> bytes:
    for table in _ODS_SHEET.finditer(markup):
        name = dict(_ATTRIBUTE.findall(table[1])).get(b"table:name", b"")
        if html.unescape(name.decode(errors="replace")) == sheet:
            return markup[table.end() : markup.index(b"</table:table>", table.end())]
    return b""


def _lost_of_ods(attributes: dict[bytes, bytes], cell: re.Match[bytes]) -> str:
    formula = attributes.get(b"table:formula")
    failed = attributes.get(b"calcext:value-type") == b"error"
    if failed or formula is not None:
        found = _ODS_TEXT.match(cell.string, cell.end())
        text = html.unescape(found[1].decode(errors="replace")) if found else "#N/A" * failed
        # Programs that do not mark an error give it a value, such as 0, and show what it is.
        if failed or (is_error_value(text) and not text.startswith("##")):
            return text
    if formula is not None and b"office:value-type" not in attributes:
        return "=" + html.unescape(formula.decode(errors="replace")).removeprefix("of:=")
    return ""
