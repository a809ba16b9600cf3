"""Hours as people write them: days in ten languages, clock times in all shapes, and what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.io.cells.hours import Slot, hours_of, written
from rmatch.io.cells.weekdays import LANGUAGES
from rmatch.people import DAYS, week


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00-12:00; 13:00-17:00", "09:00-12:00; 13:00-17:00"),
        ("9-12", "09:00-12:00"),
        ("22:00-02:00", "22:00-02:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("9am-1pm", "09:00-13:00"),
        ("11-1pm", "11:00-13:00"),
        ("11:00 AM - 1:00 PM", "11:00-13:00"),
        ("Mon 09:00-11:00; Tue 14:00-16:00", "Mon 09:00-11:00; Tue 14:00-16:00"),
        ("Mondays 9-11", "Mon 09:00-11:00"),
        ("Mon-Fri 9:00-12:00", "Mon-Fri 09:00-12:00"),
        ("weekdays 9-17", "Mon-Fri 09:00-17:00"),
        ("Mon and Wed from 9 to 11", "Mon 09:00-11:00; Wed 09:00-11:00"),
        ("Tue/Thu: 10-12", "Tue 10:00-12:00; Thu 10:00-12:00"),
        ("Mon 9-11, 14-16; Tue 9am-5pm", "Mon 09:00-11:00; Mon 14:00-16:00; Tue 09:00-17:00"),
        ("Mon 9-11\nTue 14-16", "Mon 09:00-11:00; Tue 14:00-16:00"),
        ("Sat-Mon 10:00-12:00", "Sat-Mon 10:00-12:00"),
        ("Mo–Fr 9–12 Uhr und 14–16 Uhr", "Mon-Fri 09:00-12:00; Mon-Fri 14:00-16:00"),
        ("Mo, Di 9-11", "Mon 09:00-11:00; Tue 09:00-11:00"),
        ("montags von 9 bis 11 Uhr", "Mon 09:00-11:00"),
        ("lun. 9h-11h30, mer. 14h00-16h00", "Mon 09:00-11:30; Wed 14:00-16:00"),
        ("lundi de 9h à 11h", "Mon 09:00-11:00"),
        ("samedi et dimanche 10h-12h", "Sat 10:00-12:00; Sun 10:00-12:00"),
        ("martes y jueves de 9 a 11", "Tue 09:00-11:00; Thu 09:00-11:00"),
        ("Miércoles 9:15-10:45", "Wed 09:15-10:45"),
        ("maandag 9-11, woensdag van 14 tot 16 uur", "Mon 09:00-11:00; Wed 14:00-16:00"),
        ("ma 9-11, vr 14-16", "Mon 09:00-11:00; Fri 14:00-16:00"),
        ("poniedziałek 9:00-11:00; śr 14-16", "Mon 09:00-11:00; Wed 14:00-16:00"),
        ("lunedì dalle 9 alle 11, gio 14-16", "Mon 09:00-11:00; Thu 14:00-16:00"),
        ("segunda-feira 9h-11h, qui 14h-16h", "Mon 09:00-11:00; Thu 14:00-16:00"),
        ("torsdag 9-11, lør 10-12", "Thu 09:00-11:00; Sat 10:00-12:00"),
        ("måndag 9-11", "Mon 09:00-11:00"),
        ("9-11; Mon 14-16", "Mon-Fri 09:00-11:00; Mon 14:00-16:00"),
    ],
)
def test_hours_as_people_write_them(text: str, expected: str) -> None:
    assert hours_of(text) == expected
    assert hours_of(expected) == expected


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("sometimes", "is not an interval of hours", "Mon 09:00-12:00"),
        ("Mon", "says no time of day", "Mon 09:00-12:00"),
        ("9-11 Mon, 14-16", "is not an interval of hours", "Mon 09:00-12:00"),
        ("9-5", "may go on after midnight", "write 09:00-17:00, or 09:00-24:00"),
        ("ma 9-11", "'ma' is Tue in French and Mon in Dutch", "in full"),
        ("Di 9-11", "'di' is Tue in German and Sun in French", "in full"),
        ("do 9-11", "'do' is Thu in German and Sun in Spanish", "in full"),
        ("09:10-12:00", "not a quarter hour", "quarter hours"),
        ("25:00-26:00", "not a quarter hour", "quarter hours"),
        ("09:00-09:00", "is an empty interval", "00:00-24:00"),
        ("Mon 13-14pm", "is not a time of the twelve-hour clock", "Mon 09:00-12:00"),
    ],
)
def test_what_is_refused(text: str, problem: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(problem)}.*{re.escape(remedy)}"):
        hours_of(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_language_is_its_day(language: str) -> None:
    for day, words in enumerate(LANGUAGES[language]):
        for word in words.split():
            text = f"{word} 9:00-11:00"
            assert hours_of(text, frozenset({language})) == f"{DAYS[day]} 09:00-11:00"


def test_the_column_tells_the_language() -> None:
    """ "Di" is Tuesday among German days and Sunday among French ones."""
    for other, expected in (("Mi 9-11", "Tue"), ("Ven 9-11", "Sun")):
        rows = [
            {"id": str(number), "role": "both", "hours": text}
            for number, text in enumerate(("Di 9-11", other))
        ]
        assert rmatch.read_people(rows).person(0).hours == f"{expected} 09:00-11:00"


def test_hours_without_a_day_are_noted_among_others() -> None:
    rows = [
        {"id": "a", "role": "both", "hours": "9-11"},
        {"id": "b", "role": "both", "hours": "Mon 9-11"},
    ]
    assert rmatch.read_people(rows[:1]).notes == ()
    noted = "1 person gives hours without a day of the week: taken as Monday to Friday"
    assert rmatch.read_people(rows).notes == (noted,)


SLOTS = st.builds(
    lambda days, start, length: Slot(tuple(sorted(days)), ((15 * start, 15 * (start + length)),)),
    st.sets(st.integers(0, 6), max_size=7),
    st.integers(0, 70),
    st.integers(1, 26),
)


@examples(60)
@given(st.lists(SLOTS, min_size=1, max_size=5))
def test_what_is_written_is_read_as_the_same_quarter_hours(found: list[Slot]) -> None:
    quarters = {
        day * 96 + minute // 15
        for slot in found
        for day in slot.days or range(5)
        for start, end in slot.spans
        for minute in range(start, end, 15)
    }
    text = written(found)
    assert week(text) == sum(1 << quarter for quarter in quarters)
    assert week(hours_of(text)) == week(text)
