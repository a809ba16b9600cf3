"""The compound file that an old workbook is, .xls: sectors in chains, which in a damaged file may go round for ever."""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0"
_HEADER, _LAST, _IN_HEADER, _SHIFTS = 512, 0xFFFFFFFA, 109, {9, 12}
"""Sizes, and the least number that is a mark instead of a sector. Source: [MS-CFB] 2.1 and 2.2."""
_ENTRY, _NAME, _START = 128, 64, 116
"""An entry of the directory, its name, and where in it the first sector and the length stand. Source: [MS-CFB] 2.6.1."""
_SMALL, _SMALL_SECTOR = 4_096, 64
"""What is shorter stands in sectors of its own, which are a stream themselves. Source: [MS-CFB] 2.4."""
_WORKBOOK = {"workbook", "book"}
"""A file may hold one of each: for Excel 5 as well."""


def workbooks_in(data: bytes) -> list[bytes] | None:
    """Return the streams of a compound file that a reader may take for the workbook.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of bytes, or None
        None if the file is damaged: if a chain does not end, two share a sector, or too many streams are called so.

    Examples
    --------
    >>> workbooks_in(SIGNATURE + bytes(40)) is None
    True
    """
    if len(data) < _HEADER or struct.unpack_from("<H", data, 30)[0] not in _SHIFTS:
        return None
    size: int = 1 << struct.unpack_from("<H", data, 30)[0]
    sectors = len(data) // size - 1 + (len(data) % size > 0)
    tables = _tables(data, size, sectors)
    if tables is None or any(table >= sectors for table in tables):
        return None
    following = [number for table in tables for number in _numbers(data, table, size)][:sectors]
    if not _ends(following):
        return None
    held = partial(_held, data[size:], size, following)
    small = _unpacked(held(struct.unpack_from("<I", data, 60)[0]))
    if not _ends(small):
        return None
    directory = held(struct.unpack_from("<I", data, 48)[0])
    if len(directory) < _ENTRY:
        return None
    streams = list(_streams(directory))
    if len(streams) > len(_WORKBOOK):
        return None
    root = struct.unpack_from("<I", directory, _START)[0]
    held_small = partial(_held, held(root), _SMALL_SECTOR, small)
    return [
        (held if length >= _SMALL else held_small)(start)[: length or None]
        for start, length in streams
    ]


def _streams(directory: bytes) -> Iterator[tuple[int, int]]:
    """Go through where the streams that are called a workbook begin, and how long they are."""
    for entry in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        name = directory[entry : entry + _NAME].decode("utf-16-le", "replace")
        if name.partition("\0")[0].casefold() in _WORKBOOK:
            yield struct.unpack_from("<II", directory, entry + _START)


def _held(sectors: bytes, size: int, following: list[int], start: int) -> bytes:
    """Return what the sectors of a chain hold."""
    chain = _chain(following, start)
    return b"".join(sectors[sector * size : (sector + 1) * size] for sector in chain)


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
    return _unpacked(data[(sector + 1) * size : (sector + 2) * size])


def _unpacked(held: bytes) -> list[int]:
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
