"""How many minutes a week two people can both meet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rmatch.people import QUARTER, WEEK, clock, ends_of, in_words, week
from rmatch.utils.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date


class Hours(NamedTuple):
    """When somebody can meet: the quarter hours of the local week, one bit each, and the zone."""

    local: int
    zone: str | None


def hours_of(text: str | None, zone: str | None) -> Hours | None:
    """Return the hours of a person, `None` where they are unknown."""
    return None if text is None else Hours(week(text), zone)


def minutes_by(dates: Sequence[date]) -> Callable[[Hours | None, Hours | None], int]:
    """Return what counts the minutes a week in which two people can both meet, on the worst day of a round.

    Parameters
    ----------
    dates : sequence of date
        The first and the last day; empty for a whole year.

    Returns
    -------
    callable
        Takes the hours of both; nobody can meet somebody whose hours are unknown.
    """
    apart = apart_by(dates)

    @cache
    def minutes(one: Hours | None, other: Hours | None) -> int:
        if one is None or other is None:
            return 0
        shared = [
            (turned(one.local, by) & other.local).bit_count() for by in apart(one.zone, other.zone)
        ]
        return QUARTER * min(shared)

    return minutes


def apart_by(dates: Sequence[date]) -> Callable[[str | None, str | None], frozenset[int]]:
    """Return what tells by how many quarter hours the clocks of two zones differ on the days of a round."""

    @cache
    def apart(one: str | None, other: str | None) -> frozenset[int]:
        days = zip(clock(one, *ends_of(dates)), clock(other, *ends_of(dates)), strict=True)
        return frozenset(ahead - behind for ahead, behind in days)

    return apart


def turned(local: int, by: int) -> int:
    """Return a week as read off a clock that is some quarter hours behind.

    Examples
    --------
    >>> turned(0b1000, 3), turned(0b1, 1) == 1 << 671
    (1, True)
    """
    steps = by % WEEK
    return (local >> steps | local << (WEEK - steps)) & ((1 << WEEK) - 1)


def both_can_meet(minutes: int, dates: Sequence[date]) -> Message:
    """Say how long two people can both meet, and when that holds.

    Examples
    --------
    >>> both_can_meet(120, ())
    'both can meet 120 minutes a week, on every day of 2026'
    >>> both_can_meet(0, ())
    'no time in which both can meet on every day of 2026'
    """
    if not minutes:
        return Message("no time in which both can meet {days}", days=in_words(dates))
    return Message(
        "both can meet {minutes} minutes a week, {days}", minutes=minutes, days=in_words(dates)
    )
