"""How plausible a word is that an encoding reads: letters where words have letters, of one language, in an order it knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GERMAN = "äöüß"
WESTERN = (
    *(_GERMAN, "àâæçéèêëîïôœùûüÿ", "áéíóúüñçà", "áâãàçéêíóôõúü", "àèéìíîòóùú"),
    *("áéëïíóöúüè", "æøåéèêòóôäöü", "åäöéüà", "áðéíóúýþæö", "äöüõšž", "éèïçêôüöäáñ"),
)
CENTRAL = (
    *(_GERMAN, "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž"),
    *("áéíóöőúüű", "čćđšž", "ăâîşţșțé"),
)
CYRILLIC = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
)
GREEK = ("αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",)
TURKISH = ("çğıöşüâîûiİ",)
BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž")
ALPHABETS = {
    "cp1252": WESTERN,
    "mac_roman": WESTERN,
    "cp850": WESTERN,
    "cp1250": CENTRAL,
    "iso8859_2": CENTRAL,
    "mac_latin2": CENTRAL,
    "cp852": CENTRAL,
    "cp1251": CYRILLIC,
    "koi8_r": CYRILLIC,
    "mac_cyrillic": CYRILLIC,
    "cp866": CYRILLIC,
    "cp1253": GREEK,
    "cp1254": TURKISH,
    "cp1257": BALTIC,
}
"""The letters beyond ASCII of the languages that each encoding was made for."""

# Spelling tells letters apart that share a byte: no Polish word has ń before a vowel, as Spanish always has ñ; ì and ò
# stand at the end of Italian words only; Portuguese has õ before e and s; no Danish or French word ends in æ.
_MISSPELT = tuple(
    re.compile(pattern)
    for pattern in (
        *(
            "[ńśź][aeiouyąęóáéíúýěů]",
            "ă[aeo]",
            "[aeo]ă",
            "ř[bcdfghklmpstvz]",
            "ď[bcfghlprstvz]",
            "ŕ",
        ),
        *("ñ([^aeiouáéíóúü]|$)", "œ([^uidst]|$)", "æ$", "[ìò].", "õ([^es]|$)", "[þðý]"),
    )
)
_VOWELS = frozenset("aeiouyäöüáéíóúýàèìòùâêîôûãõåæøœëïÿąęěůőűăāēīūėįųαεηιουωάέήίόύώаеёиоуыэюяіїє")
_BEFORE, _AFTER = frozenset("‘“„‚«–—…¿¡•\xa0"), frozenset("’”“»–—…ªº°®™\xa0")
SYMBOL, MIXED, CASE, FOREIGN, ODD = 4, 3, 3, 2, 1


@lru_cache(20_000)
def implausibility(word: str, encoding: str) -> int:
    """Return how odd a word is as an encoding reads it: 0 for one that somebody may have written.

    Parameters
    ----------
    word : str
        Letters of ASCII and what bytes beyond ASCII are read as.
    encoding : str
        A key of `ALPHABETS`.

    Returns
    -------
    int
        The sum of what is odd about it.

    Examples
    --------
    >>> implausibility("zarządzanie", "cp1250"), implausibility("zarz¹dzanie", "cp1252")
    (0, 4)
    >>> implausibility("Präsentieren", "mac_roman"), implausibility("PrŠsentieren", "cp1252")
    (0, 4)
    """
    odd = sum(SYMBOL for place, letter in enumerate(word) if _is_symbol(word, place, letter))
    letters = [letter for letter in word if letter.isalpha()]
    strange = {_small(letter) for letter in letters if not letter.isascii()}
    odd += ODD * any(dash in word[1:-1] for dash in "–—")
    odd += MIXED * (len({_script(letter) for letter in letters}) > 1)
    odd += CASE * _changes_case(word)
    if not any(strange <= frozenset(alphabet) for alphabet in ALPHABETS[encoding]):
        odd += FOREIGN
    lower = word.lower()
    odd += FOREIGN * any(pattern.search(lower) for pattern in _MISSPELT)
    return odd + _crowding(lower, strange)


def _is_symbol(word: str, place: int, letter: str) -> bool:
    """Tell whether a sign that is no letter stands where a letter should: quotes and dashes may stand around a word."""
    if letter.isalpha() or letter in "’–—" or (letter in "²³" and len(word) <= len("km²")):
        return False
    around = _BEFORE if place == 0 else _AFTER if place == len(word) - 1 else ()
    return letter not in around


def _small(letter: str) -> str:
    """Return the small letter; of İ, which would become two letters, itself."""
    small = letter.lower()
    return small if len(small) == 1 else letter


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _changes_case(word: str) -> bool:
    """Tell whether a letter beyond ASCII is a capital after a small letter, or small among capitals."""
    for place, letter in enumerate(word[1:], 1):
        near = word[place - 1] + word[place + 1 : place + 2]
        if not letter.isascii() and letter.isupper() and any(map(str.islower, near)):
            return True
    ascii_letters = [letter for letter in word if letter.isascii()]
    shouted = len(ascii_letters) > 2 and all(letter.isupper() for letter in ascii_letters)
    return shouted and any(letter.islower() and letter != "ß" for letter in word)


def _crowding(word: str, strange: set[str]) -> int:
    """Count what no language stacks up: accents one after the other, and a strange letter in a heap of its kind."""
    latin = sum(1 for letter in word if letter in strange and _script(letter) == "LATIN")
    if latin > 2 and latin > 0.8 * len(word):
        return MIXED
    for place, letter in enumerate(word):
        if letter in strange:
            around = word[max(0, place - 1) : place + 2]
            kinds = {near in _VOWELS for near in around if near.isalpha()}
            if len(around) == 3 and len(kinds) == 1:
                return ODD
    return 0
