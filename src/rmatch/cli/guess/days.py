"""Columns of days, and what times answers name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.io import readings, timed_column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rmatch.io import Table

FEWEST_SHOWN, YEAR = 0.9, 365.25
DAYS = re.compile(r"\d{1,2}[:.h]\d{2}\s*(?:-|–|to|bis|à)\s*\d{1,2}[:.h]\d{2}")
"""A time of day, from and to."""
_MIDNIGHT = r"(?:0?0|2[1-3]):00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?|12:00(?::00)? AM"
_DAY = re.compile(rf"\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{2,4}}(?:[ T](?:{_MIDNIGHT}))?")
"""A day, at most with the midnight of some zone: another time of day tells when somebody answered."""
_YEAR = re.compile(r"\d{4}")


def are_days(texts: Sequence[str]) -> bool:
    """Tell whether cells are days, such as those on which people were hired.

    Examples
    --------
    >>> are_days(["29.01.2015", "04.06.2003"]), are_days(["2-5", "5-10"]), are_days(["2", "7,5"])
    (True, False, False)
    >>> are_days(["2015-01-29 00:00:00"]), are_days(["2026-02-01 10:05:00"])
    (True, False)
    """
    days = [text for text in texts if _DAY.fullmatch(text) and _YEAR.search(text)]
    return bool(texts) and len(days) >= FEWEST_SHOWN * len(texts)


def order_needed(texts: Sequence[str]) -> bool:
    """Tell whether days can be read in two ways.

    Examples
    --------
    >>> order_needed(["03/04/2026"]), order_needed(["03/04/2026", "13/04/2026"])
    (True, False)
    """
    return len(readings(texts)) > 1


def newest(table: Table) -> dt.date | None:
    """Return the last day on which somebody answered, None if no column tells."""
    header = timed_column(table)
    ways = readings(table.columns[header]) if header else []
    moments = [[moment for moment in way if moment] for way in ways]
    # Where day and month could be either, people answered within the shorter time.
    shortest = min(filter(None, moments), key=lambda way: max(way) - min(way), default=[])
    return max(shortest).date() if shortest else None


def years_since(texts: Sequence[str]) -> list[float | None]:
    """Return how many years lie between each day and the last of them, to hundredths, as far as they can be read.

    Examples
    --------
    >>> years_since(["01.03.2020", "", "01.06.2022", "01.03.2024"])
    [4.0, None, 1.75, 0.0]
    """
    ways = readings(texts)
    if not ways:
        return [None] * len(texts)
    last = max(moment for moment in ways[0] if moment)
    return [round((last - moment).days / YEAR, 2) if moment else None for moment in ways[0]]


def hours_in(texts: Sequence[str]) -> Mapping[str, str]:
    """Return the times that answers name beside other words.

    Examples
    --------
    >>> hours_in(["Mornings (08:00-12:00), lunch (12:00-13:00)", "08:00-12:00"])
    {'Mornings (08:00-12:00), lunch (12:00-13:00)': '08:00-12:00; 12:00-13:00'}
    """
    found: dict[str, str] = {}
    for text in dict.fromkeys(filter(None, texts)):
        spans = [re.sub(r"[.h]", ":", match).replace("–", "-") for match in _spans(text)]
        plain = re.sub(r"[\s;,]", "", DAYS.sub("", text))
        if spans and plain:
            found[text] = "; ".join(spans)
    return found


def _spans(text: str) -> list[str]:
    spans = [match.group() for match in DAYS.finditer(text)]
    return [re.sub(r"\s*(?:-|–|to|bis|à)\s*", "-", span) for span in spans]
