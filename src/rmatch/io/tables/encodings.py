"""The encoding of a text file: named, marked, UTF-8, or found by the words that it makes."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.faults import refusal
from rmatch.io.tables.plausible import ALPHABETS, FOREIGN, implausibility

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
FIRST = ("cp1252", "cp1250", "cp1251", "mac_roman")
"""What Excel writes on most computers; the others are asked when none of these makes words."""
LATER = tuple(encoding for encoding in ALPHABETS if encoding not in FIRST)
MOST_WORDS = 2_000
FEW = 5
"""With fewer letters beyond ASCII, some encoding or other makes words of anything."""
SHOWN = 20
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,60}")
_NO_WORD = re.compile(r"[\s,;|\"\t]+")
_SAVED_TWICE = re.compile("[ÃÂÅÄ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]")


def decoded(data: bytes, name: str, encoding: str = "") -> tuple[str, list[str]]:
    """Return the text of a file and a note where its encoding had to be found.

    Parameters
    ----------
    data : bytes
        What the file holds.
    name : str
        Its name, for the message.
    encoding : str
        Its encoding, if that is known.

    Returns
    -------
    str, list of str
        The text and the notes.

    Raises
    ------
    InvalidInputError
        If the bytes are not text in the encoding that was named, or may be text in several.

    Examples
    --------
    >>> decoded("zarządzanie".encode("cp1250"), "kadry.csv")
    ('zarządzanie', ['kadry.csv is not UTF-8 and was read as cp1250'])
    """
    if encoding:
        return _as_named(data, name, encoding), []
    marked = next((MARKS[mark] for mark in MARKS if data.startswith(mark)), "")
    if not marked and 3 * data[:1000].count(0) > len(data[:1000]):
        marked = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        text = data.decode(marked or "utf-8")
    except UnicodeDecodeError:
        if not marked:
            return _found(data, name)
        text = "\0"
    if "\0" in text:
        remedy = "save it as 'CSV UTF-8'"
        raise refusal(name, "the file is not text in any encoding that is known", remedy)
    return text, _damages(text, name)


def _as_named(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except LookupError:
        problem, remedy = f"{encoding!r} is not an encoding", 'write one like "utf-8" or "cp1250"'
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = f"line {line} is not text in {encoding}"
        remedy = "name another one, or leave `encoding` out: then it is found"
    raise InvalidInputError([Fault(name, "encoding", problem, remedy)])


def _damages(text: str, name: str) -> list[str]:
    """Return notes on letters that another program has lost before: nothing brings them back but a new export."""
    notes = []
    if "\ufffd" in text:
        word = _word_at(text, text.index("\ufffd"))
        notes.append(f"{name}: letters were lost before, as in {word!r}; export it again")
    if found := _SAVED_TWICE.search(text):
        word = _word_at(text, found.start())
        notes.append(
            f"{name}: letters read as if UTF-8 had been saved twice, as in {word!r}; export it again"
        )
    return notes


def _word_at(text: str, place: int) -> str:
    before, after = text[max(0, place - SHOWN) : place], text[place : place + SHOWN]
    return _NO_WORD.split(before)[-1] + _NO_WORD.split(after)[0]


class _Reading(NamedTuple):
    """What the words of a file are in one encoding, and how implausible they are together."""

    implausibility: int
    encoding: str
    words: list[str]


def _found(data: bytes, name: str) -> tuple[str, list[str]]:
    different = dict.fromkeys(word for word in _WORD.findall(data) if not word.isascii())
    words = list(different)[:MOST_WORDS]
    readings = _readings(words, FIRST)
    telling = sum(byte > 127 for word in words for byte in word) >= FEW
    if telling and (not readings or readings[0].implausibility >= FOREIGN):
        readings = sorted([*readings, *_readings(words, LATER)])
    for reading in readings:
        try:
            text = data.decode(reading.encoding)
        except UnicodeDecodeError:
            continue
        doubtful = reading.implausibility >= FOREIGN and 5 * reading.implausibility > len(words)
        if doubtful or "\0" in text:
            break
        _check_rivals(reading, readings, name)
        return text, [f"{name} is not UTF-8 and was read as {reading.encoding}"]
    problem = "the file is no UTF-8, and no other encoding that is tried makes words of it"
    remedy = (
        "save it as 'CSV UTF-8', or write its encoding in a mapping: encoding = \"…\" under [table]"
    )
    raise refusal(name, problem, remedy)


def _readings(words: list[bytes], encodings: tuple[str, ...]) -> list[_Reading]:
    readings = []
    for encoding in encodings:
        try:
            read = [word.decode(encoding) for word in words]
        except UnicodeDecodeError:
            continue
        odd = sum(implausibility(word, encoding) for word in read)
        readings.append(_Reading(odd, encoding, read))
    return sorted(readings, key=lambda reading: reading.implausibility)


def _check_rivals(best: _Reading, readings: list[_Reading], name: str) -> None:
    """Refuse to choose between two encodings that are equally plausible and make different words."""
    for rival in readings:
        if rival.implausibility > best.implausibility or rival.words == best.words:
            continue
        pairs = zip(best.words, rival.words, strict=True)
        one, two = next((one, two) for one, two in pairs if one != two)
        problem = f"is it {one!r} ({best.encoding}) or {two!r} ({rival.encoding})? both are words"
        remedy = f'write encoding = "{best.encoding}" or encoding = "{rival.encoding}" under [table] in a mapping, or save the file as \'CSV UTF-8\''
        raise InvalidInputError([Fault(name, "encoding", problem, remedy)])
