"""What is said to people: English texts that know what fills their gaps, so that other languages can say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeAlias

from rmatch.utils.text import numeral

Gap: TypeAlias = "str | int | float | date | Listed"
"""What fills a gap: a message, a number, days, or words of the organisation's own, which nobody translates."""


class Share(float):
    """A number from 0 to 1 that is said in percent."""

    __slots__ = ()


class Message(str):
    """An English sentence, or a part of one, that other languages can say, too.

    It is its English text, and can be used as any text. What is cut out of it or glued to it is a text that nobody translates
    any more: what is made of messages is a message with these in its gaps.

    Attributes
    ----------
    text : str
        The English with its gaps open: what catalogues are asked for.
    many : str or None
        The same for a `count` that is not 1.
    gaps : dict of str to str, int, float, date or Listed
        What fills the gaps, by their names.

    Examples
    --------
    >>> Message("{count} pair", "{count} pairs", count=2)
    '2 pairs'
    """

    __slots__ = ("gaps", "many", "text")

    text: str
    many: str | None
    gaps: dict[str, Gap]

    def __new__(cls, text: str, many: str | None = None, /, **gaps: Gap) -> Self:
        """Say it in English."""
        words = text if many is None or gaps["count"] == 1 else many
        if gaps:
            words = words.format(**{name: _in_english(gap) for name, gap in gaps.items()})
        made = super().__new__(cls, cls.whole(words))
        made.text, made.many, made.gaps = text, many, gaps
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, str | None], Mapping[str, Gap]]:
        """Return what it is made of, for copies."""
        return (self.text, self.many), self.gaps

    @staticmethod
    def whole(words: str) -> str:
        """Return the words of any language as they stand."""
        return words


class Sentence(Message):
    """A message that begins with a capital letter, whatever it begins with.

    Examples
    --------
    >>> Sentence.of(Message("no pair"))
    'No pair.'
    """

    __slots__ = ()

    @classmethod
    def of(cls, part: str) -> Self:
        """Return a message as a sentence with its full stop."""
        return cls("{part}.", part=part)

    @staticmethod
    def whole(words: str) -> str:
        """Return the words of any language with a capital letter in front."""
        return f"{words[:1].upper()}{words[1:]}"


def _in_english(gap: Any) -> Any:
    if isinstance(gap, date):
        return f"{gap.day} {gap:%B %Y}"
    if isinstance(gap, Share):
        return f"{float(gap):.0%}"
    if isinstance(gap, float):
        return f"{gap:g}"
    return numeral(gap) if isinstance(gap, int) else gap


ALL = Message("{all} and {last}", all="", last="")
ANY = Message("{all} or {last}", all="", last="")


@dataclass(frozen=True, slots=True)
class Listed:
    """Several words that are named together, all of them or any.

    Attributes
    ----------
    words : tuple of str
        At least one.
    by : Message
        What joins the last one to the others.
    """

    words: tuple[str, ...]
    by: Message = ALL

    def __format__(self, _: str) -> str:
        """Return them in English."""
        *others, last = self.words
        return self.by.text.format(all=", ".join(others), last=last) if others else last


def about(subject: str, said: str) -> str:
    """Return what is said about a subject, if there is one.

    Examples
    --------
    >>> about("python", Message("no pair")), about("", "no pair")
    ('python: no pair', 'no pair')
    """
    return Message("{subject}: {said}", subject=subject, said=said) if subject else said


def joined(between: str, parts: Iterable[str]) -> Message:
    """Return messages one behind the other, with a sign that all languages write between them.

    Examples
    --------
    >>> joined("; ", [Message("no pair"), "python"])
    'no pair; python'
    """
    gaps = {f"part{number}": part for number, part in enumerate(parts)}
    return Message(between.join(f"{{{name}}}" for name in gaps), **gaps)
