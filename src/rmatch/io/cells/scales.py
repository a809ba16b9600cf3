"""Cells that say whether, or how well: yes and no, grades, the words of a scale."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.alike import UNSCALED, Alike
from rmatch.io.cells.amounts import grade_of
from rmatch.io.cells.answers import says_yes
from rmatch.io.cells.cell import NUMBER, scalar_of, text_of
from rmatch.io.cells.items import literal
from rmatch.io.cells.parsers import MOST_LEVELS, check_named
from rmatch.io.columns import SEPARATOR
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rmatch.io.cells.at_once import Parser
    from rmatch.io.cells.cell import Cell, Habits

OUT_OF = "out of"
"""The mark of a grade that says out of how many it is."""
_INTEGER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Scale:
    """What cells say about one item, or about a whole list.

    Attributes
    ----------
    words : mapping of str to int or None
        The level of each word by its folded form, None where it says that the item is not chosen.
    flags : bool
        Whether 1 and 0 are yes and no, and no levels.
    graded : bool
        Whether there are levels at all.
    coded : bool
        Whether 1 and 2 are all the numbers there are: survey tools code yes and no so.
    """

    words: Mapping[str, int | None] = field(default_factory=dict)
    flags: bool = False
    graded: bool = True
    coded: bool = False

    def read(
        self, text: str, habits: Habits, echoes: Iterable[str] = ()
    ) -> tuple[bool, int | None]:
        """Return whether an item is chosen and at which level, None where that is not said.

        Parameters
        ----------
        text : str
            What the cell says.
        habits : Habits
            Where it is noted how the number was found.
        echoes : iterable of str
            Texts that only repeat the item.

        Raises
        ------
        Malformed
            If it says neither.

        Examples
        --------
        >>> from rmatch.io.cells.cell import Habits
        >>> scale = Scale({"veryconfident": 5, "notconfident": None})
        >>> [
        ...     scale.read(text, Habits())
        ...     for text in ("Very confident", "Not confident", "yes", "4/5", "0")
        ... ]
        [(True, 5), (False, None), (True, None), (True, 4), (False, None)]
        """
        word = fold(text)
        if word in self.words:
            return self.words[word] is not None, self.words[word]
        level = _INTEGER.fullmatch(text) and self.graded and not self.flags and int(text)
        chosen = says_yes(text)
        if chosen is not None and not level:
            return chosen, None
        if any(_repeats(text, echo) for echo in echoes):
            return True, None
        return True, self._grade(text, habits)

    def _grade(self, text: str, habits: Habits) -> int:
        if not self.graded:
            raise Alike(UNSCALED, text)
        try:
            grade, most = grade_of(text)
        except Malformed:
            raise Alike(UNSCALED, text) from None
        if not (1 <= grade <= MOST_LEVELS and grade == int(grade)):
            raise Alike(UNSCALED, text)
        if not _INTEGER.fullmatch(text):
            habits.marks.add(NUMBER, text)
        if most:
            habits.marks.add(OUT_OF, text)
        return int(grade)


def _repeats(text: str, echo: str) -> bool:
    """Tell whether a cell says an item again, or what the header of its column ends with."""
    return fold(text) == fold(echo) or bool(
        re.search(rf"\W{re.escape(text)}\W*$", echo, re.IGNORECASE)
    )


def scale_of(
    words: Mapping[str, int | None], columns: Iterable[Iterable[Any]], *, graded: bool
) -> Scale:
    """Return how the cells of columns are read that all have one scale.

    Parameters
    ----------
    words : mapping of str to int or None
        What a mapping says of words.
    columns : iterable of iterable
        All their cells: where no number but 0 and 1 is among them, these mean no and yes.
    graded : bool
        Whether there are levels.

    Returns
    -------
    Scale
        How to read them.

    Examples
    --------
    >>> scale_of({}, [["1", "0"], ["", "1"]], graded=True).flags
    True
    >>> scale_of({}, [["1", "0"], ["", "3"]], graded=True).flags
    False
    """
    written = (cell for cells in columns for cell in cells if isinstance(cell, str | int | float))
    numbers = {text for text in map(text_of, set(written)) if _INTEGER.match(text)}
    flags = bool(numbers) and numbers <= {"0", "1"} and "1" not in words
    return Scale(words, flags, graded, numbers == {"1", "2"} and words.keys().isdisjoint(numbers))


def option_parser(item: str, scale: Scale, kind: str, echoes: Iterable[str] = ()) -> Parser:
    """Return what reads the cells of a column that is about one item of a list.

    An item that is not chosen is None, and a cell that does not say it an empty list.
    """
    echoes = (item, *echoes)
    without: Any = () if kind == "set" else {}

    def read(cell: Cell, habits: Habits) -> Any:
        text = scalar_of(cell, habits)
        if not text:
            return without
        chosen, level = scale.read(text, habits, echoes)
        if not chosen:
            return None
        return (item,) if kind == "set" else {item: level}

    return read


def rank_parser(priority: int) -> Parser:
    """Return what reads a column that holds one choice of several, all with the same priority."""

    def read(cell: Cell, habits: Habits) -> Any:
        text = scalar_of(cell, habits)
        check_named([text] if text else [], habits)
        if SEPARATOR in text and not text.startswith('"'):
            remedy = "leave one in it, or put it into double quotes if it is one"
            raise Malformed(text, "holds several choices where each column is one", remedy)
        return {literal(text): priority} if text else {}

    return read


def level_parser(scale: Scale) -> Parser:
    """Return what reads the level of a whole list: 0 where nothing of it is meant, None where it is not said."""

    def read(cell: Cell, habits: Habits) -> int | None:
        text = scalar_of(cell, habits)
        if not text:
            return None
        chosen, level = scale.read(text, habits)
        return level if chosen else 0

    return read
