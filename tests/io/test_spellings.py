"""Grades, departments and sites in several spellings are one, whatever the order of rows."""

from __future__ import annotations

from itertools import permutations

import rmatch
from rmatch.rules import OtherSite

ROWS = [
    {"id": "m1", "role": "mentor", "site": "Leeds"},
    {"id": "m2", "role": "mentor", "site": " Leeds "},
    {"id": "e1", "role": "mentee", "site": "leeds"},
    {"id": "e2", "role": "mentee", "site": "York"},
]


def test_people_of_one_site_in_two_spellings_are_kept_apart() -> None:
    programme = rmatch.Programme(rules=(OtherSite(),))
    for rows in permutations(ROWS):
        people = rmatch.read_people(rows)
        assert {person.site for person in people} == {"Leeds", "York"}
        assert [pair.mentee for pair in rmatch.match(people, programme).pairs] == ["e2"]


def test_a_spelling_that_was_given_up_is_told() -> None:
    (note,) = (note for note in rmatch.read_people(ROWS).notes if note.startswith("site"))
    assert note == "site: 1 cell in another case or with other spaces: 'leeds' as 'Leeds'"


def test_two_spellings_that_are_as_frequent_leave_the_same_one_in_any_order() -> None:
    rows = [
        {"id": "m1", "role": "mentor", "level": "head of", "department": "R&D"},
        {"id": "e1", "role": "mentee", "level": "Head of", "department": "R & D"},
    ]
    for order in (rows, rows[::-1]):
        people = rmatch.read_people(order)
        assert {(person.level, person.department) for person in people} == {("Head of", "R & D")}
