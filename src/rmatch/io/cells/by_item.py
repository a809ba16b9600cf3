"""Lists of topics read item by item: few items are different where a hundred thousand lists are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from rmatch.io.cells.cell import Cell, Habits
    from rmatch.io.cells.delimiters import Listed
    from rmatch.io.cells.parsers import Parser

    Topic = tuple[str, int | None]


def by_item(parser: Parser, known: Listed, habits: Habits) -> Parser:
    """Return what reads the lists of a column as a parser does, and each different item once.

    Parameters
    ----------
    parser : callable
        What reads lists of topics.
    known : Listed
        The items of the column.
    habits : Habits
        How the lists are written.

    Returns
    -------
    callable
        The parser itself reads arrays, and every list with an item that is not just a topic, or with a topic twice.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> from rmatch.io.cells.delimiters import listed
    >>> from rmatch.io.cells.parsers import PARSERS
    >>> read = by_item(PARSERS["levels"], listed({"AI:2; SQL": 1}, Habits()), Habits())
    >>> read("AI:2; SQL", Habits()), read("AI; ai:3", Habits())
    ({'AI': 2, 'SQL': None}, {'AI': 3})
    """
    topics = {item: topic for item in known.items if (topic := _topic(parser, item, habits))}
    named = {topic for topic, _ in topics.values()}
    if len({*map(fold, named)}) < len(named):  # a topic in two spellings may come twice in a list
        return parser

    def read(cell: Cell, habits: Habits) -> Any:
        listed = type(cell) is str and not cell.lstrip().startswith("[")
        own = known.lists.get(cell, ()) if listed else ()
        try:
            union = dict(map(topics.__getitem__, own))
        except KeyError:
            union = {}
        return union if union and len(union) == len(own) else parser(cell, habits)

    return read


def _topic(parser: Parser, item: str, habits: Habits) -> Topic | None:
    """Return what an item says if it is a topic, and there is nothing to tell about it."""
    try:
        value = parser([item], habits)
    except Malformed:
        value = {}
    told = habits.marks.taken()
    return None if told or len(value) != 1 else next(iter(value.items()))
