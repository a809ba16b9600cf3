"""The days of a round, and how far each zone is ahead of UTC on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from rmatch.errors import Fault
from rmatch.utils.messages import Message
from rmatch.utils.validation import Malformed, seen

WHOLE_YEAR = date(2026, 1, 1), date(2026, 12, 31)
"""What a round without dates has to hold on."""

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
LONGEST = 3 * 366
_LONGEST = 100
"""No name of a zone is as long."""
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})", re.ASCII)
_ZONE_REMEDY = "write an offset like +02:00, UTC, or a name like Europe/Berlin"


def as_dates(value: Any) -> Any:
    """Return the dates of a round as a tuple, texts like ``"2026-05-01"`` as dates; what is neither stays as it is.

    Examples
    --------
    >>> as_dates(["2026-05-01"])
    (datetime.date(2026, 5, 1),)
    """
    return tuple(map(_as_date, value)) if isinstance(value, list | tuple) else value


def date_faults(where: str, dates: Any) -> Iterator[Fault]:
    """Look for no date, for one, or for the first and the last day of a round.

    Examples
    --------
    >>> [str(fault) for fault in date_faults("programme", as_dates(["2026-10-31", "2026-05-01"]))]
    ['programme, dates: the round ends (2026-05-01) before it begins (2026-10-31); give the first day, then the last']
    """
    right = 'write dates = ["2026-05-01", "2026-10-31"], or one day, or leave it out'
    if not isinstance(dates, tuple) or len(dates) > 2:
        yield Fault(where, "dates", f"{seen(dates)} is not a first and a last day", right)
        return
    wrong = [each for each in dates if type(each) is not date]
    for each in wrong:
        yield Fault(where, "dates", f"{seen(each)} is not a date", right)
    if wrong or not dates:
        return
    first, last = dates[0], dates[-1]
    if last < first:
        problem = f"the round ends ({last}) before it begins ({first})"
        yield Fault(where, "dates", problem, "give the first day, then the last")
    elif not EARLIEST <= first <= last <= LATEST or (last - first).days > LONGEST:
        problem = f"{first} to {last} is not a round"
        yield Fault(where, "dates", problem, "give at most three years between 2000 and 2199")


def ends_of(dates: Sequence[date]) -> tuple[date, date]:
    """Return the first and the last day on which a round has to hold."""
    return (dates[0], dates[-1]) if dates else WHOLE_YEAR


def in_words(dates: Sequence[date]) -> Message:
    """Say on which days something holds.

    Examples
    --------
    >>> in_words(as_dates(["2026-05-01", "2026-10-31"])), in_words(())
    ('on every day from 2026-05-01 to 2026-10-31', 'on every day of 2026')
    """
    first, last = ends_of(dates)
    if not dates:
        return Message("on every day of {year}", year=str(first.year))
    if first == last:
        return Message("on {day}", day=str(first))
    return Message("on every day from {first} to {last}", first=str(first), last=str(last))


@lru_cache(maxsize=4096)
def clock(time_zone: str | None, first: date, last: date) -> tuple[int, ...]:
    """Return how many quarter hours a zone is ahead of UTC on each day from the first to the last.

    A day has the offset of its noon in UTC: when clocks change, they have done so by then, or do so in the night after.

    Parameters
    ----------
    time_zone : str or None
        ``"+02:00"``, ``"UTC"`` or an IANA name; None is UTC.
    first, last : date
        The days.

    Raises
    ------
    ValueError
        If the zone is malformed.

    Examples
    --------
    >>> clock("Europe/Berlin", date(2026, 3, 28), date(2026, 3, 29))
    (4, 8)
    >>> clock("-05:30", date(2026, 1, 1), date(2026, 1, 1))
    (-22,)
    """
    days = (last - first).days + 1
    fixed = 0 if time_zone is None else _fixed(time_zone)
    if fixed is not None:
        return (fixed,) * days
    zone = _zone(str(time_zone))
    return tuple(
        _quarters(str(time_zone), _ahead(zone, first + timedelta(day))) for day in range(days)
    )


def check_zone(time_zone: str) -> None:
    """Refuse what is neither an offset nor the name of a zone.

    Raises
    ------
    ValueError
        If it is malformed.
    """
    clock(time_zone, *WHOLE_YEAR)


def unknown_zone(time_zone: str, remedy: str) -> Malformed:
    """Return what is wrong with a zone that is not found: it is none, or the machine knows no zones at all."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo.no_cache("UTC")
    except (KeyError, OSError):
        problem = "cannot be looked up: there is no time-zone data on this machine"
        return Malformed(time_zone, problem, "install the package tzdata, or write offsets")
    return Malformed(time_zone, "is not a time zone", remedy)


def _as_date(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _fixed(time_zone: str) -> int | None:
    match = _OFFSET.fullmatch(time_zone)
    if not match:
        return None
    sign, hours, minutes = match.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return _quarters(time_zone, -ahead if sign == "-" else ahead)


def _zone(time_zone: str) -> Any:
    from zoneinfo import ZoneInfo

    try:
        # Looking for a long one takes as many steps into folders as it has, and there are not so many.
        return ZoneInfo(time_zone[:_LONGEST])
    except (KeyError, ValueError, OSError):
        raise unknown_zone(time_zone, _ZONE_REMEDY) from None


def _ahead(zone: Any, day: date) -> timedelta:
    noon = datetime.combine(day, time(12), UTC).astimezone(zone)
    return noon.utcoffset() or timedelta()


def _quarters(time_zone: str, ahead: timedelta) -> int:
    minutes, rest = divmod(ahead, timedelta(minutes=1))
    if rest or minutes % 15 or abs(minutes) > 14 * 60:
        problem = "is not an offset of quarter hours within 14 hours"
        raise Malformed(time_zone, problem, _ZONE_REMEDY)
    return minutes // 15
