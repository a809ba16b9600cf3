"""Files that somebody, or a bad disk, has damaged: seeded, so that each can be made again from its number."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

HOSTILE = (
    *(
        b"",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3\x28",
        b'"',
        b"\\ud800",
        b"\\u0000",
        b"\r",
        b"\n\n",
    ),
    *(
        b"=cmd|' /C calc'!A0",
        b"\xef\xbc\x9d1+1",
        b"\x1b[2J",
        b"\xe2\x80\xae",
        b"#REF!",
        b"Err:502",
        b"NaN",
    ),
    *(
        b"1e999",
        b"-0",
        b"9" * 5_000,
        b"0x1F",
        b"1,200",
        b"2026-02-30",
        b"99:99",
        b"UTC+99",
        b"A" * 70_000,
    ),
    *(
        b" " * 90_000,
        b"[" * 6_000,
        b"{" * 900,
        b"a." * 1_000,
        b"<![CDATA[",
        b"&lol;",
        b"</row>",
        b"<c>",
    ),
    *(
        b"XFD1048576",
        b"AAAA1",
        b"A0",
        b't="e"',
        b't="s"',
        b'r="',
        b"99999999999",
        b"-1",
        b"true",
        b"null",
    ),
)
"""What is put in the place of something: signs that mean something to somebody, and sizes that nobody expects."""


_WORD = re.compile(rb"[^;,=<>{}\[\]\"\r\n]+")


def damaged(data: bytes, dice: Random) -> bytes:
    """Return a file with one to four damages: to its bytes, or, in an archive, to what its members hold."""
    if zipfile.is_zipfile(io.BytesIO(data)) and dice.random() < 0.6:
        return _rezipped(data, dice)
    return _scratched(data, dice)


def _scratched(data: bytes, dice: Random) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        data = dice.choice(SCRATCHES)(data, dice)
    return data


def _flipped(data: bytes, dice: Random) -> bytes:
    if not data:
        return data
    place = dice.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]


def _truncated(data: bytes, dice: Random) -> bytes:
    return data[: dice.randint(0, len(data))]


def _cut(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:start] + data[end:]


def _doubled(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 50)) + data[end:]


def _swapped(data: bytes, dice: Random) -> bytes:
    one, two, three, four = sorted(dice.randint(0, len(data)) for _ in range(4))
    return data[:one] + data[three:four] + data[two:three] + data[one:two] + data[four:]


def _replaced(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:start] + dice.choice(HOSTILE) + data[min(end, start + 12) :]


def _reworded(data: bytes, dice: Random) -> bytes:
    """Put something hostile in the place of one word, cell or value."""
    words = list(_WORD.finditer(data))
    if not words:
        return data
    word = dice.choice(words)
    return data[: word.start()] + dice.choice(HOSTILE) + data[word.end() :]


def _noise(data: bytes, dice: Random) -> bytes:
    place = dice.randint(0, len(data))
    return data[:place] + dice.randbytes(dice.randint(1, 40)) + data[place:]


def _range(data: bytes, dice: Random) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.choice((1, 4, 30, 400)))


SCRATCHES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flipped, _flipped, _truncated, _cut, _doubled, _swapped),
    *(_replaced, _reworded, _reworded, _reworded, _noise),
)


def _rezipped(data: bytes, dice: Random) -> bytes:
    """Damage the members of an archive and pack it again, so that every check sum is right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(member.filename, archive.read(member)) for member in archive.infolist()]
    for _ in range(dice.randint(1, 2)):
        place = dice.randrange(len(members))
        name, held = members[place]
        match dice.randrange(8):
            case 0 if len(members) > 1:
                del members[place]
            case 1:
                members.append((name, _scratched(held, dice)))
            case 2:
                other = dice.randrange(len(members))
                members[place], members[other] = (
                    (name, members[other][1]),
                    (members[other][0], held),
                )
            case 3:
                members[place] = dice.choice(("../" + name, name.upper(), name[:-1])), held
            case _:
                members[place] = name, _scratched(held, dice)
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two members of one name are meant
        for name, held in members:
            archive.writestr(name, held)
    return packed.getvalue()
