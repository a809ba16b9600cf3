"""The two real data sets are read untouched, through the mappings in examples/."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from rmatch.io import read_people, write_people

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "examples"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data sets are not here")


def test_stack_overflow() -> None:
    people = read_people(
        DATA / "stackoverflow2025.csv", mapping=EXAMPLES / "stackoverflow" / "mapping.toml"
    )
    raw = pd.read_csv(DATA / "stackoverflow2025.csv", dtype={"ResponseId": str}, na_values=["NA"])
    leader = (raw.ICorPM == "People manager") | raw.DevType.str.startswith(
        "Senior executive", na=False
    )
    mentors = set(raw.ResponseId[(raw.WorkExp <= 7) & ~leader])
    mentees = set(raw.ResponseId[(raw.WorkExp >= 15) | leader])
    assert {people.id[row] for row in people.mentors} == mentors
    assert {people.id[row] for row in people.mentees} == mentees
    assert (len(mentors), len(mentees), len(people)) == (260, 518, 1000)
    assert {name: len(answers.vocabulary) for name, answers in people.dimensions.items()} == {
        "age": 6,
        "country": raw.Country.nunique(),
        "education": raw.EdLevel.nunique(),
        "work mode": raw.RemoteWork.nunique(),
    }
    families = ["Language", "Database", "Platform", "Webframe", "AIModels"]
    for row in (0, 17, 999):
        cells = [raw[f"{family}HaveWorkedWith"][row] for family in families]
        known = {topic for cell in cells if isinstance(cell, str) for topic in cell.split(";")}
        assert {topic.casefold() for topic in people.person(row).offers} == {
            topic.casefold() for topic in known
        }
    assert "Anthropic: Claude Sonnet" in people.topics
    assert people.notes == (
        "stackoverflow2025.csv: refusals to answer count as unknown: 3 in Age",
        "consent is given by mapping.toml: answers given in a published, anonymous survey",
    )


def test_civil_service() -> None:
    people = read_people(
        mentors=DATA / "civil_service_mentors.csv",
        mentees=DATA / "civil_service_mentees.csv",
        mapping=EXAMPLES / "civil_service" / "mapping.toml",
    )
    assert (len(people.mentors), len(people.mentees)) == (500, 500)
    assert set(people.extra) == {
        "organisation",
        "profession",
        "characteristics",
        "identity to match",
    }
    first = people.person(0)
    assert (first.id, first.name, first.level) == ("mentor.000@gov.uk", "mentor 000", "EO")
    assert first.extra["characteristics"] == "Asexual or aromantic, Gay"
    assert len(people.notes) == 2


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_they_come_back_the_same(tmp_path: Path, suffix: str) -> None:
    people = read_people(
        DATA / "stackoverflow2025.csv", mapping=EXAMPLES / "stackoverflow" / "mapping.toml"
    )
    write_people(people, tmp_path / f"people.{suffix}")
    assert read_people(tmp_path / f"people.{suffix}") == people
