"""Lists of topics read item by item: few items are different where a hundred thousand lists are."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.cells.cell import Cell, Habits
    from rmatch.io.cells.parsers import Parser

    Topic = tuple[str, int | None]


def by_item(parser: Parser, lists: Mapping[str, Sequence[str]], habits: Habits) -> Parser:
    """Return what reads the lists of a column as a parser does, and each different item once.

    Parameters
    ----------
    parser : callable
        What reads lists of topics.
    lists : mapping of str to sequence of str
        The items of texts that are nothing but these items.
    habits : Habits
        How the lists are written.

    Returns
    -------
    callable
        The parser itself reads every list with an item that is not just a topic, or with a topic twice.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> from rmatch.io.cells.parsers import PARSERS
    >>> read = by_item(PARSERS["levels"], {"AI:2; SQL": ["AI:2", "SQL"]}, Habits())
    >>> read("AI:2; SQL", Habits()), read("AI; ai:3", Habits())
    ({'AI': 2, 'SQL': None}, {'AI': 3})
    """
    items = dict.fromkeys(chain.from_iterable(lists.values()))
    topics = {item: topic for item in items if (topic := _topic(parser, item, habits))}
    named = {topic for topic, _ in topics.values()}
    if len({*map(fold, named)}) < len(named):  # a topic in two spellings may come twice in a list
        return parser

    def read(cell: Cell, habits: Habits) -> Any:
        own = lists.get(cell, ()) if type(cell) is str else ()
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
