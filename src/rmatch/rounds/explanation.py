"""What an explanation holds, and how it reads as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Literal

from rmatch.formulas import Broken, Line, criterion_words
from rmatch.programme import Unit
from rmatch.rounds.alternative import Alternative
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document
from rmatch.utils.languages import Language
from rmatch.utils.messages import Message, about, joined
from rmatch.utils.shown import Shown
from rmatch.utils.sides import Side
from rmatch.utils.text import aligned

Row = tuple[str, str, str]
Audience = Literal["admin", "participant"]
"""Who reads an explanation: the organiser, or the two themselves."""


@dataclass(frozen=True, slots=True)
class Other(Shown):
    """The other partner with the most points that one of the two could have.

    Attributes
    ----------
    side : {"mentor", "mentee"}
        Whose other partner.
    id : str
        The other partner.
    points : int
        What that pair would have.
    meets : tuple of str
        Whom the other partner meets in this matching.
    cost : Alternative or None
        What that pair would cost the programme, where that is known exactly.
    possible : bool or None
        Whether some matching has the pair; None where only solving once more would tell.
    rank, of : int
        How the partner of the pair stands among all whom that one of the two could have, rules and places go so far: 1 if
        none of them would have more points.
    """

    side: Side
    id: str
    points: int
    meets: tuple[str, ...]
    cost: Alternative | None
    possible: bool | None
    rank: int
    of: int


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Document):
    """Why two people are a pair, for the organiser or for the two themselves.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    audience : {"admin", "participant"}
        Who reads it. A participant's explanation holds no points, no other people, no demographic dimension and no
        lived topic that was not released.
    paired : bool
        Whether the two are a pair of the matching.
    points : int or None
        The points of the pair.
    lines : tuple of Line
        They add up to the points.
    broken : tuple of Broken
        The rules that forbid the pair.
    others : tuple of Other
        The best other partner of each.
    sentences : tuple of str
        The explanation in plain words.
    unit : Unit
        What points are told in.
    """

    mentor: str
    mentee: str
    audience: Audience
    paired: bool
    points: int | None
    lines: tuple[Line, ...]
    broken: tuple[Broken, ...]
    others: tuple[Other, ...]
    sentences: tuple[str, ...]
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    def __str__(self) -> str:
        """Return the explanation as text."""
        return self.text()

    def text(self, language: str = "en") -> str:
        """Return the explanation as text.

        What was kept of a pair, and read without the people, stands as it was kept.

        Parameters
        ----------
        language : str
            ``"en"``, ``"de"``, ``"es"`` or ``"fr"``; other languages than English need the extra ``letters``.

        Returns
        -------
        str
            The lines as a table, and the sentences.

        Raises
        ------
        InvalidInputError
            For a language without a catalogue.
        ModuleNotFoundError
            Where Babel, which reads catalogues, is not installed.
        """
        tongue = Language(language)
        told = [*self._table(tongue), *tongue.all(self.sentences)]
        return "\n".join([*told, *tongue.all(tongue.lacking)])

    def _table(self, tongue: Language) -> Iterator[str]:
        if self.points is None:
            return
        mentor, mentee, worth = (
            called(self.mentor),
            called(self.mentee),
            self.unit.worth(self.points),
        )
        if self.paired:
            yield tongue.say(
                Message(
                    "{mentor} with {mentee}: {worth}", mentor=mentor, mentee=mentee, worth=worth
                )
            )
        else:
            yield tongue.say(
                Message("{mentor} and {mentee}: {worth}", mentor=mentor, mentee=mentee, worth=worth)
            )
        yield from aligned([tongue.all(row) for row in self._rows()], "  ", right={1})

    def _rows(self) -> list[Row]:
        """Return the lines as text, several topics that give nothing for one reason in one."""
        figures = self.unit.figures([line.points for line in self.lines])
        told = list(zip(self.lines, figures, strict=True))
        rows = [_row([line], figure) for line, figure in told if line.points]
        nothing = sorted(
            (line for line in self.lines if not line.points), key=attrgetter("sentence")
        )
        alike = groupby(nothing, attrgetter("criterion", "sentence"))
        return [*rows, *(_row(list(lines), "0") for _, lines in alike)]


def _row(lines: Sequence[Line], figure: str) -> Row:
    subjects = joined(", ", (line.subject for line in lines if line.subject))
    return criterion_words(lines[0].criterion), figure, about(subjects, lines[0].sentence)
