"""The encoding of a text file: named, marked, UTF-8, or found by the words that it makes."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.faults import refusal
from rmatch.io.tables.plausible import ALPHABETS, FOREIGN, implausibility
from rmatch.utils.validation import shown

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
TWICE = "utf-8-twice"
"""The name by which a mapping says that letters went through UTF-8 twice: "MÃ¼ller" is read as "Müller"."""
_SHIFTED = re.compile(r"\+[A-Za-z0-9/]{2,}-?")
_WRITTEN = re.compile("[\u00a1-\u052f\u1e00-\u1fff\u2010-\u203a\u20ac]+")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,60}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
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
    marked = marked or _wide(data)
    try:
        text = data.decode(marked or "utf-8")
    except UnicodeDecodeError:
        if not marked:
            return _found(data, name)
        text = "\0"
    if "\0" in text:
        remedy = "save it as 'CSV UTF-8'"
        raise refusal(name, "the file is not text in any encoding that is known", remedy)
    for other, read in {TWICE: _once, "utf-7": _as_utf_7}.items():
        if meant := read(text):
            raise _two_readings(name, (_words(text), "utf-8"), (_words(meant), other))
    return text, _damages(text, name)


def _wide(data: bytes) -> str:
    """Return which UTF-16 it is that has no mark: one byte of each letter of ASCII, always the same, is nought."""
    top = data[:1000]
    even, odd = top[::2].count(0), top[1::2].count(0)
    if 10 * (even + odd) < len(top) or (even and odd):
        return ""
    return "utf-16-be" if even else "utf-16-le" if odd else ""


def _once(text: str) -> str:
    """Return what was meant by a text that was saved as UTF-8, read as something else and saved as UTF-8 again."""
    if text.isascii():
        return ""
    try:
        # Each run is a text of its own: the first that is none, and that of most files is the very first, settles it.
        return _BEYOND_ASCII.sub(lambda run: _bytes_of(run[0]).decode("utf-8"), text)
    except UnicodeError:
        return ""


def _bytes_of(letters: str) -> bytes:
    return b"".join(map(_byte_of, letters))


def _byte_of(letter: str) -> bytes:
    # What cp1252 leaves undefined, programs pass through.
    return letter.encode("latin-1" if letter < "\u0100" else "cp1252")


def _as_utf_7(text: str) -> str:
    """Return a text as UTF-7, if each + in it begins letters that people write."""
    shifted = _SHIFTED.findall(text) if "+" in text else []
    if not shifted or len(shifted) < text.count("+") - text.count("+-"):
        return ""
    try:
        letters = "".join(part.encode().decode("utf-7") for part in shifted)
        return text.encode().decode("utf-7") if _WRITTEN.fullmatch(letters) else ""
    except UnicodeError:
        return ""


def _words(text: str) -> list[str]:
    return _NO_WORD.split(text)


def _as_named(data: bytes, name: str, encoding: str) -> str:
    try:
        if encoding.lower() == TWICE:
            return _once(data.decode("utf-8-sig")) or _as_named(data, name, "utf-8")
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
    if not text.isascii() and (found := _SAVED_TWICE.search(text)):
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
        # Many words of Greek and Russian heap up consonants: that tells readings apart, but makes none impossible.
        foreign = sum(implausibility(word, reading.encoding) >= FOREIGN for word in reading.words)
        doubtful = 5 * foreign > len(words)
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
        raise _two_readings(name, (best.words, best.encoding), (rival.words, rival.encoding))


def _two_readings(
    name: str, one: tuple[list[str], str], other: tuple[list[str], str]
) -> InvalidInputError:
    """Return the error for a file that may be read in two encodings, with a word as each reads it."""
    pairs = zip(one[0], other[0], strict=False)
    word, rival = next((word, rival) for word, rival in pairs if word != rival)
    problem = f"is it {shown(word)} ({one[1]}) or {shown(rival)} ({other[1]})? both are words"
    remedy = f'write encoding = "{one[1]}" or encoding = "{other[1]}" under [table] in a mapping, or save the file as \'CSV UTF-8\''
    return InvalidInputError([Fault(name, "encoding", problem, remedy)])
