"""The case `years-in-words`: lengths in words, bands, bands that a spreadsheet has damaged, hire dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import rmatch
from rmatch.errors import InvalidInputError

CASES = Path(__file__).parents[3] / "shared" / "data" / "cases"
CASE = CASES / "years-in-words"
needs_cases = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")


@needs_cases
def test_lengths_of_service() -> None:
    mapping = {"columns": {"years": "Length of service"}}
    people = rmatch.read_people(CASE / "tenure.csv", mapping=mapping)
    assert people.years.tolist() == [2.5, 0.92, 12.08, 21.0]


@needs_cases
def test_bands_and_those_that_are_damaged() -> None:
    mapping: dict[str, dict[str, Any]] = {"columns": {"years": "Years of experience"}}
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people(CASE / "bands.csv", mapping=mapping)
    assert [str(fault).partition(";")[0] for fault in caught.value.faults] == [
        "bands.csv, C3 (id 'b'), years: '2-Jan' is damaged by a spreadsheet: 1-2?",
        "bands.csv, C4 (id 'c'), years: '5-Mar' is damaged by a spreadsheet: 3-5?",
        "bands.csv, C5 (id 'd'), years: '10-May' is damaged by a spreadsheet: 5-10?",
    ]
    mapping["values"] = {"years": {"2-Jan": "1-2", "5-Mar": "3-5", "10-May": "5-10"}}
    people = rmatch.read_people(CASE / "bands.csv", mapping=mapping)
    assert people.years.tolist() == [1, 1.5, 4, 7.5, 10, 20, 15, 15]
    assert people.notes == (
        "bands.csv, Years of experience: 5 open bands read by their bound ('< 1' as 1)",
    )


@needs_cases
def test_hire_dates_and_bosses_by_name() -> None:
    mapping = {
        "columns": {
            "id": "Employee ID",
            "email": "Work Email",
            "years": "Hire Date",
            "manager_id": "Supervisor",
        },
        "dates": {"on": dt.date(2026, 3, 1)},
        "roles": {
            "mentor": [{"Job Title": {"equals": "Analyst"}}],
            "mentee": [{"Job Title": {"not_equals": "Analyst"}}],
        },
    }
    people = rmatch.read_people(CASE / "bamboo.xlsx", mapping=mapping)
    assert people.years.tolist() == [1.5, 3.1, 22.9, 26.9]
    assert people.manager_id == ("201", "202", "202", None)
    assert "managers found: 3 by the name in an e-mail address" in people.notes


def test_a_german_list_of_seniority() -> None:
    rows = [
        {"Nr": 1, "Betriebszugehörigkeit": "2 Jahre 6 Monate"},
        {"Nr": 2, "Betriebszugehörigkeit": "unter 1 Jahr"},
        {"Nr": 3, "Betriebszugehörigkeit": "5 bis 10 Jahre"},
        {"Nr": 4, "Betriebszugehörigkeit": "20 Jahre und länger"},
        {"Nr": 5, "Betriebszugehörigkeit": "10. Mai"},
    ]
    mapping = {
        "columns": {"id": "Nr", "years": "Betriebszugehörigkeit"},
        "roles": {"mentor": [{"Nr": {"at_most": 2}}], "mentee": [{"Nr": {"at_least": 3}}]},
    }
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people(rows, mapping=mapping)
    [fault] = caught.value.faults
    assert "'10. Mai' is damaged by a spreadsheet: 5-10?" in str(fault)
    mapping["values"] = {"years": {"10. Mai": "5-10"}}
    people = rmatch.read_people(rows, mapping=mapping)
    assert people.years.tolist() == [2.5, 1, 7.5, 20, 7.5]


def test_an_american_list_of_start_dates(tmp_path: Path) -> None:
    table = tmp_path / "starts.csv"
    table.write_text(
        "id,role,Start date\n"
        "a,mentor,03/04/2024\nb,mentor,12/31/2021\nc,mentee,1/2/1999\nd,mentee,07/04/2003\n"
    )
    mapping = {"columns": {"years": "Start date"}, "dates": {"on": "2026-03-01"}}
    people = rmatch.read_people(table, mapping=mapping)
    assert people.years.tolist() == [2.0, 4.2, 27.2, 22.7]
    table.write_text(table.read_text().replace("12/31/2021", "11/12/2021"))
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people(table, mapping=mapping)
    assert len(caught.value.faults) == 4
    assert "starts.csv, C2 (id 'a'), years: '03/04/2024' is 3 April 2024 or 4 March 2024" in str(
        caught.value
    )
    mapping["dates"]["order"] = "month first"
    assert rmatch.read_people(table, mapping=mapping).years.tolist() == [2.0, 4.3, 27.2, 22.7]


def test_french_and_spanish_answers() -> None:
    cells = ["2 ans et 6 mois", "moins d'un an", "10 ans et plus", "entre 5 y 10 años", "2 años"]
    rows = [
        {"id": str(number), "role": "mentee" if number else "mentor", "years": cell}
        for number, cell in enumerate(cells)
    ]
    people = rmatch.read_people(rows)
    assert people.years.tolist() == [2.5, 1, 10, 7.5, 2]
