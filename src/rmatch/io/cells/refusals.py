"""Refusals: what forms offer to those who would rather not answer, in the languages that forms use."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from rmatch.io.cells.refusal_words import PATTERNS, STEMS, TELLING


def _unmarked(text: str) -> str:
    """Return a text in lower case without marks on letters; what has a dot in Turkish has one."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("\u0131", "i")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


LONGEST_REFUSAL = 100

_UNSURE = re.compile(
    r"(i )?(do not|don't|dont) know|not sure|unsure|n/?a|not applicable|unknown|unbekannt|inconnu|desconocido|onbekend|weiss (ich )?nicht|weiss nicht|ne sait pas"
    r"|no (lo )?se|no sabe|non so|non sa|weet (ik )?niet|nao sei|nao sabe|vet (inte|ej)|ved ikke|vet ikke|nie wiem"
)
"""What forms offer in one answer with a refusal."""
_OUTSIDE = "()*<>[].!,;:- "
_TELLING = frozenset(map(_unmarked, TELLING))
_STEM = re.compile(_unmarked(STEMS))
_BEYOND_LATIN = "\u0370"
_WORD = re.compile(r"(?:[^\W\d_]+-)*[^\W_]+(?:['’][^\W_]+)?")
_NUMBERED = re.compile(r"\(?\d{1,2}\s*[-.):=–]\s*")
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def refuses(text: str) -> bool:
    """Tell whether a text is no answer, but the wish to give none.

    Parameters
    ----------
    text : str
        A cell, or an item of a list.

    Returns
    -------
    bool
        Whether the whole text says so; a sentence that only holds such words is an answer.

    Examples
    --------
    >>> (
    ...     refuses("I do not wish to answer"),
    ...     refuses("9 - Keine Angabe"),
    ...     refuses("Je préfère ne pas répondre"),
    ... )
    (True, True, True)
    >>> (
    ...     refuses("Prefer to self-describe: genderfluid"),
    ...     refuses("I prefer not to meet on Fridays"),
    ...     refuses("No"),
    ... )
    (False, False, False)
    """
    if not text or len(text) > LONGEST_REFUSAL or "@" in text:
        return False
    # Names and addresses are different in each row: the costly look is for the few that could refuse at all.
    words = _unmarked(text)
    told = not _TELLING.isdisjoint(_WORD.findall(words))
    told = told or (max(words, default="") >= _BEYOND_LATIN and _STEM.search(words) is not None)
    return told and _refuses(text)


def unsure(text: str) -> bool:
    """Tell whether somebody answers that they do not know: an answer, which is counted as such.

    Parameters
    ----------
    text : str
        An answer.

    Returns
    -------
    bool
        Whether the whole text says so.

    Examples
    --------
    >>> unsure("Don't know"), unsure("(Weiß nicht)"), unsure("Not sure how to teach")
    (True, True, False)
    """
    return (
        len(text) <= LONGEST_REFUSAL
        and _UNSURE.fullmatch(_spaced(text).strip(_OUTSIDE)) is not None
    )


@cache
def _refusal() -> re.Pattern[str]:
    """Return the refusals of all languages as one pattern, which takes a while to be made: few tables need it."""
    return re.compile(_unmarked("|".join(PATTERNS)), re.VERBOSE)


@lru_cache(10_000)
def _refuses(text: str) -> bool:
    plain = _bare(text)
    if _refusal().fullmatch(plain):
        return True
    # The same in two languages, or "Don't know / prefer not to say", both of which are unknown.
    parts = re.split(r" ?[/|,;] ?| or | oder | ou | o | of ", plain)
    refused = [bool(_refusal().fullmatch(part)) for part in parts]
    known = all(own or _UNSURE.fullmatch(part) for own, part in zip(refused, parts, strict=True))
    return any(refused) and known


def _spaced(text: str) -> str:
    return " ".join(_unmarked(text).replace("’", "'").replace("_", " ").split())


def _bare(text: str) -> str:
    spaced = _spaced(text)
    number = _NUMBERED.match(spaced)
    worded = spaced[number.end() :] if number else spaced
    inner = worded.strip(_OUTSIDE)
    return inner if _refusal().fullmatch(inner) else _ASIDE.sub("", worded).strip(_OUTSIDE)
