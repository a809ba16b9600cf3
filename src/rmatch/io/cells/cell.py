"""Cells: the text in a raw cell, whatever its type, and what it means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.dates import Dates
from rmatch.io.cells.items import split
from rmatch.io.columns import SEPARATOR
from rmatch.utils.validation import Malformed, a_kind

if TYPE_CHECKING:
    Cell = Any

UNKNOWN = frozenset({"", "na", "n/a", "prefer not to say", "unknown"})
LONGEST = 100_000
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
    dates : Dates
        How days are written, and to which day years are counted.
    """

    separator: str = SEPARATOR
    unknown: frozenset[str] = UNKNOWN
    values: Mapping[str, str] = field(default_factory=dict)
    levels: bool = True
    dates: Dates = field(default_factory=Dates)


def text_of(cell: Cell) -> str:
    """Return a cell as stripped text; null and NaN are empty, whole numbers have no point.

    Examples
    --------
    >>> text_of(12.0), text_of(" x "), text_of(None), text_of(float("nan"))
    ('12', 'x', '', '')
    """
    if isinstance(cell, str):
        return cell.strip()
    if _is_null(cell):
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


def is_number(text: str) -> bool:
    """Tell whether a text is a number and nothing else.

    Examples
    --------
    >>> is_number("7,5"), is_number("7 years")
    (True, False)
    """
    return _NUMBER.fullmatch(text) is not None


def texts_of(cell: Cell, habits: Habits) -> list[str]:
    """Return the known items of a list, as they are written."""
    many = isinstance(cell, list | tuple | set | frozenset)
    raw = [text_of(only(item)) for item in cell] if many else _parts(cell, habits)
    items = (meant(item, habits) for item in raw)
    return [sane(item) for item in items if item.casefold() not in habits.unknown]


def scalar_of(cell: Cell, habits: Habits) -> str:
    """Return a cell as text, empty where it is unknown."""
    text = meant(text_of(only(cell)), habits)
    return "" if text.casefold() in habits.unknown else sane(text)


def only(cell: Cell) -> Cell:
    """Return the one value in a cell, and refuse several."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list | tuple):
        if len(cell) > 1:
            raise Malformed(None, f"the cell is a list of {len(cell)}", "give one value")
        return only(cell[0]) if cell else None
    if isinstance(cell, Mapping | bytes | set | frozenset):
        raise Malformed(None, f"the cell is {a_kind(cell)}", "give a text or a number")
    return cell


def meant(text: str, habits: Habits) -> str:
    """Return what a text means by the values of a mapping."""
    return habits.values.get(text.casefold(), text) if habits.values else text


def sane(text: str) -> str:
    """Return a text, and refuse what is too long or no text."""
    if len(text) > LONGEST:
        raise Malformed(text, f"has {len(text):,} characters", f"give at most {LONGEST:,}")
    if _NO_TEXT.search(text):
        raise Malformed(None, "the cell holds characters that are no text", "remove them")
    return text


def _parts(cell: Cell, habits: Habits) -> list[str]:
    text = text_of(only(cell))
    return split(habits.values.get(text.casefold(), text), habits.separator)


def _is_null(cell: Cell) -> bool:
    try:
        return cell is None or bool(cell != cell)  # noqa: PLR0124 - only NaN differs from itself
    except TypeError:  # pandas' NA does not say
        return True
