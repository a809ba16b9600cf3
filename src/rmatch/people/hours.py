"""Hours of the day as sets of quarter hours in UTC."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from rmatch.utils.validation import Malformed

QUARTERS = 96
REFERENCE_DAY = (2026, 1, 15)

# Word writes the longer dash.
_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})", re.ASCII)
_HOURS_REMEDY = "write intervals on quarter hours like 09:00-12:00; 13:00-17:00"
_ZONE_REMEDY = "write an offset like +02:00, UTC, or a name like Europe/Berlin"


def quarter_hours(hours: str, time_zone: str | None) -> int:
    """Return the quarter hours of the UTC day in which a person can meet.

    Bit `q` of the result stands for the quarter hour that begins `q` times 15 minutes after midnight UTC, so the time
    shared by two people is the number of bits that their two masks have in common.

    Parameters
    ----------
    hours : str
        Intervals of local time between quarter hours, separated by semicolons; one may cross midnight.
    time_zone : str or None
        ``"+02:00"``, ``"UTC"`` or an IANA name, whose offset on 15 January 2026 is used; None is UTC.

    Returns
    -------
    int
        A mask of 96 bits.

    Raises
    ------
    ValueError
        If the hours or the zone are malformed.

    Examples
    --------
    >>> quarter_hours("09:00-12:00", "+02:00") == quarter_hours("07:00-10:00", "UTC")
    True
    >>> quarter_hours("22:00-02:00", None).bit_count() / 4
    4.0
    """
    shift = offset(time_zone) if time_zone else 0
    quarters = {(quarter - shift) % QUARTERS for span in intervals(hours) for quarter in span}
    return sum(1 << quarter for quarter in quarters)


def intervals(hours: str) -> list[range]:
    """Return the intervals as ranges of local quarter hours; past midnight they go beyond 96.

    Examples
    --------
    >>> intervals("22:00-02:00")
    [range(88, 104)]
    """
    return [_interval(part.strip()) for part in hours.split(";") if part.strip()]


def offset(time_zone: str) -> int:
    """Return how many quarter hours a zone is ahead of UTC.

    Examples
    --------
    >>> offset("-05:30"), offset("Asia/Kathmandu")
    (-22, 23)
    """
    from zoneinfo import ZoneInfo

    if match := _OFFSET.fullmatch(time_zone):
        sign, hours, minutes = match.groups()
        ahead = 60 * int(hours) + int(minutes)
        return _quarters(time_zone, -ahead if sign == "-" else ahead)
    try:
        noon = datetime(*REFERENCE_DAY, 12, tzinfo=ZoneInfo(time_zone))
        shift = noon.utcoffset() or timedelta()
    except (KeyError, ValueError, OSError):
        raise Malformed(time_zone, "is not a time zone", _ZONE_REMEDY) from None
    return _quarters(time_zone, shift // timedelta(minutes=1))


def _quarters(time_zone: str, minutes: int) -> int:
    if minutes % 15 or abs(minutes) > 14 * 60:
        problem = "is not an offset of quarter hours within 14 hours"
        raise Malformed(time_zone, problem, _ZONE_REMEDY)
    return minutes // 15


def _interval(text: str) -> range:
    match = _INTERVAL.fullmatch(text)
    if not match:
        raise Malformed(text, "is not an interval of hours", _HOURS_REMEDY)
    start = _quarter(text, match[1], match[2])
    end = _quarter(text, match[3], match[4])
    if start in (end, QUARTERS):
        raise Malformed(text, "is an empty interval", "write 00:00-24:00 for the whole day")
    return range(start, end if end > start else end + QUARTERS)


def _quarter(interval: str, hour: str, minute: str) -> int:
    quarter, rest = divmod(60 * int(hour) + int(minute), 15)
    if rest or int(minute) > 59 or quarter > QUARTERS:
        problem = "has a bound that is not a quarter hour of the day"
        raise Malformed(interval, problem, _HOURS_REMEDY)
    return quarter
