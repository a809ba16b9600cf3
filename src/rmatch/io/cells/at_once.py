"""Ids and addresses: they differ in each row, and nearly all say just what they are, without a closer look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.io.cells.cell import Cell, Habits

    Parser = Callable[[Cell, Habits], Any]

IDENTIFIER = re.compile(r"[!#-~]{,60}[0-9@][!#-~]{,60}")
"""A word of ASCII, without double quotes, that holds a digit or an @, as no place-holder does."""
ADDRESS = re.compile(r"[!#-~]{,60}@[!#-~]{,60}")
"""The same with an @, as no refusal has it either."""


def at_once(sure: re.Pattern[str], parser: Parser) -> Parser:
    """Return what takes a text as it stands where a pattern makes sure that a parser would, and else asks the parser.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> read = at_once(ADDRESS, lambda cell, habits: "something else")
    >>> read("mia@example.org", Habits()), read("mia", Habits())
    ('mia@example.org', 'something else')
    """

    def read(cell: Cell, habits: Habits) -> Any:
        if type(cell) is str and not habits.values and sure.fullmatch(cell):
            return cell
        return parser(cell, habits)

    return read
