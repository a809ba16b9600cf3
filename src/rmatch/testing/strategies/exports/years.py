"""Years of experience as exports write them: numbers, words, bands, and the day of hiring."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rmatch.testing.strategies.exports.written import column, headers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rmatch.people import Person
    from rmatch.testing.strategies.exports.written import Written

DAYS_A_YEAR = 365.25
EPOCH = dt.date(1899, 12, 30)
REFERENCE = dt.date(2026, 3, 1)
DAYS = {
    "%Y-%m-%d": "",
    "%d.%m.%Y": "",
    "%d %B %Y": "",
    "%d/%m/%Y": "day first",
    "%m/%d/%Y": "month first",
}
"""How days are written, and the order that a mapping names for it."""
WORDS = ("{} years {} months", "{} years, {} months", "{} Jahre {} Monate", "{} ans et {} mois")


@st.composite
def years(draw: st.DrawFn, persons: Sequence[Person]) -> Written:
    """Return the column of years in one way of writing that fits everybody."""
    header = draw(headers("years"))
    known = [person.years for person in persons if person.years is not None]
    if known and all(_is_day(number) for number in known) and draw(st.booleans()):
        form = draw(st.sampled_from((*DAYS, "serial")))
        cells = [_written(person.years, lambda number: _day(number, form)) for person in persons]
        dates = {"on": REFERENCE.isoformat()}
        if DAYS.get(form):
            dates["order"] = DAYS[form]
        return column("years", header, cells, {"dates": dates})
    sign = draw(st.sampled_from(".,"))
    cells = []
    for person in persons:
        form = draw(st.sampled_from(("number", "words", "band", "above")))
        cells.append(_written(person.years, lambda number, form=form: _length(number, form)))  # type: ignore[misc]
    return column("years", header, [cell.replace(".", sign) for cell in cells])


def _written(number: float | None, write: Callable[[float], str]) -> str:
    return "" if number is None or math.isnan(number) else write(number)


def _length(number: float, form: str) -> str:
    plain = f"{number:.2f}".rstrip("0").rstrip(".")
    months = round(number * 12)
    if form == "words" and round(months / 12, 2) == number:
        return WORDS[months % len(WORDS)].format(*divmod(months, 12))
    if form == "band" and number == int(number) >= 1:
        return f"{number - 1:g}-{number + 1:g}"
    return f"{plain}+" if form == "above" else plain


def _is_day(number: float) -> bool:
    return round(round(round(number * DAYS_A_YEAR) / DAYS_A_YEAR, 1), 2) == round(number, 2)


def _day(number: float, form: str) -> str:
    day = REFERENCE - dt.timedelta(days=round(number * DAYS_A_YEAR))
    return str((day - EPOCH).days) if form == "serial" else day.strftime(form)
