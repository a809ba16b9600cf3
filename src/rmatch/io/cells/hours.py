"""Hours as people write them, brought into rmatch's own form."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from rmatch.io.cells.weekdays import ANY, LANGUAGES, TO, Reader, languages_of
from rmatch.people import DAYS, QUARTER, QUARTERS
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REMEDY = "write days and intervals on quarter hours like Mon 09:00-12:00; Tue 13:00-17:00"
NOON = 12 * 60

_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_OCLOCK = r"(?:uhr|o'clock|hrs|hours|heures|horas|uur|h)\b"
_TIME = re.compile(
    rf"\s*(?P<hour>\d{{1,2}})(?:\s?[:.h]\s?(?P<minute>\d{{2}})(?!\d))?(?:\s?(?:{_HALF}|{_OCLOCK}))?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_SHARE = re.compile(r"0[.,]\d+")
_TO = re.compile(rf"\s*{TO}")
_BEFORE_TIMES = re.compile(r"\s*[:,]?\s*")
_NEXT = re.compile(r"\s*(?:,|;|/|&|\+|\n|\band\b|\bund\b|\bet\b|\by\b)\s*")


class Slot(NamedTuple):
    """Hours on some days.

    Attributes
    ----------
    days : tuple of int
        0 for Monday; empty where no day is named.
    spans : tuple of (int, int)
        Minutes after midnight from which and until when; empty where no time is named.
    """

    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def hours_of(text: str, languages: frozenset[str] = ANY) -> str:
    """Return hours in rmatch's own form, as :func:`rmatch.people.week` reads it.

    Parameters
    ----------
    text : str
        As somebody wrote them.
    languages : frozenset of str
        Those in which the days may be written.

    Raises
    ------
    Malformed
        If they cannot be read, or in more than one way.

    Examples
    --------
    >>> hours_of("Mo 9-11 Uhr, Di und Do 14:00-16:30")
    'Mon 09:00-11:00; Tue 14:00-16:30; Thu 14:00-16:30'
    >>> hours_of("lun-ven 9h-12h")
    'Mon-Fri 09:00-12:00'
    """
    own = languages_of([text])
    found = slots_of(text, languages & own or own)
    for slot in found:
        if not slot.spans:
            raise Malformed(text, "says no time of day", REMEDY)
    return written(found)


def slots_of(text: str, languages: frozenset[str] = ANY) -> list[Slot]:
    """Return the days and times that a text names.

    Raises
    ------
    Malformed
        If it holds anything else.

    Examples
    --------
    >>> slots_of("Mon 9-11")
    [Slot(days=(0,), spans=((540, 660),))]
    """
    reader = Reader(text, languages)
    found: list[Slot] = []
    while reader.rest:
        days = reader.days()
        reader.take(_BEFORE_TIMES)
        span = _span(reader)
        if not days and not span:
            raise _no_interval(text)
        # Further times without a day belong to the days before them.
        if not days and found and found[-1].days and span:
            found[-1] = Slot(found[-1].days, (*found[-1].spans, span))
        else:
            found.append(Slot(days, (span,) if span else ()))
        if reader.rest and not reader.take(_NEXT) and not (days and reader.days_follow()):
            raise _no_interval(text)
    return found


def _no_interval(text: str) -> Malformed:
    """Return the refusal of hours; a time alone, which a spreadsheet keeps as a share of a day, is named."""
    minutes = None
    if clock := _CLOCK.fullmatch(text):
        minutes = 60 * int(clock[1]) + int(clock[2])
    elif _SHARE.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
    if not minutes:
        return Malformed(text, "is not an interval of hours", REMEDY)
    problem = f"is one time, {_clock(minutes)}, of the day or how long, and no interval of hours"
    return Malformed(text, problem, REMEDY)


def readings(text: str) -> dict[str, tuple[Slot, ...]]:
    """Return what a text names in each language, those left out in which it names nothing.

    Examples
    --------
    >>> [(language, slots[0].days) for language, slots in readings("Di 9-11").items()]
    [('German', (1,)), ('French', (6,)), ('Dutch', (1,))]
    """
    found: dict[str, tuple[Slot, ...]] = {}
    for language in LANGUAGES:
        with suppress(Malformed):
            found[language] = tuple(slots_of(text, frozenset({language})))
    return {language: slots for language, slots in found.items() if slots}


def written(found: Iterable[Slot]) -> str:
    """Return slots in rmatch's own form.

    Examples
    --------
    >>> written([Slot((0, 1, 2), ((540, 660),)), Slot((), ((540, 660),))])
    'Mon-Wed 09:00-11:00; Mon-Fri 09:00-11:00'
    """
    found = list(found)
    plain = "Mon-Fri" if any(slot.days for slot in found) else ""
    parts = [
        f"{named or plain} {_clock(start)}-{_clock(end)}".strip()
        for slot in found
        for named in _runs(slot.days)
        for start, end in slot.spans
    ]
    return "; ".join(dict.fromkeys(parts))


def _runs(days: Sequence[int]) -> list[str]:
    """Return the names of days, of three or more in a row the first and the last."""
    if not days:
        return [""]
    runs: list[list[int]] = []
    for day in days:
        if runs and day == (runs[-1][-1] + 1) % 7:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        name
        for run in runs
        for name in (
            [f"{DAYS[run[0]]}-{DAYS[run[-1]]}"] if len(run) > 2 else [DAYS[day] for day in run]
        )
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _span(reader: Reader) -> tuple[int, int] | None:
    before = reader.rest
    first = reader.take(_TIME)
    if not first:
        return None
    last = reader.take(_TIME) if reader.take(_TO) else None
    if not last:
        reader.rest = before
        raise _no_interval(reader.text)
    return _checked(reader.text, first, last)


def _checked(text: str, first: re.Match[str], last: re.Match[str]) -> tuple[int, int]:
    half = last["half"]
    start, end = _minutes(text, first, half), _minutes(text, last, half)
    if not first["half"] and half == "p" and start >= end:
        start -= NOON  # "9-1 pm" begins in the morning
    if start in {end, 24 * 60}:
        raise Malformed(text, "is an empty interval", "write 00:00-24:00 for the whole day")
    if end < start < NOON:
        start_, end_ = _clock(start), _clock(end)
        problem = f"may go on after midnight, from {start_} to {end_}, or end in the afternoon"
        remedy = (
            f"write {start_}-{_clock(end + NOON)}, or {start_}-24:00 and the next day 00:00-{end_}"
        )
        raise Malformed(text, problem, remedy)
    return start, end


def _minutes(text: str, match: re.Match[str], half: str | None) -> int:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = match["half"] or half
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    elif match["half"]:
        raise Malformed(text, "is not a time of the twelve-hour clock", REMEDY)
    minutes = 60 * hour + minute
    if minute > 59 or minutes % QUARTER or minutes > QUARTER * QUARTERS:
        problem = "has a bound that is not a quarter hour of the day"
        raise Malformed(text, problem, REMEDY)
    return minutes
