"""When the rows of a column were written, as survey tools and spreadsheets put it."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import text_of
from rmatch.io.cells.dates import EPOCH, Dates, day_of
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STAMPS_FROM = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - all moments are compared without a zone
UNREADABLE = object()
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?"
    r"\s*((?:gmt|utc)?\s*[+-]\d{1,2}(?::?\d{2})?|z|utc|gmt)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_SHORT_YEAR = re.compile(r"(?<=[^\W\d])([-/. ]*)(\d{2})$")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_STAMP = re.compile(r"\d{10}(?:\d{3})?")


def readings(cells: Iterable[Any], order: str = "") -> list[list[dt.datetime | None]]:
    """Read a column of moments, in each way in which all of it makes sense.

    Parameters
    ----------
    cells : iterable of object
        Texts, dates or numbers.
    order : str
        Whether the day or the month comes first, if a mapping says so.

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
    orders = (order,) if order else ("day first", "month first")
    both = [_readings_of(cell, orders) for cell in cells]
    ways: list[list[dt.datetime | None]] = []
    for way in map(list, zip(*both, strict=True)):
        if UNREADABLE not in way and way not in ways:
            ways.append(way)
    return ways


def looks_timed(cells: Sequence[Any]) -> bool:
    """Tell whether a column holds moments: dates with a clock."""
    some = [text for text in map(text_of, cells[:200]) if text]
    return bool(some) and any(":" in text for text in some) and bool(readings(some))


def _readings_of(cell: Any, orders: tuple[str, ...]) -> Sequence[Any]:
    """Return a moment once for each order of day and month; None for an empty cell."""
    if isinstance(cell, dt.date):
        whole = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
        return [_without_zone(whole)] * len(orders)
    text = text_of(cell)
    if not text:
        return [None] * len(orders)
    if _SERIAL.fullmatch(text):
        midnight = dt.datetime.combine(EPOCH, dt.time())
        return [midnight + dt.timedelta(days=float(text.replace(",", ".")))] * len(orders)
    if _STAMP.fullmatch(text):
        seconds = int(text) / 10 ** (len(text) - 10)
        return [STAMPS_FROM + dt.timedelta(seconds=seconds)] * len(orders)
    clock = _CLOCK.search(text)
    if clock is None:
        return [_date(text, order) for order in orders]
    if text[clock.end() :].strip():
        return [UNREADABLE] * len(orders)
    time = _time(clock)
    dates = [_date(text[: clock.start()], order) for order in orders]
    return [date if date is UNREADABLE else date + time for date in dates]


@lru_cache(maxsize=2**12)
def _date(text: str, order: str) -> Any:
    """Return the day that a text names; a column has few different ones."""
    bare = _SHORT_YEAR.sub(r"\g<1>20\2", text.strip().rstrip("T,").strip())
    # With points the day always comes first; with strokes it depends on the country.
    dates = Dates(order="day first" if "." in bare else order)
    try:
        day = day_of(bare, dates)
    except Malformed:
        day = None
    return UNREADABLE if day is None else dt.datetime.combine(day, dt.time())


def _time(clock: re.Match[str]) -> dt.timedelta:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + 12 * (clock[4].lower() == "p")
    offset = _OFFSET.search(clock[5] or "")
    ahead = dt.timedelta()
    if offset:
        ahead = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        ahead = -ahead if offset[1] == "-" else ahead
    return dt.timedelta(hours=hour, minutes=minute, seconds=second) - ahead


def _without_zone(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
