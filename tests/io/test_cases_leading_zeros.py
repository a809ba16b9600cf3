"""The case of numbers that lost their zeros in a spreadsheet: people, and tables about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people

CASE = Path(__file__).parents[2].parent / "shared" / "data" / "cases" / "leading-zeros"


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_a_form_that_a_spreadsheet_saved_is_joined(tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    form.write_text("Staff no;Site\n101;Leeds\n00102;Wien\n202;Oslo\n")
    people = read_people(
        [CASE / "people.csv", form],
        mapping={"join": {"key": {"id": "Staff no"}}, "columns": {"site": "Site"}},
    )
    assert people.id == ("00101", "00102", "00201", "00202")
    assert people.site == ("Leeds", "Wien", None, "Oslo")
    assert people.notes[-1].startswith("2 keys differ in leading zeros")


def test_a_staff_list_that_lost_its_own(tmp_path: Path) -> None:
    """The other way round: the list has the short numbers, the form the whole ones."""
    staff, form = tmp_path / "staff.csv", tmp_path / "form.csv"
    staff.write_text("id,role\n7,mentor\n31,mentee\n")
    form.write_text("Badge,site\n0007,Leeds\n0031,Bonn\n")
    people = read_people([staff, form], mapping={"join": {"key": {"id": "Badge"}}})
    assert people.site == ("Leeds", "Bonn")
    assert "form.csv, A2 is staff.csv, A2" in people.notes[-1]


def test_a_number_that_may_be_two_people_is_never_guessed(tmp_path: Path) -> None:
    staff, form = tmp_path / "staff.csv", tmp_path / "form.csv"
    staff.write_text("id,role\n0042,mentor\n042,mentee\n")
    form.write_text("Badge,site\n42,Leeds\n")
    with pytest.raises(InvalidInputError) as caught:
        read_people([staff, form], mapping={"join": {"key": {"id": "Badge"}}})
    assert str(caught.value.faults[-1]).startswith(
        "form.csv, A2, Badge: '42' differs only in leading zeros, case or form from staff.csv, A2 or staff.csv, A3"
    )


def test_two_people_whose_numbers_differ_in_zeros_only_are_reported() -> None:
    rows = [{"id": "00101", "role": "mentor"}, {"id": "101", "role": "mentee"}]
    (note,) = read_people(rows).notes
    assert note.endswith("'00101' and '101'")
