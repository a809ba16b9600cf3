"""What is doubtful in a mapping is not read before somebody settles it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from rmatch import read_people
from rmatch.errors import InvalidInputError
from rmatch.io import taken_as_right

STAFF = [
    {"No": "1", "Part": "mentor", "Job": "python"},
    {"No": "2", "Part": "mentee", "Job": "python"},
]
MAPPING = """
dates.CHECK.on = 2026-03-01
[columns]
id = "No"
role = "Part"
CHECK.offers = "Job"
[values.CHECK.role]
junior = "mentor"
[[roles.CHECK.mentor]]
Part = { equals = "junior" }
[CHECK]
"I agree to the terms" = "it does not say to what people agree"
"""


def refused(mapping: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_people(STAFF, mapping=mapping)
    return [fault.field for fault in caught.value.faults]


def test_all_doubtful_places_are_listed_at_once() -> None:
    assert refused(tomllib.loads(MAPPING)) == [
        "dates.on",
        "columns.offers",
        "values.role",
        "roles.mentor",
        "I agree to the terms",
    ]


def test_the_remedy_is_to_take_the_word_away() -> None:
    mapping = {"columns": {"id": "No", "role": "Part", "CHECK": {"offers": "Job"}}}
    with pytest.raises(InvalidInputError, match="take the word CHECK away"):
        read_people(STAFF, mapping=mapping)
    people = read_people(STAFF, mapping=taken_as_right(mapping))
    assert people.person(0).offers == {"python": None}


def test_doubts_in_the_part_of_a_side_count_too() -> None:
    mapping = {"mentors": {"columns": {"CHECK": {"offers": "Job"}}}, "columns": {"id": "No"}}
    with pytest.raises(InvalidInputError) as caught:
        read_people(mentors=STAFF[:1], mentees=STAFF[1:], mapping=mapping)
    assert "mentors.columns.offers" in [fault.field for fault in caught.value.faults]


def test_other_faults_of_the_mapping_are_told_with_the_doubts() -> None:
    misspelt = {"colums": {}, "columns": {"CHECK": {"id": "No"}}}  # codespell:ignore
    assert refused(misspelt) == ["columns.id", "colums"]  # codespell:ignore


def test_a_cell_that_is_called_so_is_a_cell() -> None:
    staff = [
        {"id": "1", "role": "mentor", "department": "CHECK"},
        {"id": "2", "role": "mentee", "department": "Data"},
    ]
    people = read_people(staff, mapping={"values": {"department": {"CHECK": "Audit"}}})
    assert people.person(0).department == "Audit"
