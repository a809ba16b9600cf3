"""The compound file that an old workbook is, .xls: sectors in chains, which in a damaged file may go round for ever."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0"
_HEADER, _LAST, _IN_HEADER = 512, 0xFFFFFFFA, 109
"""Sizes, and the least number that is a mark instead of a sector. Source: [MS-CFB] 2.1 and 2.2."""


def is_sound(data: bytes) -> bool:
    """Tell whether each chain of a compound file ends, and no two have a sector in common.

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
    return _ends([number for sector in small for number in _numbers(data, sector, size)])


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
