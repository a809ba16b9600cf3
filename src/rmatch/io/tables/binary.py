"""The records of a sheet in a binary workbook, .xlsb: each is its kind, its size, and so many bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW, CELLS_OF_ROW, ERRORS, SHARING, TEXTS, MERGED = 0, range(1, 12), (3, 11), 7, (6, 8), 176
"""Kinds of records of a sheet: a row, its cells, those with an error, a shared text or one of their own; a merged range."""
BEGIN_CELLS, END_CELLS = 145, 146
SHEET, STRING = 156, 19
"""In a book, a sheet; among the texts that cells share, one of them."""
WITH_CELLS = b"\x91\x01"
"""How the kind is written after which cells begin."""
ERROR_VALUES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Source: [MS-XLSB] 2.5.97.2, BErr."""


def records_of(held: bytes) -> Iterator[tuple[int, bytes]]:
    r"""Walk the records of a part of a binary workbook.

    Parameters
    ----------
    held : bytes
        The part.

    Yields
    ------
    int, bytes
        The kind and the content.

    Examples
    --------
    >>> list(records_of(b"\x81\x01\x00\x00\x04\x02\x00\x00\x00"))
    [(129, b''), (0, b'\x02\x00\x00\x00')]
    """
    place = 0
    while place < len(held):
        kind, place = _varied(held, place, 2)
        size, place = _varied(held, place, 4)
        yield kind, held[place : place + size]
        place += size


def _varied(held: bytes, place: int, most: int) -> tuple[int, int]:
    """Read a number that is written seven bits a byte, and return it with the place after it."""
    number = 0
    for position, byte in enumerate(held[place : place + most]):
        number |= (byte & 0x7F) << 7 * position
        if byte < 0x80:
            return number, place + position + 1
    return number, place + most
