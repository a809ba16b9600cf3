"""The case `forms-workbook`: answers of two forms, in which mentees give the numbers of mentors whom they prefer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rmatch
from rmatch.people import Request

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "forms-workbook"
COMMON = {"id": "Staff no", "level": "Position Level", "years": "Years of Experience"}
PREFERRED = "Numbers of preferred mentors"


def sheet(name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet under their headers."""
    openpyxl = pytest.importorskip("openpyxl")
    header, *rows = openpyxl.load_workbook(CASE / "applications.xlsx")[name].values
    return [dict(zip(header, row, strict=True)) for row in rows if any(row)]


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_preferred_mentors_by_their_numbers() -> None:
    sides = {"mentors": sheet("mentor"), "mentees": sheet("mentee")}
    mapping = {"columns": COMMON, "wishes": {"mentee": [PREFERRED]}}
    people = rmatch.read_people(**sides, mapping=mapping)
    assert people.level == (
        "Director Level 40-49",
        "Manager Level 30-39",
        "Professional Level 20-29",
        "Manager Level 30-39",
    )
    assert people.years.tolist() == [30, 20, 10.5, 3]
    requests = rmatch.read_requests(**sides, mapping=mapping, people=people)
    assert set(requests.rows) == {
        Request("700100001", "700200001", "wish"),
        Request("700100002", "700200001", "wish"),
        Request("700100001", "700200002", "wish"),
    }
    assert requests.notes == ("3 wishes read: 3 by id",)


def test_a_form_in_which_mentors_name_mentees_by_address(tmp_path: Path) -> None:
    mentors, mentees = tmp_path / "mentors.csv", tmp_path / "mentees.csv"
    mentors.write_text(
        'Mail,Wen möchten Sie begleiten?\na@x.org,"c@x.org, D@x.org"\nb@x.org,e@x.org\n'
    )
    mentees.write_text("Mail\nc@x.org\nd@x.org\n")
    mapping = {
        "columns": {"id": "Mail", "email": "Mail"},
        "wishes": {"mentor": "Wen möchten Sie begleiten?"},
    }
    sides = {"mentors": mentors, "mentees": mentees}
    people = rmatch.read_people(**sides, mapping=mapping)
    requests = rmatch.read_requests(**sides, mapping=mapping, people=people)
    assert [(row.mentor, row.mentee) for row in requests.rows] == [
        ("a@x.org", "c@x.org"),
        ("a@x.org", "d@x.org"),
    ]
    assert requests.notes[1] == "1 wish is not read, nobody is called like that: mentors.csv, B3"


def test_bands_of_years_beside_bands_of_grades() -> None:
    rows = [
        {"No": "1", "Part": "mentor", "Band": "Band 3-4", "In post": "1-3 years", "Choice": ""},
        {"No": "2", "Part": "mentee", "Band": "Band 5+", "In post": "15+ years", "Choice": "1"},
    ]
    mapping = {
        "columns": {"id": "No", "role": "Part", "level": "Band", "years": "In post"},
        "wishes": {"mentee": ["Choice"]},
    }
    people = rmatch.read_people(rows, mapping=mapping)
    assert people.level == ("Band 3-4", "Band 5+")
    assert people.years.tolist() == [2, 15]
    assert len(rmatch.read_requests(rows, mapping=mapping, people=people).rows) == 1
