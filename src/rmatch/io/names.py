"""Names of people: what two spellings of one name have in common, and the shorter forms of a name."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING
from unicodedata import name as called
from unicodedata import normalize

from rmatch.io.cells.dates import plain
from rmatch.utils.spelling import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = frozenset(
    [
        "dr",
        "dra",
        "prof",
        "professor",
        "doctor",
        "doktor",
        "mr",
        "mrs",
        "ms",
        "mx",
        "miss",
        "sir",
        "mme",
        "mlle",
        "herr",
        "frau",
        "hr",
        "fr",
        "dhr",
        "mevr",
        "sig",
        "dott",
        "ing",
        "mag",
        "mgr",
        "dipl",
        "univ",
        "habil",
        "rev",
        "phd",
        "mba",
        "msc",
        "bsc",
        "llm",
    ]
)
_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}  # codespell:ignore ue
_SPELT_OUT = str.maketrans(_SPELT)
"""How names are written where a keyboard has no such letters."""
_WHOLE = str.maketrans({"ð": "d", "þ": "th"})
_LATIN = re.compile(r"LATIN SMALL (?:LETTER|LIGATURE) (?:DOTLESS )?([A-Z]{1,2})(?: WITH .+)?")
_PRONOUNS = re.compile(r"[(\[](?:she|he|they|sie|er|elle|il)\b[^)\]]*[)\]]")
LONGEST = 5
"""Of so many words all shorter forms of a name are tried."""


def words_of(name: str) -> str:
    """Return a name without case, accents, order and titles.

    Examples
    --------
    >>> words_of("Noor, Dr. Mia"), words_of("mia  NOOR, PhD"), words_of("Łukasz O’Neill (he/him)")
    ('mia noor', 'mia noor', 'lukasz oneill')
    """
    if name.isascii():
        return _sorted_words(name.casefold())
    return _sorted_words("".join(map(_base, plain(seen(name)).translate(_WHOLE))))


def spellings_of(name: str) -> set[str]:
    """Return the same, and as it is where umlauts are spelt out.

    Examples
    --------
    >>> sorted(spellings_of("Jørgen Lund"))
    ['joergen lund', 'jorgen lund']
    """
    words = words_of(name)
    if name.isascii():
        return {words}
    return {words, words_of(normalize("NFC", name).casefold().translate(_SPELT_OUT))}


def shorter_forms(words: str) -> Iterator[str]:
    """Go through what a name is with words left out or as initials; at least one word stays whole, and two stand.

    Examples
    --------
    >>> list(shorter_forms("john smith"))
    ['john s', 'j smith']
    >>> "anna weber" in shorter_forms("anna maria weber")
    True
    """
    whole = words.split()
    if not 2 <= len(whole) <= LONGEST:
        return
    dropped = ("",) if len(whole) > 2 else ()
    for way in product(*((word, word[0], *dropped) for word in whole)):
        left = sorted(filter(None, way))
        if len(left) >= 2 and max(map(len, left)) > 1 and left != whole:
            yield " ".join(left)


def likely_forms(text: str) -> Iterator[str]:
    """Go through the names that a text may mean: what is left of it without some of its words.

    Examples
    --------
    >>> "kim lund" in likely_forms("Lund, Kim (acting)"), "k lund" in likely_forms("K. Lund")
    (True, True)
    """
    words = sorted(set(re.findall(r"[^\W\d_]+", words_of(text))))[:LONGEST]
    for count in range(len(words), 1, -1):
        yield from map(" ".join, combinations(words, count))


def _sorted_words(bare: str) -> str:
    words = re.sub(r"[,._-]", " ", _PRONOUNS.sub("", bare).replace("'", "")).split()
    # Two tables of one person say the name twice.
    return " ".join(sorted({word for word in words if word not in TITLES} or {*words}))


@lru_cache(10_000)
def _base(letter: str) -> str:
    """Return the letters that a letter with a stroke or a ligature is made of."""
    made_of = None if letter.isascii() else _LATIN.fullmatch(called(letter, ""))
    return made_of[1].lower() if made_of else letter
