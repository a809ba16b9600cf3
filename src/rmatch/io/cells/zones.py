"""Time zones as people, forms and calendars write them, brought to an offset or an IANA name."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import meant, text_of
from rmatch.io.cells.weekdays import plain
from rmatch.io.cells.windows import windows_zones
from rmatch.people import WHOLE_YEAR, check_zone, clock, unknown_zone
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmatch.io.cells.cell import Cell, Habits

REMEDY = "write an offset like +02:00, UTC, or a name like Europe/Berlin"
ABBREVIATIONS = {
    "acst": ("Australia/Darwin",),
    "aedt": ("Australia/Sydney",),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "akst": ("America/Anchorage",),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "awst": ("Australia/Perth",),
    "brt": ("America/Sao_Paulo",),
    "bst": ("Europe/London",),
    "cdt": ("America/Chicago",),
    "cest": ("Europe/Berlin",),
    "cst": ("America/Chicago", "Asia/Shanghai"),
    "ct": ("America/Chicago",),
    "edt": ("America/New_York",),
    "eest": ("Europe/Athens",),
    "et": ("America/New_York",),
    "gst": ("Asia/Dubai",),
    "hkt": ("Asia/Hong_Kong",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "mdt": ("America/Denver",),
    "mesz": ("Europe/Berlin",),
    "mez": ("Europe/Berlin",),
    "msk": ("Europe/Moscow",),
    "mt": ("America/Denver",),
    "nzst": ("Pacific/Auckland",),
    "pdt": ("America/Los_Angeles",),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "pt": ("America/Los_Angeles",),
    "sast": ("Africa/Johannesburg",),
    "sgt": ("Asia/Singapore",),
    "west": ("Europe/Lisbon",),
}
"""Zones that an abbreviation may mean; it says nothing about the other half of the year."""

UNIVERSAL = frozenset({"utc", "z", "zulu", "coordinated universal time", "greenwich mean time"})
MOST_NEAREST = 3

_IANA = re.compile(r"[A-Z]\w+(?:/[A-Z][\w+-]*)*", re.ASCII)
_OFFSET = re.compile(
    # A bare number may be half of anything: a spreadsheet makes "+1" a 1.
    r"(?:(?P<named>utc|gmt)\s*|(?=[+-]\s*(?:\d{4}|\d{1,2}:)))(?P<sign>[+-])\s*(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>\d{2})|[.,](?P<part>25|5|50|75))?"
)
_DISPLAY = re.compile(
    r"\(?\s*(?:utc|gmt)\s*(?P<offset>[+-]\s*\d{1,2}(?::\d{2})?)?\s*(?:\)\s*|\s)(?P<places>\S.*)"
)
_NAME_WITH_MORE = re.compile(r"(?P<name>[\w+-]+/[\w/+-]+)\s*\(.*\)")
_SUMMER = re.compile(r"\b(?:daylight|summer)\b")

NOWHERE = {"localtime", "Factory"}
"""Names of the data base that are no place: what they say differs from machine to machine."""


def zone_of(text: str) -> str:
    """Return a zone as an offset or an IANA name.

    Raises
    ------
    Malformed
        If nobody knows it, or it may be several.

    Examples
    --------
    >>> zone_of("UTC+1"), zone_of("GMT-05:00"), zone_of("america/new york")
    ('+01:00', '-05:00', 'America/New_York')
    >>> zone_of("W. Europe Standard Time"), zone_of("(UTC+09:00) Osaka, Sapporo, Tokyo")
    ('Europe/Berlin', 'Asia/Tokyo')
    """
    if _IANA.fullmatch(text) and text not in NOWHERE and _exists(text):
        return text
    word = plain(text.replace("−", "-").replace("–", "-"))
    found = (
        _of_offset(text, word)
        or ("UTC" if word in UNIVERSAL else None)
        or _of_windows(word)
        or _of_name(word)
        or _of_display(text, word)
    )
    if not found:
        raise unknown_zone(text, nearest_zones(word))
    check_zone(found)
    return found


def zone_note(text: str) -> str:
    """Return what a reader should know of a zone as it is written; empty for most.

    Examples
    --------
    >>> zone_note("Etc/GMT-5")
    'Etc/GMT-5 is 5 hours ahead of UTC (UTC+5): the sign of these names is the other way round'
    >>> zone_note("EST")
    'EST is UTC-5 all year, without summer time'
    """
    match = re.fullmatch(r"Etc/GMT([+-])([1-9]\d?)", text)
    if match:
        sign, side = ("+", "ahead of") if match[1] == "-" else ("-", "behind")
        hours = f"{match[2]} hour{'s' * (match[2] != '1')}"
        turned = "the sign of these names is the other way round"
        return f"{text} is {hours} {side} UTC (UTC{sign}{match[2]}): {turned}"
    fixed = {"EST": -5, "MST": -7, "HST": -10}.get(text)
    return f"{text} is UTC{fixed} all year, without summer time" if fixed else ""


def zone_notes(cells: Iterable[Cell], habits: Habits) -> Iterator[str]:
    """Go through what a reader should know of a column of zones: names read as others, and misleading ones.

    Parameters
    ----------
    cells : iterable
        The column.
    habits : Habits
        How they are written.

    Yields
    ------
    str
        A sentence, with the number of people.

    Examples
    --------
    >>> from rmatch.io.cells.cell import Habits
    >>> list(zone_notes(["W. Europe Standard Time"] * 2, Habits()))
    ['W. Europe Standard Time is read as Europe/Berlin (2 people)']
    """
    texts = Counter(cell for cell in cells if isinstance(cell, str))
    for cell, count in texts.items():
        try:
            text = meant(text_of(cell), habits)
            zone = zone_of(text)
        except Malformed:
            continue
        people = f"{count} {'person' if count == 1 else 'people'}"
        if note := zone_note(zone):
            yield f"{note} ({people})"
        elif text != zone and zone[0] not in "+-":  # an offset is what stands there
            yield f"{text} is read as {zone} ({people})"


def nearest_zones(word: str) -> str:
    """Return a remedy that names the zones most like a word.

    Examples
    --------
    >>> nearest_zones("europe/berlim"), nearest_zones("munich, germany")[:20]
    ("did you mean 'Europe/Berlin'?", 'write an offset like')
    """
    if word in ABBREVIATIONS:
        meant_ones = " or ".join(map(repr, ABBREVIATIONS[word]))
        return f"an abbreviation tells no zone for all of the year: write {meant_ones}"
    called = {**_iana(), **{plain(zone.name): zone.name for zone in windows_zones()}}
    close = difflib.get_close_matches(word, {**_cities(), **called}, n=MOST_NEAREST, cutoff=0.8)
    zones = list(
        dict.fromkeys(zone for each in close if (zone := called.get(each) or _of_city(each)))
    )
    return f"did you mean {' or '.join(map(repr, zones))}?" if zones else REMEDY


def _exists(name: str) -> bool:
    try:
        check_zone(name)
    except Malformed:
        return False
    return True


def _of_offset(text: str, word: str) -> str | None:
    match = _OFFSET.fullmatch(word) or _OFFSET.fullmatch(word.removeprefix("(").removesuffix(")"))
    if not match:
        return None
    part = {"25": 15, "5": 30, "50": 30, "75": 45}.get(match["part"] or "", 0)
    offset = f"{match['sign']}{int(match['hours']):02}:{int(match['minutes'] or part):02}"
    try:
        check_zone(offset)
    except Malformed as malformed:
        raise Malformed(text, malformed.problem, malformed.remedy) from None
    return offset


def _of_name(word: str) -> str | None:
    more = _NAME_WITH_MORE.fullmatch(word)
    return _iana().get((more["name"] if more else word).replace(" ", "_"))


def _of_windows(word: str) -> str | None:
    return _windows().get(_SUMMER.sub("standard", word)) or _windows().get(word)


def _of_display(text: str, word: str) -> str | None:
    match = _DISPLAY.fullmatch(word)
    if not match:
        return None
    # Google writes "Central European Time - Berlin", older lists "Greenwich Mean Time : Dublin, London".
    tail = re.split(r" [-:] ", match["places"])[-1]
    found = _of_windows(match["places"]) or _of_windows(tail) or _of_name(tail)
    found = found or _of_places(text, tail)
    offset = _of_offset(text, f"utc{match['offset'] or '+0'}")
    if found and offset and clock(offset, *WHOLE_YEAR)[0] not in clock(found, *WHOLE_YEAR):
        problem = f"names {found}, which is never {offset} from UTC"
        raise Malformed(text, problem, f"write {found} or {offset}")
    return found


def _of_places(text: str, places: str) -> str | None:
    """Return the zone of a list of cities, of which some may be unknown: in other languages they have other names."""
    zones = [zone for place in places.split(",") if (zone := _of_city(place.strip()))]
    if len({clock(zone, *WHOLE_YEAR) for zone in zones}) > 1:
        raise Malformed(text, "names cities of different zones", f"write {' or '.join(zones)}")
    return zones[0] if zones else None


@cache
def _iana() -> dict[str, str]:
    """Return every zone that the time zone database has, by its folded name."""
    from zoneinfo import available_timezones

    return {name.casefold(): name for name in sorted(available_timezones() - NOWHERE)}


@cache
def _windows() -> dict[str, str]:
    """Return the zones by what Windows calls them, and by the places that it lists."""
    listed = {plain(zone.places): zone.iana for zone in windows_zones() if zone.places}
    return listed | {plain(zone.name): zone.iana for zone in windows_zones()}


@cache
def _cities() -> dict[str, list[str]]:
    """Return every zone of the cities of a name."""
    named: dict[str, list[str]] = {}
    for name in _iana().values():
        area, slash, city = name.rpartition("/")
        if slash and area != "Etc":
            named.setdefault(plain(city.replace("_", " ")), []).append(name)
    for zone in windows_zones():
        for place in zone.places.split(","):
            named.setdefault(plain(place), []).append(zone.iana)
    return named


@cache
def _of_city(city: str) -> str | None:
    """Return the zone of a city, unless two of this name have clocks of their own: of those asked for only."""
    zones = _cities().get(city, [])
    return zones[0] if zones and _alike(zones) else None


def _alike(zones: Iterable[str]) -> bool:
    return len({clock(zone, *WHOLE_YEAR) for zone in zones}) == 1
