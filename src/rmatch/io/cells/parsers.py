"""Parsers: how a cell of each kind of column is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import meant, number_of, only, sane, scalar_of, text_of, texts_of
from rmatch.io.cells.items import literal, topic_and_number
from rmatch.io.cells.years import years_of
from rmatch.people import PURPOSES, ROLES, UNSET, intervals, offset
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rmatch.io.cells.cell import Cell, Habits

    Parser = Callable[[Cell, Habits], Any]

CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")
MOST_PARTNERS = 1_000_000


def _plain(cell: Cell, habits: Habits) -> str | None:
    return sane(meant(text_of(only(cell)), habits)) or None


def _id(cell: Cell, habits: Habits) -> str:
    text = literal(_plain(cell, habits) or "")
    if not text:
        raise Malformed(None, "the id is empty", "every person needs one")
    if CONTROL.search(text):
        raise Malformed(ascii(text), "holds characters that do not print", "remove them")
    return text


def _text(cell: Cell, habits: Habits) -> str | None:
    return literal(scalar_of(cell, habits)) or None


def _role(cell: Cell, habits: Habits) -> int:
    text = scalar_of(cell, habits)
    remedy = "give mentor, mentee, both or none"
    if not text:
        raise Malformed(None, "the role is not known", remedy)
    if text.casefold() not in ROLES:
        raise Malformed(text, "is not a role", remedy)
    return ROLES[text.casefold()]


def _hours(cell: Cell, habits: Habits) -> str | None:
    text = scalar_of(cell, habits)
    intervals(text)
    return text or None


def _zone(cell: Cell, habits: Habits) -> str | None:
    text = scalar_of(cell, habits)
    if text:
        offset(text)
    return text or None


def _capacity(cell: Cell, habits: Habits) -> int:
    text = scalar_of(cell, habits)
    return _whole(text, 0, MOST_PARTNERS) if text else UNSET


def _whole(text: str, least: int, most: int) -> int:
    number = number_of(text)
    if not least <= number <= most or number != int(number):
        raise Malformed(
            text, f"is not a whole number from {least} to {most:,}", "give one, or nothing"
        )
    return int(number)


def _set(cell: Cell, habits: Habits) -> tuple[str, ...]:
    labels = map(literal, texts_of(cell, habits))
    return tuple(dict.fromkeys(label for label in labels if label))


def _levels(cell: Cell, habits: Habits) -> dict[str, int | None]:
    if isinstance(cell, Mapping):
        return united(
            [{_named(text_of(topic), habits): _level(number)} for topic, number in cell.items()]
        )
    return united([_topic(item, habits) for item in texts_of(cell, habits)])


def _priorities(cell: Cell, habits: Habits) -> dict[str, int]:
    return {topic: number or 1 for topic, number in _levels(cell, habits).items()}


def _topic(item: str, habits: Habits) -> dict[str, int | None]:
    if not habits.levels:
        return {_named(literal(item)): None}
    return _numbered_topic(item)


@lru_cache(10_000)
def _numbered_topic(item: str) -> dict[str, int | None]:
    topic, number = topic_and_number(item)
    return {_named(topic): _level(number)}


def _named(topic: str, habits: Habits | None = None) -> str:
    known = sane(meant(topic, habits) if habits else topic)
    if not known:
        raise Malformed(None, "a topic has no name", "give it one")
    return known


def _level(number: Cell) -> int | None:
    text = text_of(number)
    return _whole(text, 1, 9) if text else None


def united(parts: Iterable[Mapping[str, int | None]]) -> dict[str, int | None]:
    """Return topics of several lists as one.

    Raises
    ------
    Malformed
        If a topic has two different numbers.
    """
    spelled: dict[str, str] = {}
    whole: dict[str, int | None] = {}
    for topic, number in (pair for part in parts for pair in part.items()):
        known = spelled.setdefault(fold(topic), topic)
        if whole.setdefault(known, number) != number:
            raise Malformed(topic, "is given twice with different numbers", "give each topic once")
    return whole


def _consent(cell: Cell, habits: Habits, allowed: tuple[str, ...] = ("match", "report")) -> int:
    words = {word.casefold(): word for word in texts_of(cell, habits)}
    for word, written in words.items():
        if word not in allowed:
            raise Malformed(
                written, "is not a purpose", f"give {', '.join(allowed)}, several with ; or nothing"
            )
    return sum(PURPOSES[word] for word in words)


def _display(cell: Cell, habits: Habits) -> int:
    return _consent(cell, habits, tuple(PURPOSES))


PARSERS: dict[str, Parser] = {
    "id": _id,
    "plain": _plain,
    "text": _text,
    "role": _role,
    "years": years_of,
    "hours": _hours,
    "zone": _zone,
    "capacity": _capacity,
    "set": _set,
    "levels": _levels,
    "priorities": _priorities,
    "consent": _consent,
    "display": _display,
}


def read_cells(
    cells: Iterable[Cell], kind: str, habits: Habits
) -> tuple[list[Any], dict[int, Malformed]]:
    """Read the cells of a column, each different text once.

    Parameters
    ----------
    cells : iterable
        Texts or typed values.
    kind : str
        A key of `PARSERS`.
    habits : Habits
        How the source writes them.

    Returns
    -------
    list, dict of int to Malformed
        The values, None where a cell is malformed, and what is wrong by row.
    """
    known = _Known(PARSERS[kind], habits)
    values = [known[cell] if type(cell) is str else known.typed(cell) for cell in cells]
    if not known.malformed:
        return values, {}
    wrong = {row: value for row, value in enumerate(values) if type(value) is Malformed}
    return [None if type(value) is Malformed else value for value in values], wrong


class _Known(dict[str, Any]):
    """What each text means; a text that is new is read."""

    def __init__(self, parser: Parser, habits: Habits) -> None:
        super().__init__()
        self.parser, self.habits, self.malformed = parser, habits, False
        self.lists: dict[str, Any] = {}

    def __missing__(self, text: str) -> Any:
        self[text] = self.read(text)
        return self[text]

    def typed(self, cell: Cell) -> Any:
        if type(cell) not in {list, dict}:
            return self.read(cell)
        key = repr(cell)  # tells 1 from True and 1.0, as equality does not
        if key not in self.lists:
            self.lists[key] = self.read(cell)
        return self.lists[key]

    def read(self, cell: Cell) -> Any:
        try:
            return self.parser(cell, self.habits)
        except Malformed as malformed:
            self.malformed = True
            return malformed
