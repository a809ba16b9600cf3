"""Years of experience: from numbers, words, bands, and days counted to a reference day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import is_bare, is_number, known_of, number_of, only, text_of
from rmatch.io.cells.dates import (
    EPOCH,
    SERIALS,
    Dates,
    compact_day,
    damaged,
    damaged_day,
    day_of,
    month_of,
    plain,
)
from rmatch.utils.text import counted
from rmatch.utils.validation import Malformed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.cells.cell import Cell, Habits
    from rmatch.io.cells.durations import Length

MOST_YEARS = 80
DAYS_A_YEAR = 365.25
MIDDLE_OF_YEAR = (7, 1)
CHOSEN = "chosen"
"""The mark of a cell that is read by a choice, which is told."""
_IN_MONTHS = re.compile(
    r"^(?!.*\b(?:years?|jahren?|annees?|ans|anos?)\b).*\b(?:months|monaten?|mois|meses)\b"
)
_YEAR = re.compile(r"(?:(?:since|seit|depuis|desde|from|sinds|dal) +)?((?:19|20)\d\d)")
_DOTTED_MONTH = re.compile(r"1?\d\.(?:19|20)\d\d")
_SAID = {
    "middle": "band read by its middle",
    "bound": "open band read by its bound",
    "about": "rough number read as it stands",
    "month": "month read as its middle",
    "year": "calendar year read as its middle",
    "months": "number read as months, as the header says",
    "serial": "number read as a spreadsheet's count of days",
}
"""What is told about each way of reading that is a choice."""


@dataclass(frozen=True, slots=True)
class Years:
    """Years, and how they were read: ``"exact"``, ``"day"``, or a key of what is told."""

    number: float
    how: str


def years_of(cell: Cell, habits: Habits) -> float:
    """Return the years in a cell, NaN where they are unknown.

    Raises
    ------
    Malformed
        If they cannot be read, or only by a guess.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> habits = Habits(dates=Dates(dt.date(2026, 3, 1)))
    >>> years_of("2 years 6 months", habits), years_of("29.01.2015", habits)
    (2.5, 11.1)
    >>> years_of("10-May", habits)
    Traceback (most recent call last):
        ...
    rmatch.utils.validation.Malformed: '10-May' is damaged by a spreadsheet: 5-10?; say it in a mapping: [values.years] "10-May" = "5-10"
    """
    text = known_of(cell, habits)
    if not text:
        return float("nan")
    found = read(text, _as_told(cell, habits))
    if found.how in _SAID:
        habits.marks.add(CHOSEN, text)
    years = found.number
    if years < 0:
        raise Malformed(text, "is negative", f"give 0 to {MOST_YEARS} years")
    if years > MOST_YEARS:
        raise Malformed(text, f"is more than {MOST_YEARS}", f"give 0 to {MOST_YEARS} years")
    return round(years, 2)


@lru_cache(10_000)
def read(text: str, dates: Dates) -> Years:
    """Return the years that a text says.

    Raises
    ------
    Malformed
        If it says none, or more than one reading is possible.
    """
    if dates.strays:
        _check_origin(text, dates)
    if month := month_of(text):
        return _since(text, month, dates, "month")
    if year := _YEAR.fullmatch(plain(text)):
        return _since_year(text, int(year[1]), dates)
    if is_number(text):
        return _number(text, dates)
    if pair := damaged(text):
        raise _is_damaged(text, pair)
    if day := day_of(text, dates):
        return _since(text, day, dates, "day")
    if length := _length(text):
        return Years(length.years, length.how)
    raise Malformed(text, *_no_years(text))


def _no_years(text: str) -> tuple[str, str]:
    """Return why a text says no years, and what to write."""
    from rmatch.io.cells.durations import number_in_words

    if number := number_in_words(text):
        remedy = f'write {number}, or say it in a mapping: [values.years] "{text}" = "{number}"'
        return "is a number in words", remedy
    return "is not a number", "write digits, like 7 or 7,5"


def settled(cells: Sequence[Cell], habits: Habits) -> Habits:
    """Return the habits of a column of years, with what only the whole column gives away.

    Parameters
    ----------
    cells : sequence
        The raw cells.
    habits : Habits
        What the mapping says.

    Returns
    -------
    Habits
        With the order of days, and whether days stand among numbers or bands of years: then a spreadsheet made them.
    """
    texts = _texts(cells, habits)
    in_months = _IN_MONTHS.search(plain(habits.source)) is not None
    dates = replace(habits.dates.settled(texts), months=in_months)
    days = sum(count for text, count in texts.items() if _is_day(text, dates))
    if not days:
        return replace(habits, dates=dates)
    others = {text: count for text, count in texts.items() if not _is_day(text, dates)}
    lengths = sum(count for text, count in others.items() if _is_length(text))
    return replace(habits, dates=replace(dates, strays=lengths >= days))


def years_notes(cells: Sequence[Cell], habits: Habits) -> Iterator[str]:
    """Say how many cells were read by a choice, with an example of each.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> list(years_notes(["5-10", "10+", "10+", "7"], Habits()))
    ["1 band read by its middle ('5-10' as 7.5)", "2 open bands read by their bound ('10+' as 10)"]
    """
    counts, examples = Counter[str](), dict[str, str]()
    for text, count in _texts(cells, habits).items():
        try:
            years = read(text, habits.dates)
        except Malformed:
            continue
        counts[years.how] += count
        examples.setdefault(years.how, f"{shown(text)} as {years.number:.4g}")
    for how, said in _SAID.items():
        if count := counts[how]:
            what, _, rest = said.partition(" read ")
            rest = rest.replace("its ", "their ").replace("it stands", "they stand")
            many = f"{counted(count, what)} read {rest}" if count > 1 else f"1 {said}"
            yield f"{many} ({examples[how]})"


def _as_told(cell: Cell, habits: Habits) -> Dates:
    """Return how the day or number in a cell is read: what the mapping says of it is neither a stray nor in months."""
    dates = habits.dates
    if text_of(only(cell)).casefold() in habits.values:
        return replace(dates, strays=False, months=False)
    return dates


def _texts(cells: Sequence[Cell], habits: Habits) -> Counter[str]:
    """Return the known texts of a column, those that the mapping gives a meaning left out."""
    found = Counter(cell if isinstance(cell, str) else text_of(cell) for cell in cells)
    texts = Counter[str]()
    for raw, count in found.items():
        text = raw.strip()
        known = text.casefold() in habits.unknown or text.casefold() in habits.values
        if not known and not is_bare(text):
            texts[text] += count
    return texts


def _number(text: str, dates: Dates) -> Years:
    number = number_of(text)
    if dates.months:
        return Years(number / 12, "months")
    if dates.on and _DOTTED_MONTH.fullmatch(text):
        problem = f"is {number:.3g} years, or a month and a year"
        raise Malformed(text, problem, f"write {number:.3g}, or a day like 2015-01-29")
    if day := compact_day(text):
        return _since(text, day, dates, "day")
    first, last = SERIALS
    if number <= MOST_YEARS or not first <= number <= last:
        return Years(number, "exact")
    if dates.on is None:
        problem = f"is more than {MOST_YEARS}"
        remedy = "if it counts the days of a spreadsheet, name the day to count to in a mapping: [dates] on = 2026-03-01"
        raise Malformed(text, problem, remedy)
    return _since(text, EPOCH + dt.timedelta(days=int(number)), dates, "serial")


def _since(text: str, day: dt.date, dates: Dates, how: str) -> Years:
    if dates.on is None:
        remedy = "name the day to which years are counted in a mapping: [dates] on = 2026-03-01"
        raise Malformed(text, "is a date", remedy)
    if day > dates.on:
        remedy = f'correct one of them, or say in a mapping: [values.years] "{text}" = 0'
        raise Malformed(text, f"is after the reference day {dates.on}", remedy)
    # A date of entry tells experience to a few weeks at best, so a tenth of a year is kept.
    return Years(round((dates.on - day).days / DAYS_A_YEAR, 1), how)


def _since_year(text: str, year: int, dates: Dates) -> Years:
    if dates.months and is_number(text):
        return _number(text, dates)
    if dates.on is None:
        remedy = "write how many years, or name the day to which they are counted in a mapping: [dates] on = 2026-03-01"
        raise Malformed(text, "looks like a calendar year", remedy)
    return _since(text, dt.date(year, *MIDDLE_OF_YEAR), dates, "year")


def _check_origin(text: str, dates: Dates) -> None:
    """Refuse a day that stands among numbers or bands of years."""
    if _is_day(text, dates):
        day = month_of(text) or compact_day(text) or day_of(text, dates)
        assert day is not None  # or else it were no day
        raise _is_damaged(text, damaged_day(day), "is a date among numbers of years: ")


def _is_damaged(text: str, pair: str, being: str = "is ") -> Malformed:
    low, _, high = pair.partition("-")
    meant = low if low == high else pair
    remedy = f'say it in a mapping: [values.years] "{text}" = "{meant}"'
    return Malformed(text, f"{being}damaged by a spreadsheet: {pair}?", remedy)


def _is_day(text: str, dates: Dates) -> bool:
    if month_of(text):
        return True
    if is_number(text):
        return compact_day(text) is not None
    try:
        return day_of(text, replace(dates, order=dates.order or "day first")) is not None
    except Malformed:
        return True


def _length(text: str) -> Length | None:
    # Few tables say years in words, and the patterns of their words take a while to be made.
    from rmatch.io.cells.durations import length_of

    return length_of(text)


def _is_length(text: str) -> bool:
    length = _length(text)
    return bool(damaged(text)) or (length is not None and length.years <= MOST_YEARS)
