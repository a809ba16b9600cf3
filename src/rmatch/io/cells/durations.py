"""Years in words: durations, bands and bounds, in the languages that forms use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from rmatch.io.cells.dates import plain

_UNITS = {
    1.0: "years year yrs yr jahren jahre jahr annees annee ans an anos ano anni anno jaren jaar lata lat roku rok ar y",
    1
    / 12: "months month mths mth mos mo monaten monate monat mon mois meses mes mesi mese maanden maand mnd"
    " miesiecy miesiace miesiac mies manader manad maneder maned mdr m",
    7
    / 365.25: "weeks week wks wk wochen woche semaines semaine semanas semana settimane settimana weken tygodni"
    " tygodnie tydzien veckor vecka uger uge uker uke",
    1
    / 365.25: "days day tagen tage tag jours jour dias dia giorni giorno dagen dni dzien dagar dage dager dag",
}
UNITS = {word: share for share, words in _UNITS.items() for word in words.split()}
_WORDS = (
    "a one ein eine einem einen un une una uno um uma een jeden ett et",
    "two zwei deux dos due dois twee dwa tva to",
    "three drei trois tres tre drie trzy",
    "four vier quatre cuatro quattro quatro cztery fyra fire",
    "five funf cinq cinco cinque vijf piec fem",
    "six sechs seis",
    "seven sieben sept siete",
    "eight acht huit ocho",
    "nine neun neuf nueve",
    "ten zehn dix diez",
    "eleven elf onze once",
    "twelve zwolf douze doce",
)
NUMBERS = {word: number for number, words in enumerate(_WORDS, 1) for word in words.split()}
NUMBERS |= dict.fromkeys(("fifteen", "funfzehn", "quinze", "quince"), 15)
NUMBERS |= dict.fromkeys(("twenty", "zwanzig", "vingt", "veinte"), 20)
_FRACTIONS = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4"})
_ALONE = {"½": 0.5, "¼": 0.25, "¾": 0.75}
LONGEST = 300
"""Nobody needs more to say how long: the time that the patterns take grows with the square of a text's length."""
_ISO = re.compile(
    "P" + "".join(rf"(?:(\d{{1,3}}(?:[.,]\d+)?){unit})?" for unit in "YMWD") + r"(?:T\d[\dHMS.,]*)?"
)
"""A duration in the form of ISO 8601, such as P2Y6M; hours are no share of a year worth counting."""
_ISO_SHARES = tuple(UNITS[unit] for unit in ("year", "month", "week", "day"))
HALF = ["and", "a", "half"]
_SHORTENED = (
    (re.compile(r"(?<=[a-z])\((?:s|e|n|en)\)"), ""),
    (
        re.compile(
            r"\bhalf a year\b|\ba half year\b|\bein halbes jahr\b|\bmedio ano\b|\bmezzo anno\b|\bmeio ano\b"
            r"|\b(?:een )?half jaar\b|\bpoł roku\b|\b(?:ett |et )?halvt? ar\b"
        ),
        "6 months",
    ),
    (
        re.compile(
            r"\b(?:one|a) and a half years?\b|\banderthalb jahre\b|\beineinhalb jahre\b|\banderhalf jaar\b"
            r"|\bpołtora roku\b"
        ),
        "18 months",
    ),
    (re.compile(r"(\d+) 1/2\b"), r"\1.5"),
    (re.compile(r"\b(zwei|drei|vier|funf)einhalb jahre\b"), r"\1 jahre and a half"),
    (re.compile(r"(\d+) 1/4\b"), r"\1.25"),
    (re.compile(r"(\d+) 3/4\b"), r"\1.75"),
    (re.compile(r"^1/2 (?=[a-z])"), "0.5 "),
    (re.compile(r"\bd'(une?)\b"), r"de \1"),
    (re.compile(r"\b(niz|ponad|ponizej) rok(?:u)?\b"), r"\1 1 rok"),
)

_UNIT = "(?:" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")(?![a-z])"
_NUMBER = r"\d+(?:[.,]\d+)?"
_WITH_UNIT = rf"{_NUMBER} ?{_UNIT}\.?"
_LENGTH = rf"(?:{_WITH_UNIT}(?:(?: ?, ?| ?& ?| (?:and|und|et|y|e|en|i|och|og) | ?){_WITH_UNIT})*|{_NUMBER})"
_PART = re.compile(rf"({_NUMBER}) ?({_UNIT})?")

_OPENER = r"(?:between|zwischen|entre|from|von|de|desde|da|tra|tussen|van|od|mellan|mellem|mellom|fran|fra) "
_SHORT_OF = (
    r"(?:(?:under|less than|unter|weniger als|moins de|menos de|meno di|minder dan|mniej niz"
    r"|mindre (?:an|end|enn)|<) ?)?"
)
_ABOVE = (
    r"more than|over|above|at least|minimum|min\.?|mehr als|uber|ab|mindestens|plus de|plus d'|au moins"
    r"|a partir de|mas de|al menos|piu di|oltre|almeno|mais de|acima de|pelo menos|meer dan|langer dan|minstens|ten minste"
    r"|ponad|powyzej|wiecej niz|co najmniej|mer (?:an|enn)|mere end|minst|mindst|>=|≥|>"
)
_BELOW = (
    r"less than|fewer than|under|below|up to|at most|weniger als|unter|bis zu|bis|hochstens|maximal|max\.?"
    r"|moins de|moins d'|jusqu'a|au plus|menos de|hasta|como maximo|meno di|fino a|al massimo|ate|no maximo|minder dan"
    r"|korter dan|tot|maximaal|hooguit|mniej niz|ponizej|do|najwyzej|mindre (?:an|end|enn)|hogst|højst|<=|≤|<"
)
_AND_MORE = (
    r"\+|or more|and more|and over|and above|or over|or longer|plus|und mehr|oder mehr|und langer"
    r"|oder langer|et plus|ou plus|o mas|y mas|o piu|e piu|e oltre|ou mais|of meer|en meer|of langer|i wiecej|lub wiecej"
    r"|eller mere?|eller flere?|och mer|og mere?"
)
_OR_LESS = (
    r"or less|or fewer|or under|oder weniger|und weniger|ou moins|et moins|o menos|y menos|o meno|ou menos"
    r"|of minder|lub mniej|eller mindre"
)
_ABOUT = (
    r"about|approximately|approx\.?|around|circa|ca\.?|c\.|etwa|ungefahr|rund|environ|aproximadamente|unos"
    r"|ongeveer|około|ok\.|cirka|~"
)
_AND_A_HALF = re.compile(rf"(\d+)( {_UNIT})? (?:and a half|et demie?|y medio|e mezzo|e meio)\b")
_CLOSED = re.compile(
    rf"(?:{_OPENER})?(?P<low>{_LENGTH}) ?(?:[-~]|\b(?:to|bis|a|until|hasta|tot|t/m|do|till?|ate)\b) ?{_SHORT_OF}(?P<high>{_LENGTH})"
    rf"|{_OPENER}(?P<least>{_LENGTH}) (?:and|und|et|y|e|en|a|och|og) (?P<most>{_LENGTH})"
)
_OPEN = re.compile(
    rf"(?:{_ABOVE}|{_BELOW}) ?(?P<bound>{_LENGTH})"
    rf"|(?P<first>{_LENGTH}) ?(?:{_AND_MORE}|{_OR_LESS})(?P<unit> ?{_UNIT}\.?)?"
)
_ROUGH = re.compile(rf"(?:{_ABOUT}) ?({_LENGTH})")
_EXACT = re.compile(_LENGTH)
_REMARK = re.compile(
    r" ?\([^()\d]*\)$"
    r"| (?:of |de |d')?(?:professional |work(?:ing)? )?"
    r"(?:experience|exp\.?|service|tenure|berufserfahrung|erfahrung|experiencia|anciennete|antiguedad)$"
    r"| (?:in the company|at the company|im unternehmen|im betrieb|dans l'entreprise|en la empresa)$"
)

_FOR = re.compile(r"^(?:for|since|seit|depuis|desde hace|da|sinds|al|od) (?=\d)")


@dataclass(frozen=True, slots=True)
class Length:
    """Years, and how they were read.

    Attributes
    ----------
    years : float
        How many.
    how : str
        ``"exact"``, ``"middle"`` of a band, ``"bound"`` of an open band, or ``"about"``.
    """

    years: float
    how: str


@lru_cache(10_000)
def length_of(text: str) -> Length | None:
    """Return the years that some words say, or nothing where they say none.

    Parameters
    ----------
    text : str
        The cell.

    Returns
    -------
    Length or None
        The middle of a band, the bound of an open one.

    Examples
    --------
    >>> length_of("2 years 6 months"), length_of("5-10"), length_of("15+ yrs")
    (Length(years=2.5, how='exact'), Length(years=7.5, how='middle'), Length(years=15.0, how='bound'))
    >>> length_of("2 ans et 6 mois").years, length_of("weniger als 1 Jahr").years, length_of("soon")
    (2.5, 1.0, None)
    """
    if len(text) > LONGEST:
        return None
    if text in _ALONE:
        return Length(_ALONE[text], "exact")
    if (iso := _ISO.fullmatch(text)) and any(iso.groups()):
        return Length(sum(map(mul, map(_number, iso.groups("0")), _ISO_SHARES)), "exact")
    bare = _in_digits(_FOR.sub("", _REMARK.sub("", plain(text.translate(_FRACTIONS)))))
    if _EXACT.fullmatch(bare):
        return _length(bare, "exact")
    if band := _CLOSED.fullmatch(bare):
        return _middle(band["low"] or band["least"], band["high"] or band["most"])
    if open_band := _OPEN.fullmatch(bare):
        bound = open_band["bound"] or f"{open_band['first']}{open_band['unit'] or ''}"
        return _length(bound, "bound")
    if rough := _ROUGH.fullmatch(bare):
        return _length(rough[1], "about")
    return None


def number_in_words(text: str) -> int | None:
    """Return the whole number that a word says.

    Examples
    --------
    >>> number_in_words("Fünf"), number_in_words("a"), number_in_words("a few")
    (5, None, None)
    """
    word = plain(text)
    return NUMBERS.get(word) if len(word) > 1 else None


def _in_digits(text: str) -> str:
    """Return a text with halves and number words before a unit in digits."""
    for pattern, digits in _SHORTENED:
        text = pattern.sub(digits, text)
    words = text.split()
    for position, word in enumerate(words[:-1]):
        further = words[position + 1].strip(".,")
        if word in NUMBERS and (further in UNITS or words[position + 1 : position + 4] == HALF):
            words[position] = str(NUMBERS[word])
    return _AND_A_HALF.sub(r"\1.5\2", " ".join(words))


def _length(text: str, how: str) -> Length | None:
    numbers, units = zip(*_PART.findall(text), strict=True)
    shares = [UNITS.get(unit, 1.0) for unit in units]
    # "6 months 2 years" is odd, and "2 years 3 years" a slip.
    if shares != sorted(set(shares), reverse=True):
        return None
    years = sum(map(mul, map(_number, numbers), shares))
    return Length(years, how)


def _middle(low: str, high: str) -> Length | None:
    if not _PART.search(low)[2]:  # type: ignore[index]  # both have a number in front
        units = _PART.findall(high)
        low = f"{low} {units[0][1]}" if len(units) == 1 else low
    first, last = _length(low, "middle"), _length(high, "middle")
    if first is None or last is None or first.years >= last.years:
        return None
    return Length((first.years + last.years) / 2, "middle")


def _number(text: str) -> float:
    return float(text.replace(",", "."))
