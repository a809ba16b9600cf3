"""How much of a week two people have in common: against the calendar, minute by minute, and by both ways of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Logistics
from rmatch.formulas.meeting import hours_of, minutes_by
from rmatch.people import DAYS, Cohort, as_dates, clock, ends_of, week
from rmatch.people.availability import Availability
from rmatch.people.requests import Requests
from rmatch.rules import OverlappingHours

if TYPE_CHECKING:
    from numpy.typing import NDArray

ZONES = ("UTC", "+05:45", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "-09:30")  # fmt: skip
YEAR = as_dates(["2026-01-01", "2026-12-31"])
ROUNDS = ((), ("2026-06-01",), ("2026-03-01", "2026-11-30"), ("2026-11-15", "2027-04-15"), YEAR)

TEXTS = st.lists(
    st.builds(
        lambda day, start, length: f"{day}{_clock(start)}-{_clock((start + length - 1) % 96 + 1)}",
        st.sampled_from(("", "Mon ", "Wed ", "Fri ", "Sun ", "Tue-Thu ", "Sat-Mon ")),
        st.integers(0, 95),
        st.integers(1, 90),
    ),
    min_size=1,
    max_size=3,
).map("; ".join)
PEOPLE = st.lists(st.tuples(TEXTS, st.sampled_from(ZONES)), min_size=2, max_size=5)


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


def local_minutes(hours: str) -> set[int]:
    """Return the minutes of the local week in which somebody can meet, read off the text in another way."""
    minutes: set[int] = set()
    days = list(DAYS[:5])
    for part in hours.split("; "):
        *named, span = part.split(" ")
        if named:
            first, last = (
                (named[0].split("-") * 2)[:2] if "-" not in named[0] else named[0].split("-")
            )
            days = [first]
            while days[-1] != last:
                days.append(DAYS[(DAYS.index(days[-1]) + 1) % 7])
        start, end = (60 * int(time[:2]) + int(time[3:]) for time in span.split("-"))
        for day in days:
            begin = 1440 * DAYS.index(day)
            minutes |= {
                minute % 10_080
                for minute in range(begin + start, begin + end + 1440 * (end <= start))
            }
    return minutes


def on_a_day(one: tuple[str, str], other: tuple[str, str], day: date) -> int:
    """Count the minutes of a week in which both can meet, at the offsets of a day, one by one."""
    ahead = [
        clock_of(zone, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        for _, zone in (one, other)
    ]
    free = [local_minutes(hours) for hours, _ in (one, other)]
    return sum(
        all((minute + by) % 10_080 in own for by, own in zip(ahead, free, strict=True))
        for minute in range(10_080)
    )


def clock_of(zone: str, moment: datetime) -> int:
    """Return the minutes by which a zone is ahead."""
    if zone[0] in "+-":
        minutes = 60 * int(zone[1:3]) + int(zone[4:])
        return -minutes if zone[0] == "-" else minutes
    return int((moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds()) // 60


def minutes_of(people: list[tuple[str, str]], dates: tuple[date, ...]) -> NDArray[np.int64]:
    """Return the minutes of everybody with everybody, by the blocks."""
    hours = Availability.of(people, people, dates)
    return hours.minutes[np.ix_(hours.mentors, hours.mentees)]


def counted(one: tuple[str, str], other: tuple[str, str], dates: tuple[date, ...]) -> int:
    """Return the minutes by the formula."""
    return minutes_by(dates)(hours_of(*one), hours_of(*other))


@examples(25)
@given(PEOPLE, st.sampled_from(ROUNDS).map(as_dates))
@example([("Mon 09:00-11:00", "Europe/London"), ("Mon 04:00-06:00", "America/New_York")], YEAR)
def test_blocks_are_the_formula_and_symmetric(
    people: list[tuple[str, str]], dates: tuple[date, ...]
) -> None:
    minutes = minutes_of(people, dates)
    assert (minutes == minutes.T).all()
    for i, one in enumerate(people):
        for j, other in enumerate(people):
            assert minutes[i, j] == counted(one, other, dates)


@examples(10)
@given(PEOPLE, st.sampled_from(ROUNDS).map(as_dates), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(
    people: list[tuple[str, str]], dates: tuple[date, ...], random: object
) -> None:
    order = list(range(len(people)))
    random.shuffle(order)  # type: ignore[attr-defined]
    after = minutes_of([people[place] for place in order], dates)
    assert (after == minutes_of(people, dates)[np.ix_(order, order)]).all()


@examples(8)
@given(PEOPLE, st.sampled_from(ROUNDS).map(as_dates))
def test_the_formula_is_the_worst_day_minute_by_minute(
    people: list[tuple[str, str]], dates: tuple[date, ...]
) -> None:
    one, other = people[:2]
    first, last = ends_of(dates)
    # The days on which the clocks of the two stand to each other as on no day before.
    seen: dict[int, date] = {}
    for step in range((last - first).days + 1):
        day = first + timedelta(step)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        seen.setdefault(clock_of(one[1], noon) - clock_of(other[1], noon), day)
    assert counted(one, other, dates) == min(on_a_day(one, other, day) for day in seen.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Mon-Fri 14:00-18:00", "Europe/London"), ("Mon 09:00-11:00; Wed 10:00-13:00", "America/New_York")),
        (("09:00-17:00", "Europe/Berlin"), ("13:00-21:00", "Asia/Kolkata")),
        (("Sun 20:00-02:00; Fri 22:00-01:30", "America/New_York"), ("Mon 00:00-08:00; Sat 03:00-06:00", "Europe/Berlin")),
    ],
)  # fmt: skip
def test_a_year_of_the_calendar_minute_by_minute(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    """The fewest minutes of any seven days of 2026 in which no clock changes."""
    free = [local_minutes(hours) for hours, _ in (one, other)]
    zones = [ZoneInfo(zone) for _, zone in (one, other)]
    shared, offsets = [], []
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        both = 0
        here = [moment.astimezone(zone) for zone in zones]
        offsets.append(tuple(local.utcoffset() for local in here))
        for minute in range(0, 1440, 15):
            here = [(moment + timedelta(minutes=minute)).astimezone(zone) for zone in zones]
            at = [1440 * local.weekday() + 60 * local.hour + local.minute for local in here]
            both += 15 * all(now in own for now, own in zip(at, free, strict=True))
        shared.append(both)
        moment += timedelta(days=1)
    steady = [
        sum(shared[day : day + 7])
        for day in range(len(shared) - 7)
        if len(set(offsets[day : day + 8])) == 1
    ]
    assert counted(one, other, ()) == min(steady)


def test_hours_without_a_day_hold_on_five_days() -> None:
    """An hour a day in common is 300 minutes a week; across the date line one of the five days is lost."""
    assert counted(("09:00-12:00", "UTC"), ("11:00-13:00", "UTC"), ()) == 300
    sydney, los_angeles = ("09:00-17:00", "+10:00"), ("15:00-17:00", "-08:00")
    assert counted(sydney, los_angeles, ()) == 4 * 120
    assert week("22:00-02:00").bit_count() == 5 * 16


def test_summer_rounds_have_the_hours_of_summer() -> None:
    """In July London is at UTC+1; in January, by which everybody was compared, it is not."""
    one, other = ("09:00-10:00", "Europe/London"), ("08:00-09:00", "UTC")
    assert counted(one, other, as_dates(["2026-07-01"])) == 300
    assert counted(one, other, as_dates(["2026-01-15"])) == 0
    assert counted(one, other, ()) == 0
    assert clock("Europe/London", *as_dates(["2026-07-01"] * 2)) == (4,)


def test_rule_criterion_and_words_tell_the_same() -> None:
    people = rmatch.read_people(
        [
            {"id": "m", "role": "mentor", "hours": "Mon 9-11", "time_zone": "Europe/London"},
            {"id": "e", "role": "mentee", "hours": "Mon 10-12", "time_zone": "Europe/Berlin"},
        ]
    )
    programme = rmatch.Programme(
        criteria=(Logistics(1, enough=240),),
        rules=(OverlappingHours(minutes=135),),
        dates=as_dates(["2026-05-01", "2026-10-31"]),
    )
    matching = rmatch.match(people, programme)
    told = matching.explain("m", "e")
    days = "on every day from 2026-05-01 to 2026-10-31"
    assert told.lines[0].sentence == f"both can meet 120 minutes a week, {days}"
    assert told.lines[0].points == 500_000
    assert (
        told.broken[0].sentence
        == f"both can meet 120 minutes a week, {days}; the rule asks for 135"
    )
    free = replace(programme, rules=())
    shown = rmatch.match(people, free).explain("m", "e", audience="participant")
    assert f"Both can meet 120 minutes a week, {days}." in str(shown)


def test_unknown_hours_have_nothing_in_common() -> None:
    people = rmatch.read_people(
        [
            {"id": "m", "role": "mentor", "hours": "9-11"},
            {"id": "n", "role": "mentor", "time_zone": "Asia/Tokyo"},
            {"id": "e", "role": "mentee", "time_zone": "UTC"},
        ]
    )
    hours = Cohort(people, rmatch.Programme(), Requests()).availability
    assert (hours.mentors.tolist(), hours.mentees.tolist()) == ([0, -1], [-1])
    assert hours.minutes.tolist() == [[0], [0]]
