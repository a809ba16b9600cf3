"""The compound file that an old workbook is, .xls: sectors in chains, which in a damaged file may go round for ever."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0"
CELLS = 5_000_000
"""The reader of workbooks takes memory for all cells that a sheet says it has."""
_DIMENSIONS, _FOR_DIMENSIONS = 0x200, 14
_ENTRY, _A_STREAM, _SMALL = 128, 2, 4_096
_HEADER, _LAST, _IN_HEADER = 512, 0xFFFFFFFA, 109
"""Sizes, and the least number that is a mark instead of a sector. Source: [MS-CFB] 2.1 and 2.2."""


def is_sound(data: bytes) -> bool:
    """Tell whether each chain of a compound file ends, no two share a sector, and no sheet says that it is huge.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    bool
        False if it is damaged; True does not say that there is a workbook in it.

    Examples
    --------
    >>> is_sound(SIGNATURE + bytes(40))
    False
    """
    if len(data) < _HEADER or struct.unpack_from("<H", data, 30)[0] not in {9, 12}:
        return False
    size: int = 1 << struct.unpack_from("<H", data, 30)[0]
    sectors = len(data) // size - 1 + (len(data) % size > 0)
    tables = _tables(data, size, sectors)
    if tables is None or any(table >= sectors for table in tables):
        return False
    following = [number for table in tables for number in _numbers(data, table, size)][:sectors]
    if not _ends(following):
        return False
    small = _chain(following, struct.unpack_from("<I", data, 60)[0])
    if not _ends([number for sector in small for number in _numbers(data, sector, size)]):
        return False
    return all(cells_of(stream) <= CELLS for stream in _streams(data, following, size))


def cells_of(records: bytes) -> int:
    """Return how many cells the sheets of a stream say that they have, or have. Source: [MS-XLS] 2.4.90.

    Examples
    --------
    >>> cells_of(struct.pack("<HHIIHHH", 0x200, 14, 0, 40, 0, 3, 0))
    120
    """
    total = place = 0
    while place + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, place)
        if kind == _DIMENSIONS and size == _FOR_DIMENSIONS and place + 4 + size <= len(records):
            top, rows, left, columns = struct.unpack_from("<IIHH", records, place + 4)
            # Where the end stands before the beginning, the reader counts round the end of its numbers.
            backwards = top > rows or left > columns
            total += CELLS + 1 if backwards else rows * columns
        place += 4 + size
    return total


def _streams(data: bytes, following: list[int], size: int) -> Iterator[bytes]:
    """Go through what the directory of a file names and is not small."""
    directory = _chain(following, struct.unpack_from("<I", data, 48)[0])
    held = b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in directory)
    for entry in range(0, len(held) - _ENTRY + 1, _ENTRY):
        start, length = struct.unpack_from("<II", held, entry + 116)
        if held[entry + 66] == _A_STREAM and length >= _SMALL:
            chain = _chain(following, start)
            yield b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in chain)


def _tables(data: bytes, size: int, sectors: int) -> list[int] | None:
    """Return the sectors in which the table of chains stands: the header names some, a chain of its own the others."""
    named = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(sectors):
        if more >= sectors:
            break
        *others, more = _numbers(data, more, size)
        named += others
    else:
        return None
    return [number for number in named if number < _LAST]


def _numbers(data: bytes, sector: int, size: int) -> list[int]:
    held = data[(sector + 1) * size : (sector + 2) * size]
    return list(struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4]))


def _ends(following: list[int]) -> bool:
    """Tell whether no sector follows two others or, in the end, itself."""
    real = [number for number in following if number < len(following)]
    if len(set(real)) < len(real):
        return False
    seen = set[int]()
    for start in set(range(len(following))) - set(real):
        seen.update(_chain(following, start))
    return seen >= set(real)


def _chain(following: list[int], start: int) -> list[int]:
    """Return the sectors of a chain; in a table without two chains into one sector it ends."""
    chain: list[int] = []
    while start < len(following) and len(chain) <= len(following):
        chain.append(start)
        start = following[start]
    return chain
