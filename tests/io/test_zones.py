"""Time zones as forms, calendars and spreadsheets write them."""

from __future__ import annotations

import re

import pytest

import rmatch
from rmatch.io.cells.windows import windows_zones
from rmatch.io.cells.zones import _of_city, zone_of
from rmatch.people import WHOLE_YEAR, clock
from rmatch.utils.validation import Malformed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UTC", "UTC"),
        ("+01:00", "+01:00"),
        ("+1:00", "+01:00"),
        ("-0530", "-05:30"),
        ("UTC+1", "+01:00"),
        ("UTC−5", "-05:00"),
        ("GMT-05:00", "-05:00"),
        ("UTC+5.5", "+05:30"),
        ("Etc/GMT-5", "Etc/GMT-5"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("Europe/Berlin (CET)", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Eastern Daylight Time", "America/New_York"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "Europe/Amsterdam"),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(GMT+01:00) Central European Time - Berlin", "Europe/Berlin"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"),
    ],
)
def test_names_of_zones(text: str, expected: str) -> None:
    assert zone_of(text) == expected
    assert zone_of(expected) == expected


def test_every_zone_of_windows_is_known_by_both_names() -> None:
    for zone in windows_zones():
        assert clock(zone_of(zone.name), *WHOLE_YEAR) == clock(zone.iana, *WHOLE_YEAR)
        if zone.places:
            assert zone_of(zone.places) == zone.iana


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Europe/Berlim", "did you mean 'Europe/Berlin'?"),
        ("Berlin", "did you mean 'Europe/Berlin'?"),
        ("W. Europe Standard Tine", "did you mean 'W. Europe Standard Time'"),
        ("PST", "write 'America/Los_Angeles' or 'Asia/Manila'"),
        ("Mars", "write an offset like +02:00, UTC, or a name like Europe/Berlin"),
        ("+15:00", "write an offset like +02:00"),
        ("1", "write an offset like +02:00"),
        ("+1", "write an offset like +02:00"),
        ("-5", "write an offset like +02:00"),
        ("(UTC+02:00) Tokyo", "write Asia/Tokyo or +02:00"),
        ("(UTC+01:00) Berlin, London", "write Europe/Berlin or Europe/London"),
    ],
)
def test_an_unknown_zone_is_one_fault_with_the_nearest(text: str, remedy: str) -> None:
    rows = [{"id": "a", "role": "both", "time_zone": text}]
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_people(rows)
    assert len(caught.value.faults) == 1
    assert repr(text) in str(caught.value)
    assert remedy in str(caught.value)


def test_the_cure_of_an_unknown_zone_works() -> None:
    for text in ("Europe/Berlim", "Berlin", "IST", "(UTC+02:00) Tokyo"):
        with pytest.raises(ValueError, match=r"zone|Tokyo") as caught:
            zone_of(text)
        named = re.findall(r"[A-Z]\w+/\w+|[+-]\d\d:\d\d", str(caught.value).split(";")[1])
        assert named
        for zone in named:
            assert zone_of(zone) == zone


def test_misleading_zones_are_explained_and_counted() -> None:
    zones = ["Etc/GMT-5", "Etc/GMT-5", "W. Europe Standard Time", "EST", "UTC+01:00"]
    rows = [
        {"id": str(row), "role": "both", "hours": "9-12", "time_zone": zone}
        for row, zone in enumerate(zones)
    ]
    assert rmatch.read_people(rows).notes == (
        "the list, time_zone: Etc/GMT-5 is 5 hours ahead of UTC (UTC+5): the sign of these names is the other way round (2 people)",
        "the list, time_zone: W. Europe Standard Time is read as Europe/Berlin (1 person)",
        "the list, time_zone: EST is UTC-5 all year, without summer time (1 person)",
    )


@pytest.mark.parametrize("text", ["localtime", "Factory", "factory"])
def test_what_differs_from_machine_to_machine_is_no_zone(text: str) -> None:
    with pytest.raises(Malformed, match="is not a time zone"):
        zone_of(text)


def test_only_the_clocks_that_are_asked_for_are_looked_up() -> None:
    clock.cache_clear()
    _of_city.cache_clear()
    assert zone_of("(UTC+09:00) Osaka, Sapporo, Tokyo") == "Asia/Tokyo"
    assert zone_of("(UTC+01:00) Amsterdam, Berlin, Bern") == "Europe/Amsterdam"
    with pytest.raises(Malformed, match="did you mean 'Europe/Berlin'"):
        zone_of("Berlim")
    assert clock.cache_info().misses < 20
