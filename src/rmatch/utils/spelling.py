"""What texts have in common that look the same to a reader, and addresses that reach the same mailbox."""

from __future__ import annotations

from typing import Literal
from unicodedata import category, normalize

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
)
"""Cyrillic and Greek letters that look like Latin ones, as capitals at least, and the many hyphens."""
GOOGLE = ("gmail.com", "googlemail.com")
"""One provider by two names, which does not mind points in front of the @."""


def visible(text: str, form: Literal["NFC", "NFKC"]) -> str:
    """Return a text in a normal form, without what web pages put in that nobody sees."""
    if text.isascii():
        return text
    return "".join(letter for letter in normalize(form, text) if category(letter) != "Cf")


def seen(text: str) -> str:
    """Return a text as its reader sees it: without what is invisible, with the usual letter for each of its twins.

    Examples
    --------
    >>> seen("\u0415\u200b\u20137"), seen("\uff25-7")
    ('E-7', 'E-7')
    """
    return text if text.isascii() else visible(text, "NFKC").translate(TWINS)


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
