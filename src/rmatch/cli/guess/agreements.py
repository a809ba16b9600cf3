"""Questions by which people agree to something: to take part, or to the use of some of their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rmatch.cli.guess.questions import agrees, is_turned, purposes
from rmatch.cli.guess.vocabulary import bare
from rmatch.io import says_yes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Texts = Mapping[str, Sequence[str]]

_PROCESSING = re.compile(
    r"\b(process\w*|privacy|data|programme|program|take part|taking part|participat\w*|terms|datenschutz|daten|programm"
    r"|verarbeit\w*|teilnahme|donnees|traitement|participer|datos|tratamiento|participar)\b"
)
_ALL = re.compile(
    r"\b(demographic|diversity|personal|about me|about myself|persönlich\w*|personnel\w*|demografic\w*)\b"
)
BOTH = "match; report"
_ALONE = re.compile(r"\b(only|nur|seulement|uniquement|solo|solamente)\b")
_GENERAL = {"group", "band", "range", "identity", "status", "level", "background"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """A question for an agreement.

    Attributes
    ----------
    header : str
        Its column.
    yes, no : tuple of str
        The cells that agree, and those that do not.
    dimensions : tuple of str
        The demographic questions that it is about.
    purposes : str
        What the answers may be used for, as a mapping writes it.
    doubt : str
        Why it has to be checked; empty if it is sure.
    partly : mapping of str to str
        What answers may be used for that agree to a part of it.
    """

    header: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    purposes: str = ""
    doubt: str = ""
    partly: Mapping[str, str] = field(default_factory=dict)

    def meanings(self) -> dict[str, str]:
        """Return for what each answer lets others be used, as a mapping writes it."""
        return {
            **dict.fromkeys(self.yes, self.purposes),
            **self.partly,
            **dict.fromkeys(self.no, ""),
        }


def agreements(columns: Texts, dimensions: Sequence[str]) -> list[Agreement]:
    """Return the agreements among the columns of a table.

    Examples
    --------
    >>> [one] = agreements(
    ...     {"I agree that my age may be used for pairing": ["Yes", "No"]}, ["age group"]
    ... )
    >>> one.dimensions, one.purposes, one.yes, one.doubt
    (('age group',), 'match', ('Yes',), '')
    """
    found = []
    for header, cells in columns.items():
        if agrees(header):
            found.append(_agreement(header, list(dict.fromkeys(filter(None, cells))), dimensions))
    return found


def _agreement(header: str, texts: Sequence[str], dimensions: Sequence[str]) -> Agreement:
    said = {text: _says(text) for text in texts}
    yes = tuple(text for text, agreed in said.items() if agreed)
    no = tuple(text for text, agreed in said.items() if agreed is False)
    words = set(bare(header).split())
    about = tuple(name for name in dimensions if words & (set(bare(name).split()) - _GENERAL))
    partly = {text: purposes(text) for text, agreed in said.items() if agreed is None}
    if (
        about
        and partly
        and not is_turned(header)
        and all(map(_only, partly))
        and len(set(partly.values())) > 1
    ):
        # Who may agree to one of two uses only agrees to both with a plain yes.
        return Agreement(header, yes, no, about, BOTH, partly=partly)
    unclear = "its answers are more than yes and no" if partly else ""
    unclear = "it may say that people do not agree" if is_turned(header) else unclear
    if about:
        why = "" if purposes(header) else "it does not say what for"
        return Agreement(header, yes, no, about, purposes(header) or "match", unclear or why)
    if _ALL.search(bare(header)) and dimensions:
        why = unclear or "it does not name the questions that it is about"
        return Agreement(header, yes, no, tuple(dimensions), purposes(header) or "match", why)
    why = "" if _PROCESSING.search(bare(header)) else "it does not say to what people agree"
    return Agreement(header, yes, no, doubt=unclear or why)


def _only(text: str) -> bool:
    """Tell whether an answer agrees to one use alone."""
    return purposes(text) in {"match", "report"} and bool(_ALONE.search(bare(text)))


def _says(text: str) -> bool | None:
    """Tell whether a cell agrees; None if it says something else."""
    plain = says_yes(text)
    if plain is not None:
        return plain
    first = bare(text).split()[:1]
    if first and says_yes(first[0]) is not None:
        return says_yes(first[0])
    return (
        True
        if re.match(r"(i agree|i consent|einverstanden|j accepte|acepto)\b", bare(text))
        else None
    )
