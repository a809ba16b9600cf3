"""The records of an old workbook, .xls: each is its kind, its size, and so many bytes. Source: [MS-XLS] 2.1.4 and 2.4."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHEET, _DIMENSIONS, _NUMBERS, _END = 0x85, 0x200, 0xBD, 0x0A
"""Kinds of records: where a sheet begins, how large it says it is, a row of numbers, the end of a sheet."""
_CELLS = frozenset({0x06, _NUMBERS, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E})
"""The kinds of cells that hold a value: each begins with its row and its column."""
_HEAD, _NUMBER = 4, 6
_TURN = 1 << 32


def cells_of(workbook: bytes) -> int | None:
    """Return for how many cells a reader of a workbook makes room: for those up to the last, and those a sheet says it has.

    Parameters
    ----------
    workbook : bytes
        The stream of the workbook.

    Returns
    -------
    int or None
        None if the sheets are longer together than the workbook: they share records, and reading them might take for ever.

    Examples
    --------
    >>> sheet = struct.pack("<HHI", 0x85, 4, 12) + struct.pack("<HH", 0x0A, 0)
    >>> cells_of(sheet + struct.pack("<HHHHHd", 0x203, 14, 9, 2, 0, 1.5))
    30
    """
    records = _records_of(workbook, 0)
    begins = [
        struct.unpack_from("<I", workbook, place)[0]
        for kind, place, size in records
        if kind == _SHEET and size >= _HEAD
    ]
    cells, unread = 0, len(workbook)
    for begin in begins:
        room, end = _room(workbook, begin)
        cells += room
        unread -= max(0, end - begin)
        if unread < 0:
            return None
    return cells


def _room(workbook: bytes, begin: int) -> tuple[int, int]:
    """Return for how many cells of a sheet there must be room, and where the sheet ends."""
    said = rows = columns = 0
    end = begin
    for kind, place, size in _records_of(workbook, begin):
        end = place + size
        if kind in _CELLS and size >= _HEAD:
            row, column = struct.unpack_from("<HH", workbook, place)
            more = size // _NUMBER - 1 if kind == _NUMBERS else 1
            rows, columns = max(rows, row + 1), max(columns, column + more)
        elif kind == _DIMENSIONS:
            said = max(said, _said(workbook[place:end]))
    return max(said, rows * columns), end


def _said(dimensions: bytes) -> int:
    """Return how many cells a sheet says it has; where its end stands before its beginning, numbers go round their end."""
    if len(dimensions) not in {10, 14}:
        return 0
    top, below, left, beyond = struct.unpack_from(
        "<IIHH" if len(dimensions) == 14 else "<HHHH", dimensions
    )
    return (below - top) % _TURN * ((beyond - left) % _TURN) if below and beyond else 1


def _records_of(workbook: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Walk the records from a place to the end of a part: yield the kind of each, where its content stands, and its size."""
    while place + _HEAD <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, place)
        place += _HEAD
        if kind == _END or place + size > len(workbook):
            return
        yield kind, place, size
        place += size
