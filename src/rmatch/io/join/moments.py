"""When the rows of a column were written, as survey tools and spreadsheets put it."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Reading = Callable[[str], dt.datetime | None]

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - all moments are compared without a zone
SPREADSHEET = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - the day 0 of Excel, as its later days count
_STARTS = (
    ("jan", "ene", "gen"),
    ("feb", "fév"),
    ("mar", "mär", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "maj", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "ago"),
    ("sep", "set"),
    ("oct", "okt", "out", "ott"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
UNREADABLE = object()
MONTHS = {start: month for month, starts in enumerate(_STARTS, 1) for start in starts}
"""How the names of months start."""
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?"
    r"\s*((?:gmt|utc)?\s*[+-]\d{1,2}(?::?\d{2})?|z|utc|gmt)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:(\d{1,2})[\s.-]*)?([^\W\d_]{3,})[\s.,-]*(?:(\d{1,2}),?\s+)?(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_STAMP = re.compile(r"\d{10}(?:\d{3})?")


def readings(cells: Iterable[Any]) -> list[list[dt.datetime | None]]:
    """Read a column of moments, in each way in which all of it makes sense.

    Parameters
    ----------
    cells : iterable of object
        Texts, dates or numbers.

    Returns
    -------
    list of list of datetime or None
        The moments, once a way: two ways where nothing tells days from months, none where no way fits. None stands for
        a cell that is empty.

    Examples
    --------
    >>> [[f"{moment:%d %b}" for moment in way] for way in readings(["02/08/2026", "02/13/2026"])]
    [['08 Feb', '13 Feb']]
    >>> (
    ...     len(readings(["02/08/2026 04:49:00"])),
    ...     len(readings(["02.08.2026"])),
    ...     len(readings(["soon"])),
    ... )
    (2, 1, 0)
    """
    both = [_readings_of(cell) for cell in cells]
    ways: list[list[dt.datetime | None]] = []
    for way in map(list, zip(*both, strict=True)):
        if UNREADABLE not in way and way not in ways:
            ways.append(way)
    return ways


def looks_timed(cells: Sequence[Any]) -> bool:
    """Tell whether a column holds moments: dates with a clock."""
    some = [text for text in map(text_of, cells[:200]) if text]
    return bool(some) and any(":" in text for text in some) and bool(readings(some))


def _readings_of(cell: Any) -> tuple[Any, Any]:
    """Return a moment with the day first and with the month first; None twice for an empty cell."""
    if isinstance(cell, dt.date):
        whole = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
        return (_without_zone(whole),) * 2
    text = text_of(cell)
    if not text:
        return None, None
    if _SERIAL.fullmatch(text):
        return (SPREADSHEET + dt.timedelta(days=float(text.replace(",", "."))),) * 2
    if _STAMP.fullmatch(text):
        return (EPOCH + dt.timedelta(seconds=int(text) / 10 ** (len(text) - 10)),) * 2
    clock = _CLOCK.search(text)
    if clock is None:
        return _dates(text)
    if text[clock.end() :].strip():
        return UNREADABLE, UNREADABLE
    first, second = _dates(text[: clock.start()])
    time = _time(clock)
    return _at(first, time), _at(second, time)


def _at(date: Any, time: dt.timedelta) -> Any:
    return date if date is UNREADABLE else date + time


@lru_cache(maxsize=2**12)
def _dates(text: str) -> tuple[Any, Any]:
    """Return a date with the day first and with the month first; a column has few different ones."""
    bare = text.strip().rstrip("T,").strip()
    if match := _YEAR_FIRST.fullmatch(bare):
        return (_day(*match.groups()),) * 2
    if match := _YEAR_LAST.fullmatch(bare):
        one, stroke, other, year = match.groups()
        # With points the day always comes first; with strokes it depends on the country.
        day_first = _day(year, other, one)
        return day_first, day_first if stroke == "." else _day(year, one, other)
    match = _WORDS.fullmatch(bare)
    if match and bool(match[1]) != bool(match[3]):
        name = match[2].casefold()
        month = MONTHS.get(name[:4]) or MONTHS.get(name[:3], 0)
        return (_day(match[4], month, match[1] or match[3]),) * 2
    return UNREADABLE, UNREADABLE


def _day(year: str, month: str | int, day: str) -> Any:
    century = 2000 * (len(year) < 4)
    try:
        return dt.datetime(int(year) + century, int(month), int(day))  # noqa: DTZ001
    except ValueError:
        return UNREADABLE


def _time(clock: re.Match[str]) -> dt.timedelta:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + 12 * (clock[4].lower() == "p")
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?", clock[5] or "")
    ahead = dt.timedelta()
    if offset:
        ahead = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        ahead = -ahead if offset[1] == "-" else ahead
    return dt.timedelta(hours=hour, minutes=minute, seconds=second) - ahead


def _without_zone(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
