"""Days as cells write them, and pairs of numbers that a spreadsheet has turned into days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rmatch.utils.validation import Malformed

ORDERS = ("day first", "month first", "year first")
CENTURY = 2000
SERIALS = (10_000, 80_000)
"""Spreadsheets count days from 1899-12-30: these are those from 1927 to 2119."""
EPOCH = dt.date(1899, 12, 30)

_MONTHS = (
    "january jan januar janner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar febr fevrier fevr fev febrero febbraio fevereiro februari",
    "march mar marz mrz maerz mars marzo marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre set settembre setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""The number of each month by its names, in lower case without accents."""

_CLOCK = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_NUMERIC = re.compile(rf"(\d{{1,4}})([./-]) ?(\d{{1,2}})\2 ?(\d{{1,4}})\.?{_CLOCK}", re.IGNORECASE)
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?"
_OF = r"[ .,/-]+(?:of |de |d')?"
_DAY_MONTH = re.compile(
    rf"{_DAY}[ .,/-]*(?:of |de |d')?([a-z]+)\.?{_OF}(\d{{4}}|\d\d){_CLOCK}", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"([a-z]+)\.?[ .-]*{_DAY},?{_OF}(\d{{4}}){_CLOCK}", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MONTH_YEAR = re.compile(r"(0\d(?=\.)|\d{1,2}(?=[ /-])|[a-z]+)[ ./-]*((?:19|20)\d\d)")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[ ./-]+(\d{1,2}|[a-z]+)\.?")
_SINCE = re.compile(r"(?:since|seit|ab|depuis|desde|from) +(?=.*\d{4}$)")
MIDDLE = 15
"""Of a month without a day: that is right to two weeks."""
_SHORT_DAY_MONTH = re.compile(r"(\d{1,2})\.?[ .-]*([a-z]+)\.?")
_SHORT_MONTH_DAY = re.compile(r"([a-z]+)\.?[ .-]*(\d{1,2})\.?")


@dataclass(frozen=True, slots=True)
class Dates:
    """How a source writes days, and to which day years are counted.

    Attributes
    ----------
    on : datetime.date or None
        The reference day.
    order : str
        One of `ORDERS`, empty where nothing tells.
    strays : bool
        Whether days stand among numbers and bands of years, so that a spreadsheet must have made them.
    months : bool
        Whether the header says that plain numbers are months.
    """

    on: dt.date | None = None
    order: str = ""
    strays: bool = False
    months: bool = False

    def settled(self, cells: Iterable[str]) -> Dates:
        """Return the same with the order that a column gives away, if it does and none is stated."""
        return self if self.order else replace(self, order=order_of(cells))


@lru_cache(10_000)
def plain(text: str) -> str:
    """Return a text in lower case, without accents, with plain hyphens and single blanks.

    Examples
    --------
    >>> plain("5\u201310  A\u00d1OS")
    '5-10 anos'
    """
    bare = unicodedata.normalize("NFKD", re.sub("[\u2010-\u2014\u2212]", "-", text)).casefold()
    letters = (letter for letter in bare if not unicodedata.combining(letter))
    return " ".join("".join(letters).replace("’", "'").split())


def order_of(texts: Iterable[str]) -> str:
    """Return which comes first in a column of days, empty where no cell tells or they contradict each other.

    Examples
    --------
    >>> order_of(["03/04/2026", "29/01/2015"]), order_of(["03/04/2026"])
    ('day first', '')
    """
    found = {_tells(text) for text in texts} - {""}
    return found.pop() if len(found) == 1 else ""


def day_of(text: str, dates: Dates) -> dt.date | None:
    """Return the day that a cell names, or nothing where it is none.

    Parameters
    ----------
    text : str
        The cell.
    dates : Dates
        How its column writes days.

    Returns
    -------
    datetime.date or None
        The day.

    Raises
    ------
    Malformed
        If it can be read as two days, or there is no such day.

    Examples
    --------
    >>> day_of("29.01.2015", Dates()), day_of("1 March 2024", Dates()), day_of("soon", Dates())
    (datetime.date(2015, 1, 29), datetime.date(2024, 3, 1), None)
    >>> day_of("03/04/2026", Dates())
    Traceback (most recent call last):
        ...
    rmatch.utils.validation.Malformed: '03/04/2026' is 3 April 2026 or 4 March 2026; say which in a mapping: [dates] order = "day first" or "month first"
    """
    bare = _SINCE.sub("", plain(text))
    if numeric := _NUMERIC.fullmatch(bare):
        return _numeric(text, numeric, dates)
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        named = pattern.fullmatch(bare)
        if named and named[month] in MONTHS:
            known = _day(_year(named[3], dates), MONTHS[named[month]], named[day])
            if known is None:
                remedy = "write the day that is meant, like 2015-01-29"
                raise Malformed(text, "is no day of the calendar", remedy)
            return known
    return None


def compact_day(text: str) -> dt.date | None:
    """Return the day that eight digits name, or nothing where they name none.

    Examples
    --------
    >>> compact_day("20150129"), compact_day("20159901"), compact_day("42033")
    (datetime.date(2015, 1, 29), None, None)
    """
    found = _COMPACT.fullmatch(text)
    return _day(int(found[1]), found[2], found[3]) if found else None


def month_of(text: str) -> dt.date | None:
    """Return the middle of a month that a cell names without a day, or nothing where it names none.

    Examples
    --------
    >>> month_of("01.2015"), month_of("seit Mai 2015"), month_of("2015"), month_of("3.5")
    (datetime.date(2015, 1, 15), datetime.date(2015, 5, 15), None, None)
    """
    bare = _SINCE.sub("", plain(text))
    for pattern, year, name in ((_MONTH_YEAR, 2, 1), (_YEAR_MONTH, 1, 2)):
        if found := pattern.fullmatch(bare):
            month = MONTHS.get(found[name], 0)
            if found[name].isdecimal():
                month = int(found[name])
            return dt.date(int(found[year]), month, MIDDLE) if 1 <= month <= 12 else None
    return None


def damaged(text: str) -> str:
    """Return the pair of numbers that a spreadsheet has turned into a day and a month, empty where it has not.

    Examples
    --------
    >>> damaged("10-May"), damaged("5-Mar"), damaged("10. Mai"), damaged("Okt 15"), damaged("5-10")
    ('5-10', '3-5', '5-10', '10-15', '')
    """
    bare = plain(text)
    for pattern, number, name in ((_SHORT_DAY_MONTH, 1, 2), (_SHORT_MONTH_DAY, 2, 1)):
        found = pattern.fullmatch(bare)
        if found and found[name] in MONTHS:
            return _pair(int(found[number]), MONTHS[found[name]])
    return ""


def damaged_day(day: dt.date) -> str:
    """Return the pair of numbers that a spreadsheet may have turned into a whole day.

    Examples
    --------
    >>> damaged_day(dt.date(2026, 5, 10)), damaged_day(dt.date(2015, 10, 1))
    ('5-10', '10-15')
    """
    year = day.year % 100
    # A second number above 31 is no day, and one above the days that fit is taken for the year.
    if day.day == 1 and day.month < year:
        return f"{day.month}-{year}"
    return _pair(day.day, day.month)


def _pair(one: int, other: int) -> str:
    return f"{min(one, other)}-{max(one, other)}"


def _tells(text: str) -> str:
    numeric = _NUMERIC.fullmatch(text)
    if numeric is None or len(numeric[1]) > 2:
        return ""
    possible = _possible(numeric, Dates())
    return next(iter(possible)) if len(possible) == 1 else ""


def _numeric(text: str, found: re.Match[str], dates: Dates) -> dt.date | None:
    if len(found[1]) == 4:
        possible = {"year first": _day(int(found[1]), found[3], found[4])}
    elif len(found[1]) > 2 or len(found[4]) not in {2, 4}:
        return None
    else:
        possible = {**_possible(found, dates)}
    days = [day for day in dict.fromkeys(possible.values()) if day]
    if len(days) == 1:
        return days[0]
    orders = " or ".join(f'"{order}"' for order in possible if order) or '"day first"'
    if not days:
        remedy = f"write 2015-01-29, or say in a mapping what comes first: [dates] order = {orders}"
        raise Malformed(text, "is no day of the calendar", remedy)
    remedy = f"say which in a mapping: [dates] order = {orders}"
    raise Malformed(text, f"is {' or '.join(map(_said, days))}", remedy)


def _possible(found: re.Match[str], dates: Dates) -> dict[str, dt.date]:
    """Return the days that three numbers can be, by the order in which they are read."""
    first, second, third = found[1], found[3], found[4]
    year = _year(third, dates)
    readings = {"day first": _day(year, second, first), "month first": _day(year, first, second)}
    early = _year(first, dates)
    if len(third) == 2 and (early >= CENTURY or dates.order == "year first"):
        readings["year first"] = _day(early, second, third)
    possible = {order: day for order, day in readings.items() if day is not None}
    if dates.order in readings:
        return {order: day for order, day in possible.items() if order == dates.order}
    # Nobody writes dots with the month in front.
    if found[2] == "." and "day first" in possible:
        return {"day first": possible["day first"]}
    return possible


def _year(text: str, dates: Dates) -> int:
    if len(text) > 2:
        return int(text)
    latest = dates.on.year if dates.on else 2068
    year = CENTURY + int(text)
    return year if year <= latest else year - 100


def _day(year: int, month: int | str, day: int | str) -> dt.date | None:
    try:
        return dt.date(year, int(month), int(day))
    except ValueError:
        return None


def _said(day: dt.date) -> str:
    months = [names.split()[0].capitalize() for names in _MONTHS]
    return f"{day.day} {months[day.month - 1]} {day.year}"
