"""The first hour in which two people can meet."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from rmatch.people import QUARTER, clock, ends_of
from rmatch.rounds.slips.slip import Appointment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rmatch.formulas import Hours

LOOKED_AT = 28
"""An hour that both have is looked for on so many days from the first one of the round."""
QUARTERS = 4
"""An appointment takes so many quarter hours."""
DAY = 96


def first_hour(one: Hours | None, other: Hours | None, dates: Sequence[date]) -> Appointment | None:
    """Return the first hour of a round in which both can meet.

    Parameters
    ----------
    one, other : Hours or None
        When each can; None where it is not known.
    dates : sequence of date
        The first and the last day of the round.

    Returns
    -------
    Appointment or None
        Nothing where hours or days are not known, or there is no such hour in the first four weeks.

    Examples
    --------
    >>> from datetime import date
    >>> from rmatch.formulas.meeting import hours_of
    >>> here, there = hours_of("Tue 09:00-12:00", "Europe/Berlin"), hours_of("10:00-17:00", "UTC")
    >>> first_hour(here, there, [date(2027, 1, 4), date(2027, 6, 30)]).start.isoformat()
    '2027-01-05T10:00:00+00:00'
    """
    if one is None or other is None or not dates:
        return None
    first, last = ends_of(dates)
    end = min(last, first + timedelta(LOOKED_AT - 1))
    free = _free(one, first, end) & _free(other, first, end)
    for _ in range(1, QUARTERS):
        # What is left begins a run that is one quarter longer.
        free &= free >> 1
    if not free:
        return None
    begins = (free & -free).bit_length() - 1 - DAY
    start = datetime.combine(first, time(), UTC) + timedelta(minutes=begins * QUARTER)
    return Appointment(start, start + timedelta(minutes=QUARTERS * QUARTER))


def _free(hours: Hours, first: date, last: date) -> int:
    """Return the quarter hours that somebody has, one bit each, from one day before the first one in UTC."""
    mask = 0
    for day, ahead in enumerate(clock(hours.zone, first, last)):
        weekday = (first + timedelta(day)).weekday()
        local = hours.local >> weekday * DAY & (1 << DAY) - 1
        # No clock is a whole day ahead, so nothing is shifted out.
        mask |= local << (day + 1) * DAY - ahead
    return mask
