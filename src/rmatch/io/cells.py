"""Cells: how the text or the typed value in one cell is read, by kind of column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rmatch.io.columns import SEPARATOR
from rmatch.io.faults import Malformed
from rmatch.io.hours import intervals, offset
from rmatch.io.items import literal, split, topic_and_number
from rmatch.labels import fold
from rmatch.people import PURPOSES, ROLES, UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Cell = Any
    Parser = Callable[[Cell, "Habits"], Any]

UNKNOWN = frozenset({"", "na", "n/a", "prefer not to say", "unknown"})
LONGEST = 100_000
MOST_YEARS = 80
MOST_PARTNERS = 1_000_000
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a source writes the cells of one column.

    Attributes
    ----------
    separator : str
        What stands between the items of a list; empty where a cell is one item.
    unknown : frozenset of str
        Casefolded texts that mean "not known".
    values : mapping of str to str
        What casefolded cells or items mean.
    levels : bool
        Whether a topic may carry a number after its last colon.
    """

    separator: str = SEPARATOR
    unknown: frozenset[str] = UNKNOWN
    values: Mapping[str, str] = field(default_factory=dict)
    levels: bool = True


def text_of(cell: Cell) -> str:
    """Return a cell as stripped text; null and NaN are empty, whole numbers have no point.

    Examples
    --------
    >>> text_of(12.0), text_of(" x "), text_of(None), text_of(float("nan"))
    ('12', 'x', '', '')
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None or cell != cell:  # noqa: PLR0124 - only NaN differs from itself
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time.min:
        return cell.date().isoformat()
    return str(cell).strip()


def number_of(text: str) -> float:
    """Return a number written with a decimal point or comma.

    Examples
    --------
    >>> number_of("7,5")
    7.5
    """
    if not _NUMBER.fullmatch(text):
        raise Malformed(text, "is not a number", "write digits, like 7 or 7,5")
    return float(text.replace(",", "."))


def texts_of(cell: Cell, habits: Habits) -> list[str]:
    """Return the known items of a list, as they are written."""
    raw = [text_of(item) for item in cell] if isinstance(cell, list | tuple | set | frozenset) else _parts(cell, habits)
    items = (_meant(item, habits) for item in raw)
    return [_sane(item) for item in items if item.casefold() not in habits.unknown]


def _parts(cell: Cell, habits: Habits) -> list[str]:
    text = text_of(cell)
    whole = habits.values.get(text.casefold())
    return split(text if whole is None else whole, habits.separator)


def _meant(text: str, habits: Habits) -> str:
    return habits.values.get(text.casefold(), text) if habits.values else text


def _sane(text: str) -> str:
    if len(text) > LONGEST:
        raise Malformed(text, f"has {len(text):,} characters", f"give at most {LONGEST:,}")
    if _NO_TEXT.search(text):
        raise Malformed(None, "the cell holds bytes that are not text", "remove them")
    return text


def _scalar(cell: Cell, habits: Habits) -> str:
    text = _meant(text_of(_only(cell)), habits)
    return "" if text.casefold() in habits.unknown else _sane(text)


def _only(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list | tuple):
        if len(cell) > 1:
            raise Malformed(None, f"the cell is a list of {len(cell)}", "give one value")
        return cell[0] if cell else None
    if isinstance(cell, Mapping):
        raise Malformed(None, "the cell is a mapping", "give one value")
    return cell


def _plain(cell: Cell, habits: Habits) -> str | None:
    return _sane(_meant(text_of(_only(cell)), habits)) or None


def _id(cell: Cell, habits: Habits) -> str:
    text = _plain(cell, habits)
    if not text:
        raise Malformed(None, "the id is empty", "every person needs one")
    return text


def _text(cell: Cell, habits: Habits) -> str | None:
    return literal(_scalar(cell, habits)) or None


def _role(cell: Cell, habits: Habits) -> int:
    text = _scalar(cell, habits)
    remedy = "give mentor, mentee, both or none"
    if not text:
        raise Malformed(None, "the role is not known", remedy)
    if text.casefold() not in ROLES:
        raise Malformed(text, "is not a role", remedy)
    return ROLES[text.casefold()]


def _years(cell: Cell, habits: Habits) -> float:
    text = _scalar(cell, habits)
    years = number_of(text) if text else float("nan")
    if years < 0:
        raise Malformed(text, "is negative", f"give 0 to {MOST_YEARS} years")
    if years > MOST_YEARS:
        raise Malformed(text, f"is more than {MOST_YEARS}", f"give 0 to {MOST_YEARS} years")
    return round(years, 2)


def _hours(cell: Cell, habits: Habits) -> str | None:
    text = _scalar(cell, habits)
    intervals(text)
    return text or None


def _zone(cell: Cell, habits: Habits) -> str | None:
    text = _scalar(cell, habits)
    if text:
        offset(text)
    return text or None


def _capacity(cell: Cell, habits: Habits) -> int:
    text = _scalar(cell, habits)
    return _whole(text, 0, MOST_PARTNERS) if text else UNSET


def _whole(text: str, least: int, most: int) -> int:
    number = number_of(text)
    if number != int(number) or not least <= number <= most:
        raise Malformed(text, f"is not a whole number from {least} to {most:,}", "correct it")
    return int(number)


def _set(cell: Cell, habits: Habits) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(literal, texts_of(cell, habits))))


def _levels(cell: Cell, habits: Habits) -> dict[str, int | None]:
    if isinstance(cell, Mapping):
        return united([{" ".join(str(topic).split()): _level(number)} for topic, number in cell.items()])
    return united([_topic(item, habits) for item in texts_of(cell, habits)])


def _priorities(cell: Cell, habits: Habits) -> dict[str, int]:
    return {topic: number or 1 for topic, number in _levels(cell, habits).items()}


def _topic(item: str, habits: Habits) -> dict[str, int | None]:
    if not habits.levels:
        return {literal(item): None}
    return _numbered_topic(item)


@lru_cache(10_000)
def _numbered_topic(item: str) -> dict[str, int | None]:
    topic, number = topic_and_number(item)
    return {topic: _level(number)}


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
            raise Malformed(written, "is not a purpose", f"give {', '.join(allowed)}, several with ; or nothing")
    return sum(PURPOSES[word] for word in words)


def _display(cell: Cell, habits: Habits) -> int:
    return _consent(cell, habits, tuple(PURPOSES))


PARSERS: dict[str, Parser] = {
    "id": _id,
    "plain": _plain,
    "text": _text,
    "role": _role,
    "years": _years,
    "hours": _hours,
    "zone": _zone,
    "capacity": _capacity,
    "set": _set,
    "levels": _levels,
    "priorities": _priorities,
    "consent": _consent,
    "display": _display,
}


def read_cells(cells: Iterable[Cell], kind: str, habits: Habits) -> tuple[list[Any], dict[int, Malformed]]:
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
    values = [known[cell] if type(cell) is str else known.read(cell) for cell in cells]
    if not known.malformed:
        return values, {}
    wrong = {row: value for row, value in enumerate(values) if type(value) is Malformed}
    return [None if type(value) is Malformed else value for value in values], wrong


class _Known(dict[str, Any]):
    """What each text means; a text that is new is read."""

    def __init__(self, parser: Parser, habits: Habits) -> None:
        super().__init__()
        self.parser, self.habits, self.malformed = parser, habits, False

    def __missing__(self, text: str) -> Any:
        self[text] = self.read(text)
        return self[text]

    def read(self, cell: Cell) -> Any:
        try:
            return self.parser(cell, self.habits)
        except Malformed as malformed:
            self.malformed = True
            return malformed
