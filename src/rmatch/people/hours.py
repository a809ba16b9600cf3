"""Hours of the week as sets of quarter hours."""

from __future__ import annotations

import re

from rmatch.utils.validation import Malformed

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORKING_DAYS = (0, 1, 2, 3, 4)
QUARTER = 15
QUARTERS = 96
WEEK = 7 * QUARTERS

# Word writes the longer dash.
_SLOT = re.compile(
    r"(?:(?P<first>[A-Z][a-z]{2})(?:[-–](?P<last>[A-Z][a-z]{2}))?\s+)?(?P<span>[\d:\s–-]+)",
    re.ASCII,
)
_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.ASCII)
_HOURS_REMEDY = "write intervals on quarter hours like 09:00-12:00; Mon 13:00-17:00"


def week(hours: str) -> int:
    """Return the quarter hours of the local week in which a person can meet.

    Bit `q` of the result stands for the quarter hour that begins `q` times 15 minutes after midnight of Monday.

    Parameters
    ----------
    hours : str
        Intervals of local time between quarter hours, separated by semicolons, each after a day (``Mon``) or a span of
        days (``Mon-Fri``); one without a day holds on the days of the one before, the first on Monday to Friday. An interval may cross midnight, and belongs to
        the day on which it begins.

    Returns
    -------
    int
        A mask of 672 bits.

    Raises
    ------
    ValueError
        If the hours are malformed.

    Examples
    --------
    >>> week("09:00-12:00") == week("Mon-Fri 09:00-12:00")
    True
    >>> week("Mon 09:00-11:00; Tue 14:00-16:00").bit_count() * 15
    240
    >>> week("Sun 22:00-02:00") == week("Sun 22:00-24:00; Mon 00:00-02:00")
    True
    """
    mask = 0
    for days, quarters in slots(hours):
        for day in days:
            mask |= (1 << len(quarters)) - 1 << day * QUARTERS + quarters.start
    # From Sunday's last hours the week goes on with Monday.
    return (mask | mask >> WEEK) & (1 << WEEK) - 1


def slots(hours: str) -> list[tuple[tuple[int, ...], range]]:
    """Return for each interval its days, 0 for Monday, and its quarter hours; past midnight they go beyond 96.

    Examples
    --------
    >>> slots("Tue 22:00-02:00")
    [((1,), range(88, 104))]
    """
    found: list[tuple[tuple[int, ...], range]] = []
    for part in filter(None, map(str.strip, hours.split(";"))):
        days, quarters = _slot(part)
        found.append((days or (found[-1][0] if found else WORKING_DAYS), quarters))
    return found


def days_between(first: int, last: int) -> tuple[int, ...]:
    """Return the days from one to another, over the end of the week if need be.

    Examples
    --------
    >>> days_between(5, 0)
    (5, 6, 0)
    """
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _slot(text: str) -> tuple[tuple[int, ...], range]:
    match = _SLOT.fullmatch(text)
    if not match:
        raise Malformed(text, "is not an interval of hours", _HOURS_REMEDY)
    quarters = _interval(text, match["span"].strip())
    if match["first"] is None:
        return (), quarters
    ends = [match["first"], match["last"] or match["first"]]
    if not set(ends) <= set(DAYS):
        raise Malformed(text, "names no day of the week", f"the days are {', '.join(DAYS)}")
    return days_between(*map(DAYS.index, ends)), quarters


def _interval(slot: str, text: str) -> range:
    match = _INTERVAL.fullmatch(text)
    if not match:
        raise Malformed(slot, "is not an interval of hours", _HOURS_REMEDY)
    start = _quarter(slot, match[1], match[2])
    end = _quarter(slot, match[3], match[4])
    if start in (end, QUARTERS):
        raise Malformed(slot, "is an empty interval", "write 00:00-24:00 for the whole day")
    return range(start, end if end > start else end + QUARTERS)


def _quarter(slot: str, hour: str, minute: str) -> int:
    quarter, rest = divmod(60 * int(hour) + int(minute), QUARTER)
    if rest or int(minute) > 59 or quarter > QUARTERS:
        problem = "has a bound that is not a quarter hour of the day"
        raise Malformed(slot, problem, _HOURS_REMEDY)
    return quarter
