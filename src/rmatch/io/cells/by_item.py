"""Lists of topics read item by item: few items are different where a hundred thousand lists are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.cells.at_once import AtOnce, Parser
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.io.cells.cell import Habits
    from rmatch.io.cells.delimiters import Listed

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
        What knows all lists of topics, each topic once. The parser itself reads arrays, and every list with an item
        that is not just a topic, or with a topic twice.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> from rmatch.io.cells.delimiters import listed
    >>> from rmatch.io.cells.parsers import PARSERS
    >>> texts = {"AI:2; SQL": 1, "AI:2; AI:3": 1}
    >>> by_item(PARSERS["levels"], listed(texts, Habits()), Habits()).known(texts, Habits())
    {'AI:2; SQL': {'AI': 2, 'SQL': None}}
    """
    topics = {item: topic for item in known.written if (topic := _topic(parser, item, habits))}
    named = {topic for topic, _ in topics.values()}
    if len({*map(fold, named)}) < len(named):  # a topic in two spellings may come twice in a list
        return parser

    def lists(texts: Iterable[str], _: Habits) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for text in texts:
            own = known.lists.get(text, ())
            try:
                union = dict(map(topics.__getitem__, own))
            except KeyError:
                continue
            if union and len(union) == len(own) and not text.lstrip().startswith("["):
                found[text] = union
        return found

    return AtOnce(parser, lists)


def _topic(parser: Parser, item: str, habits: Habits) -> Topic | None:
    """Return what an item says if it is a topic, and there is nothing to tell about it."""
    try:
        value = parser([item], habits)
    except Malformed:
        value = {}
    told = habits.marks.taken()
    return None if told or len(value) != 1 else next(iter(value.items()))
