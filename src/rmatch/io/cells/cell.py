"""Cells: the text in a raw cell, whatever its type, and what it means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from rmatch.io.cells.dates import Dates
from rmatch.io.cells.items import array_of, literal, split
from rmatch.io.cells.options import KEEP, UNLISTED, Options
from rmatch.io.cells.placeholders import holds_place
from rmatch.io.cells.refusals import refuses
from rmatch.io.columns import SEPARATOR
from rmatch.io.tables.error_values import is_error_value
from rmatch.io.tables.overlong import too_long
from rmatch.utils.labels import fold
from rmatch.utils.spelling import visible
from rmatch.utils.validation import Malformed, a_kind

Cell = Any

REFUSED, BLANK, PLACE, LOST, NUMBER, DROPPED, KEPT, TICK, GRADE, ARRAY = (
    "refused",
    "blank",
    "place",
    "lost",
    "number",
    "dropped",
    "kept",
    "tick",
    "grade",
    "array",
)
"""Marks of cells."""
MARKER = "marker"
UNKNOWN = frozenset({"", "na", "n/a", "prefer not to say", "unknown"})
LONGEST, LONGEST_NAME = 100_000, 1_000
"""What a cell may hold, and what an id or a name may: patterns for these look at each of their letters many times."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_BARE = re.compile(r"[-\u2010-\u2015\u2212_~.\u2026?¿,:;/\\|·•()\[\]\s]+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


class Marks:
    """What happens to a cell beside being read: each mark is a word and the text that it is about.

    Examples
    --------
    >>> marks = Marks()
    >>> marks.add("refused", "Prefer not to say")
    >>> marks.taken(), marks.taken()
    ((('refused', 'Prefer not to say'),), ())
    """

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def add(self, mark: str, text: str) -> None:
        """Note what happens to the cell that is read now."""
        self._found.append((mark, text))

    def taken(self) -> tuple[tuple[str, str], ...]:
        """Return the marks of the cell, and forget them."""
        if not self._found:
            return ()
        found, self._found = tuple(self._found), []
        return found


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
    options : Options
        The known options of a list, which may hold the separator.
    source : str
        The header of the column, for cures.
    topical : str
        The field, where an item names a thing, so that yes, 1 or "very confident" is none.
    marks : Marks
        Where it is noted what happens to a cell beside being read.
    """

    separator: str = SEPARATOR
    unknown: frozenset[str] = UNKNOWN
    values: Mapping[str, str] = field(default_factory=dict)
    levels: bool = True
    dates: Dates = field(default_factory=Dates)
    options: Options = UNLISTED
    source: str = ""
    topical: str = ""
    marks: Marks = field(default_factory=Marks, compare=False, repr=False)


def text_of(cell: Cell) -> str:
    """Return a cell as visible, stripped text; null and NaN are empty, whole numbers have no point.

    Examples
    --------
    >>> text_of(12.0), text_of(" x "), text_of(None), text_of(float("nan"))
    ('12', 'x', '', '')
    """
    if isinstance(cell, str):
        return visible(cell).strip()
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
    if isinstance(cell, list | tuple | set | frozenset):
        raw = [text_of(only(item)) for item in cell]
    else:
        raw = parts_of(text_of(only(cell)), habits)
    if habits.values:
        raw = [meaning for item in raw for meaning in meanings(item, habits)]
    gaps = [_gap(item, habits.unknown) for item in raw]
    if not any(gaps):
        return raw
    for item, gap in zip(raw, gaps, strict=True):
        if gap and gap != MARKER:
            habits.marks.add(gap, item)
    return [item for item, gap in zip(raw, gaps, strict=True) if not gap]


def scalar_of(cell: Cell, habits: Habits) -> str:
    """Return a cell as text, empty where it is unknown."""
    text = meant(text_of(only(cell)), habits)
    return "" if says_nothing(text, habits) else sane(text)


def known_of(cell: Cell, habits: Habits) -> str:
    """Return a cell as text, empty also where it is a dash or another mark without a letter or a digit."""
    text = scalar_of(cell, habits)
    return "" if _leaves_blank(text, habits) else text


def known_texts_of(cell: Cell, habits: Habits) -> list[str]:
    """Return the known items of a list, without dashes and their like."""
    return [item for item in texts_of(cell, habits) if not _leaves_blank(item, habits)]


def is_bare(text: str) -> bool:
    """Tell whether a text is only dashes, dots, question marks and their like: it stands where nothing is known.

    Stars, ticks and plus signs are no such marks: they may be grades.

    Examples
    --------
    >>> is_bare("-"), is_bare("(?)"), is_bare("..."), is_bare("***"), is_bare('"-"')
    (True, True, True, False, False)
    """
    return _BARE.fullmatch(text) is not None


@lru_cache(2**14)
def _gap(item: str, unknown: frozenset[str]) -> str:
    """Return why an item is left out of a list, empty where it is not; items come again and again."""
    if gap := _silence(item, unknown):
        return gap
    if is_error_value(item):
        return LOST
    sane(item)
    return ""


@lru_cache(2**14)
def _silence(text: str, unknown: frozenset[str]) -> str:
    if refuses(text):
        return REFUSED
    if text.casefold() in unknown:
        return MARKER
    return PLACE if holds_place(text) else ""


def _leaves_blank(text: str, habits: Habits) -> bool:
    if is_bare(text):
        habits.marks.add(BLANK, text)
        return True
    return False


def says_nothing(text: str, habits: Habits) -> bool:
    """Tell whether a text means that something is not known: a marker, a refusal or a place-holder in any language."""
    silence = _silence(text, habits.unknown)
    if silence and silence != MARKER:
        habits.marks.add(silence, text)
    return bool(silence)


def is_silent(text: str, unknown: frozenset[str] = UNKNOWN) -> bool:
    """Tell whether a text says nothing, without any note."""
    return bool(_silence(text, unknown))


def parts_of(text: str, habits: Habits) -> list[str]:
    """Return the items of a list as they are written; a cell that has a meaning of its own is one."""
    if not text or text.casefold() in habits.values:
        return [text] if text else []
    if (items := array_of(text)) is not None:
        habits.marks.add(ARRAY, text)
        return items
    if not habits.options:
        return split(text, habits.separator)
    silent = partial(is_silent, unknown=habits.unknown)
    found, dropped = habits.options.items(text, habits.separator, silent)
    for rest in dropped:
        habits.marks.add(DROPPED, rest)
    if habits.options.rest == KEEP:
        for item in found:
            if fold(literal(item)) not in habits.options.known and not silent(item):
                habits.marks.add(KEPT, literal(item))
    return found


def meanings(item: str, habits: Habits) -> list[str]:
    """Return what an item of a list means: itself, or in rmatch's own words several with a semicolon."""
    known = habits.values.get(item.casefold(), habits.values.get(literal(item).casefold()))
    return [item] if known is None else split(known, SEPARATOR)


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


def sane(text: str, most: int = LONGEST) -> str:
    """Return a text, and refuse what is too long or no text."""
    if len(text) > most:
        raise too_long(text, len(text), most)
    if not text.isprintable() and _NO_TEXT.search(text):
        raise Malformed(None, "the cell holds characters that are no text", "remove them")
    return text


def _is_null(cell: Cell) -> bool:
    try:
        return cell is None or bool(cell != cell)  # noqa: PLR0124 - only NaN differs from itself
    except (TypeError, ArithmeticError):  # pandas' NA does not say, and a signalling NaN refuses to
        return True
