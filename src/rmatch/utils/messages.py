"""What is said to people in their own language: messages, and the catalogues that translate them.

A message is an English text with named gaps and what fills them, so that every language says the same of the same things.
The catalogues are in the format of gettext, one a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from rmatch.utils.validation import choice, refuse

SOURCE = "en"
"""The language in which messages are written."""
ALL = "{all} and {last}"
ANY = "{all} or {last}"

Gap: TypeAlias = "str | int | date | Listed"


@dataclass(frozen=True, slots=True)
class Listed:
    """Several words that are named together, all of them or any.

    Attributes
    ----------
    words : tuple of str
        At least one.
    by : str
        The message that joins the last one to the others.
    """

    words: tuple[str, ...]
    by: str = ALL


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that is said.

    Attributes
    ----------
    text : str
        In English, with named gaps such as ``{partner}``; it is what the catalogues are asked for.
    gaps : mapping of str to str, int, date or Listed
        What fills them: words of the organisation's own, which nobody translates.
    """

    text: str
    gaps: Mapping[str, Gap] = field(default_factory=dict)


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
    >>> spoken = Message(
    ...     "You both speak {languages}.", {"languages": Listed(("English", "Deutsch"))}
    ... )
    >>> Language("en").say(spoken)
    'You both speak English and Deutsch.'
    >>> Language("fr").say(spoken)
    'Vous parlez tous les deux : English et Deutsch.'
    """

    def __init__(self, code: str) -> None:
        refuse(choice("language", "", code, languages()))
        self.code: str = code
        self.untranslated: set[str] = set()
        self._catalogue: Mapping[str, str] = {} if code == SOURCE else catalogue(code)

    def say(self, message: Message) -> str:
        """Return a message in this language; in English, and noted, where it has no words for it."""
        gaps = {name: self._filled(gap) for name, gap in message.gaps.items()}
        return self.words(message.text).format(**gaps)

    def words(self, text: str) -> str:
        """Return the words for an English text, its gaps still open."""
        if self.code == SOURCE:
            return text
        found = self._catalogue.get(text)
        if not found:
            self.untranslated.add(text)
            return text
        return found

    def _filled(self, gap: Gap) -> str:
        if isinstance(gap, date):
            return self._day(gap)
        if not isinstance(gap, Listed):
            return str(gap)
        *others, last = gap.words
        return self.words(gap.by).format(all=", ".join(others), last=last) if others else last

    def _day(self, day: date) -> str:
        if self.code == SOURCE:
            return f"{day.day} {day:%B %Y}"
        from babel.dates import format_date

        return format_date(day, "long", locale=self.code)


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
def catalogue(code: str) -> Mapping[str, str]:
    """Return what a language says for each English text.

    Parameters
    ----------
    code : str
        The language, one of :func:`languages`.

    Returns
    -------
    mapping of str to str
        By the English text.

    Raises
    ------
    ModuleNotFoundError
        Where Babel, which reads catalogues, is not installed.
    """
    try:
        from babel.messages.pofile import read_po
    except ModuleNotFoundError as error:
        message = f"{code!r} needs Babel: pip install 'reverse-mentoring[letters]'"
        raise ModuleNotFoundError(message, name="babel") from error
    with files("rmatch.utils").joinpath("locales", f"{code}.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}
