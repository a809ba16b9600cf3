"""What participants are sent says the same in every language, nothing that is not for them, and is written whole or not."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import catalogues
import icalendar
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.formulas.meeting import hours_of
from rmatch.people import Request, Requests
from rmatch.rounds.slips.appointment import first_hour
from rmatch.rounds.slips.letter import NO_PARTNER, WHY, Letter
from rmatch.utils.languages import Language, languages
from rmatch.utils.messages import Listed, Message

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.rounds import Slips

OTHERS = [code for code in languages() if code != "en"]
DAYS = [date(2027, 1, 4), date(2027, 6, 30)]


def matching(**programme: Any) -> rmatch.Matching:
    return rmatch.match(rmatch.datasets.example(), rmatch.Programme(**programme))


@examples(30)
@given(strategies.rounds(own=False), st.sampled_from(OTHERS))
def test_every_language_states_the_same_facts(drawn: Any, code: str) -> None:
    made = rmatch.match(*drawn)
    english, other = (
        made.slips(include=("name", "email")),
        made.slips(code, include=("name", "email")),
    )
    assert [slip.to_dict() for slip in english] == [slip.to_dict() for slip in other]
    assert english.untranslated == other.untranslated == ()
    language = Language(code)
    for slip in other:
        letter, text = Letter.of(slip, other.dates), other.text(slip)
        assert len(text.splitlines()) == len(english.text(slip).splitlines())
        for section in letter.sections:
            for message in section.messages:
                assert language.say(message) in text
                # What fills a gap is said in it, whatever the language.
                for gap in message.gaps.values():
                    words = gap.words if isinstance(gap, Listed) else [str(gap)]
                    assert all(word in language.say(message) for word in words) or isinstance(
                        gap, date
                    )


@examples(30)
@given(strategies.rounds(own=False, max_mentors=6), st.sampled_from(languages()))
def test_a_slip_names_nobody_else_and_says_no_points(drawn: Any, code: str) -> None:
    people, programme, requests = drawn
    # Ids that no other word contains.
    called = {person: f"Pq{place}qP" for place, person in enumerate(people.id)}
    renamed = rmatch.read_people(
        [
            replace(each, id=called[each.id], manager_id=called.get(each.manager_id or ""))
            for each in people
        ]
    )
    asked = (
        replace(row, mentor=called.get(row.mentor, "x"), mentee=called.get(row.mentee, "y"))
        for row in requests.rows
    )
    made = rmatch.match(renamed, programme, Requests(tuple(asked)))
    slips = made.slips(code)
    numbers = {str(pair.points) for pair in made.pairs if pair.points > 999}
    for slip, row in zip(slips, slips.rows(), strict=True):
        own = {slip.id, *(partner.id for partner in slip.partners)}
        for text in (slips.text(slip), slips.html(slip), *row.values()):
            named = set(re.findall(r"Pq\d+qP", text))
            assert named <= own
            assert not any(number in text for number in numbers)
    assert {slip.id for slip in slips} == {each.id for each in renamed if each.role != "none"}


def slips_of(rows: list[dict[str, Any]], language: str = "en", **programme: Any) -> Slips:
    chosen = rmatch.Programme(rules=(), **programme)
    return rmatch.match(rmatch.read_people(rows), chosen).slips(language, include=("name", "email"))


PAIR: list[dict[str, Any]] = [
    {
        "id": "m",
        "role": "mentor",
        "name": "Ada <b>Lo</b>",
        "email": "ada@firm.example",
        "offers": "python; short video",
        "languages": "en; de",
        "hours": "Tue 09:00-12:00",
        "time_zone": "Europe/Berlin",
    },
    {
        "id": "../e",
        "role": "mentee",
        "name": "=Bo",
        "email": "bo@firm.example",
        "wants": "python; short video",
        "languages": "de; en",
        "hours": "10:00-17:00",
        "time_zone": "UTC",
    },
]


def test_a_slip_says_what_the_two_have_for_each_other() -> None:
    slips = slips_of(PAIR)
    mentee, mentor = map(slips.text, slips)
    assert (
        "Ada <b>Lo</b> is your mentor. You can reach Ada <b>Lo</b> at ada@firm.example." in mentee
    )
    assert (
        "Ada <b>Lo</b> can teach you: python and short video. You both speak de and en." in mentee
    )
    assert "How did you learn python, and what would you show me first?" in mentee
    assert "You can teach =Bo: python and short video." in mentor
    assert "Where do you come across python today, and what stops you there?" in mentor
    assert mentor.count("\n- ") == mentee.count("\n- ") == 3
    assert "<b>" not in slips.html(slips.slips[0])
    plain = [each | {"name": None, "email": None} for each in PAIR]
    assert "m is your mentor." in slips_of(plain).text(slips_of(plain).slips[0])


def test_a_row_has_everything_for_mail_merge(tmp_path: Path) -> None:
    slips = slips_of(PAIR)
    slips.to_table(tmp_path / "slips.csv")
    with (tmp_path / "slips.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert first == slips.rows()[0] | {"name": "'=Bo", "id": first["id"]}
    assert (first["partners"], first["partner_emails"]) == ("m", "ada@firm.example")
    assert (second["roles"], second["can_teach"]) == ("mentor", "python, short video")
    assert second["question_1"] in second["letter"]


def test_one_mailbox_does_not_get_the_letters_of_two() -> None:
    twice = [PAIR[0], PAIR[1] | {"email": "ADA@firm.example"}]
    declared = {"duplicates": {"namesakes": ["../e"]}}
    people = rmatch.read_people(twice, mapping=declared)
    slips = rmatch.match(people, rmatch.Programme(rules=())).slips(include=["email"])
    with pytest.raises(
        rmatch.InvalidInputError, match=r"'\.\./e', 'm' have one e-mail address"
    ) as found:
        slips.rows()
    assert "ada" not in str(found.value).lower()


def test_whoever_has_no_partner_is_told_so_and_nothing_of_others() -> None:
    made = matching(levels=rmatch.datasets.LEVELS)
    slips = made.slips()
    alone = {slip.id: slips.text(slip) for slip in slips if not slip.partners}
    assert alone
    for reason in made.unmatched:
        assert NO_PARTNER in alone[reason.id]
        assert sum(why in alone[reason.id] for why in WHY.values()) <= 1
        assert reason.sentence not in alone[reason.id]


def test_whoever_is_excluded_is_not_told_that_rules_were_it() -> None:
    people = rmatch.read_people([*PAIR, PAIR[0] | {"id": "n", "email": "eve@firm.example"}])
    apart = Requests((Request("n", "../e", "exclude"),))
    slips = rmatch.match(people, rmatch.Programme(rules=()), apart).slips()
    (alone,) = [slips.text(slip) for slip in slips if slip.id == "n"]
    assert NO_PARTNER in alone
    assert not any(why in alone for why in WHY.values())


def test_several_partners_have_a_section_each() -> None:
    slips = matching(mentee_capacity=2, mentor_capacity=1).slips()
    several = next(slip for slip in slips if len(slip.partners) == 2)
    text = slips.text(several)
    assert text.startswith("Your partners in reverse mentoring")
    assert text.count("Three questions for your first meeting:") == 2


def test_what_is_not_translated_is_said_in_english_and_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogues.without(monkeypatch, "Hello,")
    slips = matching().slips("de")
    assert slips.untranslated == ("Hello,",)
    assert "\n\nHello,\n\n" in slips.text(slips.slips[0])
    assert "so in English: 1 text\n  Hello," in str(slips)


@pytest.mark.parametrize("code", ["xx", "../de", "DE", "", None, 7])
def test_a_language_without_a_catalogue_is_refused(code: Any) -> None:
    with pytest.raises(rmatch.InvalidInputError, match=r"language: .* is unknown"):
        matching().slips(code)


def test_days_and_lists_are_said_as_the_language_has_them() -> None:
    listed = Message("You both speak {languages}.", languages=Listed(("a", "b", "c")))
    assert [Language(code).say(listed) for code in ("en", "de")] == [
        "You both speak a, b and c.",
        "Sie sprechen beide: a, b und c.",
    ]
    days = Message(
        "From {first} to {last} you can both meet {minutes} minutes a week at least.",
        first=DAYS[0],
        last=DAYS[1],
        minutes=60,
    )
    assert "4 January 2027" in Language("en").say(days)
    assert "4. Januar 2027" in Language("de").say(days)
    assert "4 janvier 2027" in Language("fr").say(days)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 90), st.integers(1, 12)), max_size=3),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 90), st.integers(1, 12)), max_size=3),
    st.sampled_from(["+00:00", "-05:00", "+09:30"]),
    st.sampled_from(["+00:00", "+14:00", "-12:00"]),
)
def test_the_first_hour_is_the_first_that_both_have(
    one: Any, other: Any, zone: str, far: str
) -> None:
    def bits(spans: Any) -> int:
        found = 0
        for day, begin, size in spans:
            for quarter in range(begin, min(begin + size, 96)):
                found |= 1 << day * 96 + quarter
        return found

    hours = hours_of("Mon 00:00-00:15", zone)
    assert hours is not None
    mine, theirs = hours._replace(local=bits(one)), hours._replace(local=bits(other), zone=far)
    found = first_hour(mine, theirs, DAYS)

    def has(who: Any) -> set[int]:
        """Return the quarters since midnight of the first day in UTC, counted one by one."""
        sign = -1 if who.zone[0] == "-" else 1
        ahead = sign * (4 * int(who.zone[1:3]) + int(who.zone[4:]) // 15)
        local = ((day, quarter) for day in range(28) for quarter in range(96))
        return {
            96 * day + quarter - ahead
            for day, quarter in local
            if who.local >> (DAYS[0] + timedelta(day)).weekday() * 96 + quarter & 1
        }

    both = has(mine) & has(theirs)
    starts = [quarter for quarter in both if {quarter + step for step in range(4)} <= both]
    expected = datetime(2027, 1, 4, tzinfo=UTC) + timedelta(minutes=15 * min(starts, default=0))
    assert (found and found.start) == (expected if starts else None)


def test_a_calendar_opens_and_is_one_appointment_for_both(tmp_path: Path) -> None:
    slips = slips_of(PAIR, "de", dates=DAYS)
    slips.write(tmp_path / "slips")
    events: list[Any] = [
        icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")[0]
        for path in sorted((tmp_path / "slips").glob("*.ics"))
    ]
    assert len(events) == 2
    assert {str(event["uid"]) for event in events} == {str(events[0]["uid"])}
    assert {event["dtstart"].dt.isoformat() for event in events} == {"2027-01-05T10:00:00+00:00"}
    assert {str(event["status"]) for event in events} == {"TENTATIVE"}
    assert str(events[0]["summary"]) == "Reverse Mentoring, erstes Treffen: Ada <b>Lo</b>"
    assert "steht in der Kalenderdatei" in slips.text(slips.slips[0])


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    slips, folder = slips_of(PAIR), tmp_path / "slips"
    slips.write(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["%2E%2E%2Fe.html", "m.html"]
    with pytest.raises(rmatch.InvalidInputError, match="is there already; name a new folder"):
        slips.write(folder)
    with pytest.raises(rmatch.InvalidInputError, match="there is no directory"):
        slips.write(tmp_path / "nowhere" / "slips")
    (tmp_path / "empty").mkdir()
    slips.write(tmp_path / "empty", plain=True)
    assert (tmp_path / "empty" / "m.txt").read_text("utf-8") == slips.text(slips.slips[1])
    with pytest.raises(rmatch.InvalidInputError, match="cannot be filled"):
        slips.write(tmp_path / "broken", template="{{ slip.partners[7].id }}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "slips"]


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ subject }} {{ colour }} {{ age }}", "asks for 'age'.*asks for 'colour'"),
        ("{% if %}", "line 1"),
        ("{{ slip.salary }}", "cannot be filled"),
        ("{{ ().__class__.__bases__ }}", "cannot be filled"),
        ("{{ slip.id / 0 }}", "cannot be filled"),
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_refused(template: str, problem: str) -> None:
    slips = slips_of(PAIR)
    with pytest.raises(rmatch.InvalidInputError, match=re.compile(problem, re.DOTALL)):
        slips.html(slips.slips[0], template)


def test_a_template_of_ones_own_is_filled_and_escaped() -> None:
    slips = slips_of(PAIR)
    page = slips.html(slips.slips[0], "{{ language }}: {{ slip.partners[0].called }}")
    assert page == "en: Ada &lt;b&gt;Lo&lt;/b&gt;"


def test_ids_that_differ_by_case_alone_have_files_of_their_own(tmp_path: Path) -> None:
    rows = [PAIR[0] | {"id": "Ab"}, PAIR[1] | {"id": "aB"}]
    slips_of(rows).write(tmp_path / "slips", plain=True)
    names = [path.name.casefold() for path in (tmp_path / "slips").iterdir()]
    assert len(set(names)) == 2
