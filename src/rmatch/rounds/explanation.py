"""What an explanation holds, and how it reads as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rmatch.formulas import Broken, Line
from rmatch.rounds.alternative import Alternative
from rmatch.utils.documents import Document
from rmatch.utils.shown import Shown
from rmatch.utils.sides import Side
from rmatch.utils.text import numeral

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
    """

    side: Side
    id: str
    points: int
    meets: tuple[str, ...]
    cost: Alternative | None
    possible: bool | None


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

    def __str__(self) -> str:
        """Return the explanation as text."""
        return "\n".join([*self._table(), *self.sentences])

    def _table(self) -> Iterator[str]:
        if self.points is None:
            return
        verb = "with" if self.paired else "and"
        yield f"{self.mentor} {verb} {self.mentee}: {numeral(self.points)} points"
        rows = list(_rows(self.lines))
        if not rows:
            return
        criteria, numbers, _ = zip(*rows, strict=True)
        first, second = max(map(len, criteria)), max(map(len, numbers))
        for criterion, points, reason in rows:
            yield f"  {criterion:<{first}}  {points:>{second}}  {reason}"


def _rows(lines: Iterable[Line]) -> Iterator[Row]:
    """Go through the lines as text, several topics that give nothing for one reason in one."""
    nothing = []
    for line in lines:
        if line.points:
            yield _row(line, line.subject)
        else:
            nothing.append(line)
    nothing.sort(key=lambda line: line.sentence)
    for _, group in groupby(nothing, lambda line: (line.criterion, line.sentence)):
        first, *more = group
        subjects = [line.subject for line in (first, *more) if line.subject]
        yield _row(first, ", ".join(subjects))


def _row(line: Line, subject: str) -> Row:
    reason = f"{subject}: {line.sentence}" if subject else line.sentence
    return line.criterion.replace("_", " "), numeral(line.points), reason
