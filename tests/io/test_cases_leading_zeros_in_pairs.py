"""The case `leading-zeros`: earlier pairs and locks that a spreadsheet has saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.rules import NoRepeat

if TYPE_CHECKING:
    from rmatch.people import People

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "leading-zeros"
needs_cases = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
PROGRAMME = rmatch.Programme(rules=(NoRepeat(),))
CROSSED = {("00101", "00202"), ("00102", "00201")}


def matched(people: People, **requests: Any) -> tuple[set[tuple[str, str]], tuple[str, ...]]:
    matching = rmatch.match(people, PROGRAMME, rmatch.read_requests(**requests))
    return {(pair.mentor, pair.mentee) for pair in matching.pairs}, matching.requests.notes


@needs_cases
@pytest.mark.parametrize(("name", "count"), [("prev_excel.csv", 4), ("prev_part.csv", 2)])
def test_no_earlier_pair_repeats(name: str, count: int) -> None:
    pairs, notes = matched(rmatch.read_people(CASE / "people.csv"), previous=CASE / name)
    assert pairs == CROSSED
    [note] = notes
    assert note.startswith(
        f"{count} ids of the earlier pairs read as the likely one: '101' as '00101'"
    )


@needs_cases
def test_a_lock_is_kept_or_names_the_likely_id(tmp_path: Path) -> None:
    people = rmatch.read_people(CASE / "people.csv")
    pairs, _ = matched(people, source=CASE / "lock.csv")
    assert ("00101", "00201") in pairs
    lock = tmp_path / "lock.csv"
    lock.write_text((CASE / "lock.csv").read_text().replace("00101", "101"))
    with pytest.raises(InvalidInputError, match="nobody has the id '101'; did you mean '00101'"):
        matched(people, source=lock)


def test_personnel_numbers_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(
        "id,role,offers,wants\n0007,mentor,ai,\n0012,mentor,ai,\n0130,mentee,,ai\n0131,mentee,,ai\n"
    )
    earlier = tmp_path / "autumn.csv"
    earlier.write_text("mentor\tmentee\n7\t130\n12\t131\n")
    pairs, notes = matched(rmatch.read_people(table), previous=earlier)
    assert pairs == {("0007", "0131"), ("0012", "0130")}
    assert "'7' as '0007'" in notes[0]


def test_a_people_table_that_lost_its_zeros_beside_a_result_that_has_them() -> None:
    people = rmatch.read_people(
        [
            {"id": 7, "role": "mentor", "offers": "ai"},
            {"id": 12, "role": "mentor", "offers": "ai"},
            {"id": 130, "role": "mentee", "wants": "ai"},
            {"id": 131, "role": "mentee", "wants": "ai"},
        ]
    )
    earlier = [{"mentor": "0007", "mentee": "0130"}, {"mentor": "0012", "mentee": "0131"}]
    pairs, notes = matched(people, previous=earlier)
    assert pairs == {("7", "131"), ("12", "130")}
    assert notes
