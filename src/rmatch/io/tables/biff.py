"""The records of an old workbook, .xls: each is its kind, its size, and so many bytes. Source: [MS-XLS] 2.1.4 and 2.4."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from rmatch.io.tables.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHEET, _DIMENSIONS, _END = 0x85, 0x200, 0x0A
"""Kinds of records: where a sheet begins, how large it says it is, and where it ends."""
_FORMULA, _NUMBERS, _SHARING = 0x06, 0xBD, 0xFD
_CELLS = frozenset({_FORMULA, _NUMBERS, 0xD6, _SHARING, 0x203, 0x204, 0x205, 0x27E})
"""The kinds of cells that hold a value: each begins with its row and its column."""
_SHARED, _CONTINUED = 0xFC, 0x3C
"""Kinds of records: the texts that cells share, and what has no room in the one before."""
_HEAD, _NUMBER = 4, 6
_WIDE, _FOREIGN, _RICH = 1, 4, 8
"""Marks of a text. Source: [MS-XLS] 2.5.293."""
_BLANKS = re.compile(rb"\x19[\x40\x41].(.)", re.DOTALL)
"""Some blanks in a formula, and how many. Source: [MS-XLS] 2.5.198.38."""
_LONGEST_FORMULA, _LONGEST_RECORD = 8_192, 8_224
_TURN = 1 << 32


def reach_of(workbook: bytes) -> Reach:
    """Measure what a reader of a workbook makes room for: cells up to the last, those a sheet says it has, and texts.

    Parameters
    ----------
    workbook : bytes
        The stream of the workbook.

    Returns
    -------
    Reach
        What it comes to.

    Raises
    ------
    ValueError
        If the workbook is damaged so that reading it might take for ever.

    Examples
    --------
    >>> sheet = struct.pack("<HHI", 0x85, 4, 12) + struct.pack("<HH", 0x0A, 0)
    >>> reach_of(sheet + struct.pack("<HHHHHd", 0x203, 14, 9, 2, 0, 1.5)).cells
    30
    """
    begins, texts, last = list[int](), list[list[bytes]](), 0
    for kind, place, size in _records_of(workbook, 0):
        if kind == _SHEET and size >= _HEAD:
            begins += struct.unpack_from("<I", workbook, place)
        if kind == _SHARED:
            texts.append([])
        if kind == _SHARED or (kind == _CONTINUED and last == _SHARED):
            texts[-1].append(workbook[place : place + size])
        last = last if kind == _CONTINUED else kind
    reach, unread = Reach(), len(workbook)
    for pieces in texts:
        reach.share(list(_lengths(pieces)))
    for begin in begins:
        unread -= max(0, _measure(workbook, begin, reach) - begin)
        if unread < 0:
            message = "its sheets share records"
            raise ValueError(message)
    return reach


def _measure(workbook: bytes, begin: int, reach: Reach) -> int:
    """Take in a sheet, and return where it ends."""
    said = rows = columns = 0
    end = begin
    shared = list[int]()
    for kind, place, size in _records_of(workbook, begin):
        end = place + size
        if kind in _CELLS and size >= _HEAD:
            row, column = struct.unpack_from("<HH", workbook, place)
            more = size // _NUMBER - 1 if kind == _NUMBERS else 1
            rows, columns = max(rows, row + 1), max(columns, column + more)
            if kind == _SHARING and size >= _NUMBER + _HEAD:
                shared += struct.unpack_from("<I", workbook, place + _NUMBER)
            if kind == _FORMULA:
                _check_formula(workbook[place:end])
        elif kind == _DIMENSIONS:
            said = max(said, _said(workbook[place:end]))
    reach.sharing.update(shared)
    reach.add(rows, columns)
    reach.cells += max(0, said - rows * columns)
    return end


def _check_formula(formula: bytes) -> None:
    """Refuse a formula of more blanks than a formula may have letters: the reader puts each in front of all after it."""
    blanks = sum(run[0] for run in _BLANKS.findall(formula))
    if len(formula) > _LONGEST_RECORD or blanks > _LONGEST_FORMULA:
        message = "a formula is longer than any can be"
        raise ValueError(message)


def _said(dimensions: bytes) -> int:
    """Return how many cells a sheet says it has; where its end stands before its beginning, numbers go round their end."""
    if len(dimensions) not in {10, 14}:
        return 0
    form = "<IIHH" if len(dimensions) == 14 else "<HHHH"
    top, below, left, beyond = struct.unpack_from(form, dimensions)
    return (below - top) % _TURN * ((beyond - left) % _TURN) if below and beyond else 1


def _lengths(pieces: list[bytes]) -> Iterator[int]:
    """Go through how long the texts are that cells share. Source: [MS-XLS] 2.4.265."""
    try:
        texts = _Texts(iter(pieces))
        texts.skip(8)
        while True:
            texts.skip(0)
            size, marks = texts.number("<H"), texts.number("<B")
            behind = 4 * texts.number("<H") if marks & _RICH else 0
            behind += texts.number("<I") if marks & _FOREIGN else 0
            yield size
            texts.skip_characters(size, marks & _WIDE)
            texts.skip(behind)
    except (StopIteration, struct.error):
        return


class _Texts:
    """Texts that run on from record to record."""

    def __init__(self, records: Iterator[bytes]) -> None:
        self.records = records
        self.record, self.place = next(records), 0

    def number(self, form: str) -> int:
        (number,) = struct.unpack_from(form, self.record, self.place)
        self.place += struct.calcsize(form)
        return int(number)

    def skip(self, size: int) -> None:
        while (room := len(self.record) - self.place) <= size:
            size -= room
            self.record, self.place = next(self.records), 0
        self.place += size

    def skip_characters(self, size: int, wide: int) -> None:
        """Skip the characters of a text; where they run on, they may be of one byte instead of two, or of two."""
        while (room := len(self.record) - self.place >> wide) < size:
            size -= room
            self.record, self.place = next(self.records), 0
            wide = self.number("<B") & _WIDE
        self.place += size << wide


def _records_of(workbook: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Walk the records from a place to the end of a part: yield the kind of each, where its content stands, and its size."""
    while place + _HEAD <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, place)
        place += _HEAD
        if kind == _END or place + size > len(workbook):
            return
        yield kind, place, size
        place += size
