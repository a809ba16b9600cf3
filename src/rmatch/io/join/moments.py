"""When the rows of a column were written, as survey tools and spreadsheets put it."""

from __future__ import annotations

import datetime as dt
import re
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
    texts = [cell if isinstance(cell, dt.date) else text_of(cell) for cell in cells]
    ways: list[list[dt.datetime | None]] = []
    for day_first in (True, False):
        way = [_moment(text, day_first=day_first) if text else None for text in texts]
        if way not in ways and all(
            moment or not text for moment, text in zip(way, texts, strict=True)
        ):
            ways.append(way)
    return ways


def looks_timed(cells: Sequence[Any]) -> bool:
    """Tell whether a column holds moments: dates with a clock."""
    some = [text for text in map(text_of, cells[:200]) if text]
    return bool(some) and any(":" in text for text in some) and bool(readings(some))


def _moment(text: Any, *, day_first: bool) -> dt.datetime | None:
    if isinstance(text, dt.date):
        whole = text if isinstance(text, dt.datetime) else dt.datetime.combine(text, dt.time())
        return _without_zone(whole)
    if _SERIAL.fullmatch(text):
        return SPREADSHEET + dt.timedelta(days=float(text.replace(",", ".")))
    if _STAMP.fullmatch(text):
        return EPOCH + dt.timedelta(seconds=int(text) / 10 ** (len(text) - 10))
    clock = _CLOCK.search(text)
    date = _date(text[: clock.start()] if clock else text, day_first=day_first)
    if date is None or (clock and text[clock.end() :].strip()):
        return None
    return date + _time(clock) if clock else date


def _date(text: str, *, day_first: bool) -> dt.datetime | None:
    bare = text.strip().rstrip("T,").strip()
    if match := _YEAR_FIRST.fullmatch(bare):
        year, month, day = map(int, match.groups())
    elif match := _YEAR_LAST.fullmatch(bare):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        # With points the day always comes first; with strokes it depends on the country.
        day, month = (one, other) if day_first or match[2] == "." else (other, one)
    elif (match := _WORDS.fullmatch(bare)) and bool(match[1]) != bool(match[3]):
        day, year = int(match[1] or match[3]), int(match[4])
        name = match[2].casefold()
        month = MONTHS.get(name[:4]) or MONTHS.get(name[:3], 0)
    else:
        return None
    try:
        return dt.datetime(year + 2000 * (year < 100), month, day)  # noqa: DTZ001
    except ValueError:
        return None


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
