"""What texts have in common that look the same to a reader, and addresses that reach the same mailbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANK = re.compile(
    "[\x0b\x0c\x1c-\x1f\x85\xa0\u115f\u1160\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164\uffa0]"
)
_UNSEEN = re.compile(
    # What steers terminals, but for tabs and the ends of lines; a null is no text at all and stays to be refused.
    "[\x01-\x08\x0e-\x1b\x7f-\x9f"
    # Soft hyphens, marks of order and direction, spaces without width, byte order marks, choices of shape, tags.
    "\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LATIN = "\x00-\u036f\u1e00-\u1eff"
_JOINERS = re.compile(f"(?<![^{_LATIN}])[\u200c\u200d]+|[\u200c\u200d]+(?![^{_LATIN}])")
"""Joiners shape letters of Persian or Hindi, and pictures; beside Latin letters nobody sees them."""
_PADDING = " " * 9
_PADDED = re.compile(rf"\s{{{len(_PADDING)},}}")
"""So many blanks fill a column of fixed width, and say no more than one."""
_ODD = re.compile("|".join(each.pattern for each in (_BLANK, _UNSEEN, _JOINERS)))
_TWINS = {
    "АВЕКМНОРСТУХІЈЅԚԜ": "ABEKMHOPCTYXIJSQW",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",  # noqa: RUF001
}
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PAIRS = [pair for odd, usual in _TWINS.items() for pair in zip(odd, usual, strict=True)]
TWINS = str.maketrans(
    dict(_PAIRS)
    | {odd.lower(): usual.lower() for odd, usual in _PAIRS}
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(map(chr, [0x200C, 0x200D]))
)
"""Cyrillic and Greek letters that look like Latin ones, as capitals at least, and the many hyphens; what chooses shapes of letters is left out."""
_DIGIT = re.compile(r"(?![0-9])\d")
GOOGLE = ("gmail.com", "googlemail.com")
"""One provider by two names, which does not mind points in front of the @."""


def visible(text: str) -> str:
    r"""Return a text as its reader sees it: without what does not print, with plain blanks, and with whole letters.

    Letters and the accents that follow them become one character each, as NFC has it.

    Examples
    --------
    >>> visible("\ufeffPy\xadthon\u200b"), visible("Zoe\u0301\xa0Lee"), visible("\x1b[31mAI")
    ('Python', 'Zoé Lee', '[31mAI')
    """
    if text.isascii() and text.isprintable() and _PADDING not in text:
        return text
    if _ODD.search(text):
        text = _JOINERS.sub("", _UNSEEN.sub("", _BLANK.sub(" ", text)))
    return normalize("NFC", _PADDED.sub(" ", text))


def all_visible(value: Any) -> Any:
    r"""Return a value with every text in it as its reader sees it, the keys of mappings too.

    Examples
    --------
    >>> all_visible({"a\u200b": ["b\xad", 1]})
    {'a': ['b', 1]}
    """
    if isinstance(value, str):
        return visible(value)
    if type(value) in {list, tuple}:
        return type(value)(map(all_visible, value))
    if isinstance(value, dict):
        return {all_visible(key): all_visible(inner) for key, inner in value.items()}
    return value


def compatible(text: str) -> str:
    """Return a text as its reader sees it, with letters of one width."""
    return text if text.isascii() else normalize("NFKC", visible(text))


def seen(text: str) -> str:
    """Return a text as its reader sees it: without what is invisible, with the usual letter for each of its twins.

    Examples
    --------
    >>> seen("\u0415\u200b\u20137"), seen("\uff25-7"), seen("\u0663")
    ('E-7', 'E-7', '3')
    """
    if text.isascii():
        return text
    return _DIGIT.sub(lambda digit: str(int(digit[0])), compatible(text).translate(TWINS))


def mailbox_of(address: str) -> str:
    """Return what two e-mail addresses of one mailbox have in common: no case, no tag behind a plus.

    Examples
    --------
    >>> mailbox_of("Mia.Noor+rmatch@Example.org"), mailbox_of("m.noor@googlemail.com")
    ('mia.noor@example.org', 'mnoor@gmail.com')
    """
    name, at, domain = "".join(seen(address).casefold().split()).rpartition("@")
    own = name.partition("+")[0] or name
    return f"{own.replace('.', '')}@{GOOGLE[0]}" if domain in GOOGLE else f"{own}{at}{domain}"


def mailboxes_of(addresses: Sequence[str]) -> list[str]:
    """Return what :func:`mailbox_of` returns of each address; at once where all are plain, as those of one firm are.

    Examples
    --------
    >>> mailboxes_of(["Mia.Noor@example.org", "bo@example.org"])
    ['mia.noor@example.org', 'bo@example.org']
    """
    small = "\n".join(addresses).casefold()
    found = small.split("\n")
    plain = small.isascii() and "".join(found).isprintable() and len(found) == len(addresses)
    if plain and not any(sign in small for sign in (" ", "+", *GOOGLE)):
        return found
    return list(map(mailbox_of, addresses))
