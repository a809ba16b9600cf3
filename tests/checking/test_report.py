"""What check shows: what was understood first, then the topics with merges to paste, then the findings by weight."""

from __future__ import annotations

import json
import tomllib
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.checking import Finding, Findings, Merge
from rmatch.checking.topics import ALIKE, _Rivals
from rmatch.cli import main

if TYPE_CHECKING:
    from pathlib import Path

MENTOR = {"id": "m", "role": "mentor", "years": 1, "offers": "Python"}


def topics_of(*wanted: str, **mapping: Any) -> Any:
    """Return the topics of a mentor of Python and of a mentee for each topic."""
    rows = [
        MENTOR,
        *(
            {"id": str(number), "role": "mentee", "wants": f'"{topic}"'}
            for number, topic in enumerate(wanted)
        ),
    ]
    return rmatch.check(rmatch.read_people(rows, mapping=mapping or None)).topics


@pytest.mark.parametrize(
    "spelt",
    [
        ("Dashboards", "dashboard"),
        ("Prästation", "Prastation"),
        ("Low-code", "low code"),
        ("Low-code tools", "Low code tool"),
        ("R&D", "R. D."),
        ("Strategies", "strategy"),
        ("Office 365", "Office-365"),
    ],
    ids=str,
)
def test_spellings_of_one_topic_are_merged(spelt: tuple[str, str]) -> None:
    one, other = spelt
    topics = topics_of(one, one, other)
    assert topics.merges == (Merge(other, one, "spelling"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("topic 7", "topic 8"),
        ("Module 10", "Module 11"),
        ("Excel I", "Excel II"),
        ("Plan A", "Plan B"),
        ("C", "C++"),
        ("C++", "C#"),
        ("Web 2", "Web3"),
        ("ISO 27001", "ISO 27002"),
        ("Negotiation", "Storytelling"),
    ],
)
def test_names_that_differ_in_a_number_or_a_sign_are_no_typo(one: str, other: str) -> None:
    assert topics_of(one, other).merges == ()


@pytest.mark.parametrize(
    ("right", "slip"), [("Prompt engineering", "Prompt enginering"), ("Pitching", "Pitchng")]
)
def test_near_spellings_are_offered_and_not_taken(right: str, slip: str) -> None:
    topics = topics_of(right, right, slip)
    assert topics.merges == (Merge(slip, right, "near"),)
    assert tomllib.loads(topics.mapping) == {"topics": {}}
    assert f'# "{slip}" = "{right}"' in topics.mapping


def test_the_block_can_be_pasted_into_a_mapping() -> None:
    before = topics_of(
        "Dashboards", "Dashboards", "dashboard", "Data  dashboards", "Data-Dashboard"
    )
    block = before.mapping.replace("# ", "").replace("Near", "# Near")
    after = topics_of(
        "Dashboards",
        "Dashboards",
        "dashboard",
        "Data  dashboards",
        "Data-Dashboard",
        **tomllib.loads(block),
    )
    assert before.merges
    assert after.merges == ()
    assert sum(each.wants for each in after.topics) == sum(each.wants for each in before.topics)


def test_lived_topics_are_not_listed() -> None:
    people = rmatch.read_people(
        [
            MENTOR | {"lived_topics": "Burnout"},
            {"id": "x", "role": "mentee", "wants": "Burnout; Burn-out; Caring; Python"},
        ]
    )
    topics = rmatch.check(people, rmatch.Programme(lived_topics=("caring", "burn-out"))).topics
    assert topics is not None
    assert [each.topic for each in topics.topics] == ["Python"]
    assert topics.merges == ()


def test_findings_are_grouped_by_their_weight_and_many_alike_are_cut() -> None:
    notes = [Finding("shortage", "note", f"note {number}") for number in range(9)]
    text = str(
        Findings(
            (
                Finding("invalid", "error", "one\ntwo"),
                Finding("no_data", "warning", "three"),
                *notes,
            )
        )
    )
    assert text.startswith("1 error:\n  one\n  two\n\n1 warning:\n  three\n\n9 notes:\n  note 0\n")
    assert text.endswith("  note 4\n  … and 4 more notes like this")


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(
        "id,role,years,offers,wants,Unit\nm,mentor,2,Python,,Secret unit\ne,mentee,20,,python; AI,\n",
        encoding="utf-8",
    )
    return path


def test_the_command_shows_the_same_in_json(
    staff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = staff.with_name("mapping.toml")
    mapping.write_text("[columns]\n")
    assert main(["check", str(staff), "--mapping", str(mapping)]) == 0
    text = capsys.readouterr().out
    assert main(["check", str(staff), "--mapping", str(mapping), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["findings", "understood", "topics"]
    by_column = {each["column"]: each for each in told["understood"]["columns"]}
    assert by_column["offers"]["read"] == 1
    assert by_column["Unit"]["reason"] == "not in the mapping"
    assert by_column["Unit"]["dropped"] == 1
    assert {each["topic"]: each["wants"] for each in told["topics"]["topics"]} == {
        "AI": 1,
        "Python": 1,
    }
    assert text.index("staff.csv: 2 rows") < text.index("Topics: 2") < text.index("warnings:")
    for finding in told["findings"]:
        assert finding["sentence"] in text
    assert "left out: Unit" not in text  # the table says so
    assert "Secret" not in text


def test_a_table_that_cannot_be_read_is_shown_as_far_as_it_can(
    staff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff.write_text("id,role,years\nm,mentor,two\ne,mentee,20\n", encoding="utf-8")
    assert main(["check", str(staff)]) == 2
    told = capsys.readouterr()
    assert told.out.splitlines()[1].split() == [
        "column",
        "field",
        "read",
        "unknown",
        "refused",
        "faulty",
        "examples",
    ]
    assert "staff.csv, C2 (id 'm'), years: 'two' is a number in words" in told.err
    assert main(["check", str(staff), "--format", "json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in found["findings"]] == ["invalid"]
    assert found["understood"]["columns"][2]["faulty"] == 1
    assert found["topics"] is None


def test_a_grade_off_the_list_is_named_by_its_cell(staff: Path) -> None:
    table = "id,role,level\nm,mentor,Anlyst\ne,mentee,Head\n"  # codespell:ignore
    staff.write_text(table, encoding="utf-8")
    findings = rmatch.check(rmatch.read_people(staff), rmatch.Programme(levels=("Analyst", "Head")))
    (one,) = findings.errors
    assert one.sentence == (
        "staff.csv, C2 (id 'm'), level: 'Anlyst' is not in the programme's levels; did you mean 'Analyst'?"
    )
    assert findings.understood is not None


def test_swapped_offers_and_wants_are_said_with_the_lines_that_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("No,Role,Goals,Skills\nm,mentor,Python,\ne,mentee,,python\n", encoding="utf-8")
    mapping: dict[str, Any] = {
        "columns": {"id": "No", "role": "Role", "offers": "Skills", "wants": "Goals"}
    }
    programme = rmatch.Programme(rules=())
    (one,) = [
        each
        for each in rmatch.check(rmatch.read_people(path, mapping=mapping), programme)
        if each.code == "swapped"
    ]
    assert (
        "offers are read from staff.csv, column D 'Skills', wants from staff.csv, column C 'Goals'"
        in one.sentence
    )
    lines = one.sentence.partition("in a mapping: ")[2].replace(" and ", "\n")
    mapping["columns"] |= tomllib.loads(lines)
    mended = rmatch.check(rmatch.read_people(path, mapping=mapping), programme)
    assert not [each for each in mended if each.code == "swapped"]


def test_what_mentors_want_is_no_swap_where_mentees_can_be_taught() -> None:
    rows = [
        MENTOR | {"wants": "ai"},
        {"id": "e", "role": "mentee", "wants": "python", "offers": "ai"},
    ]
    assert not [each for each in rmatch.check(rmatch.read_people(rows)) if each.code == "swapped"]


@examples(100)
@given(st.lists(st.text("abcdé", min_size=1, max_size=9), min_size=1, max_size=30))
def test_the_nearest_spelling_is_the_likest_of_all(words: list[str]) -> None:
    rivals, (word, *others) = _Rivals(), words
    for other in others:
        rivals.add(other)
    ratios = [SequenceMatcher(None, word, other, autojunk=False).ratio() for other in others]
    most = max(ratios, default=0)
    assert rivals.likest(word) == (others[ratios.index(most)] if most >= ALIKE else None)
