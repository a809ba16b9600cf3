"""When the rows of a column were written, as survey tools and spreadsheets put it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rmatch.io.cells.cell import text_of
from rmatch.io.cells.dates import EPOCH, Dates, day_of
from rmatch.utils.validation import Malformed

STAMPS_FROM = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - all moments are compared without a zone
UNREADABLE = object()
DAY, MINUTE, SECOND, INSTANT = (dt.timedelta(seconds=count) for count in (86_400, 60, 1, 0))
ZONES = dt.timedelta(hours=14)
"""Clocks on earth differ from UTC by so much."""
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:[.,]\d+)?))?\s*(?P<half>[ap])?\.?m?\.?"
    r"\s*(?P<zone>(?:gmt|utc)?\s*[+-]\d{1,2}(?::?\d{2})?|z|utc|gmt)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_SHORT_YEAR = re.compile(r"(?<=[^\W\d])([-/. ]*)(\d{2})$")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_STAMP = re.compile(r"\d{10}(?:\d{3})?")


class Moment(NamedTuple):
    """When a row was written, as exactly as its cell says it: a day without a time may be any time of it.

    Examples
    --------
    >>> (day, early, late), *_ = moments(["2026-03-02", "2026-03-02 09:00", "2026-03-03 09:00"])
    >>> day.before(late), early.before(late), day.before(early), early.before(day)
    (True, True, False, False)
    """

    start: dt.datetime
    end: dt.datetime
    zoned: bool | None = None
    """Whether it is a clock's time with a zone, or without; None for what has no clock, or is a moment of a program."""

    def before(self, other: Moment) -> bool:
        """Tell whether this is older for certain."""
        return self.end <= other.start and self.start < other.start

    def anywhere(self) -> Moment:
        """Return the same where nobody knows in which zone."""
        return self._replace(start=self.start - ZONES, end=self.end + ZONES)


def moments(cells: Iterable[Any], order: str = "") -> list[list[Moment | None]]:
    """Read a column of moments as `readings` does, with how exact each is.

    Where some cells name their zone, the others may be of any.
    """
    ways = _ways(cells, order)
    for way in ways:
        if {True, False} <= {moment.zoned for moment in way if moment}:
            way[:] = [each.anywhere() if each and each.zoned is False else each for each in way]
    return ways


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
    return [[each and each.start for each in way] for way in _ways(cells, order)]


def looks_timed(cells: Sequence[Any]) -> bool:
    """Tell whether a column holds moments: dates with a clock."""
    some = [text for text in map(text_of, cells[:200]) if text]
    return bool(some) and any(":" in text for text in some) and bool(readings(some))


def _ways(cells: Iterable[Any], order: str) -> list[list[Moment | None]]:
    orders = (order,) if order else ("day first", "month first")
    both = [_readings_of(cell, orders) for cell in cells]
    ways: list[list[Moment | None]] = []
    for way in map(list, zip(*both, strict=True)):
        if UNREADABLE not in way and way not in ways:
            ways.append(way)
    return ways


def _readings_of(cell: Any, orders: tuple[str, ...]) -> Sequence[Any]:
    """Return a moment once for each order of day and month; None for an empty cell."""
    if isinstance(cell, dt.date):
        whole = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
        return [_lasting(_without_zone(whole), INSTANT)] * len(orders)
    text = text_of(cell)
    if not text:
        return [None] * len(orders)
    if _SERIAL.fullmatch(text):
        midnight = dt.datetime.combine(EPOCH, dt.time())
        days = dt.timedelta(days=float(text.replace(",", ".")))
        return [_lasting(midnight + days, INSTANT)] * len(orders)
    if _STAMP.fullmatch(text):
        seconds = int(text) / 10 ** (len(text) - 10)
        return [_lasting(STAMPS_FROM + dt.timedelta(seconds=seconds), SECOND)] * len(orders)
    clock = _CLOCK.search(text)
    if clock is None:
        return [_on(text, order, INSTANT, INSTANT, zoned=None) for order in orders]
    if text[clock.end() :].strip():
        return [UNREADABLE] * len(orders)
    exact, zoned = SECOND if clock["second"] else MINUTE, bool(clock["zone"])
    if set(clock["second"] or "") & set(".,"):
        exact = INSTANT
    day = text[: clock.start()]
    return [_on(day, order, _time(clock), exact, zoned=zoned) for order in orders]


def _on(
    text: str, order: str, time: dt.timedelta, exact: dt.timedelta, *, zoned: bool | None
) -> Any:
    date = _date(text, order)
    return date if date is UNREADABLE else _lasting(date + time, exact)._replace(zoned=zoned)


def _lasting(moment: dt.datetime, exact: dt.timedelta) -> Moment:
    """Return a moment that is as exact as its unit; midnight is what becomes of a day without a time."""
    return Moment(moment, moment + (exact if moment.time() != dt.time() else DAY))


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
    hour, second = int(clock["hour"]), float((clock["second"] or "0").replace(",", "."))
    if clock["half"]:
        hour = hour % 12 + 12 * (clock["half"].lower() == "p")
    offset = _OFFSET.search(clock["zone"] or "")
    ahead = dt.timedelta()
    if offset:
        ahead = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        ahead = -ahead if offset[1] == "-" else ahead
    return dt.timedelta(hours=hour, minutes=int(clock["minute"]), seconds=second) - ahead


def _without_zone(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
