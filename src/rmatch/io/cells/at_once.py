"""Texts of a column that say just what they are: nearly all ids and addresses, which differ in each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from rmatch.io.cells.cell import Cell, Habits

Parser = Callable[[Cell, Habits], Any]
Known = Callable[[Iterable[str], Habits], dict[str, Any]]

IDENTIFIER = re.compile(r"[!#-~]{,60}[0-9@][!#-~]{,60}")
"""A word of ASCII, without double quotes, that holds a digit or an @, as no place-holder does."""
ADDRESS = re.compile(r"[!#-~]{,60}@[!#-~]{,60}")
"""The same with an @, as no refusal has it either."""


class AtOnce:
    """What reads cells one by one, and knows of many texts at once what it would read.

    Parameters
    ----------
    parser : callable
        What reads a cell.
    known : callable
        Returns what some of the texts of a column say.
    """

    def __init__(self, parser: Parser, known: Known) -> None:
        self.parser: Parser = parser
        self.known: Known = known

    def __call__(self, cell: Cell, habits: Habits) -> Any:
        """Read a cell."""
        return self.parser(cell, habits)


def at_once(sure: re.Pattern[str], parser: Parser) -> AtOnce:
    """Return what takes texts as they stand where a pattern makes sure that a parser would.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> read = at_once(ADDRESS, lambda cell, habits: "something else")
    >>> read.known(["mia@example.org", "mia"], Habits()), read("mia", Habits())
    ({'mia@example.org': 'mia@example.org'}, 'something else')
    """

    def known(texts: Iterable[str], habits: Habits) -> dict[str, Any]:
        taken = [] if habits.values else list(filter(sure.fullmatch, texts))
        return dict(zip(taken, taken, strict=True))

    return AtOnce(parser, known)
