"""The languages in which messages are said: catalogues in the format of gettext, one a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from rmatch.utils.messages import Gap, Listed, Message, Share
from rmatch.utils.text import GROUPED
from rmatch.utils.validation import choice, refuse

SOURCE = "en"
"""The language in which messages are written."""


class Language:
    """A language in which messages are said.

    Parameters
    ----------
    code : str
        Such as ``"de"``; see :func:`languages`.

    Attributes
    ----------
    untranslated : set of str
        The messages that it has no words for so far, and that were said in English.

    Raises
    ------
    InvalidInputError
        For a language without a catalogue.
    ModuleNotFoundError
        Where Babel, which reads catalogues, is not installed.

    Examples
    --------
    >>> spoken = Message("You both speak {languages}.", languages=Listed(("English", "Deutsch")))
    >>> Language("en").say(spoken)
    'You both speak English and Deutsch.'
    >>> Language("de").say(spoken)
    'Sie sprechen beide: English und Deutsch.'
    """

    def __init__(self, code: str) -> None:
        refuse(choice("language", "", code, languages()))
        self.code: str = code
        self.untranslated: set[str] = set()
        self._known = NullTranslations()
        if code != SOURCE:
            self._known = GNUTranslations(BytesIO(catalogue(code)))
            self._known.add_fallback(_Noting(self.untranslated))

    def say(self, said: str) -> str:
        """Return a message in this language; in English, and noted, where it has no words for it.

        A text that is no message is returned as it is.
        """
        if self.code == SOURCE or not isinstance(said, Message):
            return str(said)
        gaps = {name: self._filled(gap) for name, gap in said.gaps.items()}
        words = self._words(said)
        return said.whole(words.format(**gaps) if gaps else words)

    def all(self, said: Iterable[str]) -> list[str]:
        """Return several messages in this language."""
        return [self.say(each) for each in said]

    @property
    def lacking(self) -> tuple[Message, ...]:
        """What is said below a text some of whose messages have no words in this language; nothing where all have."""
        count = len(self.untranslated)
        note = Message(
            "Without a translation, and so in English: {count} text.",
            "Without a translation, and so in English: {count} texts.",
            count=count,
        )
        return (note,) * bool(count)

    def _words(self, said: Message) -> str:
        """Return the words for a message, its gaps still open."""
        count = said.gaps.get("count")
        if is_wordless(said.text):
            return said.text
        if said.many is None or not isinstance(count, int | float):
            return self._known.gettext(said.text)
        # What is no whole number is several.
        return self._known.ngettext(said.text, said.many, int(count) if count % 1 == 0 else 2)

    def _filled(self, gap: Gap) -> str:
        if isinstance(gap, str):
            return self.say(gap)
        if isinstance(gap, Listed):
            *others, last = self.all(gap.words)
            return self._words(gap.by).format(all=", ".join(others), last=last) if others else last
        return self._number(gap) if isinstance(gap, int | float) else self._day(gap)

    def _number(self, number: float) -> str:
        from babel.numbers import format_decimal, format_percent

        if isinstance(number, Share):
            return str(format_percent(number, locale=self.code))
        grouped = abs(number) >= GROUPED
        return str(format_decimal(number, locale=self.code, group_separator=grouped))

    def _day(self, day: date) -> str:
        from babel.dates import format_date

        return str(format_date(day, "long", locale=self.code))


class _Noting(NullTranslations):
    """What is asked where a catalogue has no words: the English, noted."""

    def __init__(self, noted: set[str]) -> None:
        super().__init__()
        self._noted = noted

    def gettext(self, message: str) -> str:
        self._noted.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


_GAP = re.compile(r"\{\w+\}")


@cache
def is_wordless(text: str) -> bool:
    """Tell whether a message has nothing but gaps and signs that all languages write alike; some put a blank before a colon."""
    return not any(letter.isalpha() or letter == ":" for letter in _GAP.sub("", text))


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, and English.

    Examples
    --------
    >>> languages()
    ('de', 'en', 'es', 'fr')
    """
    found = (path.name for path in files("rmatch.utils").joinpath("locales").iterdir())
    return tuple(
        sorted([SOURCE, *(name.removesuffix(".po") for name in found if name.endswith(".po"))])
    )


@cache
def catalogue(code: str) -> bytes:
    """Return what a language says for each English text.

    Parameters
    ----------
    code : str
        The language, one of :func:`languages`.

    Returns
    -------
    bytes
        A compiled catalogue of gettext.

    Raises
    ------
    ModuleNotFoundError
        Where Babel, which reads catalogues, is not installed.
    """
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ModuleNotFoundError as error:
        message = f"{code!r} needs Babel: pip install 'reverse-mentoring[letters]'"
        raise ModuleNotFoundError(message, name="babel") from error
    compiled = BytesIO()
    with files("rmatch.utils").joinpath("locales", f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    return compiled.getvalue()
