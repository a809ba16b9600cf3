"""Days of the week and clock times as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rmatch.people import DAYS, days_between
from rmatch.utils.validation import Malformed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = {
    "English": (
        "monday mondays mon mo",
        "tuesday tuesdays tues tue tu",
        "wednesday wednesdays weds wed we",
        "thursday thursdays thurs thur thu th",
        "friday fridays fri fr",
        "saturday saturdays sat sa",
        "sunday sundays sun su",
    ),
    "German": (
        "montag montags mon mo",
        "dienstag dienstags die di",
        "mittwoch mittwochs mit mi",
        "donnerstag donnerstags don do",
        "freitag freitags fre fr",
        "samstag samstags sonnabend sonnabends sam sa",
        "sonntag sonntags son so",
    ),
    "French": (
        "lundi lundis lun lu",
        "mardi mardis mar ma",
        "mercredi mercredis mer me",
        "jeudi jeudis jeu je",
        "vendredi vendredis ven ve",
        "samedi samedis sam sa",
        "dimanche dimanches dim di",
    ),
    "Spanish": (
        "lunes lun lu",
        "martes mar ma",
        "miercoles mie mi",
        "jueves jue ju",
        "viernes vie vi",
        "sabado sabados sab sa",
        "domingo domingos dom do",
    ),
    "Italian": (
        "lunedi lun lu",
        "martedi mar ma",
        "mercoledi mer me",
        "giovedi gio gi",
        "venerdi ven ve",
        "sabato sab sa",
        "domenica dom do",
    ),
    "Portuguese": (
        "segunda segundas seg",
        "terca tercas ter",
        "quarta quartas qua",
        "quinta quintas qui",
        "sexta sextas sex",
        "sabado sabados sab sa",
        "domingo domingos dom do",
    ),
    "Dutch": (
        "maandag maandags maandagen ma",
        "dinsdag dinsdags dinsdagen din di",
        "woensdag woensdags woensdagen woe wo",
        "donderdag donderdags donderdagen don do",
        "vrijdag vrijdags vrijdagen vrij vri vr",
        "zaterdag zaterdags zaterdagen zat za",
        "zondag zondags zondagen zon zo",
    ),
    "Polish": (
        "poniedziałek poniedziałki pon pn",
        "wtorek wtorki wt",
        "sroda srody sr",
        "czwartek czwartki czw cz",
        "piatek piatki pia pt",
        "sobota soboty sob sb",
        "niedziela niedziele niedz nie nd",
    ),
    "Swedish": (
        "mandag mandagar man",
        "tisdag tisdagar tis",
        "onsdag onsdagar ons",
        "torsdag torsdagar tors tor",
        "fredag fredagar fre",
        "lordag lordagar lor",
        "sondag sondagar son",
    ),
    "Danish": (
        "mandag mandage man ma",
        "tirsdag tirsdage tirs tir ti",
        "onsdag onsdage ons",
        "torsdag torsdage tors tor",
        "fredag fredage fre",
        "lørdag lørdage lør",
        "søndag søndage søn",
    ),
}
ANY = frozenset(LANGUAGES)
SPANS = {
    "weekdays": (0, 4),
    "weekday": (0, 4),
    "workdays": (0, 4),
    "werktags": (0, 4),
    "wochentags": (0, 4),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "wochenende": (5, 6),
    "werkdagen": (0, 4),
    "daily": (0, 6),
    "everyday": (0, 6),
    "taglich": (0, 6),
}
TO = r"(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\bbis\b|\ba\b|\bau\b|\bal\b|\bhasta\b|\btot\b|\balle\b|\bate\b)"
"""What stands between the ends of a span, accents taken off."""

_FILLERS = re.compile(
    r"\b(?:from|between|von|zwischen|de|du|des|le|les|el|los|on|am|jeden|every|chaque|cada|van|op"
    r"|dalle|das|w)\b(?=\s+\w)|-feiras?\b"
)
_DAY = re.compile(r"[^\W\d_]+\.?")
_TO_DAY = re.compile(rf"\s*{TO}\s*")
_LIST = re.compile(r"\s*(?:,|/|&|\+|;|\band\b|\bund\b|\bet\b|\by\b)?\s*")


def plain(text: str) -> str:
    """Return a text without accents, case and superfluous blanks.

    Examples
    --------
    >>> plain(" Miércoles  9h ")
    'miercoles 9h'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(mark for mark in apart if not unicodedata.combining(mark)).split())


@cache
def days_called(word: str) -> dict[int, tuple[str, ...]]:
    """Return the days that a word stands for, each with the languages in which it does.

    Examples
    --------
    >>> days_called("mi")
    {2: ('German', 'Spanish')}
    >>> days_called("di")
    {1: ('German', 'Dutch'), 6: ('French',)}
    """
    found: dict[int, tuple[str, ...]] = {}
    for language, days in LANGUAGES.items():
        for day, words in enumerate(days):
            if word in words.split():
                found[day] = (*found.get(day, ()), language)
    return found


def languages_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the languages in which all the words for days in some texts are such.

    Examples
    --------
    >>> sorted(languages_of(["Di 9:00-11:00", "Mo 9:00-11:00"]))
    ['German']
    """
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", plain(text))}
    spoken = [
        {language for each in found.values() for language in each}
        for word in words
        if (found := days_called(word))
    ]
    # Where days of several languages stand side by side, none of them tells how the others are meant.
    return ANY.intersection(*spoken) or ANY


class Reader:
    """Reads along a text from left to right.

    Parameters
    ----------
    text : str
        What is read.
    languages : frozenset of str
        Those in which its days may be written.
    """

    def __init__(self, text: str, languages: frozenset[str]) -> None:
        self.text: str = text
        self.languages: frozenset[str] = languages
        self.rest: str = _FILLERS.sub(" ", plain(text.replace("\n", "; "))).strip()

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what comes next, if it is of a form."""
        match = pattern.match(self.rest)
        if match:
            self.rest = self.rest[match.end() :]
        return match

    def days(self) -> tuple[int, ...]:
        """Take the days that come next: one, several, or from one to another; none where there are none."""
        listed: list[int] = []
        while span := self._span():
            listed += span
            before = self.rest
            self.take(_LIST)
            if self._day() is None:
                # What stands before the hours, such as a colon or a comma.
                self.rest = before
                break
        return tuple(dict.fromkeys(listed))

    def days_follow(self) -> bool:
        """Tell whether a day comes next."""
        self.rest = self.rest.strip()
        return self._day() is not None

    def _span(self) -> tuple[int, ...]:
        word = self._word()
        if word in SPANS:
            self.take(_DAY)
            return days_between(*SPANS[word])
        first = self._day()
        if first is None:
            return ()
        self.take(_DAY)
        before = self.rest
        last = self._day() if self.take(_TO_DAY) else None
        if last is None:
            self.rest = before
            return (first,)
        self.take(_DAY)
        return days_between(first, last)

    def _word(self) -> str:
        match = _DAY.match(self.rest)
        return match[0].removesuffix(".") if match else ""

    def _day(self) -> int | None:
        word = self._word()
        if word in SPANS:
            return SPANS[word][0]
        named = {
            day: [each for each in spoken if each in self.languages]
            for day, spoken in days_called(word).items()
        }
        days = [day for day, spoken in named.items() if spoken]
        if len(days) > 1:
            meanings = " and ".join(f"{DAYS[day]} in {named[day][0]}" for day in days)
            raise Malformed(
                self.text, f"is not clear: {shown(word)} is {meanings}", "write the day in full"
            )
        return days[0] if days else None
