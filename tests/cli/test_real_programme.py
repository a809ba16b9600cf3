"""One firm's three exports: what init writes, what an organiser edits in it, and the people and pairs that result."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rmatch import match, read_people, read_programme
from rmatch.cli import main
from rmatch.cli.guess import draft
from rmatch.errors import InvalidInputError

if TYPE_CHECKING:
    from rmatch.people import People

ROOT = Path(__file__).parents[2]
CASE = ROOT.parent / "shared" / "data" / "cases" / "a-real-programme"
SOURCES = [CASE / "hris_export.csv", CASE / "survey_responses.csv"]
EDITED = ROOT / "examples" / "real_programme" / "mapping.toml"
LEARNT = 'meeting_modes = "learn"'
MOST = 15

pytestmark = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")


@cache
def by_hand() -> People:
    return read_people(CASE / "joined_by_hand.csv", mapping=CASE / "mapping_by_hand.toml")


def edits(before: str, after: str) -> int:
    """Count the lines that somebody changed, added or took away."""
    one, two = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return sum(
        max(sum(map(bool, one[left:right])), sum(map(bool, two[start:end])))
        for tag, left, right, start, end in matcher.get_opcodes()
        if tag != "equal"
    )


def test_the_mapping_is_what_init_writes_but_for_a_few_lines() -> None:
    assert 0 < edits(draft(*SOURCES).mapping, EDITED.read_text("utf-8")) <= MOST


def test_what_init_writes_is_refused_until_it_is_settled() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_people(SOURCES, mapping=tomllib.loads(draft(*SOURCES).mapping))
    marked = [fault.field for fault in caught.value.faults]
    columns = ["columns.department", "columns.mentor_capacity", "columns.time_zone"]
    assert marked == ["dates.on", *columns, "scales.offers"]


def test_the_people_are_those_that_formulas_made() -> None:
    people, expected = read_people(SOURCES, mapping=EDITED), by_hand()
    for person, other in zip(people, expected, strict=True):
        # By hand, the option "Video call (Teams, Zoom)" was split at its comma.
        modes = (", ".join(person.meeting_modes), ", ".join(other.meeting_modes))
        assert modes[0] == modes[1]
        assert replace(person, meeting_modes=()) == replace(other, meeting_modes=())
    split = EDITED.read_text("utf-8").replace(f"\n{LEARNT}", f"\n#{LEARNT}")
    assert edits(draft(*SOURCES).mapping, split) <= MOST
    assert read_people(SOURCES, mapping=tomllib.loads(split)) == expected


def test_the_pairs_are_those_of_the_table_made_by_hand() -> None:
    programme = read_programme(EDITED.with_name("programme.toml"))
    assert programme == read_programme(CASE / "programme.toml")
    one, other = (
        match(people, programme) for people in (read_people(SOURCES, mapping=EDITED), by_hand())
    )
    pairs = [(pair.mentor, pair.mentee) for pair in one.pairs]
    assert len(pairs) == 112
    assert pairs == [(pair.mentor, pair.mentee) for pair in other.pairs]


def test_check_reports_join_doubles_strangers_refusals_and_scales(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [*SOURCES, "--mapping", EDITED, "--programme", EDITED.with_name("programme.toml")]
    assert main(["check", *map(str, files)]) == 0
    said = capsys.readouterr().out
    for sentence in (
        "joined by Work E-Mail = Email Address: 412 people in both",
        "3 rows are left out as further answers of the same people",
        "only in survey_responses.csv: 3 people, left out: survey_responses.csv, row 417",
        "refusals to answer count as unknown: 42 in What is your age group?, 24 in What is your gender?",
        "offers: what 9 columns say as [scales] has it: '1' not chosen (",
    ):
        assert sentence in said
    assert "@" not in said


def test_every_column_stands_in_what_init_writes() -> None:
    text = draft(*SOURCES).mapping
    headers = [
        SOURCES[0].read_text("cp1252").splitlines()[0].split(";"),
        SOURCES[1].read_text("utf-8").splitlines()[0].split(","),
    ]
    for header in [*headers[0], *headers[1]]:
        assert f'"{header}"' in text, header
    for private in ("nordhafen", "Hoffmann", "25-34", "Woman", "parental leave", "Jörg"):
        assert private not in text


def test_the_workbook_of_nominations_reads_with_a_few_edited_lines(tmp_path: Path) -> None:
    workbook = CASE / "nominations.xlsx"
    before = draft(workbook).mapping
    after = before.replace('CHECK.wants = "Topics"', 'wants = "Topics"')
    after = re.sub(r"dates\.CHECK\.on = [0-9-]+", "dates.on = 2026-02-27", after)
    assert edits(before, after) <= 5
    mapping = tomllib.loads(after)
    side = {key: mapping.pop(key) for key in ("columns", "options") if key in mapping}
    mapping |= {"mentees": side}
    # All of them are mentees: the mentors come from elsewhere.
    mentors = [{"id": "m1", "role": "mentor", "offers": "Cyber security basics"}]
    people = read_people(mentors=mentors, mentees=workbook, mapping=mapping)
    assert len(people) == 65
    assert {person.role for person in people if person.id != "m1"} == {"mentee"}
    first = people.person(1)
    assert (first.id, first.department, first.years) == ("10000037", "Finance & Controlling", 19.9)
    assert set(first.wants) == {"Sustainability, climate and ESG", "Data, dashboards and Power BI"}
    assert any("Total" in note or "total" in note for note in people.notes)
