"""Parsers: how a cell of each kind of column is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from rmatch.io.cells.alike import ANSWER, EVERYTHING, NOTHING, Alike
from rmatch.io.cells.amounts import count_of, whole
from rmatch.io.cells.answers import names_nothing, only_answers, unnamed
from rmatch.io.cells.at_once import ADDRESS, IDENTIFIER, Parser, at_once
from rmatch.io.cells.cell import (
    ARRAY,
    LONGEST_NAME,
    NUMBER,
    PLACE,
    REFUSED,
    TICK,
    Cell,
    Habits,
    is_silent,
    known_of,
    known_texts_of,
    meant,
    number_of,
    only,
    sane,
    scalar_of,
    text_of,
    texts_of,
)
from rmatch.io.cells.hours import hours_of
from rmatch.io.cells.items import is_quoted, literal, object_of, topic_and_number
from rmatch.io.cells.no_names import names_all, names_none
from rmatch.io.cells.placeholders import holds_place
from rmatch.io.cells.refusals import refuses
from rmatch.io.cells.weekdays import ANY
from rmatch.io.cells.years import years_of
from rmatch.io.cells.zones import zone_of
from rmatch.people import MOST_PARTNERS, MOST_PRIORITY, PURPOSES, ROLES, UNSET
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

_AT_LEAST = re.compile(
    r"(?:at least|min(?:imum|\.)?|mindestens|wenigstens|au moins|al menos|almeno)\s+", re.IGNORECASE
)
CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")
MOST_LEVELS = 9
ALSO_NAMES = frozenset({"nan", "nil", "null"})
"""Place-holders that people are called."""


def _as_it_is(cell: Cell, habits: Habits) -> str:
    return sane(meant(text_of(only(cell)), habits), LONGEST_NAME)


def _plain(cell: Cell, habits: Habits) -> str | None:
    text = _as_it_is(cell, habits)
    if refuses(text):
        habits.marks.add(REFUSED, text)
        return None
    if holds_place(text) and text.casefold() not in ALSO_NAMES:
        habits.marks.add(PLACE, text)
        return None
    if text.startswith('"') and is_silent(literal(text)):
        return literal(text)
    return text or None


def _id(cell: Cell, habits: Habits) -> str:
    written = _as_it_is(cell, habits)
    if holds_place(written):
        remedy = "give the id; if it is one, put it into double quotes"
        raise Malformed(written, "stands where no id is known", remedy)
    text = literal(written)
    if not text:
        raise Malformed(None, "the id is empty", "every person needs one")
    if not text.isprintable() and CONTROL.search(text):
        raise Malformed(ascii(text), "holds characters that do not print", "remove them")
    return text


def _text(cell: Cell, habits: Habits) -> str | None:
    return literal(known_of(cell, habits)) or None


def _label(cell: Cell, habits: Habits) -> str | None:
    """Read the name of a grade, a team or a site: "None" is none, but may be an answer to another question."""
    text = sane(known_of(cell, habits), LONGEST_NAME)
    if any(map(str.isalnum, text)) and names_nothing(text):
        habits.marks.add(PLACE, text)
        return None
    return literal(text) or None


def _boss(cell: Cell, habits: Habits) -> str | None:
    """Read whom a cell names; a place-holder is told as nobody's name where everybody is known."""
    text = _as_it_is(cell, habits)
    return text if holds_place(text) else _text(cell, habits)


def _role(cell: Cell, habits: Habits) -> int:
    text = scalar_of(cell, habits)
    remedy = "give mentor, mentee, both or none"
    if not text:
        raise Malformed(None, "the role is not known", remedy)
    if text.casefold() not in ROLES:
        raise Malformed(text, "is not a role", remedy)
    return ROLES[text.casefold()]


def hours_parser(languages: frozenset[str] = ANY) -> Parser:
    """Return what reads hours, with days in one of some languages."""

    def read(cell: Cell, habits: Habits) -> str | None:
        whole = "; ".join(map(text_of, cell)) if isinstance(cell, list | tuple) else cell
        text = known_of(whole, habits)
        return hours_of(text, languages) if text else None

    return read


def _zone(cell: Cell, habits: Habits) -> str | None:
    text = known_of(cell, habits)
    return zone_of(text) if text else None


def _capacity(cell: Cell, habits: Habits) -> int:
    text = scalar_of(cell, habits)
    if not text:
        return UNSET
    number = count_of(text)
    if any(map(str.isalpha, text)):
        habits.marks.add(NUMBER, text)
    return whole(text, number, 0, MOST_PARTNERS)


def _minimum(cell: Cell, habits: Habits) -> int:
    text = scalar_of(cell, habits)
    bare = _AT_LEAST.sub("", text)
    if bare and not bare[0].isdigit():
        # "Up to 2" is a number of partners, too, and says nothing about the fewest.
        raise Malformed(text, "is not a minimum", "give a whole number from 0, or nothing")
    if bare != text:
        habits.marks.add(NUMBER, text)
    return _capacity(bare, habits)


def _priority(cell: Cell, habits: Habits) -> int:
    text = scalar_of(cell, habits)
    return whole(text, number_of(text), 0, MOST_PRIORITY) if text else UNSET


def _set(cell: Cell, habits: Habits) -> tuple[str, ...]:
    if isinstance(cell, str) and object_of(cell.strip()):
        raise Malformed(cell, "is an object", "give a list of its items")
    items = known_texts_of(cell, habits)
    if habits.topical:
        check_named(items, habits)
    labels = map(literal, items)
    return tuple(dict.fromkeys(label for label in labels if label))


def _levels(cell: Cell, habits: Habits) -> dict[str, int | None]:
    if isinstance(cell, str) and (written := object_of(cell.strip())) is not None:
        habits.marks.add(ARRAY, cell.strip())
        cell = written
    if isinstance(cell, Mapping):
        return united(
            [{_named(text_of(topic), habits): _level(number)} for topic, number in cell.items()]
        )
    items = texts_of(cell, habits)
    topic = _numbered_topic if habits.levels else _unnumbered_topic
    parts = [topic(item) for item in items]
    if habits.topical and any(map(unnamed, chain.from_iterable(parts))):
        bare = zip(items, parts, strict=True)
        named = [name for item, part in bare if not is_quoted(item) for name in part]
        check_named(named, habits)
    return united(parts)


def check_named(items: Iterable[str], habits: Habits) -> None:
    """Refuse items that answer a question: a yes, a number or the word of a scale names no topic, unless in quotes.

    An "x" alone may tick a box or be short for something. It is marked: only the whole column tells.

    Raises
    ------
    Alike
        If there is one.
    """
    wrong = []
    for item in items:
        if item.casefold() == "x":
            habits.marks.add(TICK, item)
        elif unnamed(item) and not is_quoted(item):
            wrong.append(item)
    for why, tells in _UNNAMED.items():
        if told := [item for item in wrong if tells(item)]:
            raise Alike(why, *told)


_UNNAMED: dict[str, Callable[[str], bool]] = {
    NOTHING: lambda item: names_nothing(item) or names_none(item),
    EVERYTHING: names_all,
    ANSWER: only_answers,
}
"""Why items name nothing; the first that fits one of a cell is told."""


@lru_cache(10_000)
def _numbered_topic(item: str) -> dict[str, int | None]:
    topic, number = topic_and_number(item)
    named = _named(topic)
    try:
        return {named: _level(number)}
    except Malformed as malformed:
        remedy = f"write {named}:1 to {named}:9, or {named} alone"
        raise Malformed(item, f"has a number that {malformed.problem}", remedy) from None


def _unnumbered_topic(item: str) -> dict[str, int | None]:
    return {_named(literal(item)): None}


def _named(topic: str, habits: Habits | None = None) -> str:
    known = sane(meant(topic, habits) if habits else topic)
    if not known:
        raise Malformed(None, "a topic has no name", "give it one")
    return known


def _level(number: Cell) -> int | None:
    text = text_of(number)
    return whole(text, number_of(text), 1, MOST_LEVELS) if text else None


def united(parts: Sequence[Mapping[str, int | None]]) -> dict[str, int | None]:
    """Return topics of several lists as one; a number stands where a topic is given with and without one.

    Raises
    ------
    Malformed
        If a topic has two different numbers.
    """
    union: dict[str, int | None] = {}
    for part in parts:
        union |= part
    if len({*map(fold, union)}) == sum(map(len, parts)):  # nearly always: no topic comes twice
        return union
    spelled: dict[str, str] = {}
    together: dict[str, int | None] = {}
    for topic, number in (pair for part in parts for pair in part.items()):
        known = spelled.setdefault(fold(topic), topic)
        if number is None or together.get(known) is None:
            together[known] = number or together.get(known)
        elif together[known] != number:
            raise Malformed(topic, "is given twice with different numbers", "give each topic once")
    return together


MEANING = ', or say what each answer means in a mapping: [values."consent:…"] "Yes" = "match"'


def _consent(cell: Cell, habits: Habits, allowed: tuple[str, ...] = ("match", "report")) -> int:
    words = {word.casefold(): word for word in texts_of(cell, habits)}
    for word, written in words.items():
        if word not in allowed:
            purposes = f"give {', '.join(allowed)}, several with ; or nothing"
            raise Malformed(written, "is not a purpose", f"{purposes}{MEANING}")
    return sum(PURPOSES[word] for word in words)


def _display(cell: Cell, habits: Habits) -> int:
    return _consent(cell, habits, tuple(PURPOSES))


PARSERS: dict[str, Parser] = {
    "id": at_once(IDENTIFIER, _id),
    "plain": at_once(ADDRESS, _plain),
    "text": _text,
    "label": _label,
    "boss": _boss,
    "role": _role,
    "years": years_of,
    "hours": hours_parser(),
    "zone": _zone,
    "capacity": _capacity,
    "minimum": _minimum,
    "priority": _priority,
    "set": _set,
    "levels": _levels,
    "priorities": _levels,
    "consent": _consent,
    "display": _display,
}
